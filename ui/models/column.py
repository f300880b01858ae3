"""What a table column holds and how its cells are written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Kind = Literal[
    "text",  # str
    "money",  # int, minor units
    "percent",  # float, 0.25 is 25.0 %
    "integer",  # int
    "signed",  # int, shown as +5 and −4
    "number",  # float, one decimal
    "times",  # float, shown as 2.7×
    "days",  # int, shown as 12 d
    "date",  # datetime.date
    "segment",  # (place in the scheme, name)
    "status",  # (good | review | failed | info | waiting | skipped, words)
    "two_lines",  # (line, muted line below)
    "sparkline",  # sequence of numbers, oldest first
    "share",  # float from 0 to 1, as percent and bar
    "reason",  # str, muted
]
UNKNOWN = "–"
_NUMERIC = {"money", "percent", "integer", "signed", "number", "times", "days", "share"}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True)
class MoneyStyle:
    """How money is written on screen; without `symbol` in wide tables, with `cents` where cents matter."""

    symbol: str = "$"
    exponent: int = 2
    cents: bool = False
    group: str = ","
    point: str = "."


WHOLE_DOLLARS = MoneyStyle()


@dataclass(frozen=True)
class Column:
    """One column: where its values come from, how they are shown, and what explains them."""

    key: str
    title: str
    kind: Kind = "text"
    width: int = 0  # pixels; 0 measures the first rows
    align: Literal["", "left", "right", "center"] = ""
    tooltip: Callable[[int], str] | None = None  # source row -> text
    header_tooltip: str = ""
    money: MoneyStyle = WHOLE_DOLLARS
    strong: bool = False
    muted: bool = False
    shade: Callable[[int], str | None] | None = None  # source row -> background token such as negative.soft
    mark: Callable[[int], str] | None = None  # source row -> icon after the text, such as push-pin
    bar_segment: str = ""  # for share: the segment column whose colour the bar takes
    sparkline_token: Callable[[int], str] | None = None  # source row -> colour token of the line
    hidden: bool = False  # can be shown with the column chooser
    descending_first: bool | None = None  # first click sorts largest first; None: numbers do

    @property
    def is_numeric(self) -> bool:
        """Whether the cells are figures."""
        return self.kind in _NUMERIC

    @property
    def alignment(self) -> str:
        """Where the text stands: figures right, words left."""
        return self.align or ("right" if self.is_numeric else "left")

    @property
    def largest_first(self) -> bool:
        """Whether the first click on the header sorts downwards."""
        return self.is_numeric if self.descending_first is None else self.descending_first


_ALWAYS_KNOWN = frozenset({str, int, bool, tuple, list, date, datetime})


def is_unknown(value: Any) -> bool:
    """Whether a cell has no value: None, NaN, NaT or NA."""
    if value is None:
        return True
    if type(value) in _ALWAYS_KNOWN:
        return False
    try:
        return bool(value != value)  # noqa: PLR0124 - only NaN and NaT differ from themselves
    except (TypeError, ValueError):
        return type(value).__name__ == "NAType"


def cell_text(column: Column, value: Any) -> str:
    """The cell as shown; negative figures carry parentheses, unknown is an en dash."""
    if is_unknown(value):
        return "" if column.kind in {"text", "reason", "sparkline"} else UNKNOWN
    return _WRITERS[column.kind](column, value)


def money_text(minor: int, style: MoneyStyle = WHOLE_DOLLARS) -> str:
    """Money as shown: $1,284,618, negative ($22,116), with cents $184.00."""
    size = abs(int(minor))
    scale = 10**style.exponent
    if style.cents and style.exponent:
        whole, rest = divmod(size, scale)
        digits = (
            f"{whole:,}{style.point}{rest:0{style.exponent}d}"
            if style.group == ","
            else (f"{whole:,}".replace(",", style.group) + f"{style.point}{rest:0{style.exponent}d}")
        )
    else:
        size = (size + scale // 2) // scale
        digits = f"{size:,}".replace(",", style.group) if style.group != "," else f"{size:,}"
    text = f"{style.symbol}{digits}"
    return f"({text})" if minor < 0 and size else text


def percent_text(fraction: float, decimals: int = 1) -> str:
    """A fraction as percent: 27.8%, negative (13.4%)."""
    text = f"{abs(fraction) * 100:,.{decimals}f}%"
    return f"({text})" if fraction < 0 and text.strip("0.%") else text


def date_text(day: date) -> str:
    """A day as written in a sentence: 3 Nov 2026."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _signed(_column: Column, value: Any) -> str:
    number = int(value)
    return "0" if number == 0 else f"{'+' if number > 0 else '−'}{abs(number):,}"


def _integer(_column: Column, value: Any) -> str:
    number = int(value)
    return f"({-number:,})" if number < 0 else f"{number:,}"


def _date(_column: Column, value: Any) -> str:
    day = value if isinstance(value, date | datetime) else date.fromisoformat(str(value)[:10])
    return date_text(day)


_WRITERS: dict[str, Callable[[Column, Any], str]] = {
    "text": lambda _c, v: str(v),
    "reason": lambda _c, v: str(v),
    "money": lambda c, v: money_text(int(v), c.money),
    "percent": lambda _c, v: percent_text(float(v)),
    "share": lambda _c, v: percent_text(float(v)),
    "integer": _integer,
    "signed": _signed,
    "number": lambda _c, v: f"{float(v):,.1f}",
    "times": lambda _c, v: f"{float(v):,.1f}×",
    "days": lambda _c, v: f"{int(v):,} d",
    "date": _date,
    "segment": lambda _c, v: str(v[1]),
    "status": lambda _c, v: str(v[1]),
    "two_lines": lambda _c, v: str(v[0]),
    "sparkline": lambda _c, _v: "",
}


def copied_text(column: Column, value: Any) -> str:
    """The cell for another program: plain numbers, ISO dates, nothing for unknown."""
    if is_unknown(value):
        return ""
    if column.kind == "money":
        from core.money import plain

        return plain(int(value), column.money.exponent)
    if column.kind in {"percent", "share"}:
        return f"{float(value) * 100:.1f}%"
    if column.kind == "times":
        return f"{float(value):.1f}"
    if column.kind in {"integer", "signed", "days"}:
        return str(int(value))
    if column.kind == "date":
        return str(value)[:10]
    if column.kind == "sparkline":
        return " ".join("" if is_unknown(v) else str(v) for v in value)
    return cell_text(column, value).replace("\t", " ").replace("\n", " ")
