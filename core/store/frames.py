"""What figures are made from, read from the book as plain columns of whole numbers and of text.

No joins and no rows of Python objects: two tables read side by side and brought together in memory are three
times as fast as one joined read.
"""

import sqlite3
from collections.abc import Sequence
from datetime import date
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.importing.records import DocumentKind
from core.store.items import described_names

Ints = NDArray[np.int64]

NOTHING = -(2**63)  # stands for NULL in a column of whole numbers
KINDS = tuple(DocumentKind)
_DAY = "CAST(julianday({}) - 2440587.5 AS INTEGER)"  # days since 1970, no text leaves SQLite
_KIND = " ".join(f"WHEN '{kind.value}' THEN {code}" for code, kind in enumerate(KINDS))
# Replaced versions and foreign documents without a rate are in no figure.
_COUNTED = "replaced_by IS NULL AND rate <> '?' AND date <= ?"


def document_numbers(connection: sqlite3.Connection, as_of: date) -> Ints:
    """Rows of id, customer_id (-1 none), day, kind (position in KINDS), import_id, in the order of ids."""
    query = f"""SELECT id, ifnull(customer_id, -1), {_DAY.format("date")}, CASE kind {_KIND} END, import_id
        FROM documents WHERE {_COUNTED} ORDER BY id"""  # noqa: S608 - constants of this file
    return _whole_numbers(connection, query, columns=5, parameters=(as_of.isoformat(),))


def document_texts(connection: sqlite3.Connection, as_of: date) -> list[str]:
    """The document numbers, in the order of `document_numbers`."""
    query = f"SELECT number FROM documents WHERE {_COUNTED} ORDER BY id"  # noqa: S608 - constants of this file
    return [row[0] for row in connection.execute(query, (as_of.isoformat(),))]


def unrated_count(connection: sqlite3.Connection, as_of: date) -> int:
    """How many foreign documents are left out because no rate is known."""
    query = "SELECT count(*) FROM documents WHERE replaced_by IS NULL AND rate = '?' AND date <= ?"
    count: int = connection.execute(query, (as_of.isoformat(),)).fetchone()[0]
    return count


def line_numbers(connection: sqlite3.Connection) -> Ints:
    """Rows of document_id, item_id, quantity, gross, discount, net, own cost, row; NOTHING where unknown."""
    query = f"""SELECT document_id, ifnull(item_id, -1), ifnull(quantity_millionths, {NOTHING}), gross_minor,
        discount_minor, net_minor, CASE WHEN cost_basis = 'line' AND cost_minor IS NOT NULL THEN cost_minor
        ELSE {NOTHING} END, row FROM document_lines ORDER BY id"""  # noqa: S608 - constants of this file
    return _whole_numbers(connection, query, columns=8)


def item_costs(connection: sqlite3.Connection) -> Ints:
    """Rows of item_id, first day (NOTHING: always), unit cost; a later import comes after an earlier one."""
    query = f"""SELECT item_id, CASE valid_from WHEN '' THEN {NOTHING} ELSE {_DAY.format("valid_from")} END,
        unit_cost_minor FROM item_costs ORDER BY item_id, valid_from, import_id"""  # noqa: S608 - constants of this file
    return _whole_numbers(connection, query, columns=3)


def posting_numbers(connection: sqlite3.Connection, as_of: date) -> Ints:
    """Rows of account_id, customer_id (-1 none), day, amount (debit positive), row, import_id."""
    query = f"""SELECT account_id, ifnull(customer_id, -1), {_DAY.format("date")}, amount_minor, row,
        import_id FROM postings WHERE date <= ? ORDER BY id"""  # noqa: S608 - constants of this file
    return _whole_numbers(connection, query, columns=6, parameters=(as_of.isoformat(),))


def posting_texts(connection: sqlite3.Connection, as_of: date) -> list[tuple[str, str]]:
    """Entry and memo, in the order of `posting_numbers`."""
    query = "SELECT entry, memo FROM postings WHERE date <= ? ORDER BY id"
    return connection.execute(query, (as_of.isoformat(),)).fetchall()


def customers(connection: sqlite3.Connection) -> list[tuple[int, str]]:
    """Id and name of each customer, by name and then key: the order of imports must not decide who gets a last cent."""
    query = """SELECT id, name FROM customers LEFT JOIN (
            SELECT customer_id, min(source_system || key) AS first_key FROM customer_keys GROUP BY customer_id
        ) ON customer_id = id ORDER BY name, first_key, id"""
    return connection.execute(query).fetchall()


def attributes(connection: sqlite3.Connection) -> list[tuple[int, str, str]]:
    """Customer id, attribute and value; the newest import that states an attribute comes last.

    What is known today counts for every as-of date: a list says when it was taken, not since when it holds.
    """
    query = """SELECT customer_id, name, value FROM customer_attributes WHERE value <> ''
        ORDER BY name, import_id, customer_id"""
    return connection.execute(query).fetchall()


def items(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Id, code, name and category of each item, in the order of codes: the order of import must not matter."""
    rows = connection.execute("SELECT id, code, name, category FROM items_now ORDER BY code, id").fetchall()
    told = described_names(connection, [row[0] for row in rows if not row[2]])
    return [(number, code, name or told.get(number, code), category) for number, code, name, category in rows]


def accounts(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Id, code, name, type and pool id (-1 none) of each account, in the order of codes."""
    query = """SELECT id, code, name, type, ifnull(pool_id, -1) FROM accounts
        LEFT JOIN cost_pool_accounts ON account_id = id ORDER BY code, id"""
    return connection.execute(query).fetchall()


def pools(connection: sqlite3.Connection) -> list[tuple[Any, ...]]:
    """Id, name and driver of each cost pool."""
    return connection.execute("SELECT id, name, driver FROM cost_pools ORDER BY position, id").fetchall()


def import_names(connection: sqlite3.Connection) -> dict[int, str]:
    """File name of each import."""
    return dict(connection.execute("SELECT id, file_name FROM imports").fetchall())


def basis(connection: sqlite3.Connection) -> str:
    """The accounting basis that the imports name; "" where they name none, or more than one."""
    rows = connection.execute(
        "SELECT DISTINCT basis FROM imports WHERE undone_at IS NULL AND basis <> ''"
    ).fetchall()
    return str(rows[0][0]) if len(rows) == 1 else ""


def last_day(connection: sqlite3.Connection) -> date | None:
    """Day of the latest document that counts or of the latest posting; None in an empty book."""
    query = """SELECT max(day) FROM (
        SELECT max(date) AS day FROM documents WHERE replaced_by IS NULL AND rate <> '?'
        UNION ALL SELECT max(date) FROM postings)"""
    latest: str | None = connection.execute(query).fetchone()[0]
    return date.fromisoformat(latest) if latest else None


def document_months(connection: sqlite3.Connection) -> list[str]:
    """The months of the documents that count, such as '2026-10', the earliest first."""
    query = "SELECT DISTINCT substr(date, 1, 7) FROM documents WHERE replaced_by IS NULL AND rate <> '?' ORDER BY 1"
    return [row[0] for row in connection.execute(query)]


def accepted_differences(connection: sqlite3.Connection) -> list[tuple[str, str, int, str, str]]:
    """Check, month, amount, reason and author of each difference that somebody accepted."""
    query = "SELECT check_key, period, amount_minor, reason, author FROM accepted_differences ORDER BY id"
    return connection.execute(query).fetchall()


def _whole_numbers(
    connection: sqlite3.Connection, query: str, *, columns: int, parameters: Sequence[object] = ()
) -> Ints:
    rows = connection.execute(query, parameters)
    return np.fromiter(chain.from_iterable(rows), dtype=np.int64).reshape(-1, columns)
