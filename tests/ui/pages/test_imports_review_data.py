from pathlib import Path

import pytest

from core.importing.issue import Severity
from core.store.book import Book, create_book
from ui.intake import recognise_file
from ui.pages import imports_review_data
from ui.pages.imports_mapping_data import answered, mapping_data
from ui.pages.imports_review_data import Review
from ui.pages.imports_texts import amount_text, choice_text, count_text, size_text, sure_text
from ui.pages.imports_work import read_file

LEDGER = (
    "Date,Account,Account type,Entry,Debit,Credit\n"
    "2026-02-01,Bank,Asset,1,100.00,\n"
    "2026-02-01,Sales,Income,1,,100.00\n"
    "2026-02-02,Bank,Asset,2,30.00,\n"
)
HEADER = "Invoice No,Date,Customer,Item,Qty,Amount\n"


@pytest.fixture
def book(tmp_path: Path) -> Book:
    return create_book(tmp_path / "book.quintile")


def reviewed(book: Book, tmp_path: Path, text: str) -> Review:
    path = tmp_path / "file.csv"
    path.write_text(text, encoding="utf-8")
    found = read_file(book, path)
    assert isinstance(found, Review)
    return found


def test_a_ledger_that_does_not_balance_is_said(book: Book, tmp_path: Path) -> None:
    review = reviewed(book, tmp_path, LEDGER)
    lines = {line.label: line for line in review.lines}
    assert lines["Ready to import"].amount == 13_000
    assert lines["Credits in the file"].amount == 10_000
    assert (lines["Debits − credits"].amount, lines["Debits − credits"].role) == (3_000, "differs")
    assert any(finding.severity is Severity.WARNING for finding in review.findings)


def test_a_long_file_is_cut_in_the_table_and_counted_whole(
    book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imports_review_data, "SHOWN_ROWS", 5)
    rows = "".join(f"{number},2026-02-13,Ann,Beans,1,10.00\n" for number in range(1, 13))
    review = reviewed(book, tmp_path, HEADER + rows)
    assert len(review.rows["row"]) == 5
    assert review.is_cut
    assert (review.total_rows, review.ready) == (12, 12)
    assert review.lines[0].amount == 12_000


def test_problems_of_one_kind_are_one_finding(book: Book, tmp_path: Path) -> None:
    rows = "".join(f"{number},2026-02-13,Ann,Beans,1,word{number}\n" for number in range(1, 4))
    good = "".join(f"{number},2026-02-13,Ann,Beans,1,10.00\n" for number in range(10, 80))
    review = reviewed(book, tmp_path, HEADER + rows + good)
    errors = [finding for finding in review.findings if finding.severity is Severity.ERROR]
    assert [finding.rows for finding in errors] == [(2, 3, 4)]
    assert errors[0].title.startswith("3 rows left out")
    assert review.filters["errors"] == [0, 1, 2]


def test_rows_that_repeat_others_are_counted_and_shown_each(book: Book, tmp_path: Path) -> None:
    same = "1,2026-02-13,Ann,Beans,1,10.00\n"
    review = reviewed(book, tmp_path, HEADER + 3 * same + "2,2026-02-13,,Beans,1,1500.00\n")
    nobody, repeated = review.findings
    assert (nobody.title, nobody.rows) == ("Sales on no customer", ())
    assert "1 row for 1,500.00 names no customer" in nobody.detail
    assert (repeated.title, repeated.rows) == ("2 rows to look at", (3, 4))
    assert review.counts["warnings"] == len(review.filters["warnings"]) == 2


def test_samples_stand_beside_the_columns(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(HEADER + "1,2026-02-13,Ann,Beans,1,10.00\n2,2026-02-14,Bob,Beans,1,10.00\n")
    data = mapping_data(recognise_file(path))
    assert data.samples["Customer"] == "Ann,  Bob"
    assert data.samples["Item"] == "Beans"
    assert data.mapping.columns["date"] == "Date"


def test_other_columns_forget_what_was_guessed_for_the_old_ones(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    path.write_text(HEADER + "1,2026-02-13,Ann,Beans,1,10.00\n2,2026-02-14,Bob,Beans,1,10.00\n")
    data = mapping_data(recognise_file(path))
    same = answered(data, dict(data.mapping.columns), {"date_order": "dmy"})
    assert same.options["date_order"] == "dmy"
    other = answered(data, {"date": "Date", "customer": "Customer", "net": "Amount", "item": ""}, {})
    assert dict(other.columns) == {"date": "Date", "customer": "Customer", "net": "Amount"}
    assert set(other.options) == {"header_row"}


def test_figures_of_files_are_written_for_people() -> None:
    assert [size_text(size) for size in (12, 120_832, 3_250_586)] == ["12 bytes", "118 KB", "3.1 MB"]
    assert [count_text(number, "rows") for number in (0, 1, 1200)] == ["0 rows", "1 row", "1,200 rows"]
    assert sure_text(0.98) == "98% sure"
    assert choice_text("mdy") == "Month first: 10/31/2026"
    assert choice_text("credit") == "Credit"
    assert [amount_text(minor, "USD") for minor in (123456, -50, None)] == ["1,234.56", "(0.50)", "–"]
    assert amount_text(1500, "JPY") == "1,500"
