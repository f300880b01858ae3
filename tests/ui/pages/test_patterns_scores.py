from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.analysis.patterns.rfm import Rule
from core.store.book import open_book
from core.store.settings import write_setting
from core.usecases.books import change_settings, settings_of
from core.usecases.segments import list_schemes, membership_of
from tests.core.builders import BookBuilder
from ui.dialogs.rfm_table import RfmTableDialog
from ui.pages.patterns import PatternsPage
from ui.pages.patterns_scores_map import MapCell
from ui.pages.patterns_scores_named import NamedSegmentsCard
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.messages import InlineMessage
from ui.widgets.states import ErrorState


@pytest.fixture
def ten(session: Session, tmp_path: Path) -> Session:
    """Customer n ordered n times for n dollars each, in the n last months."""
    session.open_book(write_ten(tmp_path / "ten.quintile"))
    assert session.jobs.wait_idle(60_000)
    return session


def write_ten(path: Path) -> Path:
    builder = BookBuilder(path)
    for n in range(1, 11):
        customer = builder.customer(f"Customer {n}")
        for order in range(n):
            builder.document(f"2026-{10 - order:02}-{n:02}", customer, (n * 100, None), number=f"{n}-{order}")
    builder.book.close()
    return path


@pytest.fixture
def messages(ten: Session) -> Iterator[list[InlineMessage]]:
    posted: list[InlineMessage] = []
    ten.message_posted.connect(posted.append)
    yield posted
    for message in posted:
        message.deleteLater()


def shown(session: Session, qtbot: QtBot) -> PatternsPage:
    page = PatternsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.show_tab("scores")
    assert session.jobs.wait_idle(60_000)
    return page


def card_of(page: PatternsPage) -> Any:
    return next(card for card in page.tab("scores").cards if isinstance(card, NamedSegmentsCard))


def asked(page: PatternsPage, session: Session) -> RfmTableDialog:
    card_of(page).names_button.click()
    assert session.jobs.wait_idle(60_000)
    return page.window().findChildren(RfmTableDialog)[-1]


def names(card: Any) -> dict[str, int]:
    model = card.table.table_model
    return {model.value(row, "segment")[1]: model.value(row, "customers") for row in model.shown_rows}


def words_of(widget: QWidget) -> str:
    return widget.accessibleName()


def kept(session: Session) -> dict[str, str]:
    assert session.book is not None
    return {name: text for name, text in settings_of(session.book).items() if name.startswith("rfm_")}


def test_names_and_bins_are_saved_at_once_shown_everywhere_and_taken_back(
    ten: Session, qtbot: QtBot, messages: list[InlineMessage]
) -> None:
    assert ten.book is not None
    change_settings(ten.book, {"rfm_table": '{ "111":"Gone" }'})
    ten.reload()
    assert ten.jobs.wait_idle(60_000)
    page = shown(ten, qtbot)
    before, settings_before = names(card_of(page)), kept(ten)
    dialog = asked(page, ten)
    dialog.choice.choose(5, Rule.QUANTILES_PLUS_ONE)
    dialog.all_values.setChecked(True)
    dialog.grid.choose([(5, f) for f in range(1, 6)])
    dialog.name.setEditText("Here lately")
    dialog.set_button.click()
    lately = dict(dialog.draft.now.by_segment(dialog.draft.table))["Here lately"]
    assert lately > 0
    dialog.accept_button.click()
    assert ten.jobs.wait_idle(60_000)
    assert kept(ten)["rfm_rule"] == "quantiles"
    card = card_of(page)
    assert names(card)["Here lately"] == lately
    assert sum(names(card).values()) == sum(before.values()) == 10
    assert card.map_note.full_text().startswith("26 of 125 renamed: marked by a corner. ")
    assert "Scores and names saved." in words_of(messages[-1])
    scheme = next(one for one in list_schemes(ten.book) if one.key == "rfm")
    assert ten.figures is not None
    segments = [segment.name for segment in membership_of(ten.book, scheme, ten.figures).segments]
    assert "Here lately" in segments
    messages[-1].findChildren(Button)[0].click()
    assert ten.jobs.wait_idle(60_000)
    assert kept(ten) == settings_before
    assert names(card_of(page)) == before
    assert words_of(messages[-1]) == "Scores and names are as they were before."


def test_cancel_keeps_everything(ten: Session, qtbot: QtBot, messages: list[InlineMessage]) -> None:
    page, before = shown(ten, qtbot), kept(ten)
    dialog = asked(page, ten)
    dialog.choice.choose(2, Rule.TIES_ALIKE)
    dialog.cancel_button.click()
    assert ten.jobs.wait_idle(60_000)
    assert (kept(ten), messages) == (before, [])


def test_a_read_only_book_says_why_its_names_stay(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    path = write_ten(tmp_path / "held.quintile")
    with open_book(path):
        session.open_book(path)
        assert session.jobs.wait_idle(60_000)
        button = card_of(shown(session, qtbot)).names_button
        assert not button.isEnabled()
        assert button.toolTip().startswith("Read-only:")


def test_choosing_a_segment_tells_what_it_means_and_where_it_lies(ten: Session, qtbot: QtBot) -> None:
    card = card_of(shown(ten, qtbot))
    assert (card.name.text(), card.map.pointed_out) == ("Champions:", "Champions")
    card.table.select_source_row(3)
    assert card.map.pointed_out == "New customers"
    assert card.meaning.full_text() == "Bought very lately and hardly ever before."


def test_the_map_holds_125_names_and_opens_the_customers_of_one(ten: Session, qtbot: QtBot) -> None:
    card = card_of(shown(ten, qtbot))
    cells = [cell for row in card.map.matrix.cells for cell in row if isinstance(cell, MapCell)]
    assert len(cells) == 125
    assert sum(cell.customers for cell in cells) == 10
    opened: list[tuple[str, Any]] = []
    ten.page_requested.connect(lambda key, context: opened.append((key, context)))
    full = [cell for cell in cells if cell.customers]
    card.map.opened.emit(full[0].payload)
    assert len(opened[0][1]["customer_ids"]) == full[0].customers
    assert all(cell.payload is None for cell in cells if not cell.customers)


def test_names_that_cannot_be_read_are_said_and_mended_in_the_window(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    path = write_ten(tmp_path / "garbage.quintile")
    with open_book(path) as book, book.transaction() as connection:
        write_setting(connection, "rfm_table", "garbage")
    page = PatternsPage(session)
    qtbot.addWidget(page)
    page.show()
    session.open_book(path)
    assert session.jobs.wait_idle(60_000)
    state = page.states.state
    assert isinstance(state, ErrorState)
    assert "How this book scores its customers cannot be read" in words_of(state)
    fix = next(button for button in state.findChildren(Button) if button.text() == "Score as usual again")
    fix.click()
    assert session.jobs.wait_idle(60_000)
    assert kept(session) == {"rfm_bins": "5", "rfm_rule": "ties", "rfm_table": ""}
    assert session.figures is not None
    assert page.states.state is None


def test_who_only_got_credits_is_told_from_prospects(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "returns.quintile")
    builder.document("2026-10-01", builder.customer("Ann"), (1_000, None))
    builder.document("2026-10-02", builder.customer("Returns"), (-500, None), kind="credit note")
    builder.book.close()
    session.open_book(tmp_path / "returns.quintile")
    assert session.jobs.wait_idle(60_000)
    card = next(iter(shown(session, qtbot).findChildren(NamedSegmentsCard)))
    assert card.unscored.text() == "1 customer has credits only and no order: not scored."
    assert card.prospects_button.isHidden()
