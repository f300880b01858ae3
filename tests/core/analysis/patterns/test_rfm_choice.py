from datetime import date, timedelta
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.facts import Facts
from core.analysis.patterns.rfm import RfmChoice, Rule, rfm, rfm_with
from core.analysis.patterns.rfm_grid import Bounds, cell_customers, rfm_grid
from core.analysis.patterns.rfm_rules import quantile, score_by_quantiles
from core.analysis.patterns.rfm_table import TABLE, checked_table, edited_table
from core.analysis.patterns.share import Share
from core.errors import UsageError
from tests.core.analysis.patterns.made_facts import Sale, made_facts

AS_OF = date(2026, 10, 31)


def twelve_customers() -> Facts:
    """Customer n ordered n times for n dollars, the last time n days ago; the last two never, one has a credit."""
    sales = [
        Sale(AS_OF - timedelta(days=n + 20 * order), n - 1, n * 100)
        for n in range(1, 11)
        for order in range(n)
    ]
    return made_facts([*sales, Sale(AS_OF, 10, -100, "credit note")], as_of=AS_OF, customers=12)


@given(st.lists(st.integers(-1000, 1000), min_size=1, max_size=40), st.integers(0, 20))
def test_quantiles_are_those_of_numpy(values: list[int], twentieths: int) -> None:
    ordered = np.sort(np.array(values))
    found = quantile(ordered, Fraction(twentieths, 20))
    assert float(found) == pytest.approx(float(np.quantile(ordered, twentieths / 20)))


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=40), st.integers(2, 5), st.sampled_from([1, 100]))
def test_a_value_at_a_cut_belongs_to_the_higher_bin(values: list[int], bins: int, one: int) -> None:
    found = score_by_quantiles(np.array(values), bins, one=one)
    assert found.scores.tolist() == [1 + sum(cut <= value for cut in found.cuts) for value in values]


def test_without_values_there_are_no_quantiles() -> None:
    assert score_by_quantiles(np.zeros(0, dtype=np.int64), 5).cuts == ()


def test_bins_can_be_chosen_and_are_spread_over_the_scale() -> None:
    found = rfm_with(twelve_customers(), RfmChoice(bins=3))
    assert found.f.tolist()[:10] == [1, 1, 1, 1, 3, 3, 3, 5, 5, 5]  # 10 customers in three bins: 4, 3, 3
    assert (found.bins, found.note, found.frequency_cuts) == (3, "", (4, 7))


@pytest.mark.parametrize("bins", [1, 6])
def test_bins_that_make_no_sense_are_refused(bins: int) -> None:
    with pytest.raises(UsageError, match="2 to 5 bins"):
        RfmChoice(bins=bins)


def test_fewer_customers_than_the_chosen_bins_need_are_said() -> None:
    facts = made_facts([Sale(AS_OF, who, 100 + who) for who in range(5)], as_of=AS_OF, customers=5)
    assert (
        rfm_with(facts, RfmChoice(bins=4)).note
        == "5 customers with an order: scored in 2 of 4 bins, spread over 1 to 5."
    )


def test_the_quantile_rule_scores_recency_from_the_fewest_days() -> None:
    found = rfm_with(twelve_customers(), RfmChoice(rule=Rule.QUANTILES_PLUS_ONE))
    # 1 to 10 days: quantiles 2.8 4.6 6.4 8.2, plus one
    assert found.recency_cuts == tuple(Fraction(cut) for cut in ("3.8", "5.6", "7.4", "9.2"))
    assert found.r.tolist()[:10] == [5, 5, 5, 4, 4, 3, 3, 2, 2, 1]
    assert found.rule is Rule.QUANTILES_PLUS_ONE


def test_prospects_never_ordered_and_have_no_score() -> None:
    found = rfm(twelve_customers())
    assert found.prospects.tolist() == [False] * 11 + [True]
    assert found.credits_only.tolist() == [False] * 10 + [True, False]
    assert found.segment.isna().tolist() == [False] * 10 + [True] * 2


def test_who_only_returned_goods_is_no_prospect() -> None:
    rows = [Sale(AS_OF, 0, 500), Sale(AS_OF, 1, -300, kind="credit note"), Sale(AS_OF, 2, -1, kind="refund")]
    rows += [Sale(AS_OF, 3, 200), Sale(AS_OF, 3, -200, kind="credit note")]
    found = rfm(made_facts(rows, as_of=AS_OF, customers=5))
    assert found.credits_only.tolist() == [False, True, True, False, False]
    assert found.prospects.tolist() == [False, False, False, False, True]
    assert found.segment.isna().tolist() == [False, True, True, False, True]


def test_a_cell_of_the_table_can_be_renamed() -> None:
    table = edited_table(TABLE, {(5, 1, 1): "Fresh faces"})
    found = rfm_with(twelve_customers(), RfmChoice(table=table))
    assert found.segment[0] == "Fresh faces"
    assert rfm(twelve_customers()).segment[0] == "New customers"


@pytest.mark.parametrize("changes", [{(6, 1, 1): "Beyond"}, {(5, 1, 1): " "}])
def test_a_table_names_its_125_cells_and_no_other(changes: dict[tuple[int, int, int], str]) -> None:
    with pytest.raises(UsageError, match="125 cells"):
        edited_table(TABLE, changes)


def test_a_table_with_a_missing_cell_is_refused() -> None:
    with pytest.raises(UsageError, match=r"\(3, 3, 3\)"):
        RfmChoice(table={cell: name for cell, name in TABLE.items() if cell != (3, 3, 3)})
    assert checked_table(TABLE) == dict(TABLE)


def test_the_grid_adds_up_to_all_scored_customers() -> None:
    facts = twelve_customers()
    grid = rfm_grid(facts)
    assert len(grid.cells) == 25
    assert [(cell.r, cell.f) for cell in grid.cells[:6]] == [(5, 1), (5, 2), (5, 3), (5, 4), (5, 5), (4, 1)]
    filled = {(cell.r, cell.f): (cell.customers, cell.net_revenue) for cell in grid.cells if cell.customers}
    # Two customers in each cell; n orders of n dollars are n × n dollars.
    assert filled == {
        (5, 1): (2, 500),
        (4, 2): (2, 2500),
        (3, 3): (2, 6100),
        (2, 4): (2, 11300),
        (1, 5): (2, 18100),
    }
    assert grid.cells[0].revenue_share == Share(500, 38500)
    assert grid.recency_days == (Bounds(9, 10), Bounds(7, 8), Bounds(5, 6), Bounds(3, 4), Bounds(1, 2))
    assert grid.orders[4] == Bounds(9, 10)
    assert cell_customers(rfm(facts), 4, 2).tolist() == [2, 3]
    assert cell_customers(rfm(facts), 5, 5).tolist() == []


def test_a_grid_without_customers_is_empty_and_says_so() -> None:
    grid = rfm_grid(made_facts([], as_of=AS_OF, customers=0))
    assert {cell.customers for cell in grid.cells} == {0}
    assert set(grid.orders) == {Bounds(None, None)}
    assert grid.note.startswith("0 customers with an order")


@settings(max_examples=25)
@given(st.permutations(range(10)))
def test_the_order_of_customers_changes_no_score(order: list[int]) -> None:
    facts = twelve_customers()
    sales = [
        Sale(AS_OF - timedelta(days=n + 20 * count), order[n - 1], n * 100)
        for n in range(1, 11)
        for count in range(n)
    ]
    found = rfm(made_facts(sales, as_of=AS_OF, customers=10))
    first = rfm(facts)
    assert [found.segment[place] for place in order] == first.segment.tolist()[:10]
