"""How the command line writes: one JSON object, or aligned text; money as decimal strings."""

import json
import math
import sys
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

import click

from core.money import plain
from core.unit import Unit

NEEDS_ATTENTION = 1


class Attention(Exception):
    """The command was done, but something needs a look: exit code 1."""


class CommandProgress:
    """Progress on standard error, only where a person watches."""

    def step(self, message: str) -> None:
        """Say what is being worked out now."""
        if sys.stderr.isatty():
            click.echo(message, err=True)

    def advance(self, done: int, total: int | None = None) -> None:
        """Say nothing: steps are enough in a terminal."""


PROGRESS = CommandProgress()


def print_json(value: object) -> None:
    """Print one object on standard output."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=2))


def money(minor: Any, exponent: int) -> str | None:
    """Return a decimal string; None for what is not known."""
    return None if is_unknown(minor) else plain(int(minor), exponent)


def is_unknown(value: Any) -> bool:
    """Tell whether a cell holds nothing (None, NA, NaN, NaT)."""
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return True
    return isinstance(value, float) and math.isnan(value)


def value_for_json(value: Any, unit: Unit, exponent: int) -> object:
    """Return a metric's value as JSON has it: unknown is null, money a decimal string, dates ISO."""
    if is_unknown(value):
        return None
    if unit is Unit.MONEY:
        return plain(int(value), exponent)
    if unit is Unit.DATE:
        return (value.date() if isinstance(value, datetime) else value).isoformat()
    if unit in (Unit.COUNT, Unit.SCORE):
        return int(value)
    if unit is Unit.TEXT:
        return str(value)
    number = float(value)
    if not math.isfinite(number):
        return None
    return int(number) if unit is Unit.DAYS and number.is_integer() else number


def print_table(head: Sequence[str], rows: Iterable[Sequence[object]], *, right: Iterable[int] = ()) -> None:
    """Print rows in aligned columns; the columns in `right` are aligned to the right."""
    texts = [[_text(cell) for cell in row] for row in rows]
    widths = [max([len(title), *(len(row[index]) for row in texts)]) for index, title in enumerate(head)]
    rightwards = set(right)
    for row in ([*head], *texts):
        cells = (
            cell.rjust(width) if index in rightwards else cell.ljust(width)
            for index, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        click.echo("  ".join(cells).rstrip())


def _text(cell: object) -> str:
    if cell is None:
        return "–"
    return cell.isoformat() if isinstance(cell, date) else str(cell)
