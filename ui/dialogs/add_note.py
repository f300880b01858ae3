"""Write a note on a customer."""

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.widgets.fields import labelled


class AddNoteDialog(PlainDialog):
    """Asks for the text of a note."""

    def __init__(self, customer: str, parent: QWidget | None = None) -> None:
        super().__init__(f"Add note on {customer}", "Add note", parent)
        self.text = QPlainTextEdit()
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(110)
        self.text.textChanged.connect(self._check)
        self.body.addWidget(labelled("Note, kept in this book", self.text))
        self.text.setFocus()
        self._check()

    def _check(self) -> None:
        self.accept_button.setEnabled(bool(self.text.toPlainText().strip()))
