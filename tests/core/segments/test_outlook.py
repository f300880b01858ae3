"""When a customer changes segment if nothing is bought."""

from dataclasses import replace

import pandas as pd
import pytest

from core.segments.field import Field
from core.segments.method import Definition, MethodInput, SegmentSpec
from core.segments.outlook import next_change
from core.segments.ready_made import READY_MADE
from core.segments.rule import Comparison, Condition
from core.segments.scheme import Scheme
from core.unit import Unit
from tests.core.segments.frames import customers

BEHAVIOUR = READY_MADE[0]


def customer(recency: int | None, *, tenure: int | None = 1241, gap: int | None = 7) -> MethodInput:
    values = {"recency_days": recency, "tenure_days": tenure, "median_interpurchase_days": gap, "orders": 9}
    return customers(1, {key: [value] for key, value in values.items()})


@pytest.mark.parametrize(
    ("recency", "tenure", "gap", "sentence"),
    [
        (125, 1241, 7, "Becomes Dormant in 26 days without an order"),  # 151 is more than 150
        (10, 1241, 7, "Becomes At risk in 20 days without an order"),  # 30 days, and more than twice 7
        (10, 1241, 40, "Becomes At risk in 71 days without an order"),  # 81 is more than twice 40
        (150, 1241, 7, "Becomes Dormant in 1 day without an order"),
        (5, 60, 20, "Becomes Occasional in 31 days without an order"),  # 91 days after the first order
    ],
)
def test_time_alone_moves_a_customer_on(recency: int, tenure: int, gap: int, sentence: str) -> None:
    found = next_change(BEHAVIOUR, customer(recency, tenure=tenure, gap=gap), 0)
    assert found is not None
    assert found.sentence == sentence


def test_who_is_dormant_stays_dormant() -> None:
    assert next_change(BEHAVIOUR, customer(200), 0) is None
    assert next_change(BEHAVIOUR, customer(None, tenure=None, gap=None), 0) is None


def test_rules_that_never_ask_for_time_foresee_nothing() -> None:
    assert next_change(READY_MADE[1], customer(125), 0) is None
    rule = Condition("orders", Comparison.AT_LEAST, ("3",))
    scheme = Scheme(
        "o", "Orders", "rules", Definition((SegmentSpec("Many", 0, rule=rule), SegmentSpec("Few", 1)))
    )
    assert next_change(scheme, customer(125), 0) is None


def test_lateness_grows_with_the_days() -> None:
    rule = Condition("lateness", Comparison.AT_LEAST, ("3",))
    scheme = Scheme(
        "l", "Late", "rules", Definition((SegmentSpec("Late", 6, rule=rule), SegmentSpec("Fine", 1)))
    )
    given = customer(14)
    late = replace(
        given,
        metrics=given.metrics.assign(lateness=pd.Series([2.0], dtype="Float64")),
        fields=given.fields | {"lateness": Field("lateness", "Lateness", Unit.NUMBER)},
    )
    found = next_change(scheme, late, 0)
    assert found is not None
    assert (found.days, found.segment.name) == (7, "Late")  # 21 is three times 7
