"""Schemes as values, and the ready-made ones."""

import json
from dataclasses import replace

import pytest

from core.segments.field import field_named, fields_of
from core.segments.method import Definition, SchemeMistake, SegmentSpec
from core.segments.ready_made import READY_MADE
from core.segments.rule import RuleMistake
from core.segments.rule_text import Terms, sentence
from core.segments.scheme import Scheme, check_scheme, definition_from_json, definition_to_json
from tests.core.segments.frames import customers, fields


@pytest.mark.parametrize("scheme", READY_MADE, ids=lambda scheme: scheme.key)
def test_a_ready_made_scheme_can_be_used_and_kept(scheme: Scheme) -> None:
    check_scheme(scheme, fields(), exponent=2)
    assert (
        definition_from_json(json.loads(json.dumps(definition_to_json(scheme.definition))))
        == scheme.definition
    )


def test_behaviour_asks_in_the_order_of_the_design_and_keeps_its_colours() -> None:
    segments = READY_MADE[0].segments
    assert [(segment.name, segment.palette) for segment in segments] == [
        ("New", 3),
        ("Dormant", 7),
        ("At risk", 6),
        ("Costly to serve", 5),
        ("Champions", 0),
        ("Rising", 2),
        ("Loyal core", 1),
        ("Occasional", 4),
    ]
    assert [segment.name for segment in sorted(segments, key=lambda one: one.rank)] == [
        "Champions", "Loyal core", "Rising", "New", "Occasional", "Costly to serve", "At risk", "Dormant",
    ]  # fmt: skip


def test_every_ready_made_rule_reads_as_a_sentence() -> None:
    terms = Terms(fields(), "USD", 2)
    assert [
        sentence(segment.rule, terms) for segment in READY_MADE[0].segments if segment.name != "At risk"
    ] == [
        "Customers whose first order is no more than 90 days ago.",
        "Customers whose last order is more than 150 days ago.",
        "Customers whose contribution is less than $0, and whose number of orders is at least 3.",
        "Customers whose recency score is at least 4, and whose frequency score is at least 4, and whose monetary score is at least 4.",
        "Customers whose revenue of the last three months, against the three before, is at least 20%.",
        "Customers whose frequency score is at least 3, and whose recency score is at least 3.",
        "Everyone else.",
    ]


@pytest.mark.parametrize(
    ("scheme", "message"),
    [
        (Scheme("", "Name", "rfm"), "needs a key and a name"),
        (Scheme("key", " ", "rfm"), "needs a key and a name"),
        (Scheme("key", "Name", "tarot"), "not a way to divide"),
        (
            Scheme("key", "Name", "rules", Definition((SegmentSpec("A", 0), SegmentSpec("A", 1)))),
            "are called 'A'",
        ),
        (Scheme("key", "Name", "rules", Definition((SegmentSpec(" ", 0),))), "Every segment needs a name"),
        (
            Scheme("key", "Name", "rules", Definition((SegmentSpec("No orders yet", 0),))),
            "choose another name",
        ),
    ],
)
def test_a_scheme_that_cannot_be_used_is_refused(scheme: Scheme, message: str) -> None:
    with pytest.raises(SchemeMistake, match=message):
        check_scheme(scheme, fields(), exponent=2)


@pytest.mark.parametrize(
    ("written", "message"),
    [
        ([], "needs a list of segments"),
        ({"segments": {}}, "needs a list of segments"),
        ({"segments": [{"palette": 1}]}, "Segment 1 has no name"),
        ({"segments": [{"name": "A", "rank": "first"}]}, "Colour and rank of 'A' are whole numbers"),
    ],
)
def test_a_definition_that_is_none_is_refused(written: object, message: str) -> None:
    with pytest.raises(SchemeMistake, match=message):
        definition_from_json(written)


def test_a_wrong_rule_names_its_segment() -> None:
    with pytest.raises(RuleMistake, match="the rule of 'A': expected a condition"):
        definition_from_json({"segments": [{"name": "A", "rule": 5}]})


def test_segments_can_be_put_in_another_order() -> None:
    first, second = SegmentSpec("A", 0), SegmentSpec("B", 1)
    scheme = Scheme("key", "Name", "rules", Definition((first, second), {"a": 1}))
    assert scheme.with_segments((second, first)).definition == Definition((second, first), {"a": 1})


def test_fields_have_the_labels_of_the_screen() -> None:
    made = fields_of([], ["Customer type"])
    assert made["customer.region"].label == "Area"
    assert made["attribute.Customer type"].is_text
    assert not made["attribute.Customer type"].is_number
    assert field_named("attribute.", made) is None


def test_a_figure_that_was_not_worked_out_is_named() -> None:
    full = customers(1)
    table = replace(full, metrics=full.metrics.drop(columns="orders"))
    with pytest.raises(SchemeMistake, match="The figure 'orders' was not worked out"):
        table.column("orders")
    with pytest.raises(SchemeMistake, match="no figure or attribute called 'luck'"):
        table.field("luck")
