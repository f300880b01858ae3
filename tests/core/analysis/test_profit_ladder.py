from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.profit_ladder import Ladder, Rungs, profit_ladder
from tests.core.builders import BookBuilder


def test_the_ladder_goes_from_gross_sales_to_net_revenue(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    invoice = builder.document("2026-10-05", ann)
    builder.line(invoice, net=9_000, discount=1_000, cost=4_000)
    builder.document("2026-10-20", ann, (-500, -200), kind="credit note")
    builder.document("2026-10-21", ann, (-100, 0), kind="refund")
    builder.document("2026-10-22", ann, (70, 30), kind="journal")
    total = profit_ladder(builder.facts()).total
    # 10,000 + 70 gross, 1,000 discount, 600 credits; costs 4,000 - 200 + 0 + 30.
    assert (total.gross_sales, total.discounts, total.credits, total.net_revenue) == (
        10_070,
        1_000,
        600,
        8_470,
    )
    assert (total.cost_of_sales, total.gross_profit, total.cost_coverage) == (3_830, 4_640, 1.0)
    assert total.gross_margin == pytest.approx(4_640 / 8_470)
    assert (total.cost_to_serve, total.contribution, total.contribution_margin) == (None, None, None)


def test_an_unknown_cost_is_never_taken_as_nothing(builder: BookBuilder) -> None:
    ann, bob, eve = (builder.customer(name) for name in ("Ann", "Bob", "Eve"))
    builder.document("2026-10-05", ann, (3_000, 1_000), (1_000, None))
    builder.document("2026-10-05", bob, (500, None))
    ladder = profit_ladder(builder.facts())
    rows = ladder.by_customer[["cost_of_sales", "cost_coverage", "gross_profit", "gross_margin"]]
    assert rows.iloc[0].tolist()[:2] == [1_000, 0.75]
    assert rows.iloc[0].isna().tolist() == [False, False, True, True]
    assert rows.iloc[1].isna().tolist() == [True, False, True, True]
    assert rows.iloc[1]["cost_coverage"] == 0
    # Eve bought nothing: that cost nothing, and there is nothing to cover.
    assert eve
    assert rows.iloc[2].isna().tolist() == [False, True, False, True]
    assert (ladder.total.cost_of_sales, ladder.total.gross_profit) == (1_000, None)
    assert ladder.total.covered_net_revenue == 3_000
    assert ladder.total.covered_margin == pytest.approx(2 / 3)
    assert ladder.total.cost_coverage == pytest.approx(3_000 / 4_500)


def test_a_plain_discount_costs_nothing_and_covers_nothing(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    invoice = builder.document("2026-10-05", ann, (1_000, None))
    builder.line(invoice, net=-100, discount=100)
    total = profit_ladder(builder.facts()).total
    assert (total.discounts, total.net_revenue) == (100, 900)
    assert (total.cost_of_sales, total.cost_coverage, total.covered_margin) == (None, 0.0, None)


def test_sales_on_nobody_items_categories_and_months_have_their_own_ladders(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    tea = builder.item("Tea", category="Drinks", costs=[("", 300)])
    cake = builder.item("Cake", category="Food")
    september = builder.document("2026-09-05", ann)
    builder.line(september, net=1_000, item=tea, quantity=2_000_000)
    october = builder.document("2026-10-05", None)
    builder.line(october, net=700, item=cake, cost=100)
    builder.line(october, net=50)
    ladder = profit_ladder(builder.facts("2026-09..2026-10"))
    assert ladder.by_item["net_revenue"].tolist() == [700, 1_000]  # items stand by their codes: Cake, Tea
    assert ladder.by_category["gross_profit"].to_dict() == {"Drinks": 400, "Food": 600}
    assert {f"{day:%Y-%m}": net for day, net in ladder.by_month["net_revenue"].items()} == {
        "2026-09": 1_000,
        "2026-10": 750,
    }
    assert (ladder.customers.net_revenue, ladder.no_customer.net_revenue) == (1_000, 750)
    assert (ladder.customers.gross_profit, ladder.no_customer.gross_profit) == (400, None)


def test_a_currency_without_minor_units_has_the_same_ladder(builder: BookBuilder) -> None:
    builder.insert("imports", **IMPORT)
    builder.book.connection.execute("UPDATE settings SET value = 'JPY' WHERE name = 'currency'")
    builder.document("2026-10-05", builder.customer("Ann"), (1_000, 400))
    facts = builder.facts()
    assert (facts.currency, facts.exponent, facts.basis) == ("JPY", 0, "")
    assert profit_ladder(facts).total.gross_profit == 600


IMPORT = {
    "format": "test",
    "source_system": "test",
    "file_name": "b.csv",
    "sha256": "",
    "size": 0,
    "imported_at": "",
    "basis": "cash",
    "mapping": "",
    "totals": "",
    "row_digest": "",
}


def test_an_empty_book_has_an_empty_ladder(builder: BookBuilder) -> None:
    ladder = profit_ladder(builder.facts())
    assert len(ladder.by_customer) == len(ladder.by_item) == len(ladder.by_category) == 0
    assert ladder.by_month["net_revenue"].tolist() == [0]
    assert ladder.total == Rungs(0, 0, 0, 0, 0, 0, None, 0, None, None, None, None)


def test_a_period_without_sales_has_no_profit_where_no_cost_is_known_at_all(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    builder.document("2020-10-05", ann, (3_000, None))
    empty = profit_ladder(builder.facts())
    assert (empty.customers.net_revenue, empty.customers.gross_profit, empty.total.gross_profit) == (
        0,
        None,
        None,
    )
    builder.document("2020-10-06", ann, (1_000, 400))
    # Costs are known to this book: selling nothing earned nothing.
    assert profit_ladder(builder.facts()).customers.gross_profit == 0


def test_cost_to_serve_leads_to_contribution(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-05", ann, (1_000, 400))
    builder.document("2026-10-05", bob, (500, None))
    freight = builder.account("6000", "expense")
    builder.pool("Freight", "equal", freight)
    builder.posting("2026-10-31", freight, 701)
    ladder = profit_ladder(builder.facts())
    assert ladder.by_customer["cost_to_serve"].tolist() == [351, 350]
    assert ladder.by_customer["contribution"].iloc[0] == 249
    assert ladder.by_customer["contribution_margin"].iloc[0] == pytest.approx(0.249)
    assert ladder.by_customer["contribution"].isna().tolist() == [False, True]
    assert (ladder.total.cost_to_serve, ladder.no_customer.cost_to_serve) == (701, 0)


amounts = st.integers(-(10**12), 10**12)
books = st.lists(
    st.tuples(
        st.sampled_from(["2026-08-31", "2026-09-01", "2026-09-30", "2026-10-31"]),
        st.sampled_from([None, 1, 2, 3]),
        st.sampled_from(["invoice", "sales receipt", "credit note", "refund", "journal"]),
        st.lists(st.tuples(amounts, st.none() | amounts), max_size=3),
    ),
    max_size=8,
)


def filled(
    builder: BookBuilder, rows: list[tuple[str, int | None, str, list[tuple[int, int | None]]]]
) -> Ladder:
    builder.book.connection.execute("DELETE FROM document_lines")
    builder.book.connection.execute("DELETE FROM documents")
    for day, customer, kind, lines in rows:
        builder.document(day, customer, *lines, kind=kind)
    return profit_ladder(builder.facts("2026-09..2026-10"))


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> BookBuilder:
    builder = BookBuilder(tmp_path_factory.mktemp("book") / "three.quintile")
    for name in ("Ann", "Bob", "Eve"):
        builder.customer(name)
    return builder


@settings(max_examples=25)
@given(books)
def test_customers_and_nobody_add_up_to_the_total_and_to_the_months(three: BookBuilder, rows: list) -> None:
    ladder = filled(three, rows)
    expected = sum(net for day, _, _, lines in rows if day >= "2026-09" for net, _ in lines)
    assert ladder.total.net_revenue == expected
    for rung in ("gross_sales", "discounts", "credits", "net_revenue", "covered_net_revenue"):
        parts = [getattr(part, rung) for part in (ladder.customers, ladder.no_customer)]
        assert sum(parts) == getattr(ladder.total, rung)
        assert ladder.by_month[rung].sum() == getattr(ladder.total, rung)
    total = ladder.total
    assert total.net_revenue == total.gross_sales - total.discounts - total.credits


@settings(max_examples=25)
@given(books, st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_nothing(three: BookBuilder, rows: list, random: object) -> None:
    before = filled(three, rows)
    random.shuffle(rows)
    after = filled(three, rows)
    assert after.by_customer.equals(before.by_customer)
    assert replace(after.total) == before.total
