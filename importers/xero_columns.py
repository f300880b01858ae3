"""The columns of Xero's sales invoice files, and how such a file writes its dates and numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from core.importing.source import Row, Sheet
from importers.cells import DateDecision, NumberDecision
from importers.cells_dates import Slots, numeric_slots
from importers.grouped_amounts import decide_style
from importers.grouped_dates import IN_WORDS, decide_column
from importers.grouped_labels import plain

HEAD_ROWS = 10
FIELDS = (
    "ContactName",
    "InvoiceNumber",
    "InvoiceDate",
    "DueDate",
    "Total",
    "InventoryItemCode",
    "Description",
    "Quantity",
    "UnitAmount",
    "Discount",
    "LineAmount",
    "TaxAmount",
    "TrackingOption1",
    "Currency",
    "Type",
    "Status",
)
NEEDED = ("ContactName", "InvoiceNumber", "InvoiceDate", "Quantity", "UnitAmount")
_NUMBERS = ("UnitAmount", "LineAmount", "Total", "TaxAmount", "Quantity")


@dataclass(frozen=True)
class Columns:
    """Where the labels stand and which column holds which field; a missing one is the cell after the last."""

    row: int  # 0: no header was found
    labels: list[str]
    index: Mapping[str, int]
    width: int

    @property
    def is_template(self) -> bool:
        """The import template has neither the kind nor the status of a document."""
        return "Type" not in self.index and "Status" not in self.index

    def at(self, name: str) -> int:
        """Return the column of a field."""
        return self.index.get(name, self.width)

    def missing(self) -> list[str]:
        """Name the needed columns that are not there."""
        return [name for name in NEEDED if name not in self.index]


def find_columns(rows: Sequence[Row]) -> Columns:
    """Find the row of labels; the template marks the required ones with a star."""
    for number, row in enumerate(rows[:HEAD_ROWS], start=1):
        places = {plain(cell).lstrip("*"): index for index, cell in reversed(list(enumerate(row)))}
        index = {name: places[name.lower()] for name in FIELDS if name.lower() in places}
        if len(index.keys() & set(NEEDED)) >= 3:
            return Columns(number, list(row), index, len(row))
    return Columns(0, [], {}, 0)


def rows_of(sheet: Sheet, columns: Columns) -> Iterator[tuple[int, Row]]:
    """Go through the rows below the labels that are not blank, with their numbers."""
    for first, rows in sheet.batches():
        for number, row in enumerate(rows, start=first):
            if number > columns.row and any(row):
                yield number, row


@dataclass
class Writing:
    """How this file writes its dates and numbers."""

    dates: DateDecision
    numbers: NumberDecision
    concluded: bool = False  # the order of dates follows from due dates, not from a value


@dataclass
class _Texts:
    invoiced: list[str] = field(default_factory=list)
    due: list[str] = field(default_factory=list)
    numbers: list[list[str]] = field(default_factory=lambda: [[] for _ in _NUMBERS])


def look_at(sheet: Sheet, columns: Columns) -> Writing:
    """Decide from all rows how dates and numbers are written."""
    texts = _Texts()
    places = [columns.at(name) for name in _NUMBERS]
    invoiced, due = columns.at("InvoiceDate"), columns.at("DueDate")
    for first, rows in sheet.batches():
        for row in rows[max(0, columns.row - first + 1) :]:
            width = len(row)
            texts.invoiced.append(row[invoiced] if invoiced < width else "")
            texts.due.append(row[due] if due < width else "")
            for place, column in zip(places, texts.numbers, strict=True):
                column.append(row[place] if place < width else "")
    dates, concluded = _decide_dates(texts, columns.row + 1)
    return Writing(dates, decide_style(texts.numbers, columns.row + 1), concluded)


def _decide_dates(texts: _Texts, first_row: int) -> tuple[DateDecision, bool]:
    """Both date columns are written alike, so either of them proves the order for both."""
    decisions = [decide_column(column, first_row) for column in (texts.invoiced, texts.due)]
    for decision in decisions:
        if decision.mixed:
            return decision, False
    proven = [decision for decision in decisions if decision.order in {"dmy", "mdy"}]
    if len({decision.order for decision in proven}) == 2:
        evidence = f"InvoiceDate: {proven[0].evidence}, but DueDate: {proven[1].evidence}"
        return DateDecision(None, evidence, mixed=True), False
    if proven:
        return proven[0], False
    open_ones = [decision for decision in decisions if decision.order is None]
    if not open_ones:
        return decisions[0], False
    return _by_due_dates(texts, open_ones[0])


def _by_due_dates(texts: _Texts, doubt: DateDecision) -> tuple[DateDecision, bool]:
    """No invoice is due before its own date: an order that says so is wrong."""
    wrong: dict[str, tuple[str, str]] = {}
    for pair in set(zip(texts.invoiced, texts.due, strict=True)):
        invoiced, due = (numeric_slots(text.strip()) for text in pair)
        if invoiced is None or due is None:
            continue
        for order in ("mdy", "dmy"):
            if _day(due, order) < _day(invoiced, order):
                wrong.setdefault(order, pair)
    if len(wrong) != 1:
        return doubt, False
    refuted, (invoiced_text, due_text) = next(iter(wrong.items()))
    order = "dmy" if refuted == "mdy" else "mdy"
    reason = f"otherwise '{due_text}' would be due before its invoice of '{invoiced_text}'"
    evidence = f"{doubt.evidence}; read as {IN_WORDS[order]}, because {reason}"
    return DateDecision("dmy" if order == "dmy" else "mdy", evidence), True


def _day(slots: Slots, order: str) -> tuple[int, int, int]:
    first, second, year = slots
    return (year, first, second) if order == "mdy" else (year, second, first)
