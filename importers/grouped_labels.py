"""The words of a grouped report: its column labels, its total rows and its kinds of transactions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import UnknownFormat
from core.importing.records import DocumentKind
from core.importing.source import Row

HEAD_ROWS = 40  # titles, notes and blank rows above the labels never reached 10 in real files
KNOWN_LABELS_WANTED = 3


@dataclass(frozen=True)
class GroupedLayout:
    """How one program writes one of its grouped reports."""

    program: str  # as the user knows it: "QuickBooks Online"
    report: str  # "Sales by Customer Detail"
    source_system: str
    group_holds: str  # "customer" or "item"
    labels: Mapping[str, tuple[str, ...]]  # field -> its labels, in plain form, the preferred one first
    needed: tuple[str, ...]  # fields without which nothing can be read
    total_words: tuple[str, ...]  # "total for ", in plain form; what follows is the group's name
    nested_total_endings: tuple[str, ...]  # " with sub-customers"
    no_customer: frozenset[str]  # group names that stand for nobody, in plain form
    kinds: Mapping[str, DocumentKind]  # transaction type in plain form -> what it is in the trade
    not_sales: frozenset[str]  # known transaction types that are no sales, in plain form
    coded_items: bool = False  # items are written "CODE (text)"
    item_types: frozenset[str] = frozenset()  # outermost groups of an item report, in plain form


@dataclass(frozen=True)
class Header:
    """The row of labels: where it stands and which column holds which field."""

    row: int  # from 1
    labels: list[str]
    columns: Mapping[str, int]


def plain(text: str) -> str:
    """Return a label or name as it is compared: lower case, single blanks."""
    return " ".join(text.split()).casefold()


def find_header(rows: Sequence[Row], layout: GroupedLayout) -> Header | None:
    """Find the first row that holds at least three known labels; None where there is none."""
    for number, row in enumerate(rows[:HEAD_ROWS], start=1):
        columns = _columns(row, layout)
        if len(columns) >= KNOWN_LABELS_WANTED:
            return Header(row=number, labels=list(row), columns=columns)
    return None


def _columns(row: Row, layout: GroupedLayout) -> dict[str, int]:
    places: dict[str, int] = {}
    for index, cell in enumerate(row):
        if label := plain(cell):
            places.setdefault(label, index)
    columns = {}
    for field, labels in layout.labels.items():
        found = next((places[label] for label in labels if label in places), None)
        if found is not None:
            columns[field] = found
    return columns


def missing_fields(header: Header, layout: GroupedLayout) -> list[str]:
    """Name the needed columns that the header lacks, by their usual label."""
    return [layout.labels[field][0] for field in layout.needed if field not in header.columns]


def required_header(rows: Sequence[Row], layout: GroupedLayout) -> Header:
    """Find the header with every needed column; UnknownFormat says what was expected and found."""
    header = find_header(rows, layout)
    title = f"{layout.program}, {layout.report}"
    if header is None:
        expected = ", ".join(layout.labels[field][0] for field in layout.needed)
        raise UnknownFormat(
            f"{title}: expected a row of column labels such as {expected} within the first {HEAD_ROWS} rows, "
            "found none. Export the report again without changing it, or map its columns as a table."
        )
    if missing := missing_fields(header, layout):
        found = ", ".join(label for label in header.labels if label.strip())
        raise UnknownFormat(
            f"{title}: row {header.row} lacks the column {', '.join(missing)}; found {found}. "
            "Add the column to the report and export it again."
        )
    return header
