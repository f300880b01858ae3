from pathlib import Path

import pytest

from core.errors import UsageError
from core.period import parse_period
from core.store.book import Book
from core.usecases.sign_off import list_sign_offs, sign_off, valid_sign_off
from core.usecases.tie_out import tie_out_book
from tests.core.builders import BookBuilder

MONTH = parse_period("2026-10")


def make_book(path: Path, *, posted: int | None) -> Book:
    builder = BookBuilder(path / "book.quintile")
    ann = builder.customer("Ann")
    builder.document("2026-10-10", ann, (2000, None), number="I-1")
    if posted is not None:
        builder.posting("2026-10-10", builder.account("4000", "income"), -posted, entry="I-1", customer=ann)
    return builder.book


def test_a_tied_month_is_signed_off_by_name(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=2000)
    tie_out, _ = tie_out_book(book, MONTH)
    signed = sign_off(book, MONTH, tie_out, author=" Dana ", at="2026-11-03T08:00:00Z")
    assert (signed.month, signed.author, signed.at) == (MONTH, "Dana", "2026-11-03T08:00:00Z")
    assert signed.checks == len(tie_out.checks)
    assert list_sign_offs(book) == [signed]
    assert valid_sign_off(book, MONTH) == signed
    assert valid_sign_off(book, MONTH.shift(-1)) is None


def test_new_data_clears_a_sign_off_but_a_setting_does_not(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=2000)
    sign_off(book, MONTH, tie_out_book(book, MONTH)[0], author="Dana")
    book.connection.execute("INSERT INTO settings (name, value) VALUES ('accent', '#000000')")
    assert valid_sign_off(book, MONTH) is not None
    book.connection.execute("UPDATE postings SET amount_minor = -2001")
    assert valid_sign_off(book, MONTH) is None
    assert len(list_sign_offs(book)) == 1


def test_signing_off_again_takes_the_place_of_the_first(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=2000)
    tie_out, _ = tie_out_book(book, MONTH)
    sign_off(book, MONTH, tie_out, author="Dana")
    sign_off(book, MONTH, tie_out, author="Kim")
    assert [one.author for one in list_sign_offs(book)] == ["Kim"]


def test_what_is_unexplained_cannot_be_signed_off(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=2100)
    with pytest.raises(UsageError, match="every difference"):
        sign_off(book, MONTH, tie_out_book(book, MONTH)[0], author="Dana")


def test_without_a_ledger_there_is_nothing_to_sign_off(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=None)
    with pytest.raises(UsageError, match="Without a ledger"):
        sign_off(book, MONTH, tie_out_book(book, MONTH)[0], author="Dana")


def test_a_sign_off_needs_a_name(tmp_path: Path) -> None:
    book = make_book(tmp_path, posted=2000)
    with pytest.raises(UsageError, match="name"):
        sign_off(book, MONTH, tie_out_book(book, MONTH)[0], author=" ")
