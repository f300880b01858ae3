"""Counts, days, lists and changes are inflected as people write them."""

from datetime import date

import pytest

from core.period import EVERYTHING, Period, parse_period
from reports.narrative.words import (
    change_words,
    compared,
    count,
    growth,
    in_words,
    listed,
    share_words,
    span_words,
    verb,
)


def test_counts_are_inflected() -> None:
    assert [count(number, "customer") for number in (0, 1, 2, 1_200)] == [
        "no customers",
        "1 customer",
        "2 customers",
        "1,200 customers",
    ]
    assert count(2, "loss", "losses") == "2 losses"
    assert count(0, "loss", "losses") == "no losses"


def test_verbs_follow_their_number() -> None:
    assert [verb(2, one) for one in ("has", "is", "brings", "loses", "was")] == [
        "have",
        "are",
        "bring",
        "lose",
        "were",
    ]
    assert verb(1, "has") == "has"


def test_lists_end_with_and() -> None:
    assert [listed(names) for names in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_small_numbers_are_spelt_out() -> None:
    assert (in_words(6), in_words(12)) == ("six", "12")


@pytest.mark.parametrize(
    ("period", "words"),
    [
        (parse_period("2026-10"), "October 2026"),
        (parse_period("2025-11..2026-10"), "the 12 months to 31 October 2026"),
        (Period(date(2026, 10, 2), date(2026, 10, 15)), "2 October 2026 to 15 October 2026"),
        (EVERYTHING, "all dates"),
    ],
)
def test_periods_are_written_out(period: Period, words: str) -> None:
    assert span_words(period) == words


@pytest.mark.parametrize(
    ("share", "words"),
    [(0.5, "50%"), (0.001, "less than 1%"), (0.9999, "more than 99%"), (1.0, "100%"), (0.0, "0%")],
)
def test_a_share_is_never_nothing_for_something(share: float, words: str) -> None:
    assert share_words(share) == words


def test_changes_say_their_direction() -> None:
    assert [change_words(change) for change in (0.111, -0.03, 0.0001)] == [
        "grew 11.1%",
        "fell 3.0%",
        "stayed the same",
    ]
    assert [compared(change) for change in (0.1, -0.1, 0.0)] == [
        "10.0% more than",
        "10.0% less than",
        "as much as",
    ]


def test_growth_from_nothing_or_less_is_unknown() -> None:
    assert growth(10, 0) is None
    assert growth(10, -5) is None
    assert growth(15, 10) == pytest.approx(0.5)
