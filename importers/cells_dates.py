"""Read dates: the order of day and month is decided for a whole column, with the evidence in words."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.importing.source import TypedText
from importers.cells_error import CellError

DateOrder = Literal["ymd", "dmy", "mdy"]
Slots = tuple[int, int, int]  # first, second, year of a date such as 25/03/2026

_TIME = (
    r"(?:(?:[T,]|\s)\s*\d{1,2}[:.h]\d{2}(?:[:.]\d{2}(?:[.,]\d+)?)?"
    r"\s*(?:[AaPp]\.?[Mm]\.?)?\s*(?:Z|UTC|GMT|[+-]\d{2}:?\d{2})?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})" + _TIME, re.ASCII)
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T?\d{6})?", re.ASCII)
_NUMERIC = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})" + _TIME, re.ASCII)
_WEEKDAY = r"(?:[^\W\d_]{2,10}\.?,?\s+)?"
_MONTH = r"([^\W\d_]{3,10})\.?"
_GAP = r",?[-/\s]*(?:de\s+)?"
_DAY_NAME = re.compile(
    _WEEKDAY + r"(\d{1,2})(?:st|nd|rd|th|er|\.)?" + _GAP + _MONTH + _GAP + r"(\d{4}|\d{2})" + _TIME
)
_NAME_DAY = re.compile(_WEEKDAY + _MONTH + r"[-/\s]*(\d{1,2})(?:st|nd|rd|th)?,?[-/\s]+(\d{4})" + _TIME)

_MONTHS = (
    "jan january januar jänner janvier janv enero ene januari",
    "feb february februar février févr fevrier febrero februari",
    "mar march märz mrz mär maerz mars marzo maart mrt",
    "apr april avril avr abril abr",
    "may mai mayo mei",
    "jun june juni juin junio",
    "jul july juli juillet juil julio",
    "aug august août aout agosto ago augustus",
    "sep sept september septembre septiembre set",
    "oct october okt oktober octobre octubre",
    "nov november novembre noviembre",
    "dec december dez dezember décembre déc decembre diciembre dic",
)
_MONTH_OF = {name: month for month, names in enumerate(_MONTHS, 1) for name in names.split()}
_EMPTY = frozenset({"", "0000-00-00", "0000-00-00 00:00:00", "00/00/0000", "00.00.0000"})

_IN_WORDS = {"dmy": "day/month", "mdy": "month/day"}


@dataclass(frozen=True)
class DateDecision:
    """How a column writes its dates; order None: it does not say, ask with the evidence."""

    order: DateOrder | None
    evidence: str
    mixed: bool = False  # some values can only be day/month, others only month/day


def full_year(digits: str) -> int:
    """Return a year; two digits mean 1969 to 2068."""
    year = int(digits)
    if len(digits) > 2:
        return year
    return year + (2000 if year < 69 else 1900)


def numeric_slots(text: str) -> Slots | None:
    """Return (first, second, year) of a date whose day and month are both plain numbers."""
    match = _NUMERIC.fullmatch(text)
    return (int(match[1]), int(match[3]), full_year(match[4])) if match else None


def _certain_slots(text: str) -> Slots | None:
    """Return (year, month, day) of a date that can be read in one way only."""
    if match := _YEAR_FIRST.fullmatch(text):
        return int(match[1]), int(match[3]), int(match[4])
    if match := _COMPACT.fullmatch(text):
        return int(match[1]), int(match[2]), int(match[3])
    if (match := _DAY_NAME.fullmatch(text)) and (month := _MONTH_OF.get(match[2].lower())):
        return full_year(match[3]), month, int(match[1])
    if (match := _NAME_DAY.fullmatch(text)) and (month := _MONTH_OF.get(match[1].lower())):
        return int(match[3]), month, int(match[2])
    return None


def _iso(year: int, month: int, day: int) -> str | None:
    """Return the ISO text of a day that exists and can be meant in books (1900 to 2199)."""
    if not 1900 <= year <= 2199:
        return None
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def read_date(text: str, order: DateOrder | None) -> str:
    """Return a date as ISO text, "" for an empty cell. Raises CellError."""
    bare = text.strip()
    if bare in _EMPTY:
        return ""
    if certain := _certain_slots(bare):
        iso = _iso(*certain)
    elif (slots := numeric_slots(bare)) is None:
        raise CellError("a date such as 2026-10-31", text)
    elif order in {"dmy", "mdy"} or slots[0] == slots[1]:
        first, second, year = slots
        iso = _iso(year, first, second) if order == "mdy" else _iso(year, second, first)
    else:
        raise CellError("a date whose day and month can be told apart", text)
    if iso is None:
        written = f" written {_IN_WORDS[order]}/year" if order in _IN_WORDS else ""
        raise CellError(f"a date that exists{written}", text)
    return iso


class DateReader(dict[str, str]):
    """Reads the dates of one column; as a dict it maps text to ISO text and remembers."""

    def __init__(self, order: DateOrder | None) -> None:
        """Take the column's order (None: only dates that can be read in one way are taken)."""
        super().__init__()
        self.order = order

    def __missing__(self, text: str) -> str:
        """Read a text that was not seen yet. Raises CellError."""
        iso = self[text] = read_date(text, self.order)
        return iso

    def read(self, text: str) -> str:
        """Return a date as ISO text, "" for an empty cell. Raises CellError."""
        return self[text]


class DateScan:
    """Looks at a column piece by piece and decides its order of day and month at the end."""

    def __init__(self) -> None:
        """Begin with nothing seen."""
        self._seen: set[str] = set()
        self._proofs: dict[DateOrder, tuple[int, str]] = {}  # the first row that proves an order
        self._doubt: tuple[int, str] | None = None

    def add(self, values: Sequence[str], first_row: int) -> None:
        """Look at the next cells; only what was not seen yet is examined."""
        new = set(values) - self._seen
        self._seen |= new
        for text in new:
            slots = None if type(text) is TypedText else numeric_slots(text.strip())
            if slots is None or slots[0] == slots[1]:
                continue
            first, second, _ = slots
            found = (first_row + values.index(text), text.strip())
            if first > 12 >= second:
                self._proofs["dmy"] = min(found, self._proofs.get("dmy", found))
            elif second > 12 >= first:
                self._proofs["mdy"] = min(found, self._proofs.get("mdy", found))
            elif first <= 12:
                self._doubt = min(found, self._doubt or found)

    def decision(self) -> DateDecision:
        """Return the order with its evidence."""
        words = {
            order: f"'{text}' in row {row} can only be {_IN_WORDS[order]}"
            for order, (row, text) in self._proofs.items()
        }
        if len(words) == 2:
            return DateDecision(None, f"{words['dmy']}, but {words['mdy']}", mixed=True)
        for order, evidence in words.items():
            return DateDecision(order, evidence)
        if self._doubt is None:
            filled = any(self._seen)
            evidence = "every date can be read in one way only" if filled else "the column is empty"
            return DateDecision("ymd", evidence)
        row, text = self._doubt
        evidence = f"'{text}' in row {row} could be day/month or month/day"
        return DateDecision(None, f"{evidence}, and no date of the column settles it")


def decide_dates(values: Iterable[str], *, first_row: int = 1) -> DateDecision:
    """Decide the order of day and month of a column from all its values."""
    scan = DateScan()
    scan.add(list(values), first_row)
    return scan.decision()
