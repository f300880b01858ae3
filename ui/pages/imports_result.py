"""Step 5: what was imported, file by file, each with Undo."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.usecases.import_files import ImportResult
from ui.pages.imports_review_data import row_count
from ui.pages.imports_texts import ROW_WORDS, amount_of, amount_text, count_text, span_text
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Rule, TextLabel, clear_layout, hbox, vbox
from ui.widgets.page import scrolling


@dataclass(frozen=True)
class Outcome:
    """What became of one file."""

    file_name: str
    import_id: int | None  # None: nothing was written
    title: str
    detail: str
    undone: bool = False


def outcome_of(result: ImportResult) -> Outcome:
    """What an import did, in words."""
    preview = result.preview
    name, totals, yields = preview.source.path.name, preview.totals, preview.importer.yields
    if result.import_id is None:
        return Outcome(name, None, "Nothing new", "Everything in this file is in the book already.")
    counted = row_count(totals, yields)
    parts = [count_text(counted, ROW_WORDS[yields]) + " imported"]
    amount = amount_of(totals.as_dict())
    if amount is not None:
        parts.append(f"{amount_text(amount, totals.currency)} {totals.currency}")
    parts.append(span_text(totals.as_dict()))
    left = []
    if totals.duplicates:
        left.append(f"{count_text(totals.duplicates, 'duplicates')} skipped.")
    if totals.rejected:
        left.append(f"{count_text(totals.rejected, 'rows')} left out.")
    return Outcome(name, result.import_id, ", ".join(part for part in parts if part), " ".join(left))


class ResultStep(QWidget):
    """A list of outcomes, and where to go next."""

    def __init__(
        self,
        *,
        on_undo: Callable[[int], object],
        on_more: Callable[[], object],
        on_close: Callable[[], object],
    ) -> None:
        super().__init__()
        self._on_undo = on_undo
        self.card = Card("Imported")
        self._rows = QVBoxLayout()
        self._rows.setSpacing(10)
        self.card.add(self._rows)
        self.more = Button("Import more files…", clicked=on_more)
        self.close_button = Button("Show all imports", "primary", clicked=on_close)
        buttons = hbox(None, self.more, self.close_button)
        self.card.add(buttons)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)
        self.setLayout(vbox(scrolling(column)))
        self.outcomes: Sequence[Outcome] = ()

    def show_outcomes(self, outcomes: Sequence[Outcome], *, read_only: bool = False) -> None:
        """Show what became of every file."""
        self.outcomes = outcomes
        clear_layout(self._rows)
        done = [one for one in outcomes if one.import_id is not None and not one.undone]
        self.card.set_title(f"{count_text(len(done), 'files')} imported")
        for number, outcome in enumerate(outcomes):
            if number:
                self._rows.addWidget(Rule())
            self._rows.addLayout(self._row(outcome, read_only=read_only))

    def _row(self, outcome: Outcome, *, read_only: bool) -> QVBoxLayout:
        written = outcome.import_id is not None and not outcome.undone
        mark = IconLabel(
            "check-circle-fill" if written else "info-fill",
            color_token="positive.fill" if written else "info.fill",
            size=18,
        )
        title = "Taken back: the book is as it was before" if outcome.undone else outcome.title
        words = vbox(
            TextLabel(outcome.file_name, "body-bold"),
            TextLabel(
                " ".join(part for part in (title + ".", outcome.detail) if part),
                "body",
                tone="secondary",
                wrap=True,
            ),
            gap=2,
        )
        row = hbox(mark, words, gap=12)
        row.setStretch(1, 1)
        if written and outcome.import_id is not None and not read_only:
            number = outcome.import_id
            undo = Button("Undo", "link", clicked=lambda: self._on_undo(number))
            undo.setAccessibleName(f"Undo the import of {outcome.file_name}")
            row.addWidget(undo)
        return vbox(row)
