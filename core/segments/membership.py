"""Who belongs where: a scheme applied to all customers of a book, with what was moved by hand.

A scheme divides all customers of the book. The method judges those with at least one sale (invoice or sales
receipt) up to the as-of date. The others have nothing to be judged by and stand together as 'No orders yet',
which is shown only where there are any and takes no part in movement: a customer joins with the first sale.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.segments.field import Fields
from core.segments.method import (
    PALETTE_SIZE,
    PROSPECTS,
    Flags,
    MethodInput,
    Positions,
    Reason,
    SegmentSpec,
)
from core.segments.method_shelf import method_named
from core.segments.rule_reasons import one_line
from core.segments.scheme import Scheme


@dataclass(frozen=True)
class Override:
    """A customer moved by hand. From `expires` on the rules decide again."""

    scheme_key: str
    customer_id: int
    segment: str
    reason: str
    author: str
    created: str  # ISO
    expires: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it still counts on this day."""
        return self.expires is None or day < self.expires


@dataclass(frozen=True)
class Membership:
    """Where each customer of the book belongs. Rows are those of `facts.customers`."""

    scheme: Scheme
    as_of: date
    segments: tuple[SegmentSpec, ...]
    codes: Positions  # a position in `segments` for each customer
    by_rule: Positions  # the same before anybody was moved by hand
    customer_ids: Positions
    overrides: Mapping[int, Override]  # by row: those that count
    unplaced: tuple[Override, ...]  # their segment or customer is no longer there
    note: str
    explain: Callable[[int], list[Reason]] = field(repr=False)

    def __len__(self) -> int:
        """How many customers there are."""
        return len(self.codes)

    def segment_of(self, row: int) -> SegmentSpec:
        """Return the segment of a customer."""
        return self.segments[int(self.codes[row])]

    def origin(self, row: int) -> str:
        """Return 'rule' or 'manual'."""
        return "manual" if row in self.overrides else "rule"

    def why(self, row: int) -> list[Reason]:
        """Return why the customer is here, with the customer's own values."""
        override = self.overrides.get(row)
        if override is None:
            return self.explain(row)
        until = f", until {override.expires}" if override.expires else ""
        moved = Reason(f"Moved here by {override.author}{until}: {override.reason}", holds=True)
        ruled = Reason(f"The rules say {self.segments[int(self.by_rule[row])].name}", holds=None)
        return [moved, ruled]

    def why_line(self, row: int) -> str:
        """Return why the customer is here, in one line."""
        return one_line(self.why(row))

    def row_of(self, customer_id: int) -> int | None:
        """Return the row of a customer, None for one who is not in the book."""
        found = np.flatnonzero(self.customer_ids == customer_id)
        return int(found[0]) if len(found) else None

    def members(self, segment: str) -> Positions:
        """Return the rows of the customers in a segment."""
        codes = [code for code, spec in enumerate(self.segments) if spec.name == segment]
        return np.flatnonzero(np.isin(self.codes, codes)).astype(np.int64)

    def judged(self) -> Flags:
        """Return which customers take part in movement: everyone but those without an order."""
        return np.array([spec.name != PROSPECTS for spec in self.segments], np.bool_)[self.codes]

    def frame(self) -> pd.DataFrame:
        """Return one row a customer: customer_id, segment, origin."""
        names = np.array([spec.name for spec in self.segments], object)
        origins = np.full(len(self), "rule", object)
        origins[list(self.overrides)] = "manual"
        columns = {"customer_id": self.customer_ids, "segment": names[self.codes], "origin": origins}
        return pd.DataFrame(columns)


def covered(facts: Facts) -> Flags:
    """Return which customers a method judges: those with a sale up to the as-of date."""
    return orders_of(facts).has_any


def input_of(facts: Facts, metrics: pd.DataFrame, fields: Fields) -> MethodInput:
    """Return what methods divide: every customer of the book, in the order of the facts."""
    return MethodInput(
        metrics.reset_index(drop=True),
        facts.attributes.reset_index(drop=True),
        facts.customers.reset_index(drop=True),
        fields,
        facts.exponent,
        facts.currency,
        facts.as_of,
        facts.abc_choice,
    )


def apply_scheme(
    scheme: Scheme, given: MethodInput, *, judged: Flags, overrides: Iterable[Override] = ()
) -> Membership:
    """Put every customer into one segment. Raises SchemeMistake, RuleMistake."""
    rows = np.flatnonzero(judged).astype(np.int64)
    assigned = method_named(scheme.method).assign(given.take(rows), scheme.definition)
    segments = assigned.segments if judged.all() else (*assigned.segments, _prospects(assigned.segments))
    codes = np.full(len(given), len(segments) - 1, np.int64)
    codes[rows] = assigned.codes
    ids = given.customers["customer_id"].to_numpy(np.int64)
    moved, unplaced = _moved(overrides, scheme, segments, ids, given.as_of)
    final = codes.copy()
    for row, (code, _) in moved.items():
        final[row] = code
    inner = np.cumsum(judged) - 1  # a judged customer's row among the judged ones

    def explain(row: int) -> list[Reason]:
        if not judged[row]:
            return [Reason(f"No order up to {given.as_of}", holds=True)]
        return assigned.why(int(inner[row]))

    kept = {row: override for row, (_, override) in moved.items()}
    return Membership(
        scheme, given.as_of, segments, final, codes, ids, kept, unplaced, assigned.note, explain
    )


def _prospects(segments: tuple[SegmentSpec, ...]) -> SegmentSpec:
    lowest = max((segment.rank for segment in segments), default=-1) + 1
    text = "No order in this book so far: known from a customer list, or from credit notes only."
    return SegmentSpec(PROSPECTS, PALETTE_SIZE - 1, text, rank=lowest)


def _moved(
    overrides: Iterable[Override],
    scheme: Scheme,
    segments: tuple[SegmentSpec, ...],
    ids: Positions,
    as_of: date,
) -> tuple[dict[int, tuple[int, Override]], tuple[Override, ...]]:
    place = {segment.name: code for code, segment in enumerate(segments)}
    moved, unplaced = {}, []
    for override in overrides:
        if override.scheme_key != scheme.key or not override.holds_on(as_of):
            continue
        found = np.flatnonzero(ids == override.customer_id)
        if override.segment in place and len(found):
            moved[int(found[0])] = (place[override.segment], override)
        else:
            unplaced.append(override)
    return moved, tuple(unplaced)
