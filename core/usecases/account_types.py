"""Say what each account of the ledger holds."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import NotFound
from core.importing.records import AccountType
from core.store import events
from core.store.book import Book
from core.store.ledger import accounts, set_account_type


@dataclass(frozen=True)
class Account:
    """An account of the ledger."""

    id: int
    code: str
    name: str
    type: AccountType


def list_accounts(book: Book) -> list[Account]:
    """Return every account in the order of codes."""
    return [
        Account(number, code, name, AccountType(kind))
        for number, code, name, kind in accounts(book.connection)
    ]


def set_account_types(book: Book, types: Mapping[str, AccountType], *, author: str = "") -> int:
    """Set the types of accounts by code; return how many changed. Raises NotFound."""
    known = {account.code: account for account in list_accounts(book)}
    missing = next((code for code in types if code not in known), None)
    if missing is not None:
        raise NotFound(f"There is no account {missing} in this book.")
    changed = {code: kind for code, kind in types.items() if known[code].type is not kind}
    if not changed:
        return 0
    with book.transaction() as connection:
        for code, kind in changed.items():
            set_account_type(connection, known[code].id, kind.value)
        detail = {code: [known[code].type.value, kind.value] for code, kind in changed.items()}
        events.append(connection, "account types set", detail, actor=author)
    return len(changed)
