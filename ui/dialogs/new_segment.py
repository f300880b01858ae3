"""Name a new segment, or a new scheme that begins as a copy of another."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from core.segments.scheme import Scheme
from core.usecases.segment_proposal import PROPOSED_NAME, scheme_name_problem
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldProblem, combo, labelled
from ui.widgets.labels import TextLabel, hbox, vbox

WIDTH_PX = 420
PROPOSED = "proposed"
COPYING = "The copy is yours to change; the scheme it came from stays."
PROPOSING = (
    "Customers who buy alike are put together. You see the groups and their rules before anything is made."
)


class NewSegmentDialog(QDialog):
    """Asks for a name that is free."""

    def __init__(
        self,
        problem_of: Callable[[str], str],
        on_named: Callable[[str], object],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New segment")
        self.setFixedWidth(WIDTH_PX)
        self._problem_of, self._on_named = problem_of, on_named
        self.name = QLineEdit()
        self.problem = FieldProblem(self.name)
        words = TextLabel(
            "It is asked before the segment that takes everyone else.", "body", tone="muted", wrap=True
        )
        self.add = Button("Add segment", "primary", clicked=self.confirm)
        self.add.setDefault(True)
        self.setLayout(_form(words, labelled("Name", self.name), self.problem, buttons=(self, self.add)))

    def confirm(self) -> None:
        """Take the name, or say what is wrong with it."""
        problem = self._problem_of(self.name.text())
        self.problem.say(problem)
        if not problem:
            self.accept()
            self._on_named(self.name.text().strip())


class NewSchemeDialog(QDialog):
    """Asks for a name and what to begin with: a copy of a scheme, or groups that are proposed."""

    def __init__(
        self,
        schemes: Sequence[Scheme],
        on_made: Callable[[str, Scheme], object],
        parent: QWidget | None = None,
        *,
        current: str = "",
        on_propose: Callable[[str], object] | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New scheme")
        self.setFixedWidth(WIDTH_PX)
        self._schemes = {one.key: one for one in schemes}
        self._on_made, self._on_propose = on_made, on_propose
        self.name = QLineEdit()
        self.problem = FieldProblem(self.name)
        choices = [(one.key, f"A copy of {one.name}") for one in schemes]
        if on_propose is not None:
            choices.append((PROPOSED, "Groups proposed by how customers buy"))
        self.start = combo(choices, name="Begin with", current=current)
        self.words = TextLabel("", "body", tone="muted", wrap=True)
        self.words.setMinimumHeight(2 * self.words.fontMetrics().lineSpacing())
        self.make = Button("Make scheme", "primary", clicked=self.confirm)
        self.make.setDefault(True)
        fields = (labelled("Begin with", self.start), labelled("Name", self.name), self.problem)
        self.setLayout(_form(*fields, self.words, buttons=(self, self.make)))
        self.start.currentIndexChanged.connect(lambda _index: self._explain())
        self._explain()
        self.name.setFocus()

    @property
    def is_proposal(self) -> bool:
        """Whether groups are to be proposed."""
        return str(self.start.currentData()) == PROPOSED

    def _explain(self) -> None:
        self.problem.say("")
        self.words.setText(PROPOSING if self.is_proposal else COPYING)
        self.make.setText("Propose groups…" if self.is_proposal else "Make scheme")
        self.name.setPlaceholderText(PROPOSED_NAME if self.is_proposal else "")

    def confirm(self) -> None:
        """Make the scheme or go on to the proposal, or say what is wrong with its name."""
        name = self.name.text().strip()
        unnamed = self.is_proposal and not name  # the proposal brings a name
        problem = "" if unnamed else scheme_name_problem(name, self._schemes.values())
        self.problem.say(problem)
        if problem:
            return
        self.accept()
        if self.is_proposal and self._on_propose is not None:
            self._on_propose(name)
        else:
            self._on_made(name, self._schemes[str(self.start.currentData())])


def _form(*parts: QWidget, buttons: tuple[QDialog, Button]) -> QVBoxLayout:
    dialog, primary = buttons
    row = hbox(None, Button("Cancel", clicked=dialog.reject), primary)
    return vbox(*parts, 4, row, gap=10, margins=(20, 18, 20, 18))
