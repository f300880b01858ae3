"""A row of a list that opens something: mark, words, a note, and an arrow."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from ui.theme import current_theme
from ui.widgets.labels import ElidedLabel, IconLabel, TextLabel, Tone, hbox, vbox


class RowButton(QAbstractButton):
    """One line with a note at the right, or two lines with an arrow; without `clicked` it is plain text."""

    def __init__(
        self,
        mark: QWidget,
        title: str,
        note: str = "",
        *,
        below: bool = False,
        tone: Tone = "muted",
        clicked: Callable[[], object] | None = None,
        last: bool = False,
    ) -> None:
        """`below` puts the note under the title; `last` leaves the line below the row out."""
        super().__init__()
        self._last, self._opens = last, clicked is not None
        self.title, self.note = title, note
        self.setAccessibleName(f"{title}. {note}".strip())
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        words = ElidedLabel(title, "body-strong")
        if below:
            column = vbox(words, ElidedLabel(note, "small", tone=tone), gap=1)
            row = hbox(mark, column, gap=12, margins=(14, 8, 14, 8))
        else:
            row = hbox(mark, words, TextLabel(note, "small", tone=tone), gap=10, margins=(14, 0, 14, 0))
        row.setStretch(1, 1)
        if below and clicked is not None:
            row.addWidget(IconLabel("caret-right", size=14))
        self.setLayout(row)
        self.setFixedHeight(50 if below else 33)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if clicked is None:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        else:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(200, self.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the state behind the words, and the line below."""
        painter, theme = QPainter(self), current_theme()
        if self._opens and (self.isDown() or self.underMouse()):
            painter.fillRect(
                self.rect().adjusted(1, 0, -1, 0), theme.color("bg.pressed" if self.isDown() else "bg.hover")
            )
        if not self._last:
            painter.setPen(QPen(theme.color("border.subtle"), 1))
            painter.drawLine(14, self.height() - 1, self.width() - 14, self.height() - 1)
        if self.hasFocus():
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(4, 2, -4, -3), 5, 5)
