"""Lines that stand in a file twice, exactly: real double lines, or rows that were exported or pasted twice."""

from collections.abc import Iterator, Sequence

import numpy as np

from core.importing.columns import DIGEST_BITS, Integers, Numbered
from core.importing.issue import Issue, Severity

Header = tuple[
    str, str, str, str, str, str, str, int
]  # kind, number, date, customer, currency, rate, channel, own row
_SHOWN = 5


def repeated_lines(
    headers: Sequence[Header], header_of_line: Integers, hashed: Integers
) -> list[tuple[int, int]]:
    """Return (line, the one before it that says the same) for lines equal in document, item and all figures."""
    same = _same_headers(headers)
    document = header_of_line if same is None else same[header_of_line]
    key = _keys(document, hashed)
    key.sort()  # in place: of a million lines nearly all differ, and memory is short
    if not np.any(key[1:] == key[:-1]):
        return []
    key = _keys(document, hashed)
    order = np.argsort(key, kind="stable")
    again = np.flatnonzero(key[order[1:]] == key[order[:-1]])
    pairs = zip(order[again + 1].tolist(), order[again].tolist(), strict=True)
    return sorted(pairs)


def _keys(document: Integers, hashed: Integers) -> Integers:
    key = document << DIGEST_BITS
    key |= hashed
    return key


def _same_headers(headers: Sequence[Header]) -> Integers | None:
    """Number documents so that rows without a document number are alike where all else is; None: they differ."""
    if not any(header[7] for header in headers):
        return None
    numbers: Numbered[tuple[str, ...]] = Numbered()
    return np.fromiter((numbers[header[:7]] for header in headers), np.int64, len(headers))


def repeat_issues(
    rows: Integers, repeats: Sequence[tuple[int, int]], amount: str, *, numbered: bool = True
) -> Iterator[Issue]:
    """Warn of such lines with what is at stake, so that a person decides; `numbered`: documents have numbers."""
    if not repeats:
        return
    pairs = [(int(rows[line]), int(rows[earlier])) for line, earlier in repeats]
    shown = "; ".join(f"row {row} is row {earlier} again" for row, earlier in pairs[:_SHOWN])
    more = f"; and {len(pairs) - _SHOWN:,} more" if len(pairs) > _SHOWN else ""
    same = " of the same document" if numbered else ""
    if len(pairs) == 1:
        text = (
            f"Row {pairs[0][0]} says exactly what row {pairs[0][1]}{same} says. It is taken as a line of its "
            f"own, {amount}. If it was exported twice, delete it from the file and import it again."
        )
    else:
        text = (
            f"{len(pairs):,} rows say exactly what another row{same} says ({shown}{more}). They are taken as "
            f"lines of their own, {amount} in all. If they were exported twice, delete them from the file "
            "and import it again."
        )
    yield Issue(pairs[0][0], "row", Severity.WARNING, text, tuple(sorted({row for row, _ in pairs})))
