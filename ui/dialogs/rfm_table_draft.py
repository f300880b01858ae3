"""Scores and names as they stand in the dialog, and what they would change: plain values, no screen."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from core.analysis.facts import Facts
from core.analysis.patterns.rfm_choice import RfmChoice
from core.analysis.patterns.rfm_names import changed_cells, clean_name, spelling_of
from core.analysis.patterns.rfm_preview import ScoredCells, every_scoring
from core.analysis.patterns.rfm_rules import Rule, reached_scores
from core.analysis.patterns.rfm_table import SEGMENTS, TABLE, Cell
from core.progress import Progress

ONE = "1 customer"


@dataclass(frozen=True, eq=False)
class Scorings:
    """The book's choice, and every customer's scores in each way that can be chosen."""

    choice: RfmChoice
    period: str  # in words: whose orders are scored
    ways: Mapping[tuple[int, Rule], ScoredCells]


def scorings_of(facts: Facts, progress: Progress) -> Scorings:
    """Score the customers in every way. For the worker thread."""
    progress.step("Scoring customers in every way")
    return Scorings(facts.rfm_choice, facts.period.label, every_scoring(facts, progress=progress))


@dataclass
class Draft:
    """What is chosen now; `table` has all 125 names."""

    scorings: Scorings
    bins: int = 0
    rule: Rule = Rule.TIES_ALIKE
    table: dict[Cell, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what the book keeps."""
        kept = self.scorings.choice
        self.bins, self.rule, self.table = kept.bins, kept.rule, dict(kept.table)

    # Changing --------------------------------------------------------------------------------------

    def name_cells(self, cells: Iterable[Cell], text: str) -> str:
        """Give cells a name; returns it as it is spelled elsewhere."""
        chosen = set(cells)
        name = self.spelled(chosen, text)
        self.table |= dict.fromkeys(chosen, name)
        return name

    def spelled(self, cells: Collection[Cell], text: str) -> str:
        """A name as the usual names and the other cells spell it."""
        return spelling_of(clean_name(text), (name for cell, name in self.table.items() if cell not in cells))

    def reset_cells(self, cells: Iterable[Cell]) -> None:
        """Give cells their usual names back."""
        self.table |= {cell: TABLE[cell] for cell in cells}

    # Telling ---------------------------------------------------------------------------------------

    @property
    def now(self) -> ScoredCells:
        """The customers' scores as chosen."""
        return self.scorings.ways[self.bins, self.rule]

    @property
    def before(self) -> ScoredCells:
        """The customers' scores as the book keeps them."""
        return self.scorings.ways[self.scorings.choice.bins, self.scorings.choice.rule]

    @property
    def names(self) -> list[str]:
        """The eleven names, then those of the book."""
        return [*SEGMENTS, *sorted(set(self.table.values()) - set(SEGMENTS))]

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to keep."""
        kept = self.scorings.choice
        return (self.bins, self.rule, self.table) != (kept.bins, kept.rule, dict(kept.table))

    @property
    def changed(self) -> dict[Cell, str]:
        """The cells with another name than usual."""
        return changed_cells(self.table)

    def moved(self) -> int:
        """How many customers would be in another segment."""
        before, now = self.before.names(self.scorings.choice.table), self.now.names(self.table)
        return sum(one != other for one, other in zip(before, now, strict=True))

    def counts(self) -> list[tuple[str, int, int]]:
        """Each segment with its customers before and after; a name that goes is listed while it counts."""
        before = self.before.by_segment(self.scorings.choice.table)
        after = self.now.by_segment(self.table)
        names = [*SEGMENTS, *sorted((set(before) | set(after)) - set(SEGMENTS))]
        return [(name, before.get(name, 0), after.get(name, 0)) for name in names]

    def moved_words(self) -> str:
        """How many customers change their segment."""
        moved, all_of_them = self.moved(), self.now.customers
        if not moved:
            return f"No customer changes segment: {all_of_them:,} before and after."
        verb = "changes" if moved == 1 else "change"
        return f"{moved:,} of {customers(all_of_them)} {verb} segment."

    def reach_words(self) -> str:
        """Which scores occur where there are fewer bins than five; '' with five."""
        now = self.now
        scores = reached_scores(now.bins)
        if len(scores) == len(reached_scores(5)):
            return ""
        listed = " and ".join(filter(None, (", ".join(map(str, scores[:-1])), str(scores[-1]))))
        bins, occur = ("1 bin", "score") if now.bins == 1 else (f"{now.bins} bins", "scores")
        words = f"With {bins} only the {occur} {listed} occur{'s' if now.bins == 1 else ''}"
        words += f": {len(scores) ** 3} of 125 cells. The others are grey and keep their names for later."
        return f"{now.note} {words}".strip()


def customers(count: int) -> str:
    """A number of customers in words."""
    return ONE if count == 1 else f"{count:,} customers"
