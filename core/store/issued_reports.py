"""The reports that were handed to the client, as they were."""

import sqlite3
from typing import NamedTuple


class IssuedRow(NamedTuple):
    """One report that was issued; the content is its text with every figure."""

    id: int
    period: str
    issued_at: str
    author: str
    content: str
    data_digest: str
    pdf_sha256: str
    xlsx_sha256: str


_COLUMNS = ", ".join(IssuedRow._fields)


def read_issued(connection: sqlite3.Connection, period: str | None = None) -> list[IssuedRow]:
    """Return what was issued, the newest first; for one month if it is named."""
    query = f"SELECT {_COLUMNS} FROM issued_reports WHERE ?1 IS NULL OR period = ?1 ORDER BY id DESC"  # noqa: S608 - own columns
    return [IssuedRow(*row) for row in connection.execute(query, (period,))]


def write_issued(connection: sqlite3.Connection, row: IssuedRow) -> int:
    """Keep a report (its id is given by the book) and return its id."""
    cursor = connection.execute(
        """INSERT INTO issued_reports
        (period, issued_at, author, content, data_digest, pdf_sha256, xlsx_sha256)
        VALUES (?, ?, ?, ?, ?, ?, ?)""",
        row[1:],
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid
