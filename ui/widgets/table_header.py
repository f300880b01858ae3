"""The head of a table: titles over their figures, sort marks, and the column chooser."""

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.models.column_table import ColumnTableModel
from ui.theme import current_theme
from ui.widgets.table_paint import SHARE_BAR, content_rect

ARROW_PX = 12


class TableHeader(QHeaderView):
    """Paints each title in the alignment of its column, the sorted one strong and with a mark."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(36)
        self.setFixedHeight(current_theme().size("table_header"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        """Paint one title."""
        model = self.model()
        if not rect.isValid() or not isinstance(model, ColumnTableModel):
            return
        theme, column = current_theme(), model.columns[logicalIndex]
        direction = dict(model.sorts).get(column.key)
        painter.save()
        painter.fillRect(rect, theme.color("bg.surface"))
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font("small-strong" if direction is None else "small-bold"))
        painter.setPen(theme.color("text.muted" if direction is None else "text.primary"))
        shown = self._shown()
        area = content_rect(rect, first=logicalIndex == shown[0], last=logicalIndex == shown[-1])
        if column.kind == "share":
            area.adjust(0, 0, -SHARE_BAR.width() - 4, 0)
        self._paint_title(painter, area, column.title, alignment=column.alignment, direction=direction)
        painter.restore()

    def _shown(self) -> list[int]:
        places = (self.logicalIndex(visual) for visual in range(self.count()))
        return [place for place in places if not self.isSectionHidden(place)] or [-1]

    def _paint_title(
        self, painter: QPainter, area: QRectF, title: str, *, alignment: str, direction: bool | None
    ) -> None:
        metrics = QFontMetricsF(painter.font())
        room = area.width() - (ARROW_PX if direction is not None else 0)
        text = metrics.elidedText(title, Qt.TextElideMode.ElideRight, room)
        width = metrics.horizontalAdvance(text)
        left = area.left() if alignment == "left" else area.left() + room - width
        if alignment == "center":
            left = area.left() + (room - width) / 2
        painter.drawText(
            QRectF(left, area.top(), width + 1, area.height()), int(Qt.AlignmentFlag.AlignVCenter), text
        )
        if direction is not None:
            _paint_arrow(painter, QPointF(left + width + 7, area.center().y() + 1), down=direction)


def _paint_arrow(painter: QPainter, center: QPointF, *, down: bool) -> None:
    tip = 2.5 if down else -2.5
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(painter.pen().color())
    painter.setPen(Qt.PenStyle.NoPen)
    corners = [QPointF(-3.5, -tip), QPointF(3.5, -tip), QPointF(0, tip)]
    painter.drawPolygon(QPolygonF([center + corner for corner in corners]))
