"""Groups of customers that buy alike, proposed as segments: rename them, look at the rules, make the scheme."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLineEdit, QWidget

from core.analysis.patterns.not_enough import NotEnough
from core.errors import UserError
from core.period import day_label
from core.segments.proposal import Proposal, ProposedGroup, name_problem
from core.segments.scheme import Scheme
from core.unit import Unit
from core.usecases.figures import Figures
from core.usecases.segment_proposal import free_name, propose_segments, scheme_from, scheme_name_problem
from ui.dialogs.plain_dialog import PlainDialog
from ui.figure_texts import numbers_of
from ui.jobs import Job
from ui.pages.segments_draft import symbol_of
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import FieldProblem, labelled
from ui.widgets.labels import IconLabel, Rule, SegmentMark, TextLabel, clear_layout, hbox, vbox
from ui.widgets.page import scrolling
from ui.widgets.states import EmptyState, ErrorState, Problem, StateStack

WIDTH_PX, HEIGHT_PX, MOST_HEIGHT_PX = 820, 560, 820
MARGIN_PX, AROUND_PX = 60, 270  # to the edges of the window; what stands above and below the groups
SIDE_PX, NAME_PX, COUNT_PX, MONEY_PX = 30, 320, 130, 96
LOOKING = "Looking for customers who buy alike"


class ProposalDialog(PlainDialog):
    """Looks for groups when it opens; hands over a scheme that is not saved yet."""

    def __init__(
        self,
        session: Session,
        figures: Figures,
        schemes: Sequence[Scheme],
        on_made: Callable[[Scheme], object],
        parent: QWidget | None = None,
        *,
        name: str = "",
    ) -> None:
        super().__init__("Groups proposed by how customers buy", "Make scheme", parent, width=WIDTH_PX)
        self.resize(WIDTH_PX, HEIGHT_PX)
        self._session, self._figures, self._schemes = session, figures, schemes
        self._on_made = on_made
        self._job: Job | None = None
        self._is_open = True
        self.proposal: Proposal | None = None
        self.groups: list[GroupRow] = []
        self.summary = TextLabel("", "body", tone="secondary", wrap=True)
        self.agreement = TextLabel("", "body-strong", wrap=True)
        self.quality = TextLabel("", "body", tone="secondary", wrap=True)
        self.notes = TextLabel("", "small", tone="muted", wrap=True)
        self._mark = IconLabel("warning-circle-fill", color_token="warning.fill")
        self._rows = vbox(gap=0)
        self.name = QLineEdit(name.strip() or free_name(schemes))
        self.problem = FieldProblem(self.name)
        self.name_field = labelled("Name of the scheme", self.name)
        self.name.setMaximumWidth(NAME_PX)
        self.states = StateStack(self._content())
        self.body.addWidget(self.states, 1)
        self.name.textChanged.connect(lambda _text: self._check())
        self.look()

    def _content(self) -> QWidget:
        quality = hbox(self._mark, self.quality)
        quality.setStretch(1, 1)
        content = QWidget()
        column = vbox(self.summary, self.agreement, quality, gap=6)
        card = Card(flush=True)
        card.add(scrolling(self._rows), 1)
        column.addWidget(card, 1)
        column.addWidget(self.notes)
        column.addSpacing(4)
        column.addWidget(self.name_field)
        column.addWidget(self.problem)
        content.setLayout(column)
        return content

    # Looking for groups ----------------------------------------------------------------------------

    def look(self) -> None:
        """Have groups worked out in the worker."""
        figures = self._figures
        self.accept_button.setEnabled(False)
        self.accept_button.show()
        self.cancel_button.setText("Cancel")
        self._job = self._session.run(
            lambda _book, progress: propose_segments(figures, progress=progress),
            self._found,
            title=LOOKING,
            on_error=self._failed,
            on_cancelled=self._stopped,
            latest_key="segment-proposal",
        )
        self.states.show_loading(LOOKING)  # Cancel below stops it too

    def done(self, result: int) -> None:
        """Stop looking when the dialog closes."""
        self._is_open = False
        if self._job is not None:
            self._job.cancel()
        super().done(result)

    def _found(self, found: "Proposal | NotEnough") -> None:
        self._job = None
        if not self._is_open:
            return
        if isinstance(found, NotEnough):
            longer = "" if self._figures.facts.period.is_everything else " A longer period may have them."
            self._say_nothing("Too early for groups", found.text + longer)
        elif not found.is_useful:
            words = (
                "Customers differ, but no short rule finds the groups again. "
                "Divide them by RFM or profit tier instead."
            )
            self._say_nothing("No plain rule tells groups apart", words)
        else:
            self.show_proposal(found)

    def _failed(self, error: Exception) -> None:
        self._job = None
        if not isinstance(error, UserError):
            self._session.report(error)
        if self._is_open:
            words = str(error) if isinstance(error, UserError) else "The groups could not be worked out."
            self.states.show_state(ErrorState(Problem(words), fix=Button("Look again", clicked=self.look)))

    def _stopped(self) -> None:
        self._job = None
        if self._is_open:
            again = Button("Look again", clicked=self.look)
            self._say_nothing("Stopped", "No groups were worked out.", again)

    def _say_nothing(self, title: str, sentence: str, *buttons: Button) -> None:
        self.accept_button.hide()
        self.cancel_button.setText("Close")
        self.states.show_state(EmptyState(title, sentence, icon_name="circle-dashed", buttons=buttons))

    # Showing ---------------------------------------------------------------------------------------

    def show_proposal(self, proposal: Proposal) -> None:
        """Show the groups in the order in which the rules ask."""
        self.proposal = proposal
        facts = self._figures.facts
        when = f"up to {day_label(facts.as_of)}" if facts.period.is_everything else f"in {facts.period.label}"
        self.summary.setText(
            f"{len(proposal.groups)} groups of the {proposal.customers:,} customers with an order {when}. "
            "The first rule that matches wins."
        )
        self.agreement.setText(proposal.agreement)
        self.quality.setText(proposal.quality)
        self.quality.set_tone("warning" if proposal.weaknesses else "secondary")
        self._mark.setVisible(bool(proposal.weaknesses))
        self.notes.setText(notes_of(proposal))
        self.notes.setVisible(bool(self.notes.text()))
        clear_layout(self._rows)
        self.groups = [GroupRow(place, one, self) for place, one in enumerate(proposal.groups, 1)]
        for row in self.groups:
            if row is not self.groups[0]:
                self._rows.addWidget(Rule())
            self._rows.addWidget(row)
            row.name.textChanged.connect(lambda _text: self._check())
        self._rows.addStretch(1)
        self.states.show_content()
        self._check()
        self._fit()

    def _fit(self) -> None:
        """As high as the groups need and the window has room for."""
        parent = self.parentWidget()
        room = parent.window().height() - MARGIN_PX if parent is not None else HEIGHT_PX
        wanted = AROUND_PX + sum(row.sizeHint().height() for row in self.groups)
        self.resize(self.width(), max(HEIGHT_PX, min(wanted, room, MOST_HEIGHT_PX)))

    def revenue_text(self, minor: int) -> str:
        """Money as this book writes it."""
        return numbers_of(self._figures).write(minor, Unit.MONEY)

    def _check(self) -> None:
        """Say at once beside a name what is wrong with it."""
        names = [row.name.text() for row in self.groups]
        problems = [name_problem(names, place) for place in range(len(names))]
        for row, problem in zip(self.groups, problems, strict=True):
            row.problem.say(problem)
        own = scheme_name_problem(self.name.text(), self._schemes)
        self.problem.say(own)
        self.accept_button.setEnabled(bool(self.groups) and not own and not any(problems))

    def accept(self) -> None:
        """Hand the scheme over, with the names as they are now."""
        if self.proposal is None or not self.accept_button.isEnabled():
            return
        names = {row.group.segment.name: row.name.text() for row in self.groups}
        scheme = scheme_from(self.proposal, self.name.text(), self._schemes, names=names)
        super().accept()
        self._on_made(scheme)


class GroupRow(QFrame):
    """One group: its name to edit, how large it is, what sets it apart, its rule."""

    def __init__(self, place: int, group: ProposedGroup, dialog: ProposalDialog) -> None:
        super().__init__()
        self.group = group
        number = TextLabel(f"{place}", "small", tone="muted")
        number.setFixedWidth(SIDE_PX - 16)
        self.name = QLineEdit(group.segment.name)
        self.name.setAccessibleName(f"Name of group {place}")
        self.name.setMinimumWidth(NAME_PX)
        self.problem = FieldProblem(self.name)
        size = TextLabel(customers_text(group.customers), "body-strong")
        size.setToolTip(found_text(group))
        money = TextLabel(dialog.revenue_text(group.net_revenue), "body", tone="secondary")
        money.setToolTip("Net revenue of these customers in the period.")
        for label, width in ((size, COUNT_PX), (money, MONEY_PX)):
            label.setMinimumWidth(width)
            label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        head = hbox(number, SegmentMark(symbol_of(group.segment)), self.name, None, size, money, gap=8)
        self.apart = TextLabel(group.apart, "body", wrap=True)
        self.apart.setToolTip(
            "The average of the group and, in brackets, of all customers with an order in the period."
        )
        self.rule = TextLabel(group.sentence, "body", tone="secondary", wrap=True)
        self.found = TextLabel(found_text(group), "small", tone="muted", wrap=True)
        words = vbox(self.problem, self.apart, self.rule, self.found, gap=3, margins=(SIDE_PX + 12, 0, 0, 0))
        self.setLayout(vbox(head, words, gap=6, margins=(12, 8, 14, 9)))
        self.setAccessibleName(f"{group.segment.name}: {customers_text(group.customers)}. {group.sentence}")


def customers_text(count: int) -> str:
    """A number of customers in words."""
    return "1 customer" if count == 1 else f"{count:,} customers"


def found_text(group: ProposedGroup) -> str:
    """How the rule's customers compare with those of the group as it was found."""
    added = group.customers - group.agreeing
    if group.agreeing == group.found and not added:
        return "The rule takes exactly the customers of the group that was found."
    of_all = "all" if group.agreeing == group.found else f"{group.agreeing:,} of the"
    lead = f"Takes {of_all} {group.found:,} customers of the group that was found"
    return f"{lead}, and {added:,} of other groups." if added else f"{lead}."


def notes_of(proposal: Proposal) -> str:
    """Who is not in one of the groups, and which groups no rule finds."""
    notes = []
    if proposal.quiet:
        notes.append(
            f"{customers_text(proposal.quiet)} ordered before, but not in the period: a segment of their own, "
            "asked first."
        )
    if proposal.prospects:
        notes.append(
            f"{customers_text(proposal.prospects)} without any order yet stand apart, as in every scheme."
        )
    notes += [
        f"No short rule finds “{one.name}” ({customers_text(one.customers)})." for one in proposal.missed
    ]
    return " ".join(notes)
