"""Small reports typed by hand in the shape of QuickBooks Desktop's; the sums stand beside them."""

from pathlib import Path

import pytest

from core.importing.importer import ColumnMapping, Importer, Parsing
from core.importing.issue import Severity
from core.importing.records import SalesLine
from importers.formats.quickbooks_desktop_customer_sales import IMPORTER as BY_CUSTOMER
from importers.formats.quickbooks_desktop_item_sales import IMPORTER as BY_ITEM
from tests.importers.builders import csv_source

SAMPLES = Path(__file__).parents[4] / "shared" / "samples" / "quickbooks_desktop"

ITEMS = """"Type","Date","Num","Memo","Name","Qty","Sales Price","Amount","Balance"
"Parts",,,,,,,,""
"V1 (Vinegar (white) 4/1 gal.)",,,,,,,,""
"Invoice","10/06/2025","11","Vinegar","Café Sol",3,10.00,30.00,30.00
"Credit Memo","10/07/2025","C1","Vinegar","Bar Luna:Terrace",-1,10.00,-10.00,20.00
"Invoice","10/07/2025","12","Vinegar","Café Sol",0,10.00,0.00,20.00
"Invoice","10/07/2025","13","VOID: entered twice","Café Sol",0,10.00,0.00,20.00
"Total V1 (Vinegar (white) 4/1 gal.)",,,,,2,,20.00,20.00
"Soap",,,,,,,,""
"S2 (Hand soap)",,,,,,,,""
"Invoice","10/08/2025","12","","Café Sol",1,5.50,5.50,5.50
"Total S2 (Hand soap)",,,,,1,,5.50,5.50
"Soap - Other",,,,,,,,""
"Invoice","10/08/2025","14","no code","Bar Luna",1,"","",5.50
"Total Soap - Other",,,,,1,,0.00,5.50
"Total Soap",,,,,2,,5.50,5.50
"Total Parts",,,,,4,,25.50,25.50
"TOTAL",,,,,4,,25.50,25.50
"""

CUSTOMERS = """,Type,Date,Num,Memo,Name,Item,Qty,Sales Price,Amount,Balance
Total Wine Bar,,,,,,,,,,
,Invoice,06/19/2025,1,Red,Total Wine Bar,W1 (Red wine),2,20,40,40
,Invoice,06/19/2025,1,,Total Wine Bar,Discount (10 percent),,-4,-4,36
Total Total Wine Bar,,,,,,,2,,36,36
Hotel,,,,,,,,,,
Kitchen,,,,,,,,,,
,Sales Receipt,06/20/2025,2,Salt,Hotel:Kitchen,S1 (Salt),1,0.1,0.1,0.1
,Estimate,06/20/2025,3,Salt,Hotel:Kitchen,S1 (Salt),1,9,9,9.1
Total Kitchen,,,,,,,2,,9.1,9.1
Hotel - Other,,,,,,,,,,
,Invoice,06/21/2025,4,Salt,Hotel,S1 (Salt),1,0.2,0.2,0.2
Total Hotel - Other,,,,,,,1,,0.2,0.2
Total Hotel,,,,,,,3,,9.299999999999999,9.3
TOTAL,,,,,,,5,,,
"""


def parsed(importer: Importer, text: str) -> tuple[list[SalesLine], Parsing]:
    parsing = importer.parse(csv_source(text), ColumnMapping(), "USD")
    lines = [line for batch in parsing.batches for line in batch]
    return [line for line in lines if isinstance(line, SalesLine)], parsing


def warnings(parsing: Parsing) -> list[str]:
    return [issue.message for issue in parsing.issues if issue.severity is Severity.WARNING]


def test_groups_of_the_item_report_are_items_with_code_name_and_category() -> None:
    lines, _ = parsed(BY_ITEM, ITEMS)

    assert [(line.item, line.item_name, line.category, line.customer, line.net_minor) for line in lines] == [
        ("V1", "Vinegar (white) 4/1 gal.", "Parts", "Café Sol", 30_00),
        ("V1", "Vinegar (white) 4/1 gal.", "Parts", "Bar Luna:Terrace", -10_00),
        ("V1", "Vinegar (white) 4/1 gal.", "Parts", "Café Sol", 0),
        ("Soap:S2", "Hand soap", "Soap", "Café Sol", 5_50),
        ("Soap", "Soap", "Parts", "Bar Luna", 0),
    ]
    assert [line.date for line in lines][-1] == "2025-10-08"
    assert [line.quantity for line in lines] == ["3", "-1", "0", "1", "1"]


def test_voided_rows_are_left_out_but_back_orders_are_kept() -> None:
    _, parsing = parsed(BY_ITEM, ITEMS)

    assert parsing.left_out["void"] == 1
    assert parsing.left_out["group heading"] == 5


def test_every_total_of_nested_groups_agrees_and_the_grand_total_is_last() -> None:
    _, parsing = parsed(BY_ITEM, ITEMS)

    assert [(total.row, total.minor, total.computed_minor) for total in parsing.stated_totals] == [
        (8, 20_00, 20_00),
        (12, 5_50, 5_50),
        (15, 0, 0),
        (16, 5_50, 5_50),
        (17, 25_50, 25_50),
        (18, 25_50, 25_50),
    ]
    assert warnings(parsing) == []


def test_dates_are_read_month_first_by_the_programs_custom_and_that_is_said() -> None:
    _, parsing = parsed(BY_ITEM, ITEMS)

    (note,) = [issue.message for issue in parsing.issues if issue.field == "date"]
    assert "writes the month first" in note
    assert BY_ITEM.questions(csv_source(ITEMS), ColumnMapping()) == []


def test_pounds_mean_the_edition_that_writes_the_day_first() -> None:
    lines, parsing = parsed(BY_ITEM, ITEMS.replace('4,,25.50,25.50\n"TOTAL"', '4,,£25.50,25.50\n"TOTAL"'))

    assert lines[0].date == "2025-06-10"
    assert any("in pounds" in text for text in warnings(parsing))


def test_groups_of_the_customer_report_are_customers_with_their_jobs() -> None:
    lines, _ = parsed(BY_CUSTOMER, CUSTOMERS)

    assert [(line.customer, line.kind, line.item, line.item_name, line.net_minor) for line in lines] == [
        ("Total Wine Bar", "invoice", "W1", "Red wine", 40_00),
        ("Total Wine Bar", "invoice", "Discount", "10 percent", -4_00),
        ("Hotel:Kitchen", "sales receipt", "S1", "Salt", 10),
        ("Hotel", "invoice", "S1", "Salt", 20),
    ]
    assert lines[1].discount_minor == 4_00


def test_a_total_row_without_an_amount_is_no_stated_total_and_no_alarm() -> None:
    _, parsing = parsed(BY_CUSTOMER, CUSTOMERS)

    assert parsing.stated_totals == []
    assert parsing.left_out["estimate"] == 1
    assert warnings(parsing) == []


def test_total_rows_that_carry_no_amounts_at_all_are_said_to_be_nothing_to_compare() -> None:
    text = (
        CUSTOMERS.replace(",2,,36,36", ",2,,,").replace(",2,,9.1,9.1", ",,,,").replace(",1,,0.2,0.2", ",,,,")
    )
    _, parsing = parsed(BY_CUSTOMER, text.replace(",3,,9.299999999999999,9.3", ",,,,"))

    assert any("nothing to compare" in issue.message for issue in parsing.issues)


def test_the_two_reports_are_told_apart_by_what_their_groups_are_named_after() -> None:
    with_item = ITEMS.replace('"Name","Qty"', '"Name","Item","Qty"').replace('Sol",', 'Sol","V1",')
    for text, item, customer in ((ITEMS, True, False), (CUSTOMERS, False, True), (with_item, True, False)):
        assert (BY_ITEM.recognise(csv_source(text)).confidence > 0.9) is item
        assert (BY_CUSTOMER.recognise(csv_source(text)).confidence > 0.9) is customer


def test_groups_without_total_rows_end_where_the_next_begins() -> None:
    text = "".join(
        line
        for line in CUSTOMERS.splitlines(keepends=True)
        if not line.startswith("Total ") or "Bar,," in line[:20]
    )
    lines, parsing = parsed(BY_CUSTOMER, text)

    assert [line.customer for line in lines] == [
        "Total Wine Bar",
        "Total Wine Bar",
        "Kitchen",
        "Hotel - Other",
    ]
    assert any("groups without a total row" in text for text in warnings(parsing))


def test_a_real_item_report_agrees_with_its_own_total() -> None:
    path = SAMPLES / "qbd_item_sales_detail_week41.csv"
    if not path.exists():
        pytest.skip("the shared samples are not on this machine")
    lines, parsing = parsed(BY_ITEM, path.read_text(encoding="windows-1252"))

    assert sum(line.net_minor for line in lines) == 46_019_31
    assert len({(line.kind, line.number) for line in lines}) == 33
    assert len({line.customer for line in lines}) == 21
    assert (parsing.stated_totals[-1].minor, parsing.stated_totals[-1].computed_minor) == (
        46_019_31,
        46_019_31,
    )
    assert warnings(parsing) == []


def test_a_real_customer_report_with_many_columns() -> None:
    path = SAMPLES / "sample_qb_export.csv"
    if not path.exists():
        pytest.skip("the shared samples are not on this machine")
    lines, parsing = parsed(BY_CUSTOMER, path.read_text(encoding="windows-1252"))

    assert len(lines) == 150
    assert sum(line.net_minor for line in lines) == 12_432_86
    assert len({line.number for line in lines}) == 150
    assert len({line.customer for line in lines}) == 50
    assert warnings(parsing) == []
