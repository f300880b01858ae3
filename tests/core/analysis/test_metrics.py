from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.metric_shelf import all_metrics, customer_metrics, metric_named, metrics_of
from core.unit import Unit
from tests.core.builders import BookBuilder

PROMISED = [
    "net_revenue",
    "gross_sales",
    "discounts",
    "credits",
    "cost_of_sales",
    "cost_coverage",
    "gross_profit",
    "gross_margin",
    "cost_to_serve",
    "contribution",
    "orders",
    "average_order_value",
    "first_purchase",
    "last_purchase",
    "recency_days",
    "tenure_days",
    "median_interpurchase_days",
    "r",
    "f",
    "m",
    "rfm_segment",
    "abc_class",
]


@pytest.fixture
def shop(builder: BookBuilder) -> BookBuilder:
    """Ann orders in January, April, twice on 1 October, on 11 October; Bob has one credit note; Eve nothing."""
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.customer("Eve")
    builder.document("2026-01-01", ann, (1_000, 400))
    builder.document("2026-04-01", ann, (2_000, 400))
    builder.document("2026-10-01", ann, (3_000, 1_000), (500, 100))
    second = builder.document("2026-10-01", ann, kind="sales receipt")
    builder.line(second, net=900, discount=100, cost=400)
    builder.document("2026-10-11", ann, (600, 100))
    builder.document("2026-10-20", ann, (-200, -50), kind="credit note")
    builder.document("2026-10-25", ann, (7, 0), kind="journal")
    builder.document("2026-10-25", bob, (-50, 0), kind="refund")
    return builder


def test_every_promised_metric_is_on_the_shelf_once() -> None:
    keys = [metric.key for metric in all_metrics()]
    assert set(PROMISED) <= set(keys)
    assert len(set(keys)) == len(keys)
    assert all(metric.definition.endswith(".") and metric.label for metric in all_metrics())
    assert metric_named("orders").unit is Unit.COUNT
    with pytest.raises(KeyError):
        metric_named("luck")


def test_the_metrics_of_a_customer_worked_out_by_hand(shop: BookBuilder) -> None:
    ann = metrics_of(shop.facts(), 0)
    # October: 3,000 + 500 + 1,000 + 600 + 7 gross, 100 discount, 200 credit; order days 1 and 11 October.
    expected: dict[str, Any] = {
        "gross_sales": 5_107,
        "discounts": 100,
        "credits": 200,
        "net_revenue": 4_807,
        "cost_of_sales": 1_550,
        "cost_coverage": 1.0,
        "gross_profit": 3_257,
        "gross_margin": pytest.approx(3_257 / 4_807),
        "cost_to_serve": None,
        "contribution": None,
        "contribution_margin": None,
        "discount_share": pytest.approx(100 / 5_107),
        "returns_share": pytest.approx(200 / 5_007),
        "orders": 2,
        "average_order_value": 2_404,  # 2,403.5 rounded away from zero
        "lines_per_order": 2.0,
        "first_purchase": date(2026, 1, 1),
        "last_purchase": date(2026, 10, 11),
        "recency_days": 20,
        "tenure_days": 303,
        "median_interpurchase_days": 90.0,  # gaps of 90, 183 and 10 days
        "lateness": pytest.approx(20 / 90),
        "trend": None,  # nothing from May to July
        "abc_class": "A",
    }
    assert {key: ann[key] for key in expected} == expected


def test_a_credit_note_is_no_order_and_a_customer_with_only_credits_is_not_active(shop: BookBuilder) -> None:
    bob = metrics_of(shop.facts(), 1)
    assert (bob["net_revenue"], bob["credits"], bob["orders"]) == (-50, 50, 0)
    unknown = (
        "average_order_value",
        "last_purchase",
        "recency_days",
        "tenure_days",
        "lateness",
        "r",
        "rfm_segment",
        "abc_class",
    )
    assert [bob[key] for key in unknown] == [None] * len(unknown)


def test_a_customer_without_documents_has_no_figures_but_sums_of_nothing(shop: BookBuilder) -> None:
    eve = metrics_of(shop.facts(), 2)
    assert (eve["net_revenue"], eve["orders"], eve["abc_class"], eve["first_purchase"]) == (0, 0, None, None)


def test_nothing_after_the_as_of_date_is_known(shop: BookBuilder) -> None:
    ann = metrics_of(shop.facts("2026-10", as_of="2026-10-05"), 0)
    assert (ann["last_purchase"], ann["recency_days"], ann["credits"]) == (date(2026, 10, 1), 4, 0)


def test_two_order_days_give_a_usual_gap_and_no_lateness(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-01", ann, (1, None))
    builder.document("2026-10-04", ann, (1, None))
    builder.document("2026-10-04", bob, (1, None))
    table = customer_metrics(builder.facts())
    assert table["median_interpurchase_days"].tolist()[0] == 3
    assert table["median_interpurchase_days"].isna().tolist() == [False, True]
    assert table["lateness"].isna().all()


@pytest.mark.parametrize(
    ("as_of", "expected"),
    [("2026-10-31", 0.5), ("2026-10-30", 1.0)],  # the last full month is October, then September
)
def test_the_trend_compares_three_full_months_with_the_three_before(
    builder: BookBuilder, as_of: str, expected: float
) -> None:
    ann = builder.customer("Ann")
    for month, net in ((4, 100), (5, 100), (6, 100), (7, 200), (8, 200), (9, 200), (10, 350)):
        builder.document(f"2026-{month:02d}-15", ann, (net, None))
    # May to July 400, August to October 750; April to June 300, July to September 600.
    trend = customer_metrics(builder.facts("2026", as_of=as_of))["trend"].tolist()
    assert trend == [pytest.approx({0.5: 750 / 400 - 1, 1.0: 1.0}[expected])]


def test_a_book_that_begins_later_shows_no_trend(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    for day in ("2026-07-01", "2026-09-15"):
        builder.document(day, ann, (100, None))
    assert customer_metrics(builder.facts("2026", as_of="2026-10-31"))["trend"].isna().all()


def test_an_empty_book_has_an_empty_table(builder: BookBuilder) -> None:
    table = customer_metrics(builder.facts())
    assert table.shape == (0, len(all_metrics()))


@settings(max_examples=15)
@given(st.randoms(use_true_random=False))
def test_the_order_of_documents_changes_no_metric(
    books: tuple[BookBuilder, BookBuilder], random: Any
) -> None:
    first, second = books
    rows = [(f"2026-{3 + n % 8:02d}-{1 + n * 7 % 28:02d}", n % 5 + 1, 100 + n * 37 % 11) for n in range(40)]
    shuffled = list(rows)
    random.shuffle(shuffled)
    for builder, order in ((first, rows), (second, shuffled)):
        builder.book.connection.execute("DELETE FROM document_lines")
        builder.book.connection.execute("DELETE FROM documents")
        for day, customer, net in order:
            builder.document(day, customer, (net, net // 2))
    one, other = (customer_metrics(builder.facts("2026", as_of="2026-10-31")) for builder in books)
    assert one.equals(other)


@pytest.fixture(scope="module")
def books(tmp_path_factory: pytest.TempPathFactory) -> tuple[BookBuilder, BookBuilder]:
    folder = tmp_path_factory.mktemp("books")
    pair = (BookBuilder(folder / "a.quintile"), BookBuilder(folder / "b.quintile"))
    for builder in pair:
        for name in "ABCDE":
            builder.customer(name)
    return pair
