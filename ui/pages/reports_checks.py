"""What to look at before the report leaves the house, and the card that says whose report it is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Literal

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from ui.pages.reports_export import Wish
from ui.pages.reports_source import Drawn, Prepared
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, clear_layout, hbox, vbox
from ui.widgets.swatch import READABLE_CONTRAST, Swatch, contrast_on_paper
from ui.widgets.tags import StatusTag

CheckState = Literal["good", "review"]
_MARKS = {
    "good": ("check-circle-fill", "positive.fill"),
    "review": ("warning-circle-fill", "warning.fill"),
}


@dataclass(frozen=True)
class ExportCheck:
    """One line: what holds or does not, and where it is looked at (a page, or a section of this one)."""

    text: str
    state: CheckState
    link: str = ""
    page: str = ""
    section: str = ""


def export_checks(prepared: Prepared, drawn: Drawn, open_sections: Sequence[str]) -> list[ExportCheck]:
    """Everything that a careful person looks at, the same lines every month."""
    return [
        _tie_out(prepared),
        _figures(drawn),
        _reviewed(open_sections),
        *_restated(prepared),
    ]


def _tie_out(prepared: Prepared) -> ExportCheck:
    from core.analysis.tie_out_result import Result

    tie_out = prepared.context.tie_out
    if tie_out.tied is None:
        return ExportCheck("Not tied: no ledger imported", "review", "Explain", page="reconciliation")
    count = sum(check.result is not Result.AGREES for check in tie_out.checks)
    if not count:
        return ExportCheck("Income and costs agree with the ledger", "good")
    words = f"{count} reconciliation {'check' if count == 1 else 'checks'} open"
    return ExportCheck(words, "review", "Explain", page="reconciliation")


def _figures(drawn: Drawn) -> ExportCheck:
    stale = drawn.pack.stale
    if not stale:
        return ExportCheck("Every figure in the text stands in the report", "good")
    first = stale[0]
    words = f"{first.figure} in the text is not in the report"
    if len(stale) > 1:
        words = f"{len(stale)} figures in the text are not in the report"
    return ExportCheck(words, "review", "Show", section=first.section)


def _reviewed(open_sections: Sequence[str]) -> ExportCheck:
    if not open_sections:
        return ExportCheck("Every section is reviewed", "good")
    count = len(open_sections)
    words = f"{count} {'section' if count == 1 else 'sections'} not reviewed"
    return ExportCheck(words, "review", "Marked Draft", section=open_sections[0])


def _restated(prepared: Prepared) -> list[ExportCheck]:
    count = prepared.context.restated
    if not count:
        return []
    words = f"{count:,} {'customer' if count == 1 else 'customers'} changed since the close"
    return [ExportCheck(words, "review", "Segments", page="segments")]


class ChecksCard(Card):
    """The checks, and the buttons that write the files."""

    opened = Signal(object)  # an ExportCheck whose link was chosen

    def __init__(self, export: Callable[[Wish], object], *, has_page: Callable[[str], bool]) -> None:
        """`export` takes "pdf" or "xlsx"."""
        super().__init__("Before you export")
        self._has_page = has_page
        self.rows = QVBoxLayout()
        self.rows.setSpacing(4)
        self.pdf_button = Button(
            "Export PDF", "primary", icon_name="file-pdf", clicked=partial(export, "pdf"), scale="large"
        )
        self.excel_button = Button(
            "Export Excel", icon_name="table", clicked=partial(export, "xlsx"), scale="large"
        )
        self._name = TextLabel("", "small", tone="muted", wrap=True)
        buttons = hbox(self.pdf_button, self.excel_button)
        buttons.setStretch(0, 1)
        buttons.setStretch(1, 1)
        self.add(vbox(self.rows, 2, buttons, self._name, gap=7))
        self.set_ready(ready=False)

    def set_checks(self, checks: Sequence[ExportCheck]) -> None:
        """Show these lines."""
        clear_layout(self.rows)
        for check in checks:
            name, token = _MARKS[check.state]
            words = ElidedLabel(check.text, "body")
            row = hbox(IconLabel(name, color_token=token), words, gap=9)
            row.setStretch(1, 1)
            if check.link and (check.section or self._has_page(check.page)):
                link = Button(check.link, "link", clicked=partial(self.opened.emit, check))
                link.setAccessibleName(f"{check.text}: {check.link}")
                row.addWidget(link)
            holder = QWidget()
            holder.setLayout(row)
            holder.setMinimumHeight(25)
            self.rows.addWidget(holder)

    def set_name(self, stem: str) -> None:
        """Say what the files will be called."""
        self._name.setText(f"{stem}, pdf and xlsx. Ctrl Shift E: both." if stem else "")

    def set_ready(self, *, ready: bool) -> None:
        """Whether there is a report to write."""
        for button in (self.pdf_button, self.excel_button):
            button.setEnabled(ready)


class BrandingCard(Card):
    """Whose report it is: firm, client, the accent colour and the paper."""

    def __init__(self, edit: Callable[[], object]) -> None:
        super().__init__("Branding")
        self.edit_button = Button("Edit…", "quiet", clicked=edit, scale="small")
        self.edit_button.setAccessibleName("Edit branding…")
        self.add_action(self.edit_button)
        self._firm, self._client = ElidedLabel("", "body"), ElidedLabel("", "body")
        self._paper = TextLabel("", "body")
        self._accent = TextLabel("", "body")
        self._swatch = Swatch()
        self._tag = StatusTag("AA", "good", with_icon=False)
        grid = QGridLayout()
        grid.setHorizontalSpacing(12)
        grid.setVerticalSpacing(7)
        grid.setColumnStretch(1, 1)
        accent = hbox(self._swatch, self._accent, None, self._tag, gap=9)
        for place, label in enumerate(("Firm", "Client", "Accent", "Paper")):
            grid.addWidget(TextLabel(label, "body", tone="secondary"), place, 0)
        grid.addWidget(self._firm, 0, 1)
        grid.addWidget(self._client, 1, 1)
        grid.addLayout(accent, 2, 1)
        grid.addWidget(self._paper, 3, 1)
        self.add(grid)

    def set_settings(self, settings: Mapping[str, str]) -> None:
        """Show what is set."""
        firm = settings["firm_name"]
        self._firm.setText(firm.partition("\n")[0] or "Not set")
        self._firm.set_tone("primary" if firm else "muted")
        self._client.setText(settings["client_name"])
        self._accent.setText(settings["accent"])
        self._paper.setText(settings["paper"])
        self._swatch.set_colour(settings["accent"])
        ratio = contrast_on_paper(settings["accent"])
        readable = ratio >= READABLE_CONTRAST
        self._tag.set_status("AA" if readable else "Too light", "good" if readable else "failed")
        self._tag.setToolTip(f"{ratio:.1f}:1 on white paper; text needs {READABLE_CONTRAST}:1")
