"""Every method puts each customer into exactly one segment, and the right one."""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.patterns.abc_choice import AbcChoice
from core.analysis.patterns.rfm_table import SEGMENTS as RFM_NAMES
from core.segments.method import Assignment, Definition, MethodInput, SchemeMistake, SegmentSpec
from core.segments.method_shelf import all_methods, method_named
from core.segments.ready_made import READY_MADE
from core.segments.rule import Comparison, Condition, RuleMistake, any_of
from core.segments.rule_reasons import one_line
from tests.core.segments.frames import customers, fields

DEFINITIONS = {scheme.method: scheme.definition for scheme in READY_MADE}


def names(assignment: Assignment) -> list[str]:
    return [assignment.segments[code].name for code in assignment.codes]


def assign(method: str, table: MethodInput, definition: Definition | None = None) -> Assignment:
    return method_named(method).assign(table, definition or Definition())


def whys(assignment: Assignment) -> list[str]:
    return [one_line(assignment.why(row)) for row in range(len(assignment.codes))]


def test_the_shelf_holds_the_six_methods() -> None:
    assert list(all_methods()) == ["abc", "attribute", "geography", "profit_tier", "rfm", "rules"]
    with pytest.raises(SchemeMistake, match="'tarot' is not a way to divide customers"):
        method_named("tarot")


CUSTOMER = st.fixed_dictionaries(
    {
        "recency_days": st.one_of(st.none(), st.integers(0, 400)),
        "tenure_days": st.one_of(st.none(), st.integers(0, 900)),
        "median_interpurchase_days": st.one_of(st.none(), st.integers(1, 90)),
        "contribution": st.one_of(st.none(), st.integers(-500, 500)),
        "net_revenue": st.integers(-5, 500),
        "orders": st.integers(0, 20),
        "r": st.one_of(st.none(), st.integers(1, 5)),
        "f": st.one_of(st.none(), st.integers(1, 5)),
        "m": st.one_of(st.none(), st.integers(1, 5)),
        "trend": st.one_of(st.none(), st.floats(-1, 3)),
        "rfm_segment": st.one_of(st.none(), st.sampled_from(["Champions", "Lost", "Our own name"])),
        "abc_class": st.one_of(st.none(), st.sampled_from("ABC")),
    }
)
PLACES = st.one_of(st.none(), st.sampled_from(["Old Town", "old town", "Harbour", " ", "Mill"]))


@pytest.mark.parametrize("method", sorted(all_methods()))
@settings(max_examples=25)
@given(st.lists(st.tuples(CUSTOMER, PLACES), max_size=12))
def test_every_customer_is_in_exactly_one_segment_and_knows_why(
    method: str, made: list[tuple[dict[str, object], str | None]]
) -> None:
    metrics = {key: [one[key] for one, _ in made] for key in (made[0][0] if made else {})}
    table = customers(
        len(made), metrics, {"Area": [place for _, place in made], "Type": [p for _, p in made]}
    )
    assignment = assign(method, table, DEFINITIONS[method])
    assert len(assignment.codes) == len(made)
    assert all(0 <= code < len(assignment.segments) for code in assignment.codes)
    assert len({segment.name for segment in assignment.segments}) == len(assignment.segments)
    assert all(why for why in whys(assignment))


# ------------------------------------------------------------------------------------------- behaviour


def behaviour(**values: object) -> str:
    ordinary: dict[str, object] = {
        "recency_days": 10,
        "tenure_days": 400,
        "median_interpurchase_days": 14,
        "contribution": 5000,
        "orders": 12,
        "r": 2,
        "f": 2,
        "m": 2,
        "trend": 0.0,
    }
    table = customers(1, {key: [value] for key, value in (ordinary | values).items()})
    return names(assign("rules", table, DEFINITIONS["rules"]))[0]


@pytest.mark.parametrize(
    ("values", "segment"),
    [
        ({}, "Occasional"),
        ({"tenure_days": 90}, "New"),
        ({"tenure_days": 91}, "Occasional"),
        ({"tenure_days": 20, "contribution": -1}, "New"),
        ({"recency_days": 151}, "Dormant"),
        ({"recency_days": 150}, "At risk"),
        ({"recency_days": 30}, "At risk"),
        ({"recency_days": 29}, "Occasional"),
        ({"recency_days": 30, "median_interpurchase_days": 15}, "Occasional"),
        ({"recency_days": 125, "median_interpurchase_days": 7, "tenure_days": 1241}, "At risk"),
        ({"recency_days": 100, "median_interpurchase_days": None}, "Occasional"),
        ({"contribution": -1}, "Costly to serve"),
        ({"contribution": -1, "orders": 2}, "Occasional"),
        ({"contribution": None}, "Occasional"),
        ({"r": 4, "f": 4, "m": 4}, "Champions"),
        ({"r": 5, "f": 5, "m": 3, "trend": 0.2}, "Rising"),
        ({"r": 3, "f": 3, "m": 1}, "Loyal core"),
        ({"r": 2, "f": 3}, "Occasional"),
        ({"r": None, "f": None, "m": None, "trend": None}, "Occasional"),
    ],
)
def test_behaviour_and_profit_puts_customers_where_its_words_say(
    values: dict[str, object], segment: str
) -> None:
    assert behaviour(**values) == segment


def test_the_first_rule_that_matches_wins_and_explains() -> None:
    definition = Definition(
        (
            SegmentSpec("Big", 0, rule=Condition("orders", Comparison.AT_LEAST, ("10",))),
            SegmentSpec("Some", 1, rule=Condition("orders", Comparison.AT_LEAST, ("1",))),
            SegmentSpec("Rest", 2),
        )
    )
    found = assign("rules", customers(4, {"orders": [10, 9, 0, None]}), definition)
    assert names(found) == ["Big", "Some", "Rest", "Rest"]
    assert whys(found) == [
        "Number of orders is 10, at least 10",
        "Number of orders is 9, at least 1",
        "None of the rules before matches",
        "None of the rules before matches",
    ]


def test_a_segment_in_the_middle_without_a_rule_takes_nobody() -> None:
    definition = Definition((SegmentSpec("Empty", 0), SegmentSpec("Rest", 1)))
    assert names(assign("rules", customers(2), definition)) == ["Rest", "Rest"]


@pytest.mark.parametrize(
    ("segments", "error", "message"),
    [
        ((), SchemeMistake, "at least one segment"),
        (
            (SegmentSpec("A", 0, rule=Condition("orders", Comparison.KNOWN)),),
            SchemeMistake,
            "remove the rule of 'A'",
        ),
        ((SegmentSpec("A", 0), SegmentSpec("B", 1)), RuleMistake, "'A' has no rule"),
        (
            (SegmentSpec("A", 0, rule=any_of()), SegmentSpec("B", 1)),
            RuleMistake,
            "the rule of 'A': the group 'any'",
        ),
    ],
)
def test_rules_that_are_no_partition_are_refused(
    segments: tuple[SegmentSpec, ...], error: type[Exception], message: str
) -> None:
    with pytest.raises(error, match=message):
        method_named("rules").check(Definition(segments), fields(), 2)


# ------------------------------------------------------------------------------------- rfm, abc, profit


def test_rfm_keeps_the_eleven_names_in_order_and_sets_apart_who_has_not_ordered() -> None:
    table = customers(
        3,
        {"rfm_segment": ["Lost", "Champions", None], "r": [1, 5, None], "f": [1, 5, None], "m": [2, 4, None]},
    )
    found = assign("rfm", table)
    assert [segment.name for segment in found.segments] == [*RFM_NAMES, "No orders in the period"]
    assert names(found) == ["Lost", "Champions", "No orders in the period"]
    assert whys(found)[1] == "Recency scores 5, frequency 5, monetary value 4 of 5"
    assert all(segment.description for segment in found.segments)


def test_rfm_shows_no_empty_group_for_customers_without_orders() -> None:
    found = assign("rfm", customers(1, {"rfm_segment": ["Lost"]}))
    assert len(found.segments) == len(RFM_NAMES)


def test_abc_sets_apart_customers_without_a_class() -> None:
    found = assign("abc", customers(4, {"abc_class": ["A", "C", None, "B"]}))
    assert names(found) == ["A", "C", "No revenue", "B"]
    assert whys(found)[0] == "Class A: The largest customers, who together bring the first 80% of revenue."


def test_abc_says_the_shares_that_the_book_chose() -> None:
    given = replace(customers(3, {"abc_class": ["A", "B", "C"]}), abc_choice=AbcChoice(70, 90))
    said = [reason.split(", ", 1)[1] for reason in whys(assign("abc", given))]
    assert said == [
        "who together bring the first 70% of revenue.",
        "who bring the next 20% of revenue.",
        "who bring the last 10% of revenue.",
    ]
    to_the_end = replace(given, abc_choice=AbcChoice(70, 100))
    assert whys(assign("abc", to_the_end))[2] == "Class C: Customers whose sales came to nothing."


def tiers(values: Sequence[int | None], key: str = "contribution", **options: object) -> list[str]:
    return names(assign("profit_tier", customers(len(values), {key: values}), Definition((), options)))


def test_profit_tiers_are_a_fifth_three_tenths_and_a_half() -> None:
    found = tiers([100, 90, 80, 70, 60, 50, 40, 30, 20, 10])
    assert found == ["Top 20%"] * 2 + ["Next 30%"] * 3 + ["Remaining half"] * 5


def test_equal_profit_is_the_same_tier_and_a_loss_is_apart() -> None:
    # ranks 1, 2, 2, 2, 5: 0, 20, 20, 20 and 80 % earn more
    assert tiers([9, 5, 5, 5, -1]) == ["Top 20%", "Next 30%", "Next 30%", "Next 30%", "Costs money"]
    assert tiers([0]) == ["Top 20%"]


def test_profit_tiers_take_the_deepest_figure_that_is_known_for_all() -> None:
    table = customers(2, {"contribution": [1, None], "gross_profit": [1, 2], "net_revenue": [9, 8]})
    found = assign("profit_tier", table)
    assert found.note == "Ranked by gross profit."
    assert whys(found) == [
        "Gross profit is $0.01, rank 2 of 2 customers",
        "Gross profit is $0.02, rank 1 of 2 customers",
    ]
    revenue = assign("profit_tier", customers(1, {"net_revenue": [9]}))
    assert revenue.note == "Ranked by net revenue."


def test_a_profit_that_is_not_known_is_never_a_tier() -> None:
    assert tiers([5, None], measure="contribution") == ["Top 20%", "Profit unknown"]
    found = assign("profit_tier", customers(1), Definition((), {"measure": "contribution"}))
    assert whys(found) == ["Contribution is not known"]


def test_customers_are_ranked_by_figures_only() -> None:
    check = method_named("profit_tier").check
    check(Definition((), {"measure": "orders"}), fields(), 2)
    for measure in ("abc_class", "luck"):
        with pytest.raises(SchemeMistake, match=f"cannot be ranked by '{measure}'"):
            check(Definition((), {"measure": measure}), fields(), 2)


# ----------------------------------------------------------------------------------- area and attribute

AREAS = [
    "Old Town",
    "old town ",
    "OLD TOWN",
    "Harbour",
    "Harbour",
    "Harbour",
    "Harbour",
    "Mill",
    "Quay",
    None,
]


def test_areas_are_largest_first_small_ones_together_unknown_apart() -> None:
    found = assign("geography", customers(10, attributes={"Area": AREAS}))
    assert [segment.name for segment in found.segments] == [
        "Harbour",
        "OLD TOWN",
        "Other areas",
        "Area unknown",
    ]
    counts = np.bincount(found.codes).tolist()
    assert counts == [4, 3, 2, 1]
    assert whys(found)[7:] == [
        "Area is Mill, which has too few customers for a segment of its own",
        "Area is Quay, which has too few customers for a segment of its own",
        "Area is not known",
    ]


def test_areas_come_from_the_customer_list_where_there_is_no_attribute() -> None:
    table = customers(3, columns={"city": ["Lyon", "Lyon", ""]})
    found = assign("geography", table, Definition((), {"smallest": 1}))
    assert names(found) == ["Lyon", "Lyon", "Area unknown"]
    assert found.note == "Divided by City."
    both = customers(3, {}, {"Area": [None, None, None]}, {"region": ["North", "", ""]})
    assert names(assign("geography", both, Definition((), {"smallest": 1})))[0] == "North"


def test_a_value_that_is_called_like_the_others_joins_them() -> None:
    found = assign("geography", customers(5, attributes={"Area": ["Other areas"] * 3 + ["Quay", None]}))
    assert [segment.name for segment in found.segments] == ["Other areas", "Area unknown"]
    assert np.bincount(found.codes).tolist() == [4, 1]


def test_a_book_without_any_area_has_one_segment() -> None:
    assert names(assign("geography", customers(2))) == ["Area unknown", "Area unknown"]


def test_a_named_field_wins() -> None:
    table = customers(3, attributes={"Area": ["x", "x", "x"], "Route": ["1", "2", "2"]})
    chosen = Definition((), {"field": "attribute.Route", "smallest": 1})
    assert names(assign("geography", table, chosen)) == ["1", "2", "2"]
    assert names(assign("attribute", table, chosen)) == ["1", "2", "2"]


def test_customer_types_are_found_by_their_label() -> None:
    table = customers(7, attributes={"Type": ["Café"] * 3 + ["Hotel"] * 3 + [None]})
    found = assign("attribute", table)
    assert [segment.name for segment in found.segments] == ["Café", "Hotel", "Customer type unknown"]
    assert found.segments[0].description == "Customers whose customer type is Café."
    assert names(assign("attribute", customers(1))) == ["Customer type unknown"]


def test_no_more_than_twelve_values_have_a_segment_of_their_own() -> None:
    found = assign("attribute", customers(39, attributes={"Type": [f"T{i % 13:02}" for i in range(39)]}))
    assert len(found.segments) == 13
    assert found.segments[-1].name == "Others"
    assert found.segments[8].palette == 0


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"field": "luck"}, "no attribute or column called 'luck'"),
        ({"field": 7}, "no attribute or column called '7'"),
        ({"smallest": 0}, "a whole number from 1"),
        ({"smallest": True}, "a whole number from 1"),
    ],
)
def test_a_field_that_cannot_divide_is_refused(options: dict[str, object], message: str) -> None:
    for method in ("geography", "attribute"):
        with pytest.raises(SchemeMistake, match=message):
            method_named(method).check(Definition((), options), fields(), 2)
