from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.analysis.patterns.clusters import Cluster
from core.errors import UserError
from core.segments.proposal import Proposal
from core.segments.scheme import Scheme
from core.usecases.segment_proposal import propose_segments
from core.usecases.segments import find_scheme, list_schemes, override_customer
from tests.ui.buying_book import EACH, make_buying_book
from ui.dialogs.new_segment import PROPOSED, NewSchemeDialog
from ui.dialogs.segment_proposal import ProposalDialog, found_text, notes_of
from ui.pages.segments import SegmentsPage
from ui.session import Session
from ui.widgets.states import EmptyState, ErrorState


@pytest.fixture
def session(light: object) -> Iterator[Session]:
    failures: list[Exception] = []
    made = Session()
    made.jobs.failed.connect(failures.append)
    yield made
    made.close()
    assert not failures


@pytest.fixture
def opened(session: Session, tmp_path: Path) -> Session:
    session.open_book(make_buying_book(tmp_path / "buying.quintile"))
    assert session.jobs.wait_idle(60_000)
    return session


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    """The dialog deletes itself when it closes: its parent is what the test closes."""
    made = QWidget()
    qtbot.addWidget(made)
    return made


def settle(session: Session) -> None:
    assert session.jobs.wait_idle(60_000)


def asked(
    session: Session, window: QWidget, made: list[Scheme] | None = None, *, wait: bool = True
) -> ProposalDialog:
    assert session.figures is not None
    assert session.book is not None
    taken: list[Scheme] = [] if made is None else made
    dialog = ProposalDialog(session, session.figures, list_schemes(session.book), taken.append, window)
    dialog.show()
    if wait:
        settle(session)
    return dialog


def shown(session: Session, qtbot: QtBot) -> SegmentsPage:
    page = SegmentsPage(session)
    qtbot.addWidget(page)
    page.resize(1240, 780)
    page.show()
    settle(session)
    return page


def proposal_of(session: Session) -> Proposal:
    assert session.figures is not None
    found = propose_segments(session.figures)
    assert isinstance(found, Proposal)
    return found


def test_the_groups_show_with_size_rule_and_what_sets_them_apart(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window)
    assert dialog.states.state is None
    assert dialog.agreement.text() == "The rules put all 20 customers into the group that was found."
    assert dialog.summary.text().startswith(
        "2 groups of the 20 customers with an order in Jan 2026 – Dec 2026."
    )
    first, last = dialog.groups
    assert first.accessibleName().startswith(f"{first.name.text()}: {EACH} customers. Customers whose ")
    assert "(all customers: " in first.apart.text()
    assert last.rule.text() == "Everyone else."
    assert first.found.text() == "The rule takes exactly the customers of the group that was found."
    assert dialog.notes.text() == (
        "1 customer ordered before, but not in the period: a segment of their own, asked first. "
        "1 customer without any order yet stand apart, as in every scheme."
    )
    assert dialog.name.text() == "How customers buy"
    assert dialog.accept_button.isEnabled()


def test_names_that_are_missing_or_taken_are_said_beside_the_field(opened: Session, window: QWidget) -> None:
    made: list[Scheme] = []
    dialog = asked(opened, window, made)
    first, last = dialog.groups
    first.name.setText(last.name.text().upper())
    assert "already" in first.name.accessibleDescription()
    assert not dialog.accept_button.isEnabled()
    first.name.setText("Large ones")
    dialog.name.setText("RFM")
    assert dialog.name.accessibleDescription() == "There is a scheme called RFM already."
    dialog.accept()  # as Ctrl Enter does: nothing happens
    assert made == []
    dialog.name.setText("Buying")
    dialog.accept()
    assert [(one.name, one.key, one.segments[1].name) for one in made] == [("Buying", "buying", "Large ones")]


def test_too_few_customers_are_said_and_nothing_can_be_made(
    session: Session, tmp_path: Path, window: QWidget
) -> None:
    session.open_book(make_buying_book(tmp_path / "few.quintile", each=9))
    settle(session)
    dialog = asked(session, window)
    assert isinstance(dialog.states.state, EmptyState)
    assert dialog.accept_button.isHidden()
    assert dialog.cancel_button.text() == "Close"


def test_groups_that_no_rule_tells_apart_cannot_be_made(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window)
    proposal = proposal_of(opened)
    dialog._found(replace(proposal, groups=proposal.groups[:1]))
    assert isinstance(dialog.states.state, EmptyState)
    assert dialog.accept_button.isHidden()


def test_a_stopped_search_can_be_begun_again(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window, wait=False)
    assert dialog._job is not None
    dialog._job.cancel()
    settle(opened)
    assert isinstance(dialog.states.state, EmptyState)
    dialog.look()
    settle(opened)
    assert dialog.states.state is None
    assert dialog.accept_button.isVisible()


def test_closing_the_dialog_stops_the_search(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window, wait=False)
    job = dialog._job
    dialog.reject()
    assert job is not None
    assert job.is_cancelled
    settle(opened)


def test_a_mistake_is_said_in_the_dialog(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window)
    dialog._failed(UserError("The book went away."))
    assert isinstance(dialog.states.state, ErrorState)
    assert "The book went away." in dialog.states.state.accessibleName()


def test_weak_groups_carry_a_warning_and_missed_ones_are_named(opened: Session, window: QWidget) -> None:
    dialog = asked(opened, window)
    proposal = proposal_of(opened)
    weak = replace(proposal, silhouette=0.1, weaknesses="Weak.", missed=(Cluster("Odd ones", 2, 0, ()),))
    dialog.show_proposal(weak)
    assert dialog.quality.property("tone") == "warning"
    assert "run into each other" in dialog.quality.text()
    assert notes_of(weak).endswith("No short rule finds “Odd ones” (2 customers).")
    group = replace(proposal.groups[0], customers=12, found=14, agreeing=11)
    assert (
        found_text(group)
        == "Takes 11 of the 14 customers of the group that was found, and 1 of other groups."
    )
    all_of_them = replace(group, found=11)
    assert found_text(all_of_them).startswith("Takes all 11 customers of the group")


def test_a_proposal_becomes_a_scheme_that_is_shown_and_can_be_undone(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page.ask_new_scheme()
    start = page.findChild(NewSchemeDialog)
    assert start is not None
    start.start.setCurrentIndex(start.start.findData(PROPOSED))
    assert start.make.text() == "Propose groups…"
    start.confirm()
    dialog = page.findChild(ProposalDialog)
    assert dialog is not None
    settle(opened)
    dialog.groups[0].name.setText("Large ones")
    dialog.accept()
    settle(opened)
    settle(opened)
    assert page.scheme.current == "how_customers_buy"
    assert page.list.names()[:2] == ["No orders in the period", "Large ones"]
    assert page.data is not None
    assert sum(total.customers for total in page.data.totals) == 2 * EACH + 2
    page.choose("Large ones")
    settle(opened)
    assert page.card.editor.rows
    assert page.preview.figures["customers"].accessibleName().startswith("Customers 10")
    page.undo_last()
    settle(opened)
    assert opened.book is not None
    assert "how_customers_buy" not in [one.key for one in list_schemes(opened.book)]
    assert page.scheme.current == "behaviour"


def test_a_scheme_in_which_customers_were_moved_stays(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert opened.book is not None
    page.making.make(proposal_of(opened).scheme("buying", "Buying"))
    settle(opened)
    override_customer(opened.book, "buying", 1, "No orders in the period", reason="Told us", author="Dana")
    messages: list[object] = []
    opened.message_posted.connect(messages.append)
    page.undo_last()
    settle(opened)
    assert find_scheme(opened.book, "buying").version == 1
    assert len(messages) == 1


def test_the_menu_opens_the_proposal_when_the_page_is_ready(opened: Session, qtbot: QtBot) -> None:
    page = SegmentsPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.open_with({"propose": True})
    settle(opened)
    dialog = page.findChild(ProposalDialog)
    assert dialog is not None
    dialog.reject()
    settle(opened)
