"""Digests of what a book holds: a changed byte that SQLite does not notice is noticed here."""

import hashlib
import sqlite3
from collections.abc import Sequence

BUSINESS_TABLES = (
    "settings",
    "customers",
    "customer_keys",
    "customer_attributes",
    "items",
    "item_descriptions",
    "item_keys",
    "item_costs",
    "documents",
    "document_lines",
    "foreign_lines",
    "accounts",
    "postings",
    "cost_pools",
    "cost_pool_accounts",
    "accepted_differences",
    "sign_offs",
    "schemes",
    "overrides",
    "customer_notes",
    "closes",
    "close_memberships",
    "close_figures",
)
# Everything that comes out of files; settings, schemes and closes are left out.
DATA_TABLES = BUSINESS_TABLES[1:13]
_IMPORTED = {
    "customers": "import_id = ?",
    "customer_keys": "import_id = ?",
    "customer_attributes": "import_id = ?",
    "items": "import_id = ?",
    "item_descriptions": "import_id = ?",
    "item_keys": "import_id = ?",
    "item_costs": "import_id = ?",
    "documents": "import_id = ?",
    # The plus keeps SQLite from going through the index and then sorting a million rows back into their order.
    "document_lines": "+document_id IN (SELECT id FROM documents WHERE import_id = ?)",
    "accounts": "import_id = ?",
    "postings": "import_id = ?",
}
# Which import brought a row, and which replaced it, may differ between two books with the same content;
# an account's type can be corrected by hand after its import.
_LEFT_OUT = {"import_id", "replaced_by"}
_CHUNK = 20_000


def business_digest(connection: sqlite3.Connection, tables: Sequence[str] = BUSINESS_TABLES) -> str:
    """Return a SHA-256 over every row of the business tables, in key order."""
    total = hashlib.sha256()
    for table in tables:
        _add(total, connection, table, where="", values=(), left_out=_LEFT_OUT)
    return total.hexdigest()


def import_digest(connection: sqlite3.Connection, import_id: int) -> str:
    """Return a SHA-256 over the rows that one import added."""
    total = hashlib.sha256()
    for table, condition in _IMPORTED.items():
        left_out = {"replaced_by", "type"} if table == "accounts" else {"replaced_by"}
        _add(total, connection, table, where=f" WHERE {condition}", values=(import_id,), left_out=left_out)
    return total.hexdigest()


def _add(
    total: "hashlib._Hash",
    connection: sqlite3.Connection,
    table: str,
    *,
    where: str,
    values: tuple[int, ...],
    left_out: set[str],
) -> None:
    columns = list(connection.execute(f"PRAGMA table_info({table})"))
    names = [name for _, name, *_ in columns if name not in left_out]
    kinds = {name: kind for _, name, kind, *_ in columns}
    keys = [name for _, name, _, _, _, position in sorted(columns, key=lambda column: column[5]) if position]
    total.update(f"{table}({','.join(names)})".encode())
    # Only texts can hold what stands between two values.
    row = " || ',' || ".join(
        f"ifnull({name},'~')" if kinds[name] == "INTEGER" else f"quote({name})" for name in names
    )
    query = f"SELECT {row} FROM {table}{where} ORDER BY {','.join(keys)}"  # noqa: S608 - names are from the schema
    cursor = connection.execute(query, values)
    while rows := cursor.fetchmany(_CHUNK):
        total.update("\n".join(text for (text,) in rows).encode())
