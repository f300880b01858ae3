"""Say which expense accounts are shared out to customers, and by what."""

from collections.abc import Sequence

from core.errors import UsageError
from core.store import events
from core.store.book import Book
from core.store.ledger import accounts
from core.store.pools import DRIVERS, CostPool, read_pools, write_pools


def list_pools(book: Book) -> list[CostPool]:
    """Return the pools in their order."""
    return read_pools(book.connection)


def save_pools(book: Book, pools: Sequence[CostPool]) -> None:
    """Replace the pools. Raises UsageError for an unknown driver or account, or an account in two pools."""
    known = {code for _, code, _, _ in accounts(book.connection)}
    seen: dict[str, str] = {}
    for pool in pools:
        if pool.driver not in DRIVERS:
            message = f"'{pool.driver}' is not a driver; choose one of {', '.join(DRIVERS)}."
            raise UsageError(message)
        for code in pool.accounts:
            if code not in known:
                message = f"There is no account {code} in this book; {_what_to_do(known)}"
                raise UsageError(message)
            if code in seen:
                message = f"Account {code} is in two pools, {seen[code]} and {pool.name}; leave it in one."
                raise UsageError(message)
            seen[code] = pool.name
    if len({pool.name for pool in pools}) < len(pools) or not all(pool.name.strip() for pool in pools):
        message = "Every pool needs a name of its own."
        raise UsageError(message)
    with book.transaction() as connection:
        write_pools(connection, list(pools))
        events.append(
            connection, "cost pools changed", {pool.name: [pool.driver, *pool.accounts] for pool in pools}
        )


def _what_to_do(known: set[str]) -> str:
    """Name some accounts as the book writes them, or ask for the ledger where there are none."""
    if not known:
        return "import the ledger first."
    names = ", ".join(sorted(known)[:5])
    return f"it has {names}{' and more' if len(known) > 5 else ''}."
