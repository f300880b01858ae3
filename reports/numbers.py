"""How figures are written, on paper and in the window: negative in parentheses, unknown as a dash."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from babel.numbers import get_currency_symbol

from core.money import divide_half_away, plain
from core.period import day_label
from core.unit import Unit
from reports.content import KeyFigure, Value

DASH = "–"
MINUS = "−"
UP, DOWN = "▲", "▼"
_SHORT = ((10**12, "tn"), (10**9, "bn"), (10**6, "m"), (10**3, "k"))


@cache
def currency_sign(currency: str) -> str:
    """Return the sign that stands before an amount; a sign that ends in a letter keeps its distance."""
    sign = str(get_currency_symbol(currency, locale="en"))
    return sign + "\u00a0" if sign[-1:].isalpha() else sign


@dataclass(frozen=True)
class Numbers:
    """Writes the figures of one book."""

    currency: str
    exponent: int

    def money(self, minor: int, *, cents: bool = False, sign: bool = True) -> str:
        """An amount in whole units, or with its decimals; negative in parentheses."""
        if cents and self.exponent:
            whole, rest = plain(abs(minor), self.exponent).split(".")
            digits = f"{int(whole):,}.{rest}"
            shown = minor
        else:
            shown = divide_half_away(minor, int(10**self.exponent))
            digits = f"{abs(shown):,}"
        return _bracketed((currency_sign(self.currency) if sign else "") + digits, negative=shown < 0)

    def write(self, value: Value, unit: Unit, *, cents: bool = False, sign: bool = True) -> str:
        """A value as it stands in a table's cell."""
        if value is None:
            return DASH
        if isinstance(value, str):
            return value
        if isinstance(value, date):
            return day_label(value)
        if value != value:  # noqa: PLR0124 - NaN is the unknown of pandas
            return DASH
        if unit is Unit.MONEY:
            return self.money(round(value), cents=cents, sign=sign)
        return _plain_figure(value, unit)

    def tile(self, value: Value, unit: Unit) -> str:
        """A value as it stands alone and large."""
        if unit is Unit.DAYS and isinstance(value, int | float):
            figure = _rounded(value, 0)
            return f"{figure} day" if figure == "1" else f"{figure} days"
        return self.write(value, unit)

    def short(self, value: float, unit: Unit) -> str:
        """A round value on an axis: $150k, 20%, 1.5m."""
        if unit is Unit.RATIO:
            return _bracketed(f"{abs(round(value * 100)):,}%", negative=round(value * 100) < 0)
        amount = value / 10**self.exponent if unit is Unit.MONEY else value
        sign = currency_sign(self.currency) if unit is Unit.MONEY else ""
        for step, letter in _SHORT:
            if abs(amount) >= step:
                return _bracketed(f"{sign}{abs(amount) / step:,.4g}{letter}", negative=amount < 0)
        return _bracketed(f"{sign}{abs(amount):,.4g}", negative=amount < 0)


def change_text(figure: KeyFigure) -> str:
    """How a key figure changed: '▲ 11.1%', '▼ 0.3 pts', 'no change', or nothing to compare with."""
    if figure.change is None:
        return ""
    size = change_size(figure.change, figure.change_unit)
    if _is_nothing(size):
        return "no change"
    return f"{UP if figure.change > 0 else DOWN} {size}"


def change_is_good(figure: KeyFigure) -> bool | None:
    """Whether the change is for the better; None where nothing changed."""
    if figure.change is None or _is_nothing(change_size(figure.change, figure.change_unit)):
        return None
    return (figure.change > 0) == figure.good_when_up


def change_size(change: float, unit: Unit) -> str:
    """The size of a change without its sign."""
    return _plain_figure(abs(change), unit)


def moved(count: int) -> str:
    """A count that moved: +5, −4 with a true minus."""
    return f"+{count:,}" if count > 0 else f"{MINUS}{-count:,}" if count else "0"


def percent(ratio: float, decimals: int = 0) -> str:
    """A share on a chart's label."""
    return f"{_rounded(ratio * 100, decimals)}%"


def _plain_figure(value: float, unit: Unit) -> str:
    if unit is Unit.RATIO:
        return _closed(_rounded(value * 100, 1), "%")
    if unit is Unit.POINTS:
        return _closed(_rounded(value * 100, 1), " pts")
    if unit is Unit.DAYS:
        return _closed(_rounded(value, 0), " d")
    if isinstance(value, int) or unit in {Unit.COUNT, Unit.SCORE}:
        return _closed(_rounded(value, 0), "")
    return _closed(_rounded(value, 2 if abs(value) < 10 else 1), "")


def _rounded(value: float, decimals: int) -> str:
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if not text.strip("-0.,") else text


def _closed(figure: str, ending: str) -> str:
    return _bracketed(figure.removeprefix("-") + ending, negative=figure.startswith("-"))


def _bracketed(text: str, *, negative: bool) -> str:
    return f"({text})" if negative else text


def _is_nothing(size: str) -> bool:
    return not any(digit in size for digit in "123456789")
