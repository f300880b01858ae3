"""What is wrong with a row or a file, said so that it can be mended."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How much an issue matters."""

    ERROR = "error"  # the row was left out and can be saved for mending
    WARNING = "warning"  # the row was taken, but look at it
    NOTE = "note"  # something was understood or left out on purpose


@dataclass(frozen=True)
class Issue:
    """One finding about one row (0: the whole file)."""

    row: int
    field: str
    severity: Severity
    message: str  # says what was expected, what was found and what to do
    rows: tuple[int, ...] = ()  # all rows that it is about, where they are several


@dataclass(frozen=True)
class Question:
    """Something about a column that its values do not prove; the user must answer."""

    field: str  # "date_order", "number_format", "format", "mapping" ...
    column: str
    text: str  # the question in words
    evidence: str  # what was seen, in words
    choices: tuple[str, ...]
