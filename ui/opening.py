"""What is read of a book before its figures: settings, the usual period, and whether it can be changed."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from core.period import Period

if TYPE_CHECKING:
    from core.store.book import Book


@dataclass(frozen=True)
class Opened:
    """A book that is open."""

    book: "Book"
    settings: Mapping[str, str]
    period: Period  # the usual one: 12 months to the latest month with documents
    read_only_reason: str = ""

    @staticmethod
    def at(path: Path) -> "Opened":
        """Open a book. A new one gets the ready-made schemes. Raises BookError."""
        from core.store.book import open_book
        from core.usecases.segments import ensure_ready_made

        book = open_book(path)
        if not book.read_only:
            ensure_ready_made(book)
        return Opened.again(book)

    @staticmethod
    def again(book: "Book") -> "Opened":
        """Look at an open book again, after a change."""
        from core.analysis.facts import default_period
        from core.usecases.books import settings_of

        return Opened(book, settings_of(book), default_period(book)[0], read_only_reason(book))


def read_only_reason(book: "Book") -> str:
    """Why nothing can be changed in this book; empty where it can."""
    if not book.read_only:
        return ""
    if book.held_by is not None:
        return f"Read-only: {book.held_by.sentence} Close it there to make changes here."
    return "This book is open read-only; nothing can be changed in it here."


def new_book_at(path: Path, *, client: str, currency: str, year_start: int) -> Opened:
    """Make a client's book and open it. Raises UserError."""
    from core.usecases.books import new_book

    new_book(path, client=client, currency=currency, year_start=year_start).close()
    return Opened.at(path)
