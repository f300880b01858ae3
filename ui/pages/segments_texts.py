"""Counts, keys and descriptions of segments for their page. No Qt."""

from core.errors import NotFound
from core.segments.membership import Membership
from core.segments.movement import Standing
from core.segments.profile import Profile, profile_of
from core.segments.scheme import Scheme
from core.segments.totals import segment_totals
from core.store.book import Book
from core.unit import Unit
from core.usecases.figures import Figures
from core.usecases.segments import RulePreview, membership_of, preview_rule
from ui.figure_texts import numbers_of
from ui.pages.segments_data import SegmentsData


def counts_of(membership: Membership, figures: Figures) -> dict[str, tuple[str, str]]:
    """Customers and revenue of each segment, in words, by its name."""
    numbers = numbers_of(figures)
    totals = segment_totals(membership, figures.metrics)
    return {
        one.segment.name: (f"{one.customers:,}", numbers.write(one.net_revenue, Unit.MONEY)) for one in totals
    }


def profile_for(data: SegmentsData, segment: str) -> Profile:
    """Describe the members of a segment."""
    codes = [code for code, one in enumerate(data.membership.segments) if one.name == segment]
    rows = data.membership.codes == (codes[0] if codes else -1)
    return profile_of(rows, data.figures.facts, data.figures.metrics)


def sentence_of(data: SegmentsData) -> str:
    """How many customers there are in how many segments, those without an order among them."""
    every = len(data.membership.codes)
    groups = sum(1 for total in data.totals if total.customers)
    customers = "1 customer" if every == 1 else f"{every:,} customers"
    segments = "1 segment" if groups == 1 else f"{groups} segments"
    return f"{customers} in {segments}. Who belongs together, why, and who moved."


def preview_of(
    book: Book, scheme: Scheme, segment: str, figures: Figures, *, last_close: Standing | None
) -> RulePreview:
    """What a scheme as edited does to a segment, or to its first where that one is no longer made."""
    try:
        return preview_rule(book, scheme, segment, figures, last_close=last_close)
    except NotFound:
        first = membership_of(book, scheme, figures).segments[0].name
        return preview_rule(book, scheme, first, figures, last_close=last_close)
