"""The list "To look at": issues by the repair that they need."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.importing.issue import Severity
from ui.pages.imports_review_data import Finding, Review
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import IconLabel, Rule, TextLabel, clear_layout, hbox, vbox
from ui.widgets.page import scrolling

MOST = 12
_ICONS = {
    Severity.ERROR: ("x-circle-fill", "negative.fill"),
    Severity.WARNING: ("warning-fill", "warning.fill"),
    Severity.NOTE: ("info-fill", "info.fill"),
}


class FindingsCard(Card):
    """Errors first, then warnings, then what was understood or skipped."""

    def __init__(self, *, on_show: Callable[[Finding], object], on_save: Callable[[], object]) -> None:
        super().__init__("To look at", flush=True)
        self._on_show = on_show
        self.save = Button("Save rejected rows…", clicked=on_save, scale="small")
        self.save.setToolTip("Saves the rows that were left out, with the header, to mend and import them.")
        self._rows = QVBoxLayout()
        self._rows.setContentsMargins(14, 2, 14, 12)
        self._rows.setSpacing(8)
        self.add(scrolling(self._rows), 1)
        self._foot = QWidget()
        self._foot.setLayout(hbox(self.save, None, margins=(14, 0, 14, 12)))
        self.add(self._foot)
        self.titles: list[str] = []

    def show_review(self, review: Review) -> None:
        """Show another file's findings."""
        clear_layout(self._rows)
        self._foot.setVisible(bool(review.preview.parsing.rejected_rows))
        self.titles = [finding.title for finding in review.findings]
        for number, finding in enumerate(review.findings[:MOST]):
            if number:
                self._rows.addWidget(Rule())
            self._add(finding)
        if len(review.findings) > MOST:
            more = f"and {len(review.findings) - MOST} more kinds of rows; the table shows all of them."
            self._rows.addWidget(TextLabel(more, "small", tone="muted", wrap=True))
        if not review.findings:
            row = hbox(
                IconLabel("check-circle-fill", color_token="positive.fill"),
                TextLabel("Nothing. Every row was understood."),
                None,
            )
            self._rows.addLayout(row)
        self._rows.addStretch(1)

    def _add(self, finding: Finding) -> None:
        name, token = _ICONS[finding.severity]
        title = TextLabel(finding.title, "body-bold", wrap=True)
        head = hbox(title, gap=8)
        head.setStretch(0, 1)
        if finding.rows:
            head.addWidget(
                Button("Show rows", "link", clicked=lambda: self._on_show(finding)),
                0,
                Qt.AlignmentFlag.AlignTop,
            )
        words = vbox(head, TextLabel(finding.detail, "small", tone="secondary", wrap=True), gap=2)
        mark = IconLabel(name, color_token=token)
        row = hbox(gap=9)
        row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        self._rows.addLayout(row)
