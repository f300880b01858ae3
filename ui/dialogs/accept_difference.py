"""Accept a difference between ledger and documents, with a reason that the report prints."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.widgets.fields import labelled
from ui.widgets.labels import TextLabel

if TYPE_CHECKING:
    from core.analysis.tie_out_result import Check


class AcceptDifferenceDialog(PlainDialog):
    """Asks for the reason and for who accepts."""

    def __init__(self, loaded: Loaded, check: "Check", *, author: str, parent: QWidget | None = None) -> None:
        super().__init__("Accept this difference", "Accept difference", parent)
        amount = numbers_of(loaded.figures).money(check.difference_minor or 0, cents=True)
        words = (
            f"{check.label}, {loaded.figures.facts.period.label}: {amount}. It stays visible with your reason, "
            "and opens again when an import changes it."
        )
        self.body.addWidget(TextLabel(words, "body", tone="secondary", wrap=True))
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(76)
        self.author = QLineEdit(author)
        self.body.addWidget(labelled("Reason, printed in the report's appendix", self.reason))
        self.body.addWidget(labelled("Accepted by", self.author))
        self.reason.textChanged.connect(self._check)
        self.author.textChanged.connect(self._check)
        self.reason.setFocus()
        self._check()

    def reason_text(self) -> str:
        """The reason that was written."""
        return self.reason.toPlainText().strip()

    def author_text(self) -> str:
        """Who accepts."""
        return self.author.text().strip()

    def _check(self) -> None:
        ready = bool(self.reason_text() and self.author_text())
        self.accept_button.setEnabled(ready)
        self.accept_button.setToolTip("" if ready else "Say why, and who accepts")
