"""Paints small lines and bars inside cells and cards."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPolygonF


def paint_sparkline(
    painter: QPainter, rect: QRectF, values: Sequence[float | int | None], color: QColor
) -> None:
    """Paint known values as a line over the rectangle, the last one with a dot."""
    known = [(place, float(value)) for place, value in enumerate(values) if value is not None]
    if len(known) < 2:
        return
    low, high = min(v for _, v in known), max(v for _, v in known)
    height = (high - low) or 1.0
    step = rect.width() / max(1, len(values) - 1)
    points = [
        QPointF(rect.left() + place * step, rect.bottom() - (value - low) / height * rect.height())
        for place, value in known
    ]
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(color, 1.4)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline(QPolygonF(points))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(points[-1], 2.2, 2.2)
    painter.restore()


def paint_share_bar(painter: QPainter, rect: QRectF, share: float, *, color: QColor, track: QColor) -> None:
    """Paint a share from 0 to 1 as a bar on its track."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(track)
    painter.drawRoundedRect(rect, 2, 2)
    painter.setBrush(color)
    width = max(1.0, rect.width() * min(1.0, max(0.0, share))) if share > 0 else 0.0
    painter.drawRoundedRect(QRectF(rect.left(), rect.top(), width, rect.height()), 1.5, 1.5)
    painter.restore()
