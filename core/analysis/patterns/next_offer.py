"""What to offer next: bought by customers who buy the same things, but not yet by this one."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.analysis.facts import Facts
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.product_mix import purchases
from core.analysis.patterns.share import Share
from core.analysis.sums import Flags, Ints, distinct

MOST_OFFERS = 3
FEWEST_LIKE = 20  # customers who bought anything
FEWEST_BOTH = 5  # customers who bought both items
MOST_ITEMS = 1_500  # looked at: those with the most buyers, as a table of all pairs grows with the square

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Offer:
    """An item worth offering. Items are positions in `facts.items`."""

    item: int
    because: int  # an item that is bought already
    like: Share  # of the customers who buy `because`, those who also buy `item`
    everybody: Share  # of all customers looked at, those who buy `item`
    members: int  # customers whom it fits: 1, or so many of a segment

    def reason(self, item_names: Sequence[str]) -> str:
        """Why it is offered, in one sentence."""
        item, because = item_names[self.item], item_names[self.because]
        both, buyers = self.like.numerator, self.like.denominator
        return (
            f"{both:,} of {buyers:,} customers who buy {because} also buy {item} ({_percent(self.like)}; "
            f"of all customers {_percent(self.everybody)})."
        )


@dataclass(frozen=True, eq=False)
class BoughtBoth:
    """How many customers bought each pair of items (on the diagonal: each item), among those who are alike.

    Rows and columns are those of `items`, positions in `facts.items`, rising.
    """

    items: Ints
    both: Ints
    customers: int
    chance: Floats  # of a buyer of the row to buy the column; 0 where it is no reason to offer it
    place: NDArray[
        np.int32
    ]  # of the row among the reasons for the column, 0 best: chance, then buyers of both

    def places(self, item: Ints) -> Ints:
        """Rows of these items, without those that were not looked at."""
        at = np.minimum(np.searchsorted(self.items, item), len(self.items) - 1)
        found: Ints = at[self.items[at] == item]
        return found

    def best(self, own: Ints) -> tuple[Ints, Floats]:
        """The best reason for each item among these, and its chance: 0 for none, and for what is owned."""
        rows = own[self.place[own].argmin(axis=0)]
        chance = self.chance[rows, np.arange(len(self.place))]
        chance[own] = 0
        return rows, chance


def bought_both(
    facts: Facts, like: Flags | None = None, *, most_items: int = MOST_ITEMS
) -> BoughtBoth | NotEnough:
    """Count the buyers of each pair of items, up to the as-of date; `like` says among whom, else all.

    A pair is a reason when five customers or more bought both, and more than chance alone would bring together.
    Of more than `most_items` items, those with the most buyers are looked at.
    """
    customer, item = _bought(facts)
    if like is not None:
        chosen = like[customer]
        customer, item = customer[chosen], item[chosen]
    count = len(distinct(customer))
    if count < FEWEST_LIKE:
        return NotEnough(count, FEWEST_LIKE, "customers who bought named items")
    items = _most_bought(item, most_items)
    both = _pairs(customer, item, items)
    buyers = np.diag(both)
    reason = (both >= FEWEST_BOTH) & (both * count > np.outer(buyers, buyers))
    np.fill_diagonal(reason, val=False)
    # Quotients of whole numbers below 2**26 are equal as floats exactly when they are equal.
    chance = np.where(reason, both / np.maximum(buyers, 1)[:, None], 0.0)
    order = np.lexsort((-both, -chance), axis=0)
    place = np.empty(order.shape, dtype=np.int32)
    np.put_along_axis(place, order, np.arange(len(order), dtype=np.int32)[:, None], axis=0)
    return BoughtBoth(items, both, count, chance, place)


def offers_for_customer(
    facts: Facts,
    customer: int,
    *,
    like: Flags | None = None,
    most: int = MOST_OFFERS,
    known: BoughtBoth | NotEnough | None = None,
) -> tuple[Offer, ...] | NotEnough:
    """The likeliest items that a customer does not buy yet; `like` are the customers to learn from, else all.

    `known` is what `bought_both` found, for several customers.
    """
    known = known or bought_both(facts, like)
    if isinstance(known, NotEnough):
        return known
    owner, item = _bought(facts)
    own = item[owner == customer]
    if not len(own):
        return NotEnough(0, 1, "named items bought by this customer")
    return _likeliest(known, own, most)


def offers_for_each(
    facts: Facts, known: BoughtBoth, *, most: int = MOST_OFFERS
) -> dict[int, tuple[Offer, ...]]:
    """The likeliest items for every customer who bought a named item, by row in `facts.customers`."""
    owner, item = _bought(facts)
    return {int(owner[start]): _likeliest(known, item[start:end], most) for start, end in _runs(owner)}


def offers_for_segment(
    facts: Facts,
    members: Flags,
    *,
    like: Flags | None = None,
    most: int = MOST_OFFERS,
    known: BoughtBoth | NotEnough | None = None,
) -> tuple[Offer, ...] | NotEnough:
    """The items that most members are likely to take and do not buy yet, by the orders to be expected.

    `like` are the customers to learn from, else all; `known` is what `bought_both` found, for several segments.
    The reason given is the one that holds for most members.
    """
    known = known or bought_both(facts, like)
    if isinstance(known, NotEnough):
        return known
    owner, item = _bought(facts)
    chosen = members[owner]
    owner, item = owner[chosen], item[chosen]
    if not len(item):
        return NotEnough(0, 1, "named items bought by these customers")
    fits = _fits(known, owner, item)
    expected = (fits * known.both / np.maximum(np.diag(known.both), 1)[:, None]).sum(axis=0)
    ranked = np.argsort(-expected, kind="stable")[:most].tolist()
    return tuple(
        _offer(known, at, int(fits[:, at].argmax()), int(fits[:, at].sum()))
        for at in ranked
        if expected[at] > 0
    )


def _likeliest(known: BoughtBoth, own: Ints, most: int) -> tuple[Offer, ...]:
    own = known.places(own)
    if not len(own):
        return ()
    because, chance = known.best(own)
    ranked = np.argsort(-chance, kind="stable")[:most]
    return tuple(_offer(known, int(at), int(because[at]), 1) for at in ranked if chance[at] > 0)


def _offer(known: BoughtBoth, item: int, because: int, members: int) -> Offer:
    return Offer(
        item=int(known.items[item]),
        because=int(known.items[because]),
        like=Share(int(known.both[because, item]), int(known.both[because, because])),
        everybody=Share(int(known.both[item, item]), known.customers),
        members=members,
    )


def _bought(facts: Facts) -> tuple[Ints, Ints]:
    """Customer and item of everything bought, each pair once."""
    rows = purchases(facts)
    size = max(1, len(facts.items))
    keys = distinct(rows.customer * size + rows.item)
    return keys // size, keys % size


def _most_bought(item: Ints, most: int) -> Ints:
    """The items with the most buyers, rising; of equals the first in the book."""
    found, buyers = np.unique(item, return_counts=True)
    return np.sort(found[np.argsort(-buyers, kind="stable")[:most]])


def _pairs(customer: Ints, item: Ints, items: Ints) -> Ints:
    from scipy.sparse import csr_array

    inside = np.isin(item, items)
    _, row = np.unique(customer[inside], return_inverse=True)
    ones = np.ones(len(row), dtype=np.int64)
    column = np.searchsorted(items, item[inside])
    table = csr_array((ones, (row, column)), shape=(int(row.max()) + 1, len(items)))
    both: Ints = (table.T @ table).toarray().astype(np.int64)
    return both


def _fits(known: BoughtBoth, owner: Ints, item: Ints) -> Ints:
    """For each reason (row) and item (column): how many of these customers have it as their best reason."""
    size = len(known.both)
    found = np.zeros((size, size), dtype=np.int64)
    for start, end in _runs(owner):
        own = known.places(item[start:end])
        if not len(own):
            continue
        rows, chance = known.best(own)
        columns = np.flatnonzero(chance > 0)
        found[rows[columns], columns] += 1
    return found


def _runs(owner: Ints) -> Iterator[tuple[int, int]]:
    """Where the rows of each owner begin and end."""
    starts = np.flatnonzero(np.diff(owner, prepend=-1))
    return zip(starts.tolist(), [*starts[1:].tolist(), len(owner)], strict=True)


def _percent(share: Share) -> str:
    whole, part = share.denominator, share.numerator
    return f"{(200 * part + whole) // (2 * whole)}%"
