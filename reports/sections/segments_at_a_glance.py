"""Segments at a glance: who is there, what they bring, what they take."""

from collections.abc import Iterator

from core.unit import Unit
from reports.content import (
    Block,
    Chart,
    ChartKind,
    Definition,
    Heading,
    Paragraph,
    Series,
)
from reports.narrative import segments
from reports.section import Context, SectionSpec
from reports.segment_table import page_table
from reports.two_columns import in_two_columns

_TITLE = "Segments at a glance"


def build(context: Context) -> Iterator[Block]:
    """Table, shares, what each segment leaves, what the names mean."""
    yield Heading(segments.headline(context), kicker=_TITLE)
    yield Paragraph(segments.lead(context), lead=True)
    if not context.totals:
        return
    yield page_table(context)
    yield shares(context)
    yield bars(context)
    meanings = _meanings(context)
    if meanings:
        yield Heading("What the names mean", level=2)
        yield in_two_columns(meanings)


def shares(context: Context) -> Chart:
    """Shares of customers, revenue and cost to serve; what is unknown or negative has no share."""
    columns: dict[str, list[int | None]] = {
        "Customers": [total.customers for total in context.totals],
        "Revenue": [total.net_revenue for total in context.totals],
        "Cost to serve": [total.cost_to_serve for total in context.totals],
    }
    shown = {
        name: values
        for name, values in columns.items()
        if all(value is not None and value >= 0 for value in values) and any(values)
    }
    title = "Share of customers, revenue and serving cost" if len(shown) == len(columns) else "Shares"
    return Chart(
        ChartKind.SHARES,
        title,
        tuple(shown),
        tuple(
            Series(
                total.segment.name,
                tuple(values[at] for values in shown.values()),
                segment=total.segment.palette,
            )
            for at, total in enumerate(context.totals)
        ),
        unit=Unit.NUMBER,
        category_units=tuple(Unit.COUNT if name == "Customers" else Unit.MONEY for name in shown),
        key="shares",
    )


def bars(context: Context) -> Chart:
    """What each segment brings, as the report measures it."""
    measure = context.measure
    return Chart(
        ChartKind.HORIZONTAL_BARS,
        f"{measure.label} by segment",
        tuple(total.segment.name for total in context.totals),
        (Series(measure.label, tuple(context.sums(measure.key))),),
        segments=tuple(total.segment.palette for total in context.totals),
        key=f"{measure.key}_by_segment",
    )


def _meanings(context: Context) -> tuple[Definition, ...]:
    return tuple(
        Definition(total.segment.name, total.segment.description, total.segment.palette)
        for total in context.totals
        if total.segment.description
    )


SECTION: SectionSpec = SectionSpec("segments_at_a_glance", 20, lambda _: _TITLE, build)
