from dataclasses import replace
from pathlib import Path

import pytest

from core.analysis.patterns.not_enough import NotEnough
from core.segments.method import SchemeMistake
from core.segments.proposal import Proposal
from core.store.book import Book
from core.usecases.figures import load_figures
from core.usecases.segment_proposal import (
    PROPOSED_NAME,
    free_name,
    own_key,
    propose_segments,
    save_proposal,
    scheme_name_problem,
)
from core.usecases.segments import ensure_ready_made, find_scheme, list_schemes, membership_of
from tests.core.builders import BookBuilder


class Steps:
    """Remembers what was said."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def step(self, message: str) -> None:
        self.said.append(message)

    def advance(self, done: int, total: int | None = None) -> None: ...


@pytest.fixture
def builder(tmp_path: Path) -> BookBuilder:
    return BookBuilder(tmp_path / "book.quintile")


def with_two_kinds(builder: BookBuilder, each: int = 10) -> Book:
    """Customers with twelve small orders up to now, and as many with one large order early in the year."""
    for place in range(each):
        often, once = builder.customer(f"Often {place}"), builder.customer(f"Once {place}")
        for month in range(1, 13):
            builder.document(f"2026-{month:02d}-{10 + place}", often, (50_00 + place, None))
        builder.document(f"2026-02-{10 + place}", once, (8_000_00 + place, None))
    ensure_ready_made(builder.book)
    return builder.book


def proposed(book: Book) -> Proposal:
    found = propose_segments(load_figures(book))
    assert isinstance(found, Proposal)
    return found


def test_a_proposal_is_kept_as_a_scheme_that_puts_everybody_where_it_said(builder: BookBuilder) -> None:
    book = with_two_kinds(builder)
    steps = Steps()
    figures = load_figures(book)
    proposal = propose_segments(figures, progress=steps)
    assert steps.said == [
        "Looking for customers who buy alike",
        "Looking for rules that tell the groups apart",
    ]
    assert isinstance(proposal, Proposal)
    assert (proposal.agreeing, proposal.customers) == (20, 20)
    before = len(list_schemes(book))
    names = {proposal.groups[0].segment.name: "Once and large", proposal.groups[1].segment.name: "Regulars"}
    saved = save_proposal(book, proposal, "How they buy", names=names, author="Dana")
    assert (saved.key, saved.version, saved.position) == ("how_they_buy", 1, before)
    membership = membership_of(book, find_scheme(book, "how_they_buy"), figures)
    names_of = figures.facts.customers["name"].tolist()
    once = [name for row, name in enumerate(names_of) if membership.segment_of(row).name == "Once and large"]
    assert sorted(once) == sorted(f"Once {place}" for place in range(10))


def test_too_few_customers_are_said_with_how_many_would_do(builder: BookBuilder) -> None:
    book = with_two_kinds(builder, each=9)
    found = propose_segments(load_figures(book))
    assert found == NotEnough(18, 20, "customers with an order in the period")


def test_a_name_that_is_empty_or_taken_is_refused(builder: BookBuilder) -> None:
    book = with_two_kinds(builder)
    proposal = proposed(book)
    with pytest.raises(SchemeMistake, match="Enter a name"):
        save_proposal(book, proposal, " ")
    with pytest.raises(SchemeMistake, match="called rfm already"):
        save_proposal(book, proposal, "rfm")
    assert scheme_name_problem("Mine", list_schemes(book)) == ""


def test_groups_that_no_rule_tells_apart_make_no_scheme(builder: BookBuilder) -> None:

    book = with_two_kinds(builder)
    proposal = proposed(book)
    with pytest.raises(SchemeMistake, match="No plain rule"):
        save_proposal(book, replace(proposal, groups=proposal.groups[:1]), "Mine")


def test_a_second_proposal_gets_a_name_and_a_key_of_its_own(builder: BookBuilder) -> None:
    book = with_two_kinds(builder)
    assert free_name(list_schemes(book)) == PROPOSED_NAME
    save_proposal(book, proposed(book), PROPOSED_NAME)
    assert free_name(list_schemes(book)) == f"{PROPOSED_NAME} (2)"
    assert own_key("How customers buy!", {"how_customers_buy"}) == "how_customers_buy_2"
    assert own_key("Ünï", set()) == "n"
    assert own_key("顧客", set()) == "scheme"
