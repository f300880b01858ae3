"""What is bought together: baskets, and the sets of items that are frequent in them."""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

import numpy as np
from numpy.typing import NDArray

from core.analysis.facts import NO_CUSTOMER, NO_ITEM, Facts
from core.analysis.orders import orders_of
from core.analysis.sums import Flags, Ints, distinct
from core.errors import UserError

SUPPORT = Fraction(1, 100)
LARGEST_SET = 10
MOST_SETS = 500_000

Words = NDArray[np.uint64]


class TooManySets(UserError):
    """Too many sets of items are frequent to be listed; raise the support or allow fewer items in a rule."""


@dataclass(frozen=True, eq=False)
class Baskets:
    """Baskets one after the other: those of basket b are items[starts[b]:starts[b + 1]], each item once."""

    items: Ints  # 0 .. item_count - 1
    starts: Ints  # one more than there are baskets
    item_count: int

    @property
    def count(self) -> int:
        """How many baskets there are."""
        return len(self.starts) - 1


@dataclass(frozen=True)
class FrequentSet:
    """Items, rising, and in how many baskets all of them are."""

    items: tuple[int, ...]
    count: int


def make_baskets(basket: Ints, item: Ints, item_count: int) -> Baskets:
    """Put rows of basket and item together, in any order; an item twice in a basket counts once.

    Basket numbers may have gaps; a negative item is none, but its basket counts.
    """
    _, place = np.unique(basket, return_inverse=True)
    size = int(place.max(initial=-1)) + 1
    real = item >= 0
    keys = distinct(place[real] * max(1, item_count) + item[real])
    starts = np.searchsorted(keys, np.arange(size + 1) * max(1, item_count))
    return Baskets(keys % max(1, item_count), starts.astype(np.int64), item_count)


def baskets_of(facts: Facts, members: Flags | None = None) -> Baskets:
    """The orders of the book up to the as-of date with their items; `members` picks customers, else all.

    Invoices and receipts are orders, those of a customer on one day together unless the book says otherwise;
    without a customer each is one. Credits, lines of no item and lines that cost nothing or take back are no purchases.
    """
    documents = facts.documents
    customer: Ints = documents["customer"].to_numpy()
    meant = orders_of(facts).is_order.copy()
    if members is not None:
        meant &= np.append(members, False)[customer]  # nobody (-1) is no member
    basket = np.arange(len(documents), dtype=np.int64)
    if facts.merge_same_day:
        day = documents["day"].to_numpy().astype("datetime64[D]").astype(np.int64)
        order = np.lexsort((day, customer))
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = (np.diff(customer[order]) != 0) | (np.diff(day[order]) != 0)
        new |= customer[order] == NO_CUSTOMER
        basket[order] = np.cumsum(new) - 1
    document = facts.lines["document"].to_numpy()
    item: Ints = facts.lines["item"].to_numpy()
    bought = meant[document] & (item != NO_ITEM) & (facts.lines["gross"].to_numpy() > 0)
    return make_baskets(basket[document[bought]], item[bought], len(facts.items))


def least_count(support: Fraction, baskets: int) -> int:
    """Return how many baskets reach a support: 0.1 % of 9,835 is 10. At least one."""
    wanted = support * baskets
    return max(1, -(-wanted.numerator // wanted.denominator))


def frequent_sets(
    baskets: Baskets, support: Fraction = SUPPORT, *, largest: int = LARGEST_SET
) -> tuple[FrequentSet, ...]:
    """Find all sets of items that are in at least that share of the baskets. Raises TooManySets.

    Each item in turn, the rarest first, keeps only its own baskets and the more frequent items in them; what is
    frequent among those is found by comparing rows of bits (Zaki 2000, vertical mining). Memory is a bit for each
    basket and frequent item of one such part.
    """
    least = least_count(support, baskets.count)
    count = np.bincount(baskets.items, minlength=baskets.item_count)
    kept = np.flatnonzero(count >= least)
    kept = kept[np.argsort(count[kept], kind="stable")]
    found: list[FrequentSet] = []
    for members, times in _search(baskets, kept, count[kept], least, largest):
        if len(found) == MOST_SETS:
            raise TooManySets
        found.append(FrequentSet(tuple(sorted(members)), times))
    return tuple(sorted(found, key=lambda each: (len(each.items), each.items)))


def _search(
    baskets: Baskets, kept: Ints, count: Ints, least: int, largest: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the frequent sets, each from its rarest item."""
    rank = np.full(baskets.item_count, -1, dtype=np.int64)
    rank[kept] = np.arange(len(kept))
    owner = np.repeat(np.arange(baskets.count), np.diff(baskets.starts))
    ranks = rank[baskets.items]
    owner, ranks = owner[ranks >= 0], ranks[ranks >= 0]
    order = np.lexsort((ranks, owner))  # within a basket the rarest item comes first
    owner, ranks = owner[order], ranks[order]
    ends = np.searchsorted(owner, owner, side="right")
    by_rank = np.argsort(ranks, kind="stable")
    edges = np.concatenate([[0], np.cumsum(count)])
    for place, item in enumerate(kept.tolist()):
        yield (item,), int(count[place])
        if largest > 1:
            at = by_rank[edges[place] : edges[place + 1]]
            for members, times in _with_item(ranks, at, ends[at], least=least, largest=largest - 1):
                yield (item, *(int(kept[member]) for member in members)), times


def _with_item(
    ranks: Ints, at: Ints, ends: Ints, *, least: int, largest: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield what is frequent beside an item that stands at these places, each basket reaching to its end."""
    lengths = ends - at - 1
    row = np.repeat(np.arange(len(at)), lengths)
    within = np.arange(len(row)) - np.repeat(np.cumsum(lengths) - lengths, lengths)
    beside = ranks[np.repeat(at + 1, lengths) + within]
    count = np.bincount(beside)
    frequent = np.flatnonzero(count >= least)
    if not len(frequent):
        return
    if largest == 1:
        yield from (((int(member),), int(count[member])) for member in frequent)
        return
    column = np.full(len(count), -1, dtype=np.int64)
    column[frequent] = np.arange(len(frequent))
    chosen = column[beside] >= 0
    bits = np.zeros((len(frequent), -(-len(at) // 64) * 64), dtype=np.bool_)
    bits[column[beside[chosen]], row[chosen]] = True
    words = np.packbits(bits, axis=1).view(np.uint64)
    yield from _grow(words, frequent.tolist(), count[frequent].tolist(), least=least, largest=largest)


def _grow(
    words: Words, members: list[int], counts: list[int], *, least: int, largest: int
) -> Iterator[tuple[tuple[int, ...], int]]:
    """Yield the sets of members whose rows of bits have enough places in common."""
    for place, (member, times) in enumerate(zip(members, counts, strict=True)):
        yield (member,), times
        if largest == 1 or place + 1 == len(members):
            continue
        common = words[place + 1 :] & words[place]
        count = np.bitwise_count(common).sum(axis=1, dtype=np.int64)
        enough = np.flatnonzero(count >= least)
        if len(enough):
            rest = [members[place + 1 + at] for at in enough.tolist()]
            deeper = _grow(common[enough], rest, count[enough].tolist(), least=least, largest=largest - 1)
            yield from (((member, *others), number) for others, number in deeper)
