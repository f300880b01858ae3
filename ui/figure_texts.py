"""Figures of the open book as the window writes them: the same words as in the PDF and the workbook."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from core.unit import Unit
from ui.models.column import MoneyStyle

if TYPE_CHECKING:
    from core.usecases.figures import Figures
    from reports.numbers import Numbers

Direction = Literal["up", "down", "none"]
Verdict = Literal["good", "bad", "neutral"]


def numbers_of(figures: "Figures") -> "Numbers":
    """The writer of a book's figures."""
    from reports.numbers import Numbers

    return Numbers(figures.currency, figures.exponent)


def money_style(figures: "Figures", *, cents: bool = False, symbol: bool = True) -> MoneyStyle:
    """How tables and charts write the book's money."""
    from reports.numbers import currency_sign

    sign = currency_sign(figures.currency) if symbol else ""
    return MoneyStyle(symbol=sign, exponent=figures.exponent, cents=cents)


@dataclass(frozen=True)
class Change:
    """How a figure changed, ready to show: its size, direction, and whether that is good."""

    text: str = ""
    direction: Direction = "none"
    verdict: Verdict = "neutral"

    @property
    def signed(self) -> str:
        """Arrow and size, such as `▲ 11.1%`."""
        from reports.numbers import DOWN, UP

        arrow = {"up": f"{UP} ", "down": f"{DOWN} ", "none": ""}[self.direction]
        return arrow + self.text


def change_of(
    now: float | None, before: float | None, unit: Unit, *, good_when_up: bool | None = True
) -> Change:
    """The change of a figure: money in percent of before, ratios in points, counts as a difference.

    Nothing where either is unknown; `good_when_up` None is neither good nor bad.
    """
    if now is None or before is None:
        return Change()
    if unit is Unit.MONEY:
        if before <= 0:
            return Change()
        difference, shown_in = (now - before) / before, Unit.RATIO
    else:
        difference, shown_in = now - before, Unit.POINTS if unit is Unit.RATIO else unit
    from reports.numbers import change_size

    size = change_size(difference, shown_in)
    if not any(digit in size for digit in "123456789"):
        return Change("no change")
    up = difference > 0
    verdict: Verdict = "neutral" if good_when_up is None else "good" if up == good_when_up else "bad"
    return Change(size, "up" if up else "down", verdict)


def known(value: object) -> bool:
    """Whether a cell of a frame has a value."""
    import pandas as pd

    return not bool(pd.isna(value))  # type: ignore[call-overload]
