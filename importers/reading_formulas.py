"""Work out formulas that a workbook holds without their values: literals, sums and differences of cells."""

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation

_TERM = re.compile(
    r"\s*([+-]?)\s*(?:SUM\(([^()]*)\)|(\$?[A-Z]{1,3}\$?\d{1,7})|(\d+(?:\.\d*)?|\.\d+))\s*", re.IGNORECASE
)
_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
_DEEPEST = 60
_LARGEST_RANGE = 2_000_000

Cells = Callable[[int, int], object]  # (row, column), both from 1 -> value or formula text


class NotWorkedOut(Exception):
    """This formula does more than add and subtract."""


def place(reference: str) -> tuple[int, int]:
    """Return row and column, from 1, of a reference such as B7."""
    match = _REFERENCE.fullmatch(reference.strip())
    if match is None:
        raise NotWorkedOut
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def work_out(formula: str, cells: Cells, depth: int = 0) -> Decimal:
    """Return the value of a formula such as '=15000.00', '=B6+B7' or '=SUM(B2:B9)'. Raises NotWorkedOut."""
    body = formula.strip().removeprefix("=").strip()
    if depth > _DEEPEST or not body:
        raise NotWorkedOut
    total = Decimal(0)
    position = 0
    while position < len(body):
        match = _TERM.match(body, position)
        if match is None or (position and not match[1]):
            raise NotWorkedOut
        sign = -1 if match[1] == "-" else 1
        total += sign * _term(match, cells, depth)
        position = match.end()
    return total


def _term(match: re.Match[str], cells: Cells, depth: int) -> Decimal:
    if match[4] is not None:
        return Decimal(match[4])
    if match[3] is not None:
        return _cell(cells(*place(match[3])), cells, depth)
    parts = [_area(part, cells, depth) for part in re.split("[,;]", match[2])]
    return sum(parts, Decimal(0))


def _area(reference: str, cells: Cells, depth: int) -> Decimal:
    first, _, last = reference.partition(":")
    top, left = place(first)
    bottom, right = place(last or first)
    if (bottom - top + 1) * (right - left + 1) > _LARGEST_RANGE:
        raise NotWorkedOut
    total = Decimal(0)
    for row in range(top, bottom + 1):
        for column in range(left, right + 1):
            value = cells(row, column)
            # SUM passes over text.
            if not isinstance(value, str) or value.startswith("="):
                total += _cell(value, cells, depth)
    return total


def _cell(value: object, cells: Cells, depth: int) -> Decimal:
    if value is None or not str(value):
        return Decimal(0)
    if isinstance(value, str) and value.startswith("="):
        return work_out(value, cells, depth + 1)
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise NotWorkedOut from None
