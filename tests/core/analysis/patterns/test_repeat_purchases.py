from datetime import date

import numpy as np
import pytest

from core.analysis.patterns.repeat_purchases import Histories, transactions
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts
from tests.core.builders import BookBuilder


def test_order_days_become_a_history(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.customer("Nobody")
    builder.document("2026-10-01", ann, (10_00, None))
    builder.document("2026-10-08", ann, (20_00, None))
    builder.document("2026-10-08", ann, (5_00, None))  # the same day: one order of 25
    builder.document("2026-10-15", ann, (40_00, None))
    builder.document("2026-10-10", bob, (99_00, None))
    builder.document("2026-10-20", None, (7_00, None))
    found = transactions(builder.facts(as_of="2026-10-29"), "days")
    assert found.customer.tolist() == [0, 1]
    assert found.histories.x.tolist() == [2, 0]
    assert found.histories.t_x.tolist() == [14, 0]
    assert found.histories.age.tolist() == [28, 19]
    assert found.mean_value[0] == 32_50  # (25 + 40) / 2: the first order is no repeat
    assert np.isnan(found.mean_value[1])
    weeks = transactions(builder.facts(as_of="2026-10-29"))
    assert (weeks.histories.t_x[0], weeks.histories.age[0]) == (2.0, 4.0)


def test_credit_notes_are_no_orders_and_move_no_date(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-10-01", ann, (10_00, None))
    builder.document("2026-10-08", ann, (20_00, None))
    before = transactions(builder.facts(), "days")
    builder.document("2026-10-20", ann, (-20_00, None), kind="credit note")
    builder.document("2026-10-02", bob, (-5_00, None), kind="credit note")
    after = transactions(builder.facts(), "days")
    assert after.customer.tolist() == [0]  # a customer with only credits never ordered
    for name in ("x", "t_x", "age"):
        assert getattr(after.histories, name).tolist() == getattr(before.histories, name).tolist()
    assert after.mean_value.tolist() == [20_00]


def test_an_earlier_day_cuts_off_what_came_later(builder: BookBuilder) -> None:
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    for day in ("2026-10-01", "2026-10-05", "2026-10-21"):
        builder.document(day, ann, (10_00, None))
    builder.document("2026-10-25", bob, (10_00, None))
    found = transactions(builder.facts(), "days", until=date(2026, 10, 10))
    assert (found.customer.tolist(), found.end) == ([0], date(2026, 10, 10))
    assert (found.histories.x[0], found.histories.t_x[0], found.histories.age[0]) == (1, 4, 9)
    with pytest.raises(ValueError, match="facts end"):
        transactions(builder.facts(), until=date(2026, 12, 1))


def test_on_gross_profit_orders_count_with_the_margin_of_their_customer(builder: BookBuilder) -> None:
    ann, bob, cleo = (builder.customer(name) for name in ("Ann", "Bob", "Cleo"))
    for day in ("2026-10-01", "2026-10-11"):
        builder.document(day, ann, (100_00, 60_00))  # margin 40 %
        builder.document(day, bob, (100_00, 120_00))  # sells below cost
        builder.document(day.replace("10-", "09-"), cleo, (50_00, 10_00))  # nothing in the period
    found = transactions(builder.facts(), basis="gross_profit")
    # All customers in October: 400 of revenue, 360 of cost, so 10 % stands in for Cleo.
    assert found.mean_value == pytest.approx([40_00, 0, 5_00])
    assert found.notes == (
        "1 customer without a known margin in the period: the margin of all customers, 10.0%, stands in.",
        "1 customer with gross profit below 0: their orders count as 0.",
    )


def test_without_costs_there_is_no_contribution(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    for day in ("2026-10-01", "2026-10-11"):
        builder.document(day, ann, (100_00, None))
    found = transactions(builder.facts(), basis="contribution")
    assert np.isnan(found.mean_value).all()
    assert found.notes == ("The contribution of 1 customer is not known, so their orders have no value.",)


def test_an_empty_book_has_no_history(builder: BookBuilder) -> None:
    assert len(transactions(builder.facts()).histories.x) == 0


def test_cdnow_has_its_published_numbers_of_repeat_purchases() -> None:
    seen = transactions(cdnow_facts(), until=CALIBRATION_END).histories
    assert (len(seen.x), seen.x.sum(), (seen.x == 0).sum()) == (2357, 2457, 1411)
    assert transactions(cdnow_facts()).histories.x.sum() == 2457 + 1882


@pytest.mark.parametrize("row", [(-1, 0, 5), (1, 6, 5), (0, 2, 5), (1, -2, 5)])
def test_what_cannot_be_a_history_is_refused(row: tuple[float, float, float]) -> None:
    with pytest.raises(ValueError, match="a history has"):
        Histories(*(np.array([value]) for value in row))


def test_equal_histories_are_counted_once() -> None:
    rows = Histories(np.array([1, 0, 1, 1]), np.array([2, 0, 2, 3]), np.array([9, 9, 9, 9])).grouped()
    assert (rows.x.tolist(), rows.t_x.tolist(), rows.weight.tolist()) == ([0, 1, 1], [0, 2, 3], [1, 2, 1])
    assert rows.sizes[rows.place].tolist() == rows.x.tolist()
