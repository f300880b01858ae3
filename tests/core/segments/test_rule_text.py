"""A rule read back as one sentence, and explained for one customer."""

import pytest

from core.segments.rule import Comparison, Condition, Rule, all_of, any_of, none_of
from core.segments.rule_reasons import Explainer, one_line
from core.segments.rule_text import Terms, sentence
from tests.core.segments.frames import customers, fields

TERMS = Terms(fields("Type"), "USD", 2)
AT_RISK = all_of(
    Condition("recency_days", Comparison.MORE, ("2.0",), times="median_interpurchase_days"),
    Condition("recency_days", Comparison.AT_LEAST, ("30",)),
    Condition("recency_days", Comparison.NO_MORE, ("150",)),
    Condition("tenure_days", Comparison.MORE, ("90",)),
)


def test_a_rule_reads_as_one_sentence() -> None:
    assert sentence(AT_RISK, TERMS) == (
        "Customers whose last order is more than 2 times their own usual gap ago, at least 30 days ago and "
        "no more than 150 days ago, and whose first order is more than 90 days ago."
    )


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (None, "Everyone else."),
        (Condition("net_revenue", Comparison.AT_LEAST, ("1250.00",)), "whose net revenue is at least $1,250"),
        (Condition("net_revenue", Comparison.LESS, ("0.5",)), "whose net revenue is less than $0.50"),
        (Condition("contribution", Comparison.LESS, ("-20",)), "whose contribution is less than -$20"),
        (Condition("trend", Comparison.AT_LEAST, ("0.20",)), "against the three before, is at least 20%"),
        (
            Condition("margin_change", Comparison.LESS, ("-0.05",)),
            "whose margin change is less than -5 points",
        ),
        (Condition("recency_days", Comparison.IS, ("1",)), "whose last order is 1 day ago"),
        (Condition("recency_days", Comparison.BETWEEN, ("30", "150")), "is between 30 days and 150 days ago"),
        (
            Condition("first_purchase", Comparison.MORE, ("2026-08-02",)),
            "whose first order is after 2 Aug 2026",
        ),
        (Condition("r", Comparison.AT_LEAST, ("4",)), "whose recency score is at least 4"),
        (Condition("orders", Comparison.ONE_OF, ("1", "2", "3")), "number of orders is one of 1, 2 or 3"),
        (Condition("attribute.Type", Comparison.CONTAINS, ("café",)), "whose type contains “café”"),
        (Condition("customer.email", Comparison.UNKNOWN), "whose e-mail address is not known"),
        (Condition("abc_class", Comparison.KNOWN), "whose ABC class is known"),
        (Condition("attribute.VAT id", Comparison.IS, ("x",)), "whose VAT id is “x”"),
        (
            Condition("net_revenue", Comparison.MORE, ("1.5",), times="gross_profit"),
            "whose net revenue is more than 1.5 times their own gross profit",
        ),
    ],
)
def test_values_are_written_with_their_unit(rule: Rule | None, expected: str) -> None:
    assert expected in sentence(rule, TERMS)


def test_groups_are_told_apart() -> None:
    many, cafe = (
        Condition("orders", Comparison.MORE, ("9",)),
        Condition("attribute.Type", Comparison.IS, ("café",)),
    )
    assert sentence(any_of(many, cafe), TERMS) == (
        "Customers whose number of orders is more than 9 or whose type is “café”."
    )
    assert sentence(all_of(many, any_of(cafe, AT_RISK)), TERMS).startswith(
        "Customers whose number of orders is more than 9, and (whose type is “café” or (whose last order"
    )
    assert sentence(all_of(many, none_of(cafe)), TERMS) == (
        "Customers whose number of orders is more than 9, and not (whose type is “café”)."
    )


# Tandem Espresso of the design: last order 125 days ago, usual gap 7 days, first order 1,241 days ago.
TABLE = customers(
    4,
    {
        "recency_days": [125, 12, None, 40],
        "median_interpurchase_days": [7, 7, 7, None],
        "tenure_days": [1241, 60, None, 400],
    },
    {"Type": ["Café", None, "Hotel", ""]},
)


def test_a_customer_sees_the_own_values() -> None:
    reasons = Explainer(AT_RISK, TABLE).reasons(0)
    assert [(reason.sentence, reason.holds) for reason in reasons] == [
        ("Last order was 125 days ago, more than 2 times their own usual gap of 7 days", True),
        ("Last order was 125 days ago, at least 30 days", True),
        ("Last order was 125 days ago, no more than 150 days", True),
        ("First order was 1,241 days ago, more than 90 days", True),
    ]


def test_what_does_not_hold_says_not() -> None:
    reasons = Explainer(AT_RISK, TABLE).reasons(1)
    assert [reason.sentence for reason in reasons] == [
        "Last order was 12 days ago, not more than 2 times their own usual gap of 7 days",
        "Last order was 12 days ago, less than 30 days",
        "Last order was 12 days ago, no more than 150 days",
        "First order was 60 days ago, not more than 90 days",
    ]
    assert [reason.holds for reason in reasons] == [False, False, True, False]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (
            Condition("recency_days", Comparison.NO_MORE, ("100",)),
            "Last order was 125 days ago, more than 100 days",
        ),
        (Condition("attribute.Type", Comparison.CONTAINS, ("bar",)), "Type is Café, does not contain “bar”"),
        (Condition("attribute.Type", Comparison.IS, ("bar",)), "Type is Café, not “bar”"),
        (Condition("attribute.Type", Comparison.IS_NOT, ("café",)), "Type is Café, not other than “café”"),
    ],
)
def test_each_comparison_can_be_denied(condition: Condition, expected: str) -> None:
    assert Explainer(condition, TABLE).reasons(0)[0].sentence == expected


def test_what_is_unknown_stays_open() -> None:
    explainer = Explainer(AT_RISK, TABLE)
    assert explainer.reasons(2)[1].sentence == "Last order is not known (asked: is at least 30 days ago)"
    assert [reason.holds for reason in explainer.reasons(2)] == [None, None, None, None]
    assert explainer.reasons(3)[0].sentence == (
        "Last order was 40 days ago, more than 2 times their own usual gap, which is not known"
    )


def test_groups_stand_above_their_conditions() -> None:
    rule = any_of(
        Condition("attribute.Type", Comparison.IS, ("café",)),
        all_of(Condition("attribute.Type", Comparison.UNKNOWN)),
        none_of(Condition("attribute.Roast", Comparison.KNOWN)),
    )
    reasons = Explainer(rule, TABLE).reasons(0)
    assert [(reason.sentence, reason.holds, reason.depth) for reason in reasons] == [
        ("At least one of these is true", True, 0),
        ("Type is Café, “café”", True, 1),
        ("All of these are true", False, 1),
        ("Type is known: Café", False, 2),
        ("None of these is true", True, 1),
        ("Roast is not known", False, 2),
    ]
    assert one_line(Explainer(rule, TABLE).reasons(1)[1:4]) == (
        "Type is not known (asked: is “café”); All of these are true; Type is not known"
    )


def test_money_of_a_customer_is_written_to_the_cent() -> None:
    table = customers(1, {"net_revenue": [123456], "first_purchase": ["2023-06-08"]})
    rule = all_of(
        Condition("net_revenue", Comparison.MORE, ("1000",)),
        Condition("first_purchase", Comparison.LESS, ("2024-01-01",)),
    )
    assert [reason.sentence for reason in Explainer(rule, table).reasons(0)] == [
        "Net revenue is $1,234.56, more than $1,000",
        "First order is 8 Jun 2023, before 1 Jan 2024",
    ]
