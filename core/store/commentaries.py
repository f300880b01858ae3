"""What the bookkeeper wrote about a month, section by section."""

import sqlite3
from typing import NamedTuple


class CommentaryRow(NamedTuple):
    """The text of one section in the report of one month, such as 2026-10."""

    period: str
    section: str
    text: str
    reviewed: int


def read_commentaries(connection: sqlite3.Connection, period: str) -> list[CommentaryRow]:
    """Return what was written about a month."""
    query = "SELECT period, section, text, reviewed FROM commentaries WHERE period = ? ORDER BY section"
    return [CommentaryRow(*row) for row in connection.execute(query, (period,))]


def write_commentary(connection: sqlite3.Connection, row: CommentaryRow) -> None:
    """Keep a text, in place of an earlier one."""
    connection.execute(
        """INSERT INTO commentaries (period, section, text, reviewed) VALUES (?, ?, ?, ?)
        ON CONFLICT (period, section) DO UPDATE SET text = excluded.text, reviewed = excluded.reviewed""",
        row,
    )


def delete_commentary(connection: sqlite3.Connection, period: str, section: str) -> bool:
    """Forget a text; say whether there was one."""
    query = "DELETE FROM commentaries WHERE period = ? AND section = ?"
    return connection.execute(query, (period, section)).rowcount > 0
