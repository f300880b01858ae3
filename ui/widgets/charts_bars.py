"""Bars: months with a comparison, and names with their amounts."""

from collections.abc import Sequence

from ui.models.column import WHOLE_DOLLARS, Column, MoneyStyle
from ui.theme import current_theme
from ui.widgets.charts import Chart, ChartTable, nice_levels

SLOT = 0.62
FAINT = 0.55


class BarComparisonChart(Chart):
    """One bar a month, the current one strong; what it is compared with is a dashed line."""

    def __init__(
        self,
        categories: Sequence[str],
        values_minor: Sequence[int | None],
        *,
        name: str,
        compare_minor: Sequence[int | None] | None = None,
        value_name: str = "Revenue",
        compare_name: str = "Previous",
        highlight: int | None = -1,
        money: MoneyStyle = WHOLE_DOLLARS,
    ) -> None:
        """`highlight` is the place of the strong bar, None makes all strong; unknown months have no bar."""
        super().__init__(name=name, money=money)
        self._names = (value_name, compare_name)
        self._highlight = highlight
        self.set_values(categories, values_minor, compare_minor=compare_minor)

    def set_values(
        self,
        categories: Sequence[str],
        values_minor: Sequence[int | None],
        *,
        compare_minor: Sequence[int | None] | None = None,
        compare_name: str = "",
    ) -> None:
        """Show other months."""
        self._categories, self._values = list(categories), list(values_minor)
        self._compare = list(compare_minor) if compare_minor is not None else []
        if compare_name:
            self._names = (self._names[0], compare_name)
        self.redraw()

    def draw(self) -> None:
        """Draw bars, comparison and axes."""
        known = [v for v in (*self._values, *self._compare) if v is not None]
        levels = nice_levels(min(known, default=0), max(known, default=0))
        count = len(self._categories)
        self.set_axes(left=True, bottom=True)
        item = self.plot.getPlotItem()
        item.getAxis("left").setTicks([[(level, self.short_money(level)) for level in levels]])
        item.getAxis("bottom").setTicks([self._month_ticks()])
        self.grid_lines(levels, -0.5, count - 0.5)
        self._draw_bars()
        self._draw_comparison()
        item.setXRange(-0.5, max(0.5, count - 0.5), padding=0)
        item.setYRange(levels[0], levels[-1] or 1, padding=0.03)

    def _month_ticks(self) -> list[tuple[float, str]]:
        every = max(1, len(self._categories) // 14 + (len(self._categories) > 14))
        return [(float(p), text) for p, text in enumerate(self._categories) if p % every == 0]

    def _draw_bars(self) -> None:
        strong = None if self._highlight is None else self._highlight % max(1, len(self._values))
        known = [(p, v) for p, v in enumerate(self._values) if v is not None]
        brushes = [
            self.color("chart.loss" if v < 0 else "chart.primary", 1.0 if strong in {None, p} else FAINT)
            for p, v in known
        ]
        bars = self._pg.BarGraphItem(
            x=[p for p, _ in known],
            height=[float(v) for _, v in known],
            width=SLOT,
            brushes=brushes,
            pen=None,
        )
        bars.opts["pen"] = self._pg.mkPen(None)
        self.plot.addItem(bars)

    def _draw_comparison(self) -> None:
        points = [(float(p), float(v)) for p, v in enumerate(self._compare) if v is not None]
        if not points:
            return
        xs, ys = [x for x, _ in points], [y for _, y in points]
        self.plot.addItem(self._pg.PlotCurveItem(xs, ys, pen=self.pen("text.secondary", 2, dashed=True)))
        ring = self._pg.ScatterPlotItem(
            [xs[-1]], [ys[-1]], size=9, pen=self.pen("bg.surface", 2), brush=self.color("text.secondary")
        )
        ring.setZValue(5)
        self.plot.addItem(ring)

    def table(self) -> ChartTable:
        """Month, value and comparison."""
        columns = [Column("month", "Month"), Column("value", self._names[0], "money", money=self.money)]
        rows: dict[str, Sequence[object]] = {"month": self._categories, "value": self._values}
        if self._compare:
            columns.append(Column("compare", self._names[1], "money", money=self.money))
            rows["compare"] = self._compare
        return ChartTable(tuple(columns), rows)

    def part_at(self, x: float, y: float) -> int:
        """The month below the pointer."""
        place = round(x)
        return place if 0 <= place < len(self._categories) and abs(x - place) <= SLOT / 2 else -1


class HorizontalBarChart(Chart):
    """One bar a name, longest reach at zero's right or left, amounts at the right."""

    def __init__(
        self,
        categories: Sequence[str],
        values_minor: Sequence[int | None],
        *,
        name: str,
        value_name: str = "Amount",
        segments: Sequence[int] | None = None,
        money: MoneyStyle = WHOLE_DOLLARS,
    ) -> None:
        """`segments` gives each bar the colour of the segment at this place of its scheme."""
        super().__init__(name=name, money=money)
        self._value_name = value_name
        self.set_values(categories, values_minor, segments=segments)

    def set_values(
        self,
        categories: Sequence[str],
        values_minor: Sequence[int | None],
        *,
        segments: Sequence[int] | None = None,
    ) -> None:
        """Show other names."""
        self._categories, self._values = list(categories), list(values_minor)
        self._segments = list(segments) if segments is not None else []
        self.redraw()

    def draw(self) -> None:
        """Draw the bars from the top."""
        count = len(self._categories)
        known = [(p, v) for p, v in enumerate(self._values) if v is not None]
        self.set_axes(left=True, bottom=False)
        item = self.plot.getPlotItem()
        self.name_axis(self._categories)
        item.invertY(True)
        lows, highs = min((v for _, v in known), default=0), max((v for _, v in known), default=0)
        low, high = min(0, lows), max(0, highs)
        reach = (high - low) or 1
        self.plot.addItem(
            self._pg.BarGraphItem(
                x0=[0.0] * len(known),
                x1=[float(v) for _, v in known],
                y=[p for p, _ in known],
                height=SLOT,
                brushes=[self._brush(p, v) for p, v in known],
                pen=self._pg.mkPen(None),
            )
        )
        for place, value in known:
            token = "negative.text" if value < 0 else "text.primary"
            self.label(self.full_money(value), (high + reach * 0.26, place), token=token, anchor=(1.0, 0.5))
        item.setXRange(low, high + reach * 0.27, padding=0)
        item.setYRange(-0.5, max(0.5, count - 0.5), padding=0)

    def _brush(self, place: int, value: int) -> object:
        if self._segments:
            return current_theme().segment_color(self._segments[place])
        return self.color("chart.loss" if value < 0 else "chart.primary")

    def table(self) -> ChartTable:
        """Name and amount."""
        columns = (Column("name", "Name"), Column("value", self._value_name, "money", money=self.money))
        return ChartTable(columns, {"name": self._categories, "value": self._values})

    def part_at(self, x: float, y: float) -> int:
        """The name beside the pointer."""
        place = round(y)
        return place if 0 <= place < len(self._categories) else -1
