"""The client's workbook: every figure as a value, every total as a live formula that carries its value."""

from datetime import UTC, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook

from reports.content import Chart, Column, Definitions, Report, Table, TableRow
from reports.style import style_of
from reports.xlsx_book import Book
from reports.xlsx_charts import ChartPlace, write_chart_data
from reports.xlsx_summary import write_about, write_summary
from reports.xlsx_table import DIFFERENCE, Written, write_table
from reports.xlsx_text import cell_text

_FIRST_SHEETS = ("segments", "customers", "products", "monthly")
_LAST_SHEETS = ("data", "definitions")


def render_xlsx(report: Report) -> bytes:
    """Write the workbook; the same report gives the same bytes."""
    out = BytesIO()
    workbook = Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book = Book(workbook, report, style_of(report.branding.accent))
    _set_properties(workbook, report)
    about, summary = book.add_sheet("About"), book.add_sheet("Summary")
    tables = tables_of(report)
    for table in tables:
        sheet = book.add_sheet(_title(table), header_row=0)
        write_table(book, sheet, table, top=0)
    checks = _write_checks(book)
    places: list[ChartPlace] = write_chart_data(book, _charts_of(report))
    segments = next((table for table in tables if table.key == "segments"), None)
    write_summary(book, summary, checks, places, segments)
    write_about(book, about)
    summary.activate()
    workbook.close()
    return out.getvalue()


def tables_of(report: Report) -> list[Table]:
    """Every table with a key, once: the full list wins over the part of it that a section shows."""
    found: dict[str, Table] = {}
    for block in report.blocks():
        if isinstance(block, Table) and block.key:
            found.setdefault(block.key, block)
    found.update({table.key or table.title: table for table in report.data})
    if "definitions" not in found:
        definitions = _definitions(report)
        if definitions.rows:
            found["definitions"] = definitions
    first = [key for key in _FIRST_SHEETS if key in found]
    last = [key for key in _LAST_SHEETS if key in found]
    between = [key for key in found if key not in {*first, *last}]
    return [found[key] for key in [*first, *between, *last]]


def _title(table: Table) -> str:
    return table.key.replace("_", " ").capitalize() if table.key else table.title


def _definitions(report: Report) -> Table:
    entries = [
        entry for block in report.blocks() if isinstance(block, Definitions) for entry in block.entries
    ]
    return Table(
        columns=(Column("Word", key="term"), Column("Meaning", key="meaning")),
        rows=tuple(TableRow((entry.term, entry.text)) for entry in dict.fromkeys(entries)),
        key="definitions",
    )


def _charts_of(report: Report) -> list[Chart]:
    charts = [
        block for block in report.blocks() if isinstance(block, Chart) and block.categories and block.series
    ]
    keyed: dict[str, Chart] = {}
    for chart in charts:
        if chart.key:
            keyed.setdefault(chart.key, chart)
    return list(keyed.values())


def _write_checks(book: Book) -> list[Written]:
    """All checks below one another; each difference is a formula of its sides."""
    if not book.report.checks:
        return []
    sheet = book.add_sheet("Checks")
    row = 0
    written = []
    for number, table in enumerate(book.report.checks):
        if table.title:
            sheet.write_string(row, 0, cell_text(table.title), book.format(bold=True))
            row += 1
        place = write_table(book, sheet, table, top=row, listed=bool(table.key))
        _mark_differences(book, sheet, place)
        _remember_values(book, table, place)
        written.append(place)
        row = (place.last_row if place.total_row is None else place.total_row) + (5 if table.note else 3)
        if number == 0:
            sheet.freeze_panes(2 if table.title else 1, 1)
    return written


def _mark_differences(book: Book, sheet: Any, place: Written) -> None:
    column = place.columns.get(DIFFERENCE)
    if column is None or place.last_row < place.first_row:
        return
    last = place.total_row or place.last_row
    for good, criteria in ((True, "=="), (False, "!=")):
        rule = {"type": "cell", "criteria": criteria, "value": 0, "format": book.difference_format(good=good)}
        sheet.conditional_format(place.first_row, column, last, column, rule)


def _remember_values(book: Book, table: Table, place: Written) -> None:
    at = next((number for number, column in enumerate(table.columns) if column.key == DIFFERENCE), None)
    if at is None:
        return
    unit = table.columns[at].unit
    for number, row in enumerate(table.rows):
        value = row.cells[at]
        figure = book.figure(value, unit) if isinstance(value, int | float) else 0
        book.check_values[place.sheet, place.first_row + number] = (str(row.cells[0] or ""), figure)


def _set_properties(workbook: Workbook, report: Report) -> None:
    day = report.created
    workbook.set_properties(
        {
            "title": cell_text(f"{report.cover.title}, {report.cover.period_label}"),
            "subject": cell_text(report.branding.client_name),
            "author": cell_text(report.branding.firm_name.partition("\n")[0]),
            "company": cell_text(report.branding.firm_name.partition("\n")[0]),
            "comments": f"Fingerprint {report.fingerprint}",
            # The as-of date, not the clock: the same book gives the same file.
            "created": datetime(day.year, day.month, day.day, tzinfo=UTC),
        }
    )
