"""Remember how the columns of a table were mapped, so that the next export of its kind needs no answers."""

import json

from core.store.book import Book
from core.store.imports import remember_mapping, remembered_mapping


def remember(book: Book, fingerprint: str, format_key: str, mapping: str) -> None:
    """Keep a mapping (JSON) for files with this header."""
    if remembered_mapping(book.connection, fingerprint) != (format_key, mapping):
        with book.transaction() as connection:
            remember_mapping(connection, fingerprint, format_key, mapping)


def recall_mapping(book: Book, fingerprint: str) -> tuple[str, object] | None:
    """Return (format, mapping as read from JSON) for files with this header."""
    found = remembered_mapping(book.connection, fingerprint)
    return (found[0], json.loads(found[1])) if found else None
