"""One workbook being written: its formats, its sheets, and how a value becomes a cell."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from xlsxwriter import Workbook

from core.unit import Unit
from reports.content import Report, Value
from reports.style import Style, tokens
from reports.xlsx_text import cell_text, sheet_name

_PAPERS = {"A4": 9, "Letter": 1}
_PERCENT = "0.0%_);[Red](0.0%)"
_FIRST_DAY = date(1900, 3, 1)  # before it Excel counts a day that never was


@dataclass
class Book:
    """The workbook and what its sheets share."""

    workbook: Workbook
    report: Report
    style: Style
    sheets: dict[str, Any] = field(default_factory=dict)
    check_values: dict[tuple[str, int], tuple[str, float]] = field(default_factory=dict)
    _formats: dict[tuple[tuple[str, object], ...], Any] = field(default_factory=dict)

    def add_sheet(self, title: str, *, header_row: int | None = None) -> Any:
        """A new sheet, ready to print on the report's paper, its header row repeated and frozen."""
        name = sheet_name(title, self.sheets)
        sheet = self.workbook.add_worksheet(name)
        self.sheets[name] = sheet
        sheet.set_landscape()
        sheet.set_paper(_PAPERS[self.report.paper])
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.4, right=0.4, top=0.6, bottom=0.6)
        client, period = self.report.branding.client_name, self.report.cover.period_label
        sheet.set_footer(f"&L{_printed(f'{client}, {period}')}&R&P / &N")
        if header_row is not None:
            sheet.repeat_rows(header_row)
            sheet.freeze_panes(header_row + 1, 1)
        return sheet

    def format(self, **properties: object) -> Any:
        """A cell format; the same properties give the same format."""
        key = tuple(sorted(properties.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format({"valign": "top", **properties})
        return self._formats[key]

    def header(self, *, figures: bool) -> Any:
        return self.format(
            bold=True,
            font_color="white",
            bg_color=self.style.accent,
            align="right" if figures else "left",
            text_wrap=True,
        )

    def difference_format(self, *, good: bool) -> Any:
        """Green where a check is 0, amber where it is not."""
        light = tokens()["light"]["positive" if good else "warning"]
        return self.format(font_color=light["text"], bg_color=light["soft"])

    def number_format(self, unit: Unit, *, cents: bool = False) -> str:
        """How Excel shows a unit; money is stored to the cent and shown in whole units."""
        match unit:
            case Unit.MONEY:
                decimals = "." + "0" * self.report.exponent if cents and self.report.exponent else ""
                return f"#,##0{decimals}_);[Red](#,##0{decimals})"
            case Unit.RATIO | Unit.POINTS:
                return _PERCENT
            case Unit.COUNT | Unit.DAYS | Unit.SCORE:
                return "#,##0_);[Red](#,##0)"
            case Unit.NUMBER:
                return "#,##0.00_);[Red](#,##0.00)"
            case Unit.DATE:
                return "d mmm yyyy"
            case Unit.TEXT:
                return "@"

    def figure(self, value: float, unit: Unit) -> float:
        """A figure as the cell holds it.

        Money becomes a binary fraction only here. It is the one nearest to the decimal amount, and Excel
        shows 15 digits: amounts below ten trillion read back to the cent, and so do their sums.
        """
        return value / 10**self.report.exponent if unit is Unit.MONEY else value

    def write(self, sheet: Any, row: int, column: int, value: Value, unit: Unit, form: Any) -> None:
        """Write one value; text stays text whatever it begins with, unknown stays empty."""
        if value is None or value != value:  # noqa: PLR0124 - NaN is the unknown of pandas
            sheet.write_blank(row, column, None, form)
        elif isinstance(value, str):
            sheet.write_string(row, column, cell_text(value), form)
        elif isinstance(value, date):
            self._write_date(sheet, row, column, value, form)
        else:
            sheet.write_number(row, column, self.figure(value, unit), form)

    def _write_date(self, sheet: Any, row: int, column: int, value: date, form: Any) -> None:
        if value < _FIRST_DAY:
            sheet.write_string(row, column, value.isoformat(), form)
        else:
            sheet.write_datetime(row, column, datetime(value.year, value.month, value.day), form)  # noqa: DTZ001


def _printed(text: str) -> str:
    """Text in a page footer, where & begins a code."""
    return cell_text(text).replace("&", "&&")[:80]
