"""Name a new segment, or a new scheme that begins as a copy of another."""

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from core.segments.scheme import Scheme
from ui.widgets.buttons import Button
from ui.widgets.fields import FieldProblem, combo, labelled
from ui.widgets.labels import TextLabel, hbox, vbox

WIDTH_PX = 420


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
    """Asks for a name and the scheme to begin with."""

    def __init__(
        self,
        schemes: Sequence[Scheme],
        on_made: Callable[[str, Scheme], object],
        parent: QWidget | None = None,
        *,
        current: str = "",
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("New scheme")
        self.setFixedWidth(WIDTH_PX)
        self._schemes, self._on_made = {one.key: one for one in schemes}, on_made
        self.name = QLineEdit()
        self.problem = FieldProblem(self.name)
        self.start = combo(
            [(one.key, one.name) for one in schemes], name="Begin as a copy of", current=current
        )
        words = TextLabel(
            "The copy is yours to change; the scheme it came from stays.", "body", tone="muted", wrap=True
        )
        self.make = Button("Make scheme", "primary", clicked=self.confirm)
        self.make.setDefault(True)
        fields = (labelled("Name", self.name), self.problem, labelled("Begin as a copy of", self.start))
        self.setLayout(_form(words, *fields, buttons=(self, self.make)))

    def confirm(self) -> None:
        """Make the scheme, or say what is wrong with its name."""
        name = self.name.text().strip()
        taken = {one.name.casefold() for one in self._schemes.values()}
        problem = (
            "Enter a name."
            if not name
            else f"There is a scheme called {name} already."
            if name.casefold() in taken
            else ""
        )
        self.problem.say(problem)
        if not problem:
            self.accept()
            self._on_made(name, self._schemes[str(self.start.currentData())])


def _form(*parts: QWidget, buttons: tuple[QDialog, Button]) -> QVBoxLayout:
    dialog, primary = buttons
    row = hbox(None, Button("Cancel", clicked=dialog.reject), primary)
    return vbox(*parts, 4, row, gap=10, margins=(20, 18, 20, 18))
