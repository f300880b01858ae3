"""A file, already read once into sheets and numbered rows."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol


class TypedText(str):
    """The text of a cell that was a number or a date in the workbook: never in doubt.

    Numbers are plain decimals ("1234.5"), dates ISO ("2026-10-31").
    """

    __slots__ = ()


Row = list[str]
Batch = tuple[int, list[Row]]  # number of the first row (from 1), rows; a row's cells are text, "" is empty


class Sheet(Protocol):
    """One table of a file; its rows can be gone through more than once."""

    name: str
    row_count: int

    def head(self, count: int) -> list[Row]:
        """Return the first rows."""

    def batches(self) -> Iterator[Batch]:
        """Go through all rows in order, some thousand at a time."""


@dataclass(frozen=True)
class Source:
    """What reading a file gave; importers see nothing else."""

    path: Path
    sha256: str
    size: int
    container: str  # "csv" or "xlsx"
    encoding: str  # "utf-8", "windows-1252"; "" for a workbook
    delimiter: str
    sheets: tuple[Sheet, ...]
    notes: tuple[str, ...] = field(default=())  # e.g. control characters were removed
