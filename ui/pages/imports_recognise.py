"""Step 2: what a file is, how sure that is and why; another format can be chosen."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from importers.shelf import importers
from ui.intake import Recognised
from ui.pages.imports_file_card import FileCard
from ui.pages.imports_texts import HOLDS
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.fields import combo, labelled
from ui.widgets.labels import IconLabel, TextLabel, clear_layout, hbox
from ui.widgets.states import ErrorState, Problem, StateStack

FORMAT_PX = 420
LIKELY_FORMAT = "invoice_lines"
KNOWN_HINT = "Another format may fit better than the one that was recognised."
UNKNOWN_HINT = "With a mapped table you say in the next step which column holds what."


class RecogniseStep(QWidget):
    """The file with its format; an unreadable or refused file is said here, with what to do."""

    format_chosen = Signal(str)
    others_asked = Signal()  # choose another file

    def __init__(self) -> None:
        super().__init__()
        self.file_card = FileCard()
        self.format = combo([(one.key, one.label) for one in importers()], name="Read this file as")
        self.format.setFixedWidth(FORMAT_PX)
        self.read = Button("Read it so", "primary", clicked=self._chosen)
        self._why = QVBoxLayout()
        self._why.setSpacing(6)
        self._reason_card = Card("Why", flush=False)
        self._reason_card.add(self._why)
        choice = Card("Read this file as")
        self._hint = TextLabel("", "body", tone="muted", wrap=True)
        choice.add(self._hint)
        choice.add(hbox(labelled("Format", self.format), None))
        choice.add(hbox(self.read, None))
        self.content = QWidget()
        column = QVBoxLayout(self.content)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.file_card, self._reason_card, choice):
            column.addWidget(part)
        column.addStretch(1)
        self.states = StateStack(self.content)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.states)

    def show_file(self, found: Recognised) -> None:
        """Show what was recognised, or the refusal."""
        if found.refusal:
            self.show_refusal(found)
            return
        self.file_card.show_file(found)
        nearest = found.importer or found.likely
        likely = nearest.key if nearest is not None else LIKELY_FORMAT
        self.format.setCurrentIndex(self.format.findData(likely))
        self._hint.setText(KNOWN_HINT if found.importer is not None else UNKNOWN_HINT)
        clear_layout(self._why)
        for words in reasons_of(found):
            icon = "check-circle-fill" if found.importer is not None else "warning-circle-fill"
            token = "positive.fill" if found.importer is not None else "warning.fill"
            row = hbox(IconLabel(icon, color_token=token), TextLabel(words, "body", wrap=True), gap=8)
            row.setStretch(1, 1)
            self._why.addLayout(row)
        self._reason_card.set_title("Why" if found.importer is not None else "What is in this file?")
        self.states.show_content()

    def show_refusal(self, found: Recognised) -> None:
        """The format is known and cannot be taken."""
        label = found.importer.label if found.importer is not None else "This file"
        self.show_problem(
            Problem("This file is not imported", where=label, remedy=found.refusal), can_choose_format=True
        )

    def show_problem(self, problem: Problem, *, can_choose_format: bool = False) -> None:
        """Say what is wrong with the file, and what to do."""
        fix = Button("Choose another file", "primary", clicked=self.others_asked.emit)
        other = (
            Button("Choose another format…", clicked=self.states.show_content) if can_choose_format else None
        )
        card = Card()
        card.add(ErrorState(problem, fix=fix, other=other))
        holder = QWidget()
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(card)
        column.addStretch(1)
        self.states.show_state(holder)

    def _chosen(self) -> None:
        self.format_chosen.emit(str(self.format.currentData()))


def reasons_of(found: Recognised) -> list[str]:
    """Why a file is taken for what it is, in sentences."""
    if found.importer is None:
        return [f"{one.text} {one.evidence}" for one in found.questions]
    holds = HOLDS.get(found.importer.yields, found.importer.yields)
    return [f"{reason[:1].upper()}{reason[1:]}" for reason in found.reasons] + [f"It holds: {holds.lower()}"]
