"""Customers, the keys that each source knows them by, and what lists say of them."""

import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.importing.matching import same_name, unique_names

CONTACT = ("email", "phone", "city", "region", "postcode", "country")


@dataclass(frozen=True)
class CustomerMatches:
    """Which keys of a file are customers of the book already."""

    known: dict[str, int]  # key -> customer id
    linked: dict[str, int]  # key not seen before, but its name is one customer's name
    new: list[tuple[str, str]]  # key, name


def match_customers(
    connection: sqlite3.Connection, namespace: str, customers: Iterable[tuple[str, str]]
) -> CustomerMatches:
    """Find each (key, name) among the book's customers."""
    keys = dict(
        connection.execute("SELECT key, customer_id FROM customer_keys WHERE source_system = ?", (namespace,))
    )
    names = unique_names(connection.execute("SELECT id, name FROM customers"))
    matches = CustomerMatches({}, {}, [])
    for key, name in customers:
        if key in keys:
            matches.known[key] = keys[key]
        elif (found := names.get(same_name(name))) is not None:
            matches.linked[key] = found
        else:
            matches.new.append((key, name))
    return matches


def write_customers(
    connection: sqlite3.Connection, namespace: str, matches: CustomerMatches, import_id: int
) -> dict[str, int]:
    """Add the new customers and keys; return key -> customer id for all."""
    ids = matches.known | matches.linked
    following = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM customers").fetchone()[0]
    by_name: dict[
        str, int
    ] = {}  # the same name under two new keys is one customer only where the key is the name
    rows = []
    for key, name in matches.new:
        if same_name(key) == same_name(name) and (same := by_name.get(same_name(name))):
            ids[key] = same
            continue
        by_name[same_name(name)] = ids[key] = following
        rows.append((following, name, import_id))
        following += 1
    connection.executemany("INSERT INTO customers (id, name, import_id) VALUES (?, ?, ?)", rows)
    connection.executemany(
        "INSERT INTO customer_keys (source_system, key, customer_id, import_id) VALUES (?, ?, ?, ?)",
        [(namespace, key, number, import_id) for key, number in ids.items() if key not in matches.known],
    )
    return ids


def attributes_of(connection: sqlite3.Connection, source_system: str) -> set[tuple[int, str, str]]:
    """Return what a list has said so far: customer id, name, value (the newest of each name)."""
    query = """SELECT customer_id, name, value, max(import_id) FROM customer_attributes
        WHERE source_system = ? GROUP BY customer_id, name"""
    return {(number, name, value) for number, name, value, _ in connection.execute(query, (source_system,))}


def write_attributes(
    connection: sqlite3.Connection,
    rows: Sequence[tuple[int, str, str]],
    source_system: str,
    as_of: str,
    import_id: int,
) -> None:
    """Keep (customer id, name, value) as stated by one import."""
    connection.executemany(
        """INSERT OR REPLACE INTO customer_attributes (customer_id, name, value, source_system, as_of, import_id)
        VALUES (?, ?, ?, ?, ?, ?)""",
        [(number, name, value, source_system, as_of, import_id) for number, name, value in rows],
    )


def customer_names(connection: sqlite3.Connection) -> dict[int, str]:
    """Return id -> name."""
    return dict(connection.execute("SELECT id, name FROM customers"))


def customer_key_lists(connection: sqlite3.Connection) -> dict[int, list[str]]:
    """Return id -> the keys that sources know the customer by."""
    found: dict[int, list[str]] = {}
    query = "SELECT customer_id, key FROM customer_keys ORDER BY customer_id, source_system, key"
    for number, key in connection.execute(query):
        found.setdefault(number, []).append(key)
    return found


def add_note(connection: sqlite3.Connection, customer_id: int, text: str, *, author: str, at: str) -> None:
    """Keep a note on a customer."""
    connection.execute(
        "INSERT INTO customer_notes (customer_id, author, at, text) VALUES (?, ?, ?, ?)",
        (customer_id, author, at, text),
    )


def notes_of(connection: sqlite3.Connection, customer_id: int) -> list[tuple[str, str, str]]:
    """Return (at, author, text), newest first."""
    query = "SELECT at, author, text FROM customer_notes WHERE customer_id = ? ORDER BY id DESC"
    return list(connection.execute(query, (customer_id,)))
