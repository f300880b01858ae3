"""What was handed to the client is kept as it was, and what the bookkeeper wrote about a month too."""

from hashlib import sha256
from pathlib import Path

import pytest

from core.errors import UsageError
from core.period import parse_period
from core.store.events import events
from core.usecases.commentary import Commentary, commentaries_of, save_commentary
from core.usecases.issue_report import data_digest, fingerprint_of, is_current, list_issued, record_issue
from tests.core.builders import BookBuilder

OCTOBER, NOVEMBER = parse_period("2026-10"), parse_period("2026-11")


def test_an_issued_report_keeps_text_digest_and_hashes(tmp_path: Path) -> None:
    book = BookBuilder(tmp_path / "a.quintile").book
    issued = record_issue(book, OCTOBER, "the text", pdf=b"%PDF", author="Dana", at="2026-11-12T10:00:00Z")
    assert list_issued(book, OCTOBER) == [issued]
    assert (issued.month, issued.author, issued.content) == ("2026-10", "Dana", "the text")
    assert issued.pdf_sha256 == sha256(b"%PDF").hexdigest()
    assert issued.xlsx_sha256 == ""
    assert issued.data_digest == data_digest(book)
    assert events(book.connection)[0].action == "report issued"


def test_reports_are_listed_the_newest_first_and_by_month(tmp_path: Path) -> None:
    book = BookBuilder(tmp_path / "a.quintile").book
    for month, text in ((OCTOBER, "first"), (NOVEMBER, "other"), (OCTOBER, "second")):
        record_issue(book, month, text)
    assert [one.content for one in list_issued(book)] == ["second", "other", "first"]
    assert [one.content for one in list_issued(book, OCTOBER)] == ["second", "first"]


def test_a_report_is_out_of_date_once_the_data_changes(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "a.quintile")
    issued = record_issue(made.book, OCTOBER, "the text")
    assert is_current(made.book, issued)
    made.customer("Ann")
    assert not is_current(made.book, issued)


def test_a_fingerprint_is_the_beginning_of_the_digest() -> None:
    assert fingerprint_of("7f3a91c204be" + "0" * 52) == "7F3A-91C2-04BE"


def test_a_commentary_is_kept_by_month_and_section(tmp_path: Path) -> None:
    book = BookBuilder(tmp_path / "a.quintile").book
    save_commentary(book, OCTOBER, "tie_out", "  All agreed. ", author="Dana")
    save_commentary(book, NOVEMBER, "tie_out", "Not yet.")
    assert commentaries_of(book, OCTOBER) == {"tie_out": Commentary("tie_out", "All agreed.")}
    save_commentary(book, OCTOBER, "tie_out", "All agreed now.", reviewed=True)
    assert commentaries_of(book, OCTOBER)["tie_out"] == Commentary(
        "tie_out", "All agreed now.", reviewed=True
    )


def test_an_empty_commentary_is_forgotten_unless_it_was_reviewed(tmp_path: Path) -> None:
    book = BookBuilder(tmp_path / "a.quintile").book
    save_commentary(book, OCTOBER, "tie_out", "", reviewed=True)
    assert commentaries_of(book, OCTOBER)["tie_out"].reviewed
    save_commentary(book, OCTOBER, "tie_out", "")
    assert commentaries_of(book, OCTOBER) == {}
    before = len(events(book.connection))
    save_commentary(book, OCTOBER, "tie_out", "")
    assert len(events(book.connection)) == before


def test_a_commentary_longer_than_a_page_is_refused(tmp_path: Path) -> None:
    book = BookBuilder(tmp_path / "a.quintile").book
    with pytest.raises(UsageError, match=r"4,001 characters; a page holds 4,000"):
        save_commentary(book, OCTOBER, "tie_out", "x" * 4001)
