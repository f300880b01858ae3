"""What a file says twice, in another currency or against itself: never a wrong figure, never in silence."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from core.importing.issue import Severity
from core.importing.records import ItemCost
from core.store.book import Book
from core.usecases.books import new_book
from tests.core.usecases.test_import_files import person, posting, preview, rows, sale, take_in


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with new_book(tmp_path / "client.quintile", client="Acme", currency="USD") as made:
        yield made


def test_a_posting_in_another_currency_is_counted_as_not_taken(book: Book) -> None:
    result = take_in(book, "ledger", posting(-500), posting(500, row=3), posting(400, row=4, currency="EUR"))
    assert rows(book, "SELECT sum(amount_minor), count(*) FROM postings") == [(0, 2)]
    totals = result.preview.totals
    assert (totals.postings, totals.debit_total, totals.credit_total, totals.rejected) == (2, 500, 500, 1)
    errors = [issue for issue in result.preview.issues if issue.severity is Severity.ERROR]
    assert [issue.row for issue in errors] == [4]
    assert "expected an amount in USD, the book's currency, found one in EUR" in errors[0].message


def test_lines_that_stand_in_a_table_twice_are_taken_and_said(book: Book) -> None:
    lines = [
        sale("1", "Ada", 1000, row=2), sale("1", "Ada", 1000, row=3), sale("1", "Ada", 1000, row=4, quantity="2"),
        sale("2", "Ada", 700, row=5), sale("", "Ada", 300, row=6), sale("", "Bo", 300, row=7), sale("", "Ada", 300, row=8),
        sale("1", "Ada", 1000, row=9),
    ]  # fmt: skip
    result = take_in(book, "sales", *lines, system="invoice_lines")
    assert result.preview.totals.net_total == 5600
    (issue,) = [one for one in result.preview.issues if one.field == "row"]
    assert (issue.row, issue.severity) == (3, Severity.WARNING)
    assert "3 rows say exactly what another row" in issue.message
    assert "row 3 is row 2 again; row 8 is row 6 again; row 9 is row 3 again" in issue.message
    assert "23.00 USD in all" in issue.message
    assert not [one for one in preview(book, "sales", *lines).issues if one.field == "row"]  # a known program


def test_a_single_line_that_stands_twice_is_said(book: Book) -> None:
    issues = preview(
        book, "sales", sale("1", "Ada", 1000), sale("1", "Ada", 1000, row=7), system="invoice_lines"
    ).issues
    (text,) = [one.message for one in issues if one.field == "row"]
    assert "Row 7 says exactly what row 2 of the same document says" in text
    assert "of its own, 10.00 USD. If it" in text


def test_repeated_rows_are_all_named_and_no_document_is_spoken_of_without_numbers(book: Book) -> None:
    lines = [sale("", "Ada", 433_288, row=row) for row in (2, 3, 4)]
    issues = preview(book, "sales", *lines, system="invoice_lines").issues
    (issue,) = [one for one in issues if one.field == "row"]
    assert (issue.row, issue.rows) == (3, (3, 4))
    assert "2 rows say exactly what another row says (row 3 is row 2 again;" in issue.message
    assert "8,665.76 USD in all" in issue.message


def test_revenue_on_no_customer_is_said_with_its_rows_and_amount(book: Book) -> None:
    lines = [sale("1", "", 100_000), sale("1", "", 20_050, row=3), sale("2", "Ada", 700, row=4)]
    (issue,) = preview(book, "sales", *lines).issues
    assert (issue.row, issue.field, issue.severity) == (0, "customer", Severity.WARNING)
    assert issue.message == "2 rows for 1,200.50 name no customer: they count as sales on no customer."
    take_in(book, "sales", *lines[:2])
    assert preview(book, "sales", *lines).issues == ()  # what is there already was said before


def test_a_till_without_customers_is_a_note(book: Book) -> None:
    (issue,) = preview(book, "sales", sale("1", "", 500, kind="sales receipt")).issues
    assert issue.severity is Severity.NOTE
    assert issue.message == "1 row for 5.00 names no customer: it counts as a sale on no customer."


def test_revenue_on_no_customer_in_several_currencies_is_not_added_up(book: Book) -> None:
    lines = [sale("1", "", 100, currency="EUR", rate="1.1"), sale("2", "", 100)]
    (issue,) = preview(book, "sales", *lines).issues
    assert issue.message == "2 rows name no customer: they count as sales on no customer."


def test_repeated_lines_of_several_currencies_are_not_added_up(book: Book) -> None:
    lines = [sale("1", "Ada", 1000, row=row, currency="EUR", rate="1.1") for row in (2, 3)]
    lines += [sale("2", "Ada", 50, row=row, currency="JPY", rate="0.01") for row in range(4, 12)]
    issues = preview(book, "sales", *lines, system="invoice_lines").issues
    (text,) = [one.message for one in issues if one.field == "row"]
    assert "10.00 EUR and 350 JPY in all" in text
    assert "; and 3 more)" in text


def test_the_same_list_again_is_nothing_new_though_it_contradicts_itself(book: Book) -> None:
    records = [
        person("C1", "Ada", ("City", "Rome")),
        person("C1", "Ada", ("City", "Oslo")),
        person("C2", "Bo"),
    ]
    first = take_in(book, "customers", *records)
    (issue,) = first.preview.issues
    assert "'C1' has 'Rome' in row 2 but 'Oslo' in row 2): the last one counts" in issue.message
    assert take_in(book, "customers", *records).import_id is None
    items = [
        ItemCost(2, "HB", "House Blend", "Tea", 420, ""),
        ItemCost(3, "HB", "House Blend", "Coffee", 420, ""),
    ]
    take_in(book, "items", *items)
    assert take_in(book, "items", *items).import_id is None


def test_a_cost_without_a_date_comes_before_dated_ones_wherever_it_stands(book: Book) -> None:
    items = [
        ItemCost(2, "HB", "House Blend", "", 500, "2026-01-01"),
        ItemCost(3, "HB", "House Blend", "", 420, ""),
    ]
    take_in(book, "items", *items)
    query = "SELECT valid_from, unit_cost_minor FROM item_costs ORDER BY valid_from"
    assert rows(book, query) == [("", 420), ("2026-01-01", 500)]
    assert take_in(book, "items", *items).import_id is None
    assert rows(book, query) == [("", 420), ("2026-01-01", 500)]
