"""A segment described from the books."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from core.analysis.metric_shelf import customer_metrics
from core.segments.profile import FavouriteItem, MonthOfSales, Portion, Profile, profile_of
from tests.core.builders import BookBuilder


@pytest.fixture
def books(tmp_path: Path) -> Iterator[BookBuilder]:
    builder = BookBuilder(tmp_path / "a.quintile")
    yield builder
    builder.book.close()


def described(books: BookBuilder, *rows: int, period: str = "2026-09..2026-10") -> Profile:
    facts = books.facts(period)
    chosen = np.isin(np.arange(len(facts.customers)), rows)
    return profile_of(chosen, facts, customer_metrics(facts))


def filled(books: BookBuilder) -> None:
    hotel, cafe, other = (
        books.customer(name, Type=kind) for name, kind in (("H", "Hotel"), ("C", "Café"), ("O", "Café"))
    )
    beans, cups = books.item("Beans"), books.item("Cups")
    for day, customer, item, net, kind in (
        ("2026-08-31", hotel, beans, 99900, "invoice"),  # before the period
        ("2026-09-04", hotel, beans, 10000, "invoice"),  # a Friday
        ("2026-10-09", hotel, cups, 2500, "invoice"),  # a Friday
        ("2026-10-12", cafe, beans, 4000, "sales receipt"),  # a Monday
        ("2026-10-13", cafe, beans, -1000, "credit note"),
        ("2026-10-14", other, cups, 700, "invoice"),
    ):
        books.line(books.document(day, customer, kind=kind), net=net, cost=net // 2, item=item)


def test_a_profile_is_of_the_segment_in_the_period(books: BookBuilder) -> None:
    filled(books)
    found = described(books, 0, 1)
    assert (found.total.customers, found.total.net_revenue, found.total.orders) == (2, 15500, 3)
    assert (found.book.customers, found.book.net_revenue) == (3, 16200)
    assert found.who == {"Type": (Portion("Café", 1, 2), Portion("Hotel", 1, 2))}
    assert found.what == (FavouriteItem("Beans", 13000, 2), FavouriteItem("Cups", 2500, 1))
    assert found.months == (
        MonthOfSales(date(2026, 9, 1), 10000, 1),
        MonthOfSales(date(2026, 10, 1), 5500, 2),
    )
    assert [portion.count for portion in found.weekdays] == [1, 0, 0, 0, 2, 0, 0]
    # H ordered 31 Aug, 4 Sep, 9 Oct: gaps of 4 and 35 days, median 19.5; last orders 22 and 19 days ago
    assert (found.median_days_between_orders, found.median_recency_days) == (19.5, 20.5)


def test_the_months_of_all_dates_run_from_the_first_to_the_last_document(books: BookBuilder) -> None:
    filled(books)
    found = described(books, 1, period="all")  # customers stand in the order of their names
    assert [month.month.month for month in found.months] == [8, 9, 10]


def test_a_segment_without_members_has_an_empty_profile(books: BookBuilder) -> None:
    filled(books)
    found = described(books)
    assert (found.what, found.months, found.who["Type"]) == ((), (), ())
    assert (found.total.customers, found.median_recency_days) == (0, None)
