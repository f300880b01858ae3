"""The figures of a book for one period: what every page, report and command starts from."""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.analysis.allocation import Allocation, allocate_pools
from core.analysis.facts import Facts, default_period, load_facts
from core.analysis.metric_shelf import customer_metrics
from core.analysis.profit_ladder import Ladder, ladder_with
from core.period import Period
from core.progress import SILENT, Progress
from core.store.book import Book
from core.store.settings import read_settings


@dataclass(frozen=True, eq=False)
class Figures:
    """Facts, what they cost to serve, the profit ladder and every customer's metrics, for one period."""

    settings: dict[str, str]
    facts: Facts
    allocation: Allocation
    ladder: Ladder
    metrics: pd.DataFrame  # one row a customer as in facts.customers, one column a metric

    @property
    def currency(self) -> str:
        """The book's currency."""
        return self.facts.currency

    @property
    def exponent(self) -> int:
        """How many decimals the currency has."""
        return self.facts.exponent


def load_figures(
    book: Book, period: Period | None = None, as_of: date | None = None, *, progress: Progress = SILENT
) -> Figures:
    """Work out the figures of a period; by default of the 12 months to the latest month with documents.

    `as_of` is the day that counts as today, by default the last day of the period (of the book's last month for all).
    """
    usual, last_day = default_period(book)
    period = period or usual
    as_of = as_of or (last_day if period.is_everything else period.end)
    progress.step("Reading the book")
    facts = load_facts(book, period, as_of)
    progress.step("Sharing out the cost to serve")
    allocation = allocate_pools(facts)
    progress.step("Working out what every customer earns")
    ladder = ladder_with(facts, allocation)
    return Figures(read_settings(book.connection), facts, allocation, ladder, customer_metrics(facts))


def report_period(month: Period) -> Period:
    """Return the 12 months that a monthly report looks at: those that end with its month."""
    return Period(month.shift(-11).start, month.end) if month.month_count == 1 else month
