from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.facts import default_period, load_facts, months_with_data, span
from core.analysis.line_cost import line_costs
from core.analysis.sums import divide, multiply_and_divide, ratio, sums
from core.money import divide_half_away
from core.period import EVERYTHING, parse_period
from core.store.frames import NOTHING
from tests.core.builders import BookBuilder


def test_only_documents_that_count_are_loaded_in_order_of_date(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-05", bob, (300, None), number="3")
    builder.document("2026-09-05", ann, (100, None), (150, 40), number="1")
    gone = builder.document("2026-09-06", ann, (999, None), number="2")
    builder.document("2026-10-06", ann, (888, None), rate="?")
    builder.document("2026-11-01", ann, (777, None), number="later")
    builder.document("2026-10-07", None, (5, None), rate="1.1", number="4")
    builder.book.connection.execute("UPDATE documents SET replaced_by = 1 WHERE id = ?", (gone,))
    facts = builder.facts()
    assert facts.documents["number"].tolist() == ["1", "3", "4"]
    assert facts.documents["customer"].tolist() == [0, 1, -1]
    assert facts.documents["day"].dt.date.tolist() == [date(2026, 9, 5), date(2026, 10, 5), date(2026, 10, 7)]
    assert facts.lines["document"].tolist() == [0, 0, 1, 2]
    assert facts.lines["net"].tolist() == [100, 150, 300, 5]
    assert facts.lines["cost_known"].tolist() == [False, True, False, False]
    assert facts.lines["quantity_millionths"].isna().all()
    assert (facts.unrated, facts.basis, facts.has_ledger) == (1, "accrual", False)
    found = span(facts, facts.period)
    assert (found.documents, found.lines, found.postings) == (slice(1, 3), slice(2, 4), slice(0, 0))


def test_customers_carry_their_contacts_and_attributes_as_stated_last(builder: BookBuilder) -> None:
    ann = builder.customer("Ann", email="ann@x.example", Type="Café")
    builder.customer("Bob")
    builder.add_import("customers.csv")
    builder.insert(
        "customer_attributes",
        customer_id=ann,
        name="Type",
        value="Hotel",
        source_system="test",
        as_of="2026-11-04",
        import_id=builder.current,
    )
    facts = builder.facts()
    assert facts.customers["email"].tolist() == ["ann@x.example", ""]
    assert facts.customers["city"].tolist() == ["", ""]
    assert facts.attributes.to_dict("list") == {"Type": ["Hotel", None]}


def test_the_ledger_and_its_pools_are_tied_by_position(builder: BookBuilder) -> None:
    rent, sales = builder.account("6000", "expense"), builder.account("4000", "income")
    builder.pool("Other", "equal")
    builder.pool("Rooms", "orders", rent)
    builder.posting("2026-10-31", rent, 500, entry="B-1", memo="Rent")
    builder.posting("2026-10-01", sales, -200, entry="I-1")
    facts = builder.facts()
    assert facts.accounts["code"].tolist() == ["4000", "6000"]
    assert facts.accounts["pool"].tolist() == [-1, 1]
    assert facts.postings[["account", "amount", "entry", "memo", "row"]].to_numpy().tolist() == [
        [0, -200, "I-1", "", 3],
        [1, 500, "B-1", "Rent", 2],
    ]
    assert facts.files == {1: "sales.csv"}


def test_an_items_cost_on_the_day_of_sale_prices_a_line_without_its_own(builder: BookBuilder) -> None:
    tea = builder.item("Tea", costs=[("", 100), ("2026-10-10", 250)])
    cup = builder.item("Cup", costs=[("2026-10-02", 7)])
    builder.add_import("items again.csv")
    builder.item_cost(tea, "2026-10-10", 301)  # the later import of the same day holds
    document = {day: builder.document(day, None) for day in ("2026-10-01", "2026-10-10", "2026-10-20")}
    builder.line(document["2026-10-01"], net=900, item=tea, quantity=3_000_000)
    builder.line(document["2026-10-01"], net=900, item=cup, quantity=3_000_000)
    builder.line(document["2026-10-10"], net=900, item=tea, quantity=1_500_000)
    builder.line(document["2026-10-10"], net=900, item=tea, quantity=1_500_000, cost=11)
    builder.line(document["2026-10-20"], net=-900, item=tea, quantity=-500_000)
    builder.line(document["2026-10-20"], net=900, item=tea)
    lines = builder.facts().lines
    # 3 × 1.00; not yet priced; 1.5 × 3.01 = 4.515; own cost; -0.5 × 3.01 = -1.505; no quantity
    assert lines["cost"].tolist() == [300, 0, 452, 11, -151, 0]
    assert lines["cost_known"].tolist() == [True, False, True, True, True, False]


def test_a_later_cost_never_rewrites_an_earlier_sale(builder: BookBuilder) -> None:
    tea = builder.item("Tea", costs=[("2026-01-01", 100)])
    builder.line(builder.document("2026-10-01", None), net=900, item=tea, quantity=1_000_000)
    before = builder.facts().lines["cost"].tolist()
    builder.item_cost(tea, "2026-10-02", 999)
    assert builder.facts().lines["cost"].tolist() == before == [100]


def test_no_item_has_the_cost_of_another() -> None:
    cost, known = line_costs(
        np.array([NOTHING, NOTHING]),
        np.array([1, 3]),
        days=np.array([10, 10]),
        quantities=np.array([1_000_000, 1_000_000]),
        plain_discount=np.array([False, False]),
        costs_of_items=np.array([[2, NOTHING, 50]]),
    )
    assert (cost.tolist(), known.tolist()) == ([0, 0], [False, False])


def test_the_default_period_is_the_twelve_months_to_the_latest_date(builder: BookBuilder) -> None:
    builder.document("2026-09-05", None)
    assert default_period(builder.book) == (parse_period("2025-10..2026-09"), date(2026, 9, 30))
    builder.posting("2026-10-02", builder.account("1", "asset"), 1)
    assert default_period(builder.book) == (parse_period("2025-11..2026-10"), date(2026, 10, 31))


def test_an_empty_book_can_be_loaded(builder: BookBuilder) -> None:
    period, as_of = default_period(builder.book)
    assert period.end == as_of
    facts = load_facts(builder.book, period, as_of)
    assert (len(facts.customers), len(facts.lines), len(facts.postings)) == (0, 0, 0)
    assert months_with_data(facts, EVERYTHING) == []


def test_all_dates_have_the_months_of_the_book(builder: BookBuilder) -> None:
    builder.document("2026-09-05", None)
    builder.posting("2026-11-02", builder.account("1", "asset"), 1)
    facts = builder.facts("all")
    assert [month.key for month in months_with_data(facts, EVERYTHING)] == ["2026-09", "2026-10", "2026-11"]


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(-(10**12), 10**12)), max_size=20))
def test_products_are_rounded_half_away_from_zero_beyond_64_bits(pairs: list[tuple[int, int]]) -> None:
    left, right = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    exact = [divide_half_away(a * b, 1_000_000) for a, b in pairs]
    assert multiply_and_divide(left, right, 1_000_000).tolist() == exact


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), st.integers(-50, 50)), max_size=20))
def test_quotients_are_exact_and_unknown_by_nothing(pairs: list[tuple[int, int]]) -> None:
    top, bottom = (np.array([pair[side] for pair in pairs], dtype=np.int64) for side in (0, 1))
    for got, ratio_, (a, b) in zip(
        divide(top, bottom).tolist(), ratio(top, bottom).tolist(), pairs, strict=True
    ):
        if b:
            assert (got, ratio_) == (divide_half_away(a, b), pytest.approx(a / b))
    assert divide(top, bottom).isna().tolist() == [b == 0 for _, b in pairs]


@given(st.lists(st.tuples(st.integers(-1, 4), st.integers(-(10**15), 10**15)), max_size=30))
def test_sums_by_group_are_exact(rows: list[tuple[int, int]]) -> None:
    groups, values = (np.array([row[side] for row in rows], dtype=np.int64) for side in (0, 1))
    assert sums(values, groups, 5).tolist() == [sum(v for g, v in rows if g == group) for group in range(5)]
