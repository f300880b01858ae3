"""The table of 125 cells: which of eleven segments each combination of scores belongs to."""

from collections.abc import Mapping
from itertools import product

from core.errors import UsageError

Cell = tuple[int, int, int]  # scores of recency, frequency and monetary value, 1 to 5

SEGMENTS = (
    "Champions",
    "Loyal",
    "Potential loyalists",
    "New customers",
    "Promising",
    "Need attention",
    "About to sleep",
    "At risk",
    "Cannot lose them",
    "Hibernating",
    "Lost",
)
_LETTERS = dict(zip("CLPNOASRXHZ", SEGMENTS, strict=True))

# A row for each recency score from 5 down to 1; in it a word for each frequency score from 1 to 5;
# in it a letter for each monetary score from 1 to 5.
_TABLE = """
NNNPP PPPPL PPPLL LLLCC LLCCC
OOOPP PPPPL PPPLL LLLCC LLLCC
SSOOA SSAAA AAAAL AALLL LLLLL
HHSSS HSSSR SSRRR RRRRR RRRRX
ZZZHH ZZHHR HHRRR RRRXX RRXXX
"""
TABLE: Mapping[Cell, str] = {
    (5 - row, frequency, monetary): _LETTERS[letter]
    for row, words in enumerate(_TABLE.split("\n")[1:6])
    for frequency, word in enumerate(words.split(), 1)
    for monetary, letter in enumerate(word, 1)
}


def segment_of(recency: int, frequency: int, monetary: int) -> str:
    """Return the segment of a combination of scores from 1 to 5."""
    return TABLE[recency, frequency, monetary]


def edited_table(table: Mapping[Cell, str], changes: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return a table with some cells renamed. Raises UsageError for cells that do not exist or have no name."""
    return checked_table({**table, **changes})


def checked_table(table: Mapping[Cell, str]) -> dict[Cell, str]:
    """Return a table that names each of the 125 cells. Raises UsageError."""
    cells = set(product(range(1, 6), repeat=3))
    wrong = sorted(cells.symmetric_difference(table)) or sorted(
        cell for cell, name in table.items() if not name.strip()
    )
    if wrong:
        message = f"The table of scores needs one name for each of 125 cells; look at {wrong[0]}."
        raise UsageError(message)
    return dict(table)
