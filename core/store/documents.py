"""Documents and their lines."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

import numpy as np

from core.importing.columns import NONE, UNKNOWN, Integers
from core.importing.records import CostBasis
from core.importing.sales_stage import StagedDocument, StagedLines, StagedSales
from core.money import to_minor

_NO_RATE = "?"
_LINE_COST, _UNKNOWN_COST = CostBasis.LINE.value, CostBasis.UNKNOWN.value
_CHUNK = 20_000
_Amounts = tuple[int, int, int, int, int | None]  # gross, discount, net, tax, cost


def existing_digests(connection: sqlite3.Connection, source_system: str) -> dict[str, int]:
    """Return document key -> digest of the versions that count."""
    query = "SELECT document_key, digest FROM documents WHERE source_system = ? AND replaced_by IS NULL"
    return dict(connection.execute(query, (source_system,)))


def write_documents(
    connection: sqlite3.Connection,
    sales: StagedSales,
    chosen: Integers,
    *,
    source_system: str,
    import_id: int,
    customers: Mapping[int, int],
    items: Mapping[int, int],
    currency: str,
    exponents: Mapping[str, int],
) -> None:
    """Write the documents with these numbers, and their lines. Older versions are marked as replaced."""
    first: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM documents").fetchone()[0]
    ids = np.full(len(sales.documents), NONE, np.int64)
    ids[chosen] = np.arange(first, first + len(chosen))
    documents = [sales.documents[number] for number in chosen.tolist()]
    _replace_older(connection, source_system, documents, import_id)
    rows = (
        (
            number, import_id, source_system, document.key, document.kind, document.number, document.date,
            customers.get(document.customer), document.currency, _rate(document, currency), document.channel,
            document.digest,
        )
        for number, document in enumerate(documents, first)
    )  # fmt: skip
    connection.executemany(
        """INSERT INTO documents (id, import_id, source_system, document_key, kind, number, date, customer_id, currency,
        rate, channel, digest) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        rows,
    )
    foreign = {number for number, document in enumerate(documents, first) if document.currency != currency}
    rates = {number: _rate(documents[number - first], currency) for number in foreign}
    places = {
        number: exponents[currency] - exponents[documents[number - first].currency] for number in foreign
    }
    _write_lines(connection, sales.lines, ids, items, rates, places)


def _replace_older(
    connection: sqlite3.Connection, source_system: str, documents: Sequence[StagedDocument], import_id: int
) -> None:
    if connection.execute(
        "SELECT 1 FROM documents WHERE source_system = ? LIMIT 1", (source_system,)
    ).fetchone():
        connection.executemany(
            """UPDATE documents SET replaced_by = ? WHERE source_system = ? AND document_key = ?
            AND replaced_by IS NULL""",
            [(import_id, source_system, document.key) for document in documents],
        )


def _rate(document: StagedDocument, currency: str) -> str:
    if document.currency == currency:
        return ""
    return document.rate or _NO_RATE


def _write_lines(
    connection: sqlite3.Connection,
    lines: StagedLines,
    ids: Integers,
    items: Mapping[int, int],
    rates: Mapping[int, str],
    places: Mapping[int, int],
) -> None:
    document = ids[lines.document] if len(lines) else lines.document
    kept = np.flatnonzero(document != NONE)
    first: int = connection.execute("SELECT coalesce(max(id), 0) + 1 FROM document_lines").fetchone()[0]
    for start in range(0, len(kept), _CHUNK):
        part = kept[start : start + _CHUNK]
        rows = list(_line_rows(lines, part, document[part], items, first + start))
        if rates:
            connection.executemany(_INSERT_LINE, [_in_base(row, rates, places) for row in rows])
            connection.executemany(
                "INSERT INTO foreign_lines (line_id, net_minor, tax_minor, cost_minor) VALUES (?, ?, ?, ?)",
                [(row[0], row[8], row[9], row[10]) for row in rows if row[1] in rates],
            )
        else:
            connection.executemany(_INSERT_LINE, rows)


_INSERT_LINE = """INSERT INTO document_lines (id, document_id, row, item_id, description, quantity_millionths,
    gross_minor, discount_minor, net_minor, tax_minor, cost_minor, cost_basis)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
_LineRow = tuple[int, int, int, int | None, str, int | None, int, int, int, int, int | None, str]


def _line_rows(
    lines: StagedLines, part: Integers, documents: Integers, items: Mapping[int, int], first: int
) -> Iterator[_LineRow]:
    chosen: list[int] = part.tolist()
    cost = lines.cost[part].tolist()
    quantity = lines.quantity[part].tolist()
    return zip(
        range(first, first + len(chosen)),
        documents.tolist(),
        lines.row[part].tolist(),
        map(items.get, lines.item[part].tolist()),
        map(lines.description.__getitem__, chosen),
        (None if value == UNKNOWN else value for value in quantity),
        lines.gross[part].tolist(),
        lines.discount[part].tolist(),
        lines.net[part].tolist(),
        lines.tax[part].tolist(),
        (None if value == UNKNOWN else value for value in cost),
        (_UNKNOWN_COST if value == UNKNOWN else _LINE_COST for value in cost),
        strict=True,
    )


def _in_base(row: _LineRow, rates: Mapping[int, str], places: Mapping[int, int]) -> _LineRow:
    rate = rates.get(row[1])
    if rate is None:
        return row
    factor = Decimal(0) if rate == _NO_RATE else Decimal(rate).scaleb(places[row[1]])
    discount, net, tax = (to_minor(amount * factor, 0) for amount in row[7:10])
    cost = None if row[10] is None else to_minor(row[10] * factor, 0)
    return (*row[:6], net + discount, discount, net, tax, cost, row[11])


def remove_documents(connection: sqlite3.Connection, import_id: int) -> None:
    """Take away what an import brought; versions that it replaced count again."""
    connection.execute(
        """UPDATE documents SET replaced_by = (
            SELECT newer.replaced_by FROM documents AS newer WHERE newer.import_id = ?1
            AND newer.source_system = documents.source_system AND newer.document_key = documents.document_key)
        WHERE replaced_by = ?1""",
        (import_id,),
    )
    mine = "SELECT id FROM documents WHERE import_id = ?"
    connection.execute(
        f"DELETE FROM foreign_lines WHERE line_id IN (SELECT id FROM document_lines WHERE document_id IN ({mine}))",  # noqa: S608
        (import_id,),
    )
    connection.execute(f"DELETE FROM document_lines WHERE document_id IN ({mine})", (import_id,))  # noqa: S608
    connection.execute("DELETE FROM documents WHERE import_id = ?", (import_id,))


def months_of(connection: sqlite3.Connection, import_id: int) -> set[str]:
    """Return the months (2026-10) that an import's documents and postings fall in."""
    query = """SELECT DISTINCT substr(date, 1, 7) FROM documents WHERE import_id = ?1
        UNION SELECT DISTINCT substr(date, 1, 7) FROM postings WHERE import_id = ?1"""
    return {month for (month,) in connection.execute(query, (import_id,))}
