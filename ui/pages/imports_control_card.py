"""The control totals of a file as a small grid, with the verdict below."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from ui.models.column import UNKNOWN
from ui.pages.imports_review_data import ControlLine, Review
from ui.pages.imports_texts import ROW_WORDS, amount_text
from ui.widgets.cards import Card
from ui.widgets.labels import Rule, TextLabel, clear_layout
from ui.widgets.messages import InlineMessage


class ControlCard(Card):
    """What becomes of the rows, and whether they add up to what the file says of itself."""

    def __init__(self) -> None:
        super().__init__("Control totals")
        self.grid = QGridLayout()
        self.grid.setContentsMargins(0, 0, 0, 0)
        self.grid.setHorizontalSpacing(10)
        self.grid.setVerticalSpacing(5)
        self.grid.setColumnStretch(0, 1)
        self.add(self.grid)
        self._verdict: InlineMessage | None = None

    def show_review(self, review: Review) -> None:
        """Show another file's totals."""
        clear_layout(self.grid)
        currency = review.preview.totals.currency
        has_amounts = any(line.amount is not None for line in review.lines)
        heads = ("", "Rows", f"Amount, {currency}" if has_amounts else "")
        for place, text in enumerate(heads):
            self._put(0, place, TextLabel(text, "caption-strong", tone="muted"))
        for number, line in enumerate(review.lines):
            self._show_line(2 * number + 1, line, currency, has_amounts=has_amounts)
        self._show_verdict(review)
        for number in range(1, len(review.lines)):
            self.grid.addWidget(Rule(), 2 * number, 0, 1, 3)

    def _show_line(self, row: int, line: ControlLine, currency: str, *, has_amounts: bool) -> None:
        role = "body-bold" if line.role else "body"
        tone = {"agrees": "positive", "differs": "negative"}.get(line.role, "primary")
        counted = "" if line.rows is None else f"{line.rows:,}"
        amount = amount_text(line.amount, currency) if has_amounts else ""
        if line.rows is None and line.amount is None:
            counted = UNKNOWN
        for place, text in enumerate((line.label, counted, amount)):
            self._put(row, place, TextLabel(text, role, tone=tone))  # type: ignore[arg-type]

    def _put(self, row: int, place: int, label: TextLabel) -> None:
        side = Qt.AlignmentFlag.AlignRight if place else Qt.AlignmentFlag.AlignLeft
        self.grid.addWidget(label, row, place, side | Qt.AlignmentFlag.AlignVCenter)

    def _show_verdict(self, review: Review) -> None:
        if self._verdict is not None:
            self._verdict.hide()
            self._verdict.deleteLater()
        kind, strong, words = verdict(review)
        self._verdict = InlineMessage(kind, strong, words, closable=False)  # type: ignore[arg-type]
        self._verdict._timer.stop()  # noqa: SLF001 - a verdict stays as long as its file
        self.add(self._verdict)

    def texts(self) -> list[Sequence[str]]:
        """The grid as texts, row by row, as it stands on the screen."""
        found: list[Sequence[str]] = []
        for row in range(self.grid.rowCount()):
            cells = [self.grid.itemAtPosition(row, place) for place in range(3)]
            labels = [cell.widget() for cell in cells if cell is not None]
            texts = [label.text() for label in labels if isinstance(label, TextLabel)]
            if texts:
                found.append(texts)
        return found


def verdict(review: Review) -> tuple[str, str, str]:
    """Whether the file agrees with itself: kind of message, what holds, what it means."""
    checked = [line for line in review.lines if line.role in {"agrees", "differs"}]
    if any(line.role == "differs" for line in checked):
        return "warning", "Does not agree.", "The rows add up to something else than the file says of itself."
    if checked:
        ledger = review.preview.importer.yields == "ledger"
        return (
            "success",
            "Agrees with the file.",
            "Debits equal credits." if ledger else "Rows and total line are equal.",
        )
    word = ROW_WORDS[review.preview.importer.yields]
    return "info", "No total in the file.", f"All {review.total_rows:,} {word} are accounted for above."
