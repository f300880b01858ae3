"""Rules as values: JSON and back, and what is refused."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.segments.rule import (
    Comparison,
    Condition,
    Group,
    Quantifier,
    Rule,
    RuleMistake,
    all_of,
    any_of,
    check,
    comparisons_for,
    fields_used,
    from_json,
    none_of,
    to_json,
)
from core.unit import Unit
from tests.core.segments.frames import fields

CONDITIONS = st.builds(
    Condition,
    field=st.text(min_size=1),
    comparison=st.sampled_from(Comparison),
    wanted=st.lists(st.text(), max_size=3).map(tuple),
    times=st.text(),
)
RULES = st.recursive(
    CONDITIONS,
    lambda inner: st.builds(Group, st.sampled_from(Quantifier), st.lists(inner, max_size=4).map(tuple)),
    max_leaves=6,
)


@given(RULES)
def test_a_rule_survives_json(rule: Rule) -> None:
    assert from_json(json.loads(json.dumps(to_json(rule)))) == rule


def test_json_is_what_a_person_would_write() -> None:
    rule = all_of(
        Condition("recency_days", Comparison.MORE, ("2.0",), times="median_interpurchase_days"),
        none_of(Condition("attribute.Type", Comparison.KNOWN)),
    )
    assert to_json(rule) == {
        "all": [
            {
                "field": "recency_days",
                "comparison": "is more than",
                "values": ["2.0"],
                "times": "median_interpurchase_days",
            },
            {"none": [{"field": "attribute.Type", "comparison": "is known"}]},
        ]
    }


def test_a_single_value_and_plain_numbers_are_read_too() -> None:
    assert from_json({"field": "orders", "comparison": "is at least", "value": 3}) == Condition(
        "orders", Comparison.AT_LEAST, ("3",)
    )


@pytest.mark.parametrize(
    ("written", "message"),
    [
        (None, "the rule: expected a condition or a group, found nothing"),
        ([], "found '[]'"),
        ({"all": [{"any": [7]}]}, "the rule, part 1, part 1: expected a condition or a group, found '7'"),
        ({"all": {}}, "a group has one of all, any or none, and a list"),
        ({"all": [], "any": []}, "a group has one of all, any or none, and a list"),
        ({"field": "orders", "comparison": "is", "colour": "red"}, "'colour' is not part of a condition"),
        ({"comparison": "is"}, "the field is missing"),
        ({"field": "orders", "comparison": "beats"}, "'beats' is not a comparison"),
        ({"field": "orders", "comparison": "is", "values": "3"}, "the values are no list"),
        ({"field": "orders", "comparison": "is", "value": True}, "expected a number or text, found 'True'"),
        ({"field": "orders", "comparison": "is", "value": None}, "found nothing"),
    ],
)
def test_json_that_is_no_rule_is_refused_with_its_place(written: object, message: str) -> None:
    with pytest.raises(RuleMistake) as mistake:
        from_json(written)
    assert message in str(mistake.value)


def test_groups_are_not_nested_without_end() -> None:
    rule: object = {"field": "orders", "comparison": "is known"}
    for _ in range(9):
        rule = {"all": [rule]}
    with pytest.raises(RuleMistake, match="nested more than 8 deep"):
        from_json(rule)


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (Condition("sales", Comparison.MORE, ("1",)), "this book has no figure or attribute called 'sales'"),
        (Condition("orders", Comparison.CONTAINS, ("1",)), "Orders cannot be asked whether it 'contains'"),
        (
            Condition("abc_class", Comparison.MORE, ("A",)),
            "ABC class cannot be asked whether it 'is more than'",
        ),
        (Condition("orders", Comparison.MORE), "Orders 'is more than' needs one value, found 0"),
        (Condition("orders", Comparison.BETWEEN, ("1",)), "needs two values, found 1"),
        (Condition("orders", Comparison.KNOWN, ("1",)), "needs no value, found 1"),
        (Condition("orders", Comparison.ONE_OF), "needs at least one value, found 0"),
        (Condition("abc_class", Comparison.IS, (" ",)), "ABC class 'is' has an empty value"),
        (Condition("orders", Comparison.MORE, ("many",)), "'many' is not a number"),
        (Condition("orders", Comparison.MORE, ("NaN",)), "'NaN' is not a number"),
        (Condition("orders", Comparison.MORE, ("1e99",)), "'1e99' is not a number"),
        (
            Condition("net_revenue", Comparison.MORE, ("1.005",)),
            "1.005 is finer than the currency's smallest unit",
        ),
        (Condition("first_purchase", Comparison.MORE, ("31.10.2026",)), "'31.10.2026' is not a date"),
        (Condition("recency_days", Comparison.MORE, ("2",), times="gap"), "no figure called 'gap'"),
        (Condition("recency_days", Comparison.MORE, ("2",), times="orders"), "Orders (count) differ in unit"),
        (
            Condition("recency_days", Comparison.IS, ("2",), times="tenure_days"),
            "cannot be a multiple of Customer for",
        ),
        (Condition("recency_days", Comparison.MORE, ("x",), times="tenure_days"), "'x' is not a number"),
        (all_of(), "the group 'all' is empty"),
    ],
)
def test_a_rule_that_cannot_be_used_is_refused(rule: Rule, message: str) -> None:
    with pytest.raises(RuleMistake) as mistake:
        check(rule, fields())
    assert message in str(mistake.value)


def test_the_place_of_a_mistake_counts_through_groups() -> None:
    fine = Condition("orders", Comparison.MORE, ("1",))
    rule = all_of(fine, any_of(fine, Condition("orders", Comparison.MORE, ("?",))))
    with pytest.raises(RuleMistake, match=r"^the rule of 'At risk', part 2, part 2: "):
        check(rule, fields(), place="the rule of 'At risk'")


def test_a_rule_may_ask_for_an_attribute_that_nobody_has_at_present() -> None:
    check(Condition("attribute.Roast", Comparison.IS, ("dark",)), fields())


@pytest.mark.parametrize(("exponent", "amount"), [(0, "1250"), (2, "1250.00"), (3, "1250.125")])
def test_money_is_as_fine_as_the_currency(exponent: int, amount: str) -> None:
    check(Condition("net_revenue", Comparison.MORE, (amount,)), fields(), exponent=exponent)


def test_fields_used_are_named_once_in_reading_order() -> None:
    rule = all_of(
        Condition("recency_days", Comparison.MORE, ("2",), times="median_interpurchase_days"),
        any_of(Condition("recency_days", Comparison.LESS, ("9",)), Condition("orders", Comparison.KNOWN)),
    )
    assert fields_used(rule) == ("recency_days", "median_interpurchase_days", "orders")


def test_words_are_not_asked_for_more_or_less() -> None:
    assert Comparison.MORE not in comparisons_for(Unit.TEXT)
    assert Comparison.CONTAINS not in comparisons_for(Unit.MONEY)
