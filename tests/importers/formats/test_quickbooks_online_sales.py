"""Small reports typed by hand in the shape of QuickBooks Online's; every expected figure is worked out beside it."""

import csv
from pathlib import Path

import pytest

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Parsing
from core.importing.issue import Severity
from core.importing.records import SalesLine
from core.importing.source import TypedText
from importers.formats.quickbooks_online_sales import IMPORTER
from tests.importers.builders import csv_source, workbook_source

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "quickbooks_online"

CLASSIC = """Sales by Customer Detail
Harbour Lights Ltd
All Dates

,Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance
Ann Berg,,,,,,,,,
,03/25/2026,Invoice,101,Lamps:Desk lamp,Brass,2,50.00,100.00,100.00
,03/25/2026,Invoice,101,Trade Discount,,,,-10.00,90.00
,03/26/2026,Credit Memo,102,Lamps:Desk lamp,Scratched,-1,50.00,(50.00),40.00
Total for Ann Berg,,,,,,,,$40.00,
Not Specified,,,,,,,,,
,03/27/2026,Sales Receipt,103,Shipping,,1,"1,200.00","1,200.00","1,200.00"
,03/28/2026,Refund,104,Lamps:Desk lamp,,1,,$(25.50),"1,174.50"
,03/28/2026,Payment,,,,,,300.00,"1,474.50"
Total for Not Specified,,,,,,,,"$1,474.50",
TOTAL,,,,,,,,"$1,514.50",


" Accrual Basis Monday, August 03, 2026 04:19 PM GMT-06:00"
"""

MODERN = """"Nordic Trees, LLC",,,,,,,,
Sales by Customer Detail,,,,,,,,
"January 1 - March 31, 2026",,,,,,,,

,Transaction date,Transaction type,Num,Product/Service full name,Description,Quantity,Sales price,Amount,Account type,Class
Oak Park,,,,,,,,,,
,01/02/2026,Invoice,7,Pruning,"Oak,
two of them",1,80.00,80.00,Income,North
,01/02/2026,Invoice,7,Chips,,1,20.00,20.00,Cost of Goods Sold,North
Total for Oak Park,,,,,,,,$100.00,,
Oak Park:Gate,,,,,,,,,,
,02/03/2026,Charge,8,Pruning,,1,30.00,30.00,Other Income,
,02/03/2026,Journal Entry,9,,,,,$-5.00,Income,
Total for Oak Park:Gate,,,,,,,,$25.00,,
Total for Oak Park with sub-customers,,,,,,,,$125.00,,
TOTAL,,,,,,,,$125.00,,
"Cash Basis Wednesday, September 30, 2026 11:46 AM GMT-05:00",,,,
"""


def parsed(text: str, **options: str) -> tuple[list[SalesLine], Parsing]:
    parsing = IMPORTER.parse(csv_source(text), ColumnMapping(options=options), "USD")
    return [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)], parsing


def messages(parsing: Parsing, severity: Severity) -> list[str]:
    return [issue.message for issue in parsing.issues if issue.severity is severity]


def test_the_lines_of_a_classic_report_are_read_with_their_signs() -> None:
    lines, _ = parsed(CLASSIC)

    assert [(line.kind, line.number, line.date, line.net_minor) for line in lines] == [
        ("invoice", "101", "2026-03-25", 100_00),
        ("invoice", "101", "2026-03-25", -10_00),
        ("credit note", "102", "2026-03-26", -50_00),
        ("sales receipt", "103", "2026-03-27", 1_200_00),
        ("refund", "104", "2026-03-28", -25_50),
    ]
    assert [line.row for line in lines] == [7, 8, 9, 12, 13]


def test_a_discount_row_lowers_the_sale_as_a_discount() -> None:
    line = parsed(CLASSIC)[0][1]

    assert (line.gross_minor, line.discount_minor, line.net_minor) == (0, 10_00, -10_00)


def test_a_discount_taken_back_on_a_credit_raises_it() -> None:
    text = CLASSIC.replace(
        "Credit Memo,102,Lamps:Desk lamp,Scratched,-1,50.00,(50.00)", "Credit Memo,102,Discount,,,,5.00"
    )
    line = parsed(text)[0][2]

    assert (line.gross_minor, line.discount_minor, line.net_minor) == (0, -5_00, 5_00)


def test_rows_on_no_customer_have_none() -> None:
    lines, _ = parsed(CLASSIC)

    assert [line.customer for line in lines] == ["Ann Berg", "Ann Berg", "Ann Berg", "", ""]


def test_item_and_category_come_from_the_full_name() -> None:
    line = parsed(CLASSIC)[0][0]

    assert (line.item, line.category, line.description, line.quantity) == (
        "Lamps:Desk lamp",
        "Lamps",
        "Brass",
        "2",
    )


def test_payments_are_left_out_and_explain_the_difference_to_the_totals() -> None:
    _, parsing = parsed(CLASSIC)

    assert parsing.left_out["payment"] == 1
    assert [(total.label, total.minor, total.computed_minor) for total in parsing.stated_totals] == [
        ("Total for Ann Berg", 40_00, 40_00),
        ("Total for Not Specified", 1_474_50, 1_174_50),
        ("TOTAL", 1_514_50, 1_214_50),
    ]
    assert messages(parsing, Severity.WARNING) == []
    assert any("300.00, is in rows that are no sales" in note for note in messages(parsing, Severity.NOTE))


def test_a_wrong_total_is_a_warning_that_names_row_stated_and_computed() -> None:
    _, parsing = parsed(CLASSIC.replace("$40.00", "$41.00"))

    (warning,) = messages(parsing, Severity.WARNING)
    assert "row 10, 'Total for Ann Berg': the file states 41.00" in warning
    assert "add up to 40.00" in warning


def test_the_footer_says_the_basis() -> None:
    assert parsed(CLASSIC)[1].basis == "accrual"


def test_cash_basis_is_said_as_a_warning() -> None:
    _, parsing = parsed(MODERN)

    assert parsing.basis == "cash"
    assert any("cash basis" in warning for warning in messages(parsing, Severity.WARNING))


def test_the_layout_of_2026_keeps_income_rows_only() -> None:
    lines, parsing = parsed(MODERN)

    assert [(line.kind, line.customer, line.net_minor) for line in lines] == [
        ("invoice", "Oak Park", 80_00),
        ("invoice", "Oak Park:Gate", 30_00),
        ("journal", "Oak Park:Gate", -5_00),
    ]
    assert parsing.left_out["not income: cost of goods sold"] == 1
    assert lines[0].description == "Oak,\ntwo of them"
    assert lines[0].channel == "North"


def test_a_sub_customer_named_without_its_parent_gets_the_full_name() -> None:
    lines, _ = parsed(
        MODERN.replace("\nOak Park:Gate,", "\nGate,").replace("Total for Oak Park:Gate", "Total for Gate")
    )

    assert {line.customer for line in lines} == {"Oak Park", "Oak Park:Gate"}


def test_the_period_of_the_title_settles_doubtful_dates() -> None:
    lines, parsing = parsed(MODERN)  # 02/03/2026 would be in order both ways; May 2026 is not in the period

    assert [line.date for line in lines] == ["2026-01-02", "2026-02-03", "2026-02-03"]
    dmy = MODERN.replace("01/02/2026", "01/03/2026").replace("02/03/2026", "01/03/2026")
    lines, parsing = parsed(dmy.replace("January 1 - March 31, 2026", "March 2026"))
    assert {line.date for line in lines} == {"2026-03-01"}
    assert any("only so do all dates lie in the period" in note for note in messages(parsing, Severity.NOTE))


def test_spanish_headings_are_understood() -> None:
    text = """Kiosco
Todas las fechas

,Fecha,Tipo de transacción,Num,Producto/servicio,Descripción,Cantidad,Precio de venta,Importe
Ana,,,,,,,,
,05/03/2026,Factura,1,Té,,1,"5,50","5,50"
,06/03/2026,Recibo de venta,2,Té,,1,"1.200,00","1.200,00"
Total para Ana,,,,,,,,"$1.205,50"
TOTAL,,,,,,,,"$1.205,50"
"""
    lines, parsing = parsed(text)

    assert [(line.kind, line.date, line.net_minor) for line in lines] == [
        ("invoice", "2026-03-05", 5_50),
        ("sales receipt", "2026-03-06", 1_200_00),
    ]
    assert parsing.stated_totals[-1].minor == 1_205_50


def test_a_file_cut_off_inside_a_group_is_said_to_be_incomplete() -> None:
    cut = CLASSIC[: CLASSIC.index(",03/28/2026,Refund")]
    lines, parsing = parsed(cut)

    assert sum(line.net_minor for line in lines) == 1_240_00  # 100 - 10 - 50 + 1,200
    assert any(
        "no TOTAL row found, the export may be incomplete" in text
        for text in messages(parsing, Severity.WARNING)
    )
    assert any("'Not Specified' in row 11" in text for text in messages(parsing, Severity.WARNING))
    assert parsing.stated_totals == []
    assert any("1 of its 1 group totals agree" in text for text in messages(parsing, Severity.NOTE))


def test_a_row_cut_off_before_its_amount_is_rejected() -> None:
    cut = CLASSIC[: CLASSIC.index(",1,,$(25.50)")]
    _, parsing = parsed(cut)

    assert parsing.rejected_rows == [(13, ["", "03/28/2026", "Refund", "104", "Lamps:Desk lamp", ""])]
    assert any("cut off" in text for text in messages(parsing, Severity.ERROR))


@pytest.mark.parametrize(
    ("old", "new", "field", "said"),
    [
        ("03/25/2026,Invoice,101,Trade", "02/30/2026,Invoice,101,Trade", "date", "a date that exists"),
        ("03/25/2026,Invoice,101,Trade", "03/25/2026,Barter,101,Trade", "type", "found 'Barter'"),
        ("-10.00", "ten", "amount", "found 'ten'"),
        ("Trade Discount,,,,", "Trade Discount,,x,,", "quantity", "found 'x'"),
        (",03/25/2026,Invoice,101,Trade", ",,Invoice,101,Trade", "date", "an empty cell"),
    ],
)
def test_a_bad_row_is_an_issue_and_does_not_stop_the_rest(old: str, new: str, field: str, said: str) -> None:
    lines, parsing = parsed(CLASSIC.replace(old, new))

    assert len(lines) == 4
    (issue,) = [issue for issue in parsing.issues if issue.severity is Severity.ERROR]
    assert (issue.row, issue.field) == (8, field)
    assert said in issue.message
    assert [row for row, _ in parsing.rejected_rows] == [8]
    assert len(messages(parsing, Severity.WARNING)) == 2  # the group's total and the grand total


def test_a_row_without_an_amount_is_kept_as_nothing_with_a_note() -> None:
    lines, parsing = parsed(CLASSIC.replace(",-10.00,", ",,"))

    assert lines[1].net_minor == 0
    assert any("taken as 0: 1 (row 8)" in note for note in messages(parsing, Severity.NOTE))


def test_voided_documents_are_left_out() -> None:
    lines, parsing = parsed(CLASSIC.replace("Trade Discount,,,,-10.00", "Lamp,Voided,,,0.00"))

    assert parsing.left_out["void"] == 1
    assert len(lines) == 4


def test_a_customer_whose_name_begins_like_a_total_row_stays_a_customer() -> None:
    lines, _ = parsed(CLASSIC.replace("Ann Berg", "Total for You Inc"))

    assert lines[0].customer == "Total for You Inc"


def test_a_total_row_without_its_heading_is_a_warning() -> None:
    _, parsing = parsed(CLASSIC.replace("Total for Ann Berg", "Total for Somebody"))

    assert any(
        "totals a group whose heading is not in the file" in text
        for text in messages(parsing, Severity.WARNING)
    )


def test_totals_that_cannot_be_read_or_failed_are_no_stated_totals() -> None:
    _, parsing = parsed(CLASSIC.replace('"$1,514.50"', "#VALUE!").replace("$40.00", "abc"))

    assert parsing.stated_totals == []
    assert any(
        "'Total for Ann Berg': expected a number" in text for text in messages(parsing, Severity.WARNING)
    )


def test_labels_repeated_inside_the_report_are_passed_over() -> None:
    label_row = ",Date,Transaction Type,Num,Product/Service,Memo/Description,Qty,Sales Price,Amount,Balance\n"
    lines, parsing = parsed(CLASSIC.replace("Not Specified,,", label_row + "Not Specified,,"))

    assert len(lines) == 5
    assert parsing.left_out["repeated column labels"] == 1


def test_the_running_balance_changes_nothing() -> None:
    other = CLASSIC.replace(",100.00,100.00", ",100.00,999.00").replace("-10.00,90.00", "-10.00,77.00")

    assert parsed(other)[0] == parsed(CLASSIC)[0]


def test_a_workbook_gives_typed_cells_and_formulas_without_value() -> None:
    typed = TypedText
    rows = [
        ["Sales by Customer Detail"],
        ["Kiosk"],
        [],
        [
            "",
            "Transaction date",
            "Transaction type",
            "Num",
            "Product/Service full name",
            "Quantity",
            "Amount",
        ],
        ["Ann", "", "", "", "", "", ""],
        ["   ", typed("2026-02-01"), "Invoice", typed("12"), "Tea", typed("2"), typed("1234.5")],
        ["", typed("2026-02-03"), "Credit Memo", typed("13"), "Tea", typed("-1"), typed("-0.1")],
        ["Total for Ann", "", "", "", "", "", ""],
        ["TOTAL", "", "", "", "", "", ""],
    ]
    parsing = IMPORTER.parse(workbook_source(rows), ColumnMapping(), "USD")
    lines = [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)]

    assert [(line.date, line.number, line.net_minor) for line in lines] == [
        ("2026-02-01", "12", 1_234_50),
        ("2026-02-03", "13", -10),
    ]
    assert parsing.stated_totals == []
    assert messages(parsing, Severity.WARNING) == []
    assert IMPORTER.questions(workbook_source(rows), ColumnMapping()) == []


def test_amounts_of_a_currency_without_decimals_keep_the_rounding() -> None:
    parsing = IMPORTER.parse(csv_source(CLASSIC), ColumnMapping(), "JPY")
    lines = [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)]

    assert lines[-1].net_minor == -26  # -25.5, half away from zero
    assert lines[-1].residue == -5_000  # stored - written = -0.5
    assert messages(parsing, Severity.WARNING) == []


def test_the_report_is_recognised_by_title_or_by_columns() -> None:
    assert IMPORTER.recognise(csv_source(CLASSIC)).confidence > 0.9
    assert IMPORTER.recognise(csv_source(MODERN)).confidence > 0.9
    assert (
        0.5
        < IMPORTER.recognise(csv_source(CLASSIC.replace("Sales by Customer Detail", "My report"))).confidence
        < 0.9
    )


def test_other_reports_of_the_program_are_not_taken() -> None:
    product = IMPORTER.recognise(
        csv_source(CLASSIC.replace("by Customer Detail", "by Product/Service Detail"))
    )
    assert "Export the report 'Sales by Customer Detail' instead" in product.refusal
    ledger = CLASSIC.replace("Sales by Customer Detail", "Transaction Detail by Account")
    assert IMPORTER.recognise(csv_source(ledger)).confidence == 0
    assert IMPORTER.recognise(csv_source("a,b,c\n1,2,3\n")).confidence == 0


def test_a_missing_column_is_named() -> None:
    with pytest.raises(UnknownFormat, match="row 5 lacks the column amount; found Date, Transaction Type"):
        parsed(CLASSIC.replace("Price,Amount", "Price,Sum"))
    with pytest.raises(UnknownFormat, match="expected a row of column labels"):
        parsed("a,b,c\n1,2,3\n")


def test_a_real_report_in_the_classic_layout() -> None:
    path = SAMPLES / "qbo_sales_by_customer_detail_classic_layout.csv"
    if not path.exists():
        pytest.skip("the shared samples are not on this machine")
    text = path.read_text(encoding="utf-8")
    assert list(csv.reader([text.splitlines()[0]])) == [["Sales by Customer Detail"]]
    lines, parsing = parsed(text)

    assert sum(line.net_minor for line in lines) == 3_000_00
    assert len({(line.kind, line.number) for line in lines}) == 3
    assert [line.date for line in lines] == ["2026-03-02", "2026-03-02", "2026-04-10", "2026-05-01"]
    assert parsing.stated_totals[-1].minor == 3_000_00
    assert IMPORTER.questions(csv_source(text), ColumnMapping()) == []
