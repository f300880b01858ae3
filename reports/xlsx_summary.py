"""The first sheets: what this workbook is, and the month on one page."""

import re
from typing import Any

from core.unit import Unit
from reports.content import KeyFigure, KeyFigures, Paragraph, Report, SideHeading, Table
from reports.numbers import change_is_good, change_text
from reports.xlsx_book import Book
from reports.xlsx_charts import ChartPlace, native_chart
from reports.xlsx_table import DIFFERENCE, Written, write_table
from reports.xlsx_text import cell_text, is_defined_name

_PAGE = re.compile(r"\bpage \{page:[^}]*\}")
_REFERENCE = re.compile(r"\{page:[^}]*\}")
_MOST_CHECKS = 12
_MOST_CHARTS = 6
_CHART_ROWS = 16
_WIDE = 9


def write_about(book: Book, sheet: Any) -> None:
    """Who this is from and for, what it covers, how amounts are held, and where everything is."""
    report = book.report
    sheet.hide_gridlines(2)
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 90)
    sheet.set_row(0, 24)
    sheet.write_string(
        0,
        0,
        cell_text(f"{report.cover.title}, {report.cover.period_label}"),
        book.format(bold=True, font_size=16),
    )
    label = book.format(font_color=book.style.muted)
    text = book.format(text_wrap=True)
    row = 2
    for name, value in _about(book):
        sheet.write_string(row, 0, name, label)
        sheet.write_string(row, 1, cell_text(", ".join(value.splitlines())), text)
        row += 1
    row += 1
    sheet.write_string(row, 0, "In this workbook", book.format(bold=True))
    link = book.format(font_color=book.style.accent, underline=1)
    for name in book.sheets:
        if name != sheet.get_name():
            row += 1
            quoted = name.replace("'", "''")
            sheet.write_url(row, 0, f"internal:'{quoted}'!A1", link, name)


def _about(book: Book) -> list[tuple[str, str]]:
    report = book.report
    found = [
        ("Client", report.branding.client_name),
        ("Prepared by", report.cover.prepared_by),
        ("Prepared for", report.cover.prepared_for),
        ("Period", report.period_key),
        ("As of", report.created.isoformat()),
        ("Date and basis", report.cover.date_and_basis),
        ("Currency", f"{report.currency_name} ({report.currency})"),
        ("Agreement", without_pages(report.tie_out_line)),
        (
            "Amounts",
            "Stored with all decimals and shown in whole units: a column can seem one off its total.",
        ),
        (
            "Totals",
            "Formulas over the rows above them: they follow a filter. Checks are formulas and must be 0.",
        ),
        ("Empty cells", "Unknown or not applicable; never zero."),
        ("Fingerprint", report.fingerprint),
    ]
    found = [(name, value) for name, value in found if value]
    return [*found, ("State", "Draft")] if report.draft else found


def without_pages(text: str) -> str:
    """Text whose references to a page of the PDF lead to the sheet of checks."""
    return _REFERENCE.sub("", _PAGE.sub("sheet Checks", text)).replace("**", "")


def key_figures(book: Book) -> list[KeyFigure]:
    """Every key figure once, in the order of the report; of two with one key the first counts."""
    found: dict[str, KeyFigure] = {}
    for block in book.report.blocks():
        if isinstance(block, KeyFigures):
            for figure in block.figures:
                if figure.key:
                    found.setdefault(figure.key, figure)
    return list(found.values())


def write_summary(
    book: Book, sheet: Any, checks: list[Written], places: list[ChartPlace], segments: Table | None
) -> None:
    """Key figures with names, checks, segments, charts and the summary in words."""
    report = book.report
    sheet.hide_gridlines(2)
    sheet.write_string(
        0,
        0,
        cell_text(f"{report.cover.title}, {report.cover.period_label}"),
        book.format(bold=True, font_size=16),
    )
    sheet.write_string(1, 0, cell_text(_under_title(report)), book.format(font_color=book.style.muted))
    sheet.set_row(0, 24)
    sheet.fit_to_pages(1, 1)
    figures = key_figures(book)
    if segments is None:
        sheet.set_column(0, 0, 26)
    row = 3 + _write_figures(book, sheet, figures, 3)
    row = max(row, 3 + _write_checks(book, sheet, checks, 3)) + 1
    if segments is not None:
        written = write_table(book, sheet, segments, top=row, listed=False)
        _share_bars(book, sheet, segments, written)
        row = (written.total_row or written.last_row) + 2
    for column in range(1, _WIDE + 1):
        sheet.set_column(column, column, 15)
    sheet.set_column(0, 0, 26)
    row = _write_words(book, sheet, row) + 1
    _insert_charts(book, sheet, places, row)


def _under_title(report: Report) -> str:
    """Client, who prepared it where that is known, and currency."""
    by = report.branding.firm_name.partition("\n")[0] or report.cover.prepared_by.partition("\n")[0]
    parts = (report.branding.client_name, f"prepared by {by}" if by else "", report.currency_name)
    return " · ".join(part for part in parts if part)


def _write_figures(book: Book, sheet: Any, figures: list[KeyFigure], top: int) -> int:
    """Measures, their values and changes; each value has a defined name. Returns the rows used."""
    head = book.format(bold=True, bottom=1)
    right = book.format(bold=True, bottom=1, align="right", indent=1)
    for column, title in enumerate(("Measure", "Value", "Change", "Note")):
        sheet.write_string(top, column, title, head if column in {0, 3} else right)
    taken: set[str] = set()
    for row, figure in enumerate(figures, top + 1):
        sheet.write_string(row, 0, cell_text(figure.name))
        form = book.format(bold=True, align="right", indent=1, num_format=book.number_format(figure.unit))
        book.write(sheet, row, 1, figure.value, figure.unit, form)
        good = change_is_good(figure)
        colour = book.style.muted if good is None else book.style.good if good else book.style.loss
        sheet.write_string(
            row, 2, change_text(figure), book.format(align="right", font_color=colour, indent=1)
        )
        sheet.write_string(
            row, 3, cell_text(without_pages(figure.note)), book.format(font_color=book.style.muted, indent=1)
        )
        if is_defined_name(figure.key) and figure.key.casefold() not in taken:
            taken.add(figure.key.casefold())
            book.workbook.define_name(figure.key, f"={sheet.get_name()}!$B${row + 1}")
    return len(figures) + 1


def _write_checks(book: Book, sheet: Any, checks: list[Written], top: int) -> int:
    """Each check with its difference from the sheet of checks: OK, or the amount in amber."""
    rows = [
        (written, row)
        for written in checks
        if DIFFERENCE in written.columns
        for row in range(written.first_row, written.last_row + 1)
    ]
    if not rows:
        return 0
    head = book.format(bold=True, bottom=1)
    sheet.write_string(top, 6, "Checks", head)
    sheet.write_blank(top, 7, None, head)
    sheet.write_blank(top, 8, None, head)
    decimals = "." + "0" * book.report.exponent if book.report.exponent else ""
    form = book.format(bold=True, align="right", num_format=f'#,##0{decimals};(#,##0{decimals});"OK"')
    values = book.check_values
    for at, (written, row) in enumerate(rows[:_MOST_CHECKS], top + 1):
        name, difference = values[written.sheet, row]
        sheet.write_string(at, 6, cell_text(name))
        sheet.write_formula(at, 8, "=" + written.cell(row, DIFFERENCE), form, difference)
        good = {"type": "cell", "criteria": "==", "value": 0, "format": book.difference_format(good=True)}
        bad = {"type": "cell", "criteria": "!=", "value": 0, "format": book.difference_format(good=False)}
        sheet.conditional_format(at, 8, at, 8, good)
        sheet.conditional_format(at, 8, at, 8, bad)
    return 1 + min(len(rows), _MOST_CHECKS)


def _share_bars(book: Book, sheet: Any, table: Table, written: Written) -> None:
    for at, column in enumerate(table.columns):
        if column.unit is Unit.RATIO and column.sum_:
            bar = {
                "type": "data_bar",
                "bar_color": book.style.compare,
                "min_type": "num",
                "min_value": 0,
                "max_type": "num",
                "max_value": 1,
            }
            sheet.conditional_format(written.first_row, at, written.last_row, at, bar)


def _insert_charts(book: Book, sheet: Any, places: list[ChartPlace], row: int) -> None:
    drawn = 0
    for place in places:
        chart = native_chart(book, place)
        if chart is None or drawn == _MOST_CHARTS:
            continue
        sheet.insert_chart(row + _CHART_ROWS * (drawn // 2), 5 * (drawn % 2), chart)
        drawn += 1


def _write_words(book: Book, sheet: Any, row: int) -> int:
    """The first section's sentences; return the row below them."""
    wrapped = book.format(text_wrap=True)
    texts = []
    for block in book.report.sections[0].blocks if book.report.sections else ():
        if isinstance(block, Paragraph):
            texts.append(block.text)
        elif isinstance(block, SideHeading):
            texts.append(f"{block.label}: {block.text}")
    for text in texts:
        clean = cell_text(without_pages(text))
        sheet.merge_range(row, 0, row, _WIDE - 1, "", wrapped)
        sheet.write_string(row, 0, clean, wrapped)
        sheet.set_row(row, 15.0 * (1 + len(clean) // 130))
        row += 1
    return row
