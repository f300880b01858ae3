"""Accept a difference between documents and ledger with a reason, or take that back."""

from collections.abc import Iterable

from core.analysis.tie_out_result import AcceptedDifference, Check
from core.errors import NotFound, UsageError
from core.period import Period, parse_period
from core.store import differences as store
from core.store import events
from core.store.book import Book


def accept_difference(
    book: Book, check: Check, period: Period, *, reason: str, author: str, at: str | None = None
) -> list[AcceptedDifference]:
    """Accept all that a check of a period differs by, month by month.

    Each month's acceptance holds while its difference stays the same. Raises UsageError.
    """
    if not reason.strip() or not author.strip():
        raise UsageError("A difference is accepted with a reason and the name of who accepts it.")
    amounts = _by_month(check, period)
    if not amounts:
        raise UsageError(f"'{check.label}' has no difference to accept.")
    moment = at or events.now()
    rows = [
        store.AcceptedRow(check.key, month, amount, reason.strip(), author.strip(), moment)
        for month, amount in amounts.items()
    ]
    with book.transaction() as connection:
        store.replace_accepted(connection, rows)
        detail = {"check": check.key, "months": amounts, "reason": reason.strip()}
        events.append(connection, "difference accepted", detail, actor=author.strip(), at=moment)
    return [AcceptedDifference(*row[:5]) for row in rows]


def withdraw_acceptance(book: Book, check_key: str, period: Period, *, author: str = "") -> None:
    """Open an accepted difference of a period again. Raises NotFound."""
    months = [month.key for month in _months(period, read_acceptances(book))]
    with book.transaction() as connection:
        if not store.delete_accepted(connection, check_key, months):
            raise NotFound("This difference was not accepted in the period.")
        events.append(
            connection, "acceptance withdrawn", {"check": check_key, "months": months}, actor=author
        )


def read_acceptances(book: Book) -> list[store.AcceptedRow]:
    """Return everything that was accepted, the oldest first."""
    return store.read_accepted(book.connection)


def _by_month(check: Check, period: Period) -> dict[str, int]:
    """What each month differs by; a check without rows behind it counts in the last month."""
    if not check.items:
        return {period.last_month().key: check.difference_minor} if check.difference_minor else {}
    amounts: dict[str, int] = {}
    for item in check.items:
        month = f"{item.day:%Y-%m}"
        amounts[month] = amounts.get(month, 0) + item.amount_minor
    open_months = {f"{item.day:%Y-%m}" for item in check.items if not item.reason}
    return {month: amount for month, amount in sorted(amounts.items()) if month in open_months}


def _months(period: Period, accepted: Iterable[store.AcceptedRow]) -> list[Period]:
    if not period.is_everything:
        return list(period.months())
    return [parse_period(month) for month in sorted({row.period for row in accepted})]
