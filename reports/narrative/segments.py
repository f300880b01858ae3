"""Segments at a glance, in words."""

from core.segments.totals import SegmentTotal
from reports.narrative import findings
from reports.narrative.summary import costs_unknown, why_no_contribution
from reports.narrative.words import capital, count, in_words, listed, share_words, verb
from reports.section import Context

_TWO = 2


def headline(context: Context) -> str:
    """How few segments bring the money, and whether some lose it."""
    if not context.totals:
        return "There are no customers to divide into segments yet"
    best = _best(context)
    if not best:
        return f"No segment brings in any {context.measure.name}"
    brings = f"{capital(in_words(len(best)))} {'segment brings' if len(best) == 1 else 'segments bring'}"
    of = "profit" if context.measure.is_profit else context.measure.name
    sentence = f"{brings} {_part(context, best)} of {of}"
    losing = findings.losing_segments(context)
    if not losing:
        return sentence
    lost = -sum(total.sums[context.measure.key] or 0 for total in losing)
    return f"{sentence}, {in_words(len(losing))} {verb(len(losing), 'loses')} {context.money(lost)}"


def _part(context: Context, best: list[SegmentTotal]) -> str:
    """What they bring: a share where it is one, else the amount."""
    key = context.measure.key
    bring = sum(total.sums[key] or 0 for total in best)
    share = findings.share_of(bring, context.grand.sums[key])
    return context.money(bring) if share is None else share_words(share)


def _best(context: Context) -> list[SegmentTotal]:
    """The two that bring most; one where there are only two or three segments."""
    key = context.measure.key
    found = [total for total in context.totals if (total.sums[key] or 0) > 0]
    found.sort(key=lambda total: -(total.sums[key] or 0))
    return found[: _TWO if len(context.totals) > _TWO + 1 else 1]


def lead(context: Context) -> str:
    """How many customers that is, and who takes more serving than they pay for."""
    if not context.totals:
        return "Import sales, and every customer will stand in exactly one segment."
    everybody = context.grand.customers
    parts = []
    best = _best(context)
    if best:
        who = count(sum(total.customers for total in best), "customer")
        names = listed([total.segment.name for total in best])
        part = f"{_part(context, best)} of {context.measure.name}"
        parts.append(
            f"{names}, {who} of {everybody:,}, {'accounts' if len(best) == 1 else 'account'} for {part}."
        )
    heavy = _heavy(context)
    if heavy:
        parts.append(heavy)
    if not best or not heavy:
        parts.append(
            f"Each of the {everybody:,} customers stands in exactly one segment."
            if everybody > 1
            else "The one customer stands in one segment."
        )
    parts.append(costs_unknown(context) or why_no_contribution(context))
    return " ".join(part for part in parts if part)


def _heavy(context: Context) -> str:
    """The segment whose part of the cost to serve is furthest above its part of revenue."""
    found = []
    for total in context.totals:
        serve = findings.share_of(total.cost_to_serve, context.grand.cost_to_serve)
        sales = findings.share_of(total.net_revenue, context.grand.net_revenue)
        if serve is not None and sales is not None and serve >= sales + 0.01:
            found.append((serve - sales, total, serve, sales))
    if not found:
        return ""
    _, total, serve, sales = max(found, key=lambda one: one[0])
    customers = count(total.customers, "customer")
    takes = verb(total.customers, "takes")
    return (
        f"{total.segment.name} ({customers}) {takes} {share_words(serve)} of all cost to serve "
        f"for {share_words(sales)} of revenue."
    )
