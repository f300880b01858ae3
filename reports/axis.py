"""Round numbers on an axis, and fewer points for a long line."""

from collections.abc import Iterable, Sequence
from math import ceil, floor, log10

_STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)


def ticks(low: float, high: float, *, most: int = 5, whole: bool = False) -> list[float]:
    """Return at most `most` evenly spaced round values that enclose low, high and zero."""
    low, high = min(low, 0.0), max(high, 0.0)
    if high - low < (1e-6 if whole else 1e-9):
        low, high = 0.0, 1.0
    size = 10.0 ** floor(log10((high - low) / most))
    if whole:
        size = max(size, 1.0)
    for step in (factor * size * power for power in (1, 10, 100) for factor in _STEPS):
        if whole and step != int(step):
            continue
        first, last = floor(low / step + 1e-9), ceil(high / step - 1e-9)
        if last - first + 1 <= most:
            return [number * step for number in range(first, last + 1)]
    return [low, high]


def thinned(values: Sequence[float], *, most: int = 300, keep: Iterable[int] = ()) -> list[int]:
    """Return the places of so many values, evenly spread, with first, last and those that must stay."""
    count = len(values)
    if count <= most:
        return list(range(count))
    spread = {round(at * (count - 1) / (most - 1)) for at in range(most)}
    return sorted(spread | {at for at in keep if 0 <= at < count})
