from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.period import parse_period
from core.store.book import open_book
from core.usecases.books import change_settings
from tests.ui.small_book import make_small_book
from ui.recent_books import read_recent
from ui.session import Session
from ui.shell_status import ShellStatus


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    made = Session()
    yield made
    made.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make_small_book(tmp_path / "corner.quintile")


def open_and_wait(session: Session, path: Path) -> None:
    session.open_book(path)
    assert session.jobs.wait_idle(60_000)


def test_opening_a_book_works_out_its_last_twelve_months(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    assert session.client_name == "Corner & Sons"
    assert session.period == parse_period("2025-11..2026-10")
    assert session.figures is not None
    assert session.figures.ladder.customers.net_revenue == 20000
    assert session.figures.ladder.customers.contribution == 9100


def test_the_year_before_is_there_to_compare_with(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    assert session.compare_figures is not None
    assert session.compare_figures.ladder.customers.net_revenue == 8000


def test_nothing_is_compared_with_a_time_before_the_book_begins(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    session.set_period(parse_period("2024-11..2025-10"))
    session.jobs.wait_idle(60_000)
    assert session.compare_figures is None
    assert session.loaded is not None
    assert session.loaded.compare_note == "no figures before Nov 2024"


def test_figures_of_a_period_that_was_shown_are_there_at_once(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    first = session.figures
    session.set_period(parse_period("2026-10"))
    session.jobs.wait_idle(60_000)
    session.set_period(parse_period("2025-11..2026-10"))
    assert session.figures is first


def test_a_change_of_the_book_is_seen_after_it(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    changes: list[str] = []
    session.data_changed.connect(lambda: changes.append("changed"))
    session.run(
        lambda book, _progress: change_settings(book, {"client_name": "Corner Ltd"}),
        lambda _nothing: None,
        title="Renaming",
        changes_book=True,
    )
    session.jobs.wait_idle(60_000)
    assert changes == ["changed"]
    assert session.client_name == "Corner Ltd"


def test_whoever_looks_at_the_last_months_sees_newer_ones_after_an_import(
    session: Session, path: Path
) -> None:
    open_and_wait(session, path)
    book = session.book
    assert book is not None
    book.connection.execute("UPDATE documents SET date = '2026-11-20' WHERE number = 'I-5'")
    session.reload()
    session.jobs.wait_idle(60_000)
    assert session.period == parse_period("2025-12..2026-11")


def test_a_book_that_another_window_writes_to_is_opened_read_only(session: Session, path: Path) -> None:
    with open_book(path):
        open_and_wait(session, path)
        assert session.is_read_only
        assert "has had this book open since" in session.read_only_reason
        assert session.figures is not None


def test_closing_a_book_lets_others_write_to_it(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    session.close_book()
    session.jobs.wait_idle(60_000)
    assert session.book is None
    assert session.figures is None
    with open_book(path) as book:
        assert not book.read_only


def test_a_file_that_is_no_book_is_reported_and_nothing_opens(session: Session, tmp_path: Path) -> None:
    reported: list[object] = []
    session.message_posted.connect(reported.append)
    other = tmp_path / "notes.quintile"
    other.write_text("hello")
    open_and_wait(session, other)
    assert session.book is None
    assert "is not a Quintile book" in reported[0].accessibleName()  # type: ignore[attr-defined]


def test_a_new_book_starts_with_the_ready_made_schemes_and_nothing_else(
    session: Session, tmp_path: Path
) -> None:
    session.create_book(tmp_path / "new.quintile", client="New Client", currency="EUR", year_start=4)
    session.jobs.wait_idle(60_000)
    assert session.loaded is not None
    assert session.loaded.is_empty
    assert session.membership is not None
    assert session.settings["currency"] == "EUR"
    assert session.year_start_month == 4


def test_a_cancelled_load_can_be_tried_again(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    session.set_period(parse_period("2026-09"))
    session.jobs.cancel_current()
    session.jobs.wait_idle(60_000)
    if session.load_error is not None:  # the work may have been quicker than the wish to stop
        assert isinstance(session.load_error, UserError)
        session.load_again()
        session.jobs.wait_idle(60_000)
    assert session.load_error is None
    assert session.figures is not None
    assert session.figures.facts.period == parse_period("2026-09")


def test_the_status_bar_hears_of_counts_and_tie_out(session: Session, path: Path) -> None:
    heard: list[ShellStatus] = []
    session.status_posted.connect(heard.append)
    open_and_wait(session, path)
    assert heard[-1].file == "corner.quintile · saved"
    # Five sales of the period: two of Ann, one each of Bob and Cy, and the counter sale.
    assert heard[-1].counts == "3 customers · 5 invoices and receipts in period"
    assert heard[-1].tie_out_state == "review"


def test_opened_books_are_listed_with_how_far_they_got(session: Session, path: Path) -> None:
    open_and_wait(session, path)
    recent = read_recent()
    assert [(book.client, book.month, book.state) for book in recent] == [
        ("Corner & Sons", "Oct 2026", "review")
    ]
