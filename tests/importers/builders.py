"""Sheets and sources in memory, for tests of importers."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from core.importing.source import Batch, Row, Source


@dataclass
class SheetInMemory:
    """A sheet whose rows are given; it hands them out in small batches, as a file would in large ones."""

    rows: list[Row]
    name: str = "Sheet1"
    batch_size: int = 7
    row_count: int = field(init=False)

    def __post_init__(self) -> None:
        self.row_count = len(self.rows)

    def head(self, count: int) -> list[Row]:
        return self.rows[:count]

    def batches(self) -> Iterator[Batch]:
        for start in range(0, len(self.rows), self.batch_size):
            yield start + 1, self.rows[start : start + self.batch_size]


def source_of(*sheets: SheetInMemory, container: str = "csv") -> Source:
    encoding, delimiter = ("utf-8", ",") if container == "csv" else ("", "")
    return Source(Path("any.name"), "0" * 64, 1, container, encoding, delimiter, tuple(sheets))


def csv_source(text: str) -> Source:
    """Read CSV text as a file's bytes would be read: every cell as text, blank lines kept."""
    return source_of(SheetInMemory([list(row) for row in csv.reader(io.StringIO(text))]))


def workbook_source(rows: list[Row]) -> Source:
    return source_of(SheetInMemory(rows), container="xlsx")
