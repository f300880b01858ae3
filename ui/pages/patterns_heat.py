"""A grid of shaded cells as a table view: arrow keys move the cell, a click chooses it, Enter opens it."""

from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QRect, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme import Theme, current_theme
from ui.widgets.matrix import CELL_ROLE, Cell, Index, MatrixTable

GAP, RADIUS, PAD = 1.5, 3, 11
HEAD_PX = 22


@dataclass(frozen=True)
class HeatCell(Cell):
    """A cell with a shade from 0 (low) to 1 (high), None without one, and a second line below its text."""

    heat: float | None = None
    below: str = ""
    empty: bool = False  # nobody stands here: grey, not a low shade


@dataclass(frozen=True)
class HeatShape:
    """How large rows and columns are, in pixels; rows grow up to the most where there is room."""

    name: int = 84
    second: int = 0  # width of the second column where that is a name too
    least_width: int = 30
    most_width: int = 400
    least_row: int = 19
    most_row: int = 26

    @property
    def names(self) -> int:
        """How many columns hold names, not patches."""
        return 2 if self.second else 1


class HeatTable(MatrixTable):
    """Cells are square patches; what is chosen is told, and opened by Enter or a double click."""

    chosen = Signal(object)  # the cell that the focus is on

    def __init__(self, name: str, shape: HeatShape, *, headed: bool = True) -> None:
        self.shape_px = shape
        super().__init__(name)
        self.clicked.disconnect(self._open)
        self.doubleClicked.connect(self._open)
        self.setItemDelegate(_HeatDelegate(self, shape))
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        header = _HeatHeader(self, shape)
        self.setHorizontalHeader(header)
        header.setFixedHeight(HEAD_PX)
        header.setMinimumSectionSize(20)
        header.setVisible(headed)
        self.verticalHeader().setMinimumSectionSize(16)
        self.selectionModel().currentChanged.connect(self._say_chosen)

    def choose(self, row: int, column: int) -> None:
        """Put the focus on a cell."""
        self.setCurrentIndex(self.matrix.index(row, column))

    @property
    def wanted_height(self) -> int:
        """What all rows need at their least."""
        head = 0 if self.horizontalHeader().isHidden() else HEAD_PX
        return head + self.shape_px.least_row * len(self.matrix.cells) + 2

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share width and height again."""
        super().resizeEvent(event)
        self._share_height()

    def _say_chosen(self, now: QModelIndex, _before: QModelIndex) -> None:
        if now.isValid():
            self.chosen.emit(now.data(CELL_ROLE))

    def _share_width(self) -> None:
        shape, count = self.shape_px, len(self.matrix.titles)
        names = shape.names
        if count <= names:
            return
        free = self.viewport().width() - shape.name - shape.second
        width = min(shape.most_width, max(shape.least_width, free // (count - names)))
        self.setColumnWidth(0, shape.name)
        if shape.second:
            self.setColumnWidth(1, shape.second)
        for place in range(names, count):
            self.setColumnWidth(place, width)
        self._share_height()

    def _share_height(self) -> None:
        rows = len(self.matrix.cells)
        if rows:
            shape = self.shape_px
            height = max(shape.least_row, min(shape.most_row, self.viewport().height() // rows))
            if height != self.verticalHeader().defaultSectionSize():
                self.verticalHeader().setDefaultSectionSize(height)


class _HeatHeader(QHeaderView):
    """Titles in the middle of their patches; those of names stand like the names."""

    def __init__(self, parent: QTableView, shape: HeatShape) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._shape = shape
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        """Paint one title."""
        theme, flags = current_theme(), Qt.AlignmentFlag
        painter.save()
        painter.fillRect(rect, theme.color("bg.surface"))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.muted"))
        side, area = flags.AlignHCenter, rect
        if logicalIndex == 0:
            side, area = flags.AlignLeft, rect.adjusted(2, 0, 0, 0)
        elif logicalIndex == 1 and self._shape.second:
            side, area = flags.AlignRight, rect.adjusted(0, 0, -10, 0)
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        painter.drawText(area, int(side | flags.AlignVCenter), _cut(painter, text, area))
        painter.restore()


class _HeatDelegate(QStyledItemDelegate):
    """Paints patches, names and totals."""

    def __init__(self, parent: HeatTable, shape: HeatShape) -> None:
        super().__init__(parent)
        self._shape = shape

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        cell: HeatCell = index.data(CELL_ROLE)
        rect = QRect(option.rect)
        theme = current_theme()
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, faint = theme.color("text.primary"), theme.color("text.muted")
        fill = _fill_of(theme, cell)
        if fill is not None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(fill)
            painter.drawRoundedRect(QRectF(rect).adjusted(GAP, GAP, -GAP, -GAP), RADIUS, RADIUS)
            ink = faint = theme.color("text.muted") if cell.empty else theme.text_on(fill)
        elif cell.tone == "total" and index.row() == index.model().rowCount() - 1:
            painter.setPen(QPen(theme.color("border.strong"), 1))
            painter.drawLine(rect.topLeft(), rect.topRight())
        self._write(painter, rect, cell, inks=(ink, faint), column=index.column())
        states = QStyle.StateFlag.State_HasFocus | QStyle.StateFlag.State_Selected
        if option.state & states and cell.tooltip:  # the line below tells of it, focus or not
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(QRectF(rect).adjusted(1, 1, -1, -1), RADIUS, RADIUS)
        painter.restore()

    def _write(
        self, painter: QPainter, rect: QRect, cell: HeatCell, *, inks: tuple[QColor, QColor], column: int
    ) -> None:
        theme, flags = current_theme(), Qt.AlignmentFlag
        patch = cell.heat is not None or cell.empty
        two = bool(cell.below)
        if two and patch:
            side, area = flags.AlignLeft, rect.adjusted(PAD, 0, -4, 0)
        elif patch or (column > self._shape.names - 1 and cell.tone != "name"):
            side, area = flags.AlignHCenter, rect
        elif two:
            side = flags.AlignRight if column == 0 else flags.AlignHCenter
            area = rect.adjusted(0, 0, -8 if column == 0 else 0, 0)
        else:
            side = flags.AlignLeft if column == 0 else flags.AlignRight
            area = rect.adjusted(2, 0, -10 if column else 0, 0)
        strong = cell.tone == "total" or (two and not patch)
        first = "card-title" if two and patch else "small-bold" if strong else "small"
        painter.setFont(theme.font(first))
        painter.setPen(inks[0])
        if not two:
            painter.drawText(area, int(side | flags.AlignVCenter), _cut(painter, cell.text, area))
            return
        middle = area.center().y() + 1
        top, bottom = QRect(area), QRect(area)
        top.setBottom(middle - 1)
        bottom.setTop(middle)
        painter.drawText(top, int(side | flags.AlignBottom), cell.text)
        painter.setFont(theme.font("small" if patch else "caption"))
        painter.setPen(inks[1])
        painter.drawText(bottom, int(side | flags.AlignTop), _cut(painter, cell.below, bottom))


def _fill_of(theme: Theme, cell: HeatCell) -> QColor | None:
    if cell.empty:
        return theme.color("bg.sunken")
    return None if cell.heat is None else theme.scale_color("sequential", cell.heat)


def _cut(painter: QPainter, text: str, area: QRect) -> str:
    return painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
