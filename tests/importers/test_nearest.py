"""A table of an unknown program is named, with the best guess of its columns and what it lacks."""

import pytest

from core.importing.importer import ColumnMapping
from importers.formats.customers import IMPORTER as CUSTOMERS
from importers.formats.invoice_lines import IMPORTER as SALES
from importers.nearest import nearest_table
from tests.importers.builders import csv_source


@pytest.mark.parametrize(
    ("text", "key", "columns"),
    [
        ("Id,Date,CDs,Price\n4,19970101,2,29.33\n4,19970118,2,29.73\n21,19970101,3,63.34\n", "invoice_lines",
         {"customer": "Id", "date": "Date", "net": "Price"}),
        ("id,date,monetary_value\n1,2024-01-05,10.5\n2,2024-01-15,20\n1,2024-02-25,11\n", "invoice_lines",
         {"customer": "id", "date": "date", "net": "monetary_value"}),
        ("Transaction,Item\n1,Bread\n1,Milk\n2,Bread\n", "invoice_lines",
         {"document": "Transaction", "item_name": "Item", "date": "", "net": "", "customer": ""}),
        ("When,Shopper,Paid\n2024-01-05,Ada,1.00\n", "invoice_lines",
         {"date": "When", "customer": "Shopper", "net": "Paid"}),
        ("id,when,sum\n1,5 Jan 2024,10.00\n2,6 Jan 2024,9.00\n", "invoice_lines",
         {"document": "id", "date": "when", "net": "sum", "customer": ""}),
        ("Household ID,Day,UPC\n1,2024-01-05,7\n1,2024-01-06,8\n", "invoice_lines",
         {"customer": "Household ID", "date": "Day", "item": "UPC", "net": ""}),
        ("item,level2,level1\nham,meat,food\nbeef,meat,food\n", "items", {"name": "item", "unit_cost": ""}),
        ("household_id,age,kids\n1,65,0\n2,45,1\n", "customers", {"key": "household_id"}),
    ],
)  # fmt: skip
def test_the_nearest_table_comes_with_its_columns(text: str, key: str, columns: dict[str, str]) -> None:
    table, likely = nearest_table(csv_source(text))
    assert table.key == key
    assert likely.columns == columns


def test_a_file_without_amounts_says_that_it_cannot_be_sales() -> None:
    (question,) = SALES.questions(csv_source("Transaction,Item\n1,Bread\n2,Milk\n"), ColumnMapping())
    assert question.field == "mapping"
    assert question.text == "Which columns hold the date and the amount?"
    assert question.evidence == (
        "Found: the item's name ('Item'). Guessed: the document number ('Transaction'). Not found: the date, the "
        "amount and the customer. No column holds amounts. Without them the file cannot be imported as sales: "
        "export it again with the amount of each line, or with quantity and price."
    )


def test_one_missing_column_is_asked_for_and_the_others_are_named() -> None:
    (question,) = SALES.questions(csv_source("date,who,score\n2024-01-05,Ada,12\n"), ColumnMapping())
    assert question.text == "Which column holds the amount?"
    assert question.evidence == (
        "Found: the date of the document ('date'). Not found: the amount and the customer. "
        "Other columns: 'who', 'score'."
    )
    assert question.choices == ("date", "who", "score")


def test_a_guess_is_confirmed_by_the_mapping_that_it_filled_in() -> None:
    source = csv_source("Id,Date,CDs,Price\n4,19970101,2,29.33\n4,19970118,2,29.73\n")
    guess = SALES.guess(source)
    assert [one.text for one in guess.questions] == ["Is this what the columns hold?"]
    settled = ColumnMapping(guess.columns, guess.options)
    assert SALES.questions(source, settled) == []
    lines = [line for batch in SALES.parse(source, settled, "USD").batches for line in batch]
    assert [(line.customer, line.net_minor) for line in lines] == [("4", 2933), ("4", 2973)]  # type: ignore[union-attr]


def test_values_in_place_of_headings_and_files_without_a_table_are_said() -> None:
    _, likely = nearest_table(csv_source("4,1997-01-01,29.33\n4,1997-01-18,29.73\n"))
    assert "The first row seems to hold values" in likely.evidence()
    _, likely = nearest_table(csv_source(" 00004 19970101 29.33\n 00004 19970118 29.73\n"))
    assert likely.evidence().startswith("No table was found")
    _, likely = nearest_table(csv_source(",".join("abcdefghijklmn") + "\n" + ",".join("x" * 14) + "\n"))
    assert "'l' and 2 more" in likely.evidence()


def test_customers_who_come_again_on_other_days_are_asked_about() -> None:
    text = "customer,date\nAda,2024-01-05\nBob,2024-01-15\nAda,2024-02-25\n"
    (question,) = CUSTOMERS.questions(csv_source(text), ColumnMapping())
    assert (question.field, question.choices) == ("customer_list", ("customers",))
    assert "column 'date'" in question.text
    assert "first 3 rows name 2 customers" in question.evidence
    answer = ColumnMapping(options={"customer_list": "customers"})
    assert CUSTOMERS.questions(csv_source(text), answer) == []
    assert CUSTOMERS.questions(csv_source(text.replace("Ada,2024-02", "Cy,2024-02")), ColumnMapping()) == []
    assert CUSTOMERS.questions(csv_source("customer,size\nAda,1\nAda,2\n"), ColumnMapping()) == []


def test_a_very_wide_table_is_looked_at_quickly_and_not_said_to_lack_amounts() -> None:
    labels = [f"c{number}" for number in range(3000)]
    rows = "\n".join(",".join(["x"] * 3000) for _ in range(20))
    _, likely = nearest_table(csv_source(f"{','.join(labels)}\n{rows}\n"))
    assert likely.missing == ("the date", "the amount")
    assert likely.remarks == ()
    assert "seems to hold values" not in likely.evidence()
