"""Step 1: choose files, by dialog or by dropping them."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, TextLabel, hbox, restyle, vbox
from ui.widgets.tags import Tag

FILE_FILTER = "Exports (*.csv *.tsv *.txt *.xlsx *.xlsm *.gz);;All files (*)"
KNOWN = ("QuickBooks Online", "QuickBooks Desktop", "Xero", "CSV", "Excel")


def dropped_files(data: QMimeData) -> list[Path]:
    """The files of a drop; nothing for other things."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


class ChooseStep(QWidget):
    """A zone to drop files on, and a button for the dialog."""

    chosen = Signal(object)  # list of paths

    def __init__(self) -> None:
        super().__init__()
        self.zone = DropZone()
        self.zone.dropped.connect(self.chosen)
        self.zone.browse.clicked.connect(self.ask)
        self.setLayout(vbox(None, hbox(None, self.zone, None), None))
        self.layout().setStretch(0, 1)  # type: ignore[union-attr]

    def ask(self) -> None:
        """Open the system's dialog."""
        names, _filter = QFileDialog.getOpenFileNames(self, "Choose files to import", "", FILE_FILTER)
        if names:
            self.chosen.emit([Path(name) for name in names])


class DropZone(QFrame):
    """Takes files that are dropped; says what can be read."""

    dropped = Signal(object)  # list of paths

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("DropZone")
        self.setAcceptDrops(True)
        self.setMinimumSize(620, 300)
        self.browse = Button("Choose files…", "primary", scale="large")
        line = TextLabel(
            "Several files at once are taken one after the other. Nothing is written before you have seen it.",
            "body",
            tone="muted",
            wrap=True,
        )
        line.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        line.setFixedWidth(420)
        title = TextLabel("Drop exports here", "section")
        known = hbox(None, *(Tag(name) for name in KNOWN), None, gap=6)
        self.setLayout(
            vbox(
                None,
                hbox(None, IconLabel("file-arrow-down", size=34, color_token="accent.base"), None),
                hbox(None, title, None),
                hbox(None, line, None),
                hbox(None, self.browse, None),
                8,
                known,
                None,
                gap=10,
                margins=(24, 24, 24, 24),
            )
        )

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that the files can be dropped here."""
        if dropped_files(event.mimeData()):
            event.acceptProposedAction()
            self._mark(active=True)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """The files went elsewhere."""
        self._mark(active=False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Take the files."""
        self._mark(active=False)
        event.acceptProposedAction()
        self.dropped.emit(dropped_files(event.mimeData()))

    def _mark(self, *, active: bool) -> None:
        self.setProperty("active", active)
        restyle(self)
