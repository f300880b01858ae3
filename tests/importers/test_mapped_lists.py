import json
from itertools import chain
from pathlib import Path
from typing import cast

import pytest

from core.importing.importer import ColumnMapping
from core.importing.records import CustomerRecord, ItemCost, Record
from core.importing.source import Source
from importers.formats.customers import IMPORTER as CUSTOMERS
from importers.formats.items import IMPORTER as ITEMS
from importers.mapped_mapping import (
    UnusableMapping,
    header_fingerprint,
    mapping_text,
    read_mapping,
    write_mapping,
)
from importers.mapped_table import MappedTable
from importers.shelf import LIKELY
from tests.importers.builders import SheetInMemory


def table(text: str) -> Source:
    rows = [line.split(",") for line in text.strip().split("\n")]
    return Source(Path("list.csv"), "0", 1, "csv", "utf-8", ",", (SheetInMemory(rows),))


def parsed(importer: MappedTable, text: str) -> tuple[list[Record], list[str]]:
    parsing = importer.parse(table(text), ColumnMapping(), "USD")
    return list(chain.from_iterable(parsing.batches)), [issue.message for issue in parsing.issues]


def test_items_have_a_cost_from_a_day_on_or_none() -> None:
    records, issues = parsed(
        ITEMS,
        "Code,Name,Category,Unit cost,Valid from\nT1,Tea,Drinks,1.005,2026-01-31\nT2,Mug,,,\n,Spoon,,0.50,\n,,x,1.00,\n",
    )
    assert records == [
        ItemCost(2, "T1", "Tea", "Drinks", 101, "2026-01-31"),
        ItemCost(3, "T2", "Mug", "", None, ""),
        ItemCost(4, "Spoon", "Spoon", "", 50, ""),
    ]
    assert "expected an item's code or name" in issues[0]


def test_a_cost_below_zero_is_refused() -> None:
    records, issues = parsed(ITEMS, "Code,Name,Unit cost\nA,Tea,-0.80\nB,Mug,0\nC,Jug,(1.00)\n")
    assert [(one.code, one.unit_cost_minor) for one in cast("list[ItemCost]", records)] == [("B", 0)]
    remedy = "Correct the cell and import the file again."
    assert issues == [
        f"Row 2, column 'Unit cost': expected a cost of 0 or more, found '-0.80'. {remedy}",
        f"Row 4, column 'Unit cost': expected a cost of 0 or more, found '(1.00)'. {remedy}",
    ]


def test_two_costs_of_one_item_from_the_same_day_are_refused() -> None:
    records, issues = parsed(
        ITEMS,
        "Code,Name,Unit cost,Valid from\nA,Tea,1.20,\nA,Tea,1.20,\na,Tea,1.50,\nA,Tea,1.60,2026-01-01\n"
        "A,Tea,1.70,2026-01-01\nA,Tea,1.80,2026-02-01\nA,Tea,,\n",
    )
    assert [one.row for one in records] == [2, 3, 5, 7, 8]
    assert "Row 4" in issues[0]
    assert (
        "expected one cost without a date for item 'a' (row 2 has 1.20; give each its first day)" in issues[0]
    )
    assert "found '1.50'" in issues[0]
    assert "expected one cost from 2026-01-01 on for item 'A' (row 5 has 1.60" in issues[1]


def test_customers_keep_further_columns_as_attributes() -> None:
    records, _ = parsed(
        CUSTOMERS,
        "Customer no.,Name,E-mail,Phone,City,State,Zip,Country,Type,Consent\n1,Ada,a@b.example,5,Graz,St,8010,AT,Café,\n2,Bo,,,,,,,,yes\n",
    )
    assert records == [
        CustomerRecord(2, "1", "Ada", "a@b.example", "5", "Graz", "St", "8010", "AT", (("Type", "Café"),)),
        CustomerRecord(3, "2", "Bo", "", "", "", "", "", "", (("Consent", "yes"),)),
    ]


def test_a_company_comes_before_its_person_and_short_rows_are_fine() -> None:
    records, issues = parsed(
        CUSTOMERS,
        "CustomerId,FirstName,LastName,Company,City\n1,Ada,Lovelace,,Graz\n2,Bo,Ek,Acme,Linz\n3,Cy,,,\n",
    )
    assert [record.name for record in records if isinstance(record, CustomerRecord)] == [
        "Ada Lovelace",
        "Acme",
        "Cy",
    ]
    assert issues == []


def test_a_customer_without_key_and_name_is_rejected() -> None:
    _, issues = parsed(CUSTOMERS, "Customer no.,Name,E-mail,Phone\n,,a@b.example,5\n")
    assert "expected a customer's key or name" in issues[0]


def test_lists_of_other_things_are_not_taken_for_customers() -> None:
    assert CUSTOMERS.recognise(table("GenreId,Name\n1,Rock\n")).confidence == 0
    assert CUSTOMERS.recognise(table("InvoiceNo,Customer,Phone\n1,Ada,5\n")).confidence == 0
    assert ITEMS.recognise(table("InvoiceNo,SKU,Unit cost\n1,T1,5\n")).confidence == 0
    assert ITEMS.recognise(table("SKU,Unit cost\nT1,5\n")).confidence > 0.4


def test_a_mapping_survives_its_file(tmp_path: Path) -> None:
    mapping = ColumnMapping({"date": "Datum"}, {"date_order": "dmy"})
    path = tmp_path / "mapping.json"
    write_mapping(path, "invoice_lines", mapping)
    assert read_mapping(path) == ("invoice_lines", mapping)
    assert json.loads(mapping_text("x", mapping))["options"] == {"date_order": "dmy"}


@pytest.mark.parametrize("content", ["{", "[]", '{"columns": 1}', '{"options": {"a": 1}}', '{"format": 1}'])
def test_a_broken_mapping_file_is_named(tmp_path: Path, content: str) -> None:
    path = tmp_path / "mapping.json"
    path.write_text(content)
    with pytest.raises(UnusableMapping, match=r"mapping\.json"):
        read_mapping(path)
    with pytest.raises(UnusableMapping, match="cannot be read"):
        read_mapping(tmp_path / "missing.json")


def test_the_fingerprint_ignores_case_and_punctuation_but_not_order() -> None:
    assert header_fingerprint(["Invoice No.", "Date"]) == header_fingerprint(["invoice_no", "DATE"])
    assert header_fingerprint(["a", "b"]) != header_fingerprint(["b", "a"])
    # printf 'a\nb' | sha256sum
    assert (
        header_fingerprint(["A", "B"]) == "7e18f737311b2dc3b2f269dd78396b0351f14fb66efa879f768cb23181883c78"
    )


@pytest.mark.parametrize("key", ["SupplierID", "Vendor name", "shipperID", "Lieferanten-Nr."])
def test_a_list_of_suppliers_is_not_taken_for_customers_unasked(key: str) -> None:
    assert CUSTOMERS.recognise(table(f"{key},Company name,Phone\n1,Ada,5\n")).confidence < LIKELY
