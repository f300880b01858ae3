"""The executive summary says what the figures say, whatever the book lacks."""

from pathlib import Path

import pytest

from core.unit import Unit
from reports.content import Block, Callouts, Chart, Heading, KeyFigure, KeyFigures, Paragraph, SideHeading
from reports.section import Context
from reports.sections.executive_summary import SECTION
from tests.core.builders import BookBuilder
from tests.reports.books import asked, nobody, one_customer, two_customers, with_scheme


def blocks_of(context: Context) -> list[Block]:
    return list(SECTION.build(context))


def headline(context: Context) -> str:
    return next(block.text for block in blocks_of(context) if isinstance(block, Heading))


def lead(context: Context) -> str:
    return next(block.text for block in blocks_of(context) if isinstance(block, Paragraph))


def figures(context: Context) -> dict[str, KeyFigure]:
    found = next(block for block in blocks_of(context) if isinstance(block, KeyFigures))
    return {figure.key: figure for figure in found.figures}


def side(context: Context) -> dict[str, str]:
    return {block.label: block.text for block in blocks_of(context) if isinstance(block, SideHeading)}


def cards(context: Context) -> list[tuple[str, str]]:
    found = [block for block in blocks_of(context) if isinstance(block, Callouts)]
    return [(card.title, card.text) for block in found for card in block.cards]


def test_headline_compares_with_the_year_before_and_counts_the_losses(tmp_path: Path) -> None:
    # 1,800 / 1,500 = +20.0 %, 500 / 700 = -28.57 %
    context = asked(two_customers(tmp_path))
    assert headline(context) == (
        "Sales grew 20.0% and net contribution fell 28.6%, but 1 customer costs more than it brings in"
    )


def test_lead_tells_what_was_sold_and_what_was_left(tmp_path: Path) -> None:
    assert lead(asked(two_customers(tmp_path))) == (
        "Over the 12 months to 31 October 2026 you sold $1,800 to 2 customers. After the cost of the goods and of "
        "serving each customer, $500 was left, 28.6% less than the year before."
    )


def test_key_figures_carry_exact_amounts_and_their_changes(tmp_path: Path) -> None:
    found = figures(asked(two_customers(tmp_path)))
    values = {key: figure.value for key, figure in found.items()}
    assert values == {
        "net_revenue": 180_000,
        "gross_profit": 80_000,
        "contribution": 50_000,
        "cost_to_serve": 30_000,
        "active_customers": 2,
        "bought_again": 1.0,
    }
    assert found["net_revenue"].change == pytest.approx(0.2)
    assert found["net_revenue"].note == "from $1,500"
    # margin 80/180 = 44.4 % against 80/150 = 53.3 %
    assert found["gross_profit"].change == pytest.approx(80 / 180 - 80 / 150)
    assert found["gross_profit"].change_unit is Unit.POINTS
    assert found["gross_profit"].note == "at 44.4% of revenue"
    # cost to serve 300/1,800 = 16.7 % against 100/1,500 = 6.7 %
    assert found["cost_to_serve"].change == pytest.approx(0.1)
    assert found["cost_to_serve"].note == "at 16.7% of revenue"
    assert not found["cost_to_serve"].good_when_up
    assert found["active_customers"].change == 0
    assert found["bought_again"].note == "2 of last year’s 2 customers"


def test_what_works_and_what_needs_care_name_the_segments(tmp_path: Path) -> None:
    said = side(asked(two_customers(tmp_path)))
    # Big brings 1,200 of 1,800 = 67 %; 550 of 500 is no share, so the amount stands. Two orders 689 days apart.
    assert said["What is working"] == (
        "**Big**, 1 customer, brings in 67% of revenue and $550 of net contribution. "
        "The order is worth $1,200, usually one every 689 days."
    )
    # Bob's goods cost 500 of 600 = 83 %, all goods 1,000 of 1,800 = 56 %.
    assert said["What needs care"] == (
        "**Small**: 1 customer bought $600 and lost you $50, mostly through cost of goods 83% of list price, "
        "typical 56%."
    )


def test_next_steps_follow_from_the_figures(tmp_path: Path) -> None:
    assert cards(asked(two_customers(tmp_path))) == [
        (
            "Look at one loss",
            "Bob cost you $50 more than it brought. Begin with cost of goods 83% of list price, typical 56%.",
        ),
        ("Look after Big", "1 customer brings in 67% of revenue. Losing it would hurt the most."),
    ]


def test_months_stand_beside_those_of_the_year_before(tmp_path: Path) -> None:
    chart = next(block for block in blocks_of(asked(two_customers(tmp_path))) if isinstance(block, Chart))
    assert chart.categories[0] == "Nov"
    assert chart.categories[-1] == "Oct"
    assert chart.series[0].values == (0,) * 11 + (180_000,)
    assert chart.series[1].values == (100_000, 0, 0, 0, 50_000, 0, 0, 0, 0, 0, 0, 0)


def test_without_an_earlier_year_nothing_grows(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path, year_before=False))
    assert headline(context) == (
        "2 customers bought for $1,800 and left $500 of net contribution, "
        "but 1 customer costs more than it brings in"
    )
    assert lead(context).endswith("$500 was left. There is no earlier year to compare with.")
    found = figures(context)
    assert all(figure.change is None for figure in found.values())
    assert found["bought_again"].value is None
    chart = next(block for block in blocks_of(context) if isinstance(block, Chart))
    assert len(chart.series) == 1
    assert chart.series[0].values == (None,) * 11 + (180_000,)


def test_without_costs_there_is_no_profit_and_no_loss(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path, costs=False))
    assert headline(context) == "Sales grew 20.0%"
    assert lead(context) == (
        "Over the 12 months to 31 October 2026 you sold $1,800 to 2 customers. Costs are not known for 100% of sales."
    )
    found = figures(context)
    assert found["gross_profit"].value is None
    assert found["contribution"].value is None
    assert found["gross_profit"].note == "Costs are not known for 100% of sales"
    assert found["cost_to_serve"].value == 30_000
    assert side(context)["What needs care"] == (
        "Nobody who bought in the period is silent for more than twice a known usual gap. "
        "Losses cannot be seen without costs."
    )
    assert ("Find the missing costs") in [title for title, _ in cards(context)]


def test_costs_known_in_part_say_for_how_much_of_sales_they_are_not(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "part.quintile")
    made.document("2026-10-05", made.customer("Ann"), (75_000, None), (25_000, 10_000))
    assert "Costs are not known for 75% of sales." in lead(asked(with_scheme(made)))


@pytest.mark.parametrize(
    ("ledger", "pools", "why"),
    [(True, False, "no cost pool is set up"), (False, True, "no ledger is imported")],
)
def test_without_pools_or_ledger_gross_profit_stands_in(
    tmp_path: Path, ledger: bool, pools: bool, why: str
) -> None:
    context = asked(two_customers(tmp_path, ledger=ledger, pools=pools))
    # Gross profit 800 in both years; Ann 700, Bob 100: nobody costs more than he brings.
    assert headline(context) == "Sales grew 20.0% and gross profit stayed the same"
    assert lead(context) == (
        "Over the 12 months to 31 October 2026 you sold $1,800 to 2 customers. After the cost of the goods, $800 was "
        f"left, as much as the year before. The cost of serving customers is not known, because {why}."
    )
    assert figures(context)["contribution"].value is None
    assert figures(context)["cost_to_serve"].value is None
    assert ("Import the ledger" in [title for title, _ in cards(context)]) is not ledger


def test_one_customer_is_counted_as_one(tmp_path: Path) -> None:
    context = asked(one_customer(tmp_path, ("2026-10-05", 10_000, 4_000, "invoice")))
    assert headline(context) == "1 customer bought for $100 and left $60 of gross profit"
    assert "you sold $100 to 1 customer." in lead(context)


def test_who_only_returned_goods_was_sold_nothing(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "returns.quintile")
    made.document("2026-10-05", made.customer("Ann"), (10_000, None))
    made.document("2026-10-06", made.customer("Bob"), (-3_000, None), kind="credit note")
    context = asked(with_scheme(made))
    assert headline(context) == "1 customer ordered; net revenue came to $70"
    assert "to 31 October 2026 net revenue came to $70; 1 customer ordered." in lead(context)


def test_only_credit_notes_are_a_loss_and_no_share(tmp_path: Path) -> None:
    context = asked(one_customer(tmp_path, ("2026-10-05", -10_000, -4_000, "credit note")))
    assert headline(context) == (
        "Credits and refunds exceeded sales by $100 at a loss of $60, but 1 customer costs more than it brings in"
    )
    assert lead(context).startswith(
        "Over the 12 months to 31 October 2026 credits and refunds exceeded sales by $100. "
        "After the cost of the goods, $60 was lost."
    )
    assert side(context)["What is working"] == "No segment brings in any gross profit in this period."


def test_yen_have_no_decimals(tmp_path: Path) -> None:
    context = asked(one_customer(tmp_path, ("2026-10-05", 1_234, 1_000, "invoice"), currency="JPY"))
    assert headline(context) == "1 customer bought for ¥1,234 and left ¥234 of gross profit"


def test_a_book_without_customers_says_so(tmp_path: Path) -> None:
    context = asked(nobody(tmp_path))
    assert headline(context) == "No sales to customers were found in the 12 months to 31 October 2026"
    assert lead(context) == "There is nothing to divide into segments yet."
    assert cards(context)[-1][0] == "Import sales"
    assert figures(context)["gross_profit"].value in {0, None}


def test_sales_on_no_customer_are_named(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "counter.quintile")
    made.document("2026-10-05", made.customer("Ann"), (10_000, 5_000))
    made.document("2026-10-06", None, (2_500, 1_000), kind="sales receipt")
    context = asked(with_scheme(made))
    assert "Sales of $25 name no customer and are in no segment." in lead(context)
    assert figures(context)["net_revenue"].value == 10_000


def test_silent_customers_are_called_by_revenue(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "silent.quintile")
    for name, net in (("Lea", 10_000), ("Max", 20_000)):
        customer = made.customer(name)
        for day in ("2026-06-01", "2026-06-11", "2026-06-21"):
            made.document(day, customer, (net, net // 2))
    context = asked(with_scheme(made))
    # Silent for 132 days with a usual gap of 10; three orders of 200 and of 100.
    assert side(context)["What needs care"] == (
        "2 customers worth $900 have been silent for more than twice their usual gap."
    )
    assert cards(context)[0] == (
        "Call the two largest",
        "Max and Lea bought $900 in the period and are silent for over twice their usual gap.",
    )
