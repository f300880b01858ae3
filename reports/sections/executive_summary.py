"""Executive summary: the month on one page."""

from collections.abc import Iterator

from core.analysis.profit_ladder import Rungs
from core.unit import Unit
from reports.content import (
    Block,
    Callouts,
    Chart,
    ChartKind,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Series,
    SideHeading,
)
from reports.months import revenue_by_month
from reports.narrative import summary
from reports.narrative.next_steps import next_steps
from reports.narrative.words import growth, month_name
from reports.section import Context, SectionSpec

_TITLE = "Executive summary"


def build(context: Context) -> Iterator[Block]:
    """Headline, six figures, the year by month, what works, what needs care, what to do."""
    yield Heading(summary.headline(context), kicker=_TITLE)
    yield Paragraph(summary.lead(context), lead=True)
    yield key_figures(context)
    yield month_chart(context)
    if context.has_sales:
        yield SideHeading("What is working", summary.what_is_working(context))
        yield SideHeading("What needs care", summary.what_needs_care(context))
    steps = next_steps(context)
    if steps:
        yield Callouts(steps, title="What to do next")


def key_figures(context: Context) -> KeyFigures:
    """The six figures of the month, each with its change from the year before."""
    now = context.figures.ladder.customers
    before = context.before.ladder.customers if context.before else None
    return KeyFigures(
        (
            _net_revenue(context, now, before),
            _gross_profit(context, now, before),
            _contribution(context, now, before),
            _cost_to_serve(context, now, before),
            _active(context),
            _bought_again(context),
        )
    )


def _net_revenue(context: Context, now: Rungs, before: Rungs | None) -> KeyFigure:
    change = growth(now.net_revenue, before.net_revenue) if before else None
    note = f"from {context.money(before.net_revenue)}" if before else summary.NO_YEAR_BEFORE
    return KeyFigure("Net revenue", now.net_revenue, Unit.MONEY, "net_revenue", change, note=note)


def _gross_profit(context: Context, now: Rungs, before: Rungs | None) -> KeyFigure:
    change = None
    if before and now.gross_margin is not None and before.gross_margin is not None:
        change = now.gross_margin - before.gross_margin
    note = summary.costs_unknown(context).rstrip(".") or _at(context, now.gross_margin, " of revenue")
    return KeyFigure("Gross profit", now.gross_profit, Unit.MONEY, "gross_profit", change, Unit.POINTS, note)


def _contribution(context: Context, now: Rungs, before: Rungs | None) -> KeyFigure:
    change = None
    if before and now.contribution is not None and before.contribution is not None:
        change = growth(now.contribution, before.contribution)
    note = _at(context, now.contribution_margin, " of revenue")
    if now.contribution is None:
        note = summary.costs_unknown(context).rstrip(".") or _why_no_cost_to_serve(context)
    return KeyFigure("Net contribution", now.contribution, Unit.MONEY, "contribution", change, note=note)


def _cost_to_serve(context: Context, now: Rungs, before: Rungs | None) -> KeyFigure:
    part, then = _share_to_serve(now), _share_to_serve(before) if before else None
    change = part - then if part is not None and then is not None else None
    note = (
        _at(context, part, " of revenue") if now.cost_to_serve is not None else _why_no_cost_to_serve(context)
    )
    return KeyFigure(
        "Cost to serve",
        now.cost_to_serve,
        Unit.MONEY,
        "cost_to_serve",
        change,
        Unit.POINTS,
        note,
        good_when_up=False,
    )


def _share_to_serve(rungs: Rungs) -> float | None:
    if rungs.cost_to_serve is None or rungs.net_revenue <= 0:
        return None
    return rungs.cost_to_serve / rungs.net_revenue


def _why_no_cost_to_serve(context: Context) -> str:
    return "No cost pool is set up" if len(context.facts.pools) == 0 else "No ledger imported"


def _at(context: Context, share: float | None, of: str) -> str:
    return "" if share is None else f"at {context.numbers.write(share, Unit.RATIO)}{of}"


def _active(context: Context) -> KeyFigure:
    now = context.active_count
    then = int(context.before.active.sum()) if context.before else None
    change = None if then is None else now - then
    note = "" if then is None else f"from {then:,}"
    return KeyFigure("Active customers", now, Unit.COUNT, "active_customers", change, Unit.COUNT, note)


def _bought_again(context: Context) -> KeyFigure:
    again = context.again if context.before else None
    if again is None:
        note = summary.NO_YEAR_BEFORE
    elif again.before == 0:
        note = "Nobody ordered in the year before"
    else:
        note = f"{again.again:,} of last year’s {again.before:,} customer{'s' if again.before != 1 else ''}"
    return KeyFigure("Bought again", again.share if again else None, Unit.RATIO, "bought_again", note=note)


def month_chart(context: Context) -> Chart:
    """Net revenue by month, with the months of the year before where the book has them."""
    months = list(context.period.months())
    series = [Series("This year", tuple(revenue_by_month(context.facts, context.period)))]
    note = f"{month_name(months[-1].start)} highlighted."
    before = revenue_by_month(context.facts, context.period.before())
    if any(value is not None for value in before):
        series.append(Series(f"Previous {len(months)} months", tuple(before)))
        note = f"Bars: this year. Dashed line: previous {len(months)} months. {note}"
    return Chart(
        ChartKind.BARS_COMPARED,
        "Revenue by month",
        tuple(month.label.split()[0] for month in months),
        tuple(series),
        note=note,
        key="revenue_by_month",
    )


SECTION: SectionSpec = SectionSpec("executive_summary", 10, lambda _: _TITLE, build)
