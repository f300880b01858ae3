from core.analysis.patterns.monthly import BoughtAgain, bought_again, monthly_figures
from core.period import EVERYTHING, parse_period
from tests.core.builders import BookBuilder


def filled(builder: BookBuilder) -> BookBuilder:
    ann, bob, eve = (builder.customer(name) for name in ("Ann", "Bob", "Eve"))
    for day, customer, net in (
        ("2026-08-03", ann, 100),
        ("2026-08-20", ann, 50),
        ("2026-08-20", bob, 70),
        ("2026-09-01", ann, 30),
        ("2026-09-01", ann, 40),
        ("2026-09-09", eve, 5),
    ):
        builder.document(day, customer, (net, 10))
    builder.document("2026-09-10", bob, (-20, None), kind="credit note")
    builder.document("2026-09-10", None, (900, 10), kind="sales receipt")
    return builder


def test_months_have_their_revenue_profit_orders_and_active_customers(builder: BookBuilder) -> None:
    facts = filled(builder).facts("2026-09")
    table = monthly_figures(facts, parse_period("2026-07..2026-10"))
    assert [f"{day:%Y-%m}" for day in table.index] == ["2026-07", "2026-08", "2026-09"]
    assert table["net_revenue"].tolist() == [0, 220, 955]
    assert table["gross_profit"].tolist()[:2] == [0, 190]
    assert table["gross_profit"].isna().tolist() == [False, False, True]
    assert table["orders"].tolist() == [0, 3, 2]
    assert table["active_customers"].tolist() == [0, 2, 2]


def test_bought_again_counts_the_customers_of_the_period_before(builder: BookBuilder) -> None:
    facts = filled(builder).facts("2026-09")
    found = bought_again(facts)
    assert found == BoughtAgain(again=1, before=2)
    assert found is not None
    assert found.share == 0.5


def test_without_a_period_before_nobody_can_have_bought_again(builder: BookBuilder) -> None:
    filled(builder)
    august = bought_again(builder.facts("2026-08"))
    assert august == BoughtAgain(again=0, before=0)
    assert august is not None
    assert august.share is None
    assert bought_again(builder.facts("all")) is None


def test_an_empty_book_has_no_months(builder: BookBuilder) -> None:
    assert len(monthly_figures(builder.facts("all"), EVERYTHING)) == 0
