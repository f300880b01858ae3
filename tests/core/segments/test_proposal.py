from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from core.analysis.facts import Facts
from core.analysis.metric_shelf import all_metrics, customer_metrics
from core.analysis.patterns.clusters import Cluster, Clusters, Trait, apart_words, clusters, stable_words
from core.period import Period
from core.segments.field import fields_of
from core.segments.membership import apply_scheme, covered, input_of
from core.segments.method import PROSPECTS, MethodInput
from core.segments.proposal import QUIET, Proposal, name_problem, propose
from core.segments.proposal_text import agreement_sentence, average_text, standing_out
from core.segments.rule import Comparison, Condition, all_of
from core.segments.scheme import Scheme, check_scheme
from core.segments.totals import segment_totals
from tests.core.analysis.patterns.made_facts import Sale, made_facts

AS_OF = date(2026, 6, 30)
YEAR = Period(date(2025, 7, 1), AS_OF)
REGULARS, ONCE, LATELY = range(12), range(12, 24), range(24, 36)


def three_kinds(order: list[int] | None = None) -> Facts:
    """12 with an order every second week, 12 with one large order long ago, 12 new ones; 2 without an order in the
    year, 1 who never ordered."""
    who = order or list(range(39))
    sales = []
    for place in REGULARS:
        sales += [
            Sale(AS_OF - timedelta(days=14 * n + place % 3), who[place], 100_00 + place) for n in range(24)
        ]
    for place in ONCE:
        sales.append(Sale(AS_OF - timedelta(days=300 + place), who[place], 9_000_00 + place))
    for place in LATELY:
        sales.append(Sale(AS_OF - timedelta(days=place % 5), who[place], 20_00 + place, discount=10_00))
    sales += [Sale(date(2024, 3, 1), who[36], 500_00), Sale(date(2025, 6, 30), who[37], 500_00)]
    return made_facts(sales, as_of=AS_OF, customers=39, period=YEAR)


def given_for(facts: Facts) -> MethodInput:
    return input_of(facts, customer_metrics(facts), fields_of(all_metrics()))


def proposed(facts: Facts) -> Proposal:
    found = clusters(facts)
    assert isinstance(found, Clusters)
    return propose(facts, given_for(facts), found)


def test_groups_that_are_clearly_apart_are_all_found_again() -> None:
    facts = three_kinds()
    proposal = proposed(facts)
    assert (proposal.customers, proposal.agreeing, proposal.missed) == (36, 36, ())
    assert proposal.agreement == "The rules put all 36 customers into the group that was found."
    assert [group.customers for group in proposal.groups] == [12, 12, 12]
    assert [(group.found, group.agreeing) for group in proposal.groups] == [(12, 12)] * 3
    assert (proposal.quiet, proposal.prospects) == (2, 1)
    by_rank = sorted(proposal.groups, key=lambda group: group.segment.rank)
    assert [group.net_revenue for group in by_rank] == [
        sum(9_000_00 + place for place in ONCE),
        24 * sum(100_00 + place for place in REGULARS),
        sum(20_00 + place for place in LATELY),
    ]
    assert proposal.is_useful


def test_every_customer_is_in_exactly_one_segment_of_the_scheme() -> None:
    facts = three_kinds()
    proposal, given = proposed(facts), given_for(facts)
    scheme = proposal.scheme("bought", " How they buy ")
    check_scheme(scheme, given.fields, exponent=2)
    assert (scheme.key, scheme.name, scheme.method, scheme.version) == ("bought", "How they buy", "rules", 0)
    membership = apply_scheme(scheme, given, judged=covered(facts))
    names = [membership.segment_of(row).name for row in range(39)]
    assert [names[row] for row in (36, 37, 38)] == [QUIET, QUIET, PROSPECTS]
    for members in (REGULARS, ONCE, LATELY):
        assert len({names[row] for row in members}) == 1
    assert len({names[row] for row in (0, 12, 24)}) == 3
    totals = {one.segment.name: one for one in segment_totals(membership, given.metrics)}
    for group in proposal.groups:
        assert totals[group.segment.name].customers == group.customers
        assert totals[group.segment.name].net_revenue == group.net_revenue
    assert sum(one.customers for one in totals.values()) == 39


def test_those_who_stopped_are_asked_first_and_stand_last() -> None:
    scheme = proposed(three_kinds()).scheme("a", "A")
    quiet = scheme.segments[0]
    assert (quiet.name, quiet.rule) == (QUIET, all_of(Condition("orders", Comparison.IS, ("0",))))
    assert quiet.rank == max(one.rank for one in scheme.segments)
    assert len({one.palette for one in scheme.segments}) == 4
    assert scheme.segments[-1].rule is None


def test_segments_take_the_names_that_they_are_given() -> None:
    proposal = proposed(three_kinds())
    first = proposal.groups[0].segment.name
    scheme = proposal.scheme("a", "A", {first: " My best "})
    assert [one.name for one in scheme.segments[1:]] == [
        "My best",
        *(group.segment.name for group in proposal.groups[1:]),
    ]


def test_the_order_of_the_customers_changes_nothing() -> None:
    order = np.random.default_rng(5).permutation(39).tolist()
    assert proposed(three_kinds(order)) == proposed(three_kinds())


@pytest.mark.parametrize(("currency", "exponent"), [("JPY", 0), ("KWD", 3)])
def test_currencies_without_or_with_three_decimals_give_the_same_groups(currency: str, exponent: int) -> None:
    proposal = proposed(replace(three_kinds(), currency=currency, exponent=exponent))
    assert (proposal.agreeing, proposal.customers) == (36, 36)
    given = given_for(replace(three_kinds(), currency=currency, exponent=exponent))
    check_scheme(proposal.scheme("a", "A"), given.fields, exponent=exponent)


def test_what_sets_a_group_apart_is_said_with_its_average_and_that_of_all() -> None:
    facts = three_kinds()
    given = given_for(facts)
    regulars = np.array([row in REGULARS for row in range(39)])
    active = np.array([row < 36 for row in range(39)])
    assert average_text("orders", given, regulars) == "24"
    assert average_text("orders", given, active) == "8.7"  # (12 × 24 + 24) / 36
    revenue = (
        24 * sum(100_00 + p for p in REGULARS)
        + sum(9_000_00 + p for p in ONCE)
        + sum(20_00 + p for p in LATELY)
    )
    assert average_text("average_order_value", given, active) == f"${round(revenue / 312 / 100):,}"
    assert average_text("recency_days", given, regulars) == "1 day"  # 0, 1, 2, 0, 1, 2 …
    # 12 discounts of 10.00 on sales of 20.00 and a few cents
    lately = np.array([row in LATELY for row in range(39)])
    assert average_text("discount_share", given, lately) == "33%"
    assert average_text("returns_share", given, lately) == "0%"
    nobody = np.zeros(39, np.bool_)
    assert average_text("discount_share", given, nobody) == average_text("orders", given, nobody) == ""
    unknown = Cluster("Free", 0, 0, (Trait("discount_share", -1.0),))
    assert standing_out(unknown, given, members=nobody, everybody=active) == ""
    said = {group.apart for group in proposed(facts).groups}
    assert any("24 orders" in text and "8.7" in text for text in said)


def groups_by_hand(facts: Facts, groups: list[list[int]]) -> Clusters:
    """Groups as if they had been found."""
    label = [next((place for place, rows in enumerate(groups) if row in rows), None) for row in range(39)]
    traits = (Trait("orders", 0.1),)
    made = tuple(Cluster(f"Group {place}", len(rows), 0, traits) for place, rows in enumerate(groups))
    return Clusters(pd.Series(label, dtype="Int64"), made, 0.2, 0.5, "Weak.")


def test_groups_that_no_rule_finds_are_named_and_counted() -> None:
    facts = three_kinds()
    found = groups_by_hand(facts, [[*REGULARS], [*ONCE, *LATELY][2:], [12, 13]])
    proposal = propose(facts, given_for(facts), found)
    assert [one.name for one in proposal.missed] == ["Group 2"]
    assert proposal.agreement == "The rules put 34 of 36 customers into the group that was found."
    assert proposal.quality.startswith("The groups run into each other")
    assert proposal.weaknesses == "Weak."


def test_one_group_alone_is_no_proposal() -> None:
    facts = three_kinds()
    proposal = propose(facts, given_for(facts), groups_by_hand(facts, [[*range(34)], [34, 35]]))
    assert [group.customers for group in proposal.groups] == [36]
    assert not proposal.is_useful


def test_a_ninth_colour_is_there_for_those_who_stopped() -> None:
    proposal = proposed(three_kinds())
    eight = replace(proposal, groups=proposal.groups[:1] * 8)
    assert eight.scheme("a", "A").segments[0].palette == 8
    assert proposal.scheme("a", "A").segments[0].palette == 7


def test_names_must_be_there_and_differ() -> None:
    assert name_problem(["A", "B"], 0) == ""
    assert name_problem([" ", "B"], 0) == "Enter a name."
    assert name_problem(["a", "A "], 1) == "There is a segment called A already."
    assert name_problem(["No orders yet"], 0).endswith("already.")
    assert name_problem([QUIET], 0).endswith("already.")


def test_words_about_the_groups_follow_the_published_bounds() -> None:
    words = [apart_words(value) for value in (0.2, 0.25, 0.5, 0.6, 0.7, 0.71)]
    assert words[0].startswith("The groups run into each other")
    assert words[1] == words[2] == "The groups overlap at their edges."
    assert words[3] == words[4] == "The groups stand apart, with some customers between them."
    assert words[5] == "The groups stand clearly apart."
    assert [stable_words(value)[:40] for value in (0.7, 0.9, 1.0)] == [
        "Another start gives other groups: the cu",
        "Another start gives nearly the same grou",
        "Another start gives the same groups.",
    ]
    assert agreement_sentence(171, 177) == (
        "The rules put 171 of 177 customers into the group that was found."
    )


def test_a_scheme_from_a_proposal_is_an_ordinary_one() -> None:
    scheme = proposed(three_kinds()).scheme("a", "A")
    assert isinstance(scheme, Scheme)
    assert all(one.description for one in scheme.segments)
