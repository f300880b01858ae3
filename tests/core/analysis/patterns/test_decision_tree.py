from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.analysis.patterns.decision_tree import (
    Leaf,
    Node,
    Question,
    best_split,
    grow,
    leaves,
    readable_between,
    within,
)

Rows = list[tuple[int, int, int]]  # two figures and the class

some_rows = st.lists(
    st.tuples(st.integers(-3, 6), st.integers(-120, 120), st.integers(0, 2)), min_size=2, max_size=24
)


def table(
    rows: Rows,
) -> tuple["np.ndarray[tuple[int, int], np.dtype[np.int64]]", "np.ndarray[tuple[int], np.dtype[np.int64]]"]:
    return np.array([row[:2] for row in rows], dtype=np.int64), np.array(
        [row[2] for row in rows], dtype=np.int64
    )


def impurity(classes: list[int]) -> Fraction:
    """Customers × Gini impurity, by its definition."""
    size = len(classes)
    if not size:
        return Fraction(0)
    parts = [Fraction(classes.count(one), size) for one in set(classes)]
    return size * (1 - sum(part * part for part in parts))


def splits(rows: Rows, least: int) -> dict[tuple[int, int], Fraction]:
    """Every question there is, (column, smallest value above), with the impurity that it leaves."""
    found = {}
    for column in (0, 1):
        for threshold in {row[column] for row in rows}:
            below = [row[2] for row in rows if row[column] < threshold]
            above = [row[2] for row in rows if row[column] >= threshold]
            if min(len(below), len(above)) >= max(1, least):
                found[column, threshold] = impurity(below) + impurity(above)
    return found


def walked(node: Node, row: tuple[int, ...]) -> int:
    while isinstance(node, Question):
        node = node.below if row[node.column] < node.threshold else node.above
    return node.label


@given(some_rows, st.integers(1, 4))
def test_the_first_question_is_the_best_of_all_that_could_be_asked(rows: Rows, least: int) -> None:
    figures, labels = table(rows)
    split = best_split(figures, labels, least=least)
    tried = splits(rows, least)
    whole = impurity(labels.tolist())
    if split is None:
        assert all(left == whole for left in tried.values())
        return
    left = tried[split.column, split.high]
    assert left == min(tried.values()) < whole
    assert split.gain == pytest.approx(float(whole - left))
    # Among equally good ones the first column and the smallest value.
    assert (split.column, split.high) == min(key for key, other in tried.items() if other == left)
    assert split.low == max(row[split.column] for row in rows if row[split.column] < split.high)


@given(some_rows, st.integers(1, 3), st.integers(0, 3))
def test_leaves_hold_everybody_once_and_enough_of_them(rows: Rows, least: int, depth: int) -> None:
    figures, labels = table(rows)
    tree = grow(figures, labels, depth=depth, least=least)
    found = list(leaves(tree))
    assert len(found) <= 2**depth
    taken = np.array([within(box, figures) for _, box in found])
    assert taken.sum(axis=0).tolist() == [1] * len(rows)
    for (leaf, _), members in zip(found, taken, strict=True):
        assert leaf.customers == members.sum() >= min(least, len(rows))
        assert [walked(tree, row) for row in figures[members].tolist()] == [leaf.label] * leaf.customers


@given(some_rows, st.randoms())
@settings(max_examples=50)
def test_the_order_of_the_customers_changes_no_question(rows: Rows, chance: "np.random.Generator") -> None:
    again = list(rows)
    chance.shuffle(again)  # type: ignore[arg-type]
    first, second = (grow(*table(each), depth=3, least=2) for each in (rows, again))
    assert first == second


def test_two_questions_tell_three_kinds_apart() -> None:
    rows = [(1, 0, 0)] * 5 + [(9, 0, 1)] * 5 + [(9, 80, 2)] * 6
    tree = grow(*table(rows), depth=3, least=5)
    # Gini × customers: 16 - (25+25+36)/16 = 10.625 for all; asking the second column first leaves 5, the first 5.4545.
    assert tree == Question(1, 40, Question(0, 5, Leaf(0, 5), Leaf(1, 5)), Leaf(2, 6))


def test_a_question_that_changes_no_class_is_not_asked() -> None:
    rows = [(1, 0, 0)] * 9 + [(1, 0, 1)] + [(2, 0, 0)] * 10
    assert grow(*table(rows), depth=3, least=5) == Leaf(0, 20)


def test_nobody_is_asked_below_the_depth_or_in_leaves_that_are_too_small() -> None:
    rows = [(1, 0, 0)] * 6 + [(2, 0, 1)] * 4
    assert grow(*table(rows), depth=0, least=1) == Leaf(0, 10)
    assert grow(*table(rows), depth=3, least=5) == Leaf(0, 10)


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (3, 4, 4),
        (3, 8, 6),  # 5.5
        (0, 1, 1),
        (340, 369, 360),  # 354.5, 355: the next whole ten
        (354, 357, 356),  # no whole ten between
        (123_456, 129_999, 130_000 - 3_000),  # 126,727.5: 130,000 would move the one with 129,999
        (1_000_000, 1_400_000, 1_200_000),
        (-5, -2, -3),
        (-250, -100, -170),  # -174.5
        (-1, 1, 0),
        (98, 1_000, 550),
    ],
)
def test_thresholds_are_as_short_as_they_can_be_without_moving_anybody(
    low: int, high: int, expected: int
) -> None:
    assert readable_between(low, high) == expected


@given(st.integers(-(10**9), 10**9), st.integers(1, 10**6))
def test_a_threshold_always_lies_above_the_one_and_up_to_the_other(low: int, gap: int) -> None:
    assert low < readable_between(low, low + gap) <= low + gap
