from pathlib import Path

import pytest

from core.analysis.tie_out_result import Check, Result, TieOut
from core.errors import NotFound, UsageError
from core.period import parse_period
from core.store.book import Book, open_book
from core.usecases.accept_difference import accept_difference, read_acceptances, withdraw_acceptance
from core.usecases.tie_out import tie_out_book
from tests.core.builders import BookBuilder

PERIOD = parse_period("2026-09..2026-10")


@pytest.fixture
def book(tmp_path: Path) -> Book:
    """Two months; an invoice of 20 that the ledger does not have, and an entry of 5 that is no document."""
    builder = BookBuilder(tmp_path / "book.quintile")
    ann = builder.customer("Ann")
    income = builder.account("4000", "income", name="Sales")
    builder.document("2026-09-10", ann, (5000, None), number="I-1")
    builder.document("2026-10-10", ann, (2000, None), number="I-2")
    builder.posting("2026-09-10", income, -5000, entry="I-1", customer=ann)
    builder.posting("2026-09-30", income, -500, entry="JE-1")
    return builder.book


def tied(book: Book) -> TieOut:
    return tie_out_book(book, PERIOD)[0]


def check(book: Book, key: str = "income") -> Check:
    return next(check for check in tied(book).checks if check.key == key)


def test_an_accepted_difference_counts_as_explained(book: Book) -> None:
    assert not tied(book).tied
    accepted = accept_difference(book, check(book), PERIOD, reason=" Posted in November ", author="Dana")
    # September has the entry of 5, October lacks the invoice of 20.
    assert [(one.period, one.amount_minor) for one in accepted] == [("2026-09", 500), ("2026-10", -2000)]
    assert tied(book).tied
    assert check(book).result is Result.AGREES
    assert all(item.reason == "Posted in November" for item in check(book).items)


def test_an_accepted_difference_that_changes_is_open_again(book: Book) -> None:
    accept_difference(book, check(book), PERIOD, reason="Known", author="Dana")
    book.connection.execute(
        "UPDATE document_lines SET net_minor = 2100, gross_minor = 2100 WHERE net_minor = 2000"
    )
    assert not tied(book).tied
    accept_difference(book, check(book), PERIOD, reason="Known, corrected", author="Dana")
    assert tied(book).tied
    assert [row.reason for row in read_acceptances(book) if row.period == "2026-10"] == ["Known, corrected"]


def test_an_acceptance_can_be_withdrawn_once(book: Book) -> None:
    accept_difference(book, check(book), PERIOD, reason="Known", author="Dana")
    withdraw_acceptance(book, "income", PERIOD)
    assert read_acceptances(book) == []
    assert not tied(book).tied
    with pytest.raises(NotFound):
        withdraw_acceptance(book, "income", PERIOD)


def test_acceptances_of_all_dates_can_be_withdrawn(book: Book) -> None:
    accept_difference(book, check(book), PERIOD, reason="Known", author="Dana")
    withdraw_acceptance(book, "income", parse_period("all"))
    assert read_acceptances(book) == []


def test_a_reason_and_a_name_are_needed(book: Book) -> None:
    found = check(book)
    with pytest.raises(UsageError, match="reason"):
        accept_difference(book, found, PERIOD, reason=" ", author="Dana")
    with pytest.raises(UsageError, match="name"):
        accept_difference(book, found, PERIOD, reason="Known", author="")


def test_what_agrees_cannot_be_accepted(book: Book) -> None:
    agreeing = Check("pool:x", "Costs", "Pool", 5, 5, 0, Result.AGREES)
    with pytest.raises(UsageError, match="no difference"):
        accept_difference(book, agreeing, PERIOD, reason="Known", author="Dana")


def test_a_difference_without_rows_is_accepted_in_the_last_month(book: Book) -> None:
    left = Check("pool:Delivery", "Costs", "Delivery", 900, 0, 900, Result.REVIEW)
    accepted = accept_difference(book, left, PERIOD, reason="Nobody ordered", author="Dana")
    assert [(one.check_key, one.period, one.amount_minor) for one in accepted] == [
        ("pool:Delivery", "2026-10", 900)
    ]


def test_accepting_is_in_the_event_log_and_survives_opening(book: Book) -> None:
    accept_difference(book, check(book), PERIOD, reason="Known", author="Dana", at="2026-11-03T08:00:00Z")
    actions = book.connection.execute("SELECT actor, action FROM events ORDER BY id DESC LIMIT 1").fetchone()
    assert actions == ("Dana", "difference accepted")
    path = book.path
    book.close()
    with open_book(path) as again:
        assert {row.at for row in read_acceptances(again)} == {"2026-11-03T08:00:00Z"}
