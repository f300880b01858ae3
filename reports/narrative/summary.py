"""The month in words: headline, lead, what works, what needs care."""

from functools import cache

from jinja2 import Environment, StrictUndefined, Template

from core.money import divide_half_away
from core.segments.totals import SegmentTotal
from reports.narrative import findings
from reports.narrative.words import (
    capital,
    change_words,
    compared,
    count,
    growth,
    listed,
    share_words,
    span_words,
    verb,
)
from reports.section import Context

_LEAD = """\
Over {{ span }} {{ sold }}.
{%- if left is none %} {{ unknown }}
{%- elif measure == "contribution" %} After the cost of the goods and of serving each customer, {{ left }}
{%- elif measure == "gross_profit" %} After the cost of the goods, {{ left }}
{%- endif %}
{%- if left is not none %}{{ " was left" if positive else " was lost" }}
{%- if than %}, {{ than }}{% endif %}.{% endif %}
{%- if measure == "gross_profit" %} {{ no_contribution }}{% endif %}
{%- if no_year %} {{ no_year }}{% endif %}
{%- if nobody %} {{ nobody }}{% endif %}"""

NO_YEAR_BEFORE = "No earlier year"  # short enough for a tile
NO_EARLIER_YEAR = "There is no earlier year to compare with."


@cache
def _lead_template() -> Template:
    # The words end in a PDF, a workbook and plain text, each of which escapes by its own rules.
    environment = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701
    return environment.from_string(_LEAD)


def headline(context: Context) -> str:
    """The one sentence to remember."""
    if not context.has_sales:
        return f"No sales to customers were found in {span_words(context.period)}"
    losing = len(findings.losing_customers(context))
    but = (
        f", but {count(losing, 'customer')} {verb(losing, 'costs')} more than {_they(losing)}"
        if losing
        else ""
    )
    return _what_happened(context) + but


def _they(number: int) -> str:
    return "it brings in" if number == 1 else "they bring in"


def _what_happened(context: Context) -> str:
    rungs, measure = context.figures.ladder.customers, context.measure
    before = context.before.ladder.customers if context.before else None
    sales = growth(rungs.net_revenue, before.net_revenue) if before else None
    if before is None or sales is None:
        return capital(f"{_sold(context)}{_and_left(context)}")
    sentence = f"Sales {change_words(sales)}"
    then = getattr(before, measure.key)
    profit = growth(context.measured, then) if measure.is_profit and then is not None else None
    if profit is None:
        return sentence + _and_left(context)
    said = change_words(profit)
    for both in ("grew ", "fell "):
        if said.startswith(both) and f" {both}" in sentence:
            said = said.removeprefix(both)
    return f"{sentence} and {measure.name} {said}"


def _sold(context: Context) -> str:
    """What was sold to how many; credits can exceed sales, and journal entries are sales without an order."""
    revenue = context.figures.ladder.customers.net_revenue
    if revenue < 0:
        return f"credits and refunds exceeded sales by {context.money(-revenue)}"
    if not context.active_count:
        return f"sales came to {context.money(revenue)}"
    if _others_revenue(context):
        return (
            f"{count(context.active_count, 'customer')} ordered; net revenue came to {context.money(revenue)}"
        )
    return f"{count(context.active_count, 'customer')} bought for {context.money(revenue)}"


def _others_revenue(context: Context) -> int:
    """What customers without an order bring: credits, or sales by journal entry."""
    revenue = context.figures.ladder.by_customer["net_revenue"].to_numpy()
    return int(revenue[~context.active].sum())


def _and_left(context: Context) -> str:
    if not context.measure.is_profit:
        return ""
    if context.measured < 0:
        return f" at a loss of {context.money(-context.measured)}"
    return f" and left {context.money(context.measured)} of {context.measure.name}"


def lead(context: Context) -> str:
    """The paragraph below the headline."""
    rungs, measure = context.figures.ladder.customers, context.measure
    if not context.has_sales:
        return " ".join(["There is nothing to divide into segments yet.", _nobody(context)]).strip()
    sold = _sold(context)
    if context.active_count and rungs.net_revenue >= 0:
        money, who = context.money(rungs.net_revenue), count(context.active_count, "customer")
        sold = f"you sold {money} to {who}"
        if _others_revenue(context):
            sold = f"net revenue came to {money}; {who} ordered"
    return _lead_template().render(
        span=span_words(context.period),
        sold=sold,
        measure=measure.key,
        left=context.money(abs(context.measured)) if measure.is_profit else None,
        positive=context.measured >= 0,
        than=_than(context),
        unknown=costs_unknown(context),
        no_contribution=why_no_contribution(context),
        no_year="" if context.before else NO_EARLIER_YEAR,
        nobody=_nobody(context),
    )


def _than(context: Context) -> str:
    if context.before is None:
        return ""
    then = getattr(context.before.ladder.customers, context.measure.key)
    change = None if then is None else growth(context.measured, then)
    return "" if change is None else f"{compared(change)} the year before"


def _nobody(context: Context) -> str:
    """What was sold without a customer: it is in no segment, so the reader must know."""
    amount = context.figures.ladder.no_customer.net_revenue
    if not amount:
        return ""
    return f"Sales of {context.money(amount)} name no customer and are in no segment."


def costs_unknown(context: Context) -> str:
    """'Costs are not known for 12% of sales.'; nothing where all are known."""
    share = context.unknown_cost_share
    if context.figures.ladder.customers.gross_profit is not None:
        return ""
    if share is None:
        return "Costs are not known."
    return f"Costs are not known for {share_words(share)} of sales."


def why_no_contribution(context: Context) -> str:
    """Why there is no net contribution; nothing where there is one."""
    if context.figures.ladder.customers.contribution is not None:
        return ""
    if context.figures.ladder.customers.gross_profit is None:
        return costs_unknown(context)
    missing = "no cost pool is set up" if len(context.facts.pools) == 0 else "no ledger is imported"
    return f"The cost of serving customers is not known, because {missing}."


def what_is_working(context: Context) -> str:
    """The segment that brings the most."""
    best = findings.best_segment(context)
    if best is None:
        return f"No segment brings in any {context.measure.name} in this period."
    who = f"**{best.segment.name}**, {count(best.customers, 'customer')},"
    return f"{who} {_brings(context, best)}{_buys(context, best)}"


def _brings(context: Context, total: SegmentTotal) -> str:
    parts = [_part(context, total, "net_revenue", "revenue")]
    if context.measure.is_profit:
        parts.append(_part(context, total, context.measure.key, context.measure.name))
    return f"{verb(total.customers, 'brings')} in {' and '.join(parts)}."


def _part(context: Context, total: SegmentTotal, key: str, name: str) -> str:
    share = findings.share_of(total.sums[key], context.grand.sums[key])
    return (
        f"{context.money(total.sums[key] or 0)} of {name}"
        if share is None
        else f"{share_words(share)} of {name}"
    )


def _buys(context: Context, total: SegmentTotal) -> str:
    if not total.orders or (total.net_revenue or 0) <= 0:
        return ""
    average = context.money(divide_half_away(total.net_revenue or 0, total.orders))
    members = context.membership.members(total.segment.name)
    gaps = context.figures.metrics["median_interpurchase_days"].iloc[members]
    every = ""
    if gaps.notna().any():
        every = f", usually one every {count(round(float(gaps.median())), 'day')}"
    return f" {'The order is worth' if total.orders == 1 else 'Orders average'} {average}{every}."


def what_needs_care(context: Context) -> str:
    """Segments that lose money and customers who have gone silent."""
    found = [_loss(context, total) for total in findings.losing_segments(context)[:2]]
    silent = _silent(context)
    if silent:
        found.append(silent)
    if found:
        return " ".join(found)
    nobody = "obody who bought in the period is silent for more than twice a known usual gap."
    if context.measure.is_profit:
        return f"No segment loses money, and n{nobody}"
    return f"N{nobody} Losses cannot be seen without costs."


def _loss(context: Context, total: SegmentTotal) -> str:
    lost, bought = -(total.sums[context.measure.key] or 0), total.net_revenue or 0
    rows = context.membership.members(total.segment.name)
    reason = context.reasons.main(rows)
    why = f", mostly through {reason.text[:1].lower()}{reason.text[1:]}" if reason else ""
    who = count(total.customers, "customer")
    return f"**{total.segment.name}**: {who} bought {context.money(bought)} and lost you {context.money(lost)}{why}."


def _silent(context: Context) -> str:
    rows = findings.late_to_call(context)
    if not len(rows):
        return ""
    at_risk = findings.are_at_risk(context, rows)
    bought = context.money(int(context.column("net_revenue")[rows].sum()))
    has, their = verb(len(rows), "has"), "its" if len(rows) == 1 else "their"
    who = f"{count(len(rows), 'customer')} worth {bought}"
    gone = f"{who} {has} been silent for more than twice {their} usual gap"
    if not at_risk:
        return f"{capital(gone)}."
    arrived = _arrived(context)
    return f"**{findings.AT_RISK}**: {gone}{f'; {arrived}' if arrived else ''}."


def _arrived(context: Context) -> str:
    if context.movement is None:
        return ""
    came = sum(
        len(ids)
        for (start, end), ids in context.movement.cells.items()
        if end == findings.AT_RISK and start not in {"", findings.AT_RISK}
    )
    return f"{count(came, 'customer')} moved here since the last close" if came else ""


def names_of(context: Context, rows: list[int], most: int = 3) -> str:
    """The first few names: 'A, B and C' or 'A, B, C and 4 more'."""
    names = [findings.customer_name(context, row) for row in rows[:most]]
    rest = len(rows) - len(names)
    return listed([*names, f"{rest:,} more"] if rest else names)
