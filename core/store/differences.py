"""Differences that somebody accepted with a reason, and months that somebody signed off."""

import sqlite3
from collections.abc import Sequence
from typing import NamedTuple


class AcceptedRow(NamedTuple):
    """A difference of one check in one month, in minor units."""

    check_key: str
    period: str
    amount_minor: int
    reason: str
    author: str
    at: str


class SignOffRow(NamedTuple):
    """A month that was signed off; summary is JSON."""

    period: str
    author: str
    at: str
    summary: str


def replace_accepted(connection: sqlite3.Connection, rows: Sequence[AcceptedRow]) -> None:
    """Keep accepted differences, in place of earlier ones of the same check and month."""
    connection.executemany(
        "DELETE FROM accepted_differences WHERE check_key = ? AND period = ?",
        [(row.check_key, row.period) for row in rows],
    )
    connection.executemany(
        """INSERT INTO accepted_differences (check_key, period, amount_minor, reason, author, at)
        VALUES (?, ?, ?, ?, ?, ?)""",
        rows,
    )


def read_accepted(connection: sqlite3.Connection) -> list[AcceptedRow]:
    """Return what was accepted, the oldest first."""
    query = "SELECT check_key, period, amount_minor, reason, author, at FROM accepted_differences ORDER BY id"
    return [AcceptedRow(*row) for row in connection.execute(query)]


def delete_accepted(connection: sqlite3.Connection, check_key: str, periods: Sequence[str]) -> int:
    """Forget accepted differences of a check; return how many there were."""
    found = connection.executemany(
        "DELETE FROM accepted_differences WHERE check_key = ? AND period = ?",
        [(check_key, period) for period in periods],
    )
    return found.rowcount


def write_sign_off(connection: sqlite3.Connection, row: SignOffRow) -> None:
    """Keep a sign-off, in place of an earlier one of the month."""
    connection.execute(
        "INSERT OR REPLACE INTO sign_offs (period, author, at, summary) VALUES (?, ?, ?, ?)", row
    )


def read_sign_offs(connection: sqlite3.Connection) -> list[SignOffRow]:
    """Return the sign-offs, the earliest month first."""
    query = "SELECT period, author, at, summary FROM sign_offs ORDER BY period"
    return [SignOffRow(*row) for row in connection.execute(query)]
