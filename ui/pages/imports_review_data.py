"""The review of a file, made in the worker thread: rows, control totals, what to look at. No Qt."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import merge
from itertools import islice
from re import sub
from typing import Any, Literal

from core.importing.intake import PreviewRow, RowStatus
from core.importing.issue import Issue, Severity
from core.money import exponent_of, to_minor
from core.period import parse_day
from core.usecases.import_files import Preview
from ui.intake import Recognised
from ui.pages.imports_texts import ROW_WORDS

SHOWN_ROWS = 20_000
COLUMNS = ("state", "row", "date", "number", "customer", "item", "amount", "what")
State = tuple[str, str]
_READY: State = ("good", "Ready to import")
_OUTCOMES: dict[RowStatus, tuple[State, str]] = {
    RowStatus.NEW: (_READY, ""),
    RowStatus.SAME: (("skipped", "Already there"), "Already in the book, skipped"),
    RowStatus.CHANGED: (("info", "Changed"), "Changed since the last import, replaces it"),
}
_WHOLE_FILE = {"file": "The file as a whole", "": "The file", "customer": "Sales on no customer"}
_FILTER_OF = {"failed": "errors", "warning": "warnings", "skipped": "duplicates", "info": "changed"}


@dataclass(frozen=True)
class Finding:
    """Issues that need the same repair."""

    severity: Severity
    title: str
    detail: str
    rows: tuple[int, ...]  # of the file; empty where it is about the file as a whole


@dataclass(frozen=True)
class ControlLine:
    """One line of the control totals; amounts in minor units, None where there is none."""

    label: str
    rows: int | None
    amount: int | None
    role: Literal["", "strong", "agrees", "differs"] = ""


@dataclass(frozen=True)
class Review:
    """Everything the review step shows."""

    recognised: Recognised
    preview: Preview
    rows: dict[str, list[Any]]
    total_rows: int
    counts: dict[str, int]  # all, errors, warnings, duplicates, changed
    filters: dict[str, list[int]] = field(default_factory=dict)  # key -> places in `rows`
    lines: tuple[ControlLine, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def is_cut(self) -> bool:
        """Whether the table shows only the first rows."""
        return self.total_rows > len(self.rows["row"])

    @property
    def ready(self) -> int:
        """How many rows will be written."""
        return row_count(self.preview.totals, self.preview.importer.yields)


def row_count(totals: Any, yields: str) -> int:
    """The rows that control totals count, by what the file holds."""
    return int(getattr(totals, ROW_WORDS[yields]))


def review_of(recognised: Recognised, preview: Preview) -> Review:
    """Make the review of a file that was compared with the book."""
    by_row: dict[int, list[Issue]] = defaultdict(list)
    for issue in preview.issues:
        for row in issue.rows or (issue.row,):
            by_row[row].append(issue)
    rows = _columns(preview, by_row)
    filters = _filters(rows["state"])
    yields, totals, whole = preview.importer.yields, preview.totals, preview.file_totals
    total = row_count(whole, yields) + totals.rejected
    warned = sum(
        1 for row, found in by_row.items() if row and any(one.severity is Severity.WARNING for one in found)
    )
    counts = {
        "all": total,
        "errors": totals.rejected,
        "warnings": warned,
        "duplicates": totals.duplicates,
        "changed": len(filters["changed"]),
    }
    findings = tuple(_findings(preview, totals.duplicates))
    return Review(recognised, preview, rows, total, counts, filters, control_lines(preview), findings)


# ------------------------------------------------------------------------------------------------ rows


def _columns(preview: Preview, by_row: dict[int, list[Issue]]) -> dict[str, list[Any]]:
    exponent = exponent_of(preview.totals.currency.partition("+")[0] or "USD")
    taken = (_taken(one, by_row.get(one.row, ()), exponent) for one in preview.intake.rows())
    rejected = (
        _rejected(row, cells, by_row.get(row, ())) for row, cells in sorted(preview.parsing.rejected_rows)
    )
    rows = list(islice(merge(taken, rejected, key=lambda row: row[1]), SHOWN_ROWS))
    return {key: [row[place] for row in rows] for place, key in enumerate(COLUMNS)}


def _taken(one: PreviewRow, issues: Iterable[Issue], exponent: int) -> tuple[Any, ...]:
    state, what = _OUTCOMES[one.status]
    said = [issue for issue in issues if issue.severity is Severity.WARNING]
    if one.status is not RowStatus.SAME:
        if said:
            state = ("warning", "Look at it")
        said = said or list(issues)
        what = "; ".join([*([what] if what else []), *(issue.message for issue in said)])
    day = parse_day(one.date) if one.date else None
    amount = to_minor(Decimal(one.amount), exponent) if one.amount else None
    return (state, one.row, day, one.number, one.customer, one.item, amount, what)


def _rejected(row: int, cells: list[str], issues: Iterable[Issue]) -> tuple[Any, ...]:
    what = "; ".join(issue.message for issue in issues) or "Not understood, left out"
    text = " · ".join(cell.strip() for cell in cells if cell.strip())
    return (("failed", "Left out"), row, None, "", text, "", None, what)


def _filters(states: list[State]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {"errors": [], "warnings": [], "duplicates": [], "changed": []}
    for place, (name, _words) in enumerate(states):
        if name in _FILTER_OF:
            found[_FILTER_OF[name]].append(place)
    return found


# -------------------------------------------------------------------------------------- control totals


def control_lines(preview: Preview) -> tuple[ControlLine, ...]:
    """The control totals: what is taken, what is not, and whether that is the whole file."""
    yields, added, whole = preview.importer.yields, preview.totals, preview.file_totals
    ready, every = row_count(added, yields), row_count(whole, yields)
    amounts = {"sales": (added.net_total, whole.net_total), "ledger": (added.debit_total, whole.debit_total)}
    now, all_of_it = amounts.get(yields, (None, None))
    skipped = None if now is None or all_of_it is None else all_of_it - now
    lines = [ControlLine("Ready to import", ready, now)]
    if added.rejected:
        lines.append(ControlLine("Left out: errors", added.rejected, None))
    lines.append(ControlLine("Duplicates", every - ready, skipped))
    lines.append(ControlLine("Total of rows", every + added.rejected, all_of_it, "strong"))
    if yields == "ledger":
        lines.append(ControlLine("Credits in the file", None, whole.credit_total))
        lines.append(_difference("Debits − credits", whole.debit_total - whole.credit_total))
    lines += _stated(preview)
    return tuple(lines)


def _stated(preview: Preview) -> Iterator[ControlLine]:
    stated = preview.parsing.stated_totals
    if stated:
        yield ControlLine(f"{stated[-1].label} line in file", None, stated[-1].minor)
        yield _difference("Difference", stated[-1].minor - stated[-1].computed_minor)


def _difference(label: str, minor: int) -> ControlLine:
    return ControlLine(label, None, minor, "differs" if minor else "agrees")


# ------------------------------------------------------------------------------------- what to look at


def _findings(preview: Preview, duplicates: int) -> Iterator[Finding]:
    groups: dict[tuple[Severity, str, str], list[Issue]] = defaultdict(list)
    for issue in preview.issues:
        groups[issue.severity, issue.field, _shape(issue.message)].append(issue)
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    for (severity, name, _), issues in sorted(groups.items(), key=lambda found: order[found[0][0]]):
        rows = tuple(sorted({row for issue in issues for row in issue.rows or (issue.row,) if row}))
        yield Finding(severity, _title(severity, name, len(rows)), issues[0].message, rows)
    if duplicates:
        words = "They are in the book already and are not added twice."
        yield Finding(Severity.NOTE, _counted(duplicates, "duplicate", " skipped"), words, ())
    for what, count in preview.parsing.left_out.items():
        if what in {"void", "draft", "deleted", "voided"}:
            words = "They are no sales and are left out on purpose."
            yield Finding(Severity.NOTE, f"{count:,} {what} left out", words, ())


def _title(severity: Severity, name: str, rows: int) -> str:
    what = {Severity.ERROR: " left out", Severity.WARNING: " to look at", Severity.NOTE: ""}[severity]
    if not rows:
        return _WHOLE_FILE.get(name, f"The file: {name}")
    place = f": {name}" if name not in {"", "file", "row"} else ""
    return _counted(rows, "row", what) + place


def _counted(count: int, word: str, ending: str) -> str:
    return f"{count:,} {word}{'' if count == 1 else 's'}{ending}"


def _shape(message: str) -> str:
    """What stays the same in messages about different rows: figures and quoted words taken out."""
    return sub(r"'[^']*'|“[^”]*”|\"[^\"]*\"|\d[\d.,/:-]*", "#", message)
