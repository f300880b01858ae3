"""Who moved between two days: a matrix in customers and in money, tied to opening and closing."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

import pandas as pd

from core.segments.field import Field
from core.segments.membership import Membership
from core.segments.method import PROSPECTS, SegmentSpec
from core.segments.rule_match import figures_of
from core.unit import Unit

Cell = tuple[str, str]  # from, to; "" before joining and after leaving
Row = tuple[int, ...]


@dataclass(frozen=True)
class Standing:
    """Where customers belonged on a day, and their net revenue then, by customer id."""

    as_of: date
    segments: tuple[SegmentSpec, ...]
    members: Mapping[int, str]
    money: Mapping[int, int]


@dataclass(frozen=True)
class Movement:
    """From rows to columns. Money is net revenue in minor units, as it stood before and stands after."""

    before: date
    after: date
    segments: tuple[SegmentSpec, ...]  # the best first
    cells: Mapping[Cell, tuple[int, ...]]  # customer ids
    money_before: Mapping[Cell, int]
    money_after: Mapping[Cell, int]

    def customers(self, start: str, end: str) -> int:
        """How many customers went from one segment to the other; '' is outside."""
        return len(self.cells.get((start, end), ()))

    def opening(self, segment: str) -> int:
        """How many customers were there before."""
        return sum(len(ids) for (start, _), ids in self.cells.items() if start == segment)

    def closing(self, segment: str) -> int:
        """How many customers are there after."""
        return sum(len(ids) for (_, end), ids in self.cells.items() if end == segment)

    def opening_money(self, segment: str) -> int:
        """Net revenue of the customers who were there, as of before."""
        return sum(amount for (start, _), amount in self.money_before.items() if start == segment)

    def closing_money(self, segment: str) -> int:
        """Net revenue of the customers who are there, as of after."""
        return sum(amount for (_, end), amount in self.money_after.items() if end == segment)

    @property
    def joined(self) -> int:
        """Customers who were not there before."""
        return self.opening("")

    @property
    def left(self) -> int:
        """Customers who are no longer there."""
        return self.closing("")

    @property
    def stayed(self) -> int:
        """Customers in the same segment as before."""
        return sum(self.customers(segment.name, segment.name) for segment in self.segments)

    @property
    def moved_up(self) -> int:
        """Customers who moved to a better segment."""
        return sum(len(ids) for (start, end), ids in self.cells.items() if self.direction(start, end) > 0)

    @property
    def moved_down(self) -> int:
        """Customers who moved to a worse segment."""
        return sum(len(ids) for (start, end), ids in self.cells.items() if self.direction(start, end) < 0)

    @property
    def total_before(self) -> int:
        """All customers before."""
        return sum(self.opening(segment.name) for segment in self.segments)

    @property
    def total_after(self) -> int:
        """All customers after."""
        return sum(self.closing(segment.name) for segment in self.segments)

    def direction(self, start: str, end: str) -> int:
        """Return 1 for a move up, -1 for a move down, 0 for none, joining and leaving."""
        place = {segment.name: rank for rank, segment in enumerate(self.segments)}
        if start == end or start not in place or end not in place:
            return 0
        return 1 if place[end] < place[start] else -1

    @property
    def sentence(self) -> str:
        """The movement in words: '22 moved up, 27 moved down, 8 joined, 0 left, 147 stayed'."""
        return (
            f"{self.moved_up} moved up, {self.moved_down} moved down, {self.joined} joined, "
            f"{self.left} left, {self.stayed} stayed"
        )


def standing_of(membership: Membership, metrics: pd.DataFrame) -> Standing:
    """Return where the customers with orders belong, from a membership worked out now."""
    numbers, _ = figures_of(metrics["net_revenue"], Field("net_revenue", "Net revenue", Unit.MONEY))
    taking_part = membership.judged()
    ids = membership.customer_ids[taking_part].tolist()
    names = [membership.segments[code].name for code in membership.codes[taking_part].tolist()]
    money = dict(zip(ids, numbers[taking_part].tolist(), strict=True))
    segments = tuple(segment for segment in membership.segments if segment.name != PROSPECTS)
    return Standing(membership.as_of, segments, dict(zip(ids, names, strict=True)), money)


def movement_between(before: Standing, after: Standing) -> Movement:
    """Return who moved from where to where."""
    cells: dict[Cell, list[int]] = {}
    for customer in sorted({*before.members, *after.members}):
        cell = (before.members.get(customer, ""), after.members.get(customer, ""))
        cells.setdefault(cell, []).append(customer)
    return Movement(
        before.as_of,
        after.as_of,
        _ranked(before, after),
        {cell: tuple(ids) for cell, ids in cells.items()},
        {cell: _sum(ids, before.money) for cell, ids in cells.items()},
        {cell: _sum(ids, after.money) for cell, ids in cells.items()},
    )


def _sum(ids: Iterable[int], money: Mapping[int, int]) -> int:
    return sum(money.get(customer, 0) for customer in ids)


def _ranked(before: Standing, after: Standing) -> tuple[SegmentSpec, ...]:
    """Return the segments of both days, the best first; today's description wins."""
    used = {*before.members.values(), *after.members.values()}
    specs = {segment.name: segment for segment in (*before.segments, *after.segments)}
    specs |= {name: SegmentSpec(name, 0, rank=len(specs)) for name in sorted(used - set(specs))}
    standing = {segment.name for segment in after.segments} | used
    kept = [segment for name, segment in specs.items() if name in standing]
    return tuple(sorted(kept, key=lambda segment: (segment.rank, segment.name)))
