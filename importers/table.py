"""Tables with a header row: found by its labels, gone through by column, problems kept by row."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache

from core.importing.importer import Parsing
from core.importing.issue import Issue, Severity
from core.importing.source import Row, Source
from importers.cells import CellError
from importers.reading_spool import SpooledSheet

EMPTY_WORDS = frozenset(
    {"", "NULL", "null", "Null", "N/A", "n/a", "#N/A", "NaN", "nan", "None", "NONE", "(null)"}
)
HEADER_WITHIN = 60  # rows in which the header is looked for

_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_NO_LETTER = re.compile(r"[\W_]+")
_TOTAL_WORD = (
    r"(?:(?:grand |net |sub[- ]?|sous[- ]|eind|over-?all )?(?:totals?|totaux|totaal|totale)"
    r"|sum|summe|zwischensumme|endsumme|gesamt|gesamtsumme|gesamtbetrag|insgesamt|somme|suma)"
)
_TOTAL = re.compile(rf"{_TOTAL_WORD}\b.*", re.IGNORECASE)
_NOTHING_BUT_TOTAL = re.compile(
    rf"{_TOTAL_WORD}(?: (?:amount|sales|revenue|net|gross|general|général|generale|all|report|umsatz|netto|brutto))*"
    r"\s*[:.=]?",
    re.IGNORECASE,
)


_TOTAL_OF = re.compile(
    rf"{_TOTAL_WORD}(?:\s+(?:for|of|für|pour|de|para|voor|van))?\s*[:–-]?\s+(\S.*)", re.IGNORECASE
)


@lru_cache(maxsize=4096)
def compact(label: str) -> str:
    """Return a label without case, accents, blanks and punctuation: 'Invoice No.' → 'invoiceno'."""
    bare = label.replace("%", " percent ").replace("#", " no ").replace("№", " no ").replace("°", "o ")
    decomposed = unicodedata.normalize("NFKD", bare.casefold().replace("ß", "ss"))
    return _NO_LETTER.sub("", "".join(char for char in decomposed if not unicodedata.combining(char)))


@lru_cache(maxsize=4096)
def label_words(label: str) -> frozenset[str]:
    """Return the single words of a label: 'OrderDate' → {'order', 'date'}."""
    return frozenset(_NO_LETTER.sub(" ", _CAMEL.sub(" ", label)).casefold().split())


def find_header(rows: Iterable[Row], known: Collection[str], *, least: int = 3) -> int | None:
    """Return the index of the first row that holds enough known labels (given compact), or None."""
    for index, row in enumerate(rows):
        if len({label for cell in row if (label := compact(cell)) in known}) >= least:
            return index
    return None


def is_total_label(text: str) -> bool:
    """Tell whether a cell announces a total: 'Total', 'Grand total', 'Summe' ..."""
    return bool(_TOTAL.fullmatch(text.strip()))


def is_nothing_but_total(text: str) -> bool:
    """Tell whether a cell says 'total' and names nobody: 'Grand total', but not 'Total Fitness Ltd'."""
    return bool(_NOTHING_BUT_TOTAL.fullmatch(text.strip()))


def total_of(text: str) -> str:
    """Return whom or what a total is of: 'Total for Ada' → 'Ada', '' where it does not say."""
    match = _TOTAL_OF.fullmatch(text.strip())
    return match[1].strip() if match else ""


def body(source: Source, sheet_index: int, header_index: int) -> Iterator[tuple[int, list[Row]]]:
    """Go through the rows below the header; a batch's number is that of its first row, from 1."""
    for first, rows in source.sheets[sheet_index].batches():
        skip = header_index + 2 - first
        if skip <= 0:
            yield first, rows
        elif skip < len(rows):
            yield first + skip, rows[skip:]


def body_columns(
    source: Source, sheet_index: int, header_index: int, width: int
) -> Iterator[tuple[int, Sequence[Sequence[str]] | None, list[Row]]]:
    """Go through the rows below the header: number, then columns where all rows are so wide, else rows."""
    sheet = source.sheets[sheet_index]
    if not isinstance(sheet, SpooledSheet):
        for first, rows in body(source, sheet_index, header_index):
            yield first, *_by_column(rows, width)
        return
    for first, content, is_columns in sheet.column_batches(width):
        skip = header_index + 2 - first
        if is_columns and skip <= 0:
            yield first, content, []
        elif is_columns:
            yield first + max(skip, 0), [column[skip:] for column in content], []
        else:
            yield first + max(skip, 0), *_by_column(content[max(skip, 0) :], width)


def _by_column(rows: list[Row], width: int) -> tuple[Sequence[Sequence[str]] | None, list[Row]]:
    if set(map(len, rows)) == {width}:
        return list(zip(*rows, strict=True)), []
    return None, rows


def reject(parsing: Parsing, row: int, cells: Row, *, field: str, message: str) -> None:
    """Leave a row out, with the reason, and keep it as it stood so that it can be mended."""
    parsing.issues.append(Issue(row, field, Severity.ERROR, message))
    parsing.rejected_rows.append((row, list(cells)))


def cell_message(label: str, row: int, error: CellError) -> str:
    """Say place, expectation, finding and remedy of a bad cell."""
    return f"Row {row}, column '{label}': {error}. Correct the cell and import the file again."


def note(parsing: Parsing, message: str, *, field: str = "") -> None:
    """Say what was understood about the whole file."""
    parsing.issues.append(Issue(0, field, Severity.NOTE, message))


def count_left_out(parsing: Parsing, what: str, count: int = 1) -> None:
    """Count rows that are no records on purpose."""
    parsing.left_out[what] = parsing.left_out.get(what, 0) + count
