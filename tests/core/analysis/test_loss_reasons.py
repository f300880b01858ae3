"""Why customers earn little, worked out by hand.

In whole cents, October 2026; Freight of 3,000 is shared out by orders:

            list   discount   credits   cost of goods   freight (1 order each)
    Ann   20,000      1,000         0           8,000     1,500
    Bob   10,000      4,000     1,000           5,500     1,500
    all   30,000      5,000     1,000          13,500     3,000
    share           16.67 %    3.33 %            45 %      10 %

Against those shares Bob's 10,000 would have lost 1,667 by discounts, 333 by credits, 4,500 by goods and 1,000 by
freight: beyond that they lost 2,333, 667, 1,000 and 500.
"""

from dataclasses import replace

import pytest

from core.analysis.allocation import allocate_pools
from core.analysis.facts import Facts
from core.analysis.loss_reasons import LossReasons, Reason, loss_reasons, share_text
from core.analysis.profit_ladder import profit_ladder
from tests.core.builders import BookBuilder

ANN, BOB = 0, 1


def asked(facts: Facts) -> LossReasons:
    return loss_reasons(profit_ladder(facts), allocate_pools(facts))


def two_customers(builder: BookBuilder, *, bobs_cost: int | None = 5_500, discount: int = 4_000) -> Facts:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    first, second = builder.document("2026-10-05", ann), builder.document("2026-10-06", bob)
    builder.line(first, net=19_000, discount=1_000, cost=8_000)
    builder.line(second, net=10_000 - discount, discount=discount, cost=bobs_cost)
    builder.document("2026-10-09", bob, (-1_000, 0), kind="credit note")
    freight = builder.account("6210", "expense")
    builder.posting("2026-10-31", freight, 3_000)
    builder.pool("Freight", "orders", freight)
    return builder.facts()


def test_the_main_reason_is_what_cost_most_money_beyond_the_typical_share(builder: BookBuilder) -> None:
    reasons = asked(two_customers(builder))
    found = reasons.main([BOB])
    assert found is not None
    assert (found.name, found.amount, found.list_sales, found.excess) == (
        "Discounts",
        4_000,
        10_000,
        4_000 - 1_667,
    )
    assert found.share == 0.4
    assert found.typical == pytest.approx(1 / 6)
    assert reasons.text([BOB]) == "Discounts 40% of list price, typical 17%"
    # A discount that would count as a share of revenue, 4,000 of 5,000, would make every other share larger too.
    assert reasons.text([ANN]) == "No single cost stands out"


def test_without_a_large_discount_the_goods_are_the_reason(builder: BookBuilder) -> None:
    # Discounts 2,000 of 30,000: Bob's 1,000 of 10,000 are 333 more; his goods stay 1,000 more.
    reasons = asked(two_customers(builder, discount=1_000))
    found = reasons.main([BOB])
    assert found is not None
    assert (found.name, found.amount, found.excess) == ("Cost of goods", 5_500, 1_000)
    assert found.text == "Cost of goods 55% of list price, typical 45%"


def test_what_all_causes_took_beyond_typical_is_what_is_missing_in_the_result(builder: BookBuilder) -> None:
    facts = two_customers(builder)
    reasons, ladder = asked(facts), profit_ladder(facts)
    excess = [
        reasons_of.main([BOB]).excess  # type: ignore[union-attr]
        for cause in (*reasons.before_serving, *reasons.pools)
        for reasons_of in [replace(reasons, before_serving=(cause,), pools=())]
    ]
    assert excess == [2_333, 667, 1_000, 500]
    # All keep 7,500 of 30,000 (25 %), Bob -2,000 of 10,000: 4,500 less than 2,500.
    assert ladder.customers.contribution == 7_500
    assert ladder.by_customer["contribution"].iloc[BOB] == -2_000
    assert sum(excess) == 2_500 + 2_000


def test_goods_of_unknown_cost_are_no_reason_and_no_part_of_what_is_typical(builder: BookBuilder) -> None:
    reasons = asked(two_customers(builder, bobs_cost=None, discount=1_000))
    goods = reasons.before_serving[2]
    # Ann alone: 8,000 of 20,000.
    assert (goods.name, goods.typical) == ("Cost of goods", 0.4)
    found = reasons.main([BOB])
    assert found is not None
    # Credits 1,000 of 10,000, typical 333; freight 1,500, typical 1,000.
    assert found.text == "Credit notes 10% of list price, typical 3%"


def test_several_customers_are_compared_by_their_sums(builder: BookBuilder) -> None:
    reasons = asked(two_customers(builder))
    assert reasons.main([ANN, BOB]) is None  # everybody is typical
    assert reasons.text([ANN, BOB]) == "No single cost stands out"


def test_a_cost_without_sales_is_said_to_be_one(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-05", ann, (1_000, 400))
    builder.document("2026-10-06", bob, (-500, 0), kind="credit note")
    reasons = asked(builder.facts())
    assert reasons.main([BOB]) is None
    assert reasons.text([BOB]) == "No sales in the period"


def test_a_share_above_twice_the_typical_one_stands_out(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-05", ann, (9_000, 0))
    builder.document("2026-10-05", bob, (1_000, 0))
    freight = builder.account("6210", "expense")
    builder.posting("2026-10-31", freight, 1_000)
    builder.pool("Freight", "orders", freight)
    reasons = asked(builder.facts())
    # 500 of 1,000 is 50 %, typical 10 %; 500 of 9,000 is 6 %.
    assert reasons.pools[0].stands_out(reasons.list_sales, BOB)
    assert not reasons.pools[0].stands_out(reasons.list_sales, ANN)
    # Exactly twice is not above twice: 200 of 1,000.
    assert not replace(reasons.pools[0], amounts=reasons.list_sales // 5).stands_out(reasons.list_sales, BOB)


def test_nothing_is_typical_where_nothing_was_sold(builder: BookBuilder) -> None:
    builder.customer("Ann")
    reasons = asked(builder.facts())
    assert reasons.before_serving[0].typical == 0.0
    assert reasons.text([ANN]) == "No sales in the period"


def test_a_pool_is_called_by_its_first_words() -> None:
    found = Reason("Delivery and freight", 30, 100, 20, 0.1)
    assert found.text == "Delivery 30% of list price, typical 10%"


def test_something_is_never_none_of_it() -> None:
    assert [share_text(share) for share in (0.0, 0.004, 0.31, 1.8, -0.2)] == [
        "0%",
        "below 1%",
        "31%",
        "180%",
        "−20%",
    ]
