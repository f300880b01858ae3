"""What each sold line cost: its own cost, else the item's cost on the day of sale, else unknown."""

import numpy as np

from core.analysis.sums import Flags, Ints, multiply_and_divide
from core.store.frames import NOTHING

_MILLION = 1_000_000
_EARLIEST = -800_000  # before the year 1 in days since 1970: a cost that holds always
_SPAN = 4_000_000  # more days than there are: keeps items apart in one sorted column


def line_costs(
    own: Ints,
    items: Ints,
    *,
    days: Ints,
    quantities: Ints,
    plain_discount: Flags,
    costs_of_items: Ints,
) -> tuple[Ints, Flags]:
    """Return the cost in minor units (0 where unknown) and whether it is known, for each line.

    `own` and `quantities` (millionths) hold NOTHING where unknown; `items` are ids; `costs_of_items` are rows
    of item_id, first day, unit cost, the latest import last among equals. A plain discount costs nothing.
    """
    cost, known = np.where(own == NOTHING, 0, own), own != NOTHING
    wanted = np.flatnonzero(~known & (items >= 0) & (quantities != NOTHING))
    unit_costs, found = _unit_costs(items[wanted], days[wanted], costs_of_items)
    priced = wanted[found]
    cost[priced] = multiply_and_divide(quantities[priced], unit_costs[found], _MILLION)
    known[priced] = True
    return cost, known | plain_discount


def _unit_costs(items: Ints, days: Ints, costs_of_items: Ints) -> tuple[Ints, Flags]:
    """The unit cost that held for an item on a day, and whether there was one."""
    if not len(costs_of_items):
        return np.zeros(len(items), dtype=np.int64), np.zeros(len(items), dtype=np.bool_)
    cost_item, first_day, unit_cost = costs_of_items.T
    first_day = np.where(first_day == NOTHING, _EARLIEST, first_day)
    keys = cost_item * _SPAN + first_day - _EARLIEST
    place = np.searchsorted(keys, items * _SPAN + days - _EARLIEST, side="right") - 1
    found = (place >= 0) & (cost_item[place] == items)
    return unit_cost[place], found
