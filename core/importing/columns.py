"""Columns of staged records: plain integer arrays, texts numbered, so that a million lines stay small and fast."""

import gc
import hashlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from decimal import Decimal, InvalidOperation
from typing import Generic, TypeVar

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.int64]
UNKNOWN = int(np.iinfo(np.int64).min)  # an unknown quantity or cost
NONE = -1  # no customer, no item
DIGEST_BITS = 40  # sums over millions of lines stay within 63 bits

K = TypeVar("K")
V = TypeVar("V")


class Numbered(dict[K, int]):
    """Things numbered from 0 in the order in which they were first seen."""

    def __missing__(self, thing: K) -> int:
        """Give a new thing the next number."""
        self[thing] = number = len(self)
        return number


class Memo(dict[K, V], Generic[K, V]):
    """A dictionary that works out, once, what it does not hold yet."""

    def __init__(self, work_out: Callable[[K], V]) -> None:
        """Take the function that works out a value."""
        super().__init__()
        self._work_out = work_out

    def __missing__(self, key: K) -> V:
        """Work a value out and keep it."""
        value = self[key] = self._work_out(key)
        return value


def integers(values: Iterable[int], count: int) -> Integers:
    """Return whole numbers as an array."""
    return np.fromiter(values, np.int64, count)


@contextmanager
def collection_paused() -> Iterator[None]:
    """Pause the search for reference cycles: millions of new records hold none, and it costs a fifth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def millionths(quantity: str) -> int:
    """Return a quantity in millionths, UNKNOWN for an empty one or one that is no number."""
    try:
        return int((Decimal(quantity) * 1_000_000).to_integral_value()) if quantity else UNKNOWN
    except InvalidOperation:
        return UNKNOWN


def text_hash(*texts: str) -> int:
    """Return 63 bits that tell texts apart, the same on every machine."""
    joined = "\x1f".join(texts).encode()
    return int.from_bytes(hashlib.blake2b(joined, digest_size=8).digest()) >> 1


def mixed(columns: Iterable[Integers], count: int) -> Integers:
    """Return one hash of DIGEST_BITS bits for each row of several columns."""
    state = np.full(count, 0x51, np.uint64)
    for column in columns:
        state = (state ^ column.astype(np.uint64)) * np.uint64(0x9E3779B97F4A7C15)
        state ^= state >> np.uint64(29)
    return (state >> np.uint64(64 - DIGEST_BITS)).astype(np.int64)
