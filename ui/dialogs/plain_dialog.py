"""The frame of small dialogs: title, body, Cancel as the safe default, and one button with a verb."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from ui.widgets.buttons import Button
from ui.widgets.labels import TextLabel, hbox


class PlainDialog(QDialog):
    """Asks for a few things; `accept_button` is enabled by whoever fills the body."""

    def __init__(self, title: str, verb: str, parent: QWidget | None = None, *, width: int = 460) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.title_label = TextLabel(title, "section")
        self.body = QVBoxLayout()
        self.body.setSpacing(12)
        self.cancel_button = Button("Cancel", clicked=self.reject)
        self.accept_button = Button(verb, "primary", clicked=self.accept)
        self.foot = hbox(None, self.cancel_button, self.accept_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 20, 16)
        column.setSpacing(14)
        column.addWidget(self.title_label)
        column.addLayout(self.body, 1)
        column.addLayout(self.foot)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl Enter does what the button says; plain Enter does not decide anything by accident."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if self.accept_button.isEnabled():
                self.accept()
        elif not enter:
            super().keyPressEvent(event)
