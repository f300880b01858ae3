"""Can you act on it? Six checks with their thresholds."""

from datetime import date

import numpy as np
import pytest

from core.segments.actionable import Check, checks, passed_of
from core.segments.movement import Standing
from core.segments.rule import Comparison, Condition, all_of
from tests.core.segments.frames import customers

RULE = all_of(
    Condition("recency_days", Comparison.AT_LEAST, ("30",)), Condition("attribute.Type", Comparison.KNOWN)
)
SIZE = 20
TABLE = customers(
    SIZE,
    {"recency_days": [40] * SIZE, "gross_profit": [1000] * SIZE},
    {"Type": ["Café"] * SIZE, "Marketing consent": ["yes"] * 8 + ["no"] * 12},
    {"email": ["a@example.org"] * 9 + [""] * 11},
)
EVERYBODY = np.ones(SIZE, np.bool_)
FIRST_TEN = np.arange(SIZE) < 10
SEPTEMBER = Standing(
    date(2026, 9, 30), (), {101: "Quiet", 102: "Quiet", 103: "Quiet", 120: "Quiet", 104: "Loud"}, {}
)


def found(rows: np.ndarray = FIRST_TEN, last_close: Standing | None = SEPTEMBER) -> dict[str, Check]:
    made = checks(rows, TABLE, judged=EVERYBODY, rule=RULE, name="Quiet", last_close=last_close)
    return {check.key: check for check in made}


@pytest.mark.parametrize(
    ("key", "passed", "sentence"),
    [
        ("complete", True, "all fields used are filled"),
        ("large", True, "10 customers, minimum 10"),
        ("worth", True, "$100 gross profit"),
        ("reachable", True, "9 of 10 have e-mail"),
        ("consent", True, "8 of 10 agreed"),
        ("stable", True, "3 of 4 stayed since Sep 2026"),
    ],
)
def test_a_segment_that_can_be_acted_on(key: str, passed: bool, sentence: str) -> None:
    assert (found()[key].passed, found()[key].sentence) == (passed, sentence)
    assert passed_of(found().values()) == "6 of 6"


@pytest.mark.parametrize(
    ("key", "passed", "sentence"),
    [
        ("large", False, "1 customer, minimum 10"),
        ("reachable", False, "0 of 1 have e-mail"),
        ("consent", False, "0 of 1 agreed"),
        ("stable", False, "1 of 4 stayed since Sep 2026"),
        ("worth", True, "$10 gross profit"),
    ],
)
def test_a_single_customer_is_too_few(key: str, passed: bool, sentence: str) -> None:
    last_one = np.arange(SIZE) == SIZE - 1
    assert (found(last_one)[key].passed, found(last_one)[key].sentence) == (passed, sentence)


def test_an_empty_segment_cannot_be_reached() -> None:
    nobody = found(np.zeros(SIZE, np.bool_))
    assert (nobody["reachable"].passed, nobody["worth"].passed, nobody["large"].passed) == (
        None,
        False,
        False,
    )


def test_what_was_never_closed_cannot_be_stable() -> None:
    assert found(last_close=None)["stable"].sentence == "no earlier close to compare with"
    other = Standing(date(2026, 9, 30), (), {101: "Loud"}, {})
    assert (found(last_close=other)["stable"].passed, found(last_close=other)["stable"].sentence) == (
        None,
        "nobody was here in Sep 2026",
    )
    assert passed_of(found(last_close=None).values()) == "5 of 6"


def test_missing_values_are_counted_among_all_customers() -> None:
    table = customers(10, {"recency_days": [40] * 9 + [None]}, {"Type": ["Café"] * 8 + [" ", "Bar"]})
    made = checks(np.ones(10, np.bool_), table, judged=np.ones(10, np.bool_), rule=RULE)
    assert (made[0].passed, made[0].sentence) == (False, "8 of 10 customers have every field used")
    assert (made[2].passed, made[2].sentence) == (None, "gross profit known for 0 of 10")
    assert made[4].sentence == "consent is not recorded in this book"


def test_without_a_rule_no_field_is_asked_for() -> None:
    made = checks(EVERYBODY, TABLE, judged=EVERYBODY)
    assert (made[0].passed, made[0].sentence) == (True, "no rule asks for a field")


def test_a_book_without_orders_has_nothing_to_judge() -> None:
    made = checks(EVERYBODY, TABLE, judged=~EVERYBODY, rule=RULE)
    assert (made[0].passed, made[0].sentence) == (None, "no customer has an order yet")
