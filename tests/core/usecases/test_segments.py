"""Schemes in the book, previews and customers moved by hand."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.analysis.facts import Facts
from core.analysis.metric_shelf import customer_metrics
from core.errors import BookError, NotFound, UsageError
from core.segments.method import PROSPECTS, Definition, SegmentSpec
from core.segments.rule import Comparison, Condition, RuleMistake
from core.segments.scheme import Scheme
from core.segments.totals import segment_totals
from core.store import events
from core.store.book import open_book
from core.usecases import segments as use
from tests.core.builders import BookBuilder

SIZE = Scheme(
    "size",
    "Size",
    "rules",
    Definition(
        (
            SegmentSpec("Big", 0, rule=Condition("net_revenue", Comparison.AT_LEAST, ("100.00",)), rank=0),
            SegmentSpec("Small", 4, rank=1),
        )
    ),
)


@dataclass(frozen=True)
class Worked:
    facts: Facts
    metrics: pd.DataFrame


@pytest.fixture
def books(tmp_path: Path) -> Iterator[BookBuilder]:
    """Anna 150.00 and Bert 20.00 ordered, Cleo only got a credit note, Dora is on the customer list."""
    builder = BookBuilder(tmp_path / "a.quintile")
    anna, bert, cleo, _ = (builder.customer(name) for name in ("Anna", "Bert", "Cleo", "Dora"))
    builder.document("2026-10-05", anna, (15000, 6000))
    builder.document("2026-10-06", bert, (2000, 900))
    builder.document("2026-10-07", cleo, (-500, -200), kind="credit note")
    yield builder
    builder.book.close()


def worked(books: BookBuilder) -> Worked:
    facts = books.facts("2026-10")
    return Worked(facts, customer_metrics(facts))


def test_a_new_book_gets_the_ready_made_schemes_once(books: BookBuilder) -> None:
    assert [scheme.name for scheme in use.ensure_ready_made(books.book)] == [
        "Behaviour and profit",
        "RFM",
        "Pareto A/B/C",
        "Profit tier",
        "Area",
        "Customer type",
    ]
    assert use.ensure_ready_made(books.book) == []
    assert [scheme.version for scheme in use.list_schemes(books.book)] == [1] * 6
    assert events.events(books.book.connection)[0].action == "schemes made"


def test_a_saved_scheme_comes_back_as_its_next_version(books: BookBuilder) -> None:
    first = use.save_scheme(books.book, SIZE)
    assert (first.version, use.find_scheme(books.book, "Size")) == (1, first)
    assert use.save_scheme(books.book, first) == first
    second = use.save_scheme(books.book, replace(first, name="How big"), author="DW")
    assert (second.version, len(use.list_schemes(books.book))) == (2, 1)
    logged = events.events(books.book.connection)
    assert [(event.action, event.detail["version"], event.actor) for event in logged[:1]] == [
        ("scheme saved", 2, "DW")
    ]
    assert len(logged) == 2


def test_a_scheme_with_a_mistake_leaves_the_book_as_it_was(books: BookBuilder) -> None:
    wrong = SIZE.with_segments(
        (
            SegmentSpec("Big", 0, rule=Condition("luck", Comparison.KNOWN)),
            SegmentSpec("Small", 1),
        )
    )
    with pytest.raises(RuleMistake, match="the rule of 'Big': this book has no figure"):
        use.save_scheme(books.book, wrong)
    assert use.list_schemes(books.book) == []


def test_a_scheme_can_be_removed_with_its_moves(books: BookBuilder) -> None:
    use.save_scheme(books.book, SIZE)
    use.override_customer(books.book, "size", 1, "Small", reason="why", author="DW")
    use.remove_scheme(books.book, "size")
    assert (use.list_schemes(books.book), use.list_overrides(books.book)) == ([], [])
    with pytest.raises(NotFound, match="no scheme 'size' in this book; there are: none yet"):
        use.remove_scheme(books.book, "size")


def test_every_scheme_divides_all_customers(books: BookBuilder) -> None:
    use.ensure_ready_made(books.book)
    figures = worked(books)
    for membership in use.memberships_of(books.book, figures):
        totals = segment_totals(membership, figures.metrics)
        assert sum(total.customers for total in totals) == 4
        assert sum(total.net_revenue or 0 for total in totals) == 16500
        assert membership.frame()["segment"].tolist()[2:] == [PROSPECTS, PROSPECTS]


def test_a_customer_moved_by_hand_stays_until_the_day(books: BookBuilder) -> None:
    use.save_scheme(books.book, SIZE)
    use.override_customer(
        books.book, "size", 2, "Big", reason=" Opens three more shops ", author="DW", expires=date(2026, 12, 1),
        at="2026-11-03T09:00:00Z",
    )  # fmt: skip
    membership = use.membership_of(books.book, use.find_scheme(books.book, "size"), worked(books))
    assert membership.frame()["segment"].tolist() == ["Big", "Big", PROSPECTS, PROSPECTS]
    assert membership.why_line(1).startswith("Moved here by DW, until 2026-12-01: Opens three more shops")
    event = events.events(books.book.connection)[0]
    assert (event.action, event.detail["customer_id"], event.at) == (
        "customer moved",
        2,
        "2026-11-03T09:00:00Z",
    )


def test_a_second_move_replaces_the_first_and_can_be_taken_back(books: BookBuilder) -> None:
    use.save_scheme(books.book, SIZE)
    for segment in ("Big", "Small"):
        use.override_customer(books.book, "size", 2, segment, reason="why", author="DW")
    assert [one.segment for one in use.list_overrides(books.book, "size")] == ["Small"]
    assert use.list_overrides(books.book, "other") == []
    use.remove_override(books.book, "size", 2, author="DW")
    assert use.list_overrides(books.book) == []
    with pytest.raises(NotFound, match="was not moved by hand"):
        use.remove_override(books.book, "size", 2)


@pytest.mark.parametrize(
    ("changes", "error", "message"),
    [
        ({"reason": " "}, UsageError, "with a reason"),
        ({"author": ""}, UsageError, "with a reason and the name"),
        ({"segment": "Huge"}, NotFound, "no segment 'Huge' in Size"),
        ({"scheme_key": "luck"}, NotFound, "no scheme 'luck' in this book; there are: size"),
        ({"customer_id": 99}, NotFound, "no customer 99"),
        ({"expires": date(2026, 11, 3), "at": "2026-11-03T09:00:00Z"}, UsageError, "lies in the past"),
    ],
)
def test_a_move_that_makes_no_sense_is_refused(
    books: BookBuilder, changes: dict[str, object], error: type[Exception], message: str
) -> None:
    use.save_scheme(books.book, SIZE)
    asked: dict[str, object] = {
        "scheme_key": "size", "customer_id": 1, "segment": "Big", "reason": "why", "author": "DW",
    }  # fmt: skip
    with pytest.raises(error, match=message):
        use.override_customer(books.book, **(asked | changes))  # type: ignore[arg-type]
    assert use.list_overrides(books.book) == []


def test_a_preview_counts_without_saving(books: BookBuilder) -> None:
    use.save_scheme(books.book, SIZE)
    use.override_customer(books.book, "size", 2, "Big", reason="why", author="DW")
    wider = SIZE.with_segments(
        (
            replace(SIZE.segments[0], rule=Condition("net_revenue", Comparison.AT_LEAST, ("150.00",))),
            SIZE.segments[1],
        )
    )
    found = use.preview_rule(books.book, wider, "Big", worked(books))
    assert found.line == "1 match the rule, 1 overridden, 2 in segment"
    assert (found.total.net_revenue, found.book.net_revenue, found.total.orders) == (17000, 16500, 2)
    assert found.sentence == "Customers whose net revenue is at least $150."
    assert [check.key for check in found.checks] == [
        "complete",
        "large",
        "worth",
        "reachable",
        "consent",
        "stable",
    ]
    rest = use.preview_rule(books.book, SIZE, "Small", worked(books))
    assert (rest.line, rest.moved_out) == ("1 match the rule, 1 overridden, 0 in segment", 1)
    assert use.find_scheme(books.book, "size").definition == SIZE.definition


def test_a_preview_of_what_is_not_there_is_refused(books: BookBuilder) -> None:
    with pytest.raises(NotFound, match="no segment 'Huge' in Size"):
        use.preview_rule(books.book, SIZE, "Huge", worked(books))


def test_a_scheme_without_rules_says_how_it_divides(books: BookBuilder) -> None:
    found = use.preview_rule(books.book, Scheme("tier", "Tier", "profit_tier"), "Top 20%", worked(books))
    assert found.sentence == "Ranked by gross profit."
    assert found.line == "1 match the rule, 1 in segment"


def test_a_field_shows_its_range_in_this_book(books: BookBuilder) -> None:
    given = use.input_for(worked(books))
    assert use.field_range(given, "recency_days") == "25 to 26, median 25.5, known for 2 of 4"
    assert use.field_range(given, "abc_class") == "known for 2 of 4"


def test_a_read_only_book_cannot_be_changed(books: BookBuilder) -> None:
    use.save_scheme(books.book, SIZE)
    with open_book(books.path, read_only=True) as other:
        assert len(use.list_schemes(other)) == 1
        with pytest.raises(BookError, match="read-only"):
            use.override_customer(other, "size", 1, "Big", reason="why", author="DW")
