"""A report as it is printed: amounts in whole units, each column of which adds up to its printed total.

The report itself holds every amount to the cent, and so do workbook, JSON and text. Only on paper does a row
take or give one unit so that the column adds up; shares are rounded one by one and need not give 100.0%.
"""

from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise

from core.unit import Unit
from reports.content import Block, Chart, ChartKind, Column, Columns, Report, Table, Value
from reports.rounding import rounded_to_whole, whole_unit

_ROWS = {"row", "muted"}  # those that the total adds up


def printed(report: Report) -> Report:
    """The report with the amounts of its pages in whole units that add up."""
    sections = tuple(
        replace(section, blocks=printed_blocks(section.blocks, report.exponent))
        for section in report.sections
    )
    return replace(report, sections=sections)


def printed_blocks(blocks: Iterable[Block], exponent: int) -> tuple[Block, ...]:
    """Blocks with their amounts in whole units that add up."""
    return tuple(_printed(block, exponent) for block in blocks)


def _printed(block: Block, exponent: int) -> Block:
    if isinstance(block, Columns):
        columns = tuple(printed_blocks(column, exponent) for column in block.columns)
        return replace(block, columns=columns)
    if isinstance(block, Table):
        return _table(block, exponent)
    if isinstance(block, Chart) and block.unit is Unit.MONEY and len(block.series) == 1:
        return _chart(block, exponent)
    return block


def _table(table: Table, exponent: int) -> Table:
    if any(row.kind not in _ROWS for row in table.rows):
        return table
    for at, column in enumerate(table.columns):
        if _adds_up(column):
            table = _whole_column(table, at, exponent)
    return table


def _adds_up(column: Column) -> bool:
    return column.unit is Unit.MONEY and column.sum_ and not column.cents


def _whole_column(table: Table, at: int, exponent: int) -> Table:
    values = rounded_to_whole([_whole_number(row.cells[at]) for row in table.rows], exponent)
    rows = tuple(
        replace(row, cells=(*row.cells[:at], value, *row.cells[at + 1 :]))
        for row, value in zip(table.rows, values, strict=True)
    )
    return replace(table, rows=rows)


def _whole_number(value: Value) -> int | None:
    return value if isinstance(value, int) else None


def _chart(chart: Chart, exponent: int) -> Chart:
    series = chart.series[0]
    values = [None if value is None else int(value) for value in series.values]
    if chart.kind is ChartKind.HORIZONTAL_BARS:
        shown = rounded_to_whole(values, exponent)
    elif chart.kind is ChartKind.WATERFALL:
        shown = _steps(values, chart.totals, exponent)
    else:
        return chart
    return replace(chart, series=(replace(series, values=tuple(shown)),))


def _steps(values: list[int | None], totals: tuple[int, ...], exponent: int) -> list[int | None]:
    """Totals rounded for themselves; the steps between two of them lead from one to the other."""
    shown = [None if value is None else whole_unit(value, exponent) for value in values]
    for start, end in pairwise(totals):
        first, last = shown[start], shown[end]
        if first is not None and last is not None and end - start > 1:
            shown[start + 1 : end] = rounded_to_whole(values[start + 1 : end], exponent, total=last - first)
    return shown
