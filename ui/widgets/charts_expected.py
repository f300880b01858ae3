"""What a model expects beside what happened: bars by class, and lines over time with the end of the fit."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtGui import QFontMetricsF

from ui.models.column import Column, MoneyStyle, date_text
from ui.theme import current_theme
from ui.widgets.charts import Chart, ChartTable, nice_levels
from ui.widgets.charts_bars import BarComparisonChart

COUNTS = MoneyStyle(symbol="", exponent=0)
HUNDREDTHS = MoneyStyle(symbol="", exponent=2, cents=True)
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MOST_DATES = 6
DAYS_A_WEEK = 7


class ExpectedBarsChart(BarComparisonChart):
    """Bars are what happened in each class, the dashed line is what the model expects there."""

    def __init__(self, *, name: str, class_name: str, money: MoneyStyle = COUNTS) -> None:
        """`money` says whether the values are whole numbers or hundredths."""
        self._class_name = class_name
        super().__init__(
            [],
            [],
            name=name,
            compare_minor=[],
            value_name="Actual",
            compare_name="Expected",
            highlight=None,
            money=money,
        )

    def draw(self) -> None:
        """Leave room for the numbers of the axis: they may be wider than those before."""
        super().draw()
        known = [v for v in (*self._values, *self._compare) if v is not None]
        levels = nice_levels(min(known, default=0), max(known, default=0))
        make_room(self, [self.short_money(level) for level in levels])

    def short_money(self, minor: float) -> str:
        """A number for the axis."""
        return f"{minor / 10**self.money.exponent:,.10g}"

    def table(self) -> ChartTable:
        """Class, actual and expected."""
        form = super().table()
        first = Column("month", self._class_name)
        return ChartTable((first, *form.columns[1:]), form.rows)


class ExpectedLinesChart(Chart):
    """Running totals week by week: what happened is drawn through, what was expected is dashed."""

    def __init__(self, *, name: str) -> None:
        super().__init__(name=name, money=COUNTS)
        self.set_values((), (), (), fit_end=None)

    def set_values(
        self,
        week_ends: Sequence[date],
        actual: Sequence[int],
        expected: Sequence[int],
        *,
        fit_end: date | None,
    ) -> None:
        """Show other weeks; the fit has seen all up to the end of a day."""
        self._ends, self._actual, self._expected = list(week_ends), list(actual), list(expected)
        self._fit_end = fit_end
        self.redraw()

    @property
    def fit_ends_at(self) -> float | None:
        """Where the line stands that ends the fit; None where it is not within the weeks."""
        if self._fit_end is None or not self._ends:
            return None
        place = (self._fit_end - self._ends[0]).days / DAYS_A_WEEK
        return place if 0 <= place <= len(self._ends) - 1 else None

    def draw(self) -> None:
        """Draw both lines, the end of the fit and the axes."""
        count = len(self._ends)
        levels = nice_levels(0, max((*self._actual, *self._expected), default=0))
        self.set_axes(left=True, bottom=True)
        item = self.plot.getPlotItem()
        item.getAxis("left").setTicks([[(level, f"{level:,.0f}") for level in levels]])
        item.getAxis("bottom").setTicks([self._date_ticks()])
        make_room(self, [f"{level:,.0f}" for level in levels])
        self.grid_lines(levels, 0, max(1, count - 1))
        item.setXRange(0, max(1, count - 1), padding=0.02)
        item.setYRange(0, (levels[-1] or 1) * 1.08, padding=0.02)
        self._draw_end_of_fit(levels[-1] or 1)
        places = [float(place) for place in range(count)]
        for values, pen in (
            (self._actual, self.pen("chart.primary", 2.2)),
            (self._expected, self.pen("text.secondary", 2, dashed=True)),
        ):
            self.plot.addItem(self._pg.PlotCurveItem(places, [float(value) for value in values], pen=pen))

    def _draw_end_of_fit(self, top: float) -> None:
        place = self.fit_ends_at
        if place is None or self._fit_end is None:
            return
        line = self._pg.PlotCurveItem([place, place], [0.0, top * 1.04], pen=self.pen("border.strong", 1.4))
        self.plot.addItem(line)
        words = f"Fit ends {date_text(self._fit_end)}"
        left = place > len(self._ends) / 2
        at = (place + (-0.008 if left else 0.008) * len(self._ends), top * 1.06)
        self.label(words, at, token="text.secondary", anchor=(1.0, 0.0) if left else (0.0, 0.0))

    def _date_ticks(self) -> list[tuple[float, str]]:
        every = max(1, -(-len(self._ends) // _MOST_DATES))
        return [
            (float(place), f"{_MONTHS[self._ends[place].month - 1]} {self._ends[place].year}")
            for place in range(every // 2, len(self._ends), every)
        ]

    def table(self) -> ChartTable:
        """End of the week, actual, expected."""
        columns = (
            Column("end", "Week to", "date"),
            Column("actual", "Actual", "integer"),
            Column("expected", "Expected", "integer"),
        )
        rows: dict[str, Sequence[Any]] = {
            "end": self._ends,
            "actual": self._actual,
            "expected": self._expected,
        }
        return ChartTable(columns, rows)

    def part_at(self, x: float, y: float) -> int:
        """Nothing opens from a week."""
        return -1


def make_room(chart: Chart, texts: Sequence[str]) -> None:
    """Let the axis at the left be as wide as its widest text."""
    metrics = QFontMetricsF(current_theme().font("caption"))
    width = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
    chart.plot.getPlotItem().getAxis("left").setWidth(width + 14)
