"""Sign a month off: somebody has reviewed its checks, and nothing is left unexplained."""

import json
from dataclasses import dataclass

from core.analysis.tie_out_result import Result, TieOut
from core.errors import UsageError
from core.period import Period, parse_period
from core.store import differences as store
from core.store import events
from core.store.book import Book
from core.store.digest import DATA_TABLES, business_digest


@dataclass(frozen=True)
class SignOff:
    """A month that was signed off; `data_digest` tells whether the data has changed since."""

    month: Period
    author: str
    at: str
    agreed: int
    checks: int
    data_digest: str


def sign_off(book: Book, month: Period, tie_out: TieOut, *, author: str, at: str | None = None) -> SignOff:
    """Sign a month off on what its tie-out shows. Raises UsageError while something is unexplained."""
    if not author.strip():
        raise UsageError("A month is signed off with the name of who reviewed it.")
    if tie_out.tied is None:
        raise UsageError("Without a ledger there is nothing to sign off; import it first.")
    if not tie_out.tied:
        raise UsageError("Explain or accept every difference before signing off.")
    moment = at or events.now()
    agreed = sum(check.result is Result.AGREES for check in tie_out.checks)
    with book.transaction() as connection:
        digest = business_digest(connection, DATA_TABLES)
        summary = {"agreed": agreed, "checks": len(tie_out.checks), "data_digest": digest}
        row = store.SignOffRow(month.key, author.strip(), moment, json.dumps(summary, sort_keys=True))
        store.write_sign_off(connection, row)
        detail = {"month": month.key, **summary}
        events.append(connection, "month signed off", detail, actor=author.strip(), at=moment)
    return _of(row)


def list_sign_offs(book: Book) -> list[SignOff]:
    """Return every sign-off, the earliest month first; those before a newer import too."""
    return [_of(row) for row in store.read_sign_offs(book.connection)]


def valid_sign_off(book: Book, month: Period) -> SignOff | None:
    """Return the sign-off of a month, if the data is still what was signed; a new import clears it."""
    found = next((one for one in list_sign_offs(book) if one.month == month), None)
    if found is None or found.data_digest != business_digest(book.connection, DATA_TABLES):
        return None
    return found


def _of(row: store.SignOffRow) -> SignOff:
    summary = json.loads(row.summary)
    return SignOff(
        parse_period(row.period),
        row.author,
        row.at,
        summary["agreed"],
        summary["checks"],
        summary["data_digest"],
    )
