"""The head of the import: five steps, the one that is being done, and Cancel."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from ui.theme import current_theme, theme_notifier
from ui.theme_icons import paint_icon
from ui.widgets.buttons import Button
from ui.widgets.labels import TextLabel, hbox

STEPS = ("Choose files", "Recognise", "Map columns", "Review", "Import")
BAR_PX = 56
DOT_PX, GAP_PX, LINE_PX, LEAST_LINE_PX = 20, 8, 34, 10


class StepHeader(QFrame):
    """Title, steps and Cancel on one bar."""

    def __init__(self, on_cancel: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("PageBar")
        self.setFixedHeight(BAR_PX)
        self.trail = StepTrail()
        self.cancel = Button("Cancel", "quiet", icon_name="x", clicked=on_cancel)
        row = hbox(TextLabel("Import", "title"), self.trail, self.cancel, gap=24, margins=(24, 0, 24, 0))
        row.setStretch(1, 1)
        self.setLayout(row)

    def show_step(self, step: int, *, over: bool = False) -> None:
        """Say which step (from 0) is being done; `over`: nothing is left to cancel."""
        self.trail.set_step(step)
        self.cancel.setText("Close" if over else "Cancel")


class StepTrail(QWidget):
    """Numbers, ticks and names with lines between them."""

    def __init__(self) -> None:
        super().__init__()
        self._step = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.set_step(0)
        theme_notifier().changed.connect(self.update)

    @property
    def step(self) -> int:
        """The step that is being done, from 0."""
        return self._step

    def set_step(self, step: int) -> None:
        """Mark a step as the present one and those before it as done."""
        self._step = step
        self.setAccessibleName(f"Step {step + 1} of {len(STEPS)}: {STEPS[step]}")
        self.update()

    def minimumSizeHint(self) -> QSize:
        """All names fit with the shortest lines."""
        return QSize(round(self._words_width()) + LEAST_LINE_PX * (len(STEPS) - 1), 28)

    def _words_width(self) -> float:
        strong = QFontMetricsF(current_theme().font("body-bold"))
        words = sum(strong.horizontalAdvance(name) for name in STEPS)
        return words + len(STEPS) * (DOT_PX + GAP_PX) + (len(STEPS) - 1) * 2 * GAP_PX

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the trail from left to right."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        spare = (self.width() - self._words_width()) / (len(STEPS) - 1)
        line = max(LEAST_LINE_PX, min(LINE_PX, spare))
        x, middle, theme = 0.0, self.height() / 2, current_theme()
        for place, name in enumerate(STEPS):
            if place:
                painter.setPen(QPen(theme.color("border.strong"), 1))
                painter.drawLine(round(x), round(middle), round(x + line), round(middle))
                x += line + GAP_PX
            x = self._paint_step(painter, place, name, x, middle) + GAP_PX

    def _paint_step(self, painter: QPainter, place: int, name: str, x: float, middle: float) -> float:
        theme, now = current_theme(), place == self._step
        dot = QRectF(x, middle - DOT_PX / 2, DOT_PX, DOT_PX)
        if place < self._step:
            paint_icon(painter, "check-circle-fill", dot.adjusted(1, 1, -1, -1), color_token="accent.base")
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.base" if now else "bg.pressed"))
            painter.drawEllipse(dot)
            painter.setFont(theme.font("small-bold"))
            painter.setPen(theme.color("accent.on" if now else "text.muted"))
            painter.drawText(dot, int(Qt.AlignmentFlag.AlignCenter), str(place + 1))
        font = theme.font("body-bold" if now else "body")
        width = QFontMetricsF(font).horizontalAdvance(name)
        painter.setFont(font)
        painter.setPen(theme.color("text.primary" if now else "text.secondary"))
        left = x + DOT_PX + GAP_PX
        painter.drawText(QRectF(left, 0, width + 2, self.height()), int(Qt.AlignmentFlag.AlignVCenter), name)
        return left + width
