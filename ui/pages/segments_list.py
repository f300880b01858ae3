"""The segments of a scheme in the order in which they are asked."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from core.segments.method import SegmentSpec
from ui.pages.segments_draft import symbol_of
from ui.theme import current_theme
from ui.theme_icons import paint_icon
from ui.theme_symbols import paint_segment_symbol

ROW_PX = 40
NAME, SYMBOL, AMOUNT, COUNT, PLACE, MOVABLE = (Qt.ItemDataRole.UserRole + number for number in range(6))


class SegmentList(QListWidget):
    """Drag, or Alt and the arrows, change the order where rules are asked one after the other."""

    chosen = Signal(str)
    reordered = Signal(object)  # names in their new order
    step_asked = Signal(str, int)  # name, -1 earlier, +1 later

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Segments")
        self.setItemDelegate(_SegmentDelegate(self))
        self.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.currentItemChanged.connect(self._say_current)
        # The drop is not over yet when its rows have moved.
        self._moved = QTimer(self, singleShot=True, interval=0)
        self._moved.timeout.connect(lambda: self.reordered.emit(self.names()))
        self.model().rowsMoved.connect(lambda *_: self._moved.start())

    def show_segments(
        self,
        segments: Sequence[SegmentSpec],
        counts: Mapping[str, tuple[str, str]],
        *,
        movable: int,
        current: str,
    ) -> None:
        """Show segments; `counts` are customers and revenue in words, the first `movable` can be moved."""
        self.blockSignals(True)
        scrolled = self.verticalScrollBar().value()
        self.clear()
        for place, segment in enumerate(segments):
            customers, revenue = counts.get(segment.name, ("", ""))
            item = QListWidgetItem(f"{place + 1} {segment.name}, {customers} customers, {revenue}")
            values = (
                segment.name,
                symbol_of(segment),
                revenue,
                customers,
                place + 1 if movable else 0,
                place < movable,
            )
            for role, value in zip((NAME, SYMBOL, AMOUNT, COUNT, PLACE, MOVABLE), values, strict=True):
                item.setData(role, value)
            flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
            item.setFlags(flags | Qt.ItemFlag.ItemIsDragEnabled if place < movable else flags)
            item.setToolTip(segment.description)
            self.addItem(item)
            if segment.name == current:
                self.setCurrentItem(item)
        self.blockSignals(False)
        self.verticalScrollBar().setValue(scrolled)

    def names(self) -> list[str]:
        """The names in the order shown."""
        return [str(self.item(row).data(NAME)) for row in range(self.count())]

    @property
    def current_name(self) -> str:
        """The name of the chosen segment."""
        item = self.currentItem()
        return str(item.data(NAME)) if item is not None else ""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Alt and the arrows move the segment."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        step = steps.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            if self.currentItem() is not None and self.currentItem().data(MOVABLE):
                self.step_asked.emit(self.current_name, step)
            return
        super().keyPressEvent(event)

    def _say_current(self) -> None:
        if self.currentItem() is not None:
            self.chosen.emit(self.current_name)


class _SegmentDelegate(QStyledItemDelegate):
    """Grip, number, shape, name over revenue, customers."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """One height for all."""
        return QSize(120, ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint a segment."""
        theme, rect, state = current_theme(), QRect(option.rect), option.state
        painter.save()
        selected = bool(state & QStyle.StateFlag.State_Selected)
        if selected or state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, theme.color("bg.selected" if selected else "bg.hover"))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())
        x, middle = rect.left() + 8.0, rect.top() + ROW_PX / 2
        if index.data(PLACE):
            if index.data(MOVABLE):
                paint_icon(
                    painter, "dots-six-vertical", QRectF(x, middle - 7, 14, 14), color_token="text.muted"
                )
            painter.setFont(theme.font("small"))
            painter.setPen(theme.color("text.muted"))
            painter.drawText(
                QRectF(x + 14, rect.top(), 18, ROW_PX),
                int(Qt.AlignmentFlag.AlignCenter),
                str(index.data(PLACE)),
            )
            x += 36
        else:
            x += 4
        paint_segment_symbol(painter, int(index.data(SYMBOL)), QPointF(x + 6, middle))
        self._paint_words(painter, QRectF(x + 18, rect.top(), rect.right() - x - 30, ROW_PX), index)
        if state & QStyle.StateFlag.State_HasFocus and bool(
            state & QStyle.StateFlag.State_KeyboardFocusChange
        ):
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_words(
        self, painter: QPainter, area: QRectF, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        theme = current_theme()
        right = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        painter.setFont(theme.font("body-bold"))
        painter.setPen(theme.color("text.primary"))
        count = str(index.data(COUNT))
        painter.drawText(area, int(right), count)
        room = area.width() - QFontMetricsF(painter.font()).horizontalAdvance(count) - 8
        for text, role, token, top in (
            (index.data(NAME), "body-strong", "text.primary", 3),
            (index.data(AMOUNT), "caption", "text.muted", 20),
        ):
            painter.setFont(theme.font(role))
            painter.setPen(theme.color(token))
            shown = QFontMetricsF(painter.font()).elidedText(str(text), Qt.TextElideMode.ElideRight, room)
            line = QRectF(area.left(), area.top() + top, room, 17)
            painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)
