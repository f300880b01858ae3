"""The contract of a section: it asks the context and yields blocks; it knows no page and no cell."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from core.analysis.allocation import Allocation
from core.analysis.facts import Facts
from core.analysis.loss_reasons import LossReasons, loss_reasons
from core.analysis.patterns.monthly import BoughtAgain
from core.analysis.profit_ladder import Ladder
from core.analysis.sums import Flags, Ints
from core.analysis.tie_out_result import TieOut
from core.period import Period
from core.segments.membership import Membership
from core.segments.movement import Movement
from core.segments.totals import SegmentTotal
from core.store.imports import StoredImport
from core.store.pools import CostPool
from core.usecases.commentary import Commentary
from core.usecases.figures import Figures
from reports.content import Block, Branding
from reports.numbers import Numbers


@dataclass(frozen=True)
class Measure:
    """The furthest rung of the ladder that the book can tell, and how it is called."""

    key: str  # "contribution", "gross_profit", "net_revenue"
    label: str  # "Net contribution"

    @property
    def name(self) -> str:
        """The label within a sentence."""
        return self.label[:1].lower() + self.label[1:]

    @property
    def is_profit(self) -> bool:
        """Whether any cost is taken off."""
        return self.key != "net_revenue"


CONTRIBUTION = Measure("contribution", "Net contribution")
GROSS_PROFIT = Measure("gross_profit", "Gross profit")
NET_REVENUE = Measure("net_revenue", "Net revenue")


@dataclass(frozen=True, eq=False)
class YearBefore:
    """The period of equal length before, where the book reaches back to its start."""

    facts: Facts
    allocation: Allocation
    ladder: Ladder
    active: Flags  # who ordered then, by row of the customers


@dataclass(frozen=True, eq=False)
class Context:
    """Everything that a section may ask. Rows are those of `figures.facts.customers`."""

    month: Period
    figures: Figures
    before: YearBefore | None
    again: BoughtAgain | None
    tie_out: TieOut
    membership: Membership
    totals: tuple[SegmentTotal, ...]  # every segment with somebody in it, the best first
    grand: SegmentTotal
    movement: Movement | None  # since the last close before the day of the figures
    active: Flags  # who ordered in the period
    pools: tuple[CostPool, ...]
    imports: tuple[StoredImport, ...]
    restated: int  # customers whose figures changed after this month was closed
    branding: Branding
    fingerprint: str
    comments: Mapping[str, Commentary] = field(default_factory=dict)
    chosen_segment: str = ""  # for the profile; "" lets the figures choose

    @property
    def facts(self) -> Facts:
        """What the figures were worked out from."""
        return self.figures.facts

    @property
    def period(self) -> Period:
        """What the figures add up."""
        return self.figures.facts.period

    @cached_property
    def numbers(self) -> Numbers:
        """Writes amounts in sentences."""
        return Numbers(self.figures.currency, self.figures.exponent)

    def money(self, minor: int) -> str:
        """An amount in whole units."""
        return self.numbers.money(minor)

    @cached_property
    def reasons(self) -> LossReasons:
        """What explains a loss."""
        return loss_reasons(self.figures.ladder, self.figures.allocation)

    @property
    def active_count(self) -> int:
        """How many customers ordered in the period."""
        return int(self.active.sum())

    @property
    def has_sales(self) -> bool:
        """Whether any customer has a document in the period."""
        return bool((self.figures.ladder.by_customer[["gross_sales", "net_revenue"]] != 0).any(axis=None))

    @property
    def measure(self) -> Measure:
        """What is called profit in this report: the furthest rung that is known for all customers."""
        rungs = self.figures.ladder.customers
        if rungs.contribution is not None:
            return CONTRIBUTION
        return NET_REVENUE if rungs.gross_profit is None else GROSS_PROFIT

    @property
    def measured(self) -> int:
        """The measure over all customers."""
        return int(getattr(self.figures.ladder.customers, self.measure.key))

    @property
    def unknown_cost_share(self) -> float | None:
        """The part of sales to customers whose cost nobody knows; None where nothing was sold."""
        coverage = self.figures.ladder.customers.cost_coverage
        return None if coverage is None else 1 - coverage

    def column(self, key: str) -> Ints:
        """A metric that is known for all customers, as whole numbers by row."""
        values: Ints = self.figures.metrics[key].to_numpy(dtype=np.int64)
        return values

    def sums(self, key: str) -> list[int | None]:
        """A sum of each segment; None where unknown."""
        return [total.sums[key] for total in self.totals]


@dataclass(frozen=True)
class SectionSpec:
    """One section. `title` may name what it shows; the table of contents and the bookmarks print it."""

    key: str
    order: int
    title: Callable[[Context], str]
    build: Callable[[Context], Iterator[Block]]
