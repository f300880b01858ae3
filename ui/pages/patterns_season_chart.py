"""Bars up and down from 100, with the range of the single years."""

from collections.abc import Sequence

from core.analysis.patterns.seasonality import Index
from ui.models.column import WHOLE_DOLLARS, Column
from ui.widgets.charts import Chart, ChartTable
from ui.widgets.charts_bars import SLOT

AVERAGE, LEAST_REACH = 100.0, 10.0
WORD = 0.1  # of the height: room for a word below a bar
STEPS = (5, 10, 20, 25, 50, 100, 200)


class IndexChart(Chart):
    """One bar a month or weekday; whiskers show the lowest and the highest year."""

    def __init__(self, names: Sequence[str], indices: Sequence[Index], *, name: str) -> None:
        super().__init__(name=name, money=WHOLE_DOLLARS)
        self.set_values(names, indices)

    def set_values(self, names: Sequence[str], indices: Sequence[Index]) -> None:
        """Show other indices."""
        self._names, self._indices = list(names), list(indices)
        self.redraw()

    def draw(self) -> None:
        """Draw bars, whiskers, the line of the average and the words at both ends."""
        known = [(at, one, 100 * one.index) for at, one in enumerate(self._indices) if one.index is not None]
        levels = self._levels()
        self.set_axes(left=True, bottom=True)
        item = self.plot.getPlotItem()
        item.getAxis("left").setTicks([[(level, f"{level:g}") for level in levels]])
        item.getAxis("bottom").setTicks([[(float(at), name) for at, name in enumerate(self._names)]])
        right = len(self._names) - 0.5
        self.grid_lines(levels, -0.5, right)
        if known:
            self.plot.addItem(
                self._pg.BarGraphItem(
                    x=[at for at, _, _ in known],
                    y0=[AVERAGE] * len(known),
                    y1=[value for _, _, value in known],
                    width=SLOT,
                    brushes=[
                        self.color("chart.primary" if value >= AVERAGE else "chart.compare")
                        for _, _, value in known
                    ],
                    pen=self._pg.mkPen(None),
                )
            )
        self._draw_whiskers()
        line = self._pg.PlotCurveItem(
            [-0.5, right], [AVERAGE, AVERAGE], pen=self.pen("text.secondary", 1, dashed=True)
        )
        self.plot.addItem(line)
        if known:
            self._write_ends(known)
        item.setXRange(-0.5, max(0.5, right), padding=0)
        item.setYRange(self._lowest_word(levels), levels[-1], padding=0.05)

    def _draw_whiskers(self) -> None:
        pen = self.pen("text.primary", 1)
        for at, one in enumerate(self._indices):
            if one.lowest is None or one.highest is None or one.years < 2:
                continue
            low, high = 100 * one.lowest, 100 * one.highest
            for xs, ys in (
                ([at, at], [low, high]),
                ([at - 0.09, at + 0.09], [low, low]),
                ([at - 0.09, at + 0.09], [high, high]),
            ):
                curve = self._pg.PlotCurveItem(xs, ys, pen=pen)
                curve.setZValue(10)
                self.plot.addItem(curve)

    def _write_ends(self, known: list[tuple[int, Index, float]]) -> None:
        best, worst = max(known, key=lambda one: one[2]), min(known, key=lambda one: one[2])
        top, bottom = best[1].highest or 0.0, worst[1].lowest or 0.0
        self.label(f"{best[2]:.0f}", (best[0], max(best[2], 100 * top)), strong=True)
        if worst[0] != best[0]:
            place = (worst[0], min(worst[2], 100 * bottom))
            self.label(f"{worst[2]:.0f}", place, strong=True, anchor=(0.5, 0.0))

    def _lowest_word(self, levels: list[float]) -> float:
        """The lowest level, or below it where a bar that ends at 0 has its word."""
        ends = [
            100 * min(one.index, one.lowest or one.index) for one in self._indices if one.index is not None
        ]
        room = (levels[-1] - levels[0]) * WORD
        return min([levels[0], *(end - room for end in ends)])

    def _levels(self) -> list[float]:
        ends = [
            100 * end
            for one in self._indices
            for end in (one.index, one.lowest, one.highest)
            if end is not None
        ]
        low, high = min([*ends, AVERAGE - LEAST_REACH]), max([*ends, AVERAGE + LEAST_REACH])
        room = (high - low) * 0.08  # for the words at both ends
        low, high = max(0.0, low - room), high + room
        step = next((size for size in STEPS if (high - low) / size <= 4.5), STEPS[-1] * 5)
        first, last = int(low // step), -int(-high // step)
        return [float(place * step) for place in range(first, last + 1)]

    def table(self) -> ChartTable:
        """Name, index, and the lowest and highest year."""
        titles = {"index": "Index", "lowest": "Lowest year", "highest": "Highest year"}
        columns = [Column("name", "Name"), *(Column(key, title, "number") for key, title in titles.items())]
        rows: dict[str, Sequence[object]] = {"name": self._names}
        for key in titles:
            values = [getattr(one, key) for one in self._indices]
            rows[key] = [None if value is None else 100 * value for value in values]
        return ChartTable(tuple(columns), rows)

    def part_at(self, x: float, y: float) -> int:
        """The bar below the pointer."""
        place = round(x)
        return place if 0 <= place < len(self._names) and abs(x - place) <= SLOT / 2 else -1
