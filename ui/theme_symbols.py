"""Paints the shape of a segment: colour, shape and word always go together."""

from functools import cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen, QPixmap

from ui.theme import SegmentSymbol, current_theme

SYMBOL_PX = 10.0
_POLYGONS: dict[str, tuple[tuple[float, float], ...]] = {
    "t1": ((0.0, -0.5), (0.52, 0.44), (-0.52, 0.44)),
    "t": ((0.0, 0.5), (0.52, -0.44), (-0.52, -0.44)),
    "d": ((0.0, -0.54), (0.54, 0.0), (0.0, 0.54), (-0.54, 0.0)),
}


@cache
def symbol_path(shape: str) -> QPainterPath:
    """The outline of a shape (o s t t1 d + x) within one unit around the origin."""
    path = QPainterPath()
    if shape == "o":
        path.addEllipse(QRectF(-0.46, -0.46, 0.92, 0.92))
    elif shape == "s":
        path.addRect(QRectF(-0.43, -0.43, 0.86, 0.86))
    elif shape in _POLYGONS:
        path.addPolygon([QPointF(x, y) for x, y in _POLYGONS[shape]])
        path.closeSubpath()
    else:
        _add_strokes(path, diagonal=shape == "x")
    return path


def _add_strokes(path: QPainterPath, *, diagonal: bool) -> None:
    ends = (
        ((-0.4, -0.4, 0.4, 0.4), (-0.4, 0.4, 0.4, -0.4))
        if diagonal
        else ((-0.5, 0, 0.5, 0), (0, -0.5, 0, 0.5))
    )
    for x1, y1, x2, y2 in ends:
        path.moveTo(x1, y1)
        path.lineTo(x2, y2)


def paint_symbol(
    painter: QPainter, symbol: SegmentSymbol, color: QColor, center: QPointF, *, size: float = SYMBOL_PX
) -> None:
    """Paint a segment's shape around a point."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(center)
    painter.scale(size, size)
    lines = symbol.shape in {"+", "x"}
    width = 0.2 if symbol.hollow else 0.37
    if lines or symbol.hollow:
        pen = QPen(color, width if lines else 0.2)
        pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.scale(0.86, 0.86)
    else:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(color)
    painter.drawPath(symbol_path(symbol.shape))
    painter.restore()


def paint_segment_symbol(painter: QPainter, index: int, center: QPointF, *, size: float = SYMBOL_PX) -> None:
    """Paint the shape and colour of the segment at this place of its scheme."""
    theme = current_theme()
    paint_symbol(painter, theme.segment_symbol(index), theme.segment_color(index), center, size=size)


def segment_pixmap(index: int, *, size: int = 12, density: float = 2.0) -> QPixmap:
    """A segment's shape as a picture, for labels and combos."""
    picture = QPixmap(round(size * density), round(size * density))
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_segment_symbol(painter, index, QPointF(size / 2, size / 2), size=size * SYMBOL_PX / 12)
    painter.end()
    return picture


def segment_icon(index: int) -> QIcon:
    """A segment's shape as an icon."""
    result = QIcon()
    for density in (1.0, 2.0, 3.0):
        result.addPixmap(segment_pixmap(index, density=density))
    return result
