"""Sorting and searching whole columns at once; a row is never asked twice."""

import re
import unicodedata
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from ui.models.column import Column, is_unknown

Ranks = npt.NDArray[np.int64]
UNKNOWN_RANK = -1
_ACCENTS = re.compile("[\u0300-\u036f]+")
_SEPARATOR = "\x00"  # cannot occur: control characters are removed at import


def ranks(column: Column, values: Sequence[Any] | npt.NDArray[Any]) -> Ranks:
    """The rank of each value among the values of its column; unknown is -1, equal values share a rank."""
    if isinstance(values, np.ndarray) and values.dtype.kind in "iufM":
        return _array_ranks(values)
    if column.kind in {"text", "reason"}:
        texts = folded_all(["" if is_unknown(value) else str(value) for value in values])
        return _ranks_of(
            [None if is_unknown(value) else text for text, value in zip(texts, values, strict=True)]
        )
    keys = [None if is_unknown(value) else _sort_key(column, value) for value in values]
    return _ranks_of(keys)


def sorted_rows(keys: Sequence[tuple[Ranks, bool]], count: int) -> npt.NDArray[np.intp]:
    """Rows in order of several (ranks, descending); unknown stays last in both directions."""
    if not keys:
        return np.arange(count)
    last = np.iinfo(np.int64).max
    arrays = [np.where(r == UNKNOWN_RANK, last, -r if descending else r) for r, descending in keys]
    return np.lexsort(arrays[::-1])


def folded(text: str) -> str:
    """Lower case without accents, for finding and sorting."""
    if text.isascii():
        return text.lower()
    return _ACCENTS.sub("", unicodedata.normalize("NFKD", text.casefold()))


def folded_all(texts: Sequence[str]) -> list[str]:
    """The same for a whole column, in one pass."""
    return folded(_SEPARATOR.join(texts)).split(_SEPARATOR) if texts else []


def matching_rows(haystack: Sequence[str], needle: str) -> list[int]:
    """Rows whose text contains every word of the needle, in any order."""
    words = folded(needle).split()
    rows = range(len(haystack))
    for word in words:
        rows = [row for row in rows if word in haystack[row]]  # type: ignore[assignment]
    return list(rows)


def _array_ranks(values: npt.NDArray[Any]) -> Ranks:
    unknown = np.isnan(values) if values.dtype.kind == "f" else np.zeros(len(values), dtype=bool)
    if values.dtype.kind == "M":
        unknown = np.isnat(values)
    result = np.full(len(values), UNKNOWN_RANK, dtype=np.int64)
    result[~unknown] = np.unique(values[~unknown], return_inverse=True)[1]
    return result


def _ranks_of(keys: Sequence[Any]) -> Ranks:
    place = {key: rank for rank, key in enumerate(sorted({key for key in keys if key is not None}))}
    get = place.get
    return np.fromiter((UNKNOWN_RANK if k is None else get(k) for k in keys), dtype=np.int64, count=len(keys))


def _sort_key(column: Column, value: Any) -> Any:
    if column.kind == "segment":
        return int(value[0])
    if column.kind in {"status", "two_lines"}:
        return folded(f"{value[0]} {value[1]}")
    if column.kind == "sparkline":
        known = [float(v) for v in value if not is_unknown(v)]
        return known[-1] if known else None
    if column.kind == "date":
        return (
            value.toordinal() if isinstance(value, date) else date.fromisoformat(str(value)[:10]).toordinal()
        )
    return value
