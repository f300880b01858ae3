"""A proposal for segments: customers that resemble each other, named by what sets them apart."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metrics import money_ladder, timing
from core.analysis.metrics import orders as order_metrics
from core.analysis.orders import orders_of
from core.analysis.patterns.k_means import Floats, Grouping, agreement, k_means, nearest, silhouette
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.profit_ladder import profit_ladder
from core.analysis.sums import Flags, Ints, whole
from core.progress import SILENT, Progress

FEWEST_CUSTOMERS = 20
FEWEST_IN_A_CLUSTER = 5
LEAST_PART = 100  # a group should have at least one in so many customers
MOST_CLUSTERS = 8
WEAK, OVERLAPPING, CLEAR = 0.25, 0.5, 0.7  # silhouette below the first, up to the second, above the third
UNSTABLE, SAME = 0.8, 0.995  # agreement of two seeds
_SEEDS = (20_261_031, 7)
_SAMPLE, _SILHOUETTE_SAMPLE = 4_000, 1_000
_TELLING = 0.5  # standard deviations from the average customer


@dataclass(frozen=True)
class Trait:
    """A metric of a cluster: its mean in standard deviations from the average customer."""

    metric: str
    deviation: float


@dataclass(frozen=True)
class Cluster:
    """Customers that resemble each other; the traits that tell most stand first."""

    name: str
    customers: int
    net_revenue: int  # minor units, of the period
    traits: tuple[Trait, ...]


@dataclass(frozen=True, eq=False)
class Clusters:
    """A proposal, never a fact: `of_customer` is the cluster's position (NA without an order in the period)."""

    of_customer: "pd.Series[Any]"
    clusters: tuple[Cluster, ...]  # the one with the highest net revenue a customer first
    silhouette: float
    stability: float  # agreement with the clusters of another seed, 1 the same
    note: str


# The figures that groups are found by, as they stand on the shelf, so that rules can ask about the same.
FIGURES: dict[str, Callable[[Facts], "pd.Series[Any]"]] = {
    "recency_days": timing.recency_days,
    "orders": order_metrics.orders,
    "average_order_value": order_metrics.average_order_value,
    "tenure_days": timing.tenure_days,
    "discount_share": money_ladder.discount_share,
    "returns_share": money_ladder.returns_share,
}
_SHARES = {"discount_share", "returns_share"}
# word for few, word for many
_WORDS = {
    "recency_days": ("ordered lately", "silent for long"),
    "orders": ("few orders", "many orders"),
    "average_order_value": ("small orders", "large orders"),
    "tenure_days": ("new", "with us for long"),
    "discount_share": ("full price", "high discounts"),
    "returns_share": ("few returns", "many returns"),
}


def clusters(facts: Facts, *, progress: Progress = SILENT) -> Clusters | NotEnough:
    """Group the customers with an order in the period by how they buy; the number of groups by silhouette."""
    active = orders_of(facts).count_in_period > 0
    count = int(active.sum())
    if count < FEWEST_CUSTOMERS:
        return NotEnough(count, FEWEST_CUSTOMERS, "customers with an order in the period")
    names, table = _standardised(facts, active)
    if not names:
        return NotEnough(1, 2, "different kinds of customers")
    points, back = _in_own_order(table)
    found, apart, stable = _best(points, progress)
    labels = nearest(points, found.centres)[back]
    revenue: Ints = profit_ladder(facts).by_customer["net_revenue"].to_numpy()[active]
    order = _by_revenue(labels, revenue)
    labels = np.argsort(order)[np.searchsorted(np.unique(labels), labels)]
    proposals = _described(names, table, labels, revenue)
    return Clusters(_column(labels, active), proposals, apart, stable, _note(apart, stable))


def _standardised(facts: Facts, active: Flags) -> tuple[tuple[str, ...], Floats]:
    """Metrics as columns of mean 0 and deviation 1; long tails by logarithm; those that never differ left out."""
    columns = {name: _column_of(name, facts)[active] for name in FIGURES}
    kept = [name for name, column in columns.items() if np.ptp(column) > 0]
    if not kept:
        return (), np.zeros((int(active.sum()), 0))
    table = np.stack([columns[name] for name in kept], axis=1)
    # Sums in the order of size: the order of customers in the book changes not even the last digit.
    ordered = np.sort(table, axis=0)
    return tuple(kept), (table - ordered.mean(axis=0)) / ordered.std(axis=0)


def _column_of(name: str, facts: Facts) -> Floats:
    """A figure as it is compared; a share of nothing counts as none."""
    values: Floats = FIGURES[name](facts).fillna(0).to_numpy(dtype=np.float64)
    compared: Floats = np.clip(values, 0.0, 1.0) if name in _SHARES else np.log1p(np.maximum(values, 0.0))
    return compared


def _in_own_order(table: Floats) -> tuple[Floats, Ints]:
    """The points by their own values, so that the order of customers changes nothing, and the way back."""
    order = np.lexsort(table.T[::-1])
    return table[order], np.argsort(order)


def _best(points: Floats, progress: Progress) -> tuple[Grouping, float, float]:
    sample = _spread_out(points, _SAMPLE)
    judged = _spread_out(sample, _SILHOUETTE_SAMPLE)
    most = min(MOST_CLUSTERS, len(points) // FEWEST_IN_A_CLUSTER, len(np.unique(sample, axis=0)))
    tried = []
    for groups in range(2, most + 1):
        progress.advance(groups - 1, most)
        found = k_means(sample, groups, seed=_SEEDS[0])
        apart = round(silhouette(judged, nearest(judged, found.centres)), 9)
        tried.append((_large_enough(found, len(sample), len(points)), apart, -groups, found))
    _, apart, fewer, found = max(tried, key=lambda each: each[:3])
    other = k_means(sample, -fewer, seed=_SEEDS[1])
    return found, apart, agreement(found.labels, nearest(sample, other.centres))


def _large_enough(found: Grouping, sample: int, customers: int) -> float:
    """How near the smallest group comes to a size worth doing something about, at most 1."""
    least = max(FEWEST_IN_A_CLUSTER * sample / customers, sample / LEAST_PART)
    return min(1.0, int(np.bincount(found.labels).min()) / least)


def _spread_out(points: Floats, most: int) -> Floats:
    """Every so many-th point, the whole where it is small."""
    return points[:: -(-len(points) // most)]


def _by_revenue(labels: Ints, revenue: Ints) -> Ints:
    """Clusters by net revenue a customer, the highest first."""
    mean = [revenue[labels == label].sum() / (labels == label).sum() for label in np.unique(labels)]
    return np.argsort(-np.array(mean), kind="stable")


def _described(names: tuple[str, ...], table: Floats, labels: Ints, revenue: Ints) -> tuple[Cluster, ...]:
    found: list[Cluster] = []
    for label in range(int(labels.max()) + 1):
        inside = labels == label
        means = np.sort(table[inside], axis=0).mean(axis=0).tolist()
        traits = [Trait(name, mean) for name, mean in zip(names, means, strict=True)]
        traits.sort(key=lambda trait: -abs(trait.deviation))
        taken = {cluster.name for cluster in found}
        name = _name(traits, taken)
        found.append(Cluster(name, int(inside.sum()), int(revenue[inside].sum()), tuple(traits)))
    return tuple(found)


def _name(traits: list[Trait], taken: set[str]) -> str:
    """The two strongest traits in words, a third where two clusters would share a name."""
    telling = [trait for trait in traits if abs(trait.deviation) >= _TELLING]
    words = [_WORDS[trait.metric][trait.deviation > 0] for trait in telling]
    for count in range(2, max(3, len(words) + 1)):
        name = ", ".join(words[:count]).capitalize() or "Average customers"
        if name not in taken:
            return name
    number = 2
    while f"{name} ({number})" in taken:
        number += 1
    return f"{name} ({number})"


def _column(labels: Ints, active: Flags) -> "pd.Series[Any]":
    values = np.zeros(len(active), dtype=np.int64)
    values[active] = labels
    return whole(values, active)


def apart_words(silhouette_: float) -> str:
    """How well the groups stand apart, by the classes of Kaufman & Rousseeuw (1990)."""
    if silhouette_ < WEAK:
        return "The groups run into each other: take them as a first idea only."
    if silhouette_ <= OVERLAPPING:
        return "The groups overlap at their edges."
    if silhouette_ <= CLEAR:
        return "The groups stand apart, with some customers between them."
    return "The groups stand clearly apart."


def stable_words(stability: float) -> str:
    """Whether the groups are found again when the search begins elsewhere."""
    if stability < UNSTABLE:
        return "Another start gives other groups: the customers do not fall into clear groups."
    if stability < SAME:
        return "Another start gives nearly the same groups."
    return "Another start gives the same groups."


def _note(apart: float, stable: float) -> str:
    notes = [apart_words(apart)] if apart < WEAK else []
    if stable < UNSTABLE:
        notes.append(stable_words(stable))
    return " ".join(notes)
