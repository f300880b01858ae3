"""Items, the codes and names they are known by, and their dated costs."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from core.importing.matching import same_name
from core.importing.records import ItemCost


def match_items(connection: sqlite3.Connection, keys: Iterable[str]) -> dict[str, int]:
    """Return key -> item id for the codes and names that the book knows."""
    known = dict(connection.execute("SELECT key, item_id FROM item_keys"))
    return {key: known[same_name(key)] for key in keys if same_name(key) in known}


def write_items(
    connection: sqlite3.Connection, items: Iterable[tuple[str, str, str]], import_id: int
) -> dict[str, int]:
    """Add the items of documents that are new (key, name or "", category); return key -> item id for all."""
    items = list(items)
    ids = match_items(connection, (key for key, _, _ in items))
    following = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM items").fetchone()[0]
    compared: dict[str, int] = {}
    for key, name, category in items:
        if key in ids:
            continue
        number = compared.get(same_name(key))
        if number is None:
            number = compared[same_name(key)] = following
            following += 1
            connection.execute(
                "INSERT INTO items VALUES (?, ?, ?, ?, ?)", (number, key, name, category, import_id)
            )
            _add_keys(connection, number, (key,), import_id)
        ids[key] = number
    return ids


def write_item_list(
    connection: sqlite3.Connection, records: Iterable[ItemCost], import_id: int, today: str
) -> tuple[int, int]:
    """Take an item list in; return how many rows said something new and how many were there already.

    A changed cost without a date of its own holds from today: it never rewrites the margin of past sales.
    """
    added = 0
    unchanged = 0
    for record in records:
        number, new = _find_or_make(connection, record, import_id)
        if _describe(connection, number, record, import_id, new=new) | _cost(
            connection, number, record, import_id, today
        ):
            added += 1
        else:
            unchanged += 1
    return added, unchanged


def _find_or_make(connection: sqlite3.Connection, record: ItemCost, import_id: int) -> tuple[int, bool]:
    number = _known_by(connection, record.code) or _known_by(connection, record.name)
    if number is not None:
        _add_keys(connection, number, (record.code, record.name), import_id)
        return number, False
    following: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM items").fetchone()[0]
    # What the list says goes with the list; the item stays where sales use it.
    connection.execute("INSERT INTO items VALUES (?, ?, '', '', ?)", (following, record.code, import_id))
    _add_keys(connection, following, (record.code, record.name), import_id)
    return following, True


def _known_by(connection: sqlite3.Connection, key: str) -> int | None:
    query = "SELECT item_id FROM item_keys WHERE key = ?"
    found: tuple[int] | None = connection.execute(query, (same_name(key),)).fetchone()
    return found[0] if found else None


def _add_keys(connection: sqlite3.Connection, number: int, keys: Iterable[str], import_id: int) -> None:
    connection.executemany(
        "INSERT OR IGNORE INTO item_keys (key, item_id, import_id) VALUES (?, ?, ?)",
        [(same_name(key), number, import_id) for key in keys if key],
    )


def _describe(
    connection: sqlite3.Connection, number: int, record: ItemCost, import_id: int, *, new: bool
) -> bool:
    # The view items_now would look at all items for each one.
    query = """SELECT coalesce(said.code, items.code), coalesce(said.name, items.name),
            coalesce(nullif(said.category, ''), items.category)
        FROM items LEFT JOIN item_descriptions AS said ON said.item_id = items.id AND said.import_id =
            (SELECT max(import_id) FROM item_descriptions WHERE item_id = items.id)
        WHERE items.id = ?"""
    now = connection.execute(query, (number,)).fetchone()
    if now == (record.code, record.name, record.category):
        return new
    connection.execute(
        "INSERT OR REPLACE INTO item_descriptions (item_id, code, name, category, import_id) VALUES (?, ?, ?, ?, ?)",
        (number, record.code, record.name, record.category, import_id),
    )
    return True


def _cost(connection: sqlite3.Connection, number: int, record: ItemCost, import_id: int, today: str) -> bool:
    if record.unit_cost_minor is None:
        return False
    costs = connection.execute(
        "SELECT valid_from, unit_cost_minor FROM item_costs WHERE item_id = ? ORDER BY valid_from, import_id",
        (number,),
    ).fetchall()
    if record.valid_from == "" and costs:
        if costs[-1][1] == record.unit_cost_minor:
            return False
        valid_from = max(today, costs[-1][0])
    else:
        valid_from = record.valid_from
        if (valid_from, record.unit_cost_minor) in costs:
            return False
    connection.execute(
        "INSERT OR REPLACE INTO item_costs (item_id, valid_from, unit_cost_minor, import_id) VALUES (?, ?, ?, ?)",
        (number, valid_from, record.unit_cost_minor, import_id),
    )
    return True


def described_names(connection: sqlite3.Connection, items: Sequence[int]) -> dict[int, str]:
    """Return item id -> what most lines that sold it say, for items of which only a code is known.

    Worked out from the lines each time, so that neither the order of rows nor that of imports matters;
    of descriptions that are said as often, the longest counts, then the first by alphabet.
    """
    if not items:
        return {}
    query = """SELECT item_id, description FROM document_lines WHERE description <> ''
        AND item_id IN (SELECT value FROM json_each(?))
        AND document_id NOT IN (SELECT id FROM documents WHERE replaced_by IS NOT NULL)
        GROUP BY item_id, description
        ORDER BY item_id, count(*), length(description), description DESC"""
    return dict(
        connection.execute(query, (json.dumps(list(items)),)).fetchall()
    )  # the last of an item counts


def stated_items(connection: sqlite3.Connection) -> dict[str, tuple[str, dict[str, int]]]:
    """Return compared key -> (category, {valid from: unit cost}) for every item."""
    costs: dict[int, dict[str, int]] = {}
    query = "SELECT item_id, valid_from, unit_cost_minor FROM item_costs ORDER BY import_id"
    for number, valid_from, cost in connection.execute(query):
        costs.setdefault(number, {})[valid_from] = cost
    query = "SELECT key, item_id, category FROM item_keys JOIN items_now ON items_now.id = item_id"
    return {key: (category, costs.get(number, {})) for key, number, category in connection.execute(query)}
