"""Whole units that add up: a column of amounts rounded together, so that its rows give the printed total.

For paper only (`reports.printed`): what a report, its workbook and its JSON hold are amounts to the cent.
Percentages are never made to add up; each is the rounded true one.
"""

from collections.abc import Sequence

from core.money import divide_half_away
from reports.content import TableRow


def whole_unit(minor: int, exponent: int) -> int:
    """Round an amount half away from zero to whole units; still in minor units."""
    step: int = 10**exponent
    return divide_half_away(minor, step) * step


def rounded_to_whole(
    values: Sequence[int | None], exponent: int, *, total: int | None = None
) -> list[int | None]:
    """Round amounts in minor units to whole units by largest remainder; unknown stays unknown.

    They add up to `total`, by default to their own sum rounded half away from zero. A total that is given
    counts in whole units and may be another rounding of the same amount.
    """
    step: int = 10**exponent
    known = [(at, value) for at, value in enumerate(values) if value is not None]
    if not known:
        return list(values)
    wanted = divide_half_away(sum(value for _, value in known) if total is None else total, step)
    parts = {at: value // step for at, value in known}
    missing = wanted - sum(parts.values())
    order = sorted(known, key=lambda one: (-(one[1] % step), one[0]))
    if missing < 0:
        order.reverse()
    for turn in range(abs(missing)):
        parts[order[turn % len(order)][0]] += 1 if missing > 0 else -1
    return [parts[at] * step if at in parts else None for at in range(len(values))]


def column_sum(rows: Sequence[TableRow], at: int) -> int:
    """The sum of a column of whole numbers; what is unknown or text adds nothing."""
    values = (row.cells[at] for row in rows)
    return sum(value for value in values if isinstance(value, int))
