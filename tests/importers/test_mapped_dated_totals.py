"""Total rows that bear a date, and customers whose names only look like one."""

import csv
import io
from itertools import chain
from pathlib import Path
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.importing.importer import ColumnMapping, Parsing
from core.importing.issue import Severity
from core.importing.records import SalesLine
from core.importing.source import Row, Source
from importers.formats.invoice_lines import IMPORTER
from tests.importers.builders import SheetInMemory


def parsed(text: str) -> tuple[list[SalesLine], Parsing]:
    return parsed_rows(list(csv.reader(io.StringIO(text.strip()))))


def parsed_rows(rows: list[Row]) -> tuple[list[SalesLine], Parsing]:
    source = Source(Path("sales.csv"), "0", 1, "csv", "utf-8", ",", (SheetInMemory(rows, batch_size=3),))
    parsing = IMPORTER.parse(source, ColumnMapping(), "USD")
    return cast("list[SalesLine]", list(chain.from_iterable(parsing.batches))), parsing


@pytest.mark.parametrize(
    "label", ["Total", "Grand total", "TOTAL:", "Summe", "Gesamtsumme", "Totaal", "Subtotal"]
)
@pytest.mark.parametrize("row", ["2026-10-31,,{},,35.50", "2026-10-31,{},,,35.50", "2026-10-31,,,{},35.50"])
def test_the_total_of_all_rows_is_no_sale_though_it_has_a_date(label: str, row: str) -> None:
    lines, parsing = parsed(f"""
Date,Invoice,Customer,Item,Net
2026-10-01,1,Ada,Tea,10.00
2026-10-02,2,Bo,Milk,20.00
2026-10-03,3,Ada,Tea,2.75
2026-10-03,3,Ada,Bun,2.75
{row.format(label)}
""")
    assert sum(line.net_minor for line in lines) == 3550
    assert parsing.left_out == {"total row": 1}
    assert [(one.row, one.minor, one.computed_minor) for one in parsing.stated_totals] == [(6, 3550, 3550)]
    assert parsing.issues == []


def test_subtotals_of_groups_within_groups_are_no_sales() -> None:
    lines, parsing = parsed("""
Date,Customer,Net
2026-10-01,Ada,10.00
2026-10-02,Ada,5.00
2026-10-31,Total,15.00
2026-10-01,Bo,7.00
2026-10-31,Total,7.00
2026-10-31,Subtotal,22.00
2026-10-01,Cy,1.00
2026-10-31,Grand total,23.00
""")
    assert [line.net_minor for line in lines] == [1000, 500, 700, 100]
    assert parsing.left_out == {"total row": 4}
    assert parsing.stated_totals[-1].minor == 2300
    assert parsing.issues == []


def test_a_total_that_does_not_add_up_is_left_out_with_its_reason() -> None:
    lines, parsing = parsed("""
Date,Customer,Net
2026-10-01,Ada,10.00
2026-10-02,Bo,5.00
2026-10-31,Total,99.00
""")
    assert [line.net_minor for line in lines] == [1000, 500]
    assert parsing.rejected_rows == [(4, ["2026-10-31", "Total", "99.00"])]
    (issue,) = parsing.issues
    assert (issue.row, issue.severity) == (4, Severity.ERROR)
    assert "'Total' with 99.00; the rows above add up to 15.00" in issue.message
    assert "give it a document number" in issue.message


def test_a_customer_whose_name_begins_with_total_is_a_customer() -> None:
    lines, parsing = parsed("""
Date,Customer,Net
2026-10-01,Ada,10.00
2026-10-02,Total Fitness Ltd,10.00
2026-10-03,Summe & Sohn,21.00
2026-10-04,Total Fitness Ltd,7.00
""")
    assert [line.customer for line in lines] == [
        "Ada",
        "Total Fitness Ltd",
        "Summe & Sohn",
        "Total Fitness Ltd",
    ]
    assert parsing.issues == []


def test_such_a_customer_whose_amount_is_a_sum_by_chance_is_never_dropped_in_silence() -> None:
    lines, parsing = parsed("""
Date,Customer,Net
2026-10-01,Ada,10.00
2026-10-02,Bo,10.00
2026-10-03,Total Fitness Ltd,20.00
""")
    assert [line.customer for line in lines] == ["Ada", "Bo"]
    assert parsing.rejected_rows == [(4, ["2026-10-03", "Total Fitness Ltd", "20.00"])]
    assert "give it a document number" in parsing.issues[0].message


def test_a_document_number_or_an_item_makes_a_sale_whatever_the_amount() -> None:
    lines, parsing = parsed("""
Date,Invoice,Customer,Item,Net
2026-10-01,1,Ada,Tea,10.00
2026-10-01,2,Bo,Tea,5.00
2026-10-02,3,Total,,15.00
2026-10-02,,Total Fitness Ltd,Tea,30.00
2026-10-02,4,Cy,Total,60.00
""")
    assert len(lines) == 5
    assert parsing.issues == []


def test_a_name_after_the_word_is_a_total_only_where_rows_add_up_and_that_is_said() -> None:
    lines, parsing = parsed("""
Date,Customer,Net
2026-10-01,Ada,10.00
2026-10-02,Ada,5.00
2026-10-31,Total for ada,15.00
2026-10-31,Bo,1.00
""")
    assert [line.customer for line in lines] == ["Ada", "Ada", "Bo"]
    (issue,) = parsing.issues
    assert (issue.row, issue.severity) == (4, Severity.WARNING)
    assert "is the sum of the 2 rows above it" in issue.message


def test_the_total_line_of_one_document_is_no_line_of_it() -> None:
    lines, parsing = parsed("""
Date,Invoice,Customer,Item,Net
2026-10-01,1,Ada,Tea,10.00
2026-10-01,1,Ada,Milk,5.00
2026-10-01,1,Ada,Total,15.00
2026-10-02,2,Bo,Tea,7.00
2026-10-02,2,Bo,Total,7.00
""")
    assert [line.net_minor for line in lines] == [1000, 500, 700]
    assert ["the 2 rows above" in one.message for one in parsing.issues] == [True, False]
    assert "the row above it" in parsing.issues[1].message


def test_the_word_in_a_description_beside_a_customer_is_a_sale() -> None:
    lines, parsing = parsed("""
Date,Customer,Description,Net
2026-10-01,Ada,Tea,10.00
2026-10-02,Bo,Total,7.00
""")
    assert len(lines) == 2
    assert parsing.issues == []


def test_a_dated_total_without_quantity_and_price_is_understood() -> None:
    lines, parsing = parsed("""
Date,Customer,Qty,Unit price,Total
2026-10-01,Ada,2,5.00,10.00
2026-10-02,Bo,1,7.00,7.00
2026-10-31,Total,,,17.00
""")
    assert [line.net_minor for line in lines] == [1000, 700]
    assert parsing.left_out == {"total row": 1}
    assert parsing.issues == []


def test_a_dated_total_whose_amount_cannot_be_read_is_a_bad_row() -> None:
    lines, parsing = parsed(
        "Date,Customer,Net\n2026-10-01,Ada,10.00\n2026-10-31,Total,ten\n2026-10-31,Bo,1.00\n2026-10-31,Cy,1.00\n2026-10-31,Di,1.00\n"
    )
    assert len(lines) == 4
    assert len(parsing.rejected_rows) == 1


@given(st.lists(st.integers(-10_000, 10_000), min_size=1, max_size=12), st.integers(0, 12))
def test_a_dated_total_never_changes_what_the_rows_add_up_to(cents: list[int], place: int) -> None:
    def text(minor: int) -> str:
        return f"{'-' if minor < 0 else ''}{abs(minor) // 100}.{abs(minor) % 100:02}"

    place = min(place, len(cents))
    rows = [["2026-10-01", "Ada", text(minor)] for minor in cents]
    rows.insert(place, ["2026-10-31", "Subtotal", text(sum(cents[:place]))])
    rows.append(["2026-10-31", "Grand total", text(sum(cents))])
    lines, parsing = parsed_rows([["Date", "Customer", "Net"], *rows])
    assert sum(line.net_minor for line in lines) == sum(cents)
    assert {line.customer for line in lines} == {"Ada"}
    assert parsing.left_out.get("total row", 0) + len(parsing.rejected_rows) == 2
