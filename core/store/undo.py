"""Taking an import back: what it alone brought goes, what others use stays."""

import sqlite3

from core.store.digest import import_digest
from core.store.documents import remove_documents
from core.store.imports import set_row_digest

_OWN = ("postings", "customer_attributes", "item_costs", "item_descriptions")
# Shared rows, and where (table, column) anybody else may use them.
_USERS = {
    "accounts": (("postings", "account_id"), ("cost_pool_accounts", "account_id")),
    "items": (("document_lines", "item_id"), ("item_costs", "item_id"), ("item_descriptions", "item_id")),
    "customers": (
        ("documents", "customer_id"),
        ("postings", "customer_id"),
        ("customer_attributes", "customer_id"),
        ("overrides", "customer_id"),
        ("customer_notes", "customer_id"),
        ("close_memberships", "customer_id"),
        ("close_figures", "customer_id"),
    ),
}
_KEYS = {"items": ("item_keys", "item_id"), "customers": ("customer_keys", "customer_id")}


def remove_import_rows(connection: sqlite3.Connection, import_id: int) -> None:
    """Delete the rows of an import. Customers, items and accounts that others use pass to the next import."""
    remove_documents(connection, import_id)
    for table in _OWN:
        connection.execute(f"DELETE FROM {table} WHERE import_id = ?", (import_id,))  # noqa: S608 - names from above
    heirs: set[int] = set()
    for table in _USERS:
        heirs |= _pass_on(connection, table, import_id)
    for heir in heirs:
        set_row_digest(connection, heir, import_digest(connection, heir))


def _pass_on(connection: sqlite3.Connection, table: str, import_id: int) -> set[int]:
    """Delete the unused rows of a shared table with their keys; hand the used ones to the import that uses them."""
    # A NULL among the values would make NOT IN unknown, and so keep everything.
    used = " OR ".join(
        f"{table}.id IN (SELECT {column} FROM {other} WHERE {column} IS NOT NULL)"  # noqa: S608 - names from above
        for other, column in _USERS[table]
    )
    keys = _KEYS.get(table)
    if keys:
        # A key that this import taught stays only with a row that others use and know by that key.
        connection.execute(
            f"""DELETE FROM {keys[0]} WHERE import_id = ?1 AND {keys[1]} IN
            (SELECT id FROM {table} WHERE import_id <> ?1 OR NOT ({used}))""",  # noqa: S608
            (import_id,),
        )
        used += f" OR {table}.id IN (SELECT {keys[1]} FROM {keys[0]} WHERE import_id <> {import_id:d})"  # noqa: S608
    connection.execute(f"DELETE FROM {table} WHERE import_id = ? AND NOT ({used})", (import_id,))  # noqa: S608
    return _inherit(connection, table, keys, import_id)


def _inherit(
    connection: sqlite3.Connection, table: str, keys: tuple[str, str] | None, import_id: int
) -> set[int]:
    left = connection.execute(f"SELECT count(*) FROM {table} WHERE import_id = ?", (import_id,)).fetchone()[0]  # noqa: S608
    if not left:
        return set()
    query = "SELECT id FROM imports WHERE undone_at IS NULL AND id <> ? ORDER BY id LIMIT 1"
    heir = connection.execute(query, (import_id,)).fetchone()
    if heir is None:
        return set()
    for name in (table, *(keys[:1] if keys else ())):
        connection.execute(f"UPDATE {name} SET import_id = ? WHERE import_id = ?", (heir[0], import_id))  # noqa: S608
    return {heir[0]}
