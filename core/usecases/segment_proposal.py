"""Have groups of customers proposed as segments, and take the proposal over as a scheme."""

import re
from collections.abc import Collection, Mapping

from core.analysis.patterns.clusters import clusters
from core.analysis.patterns.not_enough import NotEnough
from core.progress import SILENT, Progress
from core.segments.method import SchemeMistake
from core.segments.proposal import Proposal, propose
from core.segments.scheme import Scheme
from core.store.book import Book
from core.usecases.segments import Figures, input_for, list_schemes, save_scheme

PROPOSED_NAME = "How customers buy"


def propose_segments(figures: Figures, *, progress: Progress = SILENT) -> Proposal | NotEnough:
    """Look for groups of customers that buy alike, and for plain rules that find them again."""
    progress.step("Looking for customers who buy alike")
    found = clusters(figures.facts, progress=progress)
    if isinstance(found, NotEnough):
        return found
    progress.step("Looking for rules that tell the groups apart")
    return propose(figures.facts, input_for(figures), found)


def scheme_from(
    proposal: Proposal, name: str, schemes: Collection[Scheme], *, names: Mapping[str, str] | None = None
) -> Scheme:
    """Return a proposal as a new scheme of a book that has these schemes. Raises SchemeMistake."""
    if not proposal.is_useful:
        raise SchemeMistake("No plain rule tells the groups apart, so there is no scheme to make.")
    problem = scheme_name_problem(name, schemes)
    if problem:
        raise SchemeMistake(problem)
    return proposal.scheme(own_key(name, {one.key for one in schemes}), name, names)


def save_proposal(
    book: Book, proposal: Proposal, name: str, *, names: Mapping[str, str] | None = None, author: str = ""
) -> Scheme:
    """Keep a proposal as a scheme of its own. Raises SchemeMistake for a name that is empty or taken."""
    return save_scheme(book, scheme_from(proposal, name, list_schemes(book), names=names), author=author)


def scheme_name_problem(name: str, schemes: Collection[Scheme]) -> str:
    """Say what is wrong with the name of a new scheme; '' where nothing is."""
    wanted = name.strip()
    if not wanted:
        return "Enter a name."
    taken = {one.name.casefold() for one in schemes}
    return f"There is a scheme called {wanted} already." if wanted.casefold() in taken else ""


def free_name(schemes: Collection[Scheme]) -> str:
    """Return a name for a proposed scheme that no other has."""
    names = (PROPOSED_NAME, *(f"{PROPOSED_NAME} ({number})" for number in range(2, len(schemes) + 3)))
    return next(name for name in names if not scheme_name_problem(name, schemes))


def own_key(name: str, taken: Collection[str]) -> str:
    """Return a key for a scheme of the book's own, made from its name."""
    key = re.sub(r"[^a-z0-9]+", "_", name.casefold()).strip("_") or "scheme"
    keys = (key, *(f"{key}_{number}" for number in range(2, len(taken) + 3)))
    return next(one for one in keys if one not in taken)
