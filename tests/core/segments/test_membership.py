"""Who belongs where, with customers moved by hand, and what segments add up to."""

from datetime import date

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.segments.membership import Membership, Override, apply_scheme
from core.segments.method import PROSPECTS, Definition, MethodInput, SegmentSpec
from core.segments.rule import Comparison, Condition
from core.segments.scheme import Scheme
from core.segments.totals import grand_total, segment_totals, total_of
from tests.core.segments.frames import customers

SCHEME = Scheme(
    "size",
    "Size",
    "rules",
    Definition(
        (
            SegmentSpec("Big", 0, rule=Condition("net_revenue", Comparison.AT_LEAST, ("100",)), rank=0),
            SegmentSpec("Small", 4, rank=1),
        )
    ),
)
# 101 Big 150.00, 102 Small 20.00, 103 Small 30.00 with unknown cost, 104 never ordered
TABLE = customers(
    4,
    {
        "net_revenue": [15000, 2000, 3000, 0],
        "gross_profit": [6000, 800, None, 0],
        "cost_to_serve": [1000, 900, 100, 0],
        "contribution": [5000, -100, None, 0],
        "orders": [6, 2, 1, 0],
    },
)
JUDGED = np.array([True, True, True, False])


def applied(*overrides: Override, table: MethodInput = TABLE) -> Membership:
    return apply_scheme(SCHEME, table, judged=JUDGED, overrides=overrides)


def moved(customer: int, segment: str, *, expires: date | None = None, scheme: str = "size") -> Override:
    return Override(scheme, customer, segment, "Closed for refit", "DW", "2026-11-03T10:00:00Z", expires)


def test_everybody_is_somewhere_and_who_never_ordered_is_apart() -> None:
    found = applied()
    assert found.frame()["segment"].tolist() == ["Big", "Small", "Small", PROSPECTS]
    assert found.frame()["origin"].tolist() == ["rule"] * 4
    assert found.frame()["customer_id"].tolist() == [101, 102, 103, 104]
    assert found.judged().tolist() == [True, True, True, False]
    assert found.members("Small").tolist() == [1, 2]
    assert len(found) == 4


def test_there_is_no_segment_without_orders_where_everybody_ordered() -> None:
    found = apply_scheme(SCHEME, TABLE, judged=np.ones(4, np.bool_))
    assert [segment.name for segment in found.segments] == ["Big", "Small"]


def test_a_customer_moved_by_hand_wins_over_every_rule() -> None:
    found = applied(moved(102, "Big"))
    assert found.segment_of(1).name == "Big"
    assert found.origin(1) == "manual"
    assert [reason.sentence for reason in found.why(1)] == [
        "Moved here by DW: Closed for refit",
        "The rules say Small",
    ]


def test_a_move_by_hand_ends_on_its_day() -> None:
    # as of 31 Oct 2026
    assert applied(moved(102, "Big", expires=date(2026, 10, 31))).segment_of(1).name == "Small"
    lasting = applied(moved(102, "Big", expires=date(2026, 11, 1)))
    assert lasting.segment_of(1).name == "Big"
    assert lasting.why(1)[0].sentence == "Moved here by DW, until 2026-11-01: Closed for refit"


def test_moves_of_another_scheme_do_not_count() -> None:
    assert applied(moved(102, "Big", scheme="area")).overrides == {}


def test_a_move_to_what_is_no_longer_there_is_reported() -> None:
    gone, stranger = moved(102, "Huge"), moved(999, "Big")
    found = applied(gone, stranger)
    assert found.segment_of(1).name == "Small"
    assert found.unplaced == (gone, stranger)


def test_a_customer_without_orders_can_be_moved_by_hand() -> None:
    found = applied(moved(104, "Small"))
    assert found.segment_of(3).name == "Small"
    assert found.judged().all()


def test_why_speaks_of_the_own_values() -> None:
    found = applied()
    assert found.why_line(0) == "Net revenue is $150, at least $100"
    assert found.why_line(2) == "None of the rules before matches"
    assert found.why_line(3) == "No order up to 2026-10-31"


def test_a_customer_is_found_by_id() -> None:
    assert applied().row_of(103) == 2
    assert applied().row_of(7) is None


def test_segments_add_up_and_unknown_stays_unknown() -> None:
    big, small, prospects = segment_totals(applied(moved(101, "Small")), TABLE.metrics)
    assert (big.customers, big.net_revenue, big.orders) == (0, 0, 0)
    assert (small.customers, small.by_hand, small.net_revenue) == (3, 1, 20000)
    assert (small.orders, small.cost_to_serve) == (9, 2000)
    assert (small.gross_profit, small.contribution, small.known["contribution"]) == (None, None, 2)
    assert (prospects.customers, prospects.contribution) == (1, 0)
    whole = grand_total(applied(), TABLE.metrics)
    assert (whole.customers, whole.net_revenue, whole.contribution) == (4, 20000, None)


def test_a_figure_that_was_not_worked_out_is_unknown() -> None:
    metrics = TABLE.metrics.drop(columns="contribution")
    assert total_of(np.array([True, True, False, False]), metrics, name="Two").contribution is None


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.integers(-(10**12), 10**12), st.booleans()), max_size=20),
    st.lists(st.tuples(st.integers(101, 125), st.sampled_from(["Big", "Small", "Gone"])), max_size=5),
)
def test_segments_always_add_up_to_all_customers(
    made: list[tuple[int, bool]], by_hand: list[tuple[int, str]]
) -> None:
    table = customers(len(made), {"net_revenue": [amount for amount, _ in made], "orders": [1] * len(made)})
    judged = np.array([ordered for _, ordered in made], np.bool_)
    overrides = [moved(customer, segment) for customer, segment in by_hand]
    found = apply_scheme(SCHEME, table, judged=judged, overrides=overrides)
    totals = segment_totals(found, table.metrics)
    assert sum(total.customers for total in totals) == len(made)
    assert sum(total.net_revenue or 0 for total in totals) == sum(amount for amount, _ in made)


@pytest.mark.parametrize("key", ["orders", "net_revenue", "gross_profit", "cost_to_serve", "contribution"])
def test_a_total_shows_each_sum(key: str) -> None:
    total = total_of(np.array([True, False, False, False]), TABLE.metrics)
    assert getattr(total, key) == TABLE.metrics[key][0]
