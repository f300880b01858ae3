"""Everything the pages show, read from the book in one go in the worker thread."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from core.period import Period, month_of
from ui.loading_trends import Trends, trends_of

if TYPE_CHECKING:
    from core.analysis.tie_out_result import TieOut
    from core.progress import Progress
    from core.segments.membership import Membership
    from core.segments.movement import Movement
    from core.store.book import Book
    from core.store.imports import StoredImport
    from core.usecases.close_month import Close
    from core.usecases.figures import Figures
    from core.usecases.issue_report import IssuedReport
    from core.usecases.sign_off import SignOff


@dataclass(frozen=True, eq=False)
class Loaded:
    """The figures of a period with what stands beside them on every page."""

    figures: "Figures"
    compare: "Figures | None"  # None where nothing is compared, or history does not reach back so far
    compare_note: str  # why there is nothing to compare with
    trends: Trends
    membership: "Membership | None"  # of the book's first scheme
    closes: Sequence["Close"]
    movement: "Movement | None"  # of the first scheme since the last close before the period's end
    moved_since: Period | None  # the month of that close
    imports: Sequence["StoredImport"]  # those that count, the newest first
    tie_out: "TieOut"
    sign_off: "SignOff | None"  # of the period's last month, while the data is what was signed
    earlier_sign_offs: Sequence["SignOff"]  # of all months, also those that no longer hold
    issued: Sequence["IssuedReport"]  # of the period's last month, the newest first

    @property
    def is_empty(self) -> bool:
        """Whether the book has neither documents nor a ledger."""
        facts = self.figures.facts
        return not len(facts.documents) and not len(facts.postings)

    @property
    def latest_month(self) -> str:
        """The last month with documents, in words; '' in an empty book."""
        days = self.figures.facts.documents["day"]
        return month_of(days.iloc[-1].date()).label if len(days) else ""

    @property
    def month(self) -> Period:
        """The period's last month, which month-end work is about."""
        return month_of(self.figures.facts.as_of)


@dataclass
class LoadedCache:
    """Keeps what was loaded for the last few periods; a change of the book makes all of it old."""

    most: int = 4
    _kept: dict[tuple[object, ...], Loaded] = field(default_factory=dict)

    def find(self, key: tuple[object, ...]) -> Loaded | None:
        """What was kept under this key; it counts as used."""
        found = self._kept.pop(key, None)
        if found is not None:
            self._kept[key] = found
        return found

    def keep(self, key: tuple[object, ...], loaded: Loaded) -> None:
        """Keep it and forget what was not used for longest."""
        self._kept[key] = loaded
        while len(self._kept) > self.most:
            del self._kept[next(iter(self._kept))]

    def clear(self) -> None:
        """Forget everything."""
        self._kept.clear()


def load(book: "Book", period: Period, compare: Period | None, *, progress: "Progress") -> Loaded:
    """Work out the figures of a period and of what it is compared with. For the worker thread."""
    from core.usecases.close_month import list_closes
    from core.usecases.figures import load_figures
    from core.usecases.import_files import list_imports
    from core.usecases.issue_report import list_issued
    from core.usecases.segments import list_schemes, membership_of
    from core.usecases.sign_off import list_sign_offs, valid_sign_off

    figures = load_figures(book, period, progress=progress)
    before, note = _compared(book, compare, figures, progress)
    progress.step("Putting customers into segments")
    schemes = list_schemes(book)
    membership = membership_of(book, schemes[0], figures) if schemes else None
    closes = list_closes(book)
    movement, since = _movement(book, membership, figures)
    tie_out = _tie_out(book, figures, progress)
    month = month_of(figures.facts.as_of)
    return Loaded(
        figures=figures,
        compare=before,
        compare_note=note,
        trends=trends_of(figures, compare),
        membership=membership,
        closes=closes,
        movement=movement,
        moved_since=since,
        imports=[one for one in list_imports(book) if one.undone_at is None],
        tie_out=tie_out,
        sign_off=valid_sign_off(book, month),
        earlier_sign_offs=list_sign_offs(book),
        issued=list_issued(book, month),
    )


def _tie_out(book: "Book", figures: "Figures", progress: "Progress") -> "TieOut":
    """The tie-out of the period; documents of later months may explain it, so all of the book is looked at."""
    from core.analysis.facts import default_period
    from core.analysis.tie_out import accepted_differences, tie_out
    from core.usecases.tie_out import tie_out_book

    if figures.facts.as_of < default_period(book)[1]:
        return tie_out_book(book, figures.facts.period, progress=progress)[0]
    progress.step("Comparing documents and ledger")
    return tie_out(figures.facts, accepted_differences(book))


def _compared(
    book: "Book", period: Period | None, figures: "Figures", progress: "Progress"
) -> "tuple[Figures | None, str]":
    from core.usecases.figures import load_figures

    if period is None:
        return None, ""
    days = figures.facts.documents["day"]
    if not len(days):
        return None, "not enough history"
    first = month_of(days.iloc[0].date())
    if first.start > period.start:
        return None, f"no figures before {first.label}"
    return load_figures(book, period, progress=progress), ""


def _movement(
    book: "Book", membership: "Membership | None", figures: "Figures"
) -> "tuple[Movement | None, Period | None]":
    from core.errors import NotFound
    from core.segments.movement import movement_between, standing_of
    from core.usecases.close_month import last_close_before, standing_at

    close = last_close_before(book, figures.facts.as_of)
    if membership is None or close is None:
        return None, None
    try:
        before = standing_at(book, membership.scheme.key, close.month)
    except NotFound:  # the scheme is younger than the close
        return None, None
    return movement_between(before, standing_of(membership, figures.metrics)), close.month
