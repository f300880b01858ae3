"""Where profit is made and used up: the whale curve and the waterfall."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from ui.models.column import WHOLE_DOLLARS, Column, MoneyStyle, percent_text
from ui.widgets.charts import Chart, ChartTable, nice_levels

TOP_SHARE = 0.2
BAR_HEIGHT = 0.56


class WhaleCurveChart(Chart):
    """Running profit over customers, the most profitable first; a click gives the customer's rank from 0."""

    def __init__(
        self,
        contributions_minor: Sequence[int],
        *,
        name: str,
        customer_names: Sequence[str] = (),
        money: MoneyStyle = WHOLE_DOLLARS,
        buyers_fifth: tuple[int, float] | None = None,
    ) -> None:
        """Contributions sorted from largest to smallest; names in the same order for the table form.

        A curve of revenue marks the largest fifth of the buyers: how many they are, and their share.
        """
        super().__init__(name=name, money=money)
        self.set_values(contributions_minor, customer_names=customer_names, buyers_fifth=buyers_fifth)

    def set_values(
        self,
        contributions_minor: Sequence[int],
        *,
        customer_names: Sequence[str] = (),
        buyers_fifth: tuple[int, float] | None = None,
    ) -> None:
        """Show other customers."""
        self._fifth = buyers_fifth
        self._own = [int(value) for value in contributions_minor]
        self._running = [0, *accumulate(self._own)]
        self._customers = list(customer_names)
        self.redraw()

    @property
    def top_count(self) -> int:
        """How many customers are the top 20 %: rounded up."""
        return self._fifth[0] if self._fifth else -(-len(self._own) // 5)

    @property
    def peak_rank(self) -> int:
        """After how many customers the running total is highest."""
        return self._running.index(max(self._running))

    @property
    def first_loss(self) -> int:
        """After how many customers the first one loses money."""
        return sum(1 for value in self._own if value >= 0)

    def draw(self) -> None:
        """Draw zones, curve, total and labels."""
        count, total = len(self._own), self._running[-1]
        levels = nice_levels(min(self._running), max(self._running))
        self.set_axes(left=True, bottom=True)
        item = self.plot.getPlotItem()
        item.getAxis("left").setTicks([[(level, self.short_money(level)) for level in levels]])
        item.getAxis("bottom").setTicks(
            [sorted({(float(round(count * p / 5)), f"{round(count * p / 5):,}") for p in range(6)})]
        )
        self.grid_lines(levels, 0, max(1, count))
        item.setXRange(0, max(1, count), padding=0.025)
        span = (levels[-1] - levels[0]) or 1
        item.setYRange(levels[0], levels[-1] + span * 0.16, padding=0.02)
        if not count:
            return
        self._draw_zones()
        self._draw_line([0, count], [total, total], "text.secondary", 1.4, dashed=True)
        self._draw_line(
            [self.top_count] * 2, [0, self._running[self.top_count]], "text.secondary", 1.4, dashed=True
        )
        self._draw_marks(span)

    def _draw_zones(self) -> None:
        edges = (
            (0, self.top_count, "chart.primary", 0.26),
            (self.top_count, self.first_loss, "chart.primary", 0.11),
        )
        for first, last, token, alpha in (*edges, (self.first_loss, len(self._own), "chart.loss", 0.2)):
            if last > first:
                xs = list(range(first, last + 1))
                ys = [float(self._running[x]) for x in xs]
                curve, base = self._pg.PlotCurveItem(xs, ys), self._pg.PlotCurveItem(xs, [0.0] * len(xs))
                self.plot.addItem(self._pg.FillBetweenItem(curve, base, brush=self.color(token, alpha)))
        top = min(self.first_loss, len(self._own))
        self._draw_line(list(range(top + 1)), self._running[: top + 1], "chart.primary", 2.2)
        self._draw_line(list(range(top, len(self._running))), self._running[top:], "chart.loss", 2.2)

    def _draw_line(
        self, xs: Sequence[int], ys: Sequence[int], token: str, width: float, *, dashed: bool = False
    ) -> None:
        pen = self.pen(token, width, dashed=dashed)
        self.plot.addItem(self._pg.PlotCurveItem([float(x) for x in xs], [float(y) for y in ys], pen=pen))

    def _draw_marks(self, span: float) -> None:
        count, total, peak = len(self._own), self._running[-1], self.peak_rank
        self._ring(self.top_count, "chart.primary")
        losers = count - self.first_loss
        if losers:
            self._ring(peak, "chart.primary")
            ratio = f"{self._running[peak] / total:.0%} of total, " if total > 0 else ""
            where = (max(count * 0.2, min(peak, count * 0.8)), self._running[peak] + span * 0.025)
            self.label(f"{ratio}at customer {peak:,}", where, token="text.muted")
            above = (where[0], where[1] + span * 0.065)
            self.label(f"Peak {self.full_money(self._running[peak])}", above, strong=True)
        self._ring(count, "chart.loss" if losers else "chart.primary", filled=True)
        down = span * 0.065
        share = f"earn {self._running[self.top_count] / total:.0%} of the total" if total > 0 else "earn most"
        if self._fifth:
            share = f"{'brings' if self.top_count == 1 else 'bring'} {self._fifth[1]:.0%} of revenue"
        at = (self.top_count + count * 0.015, self._running[self.top_count] - span * 0.03)
        best = "1 customer" if self.top_count == 1 else f"{self.top_count:,} customers"
        self.label(f"Top 20% ({best})", at, strong=True, anchor=(0, 0))
        self.label(share, (at[0], at[1] - down), token="text.secondary", anchor=(0, 0))
        end = (count * 0.99, total - span * 0.03)
        self.label(f"Total {self.full_money(total)}", end, strong=True, anchor=(1, 0))
        if losers:
            lost = self.full_money(-sum(value for value in self._own if value < 0))
            words = f"{losers:,} customers" if losers > 1 else "1 customer"
            self.label(words, (end[0], end[1] - down), token="negative.text", anchor=(1, 0))
            self.label(
                f"{'lose' if losers > 1 else 'loses'} {lost}",
                (end[0], end[1] - 2 * down),
                token="negative.text",
                anchor=(1, 0),
            )

    def _ring(self, rank: int, token: str, *, filled: bool = False) -> None:
        brush = self.color(token if filled else "bg.surface")
        point = self._pg.ScatterPlotItem(
            [float(rank)], [float(self._running[rank])], size=8, pen=self.pen(token, 2), brush=brush
        )
        point.setZValue(10)
        self.plot.addItem(point)

    def table(self) -> ChartTable:
        """Rank, customer, own amount, running amount."""
        ranks = list(range(1, len(self._own) + 1))
        columns = [
            Column("rank", "Rank", "integer"),
            Column("own", "Net contribution", "money", money=self.money),
            Column("running", "Running total", "money", money=self.money),
        ]
        rows: dict[str, Sequence[object]] = {"rank": ranks, "own": self._own, "running": self._running[1:]}
        if self._customers:
            columns.insert(0, Column("customer", "Customer"))
            rows["customer"] = self._customers
        return ChartTable(tuple(columns), rows)

    def part_at(self, x: float, y: float) -> int:
        """The rank below the pointer, from 0."""
        return int(x) if 0 <= x < len(self._own) else -1


@dataclass(frozen=True)
class WaterfallStep:
    """One step: a total stands on zero (Revenue), a change hangs where the last one ended (Discounts)."""

    name: str
    amount_minor: int
    is_total: bool = False
    tone: str = ""  # a colour token; by default loss for deductions and compare for totals
    share: float | None = None  # of list price above revenue, of revenue from there on


class WaterfallChart(Chart):
    """From list price to net contribution: names left, bars, amounts and shares right."""

    def __init__(
        self,
        steps: Sequence[WaterfallStep],
        *,
        name: str,
        money: MoneyStyle = WHOLE_DOLLARS,
    ) -> None:
        super().__init__(name=name, money=money)
        self.set_values(steps)

    def set_values(self, steps: Sequence[WaterfallStep]) -> None:
        """Show other steps."""
        self._steps = list(steps)
        self.redraw()

    def spans(self) -> list[tuple[int, int]]:
        """Where each bar begins and ends, in minor units."""
        spans: list[tuple[int, int]] = []
        level = 0
        for step in self._steps:
            start = 0 if step.is_total else level
            level = step.amount_minor if step.is_total else level + step.amount_minor
            spans.append((start, level))
        return spans

    def draw(self) -> None:
        """Draw the bars from the top, with amounts and shares in two columns."""
        spans = self.spans()
        low, high = min((min(s) for s in spans), default=0), max((max(s) for s in spans), default=1)
        reach = (high - low) or 1
        self.set_axes(left=True, bottom=False)
        item = self.plot.getPlotItem()
        item.invertY(True)
        self.name_axis([step.name for step in self._steps])
        item.setXRange(low, high + reach * 1.12, padding=0)
        item.setYRange(-0.5, max(0.5, len(spans) - 0.5), padding=0)
        self.plot.addItem(
            self._pg.BarGraphItem(
                x0=[float(min(s)) for s in spans],
                x1=[float(max(s)) for s in spans],
                y=list(range(len(spans))),
                height=BAR_HEIGHT,
                brushes=[self.color(self._tone(p)) for p in range(len(spans))],
                pen=self._pg.mkPen(None),
            )
        )
        for place, (_start, end) in enumerate(spans[:-1]):
            line = self._pg.PlotCurveItem(
                [float(end)] * 2, [place, place + 1.0], pen=self.pen("border.strong")
            )
            line.setZValue(-5)
            self.plot.addItem(line)
        self._draw_figures(high, reach)

    def _tone(self, place: int) -> str:
        step = self._steps[place]
        if step.tone:
            return step.tone
        if step.is_total:
            return "chart.primary" if place == len(self._steps) - 1 else "chart.compare"
        return "chart.loss" if step.amount_minor < 0 else "chart.primary"

    def _draw_figures(self, high: float, reach: float) -> None:
        for place, step in enumerate(self._steps):
            self._figure(
                self.full_money(step.amount_minor), (high + reach * 0.64, place), strong=step.is_total
            )
            if step.share is not None:
                share = percent_text(step.share)
                self._figure(share, (high + reach * 1.1, place), strong=False, token="text.muted")

    def _figure(
        self, text: str, at: tuple[float, float], *, strong: bool, token: str = "text.primary"
    ) -> None:
        # A thin space the width of a bracket keeps the digits of positive figures in column.
        self.label(
            text if text.startswith("(") else text + "\u2009",
            at,
            token=token,
            strong=strong,
            anchor=(1.0, 0.5),
        )

    def table(self) -> ChartTable:
        """Step, amount and share."""
        columns = [Column("step", "Step"), Column("amount", "Amount", "money", money=self.money)]
        rows: dict[str, Sequence[object]] = {
            "step": [step.name for step in self._steps],
            "amount": [step.amount_minor for step in self._steps],
        }
        if any(step.share is not None for step in self._steps):
            columns.append(Column("share", "Share", "percent"))
            rows["share"] = [step.share for step in self._steps]
        return ChartTable(tuple(columns), rows)

    def part_at(self, x: float, y: float) -> int:
        """The step beside the pointer."""
        place = round(y)
        return place if 0 <= place < len(self._steps) else -1
