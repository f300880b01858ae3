"""Read the cells of a table: decisions for a whole column, then fast readers that remember."""

from importers.cells_dates import DateDecision, DateOrder, DateReader, DateScan, decide_dates, read_date
from importers.cells_error import CellError, shown
from importers.cells_numbers import (
    COMMA,
    FINE,
    POINT,
    SCALE,
    MinorMemo,
    NumberDecision,
    NumberReader,
    NumberScan,
    NumberStyle,
    decide_numbers,
    number_style,
    plain_number,
    read_number,
    rounded,
    scaled_number,
)

__all__ = [
    "COMMA",
    "FINE",
    "POINT",
    "SCALE",
    "CellError",
    "DateDecision",
    "DateOrder",
    "DateReader",
    "DateScan",
    "MinorMemo",
    "NumberDecision",
    "NumberReader",
    "NumberScan",
    "NumberStyle",
    "decide_dates",
    "decide_numbers",
    "number_style",
    "plain_number",
    "read_date",
    "read_number",
    "rounded",
    "scaled_number",
    "shown",
]
