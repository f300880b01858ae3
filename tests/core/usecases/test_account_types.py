from pathlib import Path

import pytest

from core.errors import NotFound
from core.importing.records import AccountType
from core.store.book import Book
from core.usecases.account_types import list_accounts, set_account_types
from tests.core.builders import BookBuilder


@pytest.fixture
def book(tmp_path: Path) -> Book:
    builder = BookBuilder(tmp_path / "book.quintile")
    builder.account("6000", "unknown", name="Vans")
    builder.account("4000", "income", name="Sales")
    return builder.book


def test_accounts_stand_in_the_order_of_codes(book: Book) -> None:
    found = [(account.code, account.name, account.type) for account in list_accounts(book)]
    assert found == [("4000", "Sales", AccountType.INCOME), ("6000", "Vans", AccountType.UNKNOWN)]


def test_only_what_changes_is_counted_and_logged(book: Book) -> None:
    types = {"4000": AccountType.INCOME, "6000": AccountType.EXPENSE}
    assert set_account_types(book, types, author="Dana") == 1
    assert [account.type for account in list_accounts(book)] == [AccountType.INCOME, AccountType.EXPENSE]
    assert set_account_types(book, types) == 0
    events = book.connection.execute("SELECT actor FROM events WHERE action = 'account types set'").fetchall()
    assert events == [("Dana",)]


def test_an_account_that_is_not_there_changes_nothing(book: Book) -> None:
    with pytest.raises(NotFound, match="9999"):
        set_account_types(book, {"6000": AccountType.EXPENSE, "9999": AccountType.EXPENSE})
    assert list_accounts(book)[1].type is AccountType.UNKNOWN
