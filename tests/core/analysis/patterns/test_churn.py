from datetime import date, timedelta

import pandas as pd
import pytest

from core.analysis.patterns.churn import ChurnRisk, Risk, churn_risk
from core.analysis.patterns.not_enough import NotEnough
from tests.core.builders import BookBuilder

TODAY = date(2026, 10, 31)


def weekly(builder: BookBuilder, name: str, *, silent: int, orders: int = 4) -> None:
    """A customer who ordered every ten days, the last time so many days ago."""
    customer = builder.customer(name)
    for number in range(orders):
        builder.document((TODAY - timedelta(days=silent + 10 * number)).isoformat(), customer, (100, None))


def chances(*values: float | None) -> "pd.Series[float]":
    return pd.Series(values, dtype="Float64")


def risks(found: ChurnRisk) -> list[str | None]:
    return [None if pd.isna(risk) else str(risk) for risk in found.risk]


def test_lateness_against_the_own_cadence_makes_three_classes(builder: BookBuilder) -> None:
    for silent in (0, 15, 16, 30, 31):
        weekly(builder, f"Silent {silent}", silent=silent)
    found = churn_risk(builder.facts())
    assert risks(found) == ["low", "low", "medium", "medium", "high"]
    assert [found.count(risk) for risk in Risk] == [2, 2, 1]
    assert found.evidence(4) == "The last order was 31 days ago, 3.1 times the usual gap of 10 days."


@pytest.mark.parametrize(
    ("silent", "chance", "risk"),
    [
        (5, 0.9, "low"),
        (5, 0.7, "low"),
        (5, 0.69, "medium"),
        (5, 0.29, "high"),
        (40, 0.9, "high"),
        (20, 0.3, "medium"),
    ],
)
def test_the_worse_of_lateness_and_model_counts(
    builder: BookBuilder, silent: int, chance: float, risk: str
) -> None:
    weekly(builder, "Ann", silent=silent)
    assert risks(churn_risk(builder.facts(), chances(chance))) == [risk]


def test_the_evidence_names_the_chance_of_the_model(builder: BookBuilder) -> None:
    weekly(builder, "Ann", silent=1, orders=2)
    found = churn_risk(builder.facts(), chances(0.22))
    assert found.evidence(0) == (
        "The last order was 1 day ago. The model gives a chance of 22% to be still buying."
    )


def test_too_little_history_has_no_class_but_says_how_much_is_enough(builder: BookBuilder) -> None:
    weekly(builder, "A: two orders", silent=50, orders=2)
    weekly(builder, "B: one order", silent=50, orders=1)
    builder.document("2026-10-01", builder.customer("C: only a credit"), (-100, None), kind="credit note")
    found = churn_risk(
        builder.facts(), chances(None, 1.0, None)
    )  # a model is sure of one-time buyers by assumption
    assert risks(found) == [None, None, None]
    assert found.evidence(0) == NotEnough(2, 3, "days with an order")
    assert found.evidence(1) == NotEnough(1, 3, "days with an order")
    assert found.evidence(2) == NotEnough(0, 3, "days with an order")
