"""Groups of points that lie close together: k-means with k-means++ starts, and how well groups stand apart."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.sums import Ints

Floats = NDArray[np.float64]

_ROUNDS = 100


@dataclass(frozen=True, eq=False)
class Grouping:
    """Group of each point, the groups' centres, and the sum of squared distances to them."""

    labels: Ints
    centres: Floats
    spread: float


def k_means(points: Floats, groups: int, *, seed: int, starts: int = 4) -> Grouping:
    """Find groups by Lloyd's rounds from several k-means++ starts (Arthur & Vassilvitskii 2007); the best stays.

    The same points in the same order and the same seed give the same groups.
    """
    chance = np.random.default_rng(seed)
    found = [_settled(points, _start(points, groups, chance)) for _ in range(starts)]
    return min(found, key=lambda grouping: grouping.spread)


def nearest(points: Floats, centres: Floats) -> Ints:
    """The centre next to each point, the first among equals."""
    found: Ints = _distances(points, centres).argmin(axis=1)
    return found


def silhouette(points: Floats, labels: Ints) -> float:
    """Mean silhouette (Rousseeuw 1987), -1 to 1: how much nearer points are to their own group than to the next.

    A point alone in its group counts 0. Takes the square of the points in memory.
    """
    groups = np.unique(labels)
    if len(groups) < 2:
        return 0.0
    distance = np.sqrt(_distances(points, points))
    count = np.array([(labels == group).sum() for group in groups])
    total = np.stack([distance[:, labels == group].sum(axis=1) for group in groups], axis=1)
    own = np.searchsorted(groups, labels)
    rows = np.arange(len(points))
    inside = total[rows, own] / np.maximum(count[own] - 1, 1)
    mean = total / count
    mean[rows, own] = np.inf
    outside = mean.min(axis=1)
    apart = (outside - inside) / np.maximum(np.maximum(inside, outside), np.finfo(float).tiny)
    return float(np.where(count[own] > 1, apart, 0.0).mean())


def agreement(left: Ints, right: Ints) -> float:
    """Adjusted Rand index of two groupings of the same points (Hubert & Arabie 1985): 1 the same, 0 chance."""
    _, a = np.unique(left, return_inverse=True)
    _, b = np.unique(right, return_inverse=True)
    table = np.zeros((a.max() + 1, b.max() + 1), dtype=np.int64)
    np.add.at(table, (a, b), 1)
    both, rows, columns = (
        int((numbers * (numbers - 1) // 2).sum()) for numbers in (table, table.sum(axis=1), table.sum(axis=0))
    )
    pairs = len(left) * (len(left) - 1) // 2
    expected, most = rows * columns / max(1, pairs), (rows + columns) / 2
    return 1.0 if most == expected else (both - expected) / (most - expected)


def _start(points: Floats, groups: int, chance: np.random.Generator) -> Floats:
    """Pick the first centre at random, each further one with a chance that grows with the squared distance."""
    centres = [points[chance.integers(len(points))]]
    far = _distances(points, np.array(centres))[:, 0]
    for _ in range(1, groups):
        running = np.cumsum(far)
        at = np.searchsorted(running, chance.random() * running[-1], side="right")
        centres.append(points[min(int(at), len(points) - 1)])
        far = np.minimum(far, _distances(points, np.array(centres[-1:]))[:, 0])
    return np.array(centres)


def _settled(points: Floats, centres: Floats) -> Grouping:
    labels = nearest(points, centres)
    for _ in range(_ROUNDS):
        size = np.bincount(labels, minlength=len(centres))
        total = np.stack(
            [np.bincount(labels, weights=column, minlength=len(centres)) for column in points.T], axis=1
        )
        # A group that lost all its points keeps its centre.
        centres = np.where(size[:, None] > 0, total / np.maximum(size, 1)[:, None], centres)
        again = nearest(points, centres)
        if np.array_equal(again, labels):
            break
        labels = again
    spread = float(((points - centres[labels]) ** 2).sum())
    return Grouping(labels, centres, spread)


def _distances(points: Floats, others: Floats) -> Floats:
    """Squared distances of each point to each other one."""
    square = (points**2).sum(axis=1)[:, None] - 2 * points @ others.T + (others**2).sum(axis=1)
    found: Floats = np.maximum(square, 0.0)
    return found
