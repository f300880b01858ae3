"""A small decision tree: the fewest plain questions about figures that tell classes of customers apart.

CART (Breiman, Friedman, Olshen & Stone 1984): each question is the one that leaves the least Gini impurity.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from core.analysis.sums import Flags, Ints

READABLE_DIGITS = 2
_NO_GAIN = 1e-9  # customers; below it a question tells nothing apart


@dataclass(frozen=True)
class Leaf:
    """Customers whom no further question divides, and the class that most of them have."""

    label: int
    customers: int


@dataclass(frozen=True)
class Question:
    """Is the figure in this column less than the threshold? Yes goes to `below`, no to `above`."""

    column: int
    threshold: int
    below: "Node"
    above: "Node"


Node = Leaf | Question


@dataclass(frozen=True)
class Span:
    """What the questions on the way to a leaf leave of a column: from `low` to under `high`."""

    column: int
    low: int | None
    high: int | None


@dataclass(frozen=True)
class Split:
    """The best question: the values on both sides of it, and the impurity that it takes away."""

    column: int
    low: int  # the largest value below
    high: int  # the smallest value above
    gain: float  # customers × Gini impurity


def grow(figures: Ints, labels: Ints, *, depth: int, least: int) -> Node:
    """Return the tree for classes 0, 1, 2 ...; `figures` has a row a customer and whole numbers.

    At most `depth` questions one after the other, at least `least` customers in a leaf. The order of the
    customers changes nothing; among equally good questions the one about the first column and the smallest
    value is asked.
    """
    split = best_split(figures, labels, least=least) if depth else None
    if split is None:
        return Leaf(int(np.bincount(labels).argmax()), len(labels))
    threshold = readable_between(split.low, split.high)
    below = figures[:, split.column] < threshold
    sides = [grow(figures[side], labels[side], depth=depth - 1, least=least) for side in (below, ~below)]
    return _joined(Question(split.column, threshold, sides[0], sides[1]))


def _joined(question: Question) -> Node:
    """Two leaves of the same class are one."""
    one, two = question.below, question.above
    if isinstance(one, Leaf) and isinstance(two, Leaf) and one.label == two.label:
        return Leaf(one.label, one.customers + two.customers)
    return question


def best_split(figures: Ints, labels: Ints, *, least: int) -> Split | None:
    """Return the question that leaves the least impurity; None where none tells anything apart."""
    found: Split | None = None
    for column in range(figures.shape[1]):
        split = _best_of_column(figures[:, column], labels, column, least)
        if split is not None and (found is None or split.gain > found.gain + _NO_GAIN):
            found = split
    return found


def _best_of_column(values: Ints, labels: Ints, column: int, least: int) -> Split | None:
    order = np.argsort(values, kind="stable")
    ordered, size = values[order], len(values)
    one_hot = np.zeros((size, int(labels.max()) + 1), dtype=np.int64)
    one_hot[np.arange(size), labels[order]] = 1
    below = np.cumsum(one_hot, axis=0)[:-1]
    counted = np.arange(1, size)
    allowed = (ordered[1:] > ordered[:-1]) & (counted >= least) & (size - counted >= least)
    if not allowed.any():
        return None
    total = one_hot.sum(axis=0)
    above = total - below
    pure = (below**2).sum(axis=1) / counted + (above**2).sum(axis=1) / (size - counted)
    gain = np.where(allowed, pure - (total**2).sum() / size, -1.0)
    place = int(np.flatnonzero(gain >= gain.max() - _NO_GAIN)[0])
    if gain[place] <= _NO_GAIN:
        return None
    return Split(column, int(ordered[place]), int(ordered[place + 1]), float(gain[place]))


def readable_between(low: int, high: int) -> int:
    """Return a number above `low` and up to `high`: two digits that tell, more only where two would move anybody."""
    middle = (low + high + 1) // 2
    length = len(str(abs(middle)))
    for digits in range(READABLE_DIGITS, length):
        step = int(10 ** (length - digits))
        rounded = (middle + step // 2) // step * step
        if low < rounded <= high:
            return rounded
    return middle


def leaves(node: Node, spans: tuple[Span, ...] = ()) -> Iterator[tuple[Leaf, tuple[Span, ...]]]:
    """Yield every leaf with what its customers have in common, columns in their order."""
    if isinstance(node, Leaf):
        yield node, tuple(sorted(spans, key=lambda span: span.column))
        return
    yield from leaves(node.below, _narrowed(spans, node.column, high=node.threshold))
    yield from leaves(node.above, _narrowed(spans, node.column, low=node.threshold))


def _narrowed(
    spans: tuple[Span, ...], column: int, *, low: int | None = None, high: int | None = None
) -> tuple[Span, ...]:
    """A later question about the same column lies within the earlier ones."""
    before = next((span for span in spans if span.column == column), Span(column, None, None))
    narrower = Span(column, before.low if low is None else low, before.high if high is None else high)
    return (*(span for span in spans if span.column != column), narrower)


def within(spans: tuple[Span, ...], figures: Ints) -> Flags:
    """Return which customers a leaf holds."""
    inside = np.ones(len(figures), dtype=np.bool_)
    for span in spans:
        values = figures[:, span.column]
        if span.low is not None:
            inside &= values >= span.low
        if span.high is not None:
            inside &= values < span.high
    return inside
