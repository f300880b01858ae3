"""Can you act on it? Six checks that tell whether a segment is worth a plan."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
import pandas as pd

from core.money import to_decimal
from core.period import month_label
from core.segments.field import ATTRIBUTE, CUSTOMER
from core.segments.method import Flags, MethodInput, as_text
from core.segments.movement import Standing
from core.segments.rule import Rule, fields_used
from core.segments.rule_match import folded
from core.segments.rule_text import money_text
from core.segments.totals import total_of

LEAST_CUSTOMERS = 10
LEAST_KNOWN = 90  # % of the customers with every value that the rule asks for
LEAST_PROFIT = 1  # % of the gross profit of all customers
LEAST_REACHED = 80  # % of the members with an e-mail address, and with consent
LEAST_STAYED = 75  # % of the members of the last close
_YES = {"yes", "y", "true", "1", "granted", "given", "opted in", "opt-in", "ja", "oui"}


@dataclass(frozen=True)
class Check:
    """One check: passed, not passed, or None where nothing can judge it. `count` of `size` hold."""

    key: str
    label: str
    passed: bool | None
    sentence: str
    threshold: str
    count: int | None = None
    size: int | None = None


def checks(
    rows: Flags,
    given: MethodInput,
    *,
    judged: Flags,
    rule: Rule | None = None,
    name: str = "",
    last_close: Standing | None = None,
) -> list[Check]:
    """Return the six checks of a segment; `rows` are its members, `judged` all customers with orders."""
    return [
        _data_complete(given, judged, rule),
        _large_enough(rows),
        _worth_the_effort(rows, given),
        _reachable(rows, given),
        _consent(rows, given),
        _stable(rows, given, name, last_close),
    ]


def passed_of(found: Iterable[Check]) -> str:
    """Return '5 of 6'; checks that cannot be judged do not pass."""
    listed = list(found)
    return f"{sum(check.passed is True for check in listed)} of {len(listed)}"


def _data_complete(given: MethodInput, judged: Flags, rule: Rule | None) -> Check:
    key, label, threshold = "complete", "Data complete", f"at least {LEAST_KNOWN}% of the customers"
    keys = fields_used(rule) if rule else ()
    known = judged.copy()
    for used in keys:
        known &= _filled(given.column(used))
    count, size = int(known.sum()), int(judged.sum())
    if not keys:
        return Check(key, label, True, "no rule asks for a field", threshold, size, size)
    if not size:
        return Check(key, label, None, "no customer has an order yet", threshold, 0, 0)
    text = (
        "all fields used are filled"
        if count == size
        else f"{count} of {size} customers have every field used"
    )
    return Check(key, label, 100 * count >= LEAST_KNOWN * size, text, threshold, count, size)


def _filled(column: "pd.Series[Any]") -> Flags:
    if pd.api.types.is_numeric_dtype(column.dtype) or column.dtype.kind == "M":
        return column.notna().to_numpy(np.bool_)
    codes, uniques = pd.factorize(column.to_numpy(dtype=object), use_na_sentinel=True)
    filled = np.array(
        [*(bool(as_text(value)) for value in uniques), False], np.bool_
    )  # the last is for code -1
    return filled[codes]


def _large_enough(rows: Flags) -> Check:
    size = int(rows.sum())
    text = f"{_customers(size)}, minimum {LEAST_CUSTOMERS}"
    threshold = f"at least {LEAST_CUSTOMERS} customers"
    return Check("large", "Large enough", size >= LEAST_CUSTOMERS, text, threshold, size, size)


def _worth_the_effort(rows: Flags, given: MethodInput) -> Check:
    key, label = "worth", "Worth the effort"
    threshold = f"at least {LEAST_PROFIT}% of the gross profit of all customers"
    own, every = (total_of(part, given.metrics) for part in (rows, np.ones(len(rows), np.bool_)))
    if own.gross_profit is None:
        text = f"gross profit known for {own.known['gross_profit']} of {own.customers}"
        return Check(key, label, None, text, threshold)
    amount = Decimal(round(to_decimal(own.gross_profit, given.exponent)))
    text = f"{money_text(amount, given.currency)} gross profit"
    whole = every.gross_profit
    enough = own.gross_profit > 0 and (whole is None or 100 * own.gross_profit >= LEAST_PROFIT * whole)
    return Check(key, label, enough, text, threshold)


def _reachable(rows: Flags, given: MethodInput) -> Check:
    reached = int((_filled(given.column(CUSTOMER + "email")) & rows).sum())
    return _share("reachable", "Reachable", reached, int(rows.sum()), "have e-mail")


def _consent(rows: Flags, given: MethodInput) -> Check:
    column = next((name for name in given.attributes if "consent" in folded(str(name))), None)
    if column is None:
        text, threshold = "consent is not recorded in this book", f"at least {LEAST_REACHED}%"
        return Check("consent", "Consent to market", None, text, threshold)
    values = given.column(f"{ATTRIBUTE}{column}").tolist()
    agreed = np.array([folded(as_text(value)) in _YES for value in values], np.bool_)
    return _share("consent", "Consent to market", int((agreed & rows).sum()), int(rows.sum()), "agreed")


def _share(key: str, label: str, count: int, size: int, words: str) -> Check:
    threshold = f"at least {LEAST_REACHED}% of the members"
    passed = 100 * count >= LEAST_REACHED * size if size else None
    return Check(key, label, passed, f"{count} of {size} {words}", threshold, count, size)


def _stable(rows: Flags, given: MethodInput, name: str, last_close: Standing | None) -> Check:
    key, label = "stable", "Stable"
    threshold = f"at least {LEAST_STAYED}% of the members at the last close"
    if last_close is None:
        return Check(key, label, None, "no earlier close to compare with", threshold)
    earlier = _members(last_close.members, name)
    month = month_label(last_close.as_of)
    if not earlier:
        return Check(key, label, None, f"nobody was here in {month}", threshold, 0, 0)
    now = set(given.customers["customer_id"].to_numpy(np.int64)[rows].tolist())
    stayed = len(earlier & now)
    text = f"{stayed} of {len(earlier)} stayed since {month}"
    return Check(
        key, label, 100 * stayed >= LEAST_STAYED * len(earlier), text, threshold, stayed, len(earlier)
    )


def _members(members: Mapping[int, str], name: str) -> set[int]:
    return {customer for customer, segment in members.items() if segment == name}


def _customers(count: int) -> str:
    return f"{count} customer" if count == 1 else f"{count} customers"
