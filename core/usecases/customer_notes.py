"""Notes on customers, in the bookkeeper's own words."""

from dataclasses import dataclass

from core.errors import NotFound, UsageError
from core.store import events
from core.store.book import Book
from core.store.customers import add_note, notes_of
from core.store.segments import has_customer


@dataclass(frozen=True)
class Note:
    """A note on a customer."""

    at: str
    author: str
    text: str


def write_note(book: Book, customer_id: int, text: str, *, author: str = "", at: str | None = None) -> Note:
    """Keep a note on a customer. Raises NotFound, UsageError for an empty one."""
    if not text.strip():
        raise UsageError("Write something into the note.")
    if not has_customer(book.connection, customer_id):
        raise NotFound(f"There is no customer {customer_id} in this book.")
    note = Note(at or events.now(), author.strip() or events.user_name(), text.strip())
    with book.transaction() as connection:
        add_note(connection, customer_id, note.text, author=note.author, at=note.at)
        events.append(connection, "note added", {"customer_id": customer_id}, actor=note.author, at=note.at)
    return note


def list_notes(book: Book, customer_id: int) -> list[Note]:
    """Return the notes on a customer, the newest first."""
    return [Note(*row) for row in notes_of(book.connection, customer_id)]
