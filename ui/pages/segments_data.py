"""What the Segments page shows, worked out in the worker thread. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np

from core.errors import NotFound
from core.period import Period, day_label
from core.progress import SILENT, Progress
from core.segments.membership import Membership, Override
from core.segments.method import MethodInput
from core.segments.movement import Movement, Standing
from core.segments.rule_text import Terms, terms_of
from core.segments.scheme import Scheme
from core.segments.totals import SegmentTotal, segment_totals
from core.store.book import Book
from core.usecases.close_month import (
    Close,
    last_close_before,
    list_closes,
    movement,
    movement_to_now,
    standing_at,
)
from core.usecases.figures import Figures
from core.usecases.segments import field_range, input_for, list_overrides, list_schemes, membership_of

NOW = "now"
BY_HAND = "by hand"


@dataclass(frozen=True)
class Span:
    """Between which two days movement is shown: two closes, or a close and now."""

    key: str
    text: str
    start: Period
    end: Period | None  # None is now


@dataclass(frozen=True, eq=False)
class SegmentsData:
    """A scheme with its segments, its customers, and who moved."""

    schemes: Sequence[Scheme]
    scheme: Scheme
    figures: Figures
    given: MethodInput
    membership: Membership
    totals: Sequence[SegmentTotal]
    overrides: Sequence[Override]
    names: dict[int, str]  # customer id -> name
    closes: Sequence[Close]
    last_close: Standing | None
    spans: Sequence[Span]
    span: Span | None
    movement: Movement | None

    @property
    def terms(self) -> Terms:
        """What sentences about these customers need."""
        return terms_of(self.given)


def load_segments(
    book: Book, figures: Figures, scheme_key: str = "", span_key: str = "", *, progress: Progress = SILENT
) -> SegmentsData | None:
    """Look at one scheme of a book, by default the first; None for a book without schemes."""
    schemes = list_schemes(book)
    if not schemes:
        return None
    scheme = next((one for one in schemes if one.key == scheme_key), schemes[0])
    progress.step(f"Putting customers into {scheme.name}")
    membership = membership_of(book, scheme, figures)
    closes = list_closes(book)
    spans = spans_of(closes, figures.facts.as_of)
    span = next((one for one in spans if one.key == span_key), spans[0] if spans else None)
    ids = figures.facts.customers["customer_id"].tolist()
    return SegmentsData(
        schemes=schemes,
        scheme=scheme,
        figures=figures,
        given=input_for(figures),
        membership=membership,
        totals=segment_totals(membership, figures.metrics),
        overrides=list_overrides(book, scheme.key),
        names=dict(zip(ids, figures.facts.customers["name"].tolist(), strict=True)),
        closes=closes,
        last_close=_last_close(book, scheme, figures.facts.as_of),
        spans=spans,
        span=span,
        movement=_movement(book, scheme, figures, span),
    )


def spans_of(closes: Sequence[Close], as_of: date) -> list[Span]:
    """The movements that can be shown, the likeliest first: the latest close against the one before it or now."""
    past = [close for close in closes if close.month.end <= as_of]
    pairs = [
        Span(f"{one.month.key}..{two.month.key}", _words(one.month.end, two.month.end), one.month, two.month)
        for one, two in pairwise(past)
    ]
    to_now = [
        Span(f"{close.month.key}..{NOW}", f"{day_label(close.month.end)} to now", close.month, None)
        for close in past[-1:]
    ]
    newest_first = pairs[::-1]
    return to_now + newest_first if past and past[-1].month.end < as_of else newest_first + to_now


def _words(start: date, end: date) -> str:
    first = f"{start.day} {start:%b}" if start.year == end.year else day_label(start)
    return f"{first} to {day_label(end)}"


def _last_close(book: Book, scheme: Scheme, day: date) -> Standing | None:
    close = last_close_before(book, day)
    try:
        return standing_at(book, scheme.key, close.month) if close else None
    except NotFound:  # the scheme is younger than the close
        return None


def _movement(book: Book, scheme: Scheme, figures: Figures, span: Span | None) -> Movement | None:
    if span is None:
        return None
    try:
        if span.end is None:
            return movement_to_now(book, scheme.key, span.start, figures)
        return movement(book, scheme.key, span.start, span.end)
    except NotFound:  # the scheme is younger than the close
        return None


def range_text(data: SegmentsData, key: str) -> str:
    """What a field is, and its span in this book, for its tooltip."""
    known = data.given.field(key)
    parts = [known.definition, f"In this book: {field_range(data.given, key)}."]
    return "\n".join(part for part in parts if part)


def values_of(data: SegmentsData, key: str) -> list[str]:
    """The values of a text field, the most frequent first."""
    counts = data.given.column(key).dropna().astype(str).str.strip().value_counts()
    return [str(value) for value in counts.index if value][:60]


MEMBER_COLUMNS = ("customer", "net_revenue", "contribution", "orders", "last", "origin", "why")


def members_of(data: SegmentsData, segment: str) -> tuple[list[int], dict[str, list[Any]]]:
    """The ids and the table of a segment's customers, the largest first."""
    rows = data.membership.members(segment)
    metrics = data.figures.metrics.iloc[rows]
    order = np.argsort(-metrics["net_revenue"].fillna(0).to_numpy(np.int64), kind="stable")
    rows = rows[order]
    metrics = metrics.iloc[order]
    ids = [int(number) for number in data.membership.customer_ids[rows].tolist()]
    columns: dict[str, list[Any]] = {
        "customer": [data.names[number] for number in ids],
        **{key: _plain(metrics[key]) for key in ("net_revenue", "contribution", "orders")},
        "last": _plain(metrics["last_purchase"]),
        "origin": [BY_HAND if data.membership.origin(row) == "manual" else "rule" for row in rows.tolist()],
        "why": [data.membership.why_line(row) for row in rows.tolist()],
    }
    return ids, columns


def _plain(column: Any) -> list[Any]:
    return [value if known else None for value, known in zip(column.tolist(), column.notna(), strict=True)]
