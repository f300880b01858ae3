"""Months without sales are not reported on."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import NotFound
from core.period import parse_period
from core.store.book import Book
from core.usecases.months_with_sales import has_sales, require_sales
from tests.core.builders import BookBuilder


@pytest.fixture
def builder(tmp_path: Path) -> Iterator[BookBuilder]:
    made = BookBuilder(tmp_path / "shop.quintile")
    yield made
    made.book.close()


@pytest.fixture
def book(builder: BookBuilder) -> Book:
    ann = builder.customer("Ann")
    builder.document("1997-01-31", ann, (1000, None))
    builder.document("1998-06-01", ann, (1000, None))
    return builder.book


@pytest.mark.parametrize(
    ("month", "sold"), [("1997-01", True), ("1997-02", False), ("1998-06", True), ("2026-10", False)]
)
def test_a_month_has_sales_where_a_document_is_dated_in_it(book: Book, month: str, sold: bool) -> None:
    assert has_sales(book, parse_period(month)) is sold


def test_a_report_looks_at_twelve_months(book: Book) -> None:
    require_sales(book, parse_period("1997-12"))
    require_sales(book, parse_period("1999-05"))
    with pytest.raises(NotFound) as refused:
        require_sales(book, parse_period("1999-06"))
    assert str(refused.value) == (
        "shop.quintile has no sales from Jul 1998 to Jun 1999. "
        "It has sales from Jan 1997 to Jun 1998: ask for one of these months."
    )


def test_a_book_without_sales_says_so(builder: BookBuilder) -> None:
    with pytest.raises(NotFound, match="no sales at all: import some first"):
        require_sales(builder.book, parse_period("2026-10"))
