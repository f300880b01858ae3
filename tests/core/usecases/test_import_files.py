"""Importing: what is previewed is written, once; taking it back leaves no trace."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest

from core.errors import ClosedPeriod, NotFound, UsageError
from core.importing.importer import ColumnMapping, Parsing, Recognition, StatedTotal
from core.importing.intake import RowStatus
from core.importing.issue import Issue, Question, Severity
from core.importing.records import AccountType, CustomerRecord, ItemCost, Posting, Record, SalesLine
from core.importing.source import Source
from core.store.book import Book
from core.store.digest import business_digest
from core.usecases.books import change_settings, check_book, new_book
from core.usecases.import_files import (
    ImportResult,
    Preview,
    commit_import,
    find_import,
    list_imports,
    preview_import,
    undo_import,
)
from core.usecases.mappings import recall_mapping, remember


class Records:
    """A format whose files are records already."""

    key, label = "records", "Records"

    def __init__(self, yields: str, records: Sequence[Record], system: str = "") -> None:
        self.yields = yields
        self._records = list(records)
        self._system = system or {"sales": "quickbooks_online", "ledger": "general_ledger"}.get(
            yields, yields
        )

    def recognise(self, source: Source) -> Recognition:
        return Recognition(1.0)

    def questions(self, source: Source, mapping: ColumnMapping) -> list[Question]:
        return []

    def parse(self, source: Source, mapping: ColumnMapping, currency: str) -> Parsing:
        return Parsing(self._system, [self._records], stated_totals=[StatedTotal(9, "TOTAL", 1500, 1500)])


def sale(number: str, customer: str, net: int, **other: Any) -> SalesLine:
    plain: dict[str, Any] = {
        "row": 2, "kind": "invoice", "number": number, "date": "2026-10-05", "customer": customer, "customer_name": "",
        "item": "House Blend", "item_name": "", "category": "Coffee", "description": "", "quantity": "1",
        "gross_minor": net, "discount_minor": 0, "net_minor": net, "tax_minor": 0, "cost_minor": None, "currency": "",
        "rate": "", "channel": "", "residue": 0,
    }  # fmt: skip
    return SalesLine(**(plain | other))


def posting(amount: int, account: str = "4000", **other: Any) -> Posting:
    plain: dict[str, Any] = {
        "row": 2, "date": "2026-10-05", "account": account, "account_name": "Sales", "account_type": "income",
        "entry": "1", "customer": "", "memo": "", "amount_minor": amount, "currency": "",
    }  # fmt: skip
    return Posting(**(plain | other))


def person(key: str, name: str, *attributes: tuple[str, str], email: str = "") -> CustomerRecord:
    return CustomerRecord(2, key, name, email, "", "", "", "", "", attributes)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with new_book(tmp_path / "client.quintile", client="Acme", currency="USD") as made:
        yield made


def preview(book: Book, yields: str, *records: Record, system: str = "") -> Preview:
    source = Source(Path("export.csv"), "0" * 64, 10, "csv", "utf-8", ",", ())
    return preview_import(book, source, Records(yields, records, system))


def take_in(book: Book, yields: str, *records: Record, system: str = "") -> ImportResult:
    return commit_import(book, preview(book, yields, *records, system=system))


def rows(book: Book, query: str) -> list[tuple[Any, ...]]:
    return book.connection.execute(query).fetchall()


def customers(book: Book) -> list[str]:
    return [name for (name,) in rows(book, "SELECT name FROM customers ORDER BY id")]


def test_a_preview_writes_nothing_and_says_what_will_be_written(book: Book) -> None:
    before = business_digest(book.connection)
    seen = preview(book, "sales", sale("1", "Tern Café", 1000), sale("2", "", 500))
    assert business_digest(book.connection) == before
    totals = seen.totals
    assert (totals.documents, totals.lines, totals.net_total, totals.customers) == (2, 2, 1500, 1)
    assert (totals.lines_without_customer, totals.stated_total, totals.cost_total) == (1, 1500, None)
    assert [(row.number, row.amount, row.status) for row in seen.intake.rows()] == [
        ("1", "10.00", RowStatus.NEW),
        ("2", "5.00", RowStatus.NEW),
    ]


def test_what_was_previewed_is_written(book: Book) -> None:
    result = take_in(
        book, "sales", sale("1", "Tern Café", 1000, cost_minor=400), sale("1", "Tern Café", 50, quantity="")
    )
    assert result.import_id == 1
    assert rows(book, "SELECT kind, number, currency, rate FROM documents") == [("invoice", "1", "USD", "")]
    assert rows(
        book, "SELECT net_minor, cost_minor, cost_basis, quantity_millionths FROM document_lines"
    ) == [
        (1000, 400, "line", 1_000_000),
        (50, None, "unknown", None),
    ]
    stored = find_import(book, 1)
    assert stored.totals["net_total"] == 1050
    assert stored.totals["cost_total"] == 400


def test_the_same_export_again_adds_nothing_and_leaves_no_trace(book: Book) -> None:
    lines = (sale("1", "Tern Café", 1000), sale("", "", 200, row=3), sale("", "", 200, row=4))
    take_in(book, "sales", *lines)
    before = business_digest(book.connection)
    again = take_in(book, "sales", *lines)
    assert again.import_id is None
    assert again.preview.totals.duplicates == 3
    assert again.preview.intake.statuses()[RowStatus.SAME] == 3
    assert business_digest(book.connection) == before
    assert len(list_imports(book)) == 1


def test_an_overlapping_export_adds_only_what_is_new(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000), sale("2", "Tern Café", 500))
    second = take_in(book, "sales", sale("2", "Tern Café", 500), sale("3", "Tern Café", 70))
    assert (second.preview.totals.documents, second.preview.totals.duplicates) == (1, 1)
    assert rows(book, "SELECT sum(net_minor) FROM document_lines") == [(1570,)]


def test_a_changed_document_becomes_a_new_version_and_undo_brings_the_old_one_back(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    before = business_digest(book.connection)
    changed = take_in(book, "sales", sale("1", "Tern Café", 900))
    assert changed.preview.totals.changed == 1
    counted = "SELECT sum(net_minor) FROM document_lines JOIN documents d ON d.id = document_id WHERE replaced_by IS NULL"
    assert rows(book, counted) == [(900,)]
    undo_import(book, 2)
    assert rows(book, counted) == [(1000,)]
    assert business_digest(book.connection) == before


def test_taking_the_middle_version_back_leaves_the_newest(book: Book) -> None:
    for net in (1000, 900, 800):
        take_in(book, "sales", sale("1", "Tern Café", net))
    undo_import(book, 2)
    counted = "SELECT net_minor FROM document_lines JOIN documents d ON d.id = document_id WHERE replaced_by IS NULL"
    assert rows(book, counted) == [(800,)]
    undo_import(book, 3)
    assert rows(book, counted) == [(1000,)]


def test_undo_restores_the_digest_whatever_was_imported(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    before = business_digest(book.connection)
    second = [
        take_in(
            book, "ledger", posting(-1000, customer="Old Mill"), posting(1000, "1100", account_type="asset")
        ),
        take_in(book, "items", ItemCost(2, "HB", "House Blend", "Coffee", 420, "2026-01-01")),
        take_in(
            book,
            "customers",
            person("C1", "tern café", ("type", "Café"), email="a@b.example"),
            person("C2", "New One"),
        ),
    ]
    assert customers(book) == ["Tern Café", "Old Mill", "New One"]
    for result in reversed(second):
        assert result.import_id is not None
        undo_import(book, result.import_id)
    assert business_digest(book.connection) == before
    assert check_book(book.path).is_sound


def test_what_others_use_stays_when_its_first_import_is_taken_back(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    take_in(book, "ledger", posting(-1000, customer="Tern Café"))
    undo_import(book, 1)
    assert customers(book) == ["Tern Café"]
    assert rows(book, "SELECT count(*) FROM documents") == [(0,)]
    assert check_book(book.path).findings == ()
    undo_import(book, 2)
    assert customers(book) == []


def test_an_import_is_taken_back_once_and_only_if_it_exists(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    undo_import(book, 1)
    with pytest.raises(NotFound, match="already"):
        undo_import(book, 1)
    with pytest.raises(NotFound, match="no import 7"):
        undo_import(book, 7)


def test_a_closed_month_is_not_emptied_and_a_change_to_it_is_announced(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    book.connection.execute(
        "INSERT INTO closes (month, closed_at, author, settings, data_digest) VALUES ('2026-10','','','{}','')"
    )
    with pytest.raises(ClosedPeriod, match="2026-10 is closed"):
        undo_import(book, 1)
    seen = preview(book, "sales", sale("2", "Tern Café", 1000))
    assert [issue.severity for issue in seen.issues] == [Severity.WARNING]
    assert "2026-10 is closed" in seen.issues[0].message


def test_a_foreign_document_keeps_its_amounts_and_counts_in_the_books_currency(book: Book) -> None:
    # 1,000 yen at 0.0067 dollars are 6.70 dollars; 25.00 euro at 1.1 are 27.50.
    take_in(
        book, "sales", sale("1", "Kato", 1000, currency="JPY", rate="0.0067"),
        sale("2", "Weber", 2500, currency="EUR", rate="1.1", cost_minor=1001),
    )  # fmt: skip
    assert rows(book, "SELECT net_minor, cost_minor FROM document_lines ORDER BY id") == [
        (670, None),
        (2750, 1101),
    ]
    assert rows(book, "SELECT net_minor, cost_minor FROM foreign_lines ORDER BY line_id") == [
        (1000, None),
        (2500, 1001),
    ]


def test_a_foreign_document_without_a_rate_is_kept_but_counts_nowhere(book: Book) -> None:
    result = take_in(book, "sales", sale("1", "Weber", 2500, currency="EUR"))
    assert result.preview.totals.currency == "EUR"
    assert result.preview.totals.net_total == 2500
    assert rows(book, "SELECT currency, rate FROM documents") == [("EUR", "?")]
    assert "without a rate" in result.preview.issues[-1].message


def test_the_same_posting_twice_in_a_file_is_two_postings_and_once_more_is_none(book: Book) -> None:
    take_in(book, "ledger", posting(-500), posting(-500))
    again = take_in(book, "ledger", posting(-500), posting(-500), posting(-500))
    assert (again.preview.totals.postings, again.preview.totals.duplicates) == (1, 2)
    assert rows(book, "SELECT sum(amount_minor) FROM postings") == [(-1500,)]


def test_a_ledger_that_does_not_balance_or_lacks_types_is_said(book: Book) -> None:
    seen = preview(
        book, "ledger", posting(-500, account_type=AccountType.UNKNOWN), posting(400, currency="USD")
    )
    said = " ".join(issue.message for issue in seen.issues)
    assert "differ by -1.00" in said
    assert "1 accounts have no type (4000)" in said


def test_a_type_that_comes_later_is_learned(book: Book) -> None:
    take_in(book, "ledger", posting(-500, account_type=AccountType.UNKNOWN))
    take_in(book, "ledger", posting(-700))
    assert rows(book, "SELECT code, type FROM accounts") == [("4000", "income")]


def test_one_customer_in_three_sources_is_one_customer(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    take_in(book, "customers", person("C1", "TERN  CAFE\u0301", email="tern@cafe.example"))
    take_in(book, "sales", sale("7", "C1", 300), system="invoice_lines")
    assert customers(book) == ["Tern Café"]
    assert rows(book, "SELECT count(DISTINCT customer_id) FROM documents") == [(1,)]


def test_two_customers_of_one_name_are_not_guessed_to_be_one(book: Book) -> None:
    take_in(book, "customers", person("C1", "Jo Brown"), person("C2", "Jo Brown"))
    take_in(book, "sales", sale("1", "Jo Brown", 100))
    assert customers(book) == ["Jo Brown", "Jo Brown", "Jo Brown"]


def test_a_customer_list_says_only_what_is_new(book: Book) -> None:
    take_in(book, "customers", person("C1", "Tern", ("type", "Café")))
    again = take_in(book, "customers", person("C1", "Tern", ("type", "Café")))
    assert again.import_id is None
    changed = take_in(book, "customers", person("C1", "Tern", ("type", "Hotel")))
    assert changed.preview.totals.customers == 1
    query = "SELECT value, max(import_id) FROM customer_attributes WHERE name = 'type'"
    assert rows(book, query)[0][0] == "Hotel"


def test_a_new_cost_without_a_date_does_not_rewrite_the_past(book: Book) -> None:
    take_in(book, "items", ItemCost(2, "HB", "House Blend", "Coffee", 420, ""))
    take_in(book, "items", ItemCost(2, "HB", "House Blend", "Coffee", 500, ""))
    costs = rows(book, "SELECT valid_from, unit_cost_minor FROM item_costs ORDER BY valid_from")
    assert costs[0] == ("", 420)
    assert costs[1][1] == 500
    assert costs[1][0] >= "2026"
    assert take_in(book, "items", ItemCost(2, "HB", "House Blend", "Coffee", 500, "")).import_id is None


def test_an_item_known_from_sales_by_name_is_the_one_in_the_list(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000, category=""))
    take_in(book, "items", ItemCost(2, "HB", "house blend", "Coffee", None, ""))
    assert rows(book, "SELECT code, name, category FROM items_now") == [("HB", "house blend", "Coffee")]
    assert take_in(book, "items", ItemCost(2, "HB", "house blend", "Coffee", None, "")).import_id is None


def test_a_mapping_is_remembered_by_its_header(book: Book) -> None:
    remember(book, "mark", "invoice_lines", '{"columns": {"date": "When"}}')
    remember(book, "mark", "invoice_lines", '{"columns": {"date": "When"}}')
    assert recall_mapping(book, "mark") == ("invoice_lines", {"columns": {"date": "When"}})
    assert recall_mapping(book, "other") is None


def test_a_flipped_bit_in_an_imported_row_is_noticed(book: Book) -> None:
    take_in(book, "sales", sale("1", "Tern Café", 1000))
    assert check_book(book.path).is_sound
    book.connection.execute("UPDATE document_lines SET net_minor = 1001")
    findings = check_book(book.path).findings
    assert len(findings) == 1
    assert "export.csv" in findings[0]


def test_issues_are_kept_with_the_import(book: Book) -> None:
    source = Source(
        Path("export.csv"), "0" * 64, 10, "csv", "utf-8", ",", (), notes=("control characters removed",)
    )
    commit_import(book, preview_import(book, source, Records("sales", [sale("1", "A", 5)])))
    from core.store.imports import read_issues

    assert read_issues(book.connection, 1) == [Issue(0, "file", Severity.NOTE, "control characters removed")]


def test_a_credit_note_that_raises_the_sales_is_pointed_out(book: Book) -> None:
    wrong = preview(book, "sales", sale("CN1", "Ada", 500, kind="credit note"), sale("1", "Ada", 900))
    (issue,) = wrong.issues
    assert (issue.severity, issue.field) == (Severity.WARNING, "amount")
    assert "the first is CN1" in issue.message
    assert preview(book, "sales", sale("CN1", "Ada", -500, kind="credit note")).issues == ()


def test_amounts_are_never_taken_for_another_currency_later(book: Book) -> None:
    change_settings(book, {"currency": "EUR"})
    take_in(book, "sales", sale("1", "Ada", 900))
    with pytest.raises(UsageError, match="cannot change"):
        change_settings(book, {"currency": "USD"})


def test_a_year_far_ahead_is_pointed_out(book: Book) -> None:
    (issue,) = preview(book, "sales", sale("1", "Ada", 900), sale("2", "Ada", 900, date="2199-10-05")).issues
    assert (issue.field, issue.severity) == ("date", Severity.WARNING)
    assert "2199-10-05" in issue.message
