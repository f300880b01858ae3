"""Concentration: how much hangs on few customers, now and year by year."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from core.analysis.patterns.dependence import Concentration
from core.analysis.patterns.not_enough import NotEnough
from core.errors import UserError
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.pages import patterns_concentration_data as data
from ui.pages.patterns_concentration_chart import ParetoChart
from ui.pages.patterns_concentration_classes import ClassEnds
from ui.pages.patterns_data import customer_ids
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.cards import MiniFigure, QuietBox
from ui.widgets.labels import ElidedLabel, TextLabel, hbox, vbox
from ui.widgets.table import simple_table
from ui.widgets.totals_table import TotalsTable

if TYPE_CHECKING:
    from core.usecases.patterns_concentration import ConcentrationPatterns

ROW_PX, HEAD_PX, TABLE_HEAD_PX = 26, 38, 32
DOUBLE_CLICK = "Double-click or Enter opens the customers."


class ConcentrationCard(PartCard):
    """A card beside the curve: where nothing can be said, the curve's card alone says so."""

    part, missing_title = data.CONCENTRATION, "concentration"

    def has_content(self, *, shown: bool) -> None:
        """Leave the word to the curve's card where there is nothing to show."""
        found = self.parts.found(self.part.key)
        self.setVisible(shown or not isinstance(found, NotEnough | UserError))


class ParetoCard(PartCard):
    """The curve; a click opens the customers up to there."""

    part, missing_title = data.CONCENTRATION, "concentration"
    told = Signal(str)  # the sentence of the tab

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Pareto curve", "Share of customers, the largest first, and of revenue")
        self.chart: ParetoChart | None = None
        self.words = ElidedLabel("", "body")
        self.show_button = Button("Show customers", "link", clicked=lambda: self._open(self._place))
        row = hbox(self.words, self.show_button, gap=5)
        row.setStretch(0, 1)
        self.box = QuietBox(row)
        self.box.layout().setContentsMargins(10, 3, 10, 3)  # type: ignore[union-attr]
        self.content.addWidget(self.box)
        self.setMinimumHeight(300)
        self._place = 0
        self._loaded: Loaded | None = None
        self._now: Concentration | None = None

    def has_content(self, *, shown: bool) -> None:
        """Without figures there is no sentence."""
        if not shown:
            self.told.emit("")

    def fill(self, loaded: Loaded, found: "ConcentrationPatterns") -> None:
        """Show the curve."""
        self._loaded, self._now = loaded, found.now
        now, numbers = found.now, numbers_of(loaded.figures)
        if self.chart is None:
            self.chart = ParetoChart(
                now.pareto.cumulative, name="Pareto curve", money=money_style(loaded.figures)
            )
            self.chart.clicked.connect(self._open)
            self.chart.on_choose = self._choose
            self.content.insertWidget(0, self.chart, 1)
        else:
            self.chart.money = money_style(loaded.figures)
            self.chart.set_values(now.pareto.cumulative)
        self.chart.words = lambda place: data.up_to_words(now, place, numbers)
        self._choose(self.chart.chosen)
        self.told.emit(data.sentence(now, numbers))

    def _choose(self, place: int) -> None:
        if self._now is not None and self._loaded is not None:
            self._place = place
            self.words.setText(data.up_to_words(self._now, place, numbers_of(self._loaded.figures)))

    def _open(self, place: int) -> None:
        if self._now is not None and self._loaded is not None:
            ids = data.largest_members(self._loaded, self._now, place + 1)
            self.open_customers((ids, f"{data.largest_text(place + 1)}"))


class ClassesCard(ConcentrationCard):
    """ABC classes, and where they end."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "ABC classes", flush=True)
        self.ends = ClassEnds(parts.session)
        self.add_action(self.ends)
        self.table = TotalsTable(
            ColumnTableModel([]),
            name="ABC classes",
            stretch="class",
            row_height=ROW_PX,
        )
        self.table.table.open_asked.connect(self._open)
        self.note = TextLabel(
            "The same classes as in Customers, in the segments Pareto A/B/C and in reports. "
            "Here a customer below 0 counts as 0; segments and reports add up what is below 0 too.",
            "small",
            tone="muted",
            wrap=True,
        )
        self.note.setContentsMargins(14, 2, 14, 8)
        self.table.setFixedHeight(TABLE_HEAD_PX + 3 * ROW_PX + 32)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.note)
        self._loaded: Loaded | None = None
        self._now: Concentration | None = None

    def has_content(self, *, shown: bool) -> None:
        """The choice belongs to the table."""
        super().has_content(shown=shown)
        self.ends.setVisible(shown)

    def fill(self, loaded: Loaded, found: "ConcentrationPatterns") -> None:
        """Show the three classes and all of them."""
        now = self._now = found.now
        self._loaded = loaded
        ends = [one.up_to_percent for one in now.abc]
        self.ends.show_ends(ends[0], ends[1])
        means = data.ABC_MEANS.format(a=ends[0], b=ends[1])
        money = money_style(loaded.figures)
        columns = [
            Column("class", "Class", width=130, header_tooltip=means, tooltip=lambda _row: means),
            Column("customers", "Customers", "integer", width=84),
            Column("revenue", "Revenue", "money", money=money, width=98, header_tooltip=NET),
            Column("share", "Share", "share", width=172),
        ]
        self.table.table.table_model.set_columns(columns, data.abc_rows(now))
        everybody = {"class": "All", "customers": now.customers, "revenue": now.total_minor}
        self.table.set_totals(everybody | {"share": 1.0 if now.total_minor else None})

    def _open(self, row: int) -> None:
        if self._now is not None and self._loaded is not None:
            ids = data.abc_members(self._loaded, self._now, row)
            if ids:
                self.open_customers((ids, f"ABC class {self._now.abc[row].name}"))


NET = "Net of credit notes, in the period; customers below 0 count as 0"


class LargestCard(ConcentrationCard):
    """What the largest customers bring."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Dependence on the largest", DOUBLE_CLICK, flush=True)
        self.table = simple_table(
            [Column("who", "Customers")], name="Dependence on the largest", stretch="who", row_height=ROW_PX
        )
        self.table.open_asked.connect(self._open)
        self.content.addWidget(self.table, 1)
        self.setMinimumHeight(HEAD_PX + TABLE_HEAD_PX + 4 * ROW_PX + 6)
        self._loaded: Loaded | None = None
        self._now: Concentration | None = None

    def fill(self, loaded: Loaded, found: "ConcentrationPatterns") -> None:
        """Show the largest 1, 5, 10 and fifth."""
        self._loaded, self._now = loaded, found.now
        rows = data.largest_rows(loaded, found.now)
        money = money_style(loaded.figures)
        columns = [
            Column("who", "Who", width=130, tooltip=self._names),
            Column("customers", "Customers", "integer", width=84),
            Column("revenue", "Revenue", "money", money=money, width=98, header_tooltip=NET),
            Column("share", "Share", "share", width=172, header_tooltip="Of the revenue of all customers"),
        ]
        self.table.table_model.set_columns(columns, rows)

    def _names(self, row: int) -> str:
        if self._now is None or self._loaded is None:
            return ""
        count = int(self.table.table_model.value(row, "customers"))
        names = self._loaded.figures.facts.customers["name"]
        shown = [str(names.iloc[int(place)]) for place in self._now.pareto.customers[: min(count, 10)]]
        return "\n".join((*shown, f"and {count - 10:,} more") if count > len(shown) else shown)

    def _open(self, row: int) -> None:
        if self._now is not None and self._loaded is not None:
            model = self.table.table_model
            ids = data.largest_members(self._loaded, self._now, int(model.value(row, "customers")))
            self.open_customers((ids, str(model.value(row, "who"))))


class SpreadCard(ConcentrationCard):
    """Revenue and profit in single figures: Gini, Herfindahl, and the whale curve's."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "How even it is")
        self.curve_button = Button(
            "Whale curve",
            "quiet",
            icon_name="arrow-right",
            clicked=lambda: self.session.open_page("profitability", {"view": "customers"}),
        )
        self.curve_button.setToolTip("The curve itself, on Profitability")
        self.add_action(self.curve_button)
        self.gini, self.hhi = MiniFigure("Gini coefficient"), MiniFigure("Herfindahl index (HHI)")
        self.peak, self.enough = MiniFigure("Peak of profit"), MiniFigure("Make as much as all")
        self.losers = MiniFigure("Loss makers")
        self.gini.setToolTip(data.GINI_MEANS)
        self.hhi.setToolTip(data.HHI_MEANS)
        row = hbox(gap=12)
        for figure in (self.gini, self.hhi, self.peak, self.enough, self.losers):
            row.addWidget(figure, 1, Qt.AlignmentFlag.AlignTop)
        self.content.addLayout(row)
        self.content.addStretch(1)
        self.setMinimumHeight(HEAD_PX + 74)

    def fill(self, loaded: Loaded, found: "ConcentrationPatterns") -> None:
        """Show the figures with their words."""
        now, numbers = found.now, numbers_of(loaded.figures)
        alone = now.customers == 1
        self.gini.set_figure(
            data.decimals(now.gini, 2), "one customer" if alone else data.gini_word(now.gini)
        )
        self.hhi.set_figure(data.decimals(now.herfindahl, 3), data.hhi_word(now.herfindahl))
        for figure, (value, note, means) in zip(
            (self.peak, self.enough, self.losers), data.whale_figures(now, numbers), strict=True
        ):
            figure.set_figure(
                value, note, verdict="bad" if figure is self.losers and now.curve.loss_makers else "neutral"
            )
            figure.setToolTip(means)


class YearsCard(ConcentrationCard):
    """How dependence changes over the whole years."""

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Change over the years", flush=True)
        self.table = simple_table(
            YEAR_COLUMNS, name="Concentration by year", stretch="year", row_height=ROW_PX
        )
        self.table.open_asked.connect(self._open)
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.note.setContentsMargins(14, 2, 14, 8)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.note)
        self._loaded: Loaded | None = None
        self._years: tuple[Concentration, ...] = ()

    def fill(self, loaded: Loaded, found: "ConcentrationPatterns") -> None:
        """Show each whole year, or how much history is missing."""
        self._loaded = loaded
        years = found.by_year
        self._years = () if isinstance(years, NotEnough) else years[::-1]
        self.table.setVisible(bool(self._years))
        if isinstance(years, NotEnough):
            self.note.setText(years.text)
            self.setMinimumHeight(0)
            return
        self.table.table_model.set_rows(data.year_rows(years))
        self.note.setText(
            "Whole years back from the last full month. A row opens the customers who made 80% in it."
        )
        self.setMinimumHeight(HEAD_PX + TABLE_HEAD_PX + len(years) * ROW_PX + 34)

    def _open(self, row: int) -> None:
        year = self._years[row]
        count = year.pareto.reached(data.PARETO_PERCENT)
        if self._loaded is not None and count is not None:
            ids = customer_ids(self._loaded.figures.facts, year.pareto.customers[:count])
            self.open_customers((ids, f"80% of revenue in {year.period.label}"))


YEAR_COLUMNS = [
    Column("year", "Year", width=150),
    Column("customers", "Customers", "integer", width=86, header_tooltip="With an order in the year"),
    Column("largest_0", "Largest", "percent", width=82, header_tooltip="Share of the largest customer"),
    Column("largest_1", "5 largest", "percent", width=86, header_tooltip="Share of the 5 largest"),
    Column("largest_2", "10 largest", "percent", width=90, header_tooltip="Share of the 10 largest"),
    Column("gini", "Gini", align="right", width=64, header_tooltip=data.GINI_MEANS),
    Column("hhi", "HHI", align="right", width=68, header_tooltip=data.HHI_MEANS),
    Column("make_80", "Make 80%", "integer", width=92, header_tooltip="Customers who bring 80% of revenue"),
]


class ConcentrationTab(PatternTab):
    """The sentence first, then the cards."""

    def __init__(self, parts: Parts) -> None:
        curve, classes, largest = ParetoCard(parts), ClassesCard(parts), LargestCard(parts)
        spread, years = SpreadCard(parts), YearsCard(parts)
        self.sentence = TextLabel("", "section", wrap=True)
        self.sentence.hide()
        curve.told.connect(self._tell)
        gutter = current_theme().size("gutter")
        body = vbox(gap=gutter)
        body.addWidget(self.sentence)
        side = vbox(gap=gutter)
        side.addWidget(classes)
        side.addWidget(largest, 1)
        self.side = QWidget()
        self.side.setLayout(side)
        row = hbox(gap=gutter)
        row.addWidget(curve, 1)
        row.addWidget(self.side, 1)
        body.addLayout(row, 1)
        body.addWidget(spread)
        body.addWidget(years)
        super().__init__([curve, classes, largest, spread, years], body)

    def _tell(self, text: str) -> None:
        found = self.cards[0].parts.found(data.CONCENTRATION.key)
        self.side.setVisible(not isinstance(found, NotEnough | UserError))
        self.sentence.setText(text)
        self.sentence.setVisible(bool(text))


def concentration_tab(parts: Parts) -> PatternTab:
    """The tab: curve and classes, the largest and how even it is, the years."""
    return ConcentrationTab(parts)
