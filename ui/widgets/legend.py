"""The legend of a chart with two series: a bar and a dashed line, in the card's head."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ui.theme import current_theme
from ui.widgets.labels import TextLabel, hbox


class _Sample(QWidget):
    """A small square, or a dashed line."""

    def __init__(self, *, dashed: bool) -> None:
        super().__init__()
        self._dashed = dashed
        self.setFixedSize(QSize(20 if dashed else 10, 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sample in the colours of the chart."""
        painter, theme = QPainter(self), current_theme()
        if self._dashed:
            pen = QPen(theme.color("text.secondary"), 2)
            pen.setDashPattern([2, 1.4])
            painter.setPen(pen)
            painter.drawLine(QPointF(0, 5), QPointF(20, 5))
        else:
            color = QColor(theme.color("chart.primary"))
            color.setAlphaF(0.55)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(color)
            painter.drawRect(QRectF(0, 0, 10, 10))


class ChartLegend(QWidget):
    """Names the bars and the dashed line; hidden while there is no second series."""

    def __init__(self) -> None:
        super().__init__()
        self._bars, self._line = (
            TextLabel("", "caption", tone="muted"),
            TextLabel("", "caption", tone="muted"),
        )
        self.setLayout(hbox(_Sample(dashed=False), self._bars, 6, _Sample(dashed=True), self._line, gap=6))

    def set_names(self, bars: str, line: str) -> None:
        """Say what bars and line are; without a line there is no legend."""
        self._bars.setText(bars)
        self._line.setText(line)
        self.setVisible(bool(line))
