"""The workbook, read back by another program."""

import zipfile
from dataclasses import replace
from datetime import date, datetime
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from core.unit import Unit
from reports.content import (
    Chart,
    ChartKind,
    Column,
    KeyFigure,
    KeyFigures,
    Report,
    Section,
    Series,
    Table,
    TableRow,
)
from reports.xlsx import render_xlsx, tables_of
from reports.xlsx_text import LONGEST, cell_text, is_defined_name, sheet_name, table_name, unique_titles
from tests.reports.builder_blocks import FIGURES, ODD_NAMES, contribution, customer_table, segment_table
from tests.reports.builders import report
from tests.reports.recalculation import Formula, error_cells, recalculate, without_values


@cache
def rendered() -> bytes:
    return render_xlsx(report())


@cache
def opened() -> Workbook:
    return load_workbook(BytesIO(rendered()), data_only=True)


def sheet_of(table: Table, **changes: object) -> tuple[Worksheet, bytes]:
    """The sheet of one table, with formulas."""
    data = render_xlsx(report(sections=(), data=(table,), checks=(), **changes))
    return load_workbook(BytesIO(data))[table.key.capitalize()], data


def amount(sheet: Worksheet, row: int, column: int) -> float:
    value = sheet.cell(row, column).value
    assert isinstance(value, int | float)
    return value


def test_the_sheets_are_those_that_the_reader_is_promised() -> None:
    expected = [
        "About",
        "Summary",
        "Segments",
        "Customers",
        "Monthly",
        "Tie out",
        "Definitions",
        "Checks",
        "Chart data",
    ]
    assert opened().sheetnames == expected
    assert opened().active is opened()["Summary"]


def test_two_runs_give_the_same_bytes() -> None:
    assert render_xlsx(report()) == rendered()


def test_every_formula_recalculates_to_the_value_it_carries(tmp_path: Path) -> None:
    formulas = recalculate(rendered(), tmp_path)
    assert len(formulas) > 25
    assert [formula for formula in formulas if not formula.agrees] == []
    assert error_cells(rendered()) == []


def test_the_comparison_would_notice_a_wrong_value(tmp_path: Path) -> None:
    wrong = BytesIO()
    with zipfile.ZipFile(BytesIO(rendered())) as source, zipfile.ZipFile(wrong, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "xl/worksheets/sheet3.xml":
                assert b"<v>204</v>" in data
                data = data.replace(b"<v>204</v>", b"<v>205</v>")
            target.writestr(name, data)
    bad = [formula for formula in recalculate(wrong.getvalue(), tmp_path) if not formula.agrees]
    assert bad == [Formula("Segments", "B10", "=SUBTOTAL(109,B2:B9)", 205, 204)]
    assert b"<f>SUBTOTAL(109,B2:B9)</f><v>" not in without_values(rendered())


def test_key_figures_read_back_by_their_names() -> None:
    for name, value in (
        ("net_revenue", 1_284_618),
        ("contribution", 256_420),
        ("active_customers", 175),
        ("bought_again", 0.816),
    ):
        ((sheet, cell),) = opened().defined_names[name].destinations
        assert opened()[sheet][cell].value == value


def test_money_is_held_to_the_cent_and_sums_agree_with_the_cents() -> None:
    sheet = opened()["Customers"]
    assert [cell.value for cell in sheet[1]] == [
        "Customer",
        "Segment",
        "Revenue",
        "Net",
        "Net %",
        "Usual gap",
        "Last order",
    ]
    revenue = [amount(sheet, row, 3) for row in range(2, 302)]
    assert [round(value * 100) for value in revenue] == [row.cells[2] for row in customer_table().rows]
    assert round(amount(sheet, 302, 3) * 100) == 300 * 4_000_000 - 9_973 * sum(range(300))


def test_segments_total_is_a_formula_of_its_rows() -> None:
    formulas = load_workbook(BytesIO(rendered()))["Segments"]
    assert formulas["H10"].value == "=SUBTOTAL(109,H2:H9)"
    assert opened()["Segments"]["H10"].value == sum(contribution(figures) for figures in FIGURES) / 100
    assert formulas["I10"].value == '=IF(C10=0,"",H10/C10)'


def test_lists_are_excel_tables_with_names_and_filters() -> None:
    tables = {sheet.title: sheet.tables for sheet in load_workbook(BytesIO(rendered())).worksheets}
    assert list(tables["Customers"]) == ["tblCustomers"]
    assert tables["Customers"]["tblCustomers"].ref == "A1:G301"
    assert tables["Customers"]["tblCustomers"].autoFilter.ref == "A1:G301"


def test_names_are_text_whatever_they_begin_with() -> None:
    sheet = load_workbook(BytesIO(rendered()))["Customers"]
    assert [sheet.cell(2 + at, 1).value for at in range(len(ODD_NAMES))] == list(ODD_NAMES)
    assert {sheet.cell(2 + at, 1).data_type for at in range(len(ODD_NAMES))} == {"s"}


def test_unknown_is_empty_and_a_date_is_a_date() -> None:
    sheet = opened()["Customers"]
    assert sheet["F2"].value is None
    assert sheet["G2"].value == datetime(2026, 10, 1)  # noqa: DTZ001 - a workbook knows no time zone


def test_checks_are_formulas_and_differences_are_shown() -> None:
    formulas, values = load_workbook(BytesIO(rendered()))["Checks"], opened()["Checks"]
    assert formulas["D3"].value == "=ROUND(B3-C3,2)"
    assert [values["D3"].value, values["D4"].value] == [0, -184]
    summary = opened()["Summary"]
    assert [summary["G5"].value, summary["I5"].value] == ["Segments add up to all customers", 0]
    assert [summary["G6"].value, summary["I6"].value] == ["Receivables agree", -184]


def test_print_setup_freezes_and_repeats_the_header() -> None:
    sheet = load_workbook(BytesIO(rendered()))["Customers"]
    assert sheet.freeze_panes == "B2"
    assert sheet.print_title_rows == "$1:$1"
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth in {1, None}, sheet.page_setup.fitToHeight) == (True, 0)
    letter = load_workbook(BytesIO(render_xlsx(report(paper="Letter"))))["Customers"]
    assert letter.page_setup.paperSize == 1


def test_document_properties_carry_the_as_of_date() -> None:
    properties = opened().properties
    assert properties.title == "Customer segment report, October 2026"
    assert properties.creator == "Larkspur Bookkeeping"
    assert properties.created == datetime(2026, 11, 12)  # noqa: DTZ001 - as openpyxl reads it


def test_native_charts_stand_on_the_summary() -> None:
    names = zipfile.ZipFile(BytesIO(rendered())).namelist()
    assert len([name for name in names if name.startswith("xl/charts/chart")]) == 4
    data = opened()["Chart data"]
    assert [data["A1"].value, data["B2"].value, data["A3"].value, data["B3"].value] == [
        "Revenue by month",
        "This year",
        "Nov",
        117_600,
    ]


def test_references_to_pages_lead_to_the_checks() -> None:
    texts = [cell.value for row in opened()["About"].iter_rows() for cell in row]
    assert "Income and costs agree with the general ledger, see sheet Checks." in texts


def test_the_full_list_wins_over_its_excerpt() -> None:
    excerpt = Section("part", "Part", (customer_table(5),))
    assert [
        len(table.rows) for table in tables_of(report(sections=(excerpt,), data=(customer_table(9),)))
    ] == [9]


def test_a_total_that_is_no_sum_stays_the_value_that_was_given() -> None:
    table = Table(
        (Column("Name"), Column("Money", Unit.MONEY, sum_=True)),
        (TableRow(("a", 100)),),
        ("Total", 175),
        key="odd",
    )
    sheet, _ = sheet_of(table)
    assert sheet["B3"].value == 1.75


def test_subtotals_are_sums_of_their_group_and_count_once(tmp_path: Path) -> None:
    rows = (
        TableRow(("Income",), kind="group"),
        TableRow(("a", 100)),
        TableRow(("b", 250)),
        TableRow(("Sum", 350), kind="subtotal"),
        TableRow(("c", 7)),
        TableRow(("Sum", 7), kind="subtotal"),
    )
    table = Table(
        (Column("Name"), Column("Money", Unit.MONEY, sum_=True)),
        rows,
        ("Total", 357),
        key="grouped",
        note="In cents.",
    )
    sheet, data = sheet_of(table)
    assert [sheet["B5"].value, sheet["B7"].value, sheet["B8"].value] == [
        "=SUM(B3:B4)",
        "=SUM(B6)",
        "=SUM(B3:B4,B6)",
    ]
    assert list(sheet.tables) == []
    assert all(formula.agrees for formula in recalculate(data, tmp_path))


@pytest.mark.parametrize(
    ("total", "expected"),
    [
        (0.5, '=IF(C3=0,"",B3/C3)'),
        (0.6, 0.6),
        (None, None),
    ],
)
def test_a_ratio_is_a_formula_only_where_it_is_that_quotient(total: float | None, expected: object) -> None:
    columns = (
        Column("Name"),
        Column("Profit", Unit.MONEY, key="profit", sum_=True),
        Column("Sales", Unit.MONEY, key="sales", sum_=True),
        Column("Margin", Unit.RATIO, ratio_of=("profit", "sales")),
    )
    sheet, _ = sheet_of(
        Table(columns, (TableRow(("a", 50, 100, 0.5)),), ("Total", 50, 100, total), key="ratio")
    )
    assert sheet["D3"].value == expected


def test_a_ratio_of_nothing_is_empty(tmp_path: Path) -> None:
    columns = (
        Column("Name"),
        Column("Profit", Unit.MONEY, key="profit", sum_=True),
        Column("Sales", Unit.MONEY, key="sales", sum_=True),
        Column("Margin", Unit.RATIO, ratio_of=("profit", "sales")),
        Column("Lost", Unit.RATIO, ratio_of=("profit", "elsewhere")),
    )
    _, data = sheet_of(
        Table(columns, (TableRow(("a", 50, 0, None, None)),), ("Total", 50, 0, None, None), key="ratio")
    )
    formulas = recalculate(data, tmp_path)
    assert [formula.cell for formula in formulas] == ["B3", "C3", "D3"]
    assert all(formula.agrees for formula in formulas)


def test_odd_values_are_written_as_they_are() -> None:
    columns = (
        Column("Day", Unit.DATE),
        Column("day", Unit.RATIO),
        Column("", Unit.NUMBER),
        Column("Left", Unit.POINTS),
    )
    sheet, _ = sheet_of(Table(columns, (TableRow((date(1850, 1, 1), float("nan"), 1.5, 0.1)),), key="odd"))
    assert [cell.value for cell in sheet[1]] == ["Day", "day 2", "Column 3", "Left"]
    assert [cell.value for cell in sheet[2]] == ["1850-01-01", None, 1.5, 0.1]


def test_a_currency_without_cents_is_held_whole() -> None:
    table = Table(
        (Column("Name"), Column("Money", Unit.MONEY, cents=True)), (TableRow(("a", 1234)),), key="yen"
    )
    sheet, _ = sheet_of(table, currency="JPY", exponent=0)
    assert sheet["B2"].value == 1234
    assert sheet["B2"].number_format == "#,##0_);[Red](#,##0)"


def test_an_empty_report_is_a_workbook_too() -> None:
    empty: Report = report(
        sections=(), data=(replace(customer_table(0), totals=None),), checks=(), segments=(), draft=True
    )
    book = load_workbook(BytesIO(render_xlsx(empty)))
    assert book.sheetnames == ["About", "Summary", "Customers"]
    assert "Draft" in [row[1].value for row in book["About"].iter_rows(max_col=2)]


def test_a_key_that_is_no_name_gets_none() -> None:
    figures = KeyFigures(
        (KeyFigure("One", 1, Unit.COUNT, key="abc1"), KeyFigure("Two", 2, Unit.COUNT, key="two words"))
    )
    book = load_workbook(BytesIO(render_xlsx(report(sections=(Section("a", "A", (figures,)),)))))
    assert list(book.defined_names) == []


def test_text_that_a_cell_cannot_hold_is_cut_and_says_so() -> None:
    assert cell_text("a\x00b\x1fc\ud800d\ne") == "abcd\ne"
    cut = cell_text("漢" * 50_000)
    assert len(cut) <= LONGEST
    assert cut.endswith("… [cut: 50,000 characters]")
    emoji = cell_text("😀" * 30_000)
    assert len(emoji.encode("utf-16-le")) // 2 <= LONGEST


@pytest.mark.parametrize(
    ("title", "taken", "name"),
    [
        ("Tie/out: [a]*?\\", (), "Tie out   a"),
        ("'quoted'", (), "quoted"),
        ("", (), "Sheet"),
        ("History", (), "History of the book"),
        ("x" * 40, (), "x" * 31),
        ("data", ("Data", "DATA 2"), "data 3"),
        ("y" * 40, ("y" * 31,), "y" * 29 + " 2"),
    ],
)
def test_a_sheet_gets_a_name_that_excel_takes(title: str, taken: tuple[str, ...], name: str) -> None:
    assert sheet_name(title, taken) == name


def test_names_of_tables_and_cells_follow_the_rules_of_excel() -> None:
    assert table_name("tie_out by-account") == "tblTieOutByAccount"
    assert unique_titles(["Net", "net", "", "Net 2"]) == ["Net", "net 2", "Column 3", "Net 2 2"]
    assert [is_defined_name(name) for name in ("net_revenue", "R", "c", "r1c1", "AB12", "1a", "a b")] == [
        True,
        *[False] * 6,
    ]


def test_the_segment_table_has_a_share_bar_on_the_summary() -> None:
    assert segment_table().columns[3].sum_
    ranges = {str(key.sqref) for key in load_workbook(BytesIO(rendered()))["Summary"].conditional_formatting}
    assert "D13:D20" in ranges


def test_shares_of_money_are_made_of_whole_currency_to_the_cent() -> None:
    chart = Chart(
        ChartKind.SHARES,
        "Shares",
        ("Customers", "Revenue"),
        (Series("Big", (3, 120_050)), Series("Small", (1, 60_001))),
        unit=Unit.NUMBER,
        category_units=(Unit.COUNT, Unit.MONEY),
        key="shares",
    )
    sheet = load_workbook(BytesIO(render_xlsx(report(sections=(Section("one", "One", (chart,)),)))))[
        "Chart data"
    ]
    assert [[cell.value for cell in row] for row in sheet["A3:C4"]] == [
        ["Customers", 3, 1],
        ["Revenue", 1_200.5, 600.01],
    ]


@pytest.mark.parametrize(
    ("firm", "author", "under"),
    [
        ("Larkspur\nBath", "Dana\nLarkspur", "Alder · prepared by Larkspur · US dollars"),
        ("", "Dana", "Alder · prepared by Dana · US dollars"),
        ("", "", "Alder · US dollars"),
    ],
)
def test_who_prepared_it_is_named_where_it_is_known(firm: str, author: str, under: str) -> None:
    made = report()
    made = replace(
        made,
        branding=replace(made.branding, firm_name=firm, client_name="Alder"),
        cover=replace(made.cover, prepared_by=author),
        currency_name="US dollars",
    )
    book = load_workbook(BytesIO(render_xlsx(made)))
    assert book["Summary"]["A2"].value == under
    assert ("Prepared by" in [cell.value for cell in book["About"]["A"]]) == bool(author)
