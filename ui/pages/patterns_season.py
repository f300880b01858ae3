"""Seasonality: how months and weekdays compare with the average."""

from collections.abc import Sequence
from typing import Any

from core.analysis.patterns.seasonality import METHOD, WEEKDAY_METHOD, Index, Seasonality
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_data import SEASON
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.pages.patterns_season_chart import IndexChart
from ui.theme import current_theme
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.table import simple_table

ROW_PX, CHART_PX = 26, 280
ENDS = "The first and the last six months only stand beside others: 36 months give each calendar month two years."
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
LONG_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


class MonthsCard(PartCard):
    """The index of every calendar month, and what it says."""

    part, missing_title = SEASON, "seasonality"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Seasonality")
        self.chart: IndexChart | None = None
        self.words = TextLabel("", "small", tone="secondary", wrap=True)
        self.words.setFixedHeight(34)
        self.content.addWidget(self.words)
        self.setMinimumHeight(CHART_PX)

    def fill(self, loaded: Loaded, found: Seasonality) -> None:
        """Show the months."""
        self.set_title("Seasonality", f"Average month = 100 · {found.used.label}")
        if self.chart is None:
            self.chart = IndexChart(MONTHS, found.months, name="Seasonality by month")
            self.chart.setToolTip(METHOD)
            self.content.insertWidget(0, self.chart, 1)
        else:
            self.chart.set_values(MONTHS, found.months)
        self.words.setText(season_words(found))
        self.words.setToolTip(f"{METHOD}\n{ENDS}")


def season_words(found: Seasonality) -> str:
    """The best and the weakest month, and what the whiskers are."""
    known = [
        (one.index, LONG_MONTHS[one.number - 1], one.years) for one in found.months if one.index is not None
    ]
    if not known:
        return "Nothing was sold that months could be compared by."
    best, worst = max(known), min(known)
    words = f"{best[1]} runs {_off(best[0])} an average month and {worst[1]} {_off(worst[0])}."
    years = max(years for _, _, years in known)
    if years > 1:
        return f"{words} Whiskers show the lowest and highest of {years} years."
    return f"{words} Each month rests on one year, so there is no range yet."


def _off(index: float) -> str:
    percent = round(100 * abs(index - 1))
    return f"{percent}% {'above' if index >= 1 else 'below'}" if percent else "as"


class WeekdaysCard(PartCard):
    """The index of every weekday."""

    part, missing_title = SEASON, "weekdays"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Weekdays", "Average day = 100")
        self.chart: IndexChart | None = None
        self.words = TextLabel("", "small", tone="secondary", wrap=True)
        self.content.addWidget(self.words)
        self.setMinimumHeight(CHART_PX)

    def fill(self, loaded: Loaded, found: Seasonality) -> None:
        """Show the weekdays."""
        names = [name[:3] for name in WEEKDAYS]
        if self.chart is None:
            self.chart = IndexChart(names, found.weekdays, name="Seasonality by weekday")
            self.chart.setToolTip(WEEKDAY_METHOD)
            self.content.insertWidget(0, self.chart, 1)
        else:
            self.chart.set_values(names, found.weekdays)
        self.words.setText(weekday_words(found))


def weekday_words(found: Seasonality) -> str:
    """On which days the business sells."""
    trading = [WEEKDAYS[number - 1] for number in found.trading_weekdays]
    if not trading:
        return "No weekday has sales on at least every second one."
    listed = ", ".join(trading)
    years = "1 whole year" if found.weekday_years == 1 else f"{found.weekday_years} whole years"
    return f"Usual trading days: {listed}. Over {years}."


class SeasonTableCard(PartCard):
    """The figures of both, what was left out, and how they are worked out."""

    part, missing_title = SEASON, "the table of months"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Months and weekdays in figures", "100 is the average", flush=True)
        self.table = simple_table(
            COLUMNS, name="Seasonality in figures", stretch="name", row_height=ROW_PX, multi=True
        )
        self.table.setMinimumHeight(32 + ROW_PX * (len(MONTHS) + len(WEEKDAYS)))
        self.notes = TextLabel("", "small", tone="muted", wrap=True)
        side = vbox(
            TextLabel("How it is worked out", "small-bold"), self.notes, None, gap=6, margins=(16, 10, 14, 12)
        )
        row = hbox(gap=0)
        row.addWidget(self.table, 60)
        row.addLayout(side, 40)
        self.content.addLayout(row)

    def fill(self, loaded: Loaded, found: Seasonality) -> None:
        """Show months, then weekdays."""
        self.table.table_model.set_rows(season_rows(found))
        left_out = found.note or "No month is left out."
        self.notes.setText(f"{left_out}\n\nMonths: {METHOD}\n\nWeekdays: {WEEKDAY_METHOD}")


COLUMNS = [
    Column("name", "Month or weekday", width=120),
    Column("index", "Index", "number", width=64, header_tooltip=METHOD),
    Column(
        "adjusted", "Per trading day", "number", width=108, header_tooltip="Index of revenue per trading day"
    ),
    Column("lowest", "Lowest year", "number", width=90),
    Column("highest", "Highest year", "number", width=94),
    Column("years", "Years", "integer", width=56, header_tooltip="How many years stand behind the index"),
]


def season_rows(found: Seasonality) -> dict[str, list[Any]]:
    """Twelve months and seven weekdays; a weekday has no index per trading day."""
    both = (*found.months, *found.weekdays)
    return {
        "name": [*LONG_MONTHS, *WEEKDAYS],
        "index": _hundreds(both, "index"),
        "adjusted": [*_hundreds(found.adjusted, "index"), *([None] * len(found.weekdays))],
        "lowest": _hundreds(both, "lowest"),
        "highest": _hundreds(both, "highest"),
        "years": [one.years for one in both],
    }


def _hundreds(indices: Sequence[Index], key: str) -> list[float | None]:
    values = [getattr(one, key) for one in indices]
    return [None if value is None else 100 * value for value in values]


def season_tab(parts: Parts) -> PatternTab:
    """The tab: both charts, and the figures below."""
    months, weekdays, table = MonthsCard(parts), WeekdaysCard(parts), SeasonTableCard(parts)
    gutter = current_theme().size("gutter")
    row = hbox(gap=gutter)
    row.addWidget(months, 62)
    row.addWidget(weekdays, 38)
    body = vbox(gap=gutter)
    body.addLayout(row, 1)
    body.addWidget(table, 1)
    return PatternTab([months, weekdays, table], body)
