"""Amounts as reports print them, read by the ten thousand."""

import re

from importers.cells import MinorMemo, NumberDecision, NumberStyle
from importers.cells_numbers import NumberScan

_PRINTED = re.compile(r"-?\d{1,3}(?:,\d{3})+\.\d\d", re.ASCII)  # what nearly every larger amount looks like
_PIECE = 200  # values looked at together: finding the row of a value goes through its piece


class ReportAmounts(MinorMemo):
    """The amount column of a report; the usual form is read without taking it apart."""

    def __init__(self, style: NumberStyle | None, exponent: int) -> None:
        super().__init__(style, exponent, blank=0)
        self._usual = exponent == 2 and style is not None and style.decimal == "."

    def __missing__(self, text: str) -> int:
        """Read a text that was not seen yet. Raises CellError."""
        if self._usual and _PRINTED.fullmatch(text):
            minor = self[text] = int(text.replace(",", "").replace(".", ""))
            return minor
        return super().__missing__(text)


def decide_style(columns: list[list[str]], first_row: int) -> NumberDecision:
    """A program writes all its numbers alike: the first column that proves the style decides."""
    decisions = [_decision(texts, first_row) for texts in columns]
    for decision in decisions:
        if decision.mixed or (decision.style and decision.style.thousands):
            return decision
    doubtful = [decision for decision in decisions if decision.style is None]
    return doubtful[0] if doubtful else decisions[0]


def _decision(texts: list[str], first_row: int) -> NumberDecision:
    scan = NumberScan()
    proven = False
    for start in range(0, len(texts), _PIECE):
        piece = texts[start : start + _PIECE]
        if proven:  # further values of the form that proved the point can add nothing
            piece = ["" if _PRINTED.fullmatch(text) else text for text in piece]
        else:
            proven = any(_PRINTED.fullmatch(text) for text in piece)
        scan.add(piece, first_row + start)
    return scan.decision()
