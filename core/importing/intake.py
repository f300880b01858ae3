"""A parsed file compared with the book: what will be added, and how it is written."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from core.importing.issue import Issue
from core.importing.totals import ControlTotals
from core.store.connection import Connection


class RowStatus(StrEnum):
    """What happens to a row of the file."""

    NEW = "new"
    SAME = "already there"
    CHANGED = "changed"


STATUSES = tuple(RowStatus)


@dataclass(frozen=True)
class PreviewRow:
    """One row of the file and what happens to it."""

    row: int
    date: str
    number: str
    customer: str
    item: str
    amount: str
    status: RowStatus


class Intake(Protocol):
    """Everything one file will add to one book. Nothing is written before `write`."""

    added: ControlTotals  # what will be added
    whole: ControlTotals  # the whole file, with what is there already
    issues: list[Issue]

    def statuses(self) -> Counter[RowStatus]:
        """Count the file's documents or rows by what happens to them."""

    def rows(self) -> Iterator[PreviewRow]:
        """Yield the rows that were understood, in the order of the file."""

    def write(self, connection: Connection, import_id: int) -> None:
        """Write what is new or changed, inside the caller's transaction."""
