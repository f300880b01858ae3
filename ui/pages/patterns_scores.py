"""Recency, frequency and value: the grid, the eleven named segments, and where the scores divide."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from core.analysis.patterns.rfm import Rfm, Rule
from core.unit import Unit
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_data import SCORES, Scores
from ui.pages.patterns_heat import HeatCell, HeatShape, HeatTable
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_scores_cells import TIES, cell_words, grid_cells, net_by_cell, strongest
from ui.pages.patterns_scores_named import NamedSegmentsCard
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.cards import QuietBox
from ui.widgets.labels import ElidedLabel, TextLabel, hbox, vbox
from ui.widgets.table import simple_table

if TYPE_CHECKING:
    from fractions import Fraction

STEPS = 7
HEAD_PX, NOTE_PX = 40, 56
ROW_PX = 26


class GridCard(PartCard):
    """Who bought how recently and how often; what is chosen is told below the grid."""

    part, missing_title = SCORES, "recency and frequency"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Recency and frequency", "Customers and revenue")
        self.legend = HeatLegend("Revenue: low", "high")
        self.add_action(self.legend)
        shape = HeatShape(name=84, least_width=74, least_row=40, most_row=72)
        self.grid = HeatTable("Recency and frequency", shape, headed=False)
        self.words = ElidedLabel("", "body")
        self.name = TextLabel("", "body-bold")
        self.show_button = Button("Show", "link", clicked=self._open_chosen)  # the figures need the room
        self.show_button.setAccessibleName("Show customers")
        self.show_button.setToolTip("Show these customers")
        row = hbox(self.name, self.words, self.show_button, gap=5)
        row.setStretch(1, 1)
        box = QuietBox(row)
        box.layout().setContentsMargins(10, 3, 10, 3)  # type: ignore[union-attr]
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(box)
        self.grid.chosen.connect(self._chosen)
        self.grid.opened.connect(self.open_customers)
        self._scores: Scores | None = None
        self._loaded: Loaded | None = None
        self._net: dict[tuple[int, int], int | None] = {}
        self._payload: Any = None
        self.grid.setMinimumHeight(6 * 40 + 2)

    def has_content(self, *, shown: bool) -> None:
        """The legend belongs to the grid."""
        self.legend.setVisible(shown)

    def fill(self, loaded: Loaded, found: Any) -> None:
        """Show the grid, with its strongest cell chosen."""
        self._scores, self._loaded = found, loaded
        self._net = net_by_cell(loaded, found)
        self.grid.set_cells(*grid_cells(loaded, found))
        self.grid.choose(*strongest(found.grid))

    def _chosen(self, cell: Any) -> None:
        if self._scores is None or self._loaded is None:
            return
        index = self.grid.currentIndex()
        is_cell = index.column() > 0 and isinstance(cell, HeatCell) and cell.tone != "name"
        self.show_button.setVisible(is_cell and cell.payload is not None)
        if not is_cell:
            self.name.setText(cell.text)
            self.words.setText(cell.tooltip)
            return
        self._payload = cell.payload
        place = index.row() * 5 + index.column() - 1
        shown = self._scores.grid.cells[place]
        name, words = cell_words(self._loaded, shown, self._net[shown.r, shown.f])
        self.name.setText(f"{name}:")
        self.words.setText(words)

    def _open_chosen(self) -> None:
        self.open_customers(self._payload)


class HeatLegend(QWidget):
    """The steps of the scale between two words."""

    def __init__(self, low: str, high: str) -> None:
        super().__init__()
        self.setLayout(
            hbox(
                TextLabel(low, "caption", tone="muted"),
                _Steps(),
                TextLabel(high, "caption", tone="muted"),
                gap=6,
            )
        )


class _Steps(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.setFixedSize(QSize(STEPS * 16, 10))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the steps from low to high."""
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        for step in range(STEPS):
            painter.setBrush(current_theme().scale_color("sequential", step / (STEPS - 1)))
            painter.drawRect(QRectF(step * 16, 1, 14, 8))


class CutsCard(PartCard):
    """Where one score ends and the next begins."""

    part, missing_title = SCORES, "cut points"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Cut points", "What reaches each score", flush=True)
        self.table = simple_table(CUT_COLUMNS, name="Cut points", stretch="score", row_height=ROW_PX)
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.note.setContentsMargins(14, 2, 14, 10)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.note)

    def fill(self, loaded: Loaded, found: Scores) -> None:
        """Show the bounds of each bin."""
        rows = cut_rows(loaded, found)
        self.table.table_model.set_rows(rows)
        self.table.setFixedHeight(34 + ROW_PX * len(rows["score"]) + 2)
        self.note.setText(" ".join(part for part in (found.scored.note, TIES) if part))
        self.setMaximumHeight(HEAD_PX + self.table.height() + NOTE_PX)  # the rest is the grid's


CUT_COLUMNS = [
    Column("score", "Score", width=52),
    Column("recency", "Days since order", align="right", width=134),
    Column("orders", "Orders", align="right", width=112),
    Column("revenue", "Net revenue", align="right", width=176),
]


def cut_rows(loaded: Loaded, found: Scores) -> dict[str, list[str]]:
    """One row a bin, the best first: the bounds that its cut points set."""
    scored, numbers = found.scored, numbers_of(loaded.figures)
    bins = scored.bins
    names = _spread_names(bins)

    def money(value: "int | Fraction") -> str:
        return numbers.money(round(value))

    def plain(value: "int | Fraction") -> str:
        return numbers.write(int(value), Unit.COUNT)

    rows: dict[str, list[str]] = {"score": names, "recency": [], "orders": [], "revenue": []}
    for place in range(bins - 1, -1, -1):
        rows["recency"].append(_span(scored.recency_cuts, place, scored, plain, falling=True))
        rows["orders"].append(_span(scored.frequency_cuts, place, scored, plain, falling=False))
        rows["revenue"].append(_span(scored.monetary_cuts, place, scored, money, falling=False))
    return rows


def _spread_names(bins: int) -> list[str]:
    import numpy as np

    from core.analysis.patterns.rfm_rules import spread

    return [str(score) for score in spread(np.arange(1, bins + 1), bins)[::-1].tolist()]


def _span(cuts: Any, place: int, scored: Rfm, write: Any, *, falling: bool) -> str:
    """The words for bin `place` (0 the worst): what its cut points let in. `falling`: less is better."""
    bins = scored.bins
    if bins == 1:
        return "all"
    if scored.rule is Rule.QUANTILES_PLUS_ONE:
        at = bins - 1 - place if falling else place  # each cut is where the next bin begins
        if at == 0:
            return f"under {write(cuts[0])}"
        return (
            f"{write(cuts[at - 1])} or more"
            if at == bins - 1
            else f"{write(cuts[at - 1])} to under {write(cuts[at])}"
        )
    if place == 0:
        return f"{write(cuts[0])} or {'more' if falling else 'less'}"
    if place == bins - 1:
        return f"{'under' if falling else 'over'} {write(cuts[place - 1])}"
    if cuts[place] == cuts[place - 1]:
        return "–"  # all of them stand in the bin below, by equal values
    if falling:
        return f"{write(cuts[place])} to under {write(cuts[place - 1])}"
    return f"over {write(cuts[place - 1])} to {write(cuts[place])}"


def scores_tab(parts: Parts) -> PatternTab:
    """The tab: the grid and its cut points at the left, the segments at the right."""
    grid, named, cuts = GridCard(parts), NamedSegmentsCard(parts), CutsCard(parts)
    left = vbox(gap=current_theme().size("gutter"))
    left.addWidget(grid, 1)
    left.addWidget(cuts)
    body = hbox(gap=current_theme().size("gutter"))
    body.addLayout(left, 52)
    body.addWidget(named, 48)
    return PatternTab([grid, named, cuts], body)
