"""How figures become scores: equal values alike, or by the quantiles of the R package rfm."""

from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

import numpy as np

from core.analysis.sums import Ints

BINS = 5
FEWEST_BINS, MOST_BINS = 2, 5
_FEWEST_IN_A_BIN = 2


class Rule(StrEnum):
    """How cut points are set."""

    TIES_ALIKE = "ties alike"
    QUANTILES_PLUS_ONE = "quantiles plus one"


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of one figure; `cuts` part the bins. Ties alike: a cut is the highest value of the lower bin.
    Quantiles plus one: a cut is where the next bin begins.
    """

    scores: Ints
    cuts: tuple[int | Fraction, ...]


def bins_for(count: int, wanted: int = BINS) -> int:
    """Return how many bins so many customers fill: two in each bin at least, so five from ten on."""
    return max(1, min(wanted, count // _FEWEST_IN_A_BIN))


def score(values: Ints, bins: int) -> Scores:
    """Score 1 (lowest) to `bins` by the share of customers with a lower value; equal values score alike."""
    ordered = np.sort(values)
    lower = np.searchsorted(ordered, values, side="left")
    # The k-th cut is the smallest value that at least k/bins of the customers do not exceed.
    places = [-(-k * len(values) // bins) - 1 for k in range(1, bins)] if len(values) else []
    return Scores(lower * bins // max(1, len(values)) + 1, tuple(int(ordered[place]) for place in places))


def quantile(ordered: Ints, share: Fraction) -> Fraction:
    """Return the type-7 quantile of sorted whole numbers, exactly (Hyndman & Fan 1996; the default of R)."""
    place = (len(ordered) - 1) * share
    lower = place.numerator // place.denominator
    upper = min(lower + 1, len(ordered) - 1)
    return int(ordered[lower]) + (place - lower) * int(ordered[upper] - ordered[lower])


def score_by_quantiles(values: Ints, bins: int, *, one: int = 1) -> Scores:
    """Score as the R package rfm 0.3.0: cuts are type-7 quantiles plus one unit, the lower bound belongs to the bin.

    `one` is the unit in the values' own terms, 100 for amounts in cents.
    """
    if not len(values):
        return Scores(np.zeros(0, dtype=np.int64), ())
    ordered = np.sort(values)
    cuts = [quantile(ordered, Fraction(k, bins)) + one for k in range(1, bins)]
    # A whole number reaches a cut exactly when it reaches the next whole number.
    reached = np.array([-(-cut.numerator // cut.denominator) for cut in cuts], dtype=np.int64)
    return Scores(np.searchsorted(reached, values, side="right").astype(np.int64) + 1, tuple(cuts))


def spread(scores: Ints, bins: int) -> Ints:
    """Bring scores of fewer bins onto the scale of 1 to 5: three bins score 1, 3 and 5, a single one 3."""
    if bins == 1:
        return np.full(len(scores), 3, dtype=np.int64)
    return (2 * (scores - 1) * (BINS - 1) + bins - 1) // (2 * (bins - 1)) + 1


def reached_scores(bins: int) -> tuple[int, ...]:
    """Return the scores from 1 to 5 that so many bins give, the lowest first."""
    return tuple(spread(np.arange(1, bins + 1, dtype=np.int64), bins).tolist())
