"""One file of an import: its name, its size, and as what it was recognised."""

from collections.abc import Callable

from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.intake import Recognised
from ui.pages.imports_texts import SURE, size_text, sure_text
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, hbox, vbox
from ui.widgets.tags import StatusTag


class FileCard(Card):
    """Says what the file is; Change… goes back to choose another format."""

    def __init__(self, on_change: Callable[[], object] | None = None) -> None:
        super().__init__()
        self._name = TextLabel("", "body-bold")
        self._size = ElidedLabel("", "body", tone="muted")
        self._format = ElidedLabel("", "body", tone="secondary")
        self._sure = StatusTag("", "good", with_icon=False)
        first = hbox(self._name, self._size, gap=8)
        first.setStretch(1, 1)
        words = vbox(first, self._format, gap=2)
        self.change = Button("Change…", clicked=on_change, tooltip="Choose another format for this file")
        self.change.setVisible(on_change is not None)
        mark = IconLabel("file-text", color_token="accent.base", size=22)
        parts: tuple[QWidget, ...] = (self._sure, self.change)
        row = hbox(mark, words, *parts, gap=14)
        row.setStretch(1, 1)
        self.body.setContentsMargins(16, 9, 14, 9)
        self.add(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_file(self, found: Recognised, *, rows: int | None = None) -> None:
        """Show a file that was read."""
        source = found.source
        lines = sum(sheet.row_count for sheet in source.sheets)  # with headings and empty lines
        counted = f"{lines:,} lines" if rows is None else f"{rows:,} {'row' if rows == 1 else 'rows'}"
        self._name.setText(source.path.name)
        self._size.setText(f"{size_text(source.size)}, {counted}")
        self._format.setText(recognised_text(found))
        self._sure.setVisible(found.importer is not None and not found.refusal)
        sure = found.confidence >= SURE
        self._sure.set_status(sure_text(found.confidence), "good" if sure else "review")
        self.setAccessibleName(f"{source.path.name}. {recognised_text(found)}")


def recognised_text(found: Recognised) -> str:
    """As what the file was recognised, and by what."""
    if found.importer is None:
        return "The format is not known yet"
    if found.refusal:
        return f"Recognised as {found.importer.label}, which is not imported"
    reasons = "; ".join(found.reasons)
    reasons = f" by {reasons}" if reasons and not reasons.startswith(("by ", "as ", "Columns")) else ""
    return f"Recognised as {found.importer.label}{reasons}"
