"""Two years of months: the last twelve strong, those before in grey."""

from ui.widgets.charts_bars import SLOT, BarComparisonChart

MONTHS_A_YEAR = 12


class YearsChart(BarComparisonChart):
    """Bars of many months with few words below."""

    def draw(self) -> None:
        """Leave room for the figure at the top line."""
        super().draw()
        plot = self.plot.getPlotItem()
        low, high = plot.viewRange()[1]
        plot.setYRange(low, high + (high - low) * 0.08, padding=0)

    def _month_ticks(self) -> list[tuple[float, str]]:
        count = len(self._categories)
        places = [place for place in (0, count - MONTHS_A_YEAR) if 0 <= place < count]
        return [(float(place) + 1.5, self._categories[place]) for place in dict.fromkeys(places)]

    def _draw_bars(self) -> None:
        first = len(self._values) - MONTHS_A_YEAR
        known = [(place, value) for place, value in enumerate(self._values) if value is not None]
        strong = [
            "chart.loss" if v < 0 else "chart.primary" if p >= first else "chart.compare" for p, v in known
        ]
        bars = self._pg.BarGraphItem(
            x=[place for place, _ in known],
            height=[float(value) for _, value in known],
            width=SLOT + 0.16,
            brushes=[self.color(token) for token in strong],
            pen=self._pg.mkPen(None),
        )
        self.plot.addItem(bars)
