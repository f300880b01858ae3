import csv
from collections import Counter
from datetime import date, timedelta

import numpy as np
import pytest

from core.analysis.patterns.bg_nbd import BgNbd
from core.analysis.patterns.model_check import by_frequency, by_hold_out, fitting_classes, labels, tracking
from core.analysis.patterns.repeat_purchases import Histories, transactions
from tests.core.analysis.patterns.cdnow import CALIBRATION_END, cdnow_facts, path_of
from tests.core.builders import BookBuilder

MODEL = BgNbd(r=0.2425945, alpha=4.4136019, a=0.7929199, b=2.4258881)
START = date(1997, 1, 1)


def order_days() -> dict[str, list[int]]:
    """Days since the start on which each customer of the sample bought, by plain counting."""
    days: dict[str, set[int]] = {}
    with path_of("CDNOW_sample.txt").open(encoding="ascii") as file:
        for row in csv.reader(file, delimiter=" ", skipinitialspace=True):
            day = date(int(row[2][:4]), int(row[2][4:6]), int(row[2][6:]))
            days.setdefault(row[1], set()).add((day - START).days)
    return {customer: sorted(found) for customer, found in days.items()}


def test_customers_by_frequency_are_those_of_the_log_and_add_up() -> None:
    found = by_frequency(MODEL, transactions(cdnow_facts(), until=CALIBRATION_END).histories)
    cut = (CALIBRATION_END - START).days
    counted = Counter(min(7, sum(day <= cut for day in days) - 1) for days in order_days().values())
    assert found.labels == ("0", "1", "2", "3", "4", "5", "6", "7+")
    assert found.actual.tolist() == [counted[n] for n in range(8)]
    assert found.expected.sum() == pytest.approx(2357)
    # The paper's figure shows the model close to the bars: no class is off by more than a tenth and ten customers.
    assert np.all(np.abs(found.expected - found.actual) <= 10 + found.actual / 10)


def test_the_hold_out_is_that_of_the_log() -> None:
    facts = cdnow_facts()
    found = by_hold_out(MODEL, transactions(facts, until=CALIBRATION_END), facts)
    cut = (CALIBRATION_END - START).days
    by_class: dict[int, list[int]] = {}
    for days in order_days().values():
        before = sum(day <= cut for day in days)
        by_class.setdefault(min(7, before - 1), []).append(len(days) - before)
    assert found.customers.tolist() == [len(by_class[n]) for n in range(8)]
    assert found.actual == pytest.approx([np.mean(by_class[n]) for n in range(8)])
    assert (found.customers @ found.actual) == pytest.approx(1882)
    assert np.all(np.diff(found.expected) > 0)


def test_weeks_are_those_of_the_log_and_the_expectation_is_a_sum_over_customers() -> None:
    facts = cdnow_facts()
    found = tracking(MODEL, transactions(facts, until=CALIBRATION_END), facts)
    repeats = [day // 7 for days in order_days().values() for day in days[1:]]
    assert (len(found.week_ends), found.fitted_weeks, found.week_ends[38]) == (78, 39, CALIBRATION_END)
    assert found.actual.tolist() == [repeats.count(week) for week in range(78)]
    assert found.cumulative_actual[[38, 77]].tolist() == [2457, 2457 + 1882]
    firsts = np.array([days[0] for days in order_days().values()])
    for week in (0, 10, 38, 77):
        since = np.maximum(7 * week + 6 - firsts, 0) / 7
        assert found.cumulative_expected[week] == pytest.approx(MODEL.expected_new(since).sum())


def test_a_class_without_customers_has_no_mean_and_the_last_broken_week_is_left_out(
    builder: BookBuilder,
) -> None:
    ann = builder.customer("Ann")
    for number in range(3):
        builder.document((date(2026, 10, 1) + timedelta(days=7 * number)).isoformat(), ann, (100, None))
    facts = builder.facts(as_of="2026-10-24")
    purchases = transactions(facts, "days", until=date(2026, 10, 10))
    held = by_hold_out(MODEL, purchases, facts, (0, 1, 2))
    assert (held.labels, held.customers.tolist()) == (("0", "1", "2+"), [0, 1, 0])
    assert np.isnan(held.actual).tolist() == [True, False, True]
    assert held.actual[1] == 1.0
    weeks = tracking(MODEL, purchases, facts)
    assert weeks.week_ends == (date(2026, 10, 7), date(2026, 10, 14), date(2026, 10, 21))
    assert (weeks.actual.tolist(), weeks.fitted_weeks) == ([0, 1, 1], 1)


def test_a_book_without_orders_has_nothing_to_track(builder: BookBuilder) -> None:
    facts = builder.facts()
    assert tracking(MODEL, transactions(facts), facts).week_ends == ()


def test_orders_of_less_than_a_week_make_no_week(builder: BookBuilder) -> None:
    builder.document("2026-10-01", builder.customer("Ann"), (100, None))
    facts = builder.facts(as_of="2026-10-03")
    assert len(tracking(MODEL, transactions(facts), facts).expected) == 0


def with_repeats(repeats: list[int]) -> Histories:
    x = np.array(repeats, dtype=np.float64)
    return Histories(x, np.where(x > 0, 1.0, 0.0), np.full(len(x), 52.0))


def test_classes_fit_customers_who_order_often() -> None:
    # 0 to 80 repeat orders, one customer each: the eighths are 10, 20 ... 70; 70 is as near to 60 as to 80.
    starts = fitting_classes(with_repeats(list(range(81))))
    assert starts == (0, 1, 10, 20, 30, 40, 50, 60)
    assert labels(starts) == ("0", "1–9", "10–19", "20–29", "30–39", "40–49", "50–59", "60+")


def test_few_who_order_often_leave_the_usual_classes() -> None:
    # A quarter has 7 and more, which one open class may hold; with one more it may not.
    assert fitting_classes(with_repeats([0] * 6 + [9, 30])) == tuple(range(8))
    assert fitting_classes(with_repeats([0] * 5 + [7, 9, 30])) != tuple(range(8))
    assert fitting_classes(with_repeats([])) == tuple(range(8))


def test_a_wide_class_is_the_sum_of_its_numbers() -> None:
    histories = transactions(cdnow_facts(), until=CALIBRATION_END).histories
    single, wide = by_frequency(MODEL, histories), by_frequency(MODEL, histories, (0, 1, 3, 6))
    assert wide.labels == ("0", "1–2", "3–5", "6+")
    sums = [slice(0, 1), slice(1, 3), slice(3, 6), slice(6, 8)]
    assert wide.actual.tolist() == [single.actual[part].sum() for part in sums]
    assert wide.expected == pytest.approx([single.expected[part].sum() for part in sums])
