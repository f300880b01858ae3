"""What could make a total wrong is asked, never guessed."""

from dataclasses import replace

import pytest

from core.importing.importer import ColumnMapping
from core.importing.issue import Question
from importers.formats.invoice_lines import IMPORTER
from importers.mapped_mapping import UnansweredQuestion, UnusableMapping
from importers.shelf import LIKELY
from tests.importers.builders import SheetInMemory
from tests.importers.test_mapped_sales import nets, parsed, table


def asked(text: str, **options: str) -> list[tuple[str, str]]:
    questions: list[Question] = IMPORTER.questions(table(text), ColumnMapping(options=options))
    return [(one.field, one.column) for one in questions]


@pytest.mark.parametrize("label", ["Brutto", "Total TTC", "Total incl VAT", "Gross Amount"])
def test_an_amount_with_tax_is_no_revenue_unless_somebody_says_so(label: str) -> None:
    text = f"Date,Invoice,{label}\n2026-10-01,1,119.00\n"
    assert asked(text) == [("total_tax", label)]
    with pytest.raises(UnansweredQuestion, match="Tax is no revenue"):
        parsed(text)
    assert nets(text, total_tax="no tax in it") == [11900]


def test_a_plain_total_or_one_with_its_tax_beside_it_is_not_asked_about() -> None:
    assert asked("Date,Invoice,Total\n2026-10-01,1,119.00\n") == []
    assert nets("Date,Invoice,Tax,Gross\n2026-10-01,1,19.00,119.00\n") == [10000]


def test_an_amount_that_equals_the_total_with_tax_may_hold_the_tax() -> None:
    text = "Date,Invoice,Amount,Tax,Total\n2026-10-01,1,119.00,19.00,119.00\n2026-10-02,2,5.00,0,5.00\n"
    assert asked(text) == [("net_tax", "Amount")]
    assert nets(text, net_tax="included") == [10000, 500]
    assert nets(text, net_tax="excluded") == [11900, 500]
    assert asked(text.replace("119.00,19.00,119.00", "100.00,19.00,119.00")) == []


def test_a_column_of_amounts_that_cannot_be_read_is_not_passed_over() -> None:
    text = "Date,Invoice,Quantity,Unit Price,Net\n2026-10-01,1,1,10.00,1e400\n"
    assert asked(text) == [("unreadable", "Net")]
    assert nets(text, unreadable="leave it out") == [1000]
    assert asked(text.replace("1e400", "Ada").replace("Net", "Sales")) == []  # who sold it


def test_a_document_total_repeated_on_each_line_is_not_added_up_unasked() -> None:
    text = (
        "Date,Invoice,Item,Net Total\n2026-10-01,1,A,30.00\n2026-10-01,1,B,30.00\n"
        "2026-10-02,2,A,7.00\n2026-10-02,2,C,7.00\n"
    )
    assert asked(text) == [("repeated_amount", "Net Total")]
    assert nets(text, repeated_amount="each line's own amount") == [3000, 3000, 700, 700]
    assert asked(text.replace("2,C,7.00", "2,C,8.00")) == []


def test_items_that_cost_the_same_each_time_leave_no_doubt_about_their_amounts() -> None:
    head = "Date,Invoice,Item,Amount\n"
    prices = (
        head + "2026-10-01,1,A1,10.00\n2026-10-01,1,A2,10.00\n2026-10-02,2,B1,7.00\n2026-10-02,2,B2,7.00\n"
        "2026-10-03,3,A1,10.00\n2026-10-03,3,A2,10.00\n"
    )
    assert asked(prices) == []
    assert asked(prices.replace("3,A1,10.00", "3,A1,9.00").replace("3,A2,10.00", "3,A2,9.00")) == [
        ("repeated_amount", "Amount")
    ]  # the same items at another amount: totals
    alike = head + "2026-10-01,1,A,0.99\n2026-10-01,1,B,0.99\n2026-10-02,2,C,0.99\n2026-10-02,2,D,0.99\n"
    assert asked(alike) == []
    single = head + "2026-10-01,1,A,10.00\n2026-10-02,2,A,7.00\n2026-10-03,3,B,7.00\n"
    assert asked(single) == []


def test_types_that_are_not_known_are_asked_about_where_others_are_known() -> None:
    text = (
        "Date,Invoice,Type,Net\n2026-10-01,1,Invoice,10.00\n2026-10-02,2,Transfer,7.00\n2026-10-02,3,,5.00\n"
    )
    assert asked(text) == [("unknown_types", "Type")]
    assert nets(text, unknown_types="sales") == [1000, 700, 500]
    assert nets(text, unknown_types="left out") == [1000, 500]
    _, parsing = parsed(text, unknown_types="left out")
    assert parsing.left_out == {"other type": 1}
    assert asked(text.replace("Invoice,10", "Goods,10")) == []  # a column of other things


def test_one_telling_word_is_enough_to_leave_a_document_out() -> None:
    text = (
        "Date,Invoice,Type,Status,Net\n2026-10-01,1,Invoice,Paid,1.00\n2026-10-01,2,Payment received,,2.00\n"
        "2026-10-01,3,Bill Payment (Check),,4.00\n2026-10-01,4,Invoice,Void - duplicate,8.00\n"
        "2026-10-01,5,Invoice,Payment pending,16.00\n"
    )
    lines, parsing = parsed(text)
    assert [line.net_minor for line in lines] == [100, 1600]
    assert parsing.left_out == {"payment": 2, "void": 1}


def test_two_columns_with_the_label_of_an_amount_are_asked_about() -> None:
    text = "Date,Invoice,Net,Net\n2026-10-01,1,10.00,99.00\n2026-10-02,2,5.00,99.00\n"
    assert asked(text) == [("labelled_twice", "Net")]
    assert nets(text, labelled_twice="Net is right") == [1000, 500]
    assert asked("Date,Invoice,Net,Net\n2026-10-01,1,10.00,\n") == []


@pytest.mark.parametrize("cells", ["EUR,0", "EUR,-1.1", "XXQ,1.1"])
def test_a_rate_of_nothing_and_a_currency_that_is_none_are_rejected(cells: str) -> None:
    good = "".join(f"2026-10-01,{number},EUR,1.1,9.00\n" for number in range(2, 6))
    lines, parsing = parsed(f"Date,Invoice,Currency,Exchange rate,Net\n2026-10-01,1,{cells},5.00\n{good}")
    assert [line.net_minor for line in lines] == [900] * 4
    assert [row for row, _ in parsing.rejected_rows] == [2]


@pytest.mark.parametrize(
    "text",
    [
        "Created date;Amount;Currency;Captured;Status;Customer ID;Invoice Number\n2024-06-07;15.00;usd;TRUE;Paid;c1;1\n",
        "Datum,Name,Typ,Brutto,Entgelt,Netto\n2026-01-05,Muster,Zahlung erhalten,1190.00,-34.51,1155.49\n",
        "Name,Created at,Total,Currency,Financial Status,Lineitem name\n#1,2025-01-15,9.50,USD,paid,Blue\n",
    ],
)
def test_the_export_of_a_payment_service_or_a_shop_is_not_taken_for_invoice_lines_unasked(text: str) -> None:
    assert IMPORTER.recognise(table(text)).confidence < LIKELY


def test_a_second_sheet_of_sales_is_not_passed_over_in_silence() -> None:
    one = table("Date,Invoice,Net\n2026-10-01,1,1.00\n")
    other = SheetInMemory([["Date", "Invoice", "Net"], ["2026-11-01", "2", "2.00"]], "November")
    sheets = (one.sheets[0], other)
    parsing = IMPORTER.parse(replace(one, sheets=sheets), ColumnMapping(), "USD")
    (issue,) = parsing.issues
    assert (issue.field, issue.severity) == ("sheet", "warning")
    assert "'November' would fit too" in issue.message
    chosen = ColumnMapping(options={"sheet": "November"})
    assert IMPORTER.parse(replace(one, sheets=sheets), chosen, "USD").issues == []


def test_a_table_whose_customer_is_not_found_says_so() -> None:
    (issue,) = IMPORTER.parse(
        table("Date,Invoice,Wer,Net\n2026-10-01,1,Ada,1.00\n"), ColumnMapping(), "USD"
    ).issues
    assert issue.message == (
        "No column is taken as the customer, so all sales are without one. If it is among 'Wer', map it."
    )
    told = ColumnMapping({"date": "Date", "net": "Net", "customer": "Wer"})
    assert IMPORTER.parse(table("Date,Wer,Net\n2026-10-01,Ada,1.00\n"), told, "USD").issues == []


def test_one_column_is_not_two_numbers_or_dates_at_once() -> None:
    source = table("Date,Invoice,Who,Net\n2026-10-01,1,Ada,1.00\n")
    with pytest.raises(UnusableMapping, match="'Date' cannot be date and net at once"):
        IMPORTER.parse(source, ColumnMapping({"date": "Date", "net": "Date"}), "USD")
    twice = ColumnMapping({"date": "Date", "net": "Net", "customer": "Who", "customer_name": "Who"})
    (line,) = [record for batch in IMPORTER.parse(source, twice, "USD").batches for record in batch]
    assert (line[4], line[5]) == ("Ada", "Ada")
