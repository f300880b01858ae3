"""Exact sums and divisions of whole columns: integers in, integers out."""

from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from core.money import divide_half_away

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]

_SAFE = 2**62


def sums(values: Ints, groups: Ints, size: int) -> Ints:
    """Add values up by group 0 .. size-1; group -1 is left out."""
    total: Ints = np.zeros(size + 1, dtype=np.int64)  # group -1 falls into the last place
    np.add.at(total, groups, values)
    kept: Ints = total[:size]
    return kept


def counts(groups: Ints, size: int) -> Ints:
    """Count rows by group 0 .. size-1; group -1 is left out."""
    found: Ints = np.bincount(groups[groups >= 0], minlength=size).astype(np.int64)
    return found


def distinct(values: Ints) -> Ints:
    """Return the values in rising order, each once.

    np.unique puts whole numbers into a hash table, which takes a second for 200,000 keys that share low bits.
    """
    ordered = np.sort(values)
    new = np.ones(len(ordered), dtype=np.bool_)
    new[1:] = ordered[1:] != ordered[:-1]
    return ordered[new]


def multiply_and_divide(left: Ints, right: Ints, divisor: int) -> Ints:
    """Return left × right ÷ divisor, rounded half away from zero, exactly also beyond 64 bits."""
    product = left * right
    size = np.abs(product)
    result: Ints = np.sign(product) * ((size + divisor // 2) // divisor)
    large = np.abs(left.astype(np.float64)) * np.abs(right.astype(np.float64)) >= _SAFE
    for index in np.flatnonzero(large):
        result[index] = divide_half_away(int(left[index]) * int(right[index]), divisor)
    return result


def divide(numerators: Ints, denominators: Ints) -> "pd.Series[Any]":
    """Return whole quotients, rounded half away from zero; unknown where the denominator is 0."""
    known = denominators != 0
    size, by = np.abs(numerators), np.abs(np.where(known, denominators, 1))
    quotient = size // by
    quotient += 2 * (size - quotient * by) >= by
    return whole(quotient * np.sign(numerators) * np.sign(denominators), known)


def ratio(numerators: Ints, denominators: Ints) -> "pd.Series[Any]":
    """Return quotients of sums; unknown where the denominator is 0."""
    known = denominators != 0
    return decimal(numerators / np.where(known, denominators, 1) + 0.0, known)  # never -0.0


def whole(values: Ints, known: Flags | None = None) -> "pd.Series[Any]":
    """Return whole numbers as a nullable column."""
    unknown = np.zeros(len(values), dtype=np.bool_) if known is None else ~known
    return pd.Series(pd.arrays.IntegerArray(values.astype(np.int64), unknown))


def decimal(values: NDArray[np.float64], known: Flags) -> "pd.Series[Any]":
    """Return numbers with a fraction as a nullable column."""
    return pd.Series(pd.arrays.FloatingArray(np.where(known, values, 0.0), ~known))


def split(column: "pd.Series[Any]") -> tuple[Ints, Flags]:
    """Return the values (0 where unknown) and whether each is known."""
    return column.fillna(0).to_numpy(dtype=np.int64), column.notna().to_numpy(dtype=np.bool_)
