"""How wide each column of a table is, so that every figure stands whole and in line."""

from collections.abc import Iterator
from dataclasses import dataclass

from core.unit import Unit
from reports.content import Column, Table, Value
from reports.numbers import Numbers
from reports.pdf_setting import Setting
from reports.pdf_words import plain_text
from reports.style import size

GAP = 9.0
SYMBOL = 11.25
_NARROW = 300.0  # a table in a narrow column writes no currency sign in each cell
_SIZES = (8.6, 8.2, 7.8, 7.4, 7.0, 6.6, 6.2, 5.8, 5.4, 5.0)
_LEAST_TEXT = 58.0


@dataclass(frozen=True)
class Grid:
    """The columns of one table on paper."""

    widths: tuple[float, ...]
    lefts: tuple[float, ...]
    brackets: tuple[bool, ...]  # leaves the width of ')' free right of positive figures
    size: float
    signs: bool
    symbols: bool
    numbers: Numbers

    def text(self, value: Value, column: Column) -> str:
        """A figure as this table writes it."""
        return self.numbers.write(value, column.unit, cents=column.cents, sign=self.signs)


@dataclass(frozen=True)
class _Need:
    """What one column wants: on one line each, and at the least."""

    wide: float
    tight: float


def is_figure(column: Column) -> bool:
    """Whether a column is set to the right."""
    return column.unit is not Unit.TEXT


def is_negative(value: Value) -> bool:
    """Whether a value is a figure below zero."""
    return isinstance(value, int | float) and value < 0


def fit_grid(table: Table, setting: Setting, width: float) -> Grid:
    """Find the largest type, with currency signs if they fit, in which all columns have room."""
    brackets = tuple(_needs_brackets(table, at) for at in range(len(table.columns)))
    symbols = any(row.segment is not None for row in table.rows)
    room = width - GAP * (len(table.columns) - 1)
    for point in _SIZES:
        for signs in (True, False) if width >= _NARROW else (False,):
            needs = _needs(table, setting, signs=signs, point=point, symbols=symbols, brackets=brackets)
            found = _fitted(needs, table.columns, room)
            if found is not None:
                return _grid(found, brackets, setting, point=point, signs=signs, symbols=symbols)
    total = sum(need.tight for need in needs)
    squeezed = [need.tight * room / total for need in needs]
    return _grid(squeezed, brackets, setting, point=_SIZES[-1], signs=False, symbols=symbols)


def _grid(
    widths: list[float],
    brackets: tuple[bool, ...],
    setting: Setting,
    *,
    point: float,
    signs: bool,
    symbols: bool,
) -> Grid:
    lefts = tuple(sum(widths[:at]) + GAP * at for at in range(len(widths)))
    return Grid(tuple(widths), lefts, brackets, min(point, size("table")), signs, symbols, setting.numbers)


def _values(table: Table, at: int) -> Iterator[tuple[Value, bool]]:
    """Every cell of a column, with whether it is printed bold."""
    for row in table.rows:
        if at < len(row.cells) and row.kind != "group":
            yield row.cells[at], row.kind == "subtotal"
    if table.totals is not None and at < len(table.totals):
        yield table.totals[at], True


def _needs_brackets(table: Table, at: int) -> bool:
    column = table.columns[at]
    if not is_figure(column):
        return False
    return column.unit is Unit.MONEY or any(is_negative(value) for value, _ in _values(table, at))


def _needs(
    table: Table, setting: Setting, *, signs: bool, point: float, symbols: bool, brackets: tuple[bool, ...]
) -> list[_Need]:
    return [
        _need(table, at, setting, signs=signs, point=point, symbol=symbols and at == 0, bracket=brackets[at])
        for at in range(len(table.columns))
    ]


def _need(
    table: Table, at: int, setting: Setting, *, signs: bool, point: float, symbol: bool, bracket: bool
) -> _Need:
    column, faces = table.columns[at], setting.faces
    head_size = min(8.25, point)
    title = faces.width(column.title, "medium", head_size)
    longest = max((faces.width(word, "medium", head_size) for word in column.title.split()), default=0.0)
    if not is_figure(column):
        wide = max(
            (
                _text_width(value, setting, point, bold=bold or column.strong)
                for value, bold in _values(table, at)
            ),
            default=0,
        )
        wide = max(wide + (SYMBOL if symbol else 0), title) + 0.5
        return _Need(wide, min(wide, max(_LEAST_TEXT, longest)))
    closing = faces.width(")", "semibold", point) if bracket else 0.0
    cells = 0.0
    for value, bold in _values(table, at):
        text = setting.numbers.write(value, column.unit, cents=column.cents, sign=signs)
        weight = "semibold" if bold or column.strong else "regular"
        cells = max(cells, faces.width(text, weight, point) + (0 if text.endswith(")") else closing))
    return _Need(max(cells, title) + 0.5, max(cells, longest) + 0.5)


def _text_width(value: Value, setting: Setting, point: float, *, bold: bool) -> float:
    if not isinstance(value, str):
        return 0.0
    weight = "semibold" if bold or "**" in value else "regular"
    return max(setting.faces.width(plain_text(line)[:120], weight, point) for line in value.split("\n"))


def _fitted(needs: list[_Need], columns: tuple[Column, ...], room: float) -> list[float] | None:
    """Widths that fill the room, or None where even the least does not fit."""
    for widths in (
        [need.wide for need in needs],
        _with_narrow_text(needs, columns, room),
        [need.tight if is_figure(column) else need.wide for need, column in zip(needs, columns, strict=True)],
        _with_narrow_text(
            [
                _Need(n.tight if is_figure(c) else n.wide, n.tight)
                for n, c in zip(needs, columns, strict=True)
            ],
            columns,
            room,
        ),
    ):
        left = room - sum(widths)
        if left >= -0.01:
            weights = sum(column.width for column in columns) or 1.0
            return [
                wide + left * column.width / weights for wide, column in zip(widths, columns, strict=True)
            ]
    return None


def _with_narrow_text(needs: list[_Need], columns: tuple[Column, ...], room: float) -> list[float]:
    """Figures keep their width, text gives way as far as it must."""
    figures = sum(need.wide for need, column in zip(needs, columns, strict=True) if is_figure(column))
    texts = sorted(need.wide for need, column in zip(needs, columns, strict=True) if not is_figure(column))
    left, cap = room - figures, 0.0
    for at, wide in enumerate(texts):  # the widest give way first, down to a common width
        cap = left / (len(texts) - at)
        if wide > cap:
            break
        left -= wide
    return [
        need.wide if is_figure(column) else min(need.wide, max(need.tight, cap))
        for need, column in zip(needs, columns, strict=True)
    ]
