"""The append-only event log: who did what when, each row sealed with the hash of the one before."""

import hashlib
import json
import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from getpass import getuser

_FIRST = "0" * 64


@dataclass(frozen=True)
class Event:
    """One thing that was done."""

    id: int
    at: str
    actor: str
    action: str
    detail: Mapping[str, object]


def now() -> str:
    """Return the moment as it is stored: UTC, ISO, whole seconds."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def user_name() -> str:
    """Return who is signed in on this computer."""
    try:
        return getuser()
    except (OSError, KeyError):
        return "unknown"


def append(
    connection: sqlite3.Connection,
    action: str,
    detail: Mapping[str, object],
    *,
    actor: str = "",
    at: str | None = None,
) -> None:
    """Add an event; call it inside the transaction that does the thing."""
    last = connection.execute("SELECT hash FROM events ORDER BY id DESC LIMIT 1").fetchone()
    previous = last[0] if last else _FIRST
    row = (at or now(), actor or user_name(), action, json.dumps(detail, sort_keys=True, ensure_ascii=False))
    connection.execute(
        "INSERT INTO events (at, actor, action, detail, previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?)",
        (*row, previous, _seal(previous, row)),
    )


def events(connection: sqlite3.Connection, limit: int = 1000) -> list[Event]:
    """Return the newest events first."""
    rows = connection.execute(
        "SELECT id, at, actor, action, detail FROM events ORDER BY id DESC LIMIT ?", (limit,)
    )
    return [
        Event(number, at, actor, action, json.loads(detail)) for number, at, actor, action, detail in rows
    ]


def broken_links(connection: sqlite3.Connection) -> list[int]:
    """Return the ids of events whose seal does not fit."""
    broken, previous = [], _FIRST
    query = "SELECT id, at, actor, action, detail, previous_hash, hash FROM events ORDER BY id"
    for number, at, actor, action, detail, stated_previous, stated in connection.execute(query):
        if stated_previous != previous or stated != _seal(previous, (at, actor, action, detail)):
            broken.append(number)
        previous = stated
    return broken


def _seal(previous: str, row: tuple[str, str, str, str]) -> str:
    return hashlib.sha256("\x1f".join((previous, *row)).encode()).hexdigest()
