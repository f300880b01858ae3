"""Schemes and what was moved by hand, as the book keeps them."""

import sqlite3
from typing import NamedTuple


class SchemeRow(NamedTuple):
    """A scheme; the definition is JSON."""

    key: str
    name: str
    method: str
    definition: str
    version: int
    position: int


class OverrideRow(NamedTuple):
    """A customer moved by hand; days are ISO."""

    scheme_key: str
    customer_id: int
    segment: str
    reason: str
    author: str
    created: str
    expires: str | None


def read_schemes(connection: sqlite3.Connection) -> list[SchemeRow]:
    """Return every scheme in its order."""
    query = "SELECT key, name, method, definition, version, position FROM schemes ORDER BY position, key"
    return [SchemeRow(*row) for row in connection.execute(query)]


def write_scheme(connection: sqlite3.Connection, scheme: SchemeRow) -> None:
    """Keep a scheme, in place of the one with this key."""
    connection.execute(
        """INSERT INTO schemes (key, name, method, definition, version, position) VALUES (?, ?, ?, ?, ?, ?)
        ON CONFLICT (key) DO UPDATE SET name = excluded.name, method = excluded.method,
        definition = excluded.definition, version = excluded.version, position = excluded.position""",
        scheme,
    )


def delete_scheme(connection: sqlite3.Connection, key: str) -> None:
    """Forget a scheme and what was moved by hand in it."""
    connection.execute("DELETE FROM overrides WHERE scheme_key = ?", (key,))
    connection.execute("DELETE FROM schemes WHERE key = ?", (key,))


def read_overrides(connection: sqlite3.Connection, scheme_key: str | None = None) -> list[OverrideRow]:
    """Return who was moved by hand, the oldest first; in one scheme if it is named."""
    query = """SELECT scheme_key, customer_id, segment, reason, author, created, expires FROM overrides
        WHERE ?1 IS NULL OR scheme_key = ?1 ORDER BY created, id"""
    return [OverrideRow(*row) for row in connection.execute(query, (scheme_key,))]


def write_override(connection: sqlite3.Connection, override: OverrideRow) -> None:
    """Move a customer by hand, in place of an earlier move in this scheme."""
    connection.execute(
        """INSERT INTO overrides (scheme_key, customer_id, segment, reason, author, created, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (scheme_key, customer_id) DO UPDATE SET
        segment = excluded.segment, reason = excluded.reason, author = excluded.author,
        created = excluded.created, expires = excluded.expires""",
        override,
    )


def delete_override(connection: sqlite3.Connection, scheme_key: str, customer_id: int) -> bool:
    """Let the rules decide again; say whether there was anything to take back."""
    query = "DELETE FROM overrides WHERE scheme_key = ? AND customer_id = ?"
    return connection.execute(query, (scheme_key, customer_id)).rowcount > 0


def has_customer(connection: sqlite3.Connection, customer_id: int) -> bool:
    """Say whether this customer is in the book."""
    return connection.execute("SELECT 1 FROM customers WHERE id = ?", (customer_id,)).fetchone() is not None
