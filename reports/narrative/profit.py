"""Who earns the profit and who gives some of it back, in words."""

from core.analysis.patterns import dependence
from core.analysis.patterns.concentration import WhaleCurve
from reports.narrative.summary import costs_unknown, why_no_contribution
from reports.narrative.words import capital, count, share_words, span_words, verb
from reports.section import Context


def headline(context: Context, curve: WhaleCurve) -> str:
    """How few customers make the profit, and what the last ones cost."""
    if not len(curve.customers):
        return f"No customer bought in {span_words(context.period)}"
    name = context.measure.name
    if len(curve.customers) == 1:
        return f"One customer accounts for all {name}: {context.money(curve.total_minor)}"
    losing = ""
    if curve.loss_makers:
        gives = verb(curve.loss_makers, "gives")
        losing = f"{count(curve.loss_makers, 'customer')} {gives} back {context.money(-curve.loss_minor)}"
    fifth = top_fifth(context, curve)
    if fifth is None:
        return f"Together your customers bring {context.money(curve.total_minor)} of {name}" + (
            f": {losing}" if losing else ""
        )
    customers, share = fifth
    first = f"{count(customers, 'customer')} {verb(customers, 'brings')} {share_words(share)} of your {name}"
    return capital(first + (f", {losing}" if losing else ""))


def top_fifth(context: Context, curve: WhaleCurve) -> tuple[int, float] | None:
    """How many the first fifth are and their share: of revenue the fifth of the buyers, of profit that of the curve."""
    if context.measure.is_profit or curve.top_share is None:
        return None if curve.top_share is None else (curve.top_count, curve.top_share)
    largest = dependence.top_fifth(context.facts)
    share = largest.revenue.value
    return None if share is None else (largest.customers, share)


def lead(context: Context, curve: WhaleCurve) -> str:
    """How the curve is made, and where it would end without losses."""
    if not len(curve.customers):
        return "There is no profit to divide."
    ranked = (
        "from most to least profitable" if context.measure.is_profit else "from the largest to the smallest"
    )
    parts = [f"Customers are ranked {ranked} and their {context.measure.name} is added up."]
    if curve.loss_makers and curve.peak_minor > 0:
        nobody = (
            "nobody were served at a loss"
            if context.measure.is_profit
            else "nobody had more credits than sales"
        )
        parts.append(f"The curve would end at {context.money(curve.peak_minor)} if {nobody}.")
    parts.append(costs_unknown(context) or why_no_contribution(context))
    return " ".join(part for part in parts if part)
