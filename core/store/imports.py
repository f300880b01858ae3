"""The imports of a book, their issues, and the mappings that are remembered."""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from core.importing.issue import Issue, Severity


@dataclass(frozen=True)
class StoredImport:
    """One import as the book keeps it."""

    id: int
    format: str
    source_system: str
    file_name: str
    sha256: str
    size: int
    imported_at: str
    undone_at: str | None
    basis: str
    mapping: Mapping[str, Mapping[str, str]]
    totals: Mapping[str, object]
    row_digest: str


_NAMES = tuple(StoredImport.__dataclass_fields__)
_COLUMNS = ", ".join(_NAMES)


def next_import_id(connection: sqlite3.Connection) -> int:
    """Return the id that the next import gets."""
    number: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM imports").fetchone()[0]
    return number


def write_import(connection: sqlite3.Connection, stored: StoredImport, issues: Iterable[Issue]) -> None:
    """Keep an import with its issues."""
    connection.execute(
        f"INSERT INTO imports ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",  # noqa: S608 - own columns
        (
            stored.id, stored.format, stored.source_system, stored.file_name, stored.sha256, stored.size,
            stored.imported_at, stored.undone_at, stored.basis, json.dumps(stored.mapping), json.dumps(stored.totals),
            stored.row_digest,
        ),
    )  # fmt: skip
    connection.executemany(
        "INSERT INTO import_issues (import_id, row, field, severity, message) VALUES (?, ?, ?, ?, ?)",
        [(stored.id, issue.row, issue.field, issue.severity.value, issue.message) for issue in issues],
    )


def set_row_digest(connection: sqlite3.Connection, import_id: int, digest: str) -> None:
    """Keep the digest of the rows that an import added."""
    connection.execute("UPDATE imports SET row_digest = ? WHERE id = ?", (digest, import_id))


def read_imports(connection: sqlite3.Connection) -> list[StoredImport]:
    """Return all imports, the newest first."""
    rows = connection.execute(f"SELECT {_COLUMNS} FROM imports ORDER BY id DESC")  # noqa: S608 - own columns
    return [_stored(row) for row in rows]


def _stored(row: tuple[Any, ...]) -> StoredImport:
    values = dict(zip(_NAMES, row, strict=True))
    return StoredImport(**values | {name: json.loads(values[name]) for name in ("mapping", "totals")})


def read_issues(connection: sqlite3.Connection, import_id: int) -> list[Issue]:
    """Return the issues of one import."""
    query = "SELECT row, field, severity, message FROM import_issues WHERE import_id = ? ORDER BY id"
    rows = connection.execute(query, (import_id,))
    return [Issue(row, field, Severity(severity), message) for row, field, severity, message in rows]


def mark_undone(connection: sqlite3.Connection, import_id: int, at: str) -> None:
    """Keep that an import was taken back."""
    connection.execute("UPDATE imports SET undone_at = ? WHERE id = ?", (at, import_id))


def remember_mapping(connection: sqlite3.Connection, fingerprint: str, format_key: str, mapping: str) -> None:
    """Keep a mapping (JSON) for files with this header."""
    connection.execute(
        "INSERT OR REPLACE INTO column_mappings (fingerprint, format, mapping) VALUES (?, ?, ?)",
        (fingerprint, format_key, mapping),
    )


def remembered_mapping(connection: sqlite3.Connection, fingerprint: str) -> tuple[str, str] | None:
    """Return (format, mapping as JSON) for files with this header."""
    query = "SELECT format, mapping FROM column_mappings WHERE fingerprint = ?"
    found: tuple[str, str] | None = connection.execute(query, (fingerprint,)).fetchone()
    return found
