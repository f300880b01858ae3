"""Move a customer to another segment by hand, with a reason."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QCheckBox, QComboBox, QDateEdit, QLineEdit, QPlainTextEdit, QWidget

from ui.dialogs.plain_dialog import PlainDialog
from ui.theme_symbols import segment_icon
from ui.widgets.fields import labelled
from ui.widgets.labels import IconLabel, hbox
from ui.widgets.tags import SegmentChip

if TYPE_CHECKING:
    from core.segments.membership import Membership

USUAL_RETURN_DAYS = 30
PROSPECTS = "No orders yet"  # who joins with the first sale cannot be moved there


@dataclass(frozen=True)
class Move:
    """What was asked for."""

    segment: str
    reason: str
    author: str
    expires: date | None


class MoveCustomerDialog(PlainDialog):
    """Asks for the segment, the reason, who decides, and optionally when the rules decide again."""

    def __init__(
        self, membership: "Membership", row: int, *, author: str, parent: QWidget | None = None
    ) -> None:
        super().__init__("Move to another segment", "Move customer", parent)
        now = membership.segment_of(row)
        self.target = QComboBox()
        self.target.setAccessibleName("New segment")
        for segment in membership.segments:
            if segment.name not in {now.name, PROSPECTS}:
                self.target.addItem(segment_icon(segment.palette), segment.name)
        choice = hbox(
            SegmentChip(now.name, now.palette), IconLabel("arrow-right", size=14), self.target, gap=10
        )
        choice.setStretch(2, 1)
        self.reason = QPlainTextEdit()
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(68)
        self.reason.textChanged.connect(self._check)
        self.author = QLineEdit(author)
        self.author.textChanged.connect(self._check)
        self.returns = QCheckBox("Return to the rules on")
        self.day = QDateEdit(QDate.currentDate().addDays(USUAL_RETURN_DAYS))
        self.day.setAccessibleName("Day from which the rules decide again")
        self.day.setCalendarPopup(True)
        self.day.setDisplayFormat("d MMM yyyy")
        self.day.setMinimumDate(QDate.currentDate().addDays(1))
        self.day.setEnabled(False)
        self.returns.toggled.connect(self.day.setEnabled)
        self.body.addLayout(choice)
        self.body.addWidget(labelled("Reason, shown in the report notes", self.reason))
        self.body.addWidget(labelled("Decided by", self.author))
        self.body.addLayout(hbox(self.returns, self.day, None))
        self.reason.setFocus()
        self._check()

    def wish(self) -> Move:
        """What was asked for."""
        chosen = self.day.date()
        day = date(chosen.year(), chosen.month(), chosen.day())
        return Move(
            self.target.currentText(),
            self.reason.toPlainText().strip(),
            self.author.text().strip(),
            day if self.returns.isChecked() else None,
        )

    def _check(self) -> None:
        ready = bool(self.reason.toPlainText().strip() and self.author.text().strip())
        self.accept_button.setEnabled(ready)
        self.accept_button.setToolTip("" if ready else "Say why, and who decides")
