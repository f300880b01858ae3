"""Total rows that bear a date: they look like a sale, and their amounts would count twice."""

from collections.abc import Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from core.importing.importer import Parsing
from core.importing.issue import Issue, Severity
from core.importing.matching import same_name
from core.importing.records import SalesLine
from core.importing.source import Row
from importers.mapped_columns import Columns, Readers
from importers.mapped_stated import Stated
from importers.table import count_left_out, is_nothing_but_total, is_total_label, reject, total_of

_OWN = ("document", "item", "item_name")  # a sale has a number or names what was sold
_SAID = ("document", "customer", "customer_name", "item", "item_name", "description")
_NAMES = ("customer", "customer_name", "item", "item_name", "category", "channel")
_ENOUGH = 2  # rows that must add up before a name such as 'Total Fitness Ltd' is taken for a total


class Verdict(Enum):
    """What a row with a total's label is."""

    SALE = auto()
    TOTAL = auto()
    UNCLEAR = auto()


class _Candidate(NamedTuple):
    row: int
    cells: Row
    label: str
    minor: int


class DatedTotals:
    """Judges the rows whose cells may announce a total, one after the other, as they stand in the file."""

    def __init__(self, parsing: Parsing, readers: Readers, stated: Stated) -> None:
        """Take where issues are kept and what was read so far."""
        self._parsing = parsing
        self._readers = readers
        self._stated = stated

    def places(self, columns: Columns) -> list[int]:
        """Return the rows of a batch that may be totals."""
        found: set[int] = set()
        for name, labels in self._readers.total_labels.items():
            if name in _SAID and name in columns:
                found.update(place for place, cell in enumerate(columns.raw(name)) if cell in labels)
        return sorted(found)

    def is_sale(self, columns: Columns, place: int, line: SalesLine, *, before: str) -> bool:
        """Tell whether a row is a sale; a total or a doubtful row is kept aside with its reason.

        `before` is the document number of the sale above it.
        """
        texts = {name: columns.raw(name)[place].strip() for name in _SAID if name in columns}
        label = next(text for text in texts.values() if is_total_label(text))
        candidate = _Candidate(line.row, columns.row(place), label, line.net_minor)
        has_own = any(text and not is_total_label(text) for name, text in texts.items() if name in _OWN)
        minor = line.net_minor
        verdict = self._verdict_on_line(texts, line, before) if has_own else self._verdict(texts, minor)
        if verdict is Verdict.TOTAL:
            self._leave_out(candidate, sure=is_nothing_but_total(label) and not has_own)
        elif verdict is Verdict.UNCLEAR:
            self._refuse(candidate)
        return verdict is Verdict.SALE

    def _verdict_on_line(self, texts: Mapping[str, str], line: SalesLine, before: str) -> Verdict:
        """Judge a row with a number of its own: a sale, but for the total below the lines of one document."""
        sold = [text for name in ("item", "item_name") if (text := texts.get(name, ""))]
        is_below = bool(line.number) and line.number == before
        if (
            is_below
            and sold
            and all(map(is_nothing_but_total, sold))
            and self._stated.rows_of(line.net_minor)
        ):
            return Verdict.TOTAL
        return Verdict.SALE

    def _verdict(self, texts: Mapping[str, str], minor: int) -> Verdict:
        labels = [name for name, text in texts.items() if is_nothing_but_total(text)]
        rows = self._stated.rows_of(minor)
        if rows and labels:
            return Verdict.TOTAL
        if rows >= _ENOUGH:
            return Verdict.TOTAL if self._names_a_group(texts) else Verdict.UNCLEAR
        customers = [texts.get("customer", ""), texts.get("customer_name", "")]
        named = any(text and not is_total_label(text) for text in customers)
        # Beside a customer, the word in a description alone proves nothing.
        doubtful = bool(labels) and not (named and labels == ["description"])
        return Verdict.UNCLEAR if doubtful else Verdict.SALE

    def _names_a_group(self, texts: Mapping[str, str]) -> bool:
        """Tell whether a label such as 'Total for Ada' names somebody or something that has rows."""
        named = {same_name(total_of(text)) for text in texts.values() if is_total_label(text)} - {""}
        return not named.isdisjoint(map(same_name, self._readers.texts_met(_NAMES)))

    def _leave_out(self, found: _Candidate, *, sure: bool) -> None:
        rows = self._stated.rows_of(found.minor)
        above = "the row above it" if rows == 1 else f"the {rows} rows above it"
        count_left_out(self._parsing, "total row")
        self._stated.state(found.row, found.label, found.minor)
        if sure:
            return
        message = (
            f"Row {found.row}: '{found.label}' is taken for a total row and no sale, for its amount "
            f"{self._stated.shown(found.minor)} is the sum of {above}. If it is a customer's "
            "own sale, give it a document number of its own in the file and import it again."
        )
        self._parsing.issues.append(Issue(found.row, "total", Severity.WARNING, message))

    def _refuse(self, found: _Candidate) -> None:
        sums = (found.minor, self._stated.sum, self._stated.group_sum)
        amount, above, group = map(self._stated.shown, sums)
        message = (
            f"Row {found.row}: expected a sale, found '{found.label}' with {amount}; the rows above add up to {above} "
            f"(since the last total: {group}). If it is a total, look for missing rows and delete it; if it is a "
            "sale, give it a document number."
        )
        reject(self._parsing, found.row, found.cells, field="total", message=message)


def segments(places: Sequence[int], end: int) -> list[tuple[int, int]]:
    """Return the stretches of rows between these places: start, and the place at the end (or `end`)."""
    starts = [0, *(place + 1 for place in places)]
    return list(zip(starts, [*places, end], strict=True))
