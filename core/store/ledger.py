"""Accounts and postings of the general ledger."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from core.importing.ledger_stage import StagedPosting
from core.importing.records import AccountType, Posting


def existing_rows(connection: sqlite3.Connection) -> set[tuple[int, int]]:
    """Return the identity of every posting: row hash and occurrence."""
    return set(connection.execute("SELECT row_hash, occurrence FROM postings"))


def write_accounts(
    connection: sqlite3.Connection, postings: Iterable[Posting], import_id: int
) -> dict[str, int]:
    """Add the accounts that are new; return code -> account id. A type that was not known is learned."""
    known: dict[str, tuple[int, str]] = {
        code: (number, kind)
        for number, code, kind in connection.execute("SELECT id, code, type FROM accounts")
    }
    first: dict[str, Posting] = {}
    for posting in postings:
        first.setdefault(posting.account, posting)
    for code, posting in first.items():
        if code not in known:
            row = (code, posting.account_name or code, posting.account_type, import_id)
            cursor = connection.execute(
                "INSERT INTO accounts (code, name, type, import_id) VALUES (?, ?, ?, ?)", row
            )
            known[code] = (int(cursor.lastrowid or 0), posting.account_type)
        elif known[code][1] == AccountType.UNKNOWN != posting.account_type:
            set_account_type(connection, known[code][0], posting.account_type)
    return {code: number for code, (number, _) in known.items()}


def set_account_type(connection: sqlite3.Connection, account_id: int, account_type: str) -> None:
    """Say what an account holds."""
    connection.execute("UPDATE accounts SET type = ? WHERE id = ?", (account_type, account_id))


def write_postings(
    connection: sqlite3.Connection,
    staged: Sequence[StagedPosting],
    *,
    accounts: Mapping[str, int],
    customers: Mapping[str, int],
    import_id: int,
) -> None:
    """Write the postings."""
    connection.executemany(
        """INSERT INTO postings (import_id, row, date, account_id, entry, customer_id, memo, amount_minor, row_hash,
        occurrence) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (
                import_id, one.posting.row, one.posting.date, accounts[one.posting.account], one.posting.entry,
                customers.get(one.posting.customer), one.posting.memo, one.posting.amount_minor, one.row_hash,
                one.occurrence,
            )
            for one in staged
        ),
    )  # fmt: skip


def accounts(connection: sqlite3.Connection) -> list[tuple[int, str, str, str]]:
    """Return every account: id, code, name, type."""
    return list(connection.execute("SELECT id, code, name, type FROM accounts ORDER BY code"))
