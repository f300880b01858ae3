"""Day or month first? What a report shows about it beyond the values of its date column."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from core.importing.issue import Severity
from importers.cells import DateDecision, DateOrder
from importers.cells_dates import DateScan, numeric_slots

_NAMES = "january february march april may june july august september october november december"
_MONTHS = _NAMES.split()
_MONTH_OF = {name[:size]: number for number, name in enumerate(_MONTHS, 1) for size in (3, len(name))}
_MONTH_OF["sept"] = 9
_YEAR = re.compile(r"(?:19|20)\d\d")
_JOINING = frozenset({"to", "through", "and", "for", "the", "period", "from"})
_PIECE = 200  # values looked at together: finding the row of a value goes through its piece
IN_WORDS = {"mdy": "month/day/year", "dmy": "day/month/year", "ymd": "year-month-day"}


@dataclass(frozen=True)
class ReportDates:
    """What a report holds about its dates: the column by row, the runs of its groups, and its titles."""

    column: Sequence[str]  # one text for each row below the labels
    first_row: int
    runs: Sequence[Sequence[str]]  # the dates of each group in the order of the file
    titles: Sequence[str]


@dataclass(frozen=True)
class OrderDecision:
    """The order of day and month, and how sure that is."""

    order: DateOrder | None
    evidence: str
    severity: Severity | None = None  # of the remark to the user; None: the values prove it


def decide_order(
    dates: ReportDates, *, custom: DateOrder | None, custom_words: str, custom_severity: Severity
) -> OrderDecision:
    """Decide from the values, then the title's period, then the order inside the groups, then the custom."""
    decision = decide_column(dates.column, dates.first_row)
    if decision.order is not None or decision.mixed:
        return OrderDecision(decision.order, decision.evidence)
    for order, evidence in (_by_period(dates), _by_sequence(dates.runs)):
        if order is not None:
            return OrderDecision(order, _said(decision, order, evidence), Severity.NOTE)
    if custom is None:
        return OrderDecision(None, decision.evidence)
    return OrderDecision(custom, _said(decision, custom, custom_words), custom_severity)


def decide_column(column: Sequence[str], first_row: int) -> DateDecision:
    """Decide the order of day and month from the values of one column."""
    scan = DateScan()
    for start in range(0, len(column), _PIECE):
        scan.add(column[start : start + _PIECE], first_row + start)
    return scan.decision()


def _said(decision: DateDecision, order: DateOrder, evidence: str) -> str:
    return f"{decision.evidence}; read as {IN_WORDS[order]}, because {evidence}"


def _months(text: str, order: str) -> tuple[int, int] | None:
    """Return (year, month) of a doubtful date under an order."""
    slots = numeric_slots(text.strip())
    if slots is None:
        return None
    return slots[2], slots[0] if order == "mdy" else slots[1]


def period_of(title: str) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return first and last (year, month) of a title such as 'January 1 - March 31, 2026'."""
    words = re.findall(r"[a-z]+|\d+", title.lower())
    years = [int(word) for word in words if _YEAR.fullmatch(word)]
    months = [_MONTH_OF[word] for word in words if word in _MONTH_OF]
    others = [word for word in words if word.isalpha() and word not in _MONTH_OF and word not in _JOINING]
    if not years or others:
        return None  # a company's name may hold a year too
    return (years[0], months[0] if months else 1), (years[-1], months[-1] if months else 12)


def _by_period(dates: ReportDates) -> tuple[DateOrder | None, str]:
    for title in dates.titles:
        if period := period_of(title):
            first, last = period
            fits: list[DateOrder] = [
                order for order in ("mdy", "dmy") if _all_in(dates.column, order, first, last)
            ]
            if len(fits) == 1:
                return fits[0], f"only so do all dates lie in the period of the title '{title.strip()}'"
    return None, ""


def _all_in(column: Iterable[str], order: str, first: tuple[int, int], last: tuple[int, int]) -> bool:
    months = {month for text in set(column) if (month := _months(text, order))}
    return all(first <= month <= last for month in months)


def _by_sequence(runs: Iterable[Sequence[str]]) -> tuple[DateOrder | None, str]:
    """The programs sort each group by date: an order under which some group runs backwards is wrong."""
    backwards: dict[DateOrder, tuple[str, str]] = {}
    for run in runs:
        for before, after in pairwise(run):
            earlier, later = numeric_slots(before.strip()), numeric_slots(after.strip())
            if before == after or earlier is None or later is None:
                continue
            if (earlier[2], earlier[0], earlier[1]) > (later[2], later[0], later[1]):
                backwards.setdefault("mdy", (before, after))
            if (earlier[2], earlier[1], earlier[0]) > (later[2], later[1], later[0]):
                backwards.setdefault("dmy", (before, after))
        if len(backwards) == 2:
            return None, ""  # this report is not sorted by date
    if not backwards:
        return None, ""
    wrong, (before, after) = next(iter(backwards.items()))
    return (
        "dmy" if wrong == "mdy" else "mdy",
        f"only so does every group run forward in time ('{before}' stands before '{after}')",
    )
