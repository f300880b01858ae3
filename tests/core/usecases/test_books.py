"""Making a client's book, its settings, pools and backups."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from core.errors import UsageError
from core.store.book import Book, open_book
from core.store.events import events
from core.store.pools import CostPool
from core.usecases.books import back_up, book_path, change_settings, check_book, new_book, settings_of
from core.usecases.cost_pools import list_pools, save_pools


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with new_book(tmp_path / "client.quintile", client=" Acme ", currency="eur", year_start=4) as made:
        for code in ("6210", "6220"):
            made.connection.execute("INSERT INTO imports VALUES (NULL,'','','','',0,'',NULL,'','{}','{}','')")
            made.connection.execute(
                "INSERT INTO accounts (code, name, type, import_id) VALUES (?, '', 'expense', 1)", (code,)
            )
        yield made


def test_a_new_book_knows_its_client_and_has_schemes_to_start_with(book: Book) -> None:
    settings = settings_of(book)
    assert (settings["client_name"], settings["currency"], settings["year_start"]) == ("Acme", "EUR", "4")
    assert book.connection.execute("SELECT count(*) FROM schemes").fetchone()[0] >= 5


@pytest.mark.parametrize(
    ("client", "currency", "month"), [("Acme", "DOLLAR", 1), ("Acme", "USD", 13), ("   ", "USD", 1)]
)
def test_a_book_is_not_made_from_nonsense(tmp_path: Path, client: str, currency: str, month: int) -> None:
    with pytest.raises(UsageError):
        new_book(tmp_path / "x.quintile", client=client, currency=currency, year_start=month)
    assert list(tmp_path.iterdir()) == []


def test_a_book_has_its_suffix_even_after_a_dot() -> None:
    assert book_path("acme").name == "acme.quintile"
    assert book_path("Smith v. Jones").name == "Smith v. Jones.quintile"
    assert book_path("acme.quintile").name == "acme.quintile"


def test_a_changed_setting_is_kept_and_logged_once(book: Book) -> None:
    change_settings(book, {"firm_name": "Larkspur"})
    change_settings(book, {"firm_name": "Larkspur"})
    assert settings_of(book)["firm_name"] == "Larkspur"
    assert sum(event.action == "settings changed" for event in events(book.connection)) == 1
    with pytest.raises(UsageError, match="firm_nmae"):
        change_settings(book, {"firm_nmae": "x"})


def test_the_ends_of_the_classes_are_whole_percents_that_rise(book: Book) -> None:
    change_settings(book, {"abc_a_percent": "60", "abc_b_percent": "70"})
    change_settings(book, {"abc_a_percent": "65"})
    assert (settings_of(book)["abc_a_percent"], settings_of(book)["abc_b_percent"]) == ("65", "70")
    for changes, words in (
        ({"abc_b_percent": "65"}, "65 and 65 do not"),
        ({"abc_b_percent": "101"}, "65 and 101 do not"),
        ({"abc_a_percent": "80.5"}, "whole percents such as 80 and 95, not at '80.5' and '70'"),
    ):
        with pytest.raises(UsageError, match=words):
            change_settings(book, changes)
    assert settings_of(book)["abc_a_percent"] == "65"


def test_pools_are_kept_in_their_order(book: Book) -> None:
    pools = [CostPool("Delivery", "orders", ("6220",)), CostPool("Desk", "equal", ("6210",))]
    save_pools(book, pools)
    save_pools(book, pools)
    assert list_pools(book) == pools


@pytest.mark.parametrize(
    ("pools", "said"),
    [
        ([CostPool("A", "weather", ("6210",))], "weather"),
        ([CostPool("A", "orders", ("9999",))], "no account 9999"),
        ([CostPool("A", "orders", ("6210",)), CostPool("B", "orders", ("6210",))], "two pools"),
        ([CostPool("A", "orders", ()), CostPool("A", "orders", ())], "name of its own"),
        ([CostPool(" ", "orders", ())], "name of its own"),
    ],
)
def test_pools_that_cannot_be_shared_out_are_refused(book: Book, pools: list[CostPool], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        save_pools(book, pools)
    assert list_pools(book) == []


def test_an_unknown_account_is_told_apart_from_a_missing_ledger(book: Book, tmp_path: Path) -> None:
    pools = [CostPool("A", "orders", ("9999",))]
    with pytest.raises(UsageError, match=r"no account 9999 in this book; it has 6210, 6220\.$"):
        save_pools(book, pools)
    for number in range(1, 6):
        book.connection.execute(
            "INSERT INTO accounts (code, name, type, import_id) VALUES (?, '', 'expense', 1)", (str(number),)
        )
    with pytest.raises(UsageError, match=r"it has 1, 2, 3, 4, 5 and more\.$"):
        save_pools(book, pools)
    with (
        new_book(tmp_path / "new.quintile", client="New", currency="EUR") as empty,
        pytest.raises(UsageError, match=r"import the ledger first\.$"),
    ):
        save_pools(empty, pools)


def test_a_backup_stands_beside_the_book_with_the_time_in_its_name(book: Book) -> None:
    copy = back_up(book)
    assert copy.name.startswith(f"client backup {datetime.now(UTC):%Y-%m-%d}")
    with open_book(copy, read_only=True) as opened:
        assert settings_of(opened)["client_name"] == "Acme"


def test_a_sound_book_has_no_findings_and_a_tampered_log_has(book: Book) -> None:
    save_pools(book, [CostPool("Delivery", "orders", ("6220",))])
    book.connection.execute("DELETE FROM cost_pool_accounts")
    book.connection.execute("DELETE FROM accounts")
    book.connection.execute("UPDATE imports SET undone_at = 'x'")
    assert check_book(book.path).findings == ()
    book.connection.execute("DROP TRIGGER events_are_never_changed")
    book.connection.execute("UPDATE events SET actor = 'somebody else' WHERE id = 1")
    assert check_book(book.path).findings == ("Event 1: the log was changed.",)


@pytest.mark.parametrize(
    ("name", "value"),
    [("currency", "ZZZ"), ("paper", "A9"), ("accent", "red"), ("year_start", "13"), ("client_name", " ")],
)
def test_a_setting_that_means_nothing_is_refused(book: Book, name: str, value: str) -> None:
    before = settings_of(book)
    with pytest.raises(UsageError, match=name):
        change_settings(book, {"firm_name": "Larkspur", name: value})
    assert settings_of(book) == before
