"""What another choice of scores would do: the cell of each customer, before anything is kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import product

import numpy as np

from core.analysis.facts import Facts
from core.analysis.patterns.rfm import rfm_with
from core.analysis.patterns.rfm_choice import RfmChoice
from core.analysis.patterns.rfm_rules import BINS, FEWEST_BINS, MOST_BINS, Rule, reached_scores
from core.analysis.patterns.rfm_table import SEGMENTS, Cell
from core.analysis.sums import Ints, split
from core.progress import SILENT, Progress

CELLS: tuple[Cell, ...] = tuple(
    (recency, frequency, monetary) for recency, frequency, monetary in product(range(1, BINS + 1), repeat=3)
)


@dataclass(frozen=True, eq=False)
class ScoredCells:
    """Where the customers with an order in the period stand under one number of bins and one rule."""

    bins: int  # in use: fewer than asked for where there are few customers
    note: str  # why there are fewer, or ""
    places: Ints  # of each of these customers: the position of its cell in `CELLS`
    counts: Mapping[Cell, int]  # customers in each of the 125 cells

    @property
    def customers(self) -> int:
        """How many customers are scored."""
        return len(self.places)

    def can_reach(self, cell: Cell) -> bool:
        """Whether a customer can have these scores."""
        return set(cell) <= set(reached_scores(self.bins))

    def by_segment(self, table: Mapping[Cell, str]) -> dict[str, int]:
        """Customers in each segment that the table names: the eleven, then the book's own."""
        own = sorted(set(table.values()) - set(SEGMENTS))
        found = dict.fromkeys((*SEGMENTS, *own), 0)
        for cell, count in self.counts.items():
            found[table[cell]] += count
        return found

    def names(self, table: Mapping[Cell, str]) -> list[str]:
        """The segment of each scored customer."""
        of_cell = [table[cell] for cell in CELLS]
        return [of_cell[place] for place in self.places.tolist()]


def scored_cells(facts: Facts, choice: RfmChoice) -> ScoredCells:
    """Score the customers with an order in the period as chosen."""
    scored = rfm_with(facts, choice)
    r, known = split(scored.r)
    f, _ = split(scored.f)
    m, _ = split(scored.m)
    places = (((r - 1) * BINS + f - 1) * BINS + m - 1)[known]
    counts = np.bincount(places, minlength=len(CELLS)).tolist()
    return ScoredCells(scored.bins, scored.note, places, dict(zip(CELLS, counts, strict=True)))


def every_scoring(facts: Facts, *, progress: Progress = SILENT) -> dict[tuple[int, Rule], ScoredCells]:
    """Score the customers in every way that can be chosen."""
    ways = list(product(range(FEWEST_BINS, MOST_BINS + 1), Rule))
    found = {}
    for done, (bins, rule) in enumerate(ways):
        progress.advance(done, len(ways))
        found[bins, rule] = scored_cells(facts, RfmChoice(bins, rule))
    return found
