from pathlib import Path

import pytest

from core.errors import NotFound, UsageError
from core.usecases.customer_notes import list_notes, write_note
from tests.core.builders import BookBuilder


def test_notes_stand_newest_first_with_who_wrote_them(tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "book.quintile")
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    write_note(builder.book, ann, " Closed in August ", author="Dana", at="2026-11-03T08:00:00Z")
    write_note(builder.book, ann, "Open again", author="Kim", at="2026-11-04T08:00:00Z")
    found = [(note.text, note.author) for note in list_notes(builder.book, ann)]
    assert found == [("Open again", "Kim"), ("Closed in August", "Dana")]
    assert list_notes(builder.book, bob) == []


def test_an_empty_note_and_an_unknown_customer_are_refused(tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "book.quintile")
    ann = builder.customer("Ann")
    with pytest.raises(UsageError):
        write_note(builder.book, ann, "  ")
    with pytest.raises(NotFound):
        write_note(builder.book, ann + 1, "Hello")
