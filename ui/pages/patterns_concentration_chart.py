"""The Pareto curve: how much of revenue the largest customers bring, customer by customer."""

from collections.abc import Callable
from math import ceil

import numpy as np
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QKeyEvent

from core.analysis.sums import Ints
from ui.models.column import Column, MoneyStyle
from ui.widgets.charts import Chart, ChartTable

LEVELS = (0, 20, 40, 60, 80, 100)
MOST_POINTS = 1000
MARK = 80
NEAR, FAR = 22, 60  # percent of customers
STEPS = 50  # an arrow key goes on by a fiftieth of the customers


class ParetoChart(Chart):
    """Running share of revenue over the share of customers, the largest first; places count from 0."""

    def __init__(self, cumulative_minor: Ints, *, name: str, money: MoneyStyle) -> None:
        super().__init__(name=name, money=money)
        self.words: Callable[[int], str] = lambda _place: ""
        self.on_choose: Callable[[int], object] = lambda _place: None
        self.plot.scene().sigMouseMoved.connect(self._moved)
        self.set_values(cumulative_minor)

    def set_values(self, cumulative_minor: Ints) -> None:
        """Show other customers; the point where they make 80% is chosen."""
        self._running = cumulative_minor
        self.reached = self._reached()
        self.chosen = self.reached
        self.redraw()

    @property
    def count(self) -> int:
        """How many customers there are."""
        return len(self._running)

    def choose(self, place: int) -> None:
        """Move the ring to a customer and say so."""
        self.chosen = min(max(place, 0), self.count - 1)
        self.redraw()
        self.on_choose(self.chosen)

    def draw(self) -> None:
        """Draw the curve, the line of equal customers, the 80% point and the chosen one."""
        self.set_axes(left=True, bottom=True)
        item = self.plot.getPlotItem()
        for side in ("left", "bottom"):
            item.getAxis(side).setTicks([[(float(level), f"{level}%") for level in LEVELS]])
        item.setXRange(0, 103, padding=0.01)
        item.setYRange(0, 104, padding=0.02)
        self.grid_lines(LEVELS, 0, 100)
        if not self.count or not self._running[-1]:
            return
        self._line([0.0, 100.0], [0.0, 100.0], "text.secondary", 1.2, dashed=True)
        self.label("All alike", (76, 72), token="text.muted", anchor=(0, 0))
        xs, ys = self._points()
        curve, ground = self._pg.PlotCurveItem(xs, ys), self._pg.PlotCurveItem(xs, [0.0] * len(xs))
        self.plot.addItem(self._pg.FillBetweenItem(curve, ground, brush=self.color("chart.primary", 0.11)))
        self._line(xs, ys, "chart.primary", 2.2)
        self._draw_mark()
        if self.chosen != self.reached:
            self._ring(self.chosen, filled=True)

    def _draw_mark(self) -> None:
        x, y = self._at(self.reached)
        self._line([0.0, x, x], [y, y, 0.0], "text.secondary", 1.2, dashed=True)
        self._ring(self.reached)
        # The words stand where neither the curve nor the line of equal customers runs.
        right = x <= FAR
        at = (x + 2 if right else x - 2, y - 4 if x < NEAR else 22)
        anchor = (0.0 if right else 1.0, 0.0)
        number = self.reached + 1
        who = "1 customer" if number == 1 else f"{number:,} customers"
        self.label(who, at, strong=True, anchor=anchor)
        self.label(f"bring {y:.0f}% of revenue", (at[0], at[1] - 7), token="text.secondary", anchor=anchor)

    def _points(self) -> tuple[list[float], list[float]]:
        """The curve with at most a thousand points."""
        many = min(self.count, MOST_POINTS)
        places = np.unique(np.linspace(0, self.count - 1, many).round().astype(np.int64))
        total = int(self._running[-1])
        xs = (places + 1) * 100 / self.count
        ys = self._running[places] * 100 / total
        return [0.0, *xs.tolist()], [0.0, *ys.tolist()]

    def _reached(self) -> int:
        if not self.count:
            return 0
        wanted = -(-int(self._running[-1]) * MARK // 100)
        return int(np.searchsorted(self._running, wanted, side="left"))

    def _at(self, place: int) -> tuple[float, float]:
        return (place + 1) * 100 / self.count, int(self._running[place]) * 100 / int(self._running[-1])

    def _line(
        self, xs: list[float], ys: list[float], token: str, width: float, *, dashed: bool = False
    ) -> None:
        self.plot.addItem(self._pg.PlotCurveItem(xs, ys, pen=self.pen(token, width, dashed=dashed)))

    def _ring(self, place: int, *, filled: bool = False) -> None:
        x, y = self._at(place)
        brush = self.color("chart.primary" if filled else "bg.surface")
        point = self._pg.ScatterPlotItem([x], [y], size=9, pen=self.pen("chart.primary", 2), brush=brush)
        point.setZValue(10)
        self.plot.addItem(point)

    def table(self) -> ChartTable:
        """Customers from the largest on, with what they bring together."""
        total = int(self._running[-1]) if self.count else 0
        columns = (
            Column("rank", "Largest customers", "integer"),
            Column("running", "Revenue together", "money", money=self.money),
            Column("share", "Share of revenue", "percent"),
        )
        running = self._running.tolist()
        share = [value / total if total else None for value in running]
        return ChartTable(
            columns, {"rank": list(range(1, self.count + 1)), "running": running, "share": share}
        )

    def part_at(self, x: float, y: float) -> int:
        """The customer below the pointer, from 0."""
        if not (0 <= x <= 100 and 0 <= y <= 104 and self.count):
            return -1
        return min(self.count - 1, max(0, ceil(x * self.count / 100) - 1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move along the curve, Home and End to its ends, Enter opens the customers up to there."""
        step = max(1, self.count // STEPS)
        moves = {
            Qt.Key.Key_Left: self.chosen - step,
            Qt.Key.Key_Right: self.chosen + step,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: self.count - 1,
        }
        key = Qt.Key(event.key())
        if key in moves and self.count:
            self.choose(moves[key])
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.count:
            self.clicked.emit(self.chosen)
        else:
            super().keyPressEvent(event)

    def _moved(self, where: QPointF) -> None:
        point = self.plot.getPlotItem().vb.mapSceneToView(where)
        place = self.part_at(point.x(), point.y())
        self.plot.setToolTip(self.words(place) if place >= 0 else "")
