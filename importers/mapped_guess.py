"""Guess which column holds what, from labels and from the values below them."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice

from core.importing.source import Row, Source
from core.money import is_currency
from importers.cells import COMMA, POINT, CellError, read_date, read_number
from importers.mapped_field import MappedField
from importers.table import EMPTY_WORDS, HEADER_WITHIN, compact, find_header, is_total_label, label_words

SAMPLE = 400  # rows below the header that the guess looks at
_DATE_WORDS = frozenset({"date", "datum", "fecha", "data", "dated"})


@dataclass(frozen=True)
class Layout:
    """Where a table stands in a file: sheet, header row, labels made unique."""

    sheet: int
    header: int  # index of the header row
    labels: tuple[str, ...]
    sample: tuple[Row, ...]

    def is_grouped(self) -> bool:
        """Tell whether this is a report whose rows stand below group headings in an unnamed first column."""
        if self.labels[:1] != ("Column 1",):
            return False
        return any(row[0].strip() and not any(map(str.strip, row[1:])) for row in self.sample)

    def column(self, label: str) -> tuple[str, ...]:
        """Return the sample values of a column."""
        index = self.labels.index(label)
        return tuple(row[index] if index < len(row) else "" for row in self._telling)

    @cached_property
    def _telling(self) -> tuple[Row, ...]:
        return tuple(row for row in self.sample if _says_something(row))


def _says_something(row: Row) -> bool:
    """Tell whether a row is more than a heading, a footer or a total."""
    filled = list(islice((cell for cell in row if cell.strip()), 2))
    return len(filled) > 1 and not is_total_label(filled[0])


def unique_labels(header: Row) -> tuple[str, ...]:
    """Return labels that differ: empty ones get a number, repeated ones too."""
    labels: dict[str, None] = {}
    for position, cell in enumerate(header, 1):
        label = cell.strip() or f"Column {position}"
        while label in labels:
            label = f"{label} ({position})"
        labels[label] = None
    return tuple(labels)


def layouts(source: Source, fields: Sequence[MappedField], options: Mapping[str, str]) -> list[Layout]:
    """Return the tables that the sheets of a file may hold."""
    known = frozenset(label for field in fields for label in field.labels)
    found = []
    for index, sheet in enumerate(source.sheets):
        if options.get("sheet", sheet.name) != sheet.name:
            continue
        rows = sheet.head(HEADER_WITHIN + SAMPLE)
        header = _header_index(rows, known, options.get("header_row", ""))
        if header is not None:
            sample = tuple(row for row in rows[header + 1 : header + 1 + SAMPLE] if any(row))
            found.append(Layout(index, header, unique_labels(rows[header]), sample))
    return found


def _header_index(rows: Sequence[Row], known: frozenset[str], given: str) -> int | None:
    if given.isdigit():
        return int(given) - 1 if 0 < int(given) <= len(rows) else None
    within = rows[:HEADER_WITHIN]
    header = find_header(within, known)
    if header is not None:
        return header
    # A table of three or four columns may bear one label that we do not know.
    return next((i for i, row in enumerate(within) if sum(bool(cell.strip()) for cell in row) > 1), None)


def guess_columns(layout: Layout, fields: Sequence[MappedField]) -> dict[str, str]:
    """Return field -> label. A label must fit a field, and the values must fit its kind."""
    wishes = sorted(
        (field.labels.index(short), order, field.name, label)
        for label in layout.labels
        for order, field in enumerate(fields)
        if (short := compact(label)) in field.labels
    )
    kinds = {field.name: field for field in fields}
    columns: dict[str, str] = {}
    taken: set[str] = set()
    for _, _, name, label in wishes:
        if name not in columns and label not in taken and fits(kinds[name], layout.column(label)):
            columns[name] = label
            taken.add(label)
    _guess_date(layout, kinds, columns, taken)
    return {field.name: columns[field.name] for field in fields if field.name in columns}


def _guess_date(
    layout: Layout, kinds: Mapping[str, MappedField], columns: dict[str, str], taken: set[str]
) -> None:
    """Take a column named like a date whose values are dates, where no known label was found."""
    if "date" not in kinds or "date" in columns:
        return
    for label in layout.labels:
        if (
            label not in taken
            and label_words(label) & _DATE_WORDS
            and fits(kinds["date"], layout.column(label))
        ):
            columns["date"] = label
            return


def fits(field: MappedField, values: Iterable[str]) -> bool:
    """Tell whether most of a column's values are of the field's kind."""
    filled = [value for value in values if value.strip() not in EMPTY_WORDS]
    test = _TESTS.get(field.kind)
    if test is None or not filled:
        return True
    good = sum(map(test, filled))
    return good * 10 >= len(filled) * 7


def _passes(read: Callable[[], object]) -> bool:
    try:
        read()
    except CellError:
        return False
    return True


def _is_date(text: str) -> bool:
    return _passes(lambda: read_date(text, "dmy")) or _passes(lambda: read_date(text, "mdy"))


def _is_number(text: str) -> bool:
    return _passes(lambda: read_number(text, POINT)) or _passes(lambda: read_number(text, COMMA))


def _is_currency(text: str) -> bool:
    return is_currency(text.strip().upper())


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "date": _is_date,
    "number": _is_number,
    "money": _is_number,
    "currency": _is_currency,
}
