"""The summary: the grid, the season, retention, the usual gaps and what is bought together, on one page."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame

from core.analysis.patterns.basket_rules import one_each_pair
from core.usecases.patterns_products import BasketPatterns
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.models.column import Column, MoneyStyle
from ui.pages.customer_products import item_names
from ui.pages.patterns_data import GAPS, TOGETHER, SegmentGap, all_dates
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_products import ORDERS_COUNTED, lift_working, short_together_note, together_note
from ui.pages.patterns_retention import RetentionSummaryCard
from ui.pages.patterns_scores import GridCard
from ui.pages.patterns_season import MonthsCard
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.charts import ChartTable
from ui.widgets.charts_bars import HorizontalBarChart
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.table import simple_table

MOST_PAIRS = 5
ROW_PX = 38
LEAST_BAR_PX, BESIDE_PX = 62, 12  # of the longest bar; between it and the edge, beside the words at its end
DAYS = MoneyStyle(symbol="", exponent=0)


class GapsChart(HorizontalBarChart):
    """Bars of days, one a segment."""

    _is_short = False  # "56 d" where "56 days" would leave no room for the bars

    def __init__(self, names: Sequence[str], days: Sequence[int | None], *, segments: Sequence[int]) -> None:
        super().__init__(
            names, days, name="Median days between orders", value_name="Days", segments=segments, money=DAYS
        )
        self.plot.getPlotItem().getViewBox().sigResized.connect(self.leave_room)

    def draw(self) -> None:
        """Draw the bars, with room for the words at their end."""
        super().draw()
        self.leave_room()

    def leave_room(self) -> None:
        """Let the longest bar end where the words beside it still fit."""
        most = max((value for value in self._values if value is not None), default=1) or 1
        box = self.plot.getPlotItem().getViewBox()
        if self._is_short != (box.width() < self._words_px(f"{most:,} days") + LEAST_BAR_PX):
            self._is_short = not self._is_short
            self.redraw()
            return
        label = self._words_px(self.full_money(most))
        width = max(box.width(), 1.5 * label)
        box.setXRange(0, most * width / (width - label), padding=0)

    def _words_px(self, words: str) -> int:
        return QFontMetrics(current_theme().font("small")).horizontalAdvance(words) + BESIDE_PX

    def label(
        self,
        text: str,
        at: tuple[float, float],
        *,
        token: str = "text.primary",
        strong: bool = False,
        anchor: tuple[float, float] = (0.5, 1.0),
    ) -> None:
        """The days stand at the end of their bar."""
        value = self._values[int(at[1])]
        super().label(text, (float(value or 0), at[1]), token=token, strong=strong, anchor=(-0.04, 0.5))

    def full_money(self, minor: int) -> str:
        """The days beside the bar."""
        if self._is_short:
            return f"{minor:,} d"
        return "1 day" if minor == 1 else f"{minor:,} days"

    def table(self) -> ChartTable:
        """Segment and days."""
        columns = (Column("name", "Segment"), Column("value", "Median days between orders", "days"))
        return ChartTable(columns, {"name": self._categories, "value": self._values})


GAPS_MEAN = "Each customer's median gap between order days; of these the median of the segment"


class GapsCard(PartCard):
    """The usual days between orders, segment by segment."""

    part, missing_title = GAPS, "gaps between orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Order gaps", "Median days")
        self.chart: GapsChart | None = None
        self.setMinimumHeight(190)

    def fill(self, loaded: Loaded, found: Sequence[SegmentGap]) -> None:
        """Show the segments, the best first."""
        self.setToolTip(f"{GAPS_MEAN}. {all_dates(loaded)}")
        names = [gap.name for gap in found]
        days = [None if gap.days is None else round(gap.days) for gap in found]
        palette = [gap.palette for gap in found]
        if self.chart is None:
            self.chart = GapsChart(names, days, segments=palette)
            self.chart.clicked.connect(self._open)
            self.content.addWidget(self.chart, 1)
        else:
            self.chart.set_values(names, days, segments=palette)

    def _open(self, place: int) -> None:
        found = self.parts.found(self.part.key)
        self.session.open_page("customers", {"segment": found[place].name})


class PairsCard(PartCard):
    """The pairs with the highest lift."""

    part, missing_title = TOGETHER, "product pairs"

    def __init__(self, parts: Parts, go: Callable[[str], None]) -> None:
        super().__init__(parts, "Product pairs", flush=True)
        self.all_button = Button(
            "All products", "quiet", icon_name="arrow-right", clicked=lambda: go("products")
        )
        self.add_action(self.all_button)
        self.table = simple_table(
            [Column("pair", "Pair")], name="Product pairs", stretch="pair", row_height=ROW_PX
        )
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.note.setContentsMargins(14, 0, 14, 8)
        self.note.setFixedHeight(58)  # three lines, four without a pair
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.note)
        self.table.setMinimumHeight(32 + MOST_PAIRS * ROW_PX)

    def fill(self, loaded: Loaded, found: BasketPatterns) -> None:
        """Show the best pairs."""
        names, numbers = item_names(loaded), numbers_of(loaded.figures)
        pairs = one_each_pair(found.rules)[:MOST_PAIRS]

        def working(row: int) -> str:
            return lift_working(pairs[row], names, numbers)

        columns = [
            Column("pair", "Pair", "two_lines", width=100, tooltip=working),
            Column("orders", "Orders", "integer", width=60, tooltip=working),
            Column("of_first", "Of first", align="right", width=60, tooltip=working),
            Column("lift", "Lift", "times", width=54, strong=True, tooltip=working),
        ]
        rows: dict[str, list[Any]] = {
            "pair": [(names[pair.antecedent[0]], f"and {names[pair.consequent]}") for pair in pairs],
            "orders": [pair.count for pair in pairs],
            "of_first": [f"{pair.confidence:.0%}" for pair in pairs],
            "lift": [pair.lift for pair in pairs],
        }
        self.table.table_model.set_columns(columns, rows)
        as_of = loaded.figures.facts.as_of
        self.note.setText(short_together_note(found, as_of))
        self.note.setToolTip(f"{together_note(found, as_of)}\n{ORDERS_COUNTED}")


def summary_tab(parts: Parts, go: Callable[[str], None]) -> PatternTab:
    """The tab: two rows of cards."""
    grid, season, retention = GridCard(parts), MonthsCard(parts), RetentionSummaryCard(parts)
    gaps, pairs = GapsCard(parts), PairsCard(parts, go)
    gutter = current_theme().size("gutter")
    lower = hbox(gap=gutter)
    lower.addWidget(gaps, 38)
    lower.addWidget(pairs, 62)
    body = vbox(gap=gutter)
    for left, right, share in ((grid, season, 54), (retention, lower, 46)):
        row = hbox(gap=gutter)
        row.addWidget(left, 1)
        if isinstance(right, QFrame):
            row.addWidget(right, 1)
        else:
            row.addLayout(right, 1)
        body.addLayout(row, share)
    return PatternTab([grid, season, retention, gaps, pairs], body)
