"""The names of scores for one value score: recency down, frequency across; several cells can be chosen."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QItemSelectionModel, QModelIndex, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPen, QPolygonF
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from ui.theme import Theme, current_theme
from ui.theme_symbols import paint_segment_symbol
from ui.widgets.matrix import CELL_ROLE, Cell, Index, MatrixTable

SCORES = 5
TITLES = ("", "F1", "F2", "F3", "F4", "F5")
NAME_PX, ROW_PX, LEAST_CELL_PX, HEAD_PX = 46, 44, 112, 24
PAD, GAP, RADIUS, CORNER_PX = 8, 1.5, 4, 9
Place = tuple[int, int]  # scores of recency and frequency


@dataclass(frozen=True)
class NameCell(Cell):
    """A segment's name with the customers who have these scores; `changed` from its usual name."""

    customers: int = 0
    changed: bool = False
    reached: bool = True  # whether anybody can have these scores


class NamesGrid(MatrixTable):
    """Arrow keys move, Shift and Ctrl choose several, Ctrl A all; Enter goes on to the name."""

    chosen = Signal()  # other cells are chosen
    naming_asked = Signal()

    def __init__(self) -> None:
        super().__init__("Names of the scores")
        self.clicked.disconnect(self._open)
        self.clicked.connect(self._choose_row)
        self.setItemDelegate(_NameDelegate(self))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        header = _Titles(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setFixedHeight(HEAD_PX)
        header.setMinimumSectionSize(NAME_PX)
        header.setHighlightSections(False)
        header.setSectionsClickable(True)
        header.setToolTip("A click chooses all cells of a frequency score")
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedHeight(HEAD_PX + ROW_PX * SCORES + 2)
        self.setMinimumWidth(NAME_PX + LEAST_CELL_PX * SCORES + 2)
        self.selectionModel().selectionChanged.connect(lambda _now, _before: self.chosen.emit())

    def show_cells(self, cells: Sequence[Sequence[NameCell]]) -> None:
        """Show other names; what is chosen stays chosen. The first column is added here."""
        rows = [[Cell(f"R{SCORES - place}", "name"), *line] for place, line in enumerate(cells)]
        if not self.matrix.cells:
            self.set_cells(TITLES, rows)
            return
        self.matrix.cells = rows
        last = self.matrix.index(SCORES - 1, SCORES)
        self.matrix.dataChanged.emit(self.matrix.index(0, 0), last)

    def places(self) -> list[Place]:
        """The chosen scores of recency and frequency."""
        found = {(SCORES - one.row(), one.column()) for one in self.selectedIndexes() if one.column()}
        return sorted(found, reverse=True)

    def choose(self, places: Sequence[Place]) -> None:
        """Choose cells and put the focus on the last."""
        flags = QItemSelectionModel.SelectionFlag
        self.clearSelection()
        for recency, frequency in places:
            index = self.matrix.index(SCORES - recency, frequency)
            self.selectionModel().select(index, flags.Select)
            self.selectionModel().setCurrentIndex(index, flags.NoUpdate)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on to the name; Space chooses, with Ctrl one more cell."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.modifiers():
            self.naming_asked.emit()
        elif event.key() == Qt.Key.Key_Space:
            QAbstractItemView.keyPressEvent(self, event)
        else:
            super().keyPressEvent(event)

    def _choose_row(self, index: QModelIndex) -> None:
        if not index.column():
            self.selectRow(index.row())

    def _share_width(self) -> None:
        if not self.matrix.cells:
            return
        width = max(LEAST_CELL_PX, (self.viewport().width() - NAME_PX) // SCORES)
        self.setColumnWidth(0, NAME_PX)
        for place in range(1, SCORES + 1):
            self.setColumnWidth(place, width)


class _Titles(QHeaderView):
    """The frequency scores, each where the words of its cells begin."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        """Paint one title."""
        theme, flags = current_theme(), Qt.AlignmentFlag
        painter.save()
        painter.fillRect(rect, theme.color("bg.surface"))
        painter.setFont(theme.font("small-bold"))
        painter.setPen(theme.color("text.primary"))
        area = rect.adjusted(PAD, 0, 0, 0)
        painter.drawText(area, int(flags.AlignLeft | flags.AlignVCenter), TITLES[logicalIndex])
        painter.restore()


class _NameDelegate(QStyledItemDelegate):
    """Paints name, shape and customers; a corner marks what is not the usual name."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, cell, rect = current_theme(), index.data(CELL_ROLE), QRect(option.rect)
        flags = Qt.AlignmentFlag
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(cell, NameCell):
            painter.setFont(theme.font("small-bold"))
            painter.setPen(theme.color("text.primary"))
            painter.drawText(
                rect.adjusted(0, 0, -10, 0), int(flags.AlignRight | flags.AlignVCenter), cell.text
            )
            painter.restore()
            return
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        focused = bool(option.state & QStyle.StateFlag.State_HasFocus)
        _paint_patch(painter, theme, rect, cell, selected=selected, focused=focused)
        _write(painter, theme, rect, cell)
        painter.restore()


def _paint_patch(
    painter: QPainter, theme: Theme, rect: QRect, cell: NameCell, *, selected: bool, focused: bool
) -> None:
    fill = "bg.selected" if selected else "bg.surface" if cell.reached else "bg.sunken"
    edge = "focus" if focused else "accent.base" if selected else "border.default"
    patch = QRectF(rect).adjusted(GAP, GAP, -GAP, -GAP)
    painter.setBrush(theme.color(fill))
    painter.setPen(QPen(theme.color(edge), 2 if focused else 1))
    painter.drawRoundedRect(patch, RADIUS, RADIUS)
    if cell.changed:
        corner = patch.topRight() + QPointF(-2, 2)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("accent.base"))
        painter.drawPolygon(
            QPolygonF([corner, corner - QPointF(CORNER_PX, 0), corner + QPointF(0, CORNER_PX)])
        )


def _write(painter: QPainter, theme: Theme, rect: QRect, cell: NameCell) -> None:
    area = rect.adjusted(PAD, 5, -PAD + 2, -5)
    flags = Qt.AlignmentFlag
    ink = "text.primary" if cell.reached else "text.muted"
    painter.setFont(theme.font("small-bold" if cell.changed else "small"))
    painter.setPen(theme.color(ink))
    room = area.width() - (CORNER_PX if cell.changed else 0)
    name = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, room)
    painter.drawText(area, int(flags.AlignLeft | flags.AlignTop), name)
    if cell.symbol is not None and cell.reached:
        paint_segment_symbol(painter, cell.symbol, QPointF(area.left() + 5, area.bottom() - 6), size=9)
    painter.setFont(theme.font("small"))
    painter.setPen(theme.color("text.secondary" if cell.customers else "text.muted"))
    count = f"{cell.customers:,}" if cell.reached else "–"
    painter.drawText(area.adjusted(15, 0, 0, 1), int(flags.AlignLeft | flags.AlignBottom), count)
