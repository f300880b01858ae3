"""The reports that were handed out: when, by whom, whether the data is still the same, and what they said."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPlainTextEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.tags import StatusTag

if TYPE_CHECKING:
    from core.store.book import Book
    from core.usecases.issue_report import IssuedReport

LIST_PX = 250


@dataclass(frozen=True)
class Past:
    """A report that was handed out, and whether its data is still what it was made from."""

    report: "IssuedReport"
    is_current: bool


def past_reports(book: "Book") -> list[Past]:
    """Every report that was issued, the newest first."""
    from core.usecases.issue_report import data_digest, list_issued

    digest = data_digest(book)
    return [Past(one, one.data_digest == digest) for one in list_issued(book)]


class PastReportsDialog(PlainDialog):
    """Reads only: what was issued stays as it was."""

    def __init__(self, past: Sequence[Past], parent: QWidget | None = None) -> None:
        super().__init__("Past reports", "Close", parent, width=900)
        self.cancel_button.hide()
        self.setMinimumHeight(560)
        self._past = past
        self.list = QListWidget()
        self.list.setAccessibleName("Reports that were exported")
        self.list.setFixedWidth(LIST_PX)
        for one in past:
            self.list.addItem(_item(one))
        self.facts = TextLabel("", "body", tone="secondary", wrap=True)
        self.tag = StatusTag("", "good")
        self.content = QPlainTextEdit()
        self.content.setReadOnly(True)
        self.content.setTabChangesFocus(True)
        self.content.setAccessibleName("The report as it was")
        head = hbox(self.facts, self.tag)
        head.setStretch(0, 1)
        right = vbox(head, self.content)
        right.setStretch(1, 1)
        row = hbox(self.list, right, gap=14)
        row.setStretch(1, 1)
        self.body.addLayout(row, 1)
        self.list.currentRowChanged.connect(self._show)
        self.list.setCurrentRow(0)
        self.list.setFocus()

    def _show(self, place: int) -> None:
        if not 0 <= place < len(self._past):
            return
        one = self._past[place]
        report = one.report
        written = (("PDF", report.pdf_sha256), ("Excel", report.xlsx_sha256))
        files = " and ".join(name for name, digest in written if digest) or "no file"
        self.facts.setText(f"{moment_text(report.issued_at)}, {report.author or 'unknown author'}, {files}")
        words = "Data unchanged since" if one.is_current else "Data has changed since"
        self.tag.set_status(words, "good" if one.is_current else "review")
        self.content.setPlainText(report.content)


def _item(past: Past) -> QListWidgetItem:
    from core.period import parse_period

    report = past.report
    when = f"{moment_text(report.issued_at)}, {report.author}"
    item = QListWidgetItem(f"{parse_period(report.month).label}\n{when}")
    if not past.is_current:
        item.setToolTip("The data has changed since")
    item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
    return item


def moment_text(moment: str) -> str:
    """A moment as the clock on this wall shows it: 3 Nov 2026, 08:52."""
    from core.period import day_label

    local = datetime.fromisoformat(moment).astimezone()
    return f"{day_label(local.date())}, {local:%H:%M}"
