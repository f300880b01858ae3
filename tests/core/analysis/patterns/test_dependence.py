from dataclasses import replace
from datetime import date
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.metric_shelf import metric_named
from core.analysis.patterns.abc_choice import AbcChoice
from core.analysis.patterns.dependence import (
    Largest,
    Reaching,
    buyers,
    concentration,
    concentration_by_year,
    herfindahl,
    largest_share,
    reaching,
    top_fifth,
)
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.share import Share
from core.errors import UsageError
from core.period import Period, parse_period
from tests.core.analysis.patterns.made_facts import Sale, made_facts

amounts = st.lists(st.integers(-(10**6), 10**6), max_size=15)


@given(amounts)
def test_herfindahl_is_the_sum_of_squared_shares(values: list[int]) -> None:
    positive = [max(0, value) for value in values]
    total = sum(positive)
    expected = sum((Fraction(value, total) ** 2 for value in positive), Fraction()) if total else None
    assert herfindahl(np.array(values, dtype=np.int64)) == expected


def test_herfindahl_of_known_markets() -> None:
    assert herfindahl(np.array([100])) == 1
    assert herfindahl(np.array([25, 25, 25, 25])) == Fraction(1, 4)
    assert herfindahl(np.array([50, 30, 20])) == Fraction("0.38")


@given(amounts, st.integers(1, 100))
def test_no_fewer_customers_reach_the_percent(values: list[int], percent: int) -> None:
    found = reaching(np.array(values, dtype=np.int64), percent)
    ordered = sorted((max(0, value) for value in values), reverse=True)
    total = sum(ordered)
    if not total:
        assert found is None
        return
    assert found is not None
    assert sum(ordered[: found.customers]) * 100 >= percent * total
    assert sum(ordered[: found.customers - 1]) * 100 < percent * total


@given(amounts, st.integers(1, 20))
def test_the_largest_share_is_that_of_the_largest_amounts(values: list[int], count: int) -> None:
    found = largest_share(np.array(values, dtype=np.int64), count)
    ordered = sorted((max(0, value) for value in values), reverse=True)
    assert found.revenue == Share(sum(ordered[:count]), sum(ordered))
    assert found.customers == min(count, len(values))


def five_customers() -> list[Sale]:
    day = date(2026, 1, 5)
    nets = (50_000, 30_000, 10_000, 6_000, 4_000)
    sales = [Sale(day, who, net, cost=net // 2) for who, net in enumerate(nets)]
    return [*sales, Sale(day, 5, -900, "credit note", cost=-500)]


def test_concentration_of_a_small_book() -> None:
    found = concentration(made_facts(five_customers(), as_of=date(2026, 1, 31), customers=6))
    assert (found.customers, found.total_minor) == (5, 100_000)
    assert [(each.name, each.customers, each.revenue.numerator) for each in found.abc] == [
        ("A", 2, 80_000), ("B", 2, 16_000), ("C", 1, 4_000),
    ]  # fmt: skip
    assert found.reaching == (Reaching(50, 1), Reaching(80, 2))
    assert [each.revenue.value for each in found.largest] == [0.5, 1.0, 1.0]
    assert [each.customers for each in found.largest] == [1, 5, 5]
    # A fifth of the five who bought is one; the sixth, who only gave back, is none of them.
    facts = made_facts(five_customers(), as_of=date(2026, 1, 31), customers=6)
    assert top_fifth(facts) == found.top_fifth == Largest(1, Share(50_000, 100_000))
    assert found.herfindahl == 0.3552  # .25 + .09 + .01 + .0036 + .0016
    assert found.gini == pytest.approx(0.464)  # 2 (1·4 + 2·6 + 3·10 + 4·30 + 5·50) / (5·100) - 6/5
    # The whale curve is that of Profitability: the credit of 900 with its cost of 500 loses 400.
    assert (found.curve.total_minor, found.curve.peak_minor) == (49_600, 50_000)
    assert (found.curve.as_much_as_all, found.curve.loss_makers, found.curve.loss_minor) == (5, 1, -400)
    assert found.pareto.customers.tolist() == [0, 1, 2, 3, 4]
    assert found.pareto.cumulative.tolist() == [50_000, 80_000, 90_000, 96_000, 100_000]
    assert [each.up_to_percent for each in found.abc] == [80, 95, 100]


def test_thresholds_can_be_moved_and_must_rise() -> None:
    facts = made_facts(five_customers(), as_of=date(2026, 1, 31), customers=6)
    moved = concentration(replace(facts, abc_choice=AbcChoice(50, 90)))
    assert [each.customers for each in moved.abc] == [1, 2, 2]
    with pytest.raises(UsageError, match="95 and 80"):
        AbcChoice(95, 80)


def test_revenue_without_an_invoice_is_bought_too_and_a_credit_alone_is_not() -> None:
    day = date(2026, 1, 5)
    sales = [Sale(day, 0, 100), Sale(day, 1, 50, "journal"), Sale(day, 2, -30, "credit note")]
    facts = made_facts(sales, as_of=date(2026, 1, 31), customers=4)
    assert buyers(facts).tolist() == [True, True, False, False]
    assert metric_named("abc_class").compute(facts).fillna("").tolist() == ["A", "A", "", ""]
    halves = replace(facts, abc_choice=AbcChoice(50, 60))
    assert metric_named("abc_class").compute(halves).fillna("").tolist() == ["A", "C", "", ""]
    assert [each.customers for each in concentration(halves).abc] == [1, 0, 1]


def test_a_book_without_orders_depends_on_nobody() -> None:
    found = concentration(made_facts([], as_of=date(2026, 1, 31), customers=0))
    assert (found.customers, found.gini, found.herfindahl, found.reaching) == (0, None, None, ())
    assert found.largest[0].revenue.value is None
    assert [each.customers for each in found.abc] == [0, 0, 0]


def test_the_change_over_the_years_goes_back_from_the_last_full_month() -> None:
    months = [month.start for month in Period(date(2024, 1, 1), date(2026, 2, 28)).months()]
    sales = [Sale(day, 0, 100) for day in months]
    sales += [Sale(day, 1, 100) for day in months if day >= date(2025, 3, 1)]
    sales += [Sale(date(2026, 2, 28), 0, 100)]
    facts = made_facts(sales, as_of=date(2026, 2, 28), customers=2, period=parse_period("2026-02"))
    found = concentration_by_year(facts)
    assert not isinstance(found, NotEnough)
    assert [each.period.key for each in found] == ["2024-03..2025-02", "2025-03..2026-02"]
    assert [each.herfindahl for each in found] == [1.0, float(Fraction(13**2 + 12**2, 25**2))]


def test_one_year_shows_no_change() -> None:
    days = [month.start for month in parse_period("2025").months()] + [date(2025, 12, 31)]
    facts = made_facts([Sale(day, 0, 1) for day in days], as_of=date(2025, 12, 31), customers=1)
    assert concentration_by_year(facts) == NotEnough(12, 24, "full months")
