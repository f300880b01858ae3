"""Customers ranked by what they earn: the top fifth, the middle, the remaining half, and those at a loss."""

import numpy as np
import pandas as pd

from core.segments.field import Fields
from core.segments.method import (
    Assignment,
    Definition,
    Flags,
    Method,
    MethodInput,
    Positions,
    Reason,
    SchemeMistake,
    SegmentSpec,
)
from core.segments.rule_match import Values, figures_of
from core.segments.rule_text import terms_of, value_text

_MEASURES = ("contribution", "gross_profit", "net_revenue")  # the first that is known for everybody
_TIERS = (
    SegmentSpec("Top 20%", 0, "The fifth of the customers that earns the most.", rank=0),
    SegmentSpec("Next 30%", 1, "The three tenths of the customers after the top fifth.", rank=1),
    SegmentSpec(
        "Remaining half", 4, "The half of the customers that earns the least, without a loss.", rank=2
    ),
    SegmentSpec("Costs money", 5, "Customers with a loss: they cost more than they bring.", rank=3),
)
_UNKNOWN = SegmentSpec("Profit unknown", 7, "Customers whose costs are not known.", rank=4)
_LIMITS = (20, 50)  # % of the customers


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    measure = _measure(given, definition)
    field = given.field(measure)
    numbers, known = figures_of(given.column(measure), field)
    ranks = _ranks(numbers, known)
    codes = _tiers(numbers, known, ranks)
    segments = _TIERS if known.all() else (*_TIERS, _UNKNOWN)
    written = given.column(measure).tolist()

    def why(row: int) -> list[Reason]:
        own = value_text(written[row], field, terms_of(given))
        if own is None:
            return [Reason(f"{field.label} is not known", holds=True)]
        return [Reason(f"{field.label} is {own}, rank {ranks[row]} of {known.sum()} customers", holds=True)]

    return Assignment(segments, codes, why, note=f"Ranked by {field.label[:1].lower()}{field.label[1:]}.")


def _measure(given: MethodInput, definition: Definition) -> str:
    named = str(definition.options.get("measure", ""))
    if named:
        return named
    known = (key for key in _MEASURES if key in given.metrics and given.metrics[key].notna().all())
    return next(known, _MEASURES[-1])


def _ranks(numbers: Values, known: Flags) -> Positions:
    """Rank the known ones from 1, the highest first; equal amounts share the better rank."""
    ranked = pd.Series(numbers).where(known).rank(method="min", ascending=False)
    return ranked.fillna(0).to_numpy().astype(np.int64)


def _tiers(numbers: Values, known: Flags, ranks: Positions) -> Positions:
    before = (ranks - 1) * 100  # customers who earn more, in hundredths
    whole = int(known.sum())
    tier = sum((before >= limit * whole).astype(np.int64) for limit in _LIMITS)
    return np.where(~known, len(_TIERS), np.where(numbers < 0, len(_TIERS) - 1, tier)).astype(np.int64)


def _check(definition: Definition, fields: Fields, exponent: int) -> None:
    del exponent
    measure = str(definition.options.get("measure", ""))
    if measure and (measure not in fields or not fields[measure].is_number):
        raise SchemeMistake(
            f"Customers cannot be ranked by '{measure}'; choose a figure such as contribution."
        )


METHOD: Method = Method(
    key="profit_tier",
    label="Profit tier",
    description="By contribution where it is known for all, else gross profit, else revenue.",
    assign=_assign,
    check=_check,
)
