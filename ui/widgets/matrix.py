"""A matrix as a table view: each cell has focus, tooltip and copy, and opens what it counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
)

from ui.theme import current_theme, theme_notifier
from ui.theme_symbols import paint_segment_symbol

Index = QModelIndex | QPersistentModelIndex
Tone = Literal["", "same", "up", "down", "total", "name", "muted"]
CELL_ROLE = Qt.ItemDataRole.UserRole + 1
ROW_PX, HEAD_PX, NAME_PX, LAST_PX, LEAST_PX, PAD = 22, 30, 160, 114, 62, 12
_FILLS = {"same": "bg.sunken", "up": "positive.soft", "down": "negative.soft", "total": "bg.sunken"}
_INKS = {"same": "text.muted", "up": "positive.text", "down": "negative.text", "muted": "text.muted"}


@dataclass(frozen=True)
class Cell:
    """What a cell shows and means; `symbol` is the shape of a segment before a name."""

    text: str
    tone: Tone = ""
    tooltip: str = ""
    symbol: int | None = None
    payload: Any = None  # what `opened` carries; None does not open


class MatrixModel(QAbstractTableModel):
    """Cells by row and column, with a title above each column."""

    def __init__(self) -> None:
        super().__init__()
        self.titles: Sequence[str] = ()
        self.cells: Sequence[Sequence[Cell]] = ()

    def set_cells(self, titles: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        """Show another matrix."""
        self.beginResetModel()
        self.titles, self.cells = titles, cells
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows there are."""
        return 0 if parent.isValid() else len(self.cells)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.titles)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell for the view, the tooltip and the screen reader."""
        cell = self.cells[index.row()][index.column()]
        if role == CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role in {Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole}:
            return cell.tooltip or (cell.text if role == Qt.ItemDataRole.AccessibleTextRole else None)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """The titles of the columns."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return self.titles[section]
        return None


class MatrixTable(QTableView):
    """Arrow keys move the cell, Enter or a click opens it, Ctrl C copies the chosen cells."""

    opened = Signal(object)  # the payload of a cell

    def __init__(self, name: str) -> None:
        super().__init__()
        self.matrix = MatrixModel()
        self.setModel(self.matrix)
        self.setAccessibleName(name)
        self.setItemDelegate(_MatrixDelegate(self))
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self.verticalHeader().setMinimumSectionSize(18)
        self.verticalHeader().setDefaultSectionSize(ROW_PX)
        header = _MatrixHeader(self)
        self.setHorizontalHeader(header)
        header.setFixedHeight(HEAD_PX)
        header.setMinimumSectionSize(36)
        self.matrix.modelReset.connect(self._share_width)
        self.clicked.connect(self._open)
        theme_notifier().changed.connect(self.viewport().update)

    def set_cells(self, titles: Sequence[str], cells: Sequence[Sequence[Cell]]) -> None:
        """Show another matrix; the first column holds the names of the rows."""
        self.matrix.set_cells(titles, cells)

    def copied(self) -> str:
        """The chosen cells, or all of them, with their titles, for the clipboard."""
        chosen = {(index.row(), index.column()) for index in self.selectedIndexes()}
        rows = sorted({row for row, _ in chosen}) if len(chosen) > 1 else list(range(len(self.matrix.cells)))
        columns = (
            sorted({column for _, column in chosen})
            if len(chosen) > 1
            else list(range(len(self.matrix.titles)))
        )
        columns = sorted({0, *columns})
        lines = ["\t".join(self.matrix.titles[column] for column in columns)]
        lines += [
            "\t".join(_plain(self.matrix.cells[row][column].text) for column in columns) for row in rows
        ]
        return "\n".join(lines)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, or open the cell."""
        if event.matches(QKeySequence.StandardKey.Copy):
            QGuiApplication.clipboard().setText(self.copied())
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and not event.modifiers():
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self._share_width()

    def _open(self, index: Index) -> None:
        if index.isValid():
            cell = index.data(CELL_ROLE)
            if cell.payload is not None:
                self.opened.emit(cell.payload)

    def _share_width(self) -> None:
        middle = len(self.matrix.titles) - 2
        if middle < 1:
            return
        width = max(LEAST_PX, (self.viewport().width() - NAME_PX - LAST_PX) // middle)
        for place in range(1, middle + 1):
            self.setColumnWidth(place, width)
        self.setColumnWidth(middle + 1, LAST_PX)
        self.setColumnWidth(0, max(NAME_PX, self.viewport().width() - LAST_PX - width * middle))


def _plain(text: str) -> str:
    return "0" if text == "·" else text


class _MatrixHeader(QHeaderView):
    """Titles over their cells: the first at the left, the others at the right."""

    def __init__(self, parent: QTableView) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setHighlightSections(False)

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        """Paint one title."""
        theme = current_theme()
        painter.save()
        painter.fillRect(rect, theme.color("bg.surface"))
        painter.setPen(QPen(theme.color("border.default"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.setFont(theme.font("small-strong"))
        painter.setPen(theme.color("text.muted"))
        side = Qt.AlignmentFlag.AlignRight if logicalIndex else Qt.AlignmentFlag.AlignLeft
        area = rect.adjusted(PAD + 2 if not logicalIndex else 2, 0, -PAD, 0)
        text = str(self.model().headerData(logicalIndex, Qt.Orientation.Horizontal))
        shown = painter.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.restore()


class _MatrixDelegate(QStyledItemDelegate):
    """Paints a count on the colour of its meaning."""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, cell, rect = current_theme(), index.data(CELL_ROLE), QRect(option.rect)
        painter.save()
        if cell.tone in _FILLS:
            painter.fillRect(rect, theme.color(_FILLS[cell.tone]))
        if option.state & QStyle.StateFlag.State_MouseOver and cell.payload is not None:
            painter.fillRect(rect, theme.color("bg.pressed"))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.drawLine(rect.topRight(), rect.bottomRight())
        area = rect.adjusted(PAD, 0, -PAD, 0)
        if cell.symbol is not None:
            paint_segment_symbol(painter, cell.symbol, QPointF(area.left() + 7, rect.center().y() + 0.5))
        strong = cell.tone in {"up", "down", "total"}
        painter.setFont(theme.font("body-bold" if strong else "body"))
        painter.setPen(theme.color(_INKS.get(cell.tone, "text.primary")))
        left = index.column() == 0
        if left:
            area.adjust(19 if cell.symbol is not None or cell.tone == "muted" else 2, 0, 0, 0)
        side = Qt.AlignmentFlag.AlignLeft if left else Qt.AlignmentFlag.AlignRight
        shown = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        if option.state & QStyle.StateFlag.State_HasFocus and cell.payload is not None:
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRect(QRectF(rect).adjusted(1, 1, -1, -1))
        painter.restore()
