"""How a book keeps the choice of scores and names, and gives it back."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from core.analysis.patterns.rfm_table import TABLE
from core.errors import UnreadableScores, UsageError
from core.store import events
from core.store.settings import write_setting
from core.usecases.books import change_settings, settings_of
from core.usecases.patterns import choose_rfm, pattern_facts, restore_rfm
from tests.core.builders import BookBuilder

AS_OF = date(2026, 10, 31)


@pytest.fixture
def ten(tmp_path: Path) -> Iterator[BookBuilder]:
    """Customer n ordered n times for n dollars each, in the n last months."""
    builder = BookBuilder(tmp_path / "ten.quintile")
    for n in range(1, 11):
        customer = builder.customer(f"Customer {n}")
        for order in range(n):
            builder.document(f"2026-{10 - order:02}-{n:02}", customer, (n * 100, None), number=f"{n}-{order}")
    yield builder
    builder.book.close()


def test_the_choice_of_scores_goes_back_to_the_letter(ten: BookBuilder) -> None:
    as_typed = {"rfm_bins": "3", "rfm_rule": "quantiles", "rfm_table": '{ "555":"stars" }'}
    change_settings(ten.book, as_typed)
    events_before = len(events.events(ten.book.connection))
    before = choose_rfm(ten.book, bins=5, rule="ties", table={(1, 1, 1): "Gone", (5, 5, 5): "champions"})
    assert before == as_typed
    assert settings_of(ten.book)["rfm_table"] == '{"111": "Gone"}'  # the Champions are the usual name
    assert len(events.events(ten.book.connection)) == events_before + 1  # all of it at once
    restore_rfm(ten.book, before)
    assert settings_of(ten.book) | as_typed == settings_of(ten.book)


def test_a_choice_with_one_bad_name_changes_nothing(ten: BookBuilder) -> None:
    before = settings_of(ten.book)
    with pytest.raises(UsageError, match="Scores 111: A name has at most 60 characters"):
        choose_rfm(ten.book, bins=3, table={(1, 1, 1): "x" * 200})
    assert settings_of(ten.book) == before


def test_scores_that_cannot_be_read_end_with_a_sentence_and_can_be_put_right(ten: BookBuilder) -> None:
    with ten.book.transaction() as connection:
        write_setting(connection, "rfm_table", "garbage")
    with pytest.raises(UnreadableScores, match=r"cannot be read.*rfm_table="):
        pattern_facts(ten.book, as_of=AS_OF)
    choose_rfm(ten.book, bins=5, rule="ties", table={})
    assert pattern_facts(ten.book, as_of=AS_OF).rfm_choice.table == TABLE
