"""Closed months: what was frozen when a month was closed."""

import sqlite3
from collections.abc import Iterable
from typing import NamedTuple


class CloseRow(NamedTuple):
    """A closed month; settings are JSON."""

    id: int
    month: str
    closed_at: str
    author: str
    settings: str
    data_digest: str


class FrozenMember(NamedTuple):
    """Where a customer belonged in one scheme."""

    scheme_key: str
    customer_id: int
    segment: str
    origin: str
    why: str


class FrozenFigure(NamedTuple):
    """A customer's figures in minor units, for the period that the close's settings name."""

    customer_id: int
    net_revenue_minor: int
    contribution_minor: int | None


def read_closes(connection: sqlite3.Connection) -> list[CloseRow]:
    """Return the closed months, the earliest first."""
    query = "SELECT id, month, closed_at, author, settings, data_digest FROM closes ORDER BY month"
    return [CloseRow(*row) for row in connection.execute(query)]


def write_close(
    connection: sqlite3.Connection,
    month: str,
    *,
    closed_at: str,
    author: str,
    settings: str,
    data_digest: str,
) -> int:
    """Add a closed month and return its id."""
    cursor = connection.execute(
        "INSERT INTO closes (month, closed_at, author, settings, data_digest) VALUES (?, ?, ?, ?, ?)",
        (month, closed_at, author, settings, data_digest),
    )
    assert cursor.lastrowid is not None
    return cursor.lastrowid


def write_frozen(
    connection: sqlite3.Connection,
    close_id: int,
    members: Iterable[FrozenMember],
    figures: Iterable[FrozenFigure],
) -> None:
    """Freeze memberships and figures of a close."""
    connection.executemany(
        """INSERT INTO close_memberships (close_id, scheme_key, customer_id, segment, origin, why)
        VALUES (?, ?, ?, ?, ?, ?)""",
        ((close_id, *member) for member in members),
    )
    connection.executemany(
        """INSERT INTO close_figures (close_id, customer_id, net_revenue_minor, contribution_minor)
        VALUES (?, ?, ?, ?)""",
        ((close_id, *figure) for figure in figures),
    )


def delete_close(connection: sqlite3.Connection, close_id: int) -> None:
    """Forget a close with all that it froze."""
    connection.execute("DELETE FROM closes WHERE id = ?", (close_id,))


def read_frozen_members(connection: sqlite3.Connection, close_id: int, scheme_key: str) -> list[FrozenMember]:
    """Return where customers belonged in a scheme when the month was closed."""
    query = """SELECT scheme_key, customer_id, segment, origin, why FROM close_memberships
        WHERE close_id = ? AND scheme_key = ? ORDER BY customer_id"""
    return [FrozenMember(*row) for row in connection.execute(query, (close_id, scheme_key))]


def read_frozen_figures(connection: sqlite3.Connection, close_id: int) -> list[FrozenFigure]:
    """Return the customers' figures when the month was closed."""
    query = """SELECT customer_id, net_revenue_minor, contribution_minor FROM close_figures
        WHERE close_id = ? ORDER BY customer_id"""
    return [FrozenFigure(*row) for row in connection.execute(query, (close_id,))]
