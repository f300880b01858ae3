import json
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.allocation import allocate_pools, share_out
from core.analysis.sensitivity import changes_of_sign
from core.money import allocate
from tests.core.builders import BookBuilder

PUBLISHED = Path(__file__).resolve().parents[4] / "shared/data/published/published.json"


@given(st.integers(-(10**15), 10**15), st.lists(st.integers(-5, 10**14), min_size=1, max_size=30))
def test_shares_add_up_to_the_amount_and_are_those_of_largest_remainders(
    total: int, weights: list[int]
) -> None:
    shares = share_out(total, np.array(weights)).tolist()
    floored = [max(0, weight) for weight in weights]
    assert shares == (allocate(total, floored) if any(floored) else [0] * len(weights))
    assert sum(shares) == (total if any(floored) else 0)


@given(st.integers(0, 10**6), st.lists(st.integers(0, 1000), min_size=1, max_size=30))
def test_no_share_is_a_cent_or_more_from_its_exact_part(total: int, weights: list[int]) -> None:
    for share, weight in zip(share_out(total, np.array(weights)).tolist(), weights, strict=True):
        assert abs(share * sum(weights) - total * weight) < max(1, sum(weights))


@pytest.mark.skipif(not PUBLISHED.exists(), reason="the published examples are not beside this repository")
def test_the_published_example_of_activity_costs_comes_out_to_the_cent() -> None:
    # Open University B392, activity 4: three customers of Alpha Ltd.
    case = json.loads(PUBLISHED.read_text())["abc_alpha_ltd"]
    given_, expected = case["inputs"], case["expected"]
    # Rates per order, unit (packing, dispatch) and square metre; administration goes by orders.
    drivers = {
        "order_taking": given_["orders"],
        "packing": given_["units"],
        "dispatch": given_["units"],
        "warehousing": given_["floor_m2"],
        "administration": given_["orders"],
    }
    cents = {name: int(Decimal(str(amount)) * 100) for name, amount in given_["pools"].items()}
    costs = sum(share_out(cents[name], np.array(weights)) for name, weights in drivers.items())
    assert costs.tolist() == [int(Decimal(str(amount)) * 100) for amount in expected["activity_cost"]]
    margins = [
        sales * 30 - int(direct) * 100
        for sales, direct in zip(given_["sales"], given_["direct_costs"], strict=True)
    ]
    profits = [margin - cost for margin, cost in zip(margins, costs.tolist(), strict=True)]
    assert profits == [int(Decimal(str(amount)) * 100) for amount in expected["net_profit"]]


@pytest.fixture
def pooled(builder: BookBuilder) -> BookBuilder:
    """Ann: 2 orders on 2 days with 3 lines, 3,000. Bob: 1 order with 1 line, 1,000. Eve: a credit note only."""
    ann, bob, eve = (builder.customer(name) for name in ("Ann", "Bob", "Eve"))
    builder.document("2026-10-01", ann, (1_000, 0))
    builder.document("2026-10-01", ann, (1_000, 0))
    builder.document("2026-10-02", ann, (1_000, 0))
    builder.document("2026-10-03", bob, (1_000, 700))
    builder.document("2026-10-04", eve, (-400, 0), kind="credit note")
    builder.document("2026-10-05", None, (9_999, 0), kind="sales receipt")
    builder.document("2026-09-05", bob, (9_999, 0))
    builder.expense = builder.account("6000", "expense")
    builder.posting("2026-10-31", builder.expense, 1_200)
    builder.posting("2026-10-31", builder.expense, -200)
    builder.posting("2026-09-30", builder.expense, 5_000)
    return builder


@pytest.mark.parametrize(
    ("driver", "expected"),
    [
        ("revenue", [750, 250, 0]),
        ("orders", [667, 333, 0]),
        ("lines", [750, 250, 0]),
        ("equal", [500, 500, 0]),
    ],
)
def test_a_pool_is_shared_out_by_its_driver(pooled: BookBuilder, driver: str, expected: list[int]) -> None:
    pooled.pool("Serving", driver, pooled.expense)
    allocation = allocate_pools(pooled.facts())
    assert allocation.shares[:, 0].tolist() == expected
    (pool,) = allocation.pools
    assert (pool.ledger_minor, pool.given_minor, pool.unassigned_minor) == (1_000, 1_000, 0)
    assert allocation.cost_to_serve.tolist() == expected


def test_a_pool_stays_unassigned_where_nobody_has_the_driver(pooled: BookBuilder) -> None:
    pooled.pool("Serving", "orders", pooled.expense)
    pooled.posting("2026-08-31", pooled.expense, 77)
    allocation = allocate_pools(pooled.facts("2026-08"))
    assert allocation.shares.sum() == 0
    assert (allocation.pools[0].ledger_minor, allocation.pools[0].unassigned_minor) == (77, 77)


def test_without_a_pool_or_a_ledger_the_cost_to_serve_is_unknown(pooled: BookBuilder) -> None:
    assert allocate_pools(pooled.facts()).cost_to_serve.isna().all()
    pooled.pool("Serving", "orders", pooled.expense)
    pooled.book.connection.execute("DELETE FROM postings")
    assert not allocate_pools(pooled.facts()).is_known


def test_every_document_is_an_order_where_the_book_says_so(pooled: BookBuilder) -> None:
    pooled.pool("Serving", "orders", pooled.expense)
    pooled.book.connection.execute("INSERT INTO settings VALUES ('merge_same_day', 'no')")
    assert allocate_pools(pooled.facts()).shares[:, 0].tolist() == [750, 250, 0]


def test_another_driver_turns_a_profit_into_a_loss(pooled: BookBuilder) -> None:
    # Bob earns 300 before serving: 250 by revenue leaves 50, 333 by orders leaves -33.
    pooled.pool("Serving", "revenue", pooled.expense)
    facts = pooled.facts()
    assert changes_of_sign(facts, {"Serving": "orders"}) == [1]
    assert changes_of_sign(facts, {"Other": "orders"}) == []
