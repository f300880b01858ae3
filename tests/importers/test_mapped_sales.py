import csv
import io
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.importer import ColumnMapping, Parsing
from core.importing.records import DocumentKind, SalesLine
from core.importing.source import Source, TypedText
from importers.formats.invoice_lines import IMPORTER
from importers.mapped_mapping import UnansweredQuestion, UnusableMapping
from tests.importers.builders import SheetInMemory


def table(text: str) -> Source:
    delimiter = ";" if ";" in text else ","
    rows = list(csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter))
    return Source(
        Path("sales.csv"), "0", 1, "csv", "utf-8", delimiter, (SheetInMemory([row or [""] for row in rows]),)
    )


def parsed(text: str, **options: str) -> tuple[list[SalesLine], Parsing]:
    parsing = IMPORTER.parse(table(text), ColumnMapping(options=options), "USD")
    return cast("list[SalesLine]", list(chain.from_iterable(parsing.batches))), parsing


def nets(text: str, **options: str) -> list[int]:
    return [line.net_minor for line in parsed(text, **options)[0]]


def test_a_line_keeps_all_that_its_row_says() -> None:
    (line,), parsing = parsed("""
Invoice no,Date,Customer ID,Customer,SKU,Item,Category,Description,Qty,Unit price,Net,Tax,Cost,Channel
INV-1,2026-10-31,C1, Ada Ltd ,S1,Beans,Coffee,dark,2,5.25,10.50,2.10,4.00,web
""")
    assert line == SalesLine(
        2, "", "INV-1", "2026-10-31", "C1", "Ada Ltd", "S1", "Beans", "Coffee", "dark", "2", 1050, 0, 1050, 210, 400,
        "", "", "web", 0,
    )  # fmt: skip
    assert parsing.issues == []
    assert parsing.source_system == "invoice_lines"
    assert parsing.header[0] == "Invoice no"


def test_a_line_with_an_items_name_alone_knows_its_item_by_the_name() -> None:
    lines, _ = parsed("Date,Item,Net\n2026-01-01,Beans,1.00\n2026-01-02,,2.00\n")
    assert [line.item for line in lines] == ["Beans", ""]


def test_net_is_quantity_times_price_rounded_once_half_away_from_zero() -> None:
    lines, _ = parsed("Date,Qty,Unit price\n2026-01-01,3,0.335\n2026-01-01,-3,0.335\n2026-01-01,1.5,1.00\n")
    # 3 × 0.335 = 1.005 → 1.01, half a cent more than written: 5000/10000 of a minor unit
    assert [(line.net_minor, line.residue) for line in lines] == [(101, 5000), (-101, -5000), (150, 0)]
    assert [line.quantity for line in lines] == ["3", "-3", "1.5"]


def test_a_discount_in_fractions_lowers_the_product() -> None:
    (line, _), _ = parsed("Date,Qty,Unit price,Discount\n2026-01-01,12,14.00,0.15\n2026-01-01,1,1.00,0\n")
    assert (line.gross_minor, line.discount_minor, line.net_minor) == (16800, 2520, 14280)


@pytest.mark.parametrize(
    ("label", "value", "net"),
    [
        ("Discount %", "15", 850),
        ("Discount", "15%", 850),
        ("Discount amount", "1.50", 850),
        ("Discount rate", "0.15", 850),
    ],
)
def test_each_way_of_writing_a_discount_is_understood(label: str, value: str, net: int) -> None:
    assert nets(f"Date,Qty,Unit price,{label}\n2026-01-01,1,10.00,{value}\n2026-01-01,1,10.00,0\n") == [
        net,
        1000,
    ]


def test_whole_numbers_that_may_be_amounts_or_per_cent_are_asked() -> None:
    text = "Date,Qty,Unit price,Discount\n2026-01-01,1,50.00,10\n"
    (question,) = IMPORTER.questions(table(text), ColumnMapping())
    assert (question.field, question.column, question.choices) == (
        "discount_kind",
        "Discount",
        ("amount", "percent"),
    )
    assert nets(text, discount_kind="amount") == [4000]
    assert nets(text, discount_kind="percent") == [4500]


def test_discounts_written_negative_still_lower_the_sale() -> None:
    (line,), parsing = parsed("Date,Net,Discount amount\n2026-01-01,90.00,-10.00\n")
    assert (line.gross_minor, line.discount_minor, line.net_minor) == (10000, 1000, 9000)
    assert "negative amounts" in parsing.issues[0].message
    assert nets("Date,Gross sales,Discount amount\n2026-01-01,100.00,-10.00\n") == [9000]


def test_the_discount_is_what_lies_between_gross_and_net() -> None:
    (line,), _ = parsed("Date,Gross sales,Net sales\n2026-01-01,100.00,80.00\n")
    assert (line.gross_minor, line.discount_minor, line.net_minor) == (10000, 2000, 8000)
    (line,), _ = parsed("Date,Qty,Unit price,Discount %,Net\n2026-01-01,2,50.00,20,80.00\n")
    assert (line.gross_minor, line.discount_minor, line.net_minor) == (10000, 2000, 8000)


def test_tax_is_never_revenue() -> None:
    (line,), _ = parsed("Date,Tax,Total\n2026-01-01,20.00,120.00\n")
    assert (line.net_minor, line.tax_minor) == (10000, 2000)
    lines, parsing = parsed("Date,Invoice,Total\n2026-01-01,1,120.00\n")
    assert lines[0].net_minor == 12000
    assert "no tax column" in parsing.issues[0].message


def test_an_unknown_cost_is_not_zero() -> None:
    lines, _ = parsed(
        "Date,Net,Cost\n2026-01-01,1.00,0.50\n2026-01-01,1.00,\n2026-01-01,1.00,0\n2026-01-01,1.00,NULL\n"
    )
    assert [line.cost_minor for line in lines] == [50, None, 0, None]
    lines, _ = parsed("Date,Qty,Net,Unit cost\n2026-01-01,3,1.00,0.335\n2026-01-01,3,1.00,\n")
    assert [line.cost_minor for line in lines] == [101, None]
    assert parsed("Date,Net\n2026-01-01,1.00\n")[0][0].cost_minor is None


def test_credit_notes_written_positive_become_negative_by_their_type() -> None:
    lines, parsing = parsed("""
Type,Number,Date,Qty,Unit price,Discount %,Tax,Cost
Invoice,1,2026-01-01,2,10.00,10,3.60,8.00
Credit Note,2,2026-01-02,1,10.00,10,1.80,4.00
""")
    assert [(line.kind, line.net_minor) for line in lines] == [("invoice", 1800), ("credit note", -900)]
    credit = lines[1]
    assert (credit.quantity, credit.gross_minor, credit.discount_minor) == ("-1", -1000, -100)
    assert (credit.tax_minor, credit.cost_minor) == (-180, -400)
    assert "positive amounts (1 rows)" in parsing.issues[0].message


def test_credit_notes_written_negative_stay_as_they_are() -> None:
    lines, parsing = parsed("Type,Date,Net\nInvoice,2026-01-01,10.00\nGutschrift,2026-01-02,(4.00)\n")
    assert [line.net_minor for line in lines] == [1000, -400]
    assert lines[1].kind == DocumentKind.CREDIT
    assert parsing.issues == []


def test_credit_notes_with_both_signs_are_kept_and_pointed_out() -> None:
    _, parsing = parsed("Type,Date,Net\nRefund,2026-01-01,-1.00\nRefund,2026-01-02,4.00\n")
    assert "both signs" in parsing.issues[0].message


def test_void_draft_and_quoted_documents_are_left_out_and_counted() -> None:
    lines, parsing = parsed("""
Type,Status,Date,Net
Invoice,Paid,2026-01-01,1.00
Invoice,Voided,2026-01-01,
Invoice,Draft,2026-01-01,4.00
Quote,Sent,2026-01-01,8.00
Payment,,2026-01-01,16.00
Bill,,2026-01-01,32.00
Invoice,Pending,2026-01-01,64.00
""")
    assert [line.net_minor for line in lines] == [100, 6400]
    assert parsing.left_out == {"void": 1, "draft": 1, "quote": 1, "payment": 1, "purchase": 1}
    assert parsed("Type,Date,Net\nQuote,2026-01-01,1.00\n")[0] == []


def test_nobody_is_no_customer_and_a_name_alone_is_the_key() -> None:
    lines, _ = parsed("Date,Customer ID,Net\n2026-01-01,NULL,1.00\n2026-01-01, 7 ,1.00\n")
    assert [line.customer for line in lines] == ["", "7"]
    lines, _ = parsed("Date,Customer,Net\n2026-01-01,Ada,1.00\n")
    assert (lines[0].customer, lines[0].customer_name) == ("Ada", "")
    lines, _ = parsed("Date,Customer ID,Customer,Net\n2026-01-01,,Ada,1.00\n")
    assert (lines[0].customer, lines[0].customer_name) == ("Ada", "Ada")


def test_keys_that_a_spreadsheet_turned_into_decimals_are_mended_for_the_whole_column() -> None:
    lines, parsing = parsed("Date,Customer ID,Net\n2026-01-01,17850.0,1.00\n2026-01-01,,1.00\n")
    assert lines[0].customer == "17850"
    assert "17850.0" in parsing.issues[0].message
    lines, _ = parsed("Date,Customer ID,Net\n2026-01-01,17850.0,1.00\n2026-01-01,A1,1.00\n")
    assert lines[0].customer == "17850.0"


def test_bad_rows_are_rejected_with_place_expectation_finding_and_remedy() -> None:
    lines, parsing = parsed("""
Invoice,Date,Customer ID,Net
1,2026-01-01,A,1.00
2,2026-02-30,A,2.00
3,,A,4.00
4,2026-01-01,A,abc
5,2026-01-01,A,
6,2026-01-01,A
7,2026-01-01,A,8.00,9.00
8,2026-01-01,A,16.00,
""")
    assert [line.net_minor for line in lines] == [100, 1600]
    assert [row for row, _ in parsing.rejected_rows] == [3, 4, 5, 8]
    messages = {issue.row: issue.message for issue in parsing.issues}
    assert messages[3] == (
        "Row 3, column 'Date': expected a date that exists, found '2026-02-30'. "
        "Correct the cell and import the file again."
    )
    assert "expected a date, found an empty cell" in messages[4]
    assert "found 'abc'" in messages[5]
    assert "expected 4 cells as in the header, found 5" in messages[8]
    assert parsing.rejected_rows[0][1] == ["2", "2026-02-30", "A", "2.00"]
    assert parsing.left_out == {"line without an amount": 2}


def test_blank_rows_titles_and_totals_are_no_lines_and_the_total_is_compared() -> None:
    lines, parsing = parsed("""
Sales of October,,
,,
Date,Invoice,Net
2026-10-01,1,10.00
,,
2026-10-02,2,5.50

Total,,15.50
Printed on Monday,,
""")
    assert [line.row for line in lines] == [4, 6]
    (total,) = parsing.stated_totals
    assert (total.row, total.label, total.minor, total.computed_minor) == (8, "Total", 1550, 1550)
    assert parsing.left_out == {"blank row": 2, "total row": 1, "heading or footer": 1}
    assert parsing.rejected_rows == []


def test_a_total_with_tax_is_compared_without_it_and_an_unreadable_one_is_passed_over() -> None:
    _, parsing = parsed("Date,Tax,Total\n2026-10-01,2.00,12.00\nTotal,2.00,12.00\nTotal,,#VALUE!\n,,\n")
    assert [(total.minor, total.computed_minor) for total in parsing.stated_totals] == [(1000, 1000)]


def test_the_day_or_the_month_first_is_asked_where_no_date_proves_it() -> None:
    text = "Date,Net\n01/02/2026,1.00\n"
    (question,) = IMPORTER.questions(table(text), ColumnMapping())
    assert (question.field, question.column, question.choices) == ("date_order", "Date", ("dmy", "mdy"))
    with pytest.raises(UnansweredQuestion, match="'01/02/2026' in row 2 could be"):
        parsed(text)
    assert parsed(text, date_order="dmy")[0][0].date == "2026-02-01"
    assert parsed(text, date_order="mdy")[0][0].date == "2026-01-02"


def test_a_number_that_could_be_two_numbers_is_asked_unless_another_column_proves_the_mark() -> None:
    text = "Date;Net\n2026-01-01;1.234\n"
    (question,) = IMPORTER.questions(table(text), ColumnMapping())
    assert (question.field, question.choices) == ("number_format", ("1,234.5", "1.234,5"))
    assert nets(text, number_format="1.234,5") == [123400]
    assert nets(text, number_format="1,234.5") == [123]
    assert nets("Date;Net;Cost\n2026-01-01;1.234;7,50\n") == [123400]


def test_a_mixed_column_is_asked_and_what_does_not_fit_is_rejected() -> None:
    text = "Date,Net\n25/03/2026,1.00\n03/25/2026,2.00\n"
    assert "Part of the column" in IMPORTER.questions(table(text), ColumnMapping())[0].text
    lines, parsing = parsed(text, date_order="dmy")
    assert [line.net_minor for line in lines] == [100]
    assert [row for row, _ in parsing.rejected_rows] == [3]


def test_currencies_keep_their_own_exponents() -> None:
    lines, _ = parsed(
        "Date,Net,Currency,Exchange rate\n2026-01-01,1.5,usd,1\n2026-01-01,150,JPY,0.0067\n2026-01-01,1.5,,\n"
    )
    assert [(line.net_minor, line.currency, line.rate) for line in lines] == [
        (150, "USD", "1"), (150, "JPY", "0.0067"), (150, "", ""),
    ]  # fmt: skip
    (line,), _ = parsed("Date,Net\n2026-01-01,1500\n", currency="JPY")
    assert (line.net_minor, line.currency) == (1500, "JPY")


def test_labels_of_other_languages_are_known() -> None:
    (line,), _ = parsed(
        "Rechnungsnummer;Rechnungsdatum;Kunde;Artikel;Menge;Einzelpreis;Nettobetrag;MwSt\n7;31.01.2026;Ada;Tee;2;5,25;1.010,50;1,99\n"
    )
    assert (line.number, line.date, line.customer, line.net_minor, line.tax_minor) == (
        "7",
        "2026-01-31",
        "Ada",
        101050,
        199,
    )
    (line,), _ = parsed("N° facture;Date facture;Client;Montant HT;TVA\n7;31/01/2026;Ada;10,50;2,10\n")
    assert (line.number, line.net_minor, line.tax_minor) == ("7", 1050, 210)


def test_a_date_column_is_found_by_its_values_where_its_label_is_new() -> None:
    guess = IMPORTER.guess(table("Client,Date promised in full,Net\nAda,2026-01-01,1.00\n"))
    assert guess.columns["date"] == "Date promised in full"


def test_a_column_whose_values_do_not_fit_its_label_is_not_taken() -> None:
    guess = IMPORTER.guess(table("Date,Invoice date,Net,Currency\n2026-01-01,yesterday,1.00,100\n"))
    assert guess.columns["date"] == "Date"
    assert "currency" not in guess.columns


def test_a_mapping_overrides_the_guess_and_names_what_is_wrong_with_it() -> None:
    source = table("When,Who,How much\n2026-01-01,Ada,1.00\n")
    (question,) = IMPORTER.questions(source, ColumnMapping())
    assert question.field == "mapping"
    assert "the date of the document ('When')" in question.evidence
    mapping = ColumnMapping({"date": "When", "customer": "Who", "net": "How much"})
    (line,) = list(chain.from_iterable(IMPORTER.parse(source, mapping, "USD").batches))
    assert cast("SalesLine", line).net_minor == 100
    for wrong in ({"date": "Whence", "net": "How much"}, {"day": "When"}):
        with pytest.raises(UnusableMapping):
            IMPORTER.questions(source, ColumnMapping(wrong))
    for option in ({"number_format": "many"}, {"date_order": "ymx"}):
        with pytest.raises(UnusableMapping):
            IMPORTER.parse(source, ColumnMapping(mapping.columns, option), "USD")


def test_the_header_row_and_the_sheet_can_be_said() -> None:
    source = table("x,y\nDate,Net\n2026-01-01,1.00\n")
    assert IMPORTER.guess(source, ColumnMapping(options={"header_row": "2"})).confidence > 0
    assert IMPORTER.guess(source, ColumnMapping(options={"header_row": "99"})).questions[0].field == "mapping"
    two = Source(
        Path("b.xlsx"), "0", 1, "xlsx", "", "",
        (SheetInMemory([["Cover"]], "Cover"), SheetInMemory([["Date", "Net"], [TypedText("2026-01-01"), TypedText("1234.5")]], "Data")),
    )  # fmt: skip
    guess = IMPORTER.guess(two)
    assert guess.options["sheet"] == "Data"
    parsing = IMPORTER.parse(two, ColumnMapping(guess.columns, guess.options), "USD")
    assert [cast("SalesLine", line).net_minor for line in chain.from_iterable(parsing.batches)] == [123450]


def test_ledgers_and_grouped_reports_are_not_taken_for_sales() -> None:
    assert IMPORTER.recognise(table("Date,Account,Debit,Credit,Amount\n2026-01-01,1,1,,1\n")).confidence == 0
    assert IMPORTER.recognise(table(",Date,Num,Amount\nAda,,,\n,2026-01-01,1,1.00\n")).confidence == 0
    wide = ",".join(f"x{number}" for number in range(20))
    assert IMPORTER.recognise(table(f"Date,Net,{wide}\n2026-01-01,1.00{',' * 20}\n")).confidence == 0.4


@given(st.lists(st.tuples(st.integers(-99, 99), st.integers(0, 10**6)), min_size=1, max_size=30))
def test_the_sum_of_the_lines_is_the_sum_of_quantity_times_price(rows: list[tuple[int, int]]) -> None:
    text = "Date,Qty,Unit price\n" + "".join(f"2026-01-01,{q},{p / 100:.2f}\n" for q, p in rows)
    assert sum(nets(text, number_format="1,234.5")) == sum(q * p for q, p in rows)


def test_a_sale_whose_date_is_missing_is_no_total_row_though_its_customer_is_called_total() -> None:
    lines, parsing = parsed("Customer,Invoice,Date,Net\nA,1,2026-10-01,10.00\nTotal Wine,2,,20.00\n")
    assert [line.net_minor for line in lines] == [1000]
    assert parsing.rejected_rows == [(3, ["Total Wine", "2", "", "20.00"])]
    assert parsing.stated_totals == []


def test_a_total_that_is_not_the_sum_of_the_rows_is_said() -> None:
    _, parsing = parsed("Date,Invoice,Net\n2026-10-01,1,10.00\n2026-10-02,2,5.50\nTotal,,16.50\n")
    (issue,) = parsing.issues
    assert (issue.row, issue.field, issue.severity) == (4, "total", "warning")
    assert "states 16.50, but the rows that were taken add up to 15.50" in issue.message


def test_totals_of_groups_are_compared_with_the_rows_since_the_last_total() -> None:
    text = "Date,Invoice,Net\n2026-10-01,1,10.00\nTotal,,10.00\n2026-10-02,2,5.50\nTotal,,5.50\n,,\n"
    _, parsing = parsed(text)
    assert [(total.minor, total.computed_minor) for total in parsing.stated_totals] == [
        (1000, 1000),
        (550, 550),
    ]
    assert parsing.issues == []
