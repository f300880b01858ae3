"""The 125 names as a small map: five blocks, one for each value score, of recency by frequency."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPen
from PySide6.QtWidgets import QHeaderView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from core.analysis.patterns.rfm_rules import reached_scores
from core.analysis.patterns.rfm_table import TABLE
from core.analysis.sums import Ints, split
from ui.loading import Loaded
from ui.pages.patterns_data import Scores, customer_ids
from ui.theme import current_theme
from ui.theme_symbols import paint_segment_symbol
from ui.widgets.matrix import CELL_ROLE, Cell, Index, MatrixTable

SCORES = 5
NAME_PX, SPACE_PX, LEAST_PX, MOST_PX, LEAST_ROW_PX, MOST_ROW_PX = 26, 8, 15, 30, 17, 28
HEAD_PX = 18
BLOCKS = range(1, SCORES + 1)


@dataclass(frozen=True)
class MapCell(Cell):
    """A combination of scores: its segment's mark, and whether anybody has it."""

    customers: int = 0
    changed: bool = False


class ScoresMap(MatrixTable):
    """Arrow keys move, Enter or a double click opens the customers; a segment can be pointed out."""

    def __init__(self) -> None:
        super().__init__("Segment of each combination of scores")
        self.pointed_out = ""
        self.clicked.disconnect(self._open)
        self.doubleClicked.connect(self._open)
        self.setItemDelegate(_MapDelegate(self))
        header = _BlockTitles(Qt.Orientation.Horizontal, self)
        self.setHorizontalHeader(header)
        header.setFixedHeight(HEAD_PX)
        header.setMinimumSectionSize(SPACE_PX)
        self.verticalHeader().setMinimumSectionSize(LEAST_ROW_PX)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(HEAD_PX + SCORES * LEAST_ROW_PX + 2)
        self.setMaximumHeight(HEAD_PX + SCORES * MOST_ROW_PX + 2)

    def show_cells(self, cells: Sequence[Sequence[Cell]]) -> None:
        """Show other names; no segment is pointed out."""
        self.pointed_out = ""
        titles = [""]
        for value in BLOCKS:
            titles += [f"Value {value}", "", "", "", "", ""]
        self.set_cells(titles[:-1], cells)
        self._share_width()  # the header forgets the widths with the old cells

    def point_out(self, name: str) -> None:
        """Mark the cells of one segment."""
        self.pointed_out = name
        self.viewport().update()

    def minimumSizeHint(self) -> QSize:
        """As high as the rows are at their least."""
        return QSize(NAME_PX + 4 * SPACE_PX + 25 * LEAST_PX, HEAD_PX + SCORES * LEAST_ROW_PX + 2)

    def _share_width(self) -> None:
        if not self.matrix.cells:
            return
        free = self.viewport().width() - NAME_PX - 4 * SPACE_PX
        width = max(LEAST_PX, min(MOST_PX, free // (SCORES * SCORES)))
        for place in range(len(self.matrix.titles)):
            is_space = place > 0 and place % (SCORES + 1) == 0
            self.setColumnWidth(place, NAME_PX if not place else SPACE_PX if is_space else width)
        height = (self.viewport().height()) // SCORES
        self.verticalHeader().setDefaultSectionSize(max(LEAST_ROW_PX, min(MOST_ROW_PX, height)))


class _BlockTitles(QHeaderView):
    """The value score above the first cells of its block."""

    def paintSection(self, painter: QPainter, rect: QRect, logicalIndex: int) -> None:  # noqa: N803 - Qt's own name
        """Paint one title over the block that begins here."""
        theme, flags = current_theme(), Qt.AlignmentFlag
        painter.save()
        painter.fillRect(rect, theme.color("bg.surface"))
        painter.restore()
        place = (logicalIndex - 1) % (SCORES + 1)  # sections are painted from left to right
        if logicalIndex and place < SCORES:
            first = logicalIndex - place
            start = self.sectionViewportPosition(first)
            whole = QRect(start, rect.top(), self.sectionSize(first) * SCORES, rect.height())
            painter.save()
            painter.setClipRect(rect)
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.muted"))
            title = str(self.model().headerData(first, Qt.Orientation.Horizontal))
            painter.drawText(whole, int(flags.AlignHCenter | flags.AlignVCenter), title)
            painter.restore()


class _MapDelegate(QStyledItemDelegate):
    """Paints the mark of a segment: strong where customers stand, faint where nobody does."""

    def __init__(self, parent: ScoresMap) -> None:
        super().__init__(parent)
        self._map = parent

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint one cell."""
        theme, cell, rect = current_theme(), index.data(CELL_ROLE), QRect(option.rect)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if not isinstance(cell, MapCell):
            painter.setFont(theme.font("caption"))
            painter.setPen(theme.color("text.muted"))
            painter.drawText(rect, int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), cell.text)
            painter.restore()
            return
        patch = QRectF(rect).adjusted(1, 1, -1, -1)
        pointed = cell.text == self._map.pointed_out
        painter.setPen(QPen(theme.color("accent.base"), 1) if pointed else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("bg.selected" if pointed else "bg.sunken"))
        painter.drawRoundedRect(patch, 2, 2)
        painter.setOpacity(1.0 if cell.customers or pointed else 0.35)
        paint_segment_symbol(painter, cell.symbol or 0, patch.center(), size=9)
        painter.setOpacity(1.0)
        if cell.changed:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("accent.base"))
            painter.drawRect(QRectF(patch.right() - 4, patch.top(), 4, 4))
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.color("focus"), 2))
            painter.drawRoundedRect(patch, 2, 2)
        painter.restore()


@dataclass(frozen=True, eq=False)
class _Standing:
    """Everybody's place among the 125 combinations, -1 without scores."""

    loaded: Loaded
    bins: int
    place: Ints
    counts: Ints

    @staticmethod
    def of(loaded: Loaded, found: Scores) -> "_Standing":
        """Number the combination of each customer's scores."""
        r, known = split(found.scored.r)
        f, m = split(found.scored.f)[0], split(found.scored.m)[0]
        place = np.where(known, ((r - 1) * SCORES + f - 1) * SCORES + m - 1, -1)
        counts = np.bincount(place[known], minlength=SCORES**3)
        return _Standing(loaded, found.scored.bins, place, counts)

    def cell(self, scores: tuple[int, int, int], mark: int | None) -> MapCell:
        """What the map shows of one combination."""
        table = self.loaded.figures.facts.rfm_choice.table
        r, f, m = scores
        at = ((r - 1) * SCORES + f - 1) * SCORES + m - 1
        name, count = table[scores], int(self.counts[at])
        words = f"Recency {r}, frequency {f}, value {m}: {name}.\n{self._who(scores, count)}"
        if name != TABLE[scores]:
            words += f"\nUsual name: {TABLE[scores]}."
        title = f"Recency {r}, frequency {f}, value {m}"
        return MapCell(
            name,
            tooltip=words,
            symbol=mark,
            payload=(lambda: (self._ids(at), title)) if count else None,
            customers=count,
            changed=name != TABLE[scores],
        )

    def _who(self, scores: tuple[int, int, int], count: int) -> str:
        if not set(scores) <= set(reached_scores(self.bins)):
            return f"With {self.bins} {'bin' if self.bins == 1 else 'bins'} nobody can have these scores."
        who = "1 customer" if count == 1 else f"{count:,} customers"
        return f"{who} with these scores.{' Enter shows them.' if count else ''}"

    def _ids(self, at: int) -> list[int]:
        return customer_ids(self.loaded.figures.facts, np.flatnonzero(self.place == at))


def map_cells(loaded: Loaded, found: Scores, marks: Mapping[str, int]) -> list[list[Cell]]:
    """Recency 5 first; in each row five blocks of frequency 1 to 5, the lowest value first."""
    standing, table = _Standing.of(loaded, found), loaded.figures.facts.rfm_choice.table
    rows: list[list[Cell]] = []
    for r in reversed(BLOCKS):
        line: list[Cell] = [Cell(f"R{r}", "name")]
        for m in BLOCKS:
            line += [Cell("")] if m > 1 else []
            line += [standing.cell((r, f, m), marks.get(table[r, f, m])) for f in BLOCKS]
        rows.append(line)
    return rows
