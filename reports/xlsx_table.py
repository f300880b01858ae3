"""A table on a sheet: header, rows as values, totals and differences as live formulas with their values."""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isclose
from typing import Any

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from core.unit import Unit
from reports.content import Column, Table, TableRow, Value
from reports.xlsx_book import Book
from reports.xlsx_text import cell_text, table_name, unique_titles

DIFFERENCE = "difference"
_WIDEST = 48.0
_SAMPLED = 250


@dataclass(frozen=True)
class Written:
    """Where a table stands: rows of its data and of its total, and the column of each key."""

    sheet: str
    first_row: int
    last_row: int
    total_row: int | None
    columns: dict[str, int]

    def cell(self, row: int, key: str) -> str:
        """Reference to a cell from another sheet."""
        name = self.sheet.replace("'", "''")
        return f"'{name}'!{xl_rowcol_to_cell(row, self.columns[key], row_abs=True, col_abs=True)}"


@dataclass(frozen=True)
class _Formula:
    text: str
    value: float | str


def write_table(
    book: Book, sheet: Any, table: Table, *, top: int, left: int = 0, listed: bool = True
) -> Written:
    """Write a table; `listed` makes it an Excel table with a name and a filter."""
    return _TableWriter(book, sheet, table, top, left).write(listed=listed)


class _TableWriter:
    def __init__(self, book: Book, sheet: Any, table: Table, top: int, left: int) -> None:
        self._book, self._sheet, self._table = book, sheet, table
        self._top, self._left = top, left
        self._titles = unique_titles(column.title or column.key for column in table.columns)
        self._keys = {column.key: at for at, column in enumerate(table.columns) if column.key}
        self._plain = [at for at, row in enumerate(table.rows) if row.kind in {"row", "muted"}]

    def write(self, *, listed: bool) -> Written:
        rows = self._table.rows
        for at, (title, column) in enumerate(zip(self._titles, self._table.columns, strict=True)):
            form = self._book.header(figures=column.unit is not Unit.TEXT)
            self._sheet.write_string(self._top, self._left + at, title, form)
        self._write_rows()
        last = self._top + len(rows)
        if listed and rows and len(self._plain) == len(rows):
            self._make_list(last)
        total_row = None
        if self._table.totals is not None:
            total_row = last + 1
            self._write_total(self._table.totals, total_row)
        if self._table.note:
            note = self._book.format(italic=True, font_color=self._book.style.muted)
            self._sheet.write_string(last + 3, self._left, cell_text(self._table.note), note)
        self._set_widths()
        columns = {key: self._left + at for key, at in self._keys.items()}
        return Written(self._sheet.get_name(), self._top + 1, last, total_row, columns)

    def _make_list(self, last: int) -> None:
        headers = [
            {"header": title, "header_format": self._book.header(figures=column.unit is not Unit.TEXT)}
            for title, column in zip(self._titles, self._table.columns, strict=True)
        ]
        options = {"columns": headers, "style": None, "name": table_name(self._table.key)}
        self._sheet.add_table(self._top, self._left, last, self._left + len(headers) - 1, options)

    def _write_rows(self) -> None:
        formats = {
            kind: [self._format(column, kind) for column in self._table.columns]
            for kind in {row.kind for row in self._table.rows}
        }
        units = [column.unit for column in self._table.columns]
        difference = self._keys.get(DIFFERENCE)
        write, sheet, left = self._book.write, self._sheet, self._left
        for number, row in enumerate(self._table.rows):
            at_row = self._top + 1 + number
            forms = formats[row.kind]
            for at, value in enumerate(row.cells):
                write(sheet, at_row, left + at, value, units[at], forms[at])
            if difference is not None:
                self._put(at_row, difference, self._difference(row.cells, at_row), forms[difference])
            if row.kind == "subtotal":
                self._write_subtotal(number, row, forms)

    def _write_subtotal(self, number: int, row: TableRow, forms: list[Any]) -> None:
        plain = self._rows_of_subtotal(number)
        for at, column in enumerate(self._table.columns):
            if column.sum_ and at < len(row.cells) and plain:
                self._put(self._top + 1 + number, at, self._sum(at, row.cells[at], plain), forms[at])

    def _rows_of_subtotal(self, number: int) -> list[int]:
        """The plain rows since the heading or subtotal before this one."""
        found: list[int] = []
        for at in range(number - 1, -1, -1):
            if self._table.rows[at].kind in {"subtotal", "group"}:
                break
            found.insert(0, at)
        return found

    def _write_total(self, totals: tuple[Value, ...], row: int) -> None:
        for at, (value, column) in enumerate(zip(totals, self._table.columns, strict=False)):
            form = self._format(column, "total")
            self._book.write(self._sheet, row, self._left + at, value, column.unit, form)
            formula = None
            if column.key == DIFFERENCE:
                formula = self._difference(totals, row)
            if formula is None and column.sum_:
                formula = self._sum(at, value, self._plain)
            if formula is None and column.ratio_of is not None:
                formula = self._ratio(totals, at, row)
            self._put(row, at, formula, form)

    def _put(self, row: int, at: int, formula: _Formula | None, form: Any) -> None:
        if formula is not None:
            self._sheet.write_formula(row, self._left + at, formula.text, form, formula.value)

    def _sum(self, at: int, value: Value, rows: list[int]) -> _Formula | None:
        """The formula of a sum, where the value is one: else the value stands as it was given."""
        if not isinstance(value, int | float) or not rows:
            return None
        parts = [self._table.rows[number].cells[at] for number in rows]
        figures = [part for part in parts if isinstance(part, int | float)]
        unit = self._table.columns[at].unit
        same = sum(figures) == value if unit is Unit.MONEY else isclose(sum(figures), value, abs_tol=1e-9)
        if not same:
            return None
        ranges = ",".join(
            xl_range(self._top + 1 + first, self._left + at, self._top + 1 + last, self._left + at)
            for first, last in _stretches(rows)
        )
        whole = len(rows) == len(self._table.rows)
        text = f"=SUBTOTAL(109,{ranges})" if whole else f"=SUM({ranges})"
        return _Formula(text, self._book.figure(value, unit))

    def _ratio(self, totals: tuple[Value, ...], at: int, row: int) -> _Formula | None:
        """A quotient of two totals of this row; money is rounded to its smallest unit."""
        column = self._table.columns[at]
        assert column.ratio_of is not None
        if not set(column.ratio_of) <= set(self._keys):
            return None
        above, below = (self._keys[key] for key in column.ratio_of)
        figures = [self._figure_at(totals, place) for place in (above, below)]
        upper, lower = (xl_rowcol_to_cell(row, self._left + place) for place in (above, below))
        quotient = f"{upper}/{lower}"
        if column.unit is Unit.MONEY:
            quotient = f"ROUND({quotient},{self._book.report.exponent})"
        text = f'=IF({lower}=0,"",{quotient})'
        if figures[0] is None or figures[1] is None:
            return None
        if figures[1] == 0:
            return _Formula(text, "")
        given = self._figure_at(totals, at)
        value = figures[0] / figures[1]
        if given is None or not isclose(value, given, rel_tol=1e-9, abs_tol=self._tolerance(column)):
            return None
        return _Formula(text, given)

    def _tolerance(self, column: Column) -> float:
        return 0.501 / 10**self._book.report.exponent if column.unit is Unit.MONEY else 1e-9

    def _figure_at(self, cells: tuple[Value, ...], at: int) -> float | None:
        value = cells[at] if at < len(cells) else None
        return (
            self._book.figure(value, self._table.columns[at].unit) if isinstance(value, int | float) else None
        )

    def _difference(self, cells: tuple[Value, ...], row: int) -> _Formula | None:
        """First side less every other side, where the figures say so."""
        at = self._keys[DIFFERENCE]
        unit = self._table.columns[at].unit
        sides = [
            place
            for place, column in enumerate(self._table.columns)
            if column.unit is unit and place != at and place < len(cells)
        ]
        figures = [value for value in (cells[place] for place in sides) if isinstance(value, int | float)]
        value = cells[at] if at < len(cells) else None
        if len(figures) != len(sides) or len(sides) < 2 or not isinstance(value, int | float):
            return None
        if figures[0] - sum(figures[1:]) != value:
            return None
        names = "-".join(xl_rowcol_to_cell(row, self._left + place) for place in sides)
        decimals = self._book.report.exponent if unit is Unit.MONEY else 6
        return _Formula(f"=ROUND({names},{decimals})", self._book.figure(value, unit))

    def _format(self, column: Column, kind: str) -> Any:
        properties: dict[str, object] = {
            "num_format": self._book.number_format(column.unit, cents=column.cents),
            "align": "left" if column.unit is Unit.TEXT else "right",
        }
        if column.strong or kind in {"total", "subtotal", "group"}:
            properties["bold"] = True
        if kind in {"total", "subtotal"}:
            properties["top"] = 1
        if kind == "muted":
            properties["font_color"] = self._book.style.muted
        return self._book.format(**properties)

    def _set_widths(self) -> None:
        for at in range(len(self._table.columns)):
            longest = max((self._printed_length(row, at) for row in self._sampled()), default=0)
            title = max(map(len, self._titles[at].split()), default=0) + 4
            width = min(_WIDEST, max(9.0, longest + 2.0, min(title, 24), min(len(self._titles[at]) + 4, 18)))
            self._sheet.set_column(self._left + at, self._left + at, width)

    def _sampled(self) -> Iterator[tuple[Value, ...]]:
        yield from (row.cells for row in self._table.rows[:_SAMPLED] if row.kind != "group")
        if self._table.totals is not None:
            yield self._table.totals

    def _printed_length(self, cells: tuple[Value, ...], at: int) -> int:
        value = cells[at] if at < len(cells) else None
        if isinstance(value, str):
            return max((len(line) for line in value.split("\n")), default=0)
        if isinstance(value, int | float) and self._table.columns[at].unit is Unit.MONEY:
            extra = self._book.report.exponent + 1 if self._table.columns[at].cents else 0
            return len(f"{abs(self._book.figure(value, Unit.MONEY)):,.0f}") + 2 + extra
        return 0 if value is None else 11


def _stretches(rows: list[int]) -> Iterator[tuple[int, int]]:
    """Numbers that follow one another as (first, last)."""
    start = last = rows[0]
    for number in rows[1:]:
        if number != last + 1:
            yield start, last
            start = number
        last = number
    yield start, last
