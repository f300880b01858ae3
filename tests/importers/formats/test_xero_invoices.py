"""Small files typed by hand in the shape of Xero's; the sums stand beside them."""

from pathlib import Path

import pytest

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Parsing
from core.importing.issue import Severity
from core.importing.records import SalesLine
from importers.formats.xero_invoices import IMPORTER
from tests.importers.builders import csv_source

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "xero"
LABELS = "ContactName,InvoiceNumber,InvoiceDate,DueDate,Total,InventoryItemCode,Description,Quantity,UnitAmount,Discount,LineAmount,TaxAmount,TrackingOption1,Currency,Type,Status"
# Exclusive 100 + 50 + 15 tax = 165; inclusive 110 holding 10 tax; a credit of 20 + 2.
ROWS = """Ann,INV-1,2/05/2026,1/06/2026,165.0000,T1,Tea,2.0000,50.0000,,100.0000,10.0000,Web,AUD,Sales invoice,Paid
Ann,INV-1,2/05/2026,1/06/2026,165.0000,,Cups,1.0000,50.0000,,50.0000,5.0000,,AUD,Sales invoice,Paid
Ben,INV-2,15/05/2026,,110.0000,T1,Tea,1.0000,110.0000,,110.0000,10.0000,,AUD,Sales invoice,Awaiting Payment
Ann,CN-1,16/05/2026,,-22.0000,T1,Tea,1.0000,-20.0000,,-20.0000,-2.0000,,AUD,Sales credit note,Paid
"""


def parsed(
    rows: str, labels: str = LABELS, currency: str = "AUD", **options: str
) -> tuple[list[SalesLine], Parsing]:
    parsing = IMPORTER.parse(csv_source(f"{labels}\n{rows}"), ColumnMapping(options=options), currency)
    return [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)], parsing


def messages(parsing: Parsing, severity: Severity) -> list[str]:
    return [issue.message for issue in parsing.issues if issue.severity is severity]


def test_lines_are_without_tax_whether_the_document_writes_them_with_or_without() -> None:
    lines, parsing = parsed(ROWS)

    assert [(line.number, line.net_minor, line.tax_minor) for line in lines] == [
        ("INV-1", 100_00, 10_00),
        ("INV-1", 50_00, 5_00),
        ("INV-2", 100_00, 10_00),
        ("CN-1", -20_00, -2_00),
    ]
    assert [line.kind for line in lines] == ["invoice", "invoice", "invoice", "credit note"]
    assert parsing.issues == []
    assert parsing.stated_totals == []  # the export has no grand total


def test_a_line_carries_its_customer_item_channel_and_currency() -> None:
    line = parsed(ROWS)[0][0]

    assert (line.row, line.customer, line.item, line.description) == (2, "Ann", "T1", "Tea")
    assert (line.channel, line.currency, line.quantity, line.date) == ("Web", "AUD", "2.0000", "2026-05-02")


@pytest.mark.parametrize(
    ("status", "reason"),
    [
        ("Draft", "draft"),
        ("Awaiting Approval", "awaiting approval"),
        ("Voided", "void"),
        ("Deleted", "deleted"),
    ],
)
def test_what_is_not_in_the_ledger_is_left_out(status: str, reason: str) -> None:
    lines, parsing = parsed(ROWS.replace("Awaiting Payment", status))

    assert [line.number for line in lines] == ["INV-1", "INV-1", "CN-1"]
    assert parsing.left_out == {reason: 1}
    assert messages(parsing, Severity.NOTE) == [f"left out of sales as {reason}: documents 1, rows 1"]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [("Sales overpayment", "overpayment"), ("Sales prepayment", "prepayment"), ("Bill", "purchase")],
)
def test_payments_and_bills_are_no_sales(kind: str, reason: str) -> None:
    lines, parsing = parsed(ROWS.replace("Sales credit note", kind))

    assert len(lines) == 3
    assert parsing.left_out == {reason: 1}


def test_the_bills_export_is_refused_as_purchases() -> None:
    bills = ROWS.replace("Sales invoice", "Bill").replace("Sales credit note", "Bill credit note")

    recognition = IMPORTER.recognise(csv_source(f"{LABELS}\n{bills}"))
    assert "This is Xero's bills (purchases) export" in recognition.refusal
    assert IMPORTER.recognise(csv_source(f"{LABELS}\n{ROWS}")).refusal == ""
    assert IMPORTER.recognise(csv_source(f"{LABELS}\n{ROWS}")).confidence > 0.9
    assert IMPORTER.recognise(csv_source("a,b,c\n")).confidence == 0


def test_a_percentage_discount_becomes_gross_and_discount() -> None:
    row = "Ann,INV-9,20/05/2026,,198.0000,,Tea,4.0000,50.0000,10.0000,180.0000,18.0000,,AUD,Sales invoice,Paid\n"
    line = parsed(row)[0][0]  # 4 × 50 = 200, less 10 % = 180

    assert (line.gross_minor, line.discount_minor, line.net_minor) == (200_00, 20_00, 180_00)


def test_a_discount_of_an_amount_with_tax_is_taken_without_tax() -> None:
    row = "Ann,INV-9,20/05/2026,,198.0000,,Tea,4.0000,55.0000,10%,198.0000,18.0000,,AUD,Sales invoice,Paid\n"
    line = parsed(row)[0][0]  # with tax 220 less 22 = 198; without tax 200 less 20 = 180

    assert (line.gross_minor, line.discount_minor, line.net_minor) == (200_00, 20_00, 180_00)


def test_a_discount_that_does_not_lead_to_the_line_is_not_taken() -> None:
    row = (
        "Ann,INV-9,20/05/2026,,150.0000,,Tea,4.0000,50.0000,10.0000,150.0000,0.0000,,AUD,Sales invoice,Paid\n"
    )
    lines, parsing = parsed(row)

    assert (lines[0].gross_minor, lines[0].discount_minor) == (150_00, 0)
    assert any("do not lead to LineAmount" in note for note in messages(parsing, Severity.NOTE))


def test_a_total_that_its_rows_do_not_reach_is_a_warning() -> None:
    _, parsing = parsed(ROWS.replace("165.0000", "175.0000"))

    (warning,) = messages(parsing, Severity.WARNING)
    assert "document INV-1: its Total is 175.00, its rows add up to 165.00 with tax" in warning


def test_a_difference_of_rounding_is_only_noted() -> None:
    _, parsing = parsed(ROWS.replace("165.0000", "165.0100"))

    assert messages(parsing, Severity.NOTE) == [
        "documents whose Total differs from their rows by rounding: 1"
    ]


def test_due_dates_settle_the_order_where_no_value_does() -> None:
    rows = (
        ROWS.replace("15/05/2026", "5/05/2026")
        .replace("16/05/2026", "6/06/2026")
        .replace("1/06/2026", "1/08/2026")
    )
    lines, _ = parsed(rows.replace("2/05/2026", "10/07/2026"))  # month first, 8 January is before 7 October

    assert lines[0].date == "2026-07-10"
    assert (
        IMPORTER.questions(
            csv_source(f"{LABELS}\n{rows.replace('2/05/2026', '10/07/2026')}"), ColumnMapping()
        )
        == []
    )


def test_dates_that_nothing_settles_are_asked_and_the_answer_taken() -> None:
    rows = "Ann,INV-9,2/05/2026,,110.0000,,Tea,1.0000,100.0000,,100.0000,10.0000,,AUD,Sales invoice,Paid\n"

    (question,) = IMPORTER.questions(csv_source(f"{LABELS}\n{rows}"), ColumnMapping())
    assert question.field == "date_order"
    assert parsed(rows, date_order="mdy")[0][0].date == "2026-02-05"


def test_numbers_that_could_be_two_numbers_are_asked() -> None:
    rows = 'Ann,INV-9,20/05/2026,,"1,000",,Tea,1,"1,000",,"1,000",0,,AUD,Sales invoice,Paid\n'

    (question,) = IMPORTER.questions(csv_source(f"{LABELS}\n{rows}"), ColumnMapping())
    assert question.field == "number_format"
    assert parsed(rows, number_format="1,234.5")[0][0].net_minor == 1_000_00


def test_a_date_column_that_contradicts_the_other_is_asked() -> None:
    rows = "Ann,INV-9,20/05/2026,06/21/2026,1.00,,Tea,1,1.00,,1.00,0.00,,AUD,Sales invoice,Paid\n"

    (question,) = IMPORTER.questions(csv_source(f"{LABELS}\n{rows}"), ColumnMapping())
    assert "but DueDate" in question.evidence


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [
        ("15/05/2026", "31/02/2026", "InvoiceDate"),
        ("15/05/2026", "", "InvoiceDate"),
        ("AUD,Sales invoice,Awaiting", "XQQ,Sales invoice,Awaiting", "Currency"),
        ("Awaiting Payment", "Sleeping", "Status"),
        ("Sales credit note", "Sales what", "Type"),
        ("110.0000,10.0000", "many,10.0000", "LineAmount"),
        ("Tea,1.0000,110.0000", "Tea,one,110.0000", "Quantity"),
        ("1.0000,110.0000,,110.0000", "1.0000,dear,,110.0000", "UnitAmount"),
    ],
)
def test_a_bad_row_is_an_issue_and_does_not_stop_the_rest(old: str, new: str, field: str) -> None:
    lines, parsing = parsed(ROWS.replace(old, new))

    assert len(lines) == 3
    assert [issue.field for issue in parsing.issues if issue.severity is Severity.ERROR] == [field]
    assert len(parsing.rejected_rows) == 1


def test_a_row_cut_off_before_its_amount_is_rejected() -> None:
    lines, parsing = parsed(ROWS + "Ann,INV-8,16/05/2026,,22.00")

    assert len(lines) == 4
    assert any("cut off" in text for text in messages(parsing, Severity.ERROR))


def test_a_foreign_currency_is_kept_and_its_missing_rate_said() -> None:
    lines, parsing = parsed(ROWS, currency="NZD")

    assert {line.currency for line in lines} == {"AUD"}
    assert any("documents in AUD" in text for text in messages(parsing, Severity.WARNING))


TEMPLATE = "*ContactName,*InvoiceNumber,*InvoiceDate,*DueDate,*Description,*Quantity,*UnitAmount,Discount,*AccountCode,*TaxType,TaxAmount,Currency"


def test_the_import_template_is_read_by_quantity_and_unit_amount() -> None:
    rows = "Ann,1,20/05/2026,20/06/2026,Tea,3,9.99,10,200,GST,,\nBen,2,21/05/2026,,Tea,-1,5,,200,GST,,\n"
    lines, parsing = parsed(rows, TEMPLATE)  # 3 × 9.99 = 29.97, less 10 % = 26.973

    assert [(line.kind, line.gross_minor, line.discount_minor, line.net_minor) for line in lines] == [
        ("invoice", 29_97, 3_00, 26_97),
        ("credit note", -5_00, 0, -5_00),
    ]
    assert lines[0].residue == -3_000  # 26.97 - 26.973 in 1/10000 of a cent
    assert len(messages(parsing, Severity.NOTE)) == 2
    assert IMPORTER.recognise(csv_source(f"{TEMPLATE}\n{rows}")).confidence > 0.9


def test_a_template_row_without_a_price_is_rejected() -> None:
    lines, parsing = parsed("Ann,1,20/05/2026,,Tea,3,,,200,GST,,\n", TEMPLATE)

    assert lines == []
    assert [issue.field for issue in parsing.issues if issue.severity is Severity.ERROR] == ["UnitAmount"]


def test_documents_without_a_number_are_kept_apart_by_customer_and_date() -> None:
    rows = ROWS.replace("INV-1", "").replace("INV-2", "")
    lines, parsing = parsed(rows)

    assert len(lines) == 4
    assert messages(parsing, Severity.WARNING) == []


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UnknownFormat, match="row 1 lacks the column UnitAmount"):
        parsed(ROWS, LABELS.replace("UnitAmount", "Price"))
    with pytest.raises(UnknownFormat, match="expected the column labels"):
        parsed("1,2,3\n", "a,b,c")


def test_a_real_export() -> None:
    path = SAMPLES / "SalesInvoices_AgentAssist_2026-Jul-11_07_06_57.csv"
    if not path.exists():
        pytest.skip("the shared samples are not on this machine")
    source = csv_source(path.read_text(encoding="utf-8-sig"))
    parsing = IMPORTER.parse(source, ColumnMapping(), "SGD")
    lines = [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)]

    assert sum(line.net_minor for line in lines) == 16_000_00
    assert sum(line.tax_minor for line in lines) == 990_00
    assert len({(line.kind, line.number) for line in lines}) == 4
    assert [line.date for line in lines] == ["2026-06-29", "2026-05-02", "2026-04-15", "2026-04-08"]
    assert parsing.issues == []
