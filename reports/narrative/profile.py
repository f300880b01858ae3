"""One segment in words."""

import numpy as np

from core.analysis.sums import Flags
from core.segments.profile import Profile
from core.segments.totals import SegmentTotal
from reports.narrative import findings
from reports.narrative.words import change_words, compared, count, growth, share_words, span_words, verb
from reports.section import Context


def headline(context: Context, total: SegmentTotal, rows: Flags) -> str:
    """What the segment is worth, or how many of it have gone silent."""
    silent = int((findings.silent(context) & rows).sum())
    bought = context.money(total.net_revenue or 0)
    who = count(total.customers, "customer")
    if total.segment.name == findings.AT_RISK and silent:
        part = "" if silent == total.customers else f"{silent:,} of "
        whose = "its" if total.customers == 1 else "their"
        return f"{part}{who} {verb(silent, 'has')} been silent for more than twice {whose} own usual gap"
    share = findings.share_of(total.net_revenue, context.grand.net_revenue)
    worth = bought if share is None else f"{bought}, {share_words(share)} of revenue"
    return f"{who} {verb(total.customers, 'brings')} in {worth}"


def lead(context: Context, total: SegmentTotal, rows: Flags) -> str:
    """What the name means, and what they bought against the year before."""
    parts = [total.segment.description] if total.segment.description else []
    bought = total.net_revenue or 0
    before = None
    if context.before is not None:
        before = int(context.before.ladder.by_customer["net_revenue"].to_numpy()[rows].sum())
    them = "This customer" if total.customers == 1 else "These customers"
    now = f"{them} bought {context.money(bought)} in {span_words(context.period)}"
    change = None if before is None else growth(bought, before)
    if before is None or change is None:
        parts.append(f"{now}.")
    else:
        parts.append(f"{now}, {compared(change)} the {context.money(before)} of the year before.")
    return " ".join(parts)


def comment(context: Context, total: SegmentTotal, profile: Profile) -> str:
    """What stands out: costs, favourite item, by hand."""
    rows = context.membership.members(total.segment.name)
    parts = []
    profit = total.sums[context.measure.key]
    if context.measure.is_profit and profit is not None:
        margin = findings.share_of(profit, total.net_revenue)
        left = f", {share_words(margin)} of what they bought" if margin is not None else ""
        kept = "left" if profit >= 0 else "lost"
        parts.append(f"{context.money(abs(profit))} of {context.measure.name} was {kept}{left}.")
        reason = context.reasons.main(rows)
        parts.append(f"{reason.text}." if reason else "No cost weighs more here than elsewhere.")
    trend = _half_years([month.net for month in profile.months])
    if trend is not None:
        parts.append(f"Sales of the last six months {change_words(trend)} against the six before.")
    if total.by_hand:
        parts.append(f"{count(total.by_hand, 'customer')} {verb(total.by_hand, 'was')} placed here by hand.")
    return " ".join(parts) or "The figures say no more about this segment."


def _half_years(months: list[int]) -> float | None:
    if len(months) != 12:
        return None
    return growth(int(np.sum(months[6:])), int(np.sum(months[:6])))
