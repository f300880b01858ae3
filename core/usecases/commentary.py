"""The bookkeeper's own words in the report of a month; they stay when the report is made again."""

from dataclasses import dataclass

from core.errors import UsageError
from core.period import Period
from core.store import events
from core.store.book import Book
from core.store.commentaries import (
    CommentaryRow,
    delete_commentary,
    read_commentaries,
    write_commentary,
)

LONGEST = 4_000  # characters: about a page


@dataclass(frozen=True)
class Commentary:
    """The text of one section; an empty one keeps what was generated and says whether it was reviewed."""

    section: str
    text: str
    reviewed: bool = False


def commentaries_of(book: Book, month: Period) -> dict[str, Commentary]:
    """Return what was written about a month, by section."""
    rows = read_commentaries(book.connection, month.key)
    return {row.section: Commentary(row.section, row.text, bool(row.reviewed)) for row in rows}


def save_commentary(
    book: Book, month: Period, section: str, text: str, *, reviewed: bool = False, author: str = ""
) -> Commentary:
    """Keep the text of a section and whether it was reviewed; without either, nothing is kept.

    Raises UsageError for a text that is longer than a page.
    """
    kept = Commentary(section, text.strip(), reviewed)
    if len(kept.text) > LONGEST:
        message = f"The text has {len(kept.text):,} characters; a page holds {LONGEST:,}. Shorten it."
        raise UsageError(message)
    detail = {"month": month.key, "section": section, "reviewed": reviewed}
    with book.transaction() as connection:
        if not kept.text and not reviewed:
            if delete_commentary(connection, month.key, section):
                events.append(connection, "commentary removed", detail, actor=author)
            return kept
        write_commentary(connection, CommentaryRow(month.key, section, kept.text, int(reviewed)))
        events.append(connection, "commentary saved", detail, actor=author)
    return kept
