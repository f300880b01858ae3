"""Single values of purchase patterns in JSON: shares, cuts, columns, and what there is too little of."""

import math
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.money import plain
from ui.cli_output import is_unknown

Found = TypeVar("Found")
_DIGITS = 28  # of a cut between two amounts that has no end


def or_missing(found: Found | NotEnough, as_json: Callable[[Found], Any]) -> Any:
    """Return what was found as JSON, or how much history is missing."""
    return missing_json(found) if isinstance(found, NotEnough) else as_json(found)


def missing_json(missing: NotEnough) -> dict[str, object]:
    """Say how much there is, how much would be enough, and of what."""
    return {"not_enough": {"have": missing.have, "need": missing.need, "what": missing.what}}


def share_json(share: Share | None) -> dict[str, int] | None:
    """Numerator and denominator of counts; None where the cell is not reached."""
    return None if share is None else {"numerator": share.numerator, "denominator": share.denominator}


def money_share_json(share: Share, exponent: int) -> dict[str, str]:
    """Numerator and denominator of amounts."""
    return {
        "numerator": plain(share.numerator, exponent),
        "denominator": plain(share.denominator, exponent),
    }


def number(value: Any) -> float | int | None:
    """A number as JSON can hold it: unknown, not a number and endless are null."""
    if is_unknown(value):
        return None
    if isinstance(value, int | np.integer):
        return int(value)
    return float(value) if math.isfinite(value) else None


def exact(cut: Fraction | int) -> int | float:
    """A cut between days or orders."""
    cut = Fraction(cut)
    return int(cut) if cut.denominator == 1 else float(cut)


def money_cut(cut: Fraction | int, exponent: int) -> str:
    """A cut between amounts, given in minor units; it may lie between two of them."""
    cut = Fraction(cut)
    if cut.denominator == 1:
        return plain(int(cut), exponent)
    with localcontext() as context:
        context.prec = _DIGITS
        return f"{(Decimal(cut.numerator) / cut.denominator).scaleb(-exponent):f}"


def column(values: "pd.Series[Any]", *, exponent: int | None = None) -> list[Any]:
    """The cells of a column; `exponent` is given for minor units."""
    return [_cell(value, exponent) for value in values.tolist()]


def _cell(value: Any, exponent: int | None) -> Any:
    if is_unknown(value) or value is pd.NaT:
        return None
    if exponent is not None:
        return plain(int(value), exponent)
    if isinstance(value, datetime):
        return value.date().isoformat()
    return value if isinstance(value, str) else number(value)


def by_name(facts: Facts) -> list[int]:
    """Rows of `facts.customers` by name."""
    names = customer_names(facts)
    return sorted(range(len(names)), key=lambda row: (names[row], row))


def customer_names(facts: Facts) -> list[str]:
    """Name of each row of `facts.customers`."""
    return [str(name) for name in facts.customers["name"]]


def item_names(facts: Facts) -> list[str]:
    """Name of each item, its code where it has none."""
    pairs = zip(facts.items["name"], facts.items["code"], strict=True)
    return [str(name or code or "") for name, code in pairs]
