"""Segments at a glance and profitability: hand-worked sentences, tables that add up."""

from pathlib import Path

import pytest

from reports.content import Block, Chart, ChartKind, Definitions, Heading, Paragraph, Table
from reports.printed import printed_blocks
from reports.section import Context
from reports.sections import profitability, segments_at_a_glance
from reports.segment_table import exact_table, page_table
from tests.core.builders import BookBuilder
from tests.reports.books import asked, nobody, one_customer, opened, two_customers, with_scheme


def texts(blocks: list[Block]) -> tuple[str, str]:
    headline = next(block.text for block in blocks if isinstance(block, Heading))
    return headline, next(block.text for block in blocks if isinstance(block, Paragraph))


def segments(context: Context) -> list[Block]:
    return opened(segments_at_a_glance.SECTION.build(context))


def profit(context: Context) -> list[Block]:
    return opened(profitability.SECTION.build(context))


def charts(blocks: list[Block]) -> dict[ChartKind, Chart]:
    return {block.kind: block for block in blocks if isinstance(block, Chart)}


def test_segments_say_who_brings_and_who_loses(tmp_path: Path) -> None:
    headline, lead = texts(segments(asked(two_customers(tmp_path))))
    assert headline == "One segment brings $550 of profit, one loses $50"
    # Bob carries 150 of 300 of the pool and 600 of 1,800 of revenue.
    assert lead == (
        "Big, 1 customer of 2, accounts for $550 of net contribution. "
        "Small (1 customer) takes 50% of all cost to serve for 33% of revenue."
    )


def test_segments_table_has_a_row_for_each_and_the_total(tmp_path: Path) -> None:
    table = page_table(asked(two_customers(tmp_path)))
    keys = [column.key for column in table.columns]
    rows = [dict(zip(keys, row.cells, strict=True)) for row in table.rows]
    total = dict(zip(keys, table.totals or (), strict=True))
    assert [row["segment"] for row in rows] == ["Big", "Small"]
    assert [row["contribution"] for row in rows] == [55_000, -5_000]
    assert [row["share"] for row in rows] == [pytest.approx(2 / 3), pytest.approx(1 / 3)]
    assert total["net_revenue"] == 180_000
    assert total["average_order"] == 90_000
    assert total["net_share"] == pytest.approx(500 / 1800)


def test_the_report_holds_cents_and_paper_adds_up_in_whole_units(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "cents.quintile")
    # 1,000.50 is Big and 0.50 is Small: each alone would be rounded up to 1,001 and 1, the total is 1,001.
    made.document("2026-10-05", made.customer("Ann"), (100_050, 0))
    made.document("2026-10-05", made.customer("Bob"), (50, 0))
    context = asked(with_scheme(made))
    at = [column.key for column in page_table(context).columns].index("net_revenue")
    assert [row.cells[at] for row in page_table(context).rows] == [100_050, 50]
    assert (page_table(context).totals or ())[at] == 100_100
    paper = next(block for block in printed_blocks(segments(context), 2) if isinstance(block, Table))
    assert [row.cells[at] for row in paper.rows] == [100_100, 0]
    exact = exact_table(context)
    at = [column.key for column in exact.columns].index("net_revenue")
    assert [row.cells[at] for row in exact.rows] == [100_050, 50]


def test_unknown_columns_are_left_out(tmp_path: Path) -> None:
    no_pools = page_table(asked(two_customers(tmp_path, pools=False)))
    assert "contribution" not in [column.key for column in no_pools.columns]
    assert "gross_profit" in [column.key for column in no_pools.columns]


def test_without_costs_segments_are_compared_by_revenue(tmp_path: Path) -> None:
    blocks = segments(asked(two_customers(tmp_path, costs=False)))
    headline, lead = texts(blocks)
    assert headline == "One segment brings 67% of net revenue"
    assert lead.endswith("Costs are not known for 100% of sales.")
    assert charts(blocks)[ChartKind.HORIZONTAL_BARS].title == "Net revenue by segment"
    table = next(block for block in blocks if isinstance(block, Table))
    assert {column.key for column in table.columns} == {
        "segment", "customers", "orders", "net_revenue", "share", "average_order",
    }  # fmt: skip


def test_what_the_names_mean_is_said(tmp_path: Path) -> None:
    blocks = segments(asked(two_customers(tmp_path)))
    found = [entry for block in blocks if isinstance(block, Definitions) for entry in block.entries]
    assert [(entry.term, entry.text) for entry in found] == [
        ("Big", "Buys for 1,000 or more."),
        ("Small", "Everyone else."),
    ]


def test_segments_below_zero_have_no_share(tmp_path: Path) -> None:
    context = asked(one_customer(tmp_path, ("2026-10-05", -10_000, -4_000, "credit note")))
    blocks = segments(context)
    assert texts(blocks)[0] == "No segment brings in any gross profit"
    assert charts(blocks)[ChartKind.SHARES].categories == ("Customers",)
    assert [row.cells[3] for row in page_table(context).rows] == [None]


def test_without_customers_the_pages_still_come(tmp_path: Path) -> None:
    context = asked(nobody(tmp_path))
    assert texts(segments(context))[0] == "There are no customers to divide into segments yet"
    assert texts(profit(context)) == (
        "No customer bought in the 12 months to 31 October 2026",
        "There is no profit to divide.",
    )


def test_whale_curve_names_the_first_fifth_and_the_losses(tmp_path: Path) -> None:
    blocks = profit(asked(two_customers(tmp_path)))
    # Ann 550, then Bob -50: the first fifth of two is one.
    assert texts(blocks) == (
        "1 customer brings 110% of your net contribution, 1 customer gives back $50",
        (
            "Customers are ranked from most to least profitable and their net contribution is added up. "
            "The curve would end at $550 if nobody were served at a loss."
        ),
    )
    curve = charts(blocks)[ChartKind.WHALE_CURVE]
    assert curve.categories == ("Ann", "Bob")
    assert curve.series[0].values == (55_000, 50_000)
    assert [note.text for note in curve.annotations] == ["Peak $550", "Total $500"]


def test_waterfall_leads_from_list_price_to_contribution(tmp_path: Path) -> None:
    found = charts(profit(asked(two_customers(tmp_path))))[ChartKind.WATERFALL]
    steps = dict(zip(found.categories, found.series[0].values, strict=True))
    assert steps == {
        "Sales at list price": 180_000,
        "Net revenue": 180_000,
        "Cost of goods": -100_000,
        "Gross profit": 80_000,
        "Freight": -30_000,
        "Net contribution": 50_000,
    }
    assert found.totals == (0, 1, 3, 5)


def test_waterfall_of_cents_adds_up_in_whole_units(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "steps.quintile")
    document = made.document("2026-10-05", made.customer("Ann"))
    made.line(document, net=9_950, discount=40, cost=4_960)
    found = charts(profit(asked(with_scheme(made))))[ChartKind.WATERFALL]
    assert found.series[0].values == (9_990, -40, 9_950, -4_960, 4_990)
    # 99.90 - 0.40 = 99.50; 99.50 - 49.60 = 49.90: printed 100 - 0 = 100 and 100 - 50 = 50.
    (paper,) = printed_blocks((found,), 2)
    assert isinstance(paper, Chart)
    assert paper.series[0].values == (10_000, 0, 10_000, -5_000, 5_000)


def test_losses_are_named_with_their_main_reason(tmp_path: Path) -> None:
    tables = {
        block.title: block for block in profit(asked(two_customers(tmp_path))) if isinstance(block, Table)
    }
    losses = tables["Who costs more than they bring, and why"]
    assert losses.rows[0].cells == (
        "Bob",
        60_000,
        15_000,
        -5_000,
        "Cost of goods 83% of list price, typical 56%",
    )
    assert losses.totals == ("1 customer", 60_000, 15_000, -5_000, "")
    assert [row.cells[0] for row in tables["Most profitable"].rows] == ["Ann"]
    assert [row.cells[0] for row in tables["Least profitable"].rows] == ["Bob"]


def test_many_losses_end_in_one_row_of_others(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "many.quintile")
    for number in range(28):
        made.document(
            "2026-10-05", made.customer(f"Customer {number:02d}"), (10_000, 10_000 + 100 * (number + 1))
        )
    blocks = profit(asked(with_scheme(made)))
    losses = next(block for block in blocks if isinstance(block, Table) and block.key == "losses")
    # The three smallest losses, 1, 2 and 3 dollars, stand together; 1 + ... + 28 = 406.
    assert losses.rows[-1].cells == ("3 other customers", 30_000, -600, "")
    assert losses.totals == ("28 customers", 280_000, -40_600, "")
    assert (
        texts(blocks)[0]
        == "Together your customers bring ($406) of gross profit: 28 customers give back $406"
    )


def test_without_costs_the_curve_is_of_revenue_and_named_so(tmp_path: Path) -> None:
    blocks = profit(asked(two_customers(tmp_path, costs=False)))
    headline, lead = texts(blocks)
    assert headline == "1 customer brings 67% of your net revenue"
    assert lead == (
        "Customers are ranked from the largest to the smallest and their net revenue is added up. "
        "Costs are not known for 100% of sales."
    )
    curve = charts(blocks)[ChartKind.WHALE_CURVE]
    assert curve.title == "Net revenue added up, largest customer first"
    assert curve.series[0].name == "Cumulative net revenue"
    assert "Gross profit" not in charts(blocks)[ChartKind.WATERFALL].categories
    assert [block.title for block in blocks if isinstance(block, Table)] == ["Largest", "Smallest"]


def test_one_customer_is_all_of_it(tmp_path: Path) -> None:
    blocks = profit(asked(one_customer(tmp_path, ("2026-10-05", 10_000, 4_000, "invoice"))))
    assert texts(blocks)[0] == "One customer accounts for all gross profit: $60"
    assert [block.title for block in blocks if isinstance(block, Table)] == ["Most profitable"]


def test_the_first_fifth_is_that_of_the_buyers(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "fifth.quintile")
    for number, net in enumerate((300_00, 200_00, *[50_00] * 8)):
        made.document("2026-10-05", made.customer(f"Buyer {number}"), (net, None))
    for name in ("Returned", "Returned too"):
        made.document("2026-10-06", made.customer(name), (-40_00, None), kind="credit note")
    blocks = profit(asked(with_scheme(made)))
    # Two of the ten who bought, 500 of the 900 that they brought; two others only returned goods.
    words = "2 customers bring 56% of your net revenue, 2 customers give back $80"
    assert texts(blocks)[0] == words
    first = charts(blocks)[ChartKind.WHALE_CURVE].annotations[0]
    assert (first.index, first.text, first.detail) == (1, "Top 20% (2 customers)", "bring 56% of revenue")
