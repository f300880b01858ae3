"""New and returning customers month by month, and how much of the revenue of the period before stayed."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import pandas as pd

from core.analysis.patterns.new_and_repeat import (
    COLUMNS,
    SILENT_MONTHS,
    RevenueRetention,
    customer_flow,
    flow_members,
    revenue_retention,
)
from core.analysis.patterns.not_enough import NotEnough
from core.period import month_of
from reports.numbers import Numbers
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.pages.patterns_concentration_data import percent
from ui.pages.patterns_data import Part, customer_ids
from ui.pages.patterns_heat import HeatCell, HeatShape, HeatTable
from ui.pages.patterns_parts import PartCard, Parts
from ui.widgets.cards import MiniFigure
from ui.widgets.labels import TextLabel, hbox

if TYPE_CHECKING:
    from core.progress import Progress

MONTHS = 12
TITLES = ("Month", "New", "Repeat", "Reactivated", "Lost", "Customers")
MEANS = {
    "new": "whose first order falls in the month",
    "repeat": f"who ordered in the month and in one of the {SILENT_MONTHS} before",
    "reactivated": f"who ordered again after {SILENT_MONTHS} months or more without an order",
    "lost": f"who complete {SILENT_MONTHS} months without an order",
    "customers": f"with an order in the last {SILENT_MONTHS} months: the month before + new + reactivated − lost",
}
NOTE = f"Lost: {SILENT_MONTHS} months without an order; reactivated: an order after that."


@dataclass(frozen=True, eq=False)
class Flow:
    """Customers by month, and revenue kept."""

    by_month: pd.DataFrame  # as of `customer_flow`
    kept: RevenueRetention | NotEnough


def flow_of(loaded: Loaded, progress: "Progress") -> Flow | NotEnough:
    """Count new, repeat, reactivated and lost customers."""
    facts = loaded.figures.facts
    progress.step("Counting new and returning customers")
    by_month = customer_flow(facts)
    if not len(by_month):
        return NotEnough(0, 1, "customers with an order")
    return Flow(by_month, revenue_retention(facts))


FLOW = Part("flow", "Counting new and returning customers", flow_of)


def flow_cells(loaded: Loaded, found: Flow) -> list[list[HeatCell]]:
    """The last twelve months, the newest first."""
    rows = []
    for month, counts in list(found.by_month.tail(MONTHS).iterrows())[::-1]:
        assert isinstance(month, date)
        label = month_of(month).label
        cells = [_cell(loaded, month, kind, counts[kind]) for kind in COLUMNS]
        rows.append([HeatCell(label, "name"), *cells])
    return rows


def _cell(loaded: Loaded, month: date, kind: str, count: Any) -> HeatCell:
    label = month_of(month).label
    if pd.isna(count):
        return HeatCell("–", "", f"{label} is not over in the book: not known yet.")
    words = f"{label}: {int(count):,} customers {MEANS[kind]}."
    if not count:
        return HeatCell("·", "", words)
    return HeatCell(f"{int(count):,}", "", words, payload=_behind(loaded, month, kind))


def _behind(loaded: Loaded, month: date, kind: str) -> Callable[[], tuple[list[int], str]]:
    def found() -> tuple[list[int], str]:
        facts = loaded.figures.facts
        word = "Customers of" if kind == "customers" else f"{kind.capitalize()} in"
        return customer_ids(facts, flow_members(facts, month, kind)), f"{word} {month_of(month).label}"

    return found


class FlowCard(PartCard):
    """Who is new, who comes back, who is lost; each cell opens its customers."""

    part, missing_title = FLOW, "new and returning customers"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "New and returning customers", "Double-click or Enter opens them")
        self.customers = MiniFigure("Customers kept")
        self.net, self.gross = MiniFigure("Net revenue kept"), MiniFigure("Gross revenue kept")
        self.kept = (self.customers, self.net, self.gross)
        row = hbox(gap=12)
        for figure in self.kept:
            row.addWidget(figure, 1)
        self.missing = TextLabel("", "small", tone="muted", wrap=True)
        self.grid = HeatTable("New and returning customers", HeatShape(name=88, least_width=62, least_row=22))
        self.grid.setMinimumHeight(28 + MONTHS * 22)
        self.grid.opened.connect(self.open_customers)
        self.content.addLayout(row)
        self.content.addWidget(self.missing)
        self.content.addWidget(self.grid, 1)
        self.content.addWidget(TextLabel(NOTE, "small", tone="muted", wrap=True))

    def has_content(self, *, shown: bool) -> None:
        """Leave the word to the triangle where nobody ordered."""
        self.setVisible(shown or not isinstance(self.parts.found(self.part.key), NotEnough))

    def fill(self, loaded: Loaded, found: Flow) -> None:
        """Show months and what stayed."""
        self.grid.set_cells(TITLES, flow_cells(loaded, found))
        kept = found.kept
        self.missing.setVisible(isinstance(kept, NotEnough))
        for figure in self.kept:
            figure.setVisible(not isinstance(kept, NotEnough))
        if isinstance(kept, NotEnough):
            self.missing.setText(f"Revenue kept from the period before: {kept.text}")
            return
        numbers = numbers_of(loaded.figures)
        for figure, share, words in zip(
            self.kept, (kept.customers, kept.net, kept.gross), kept_words(kept, numbers), strict=True
        ):
            figure.set_figure(percent(share.value, numbers), f"of {kept.before.label}")
            figure.setToolTip(words)


def kept_words(kept: RevenueRetention, numbers: Numbers) -> tuple[str, str, str]:
    """How customers, net and gross revenue retention are worked out."""
    again, then, now = kept.customers, kept.before.label, kept.now.label
    before, stayed = numbers.money(kept.net.denominator), numbers.money(kept.gross.numerator)
    customers = f"Of {again.denominator:,} customers who ordered in {then}, {again.numerator:,} ordered again in {now}."
    since = numbers.money(kept.net.numerator)
    net = f"Net revenue retention: customers of {then} brought {before} then and {since} in "
    gross = (
        f"Gross revenue retention: the same {before}, {stayed} stayed when no customer counts for more than "
    )
    return customers, f"{net}{now}. New customers do not count.", f"{gross}before."
