"""What to do next: up to three steps that follow from the figures. Owners and dates are for people to set."""

from collections.abc import Iterator

from reports.content import Callout
from reports.narrative import findings
from reports.narrative.summary import costs_unknown, names_of, why_no_contribution
from reports.narrative.words import count, in_words, share_words, verb
from reports.section import Context

_MOST = 3
_CALLS = 6


def next_steps(context: Context) -> tuple[Callout, ...]:
    """The first three steps that make sense."""
    found = (step for step in _steps(context) if step is not None)
    return tuple(step for step, _ in zip(found, range(_MOST), strict=False))


def _steps(context: Context) -> Iterator[Callout | None]:
    if context.has_sales:
        yield _call_the_silent(context)
        yield _look_at_losses(context)
        yield _look_after_the_best(context)
        yield _find_the_costs(context)
    yield _import_the_ledger(context)
    if not context.has_sales:
        yield Callout("Import sales", "Add the month’s invoices; segments and figures follow from them.")


def _call_the_silent(context: Context) -> Callout | None:
    rows = findings.late_to_call(context)[:_CALLS].tolist()
    if not rows:
        return None
    total = findings.segment_named(context, findings.AT_RISK) if findings.are_at_risk(context, rows) else None
    bought = context.money(int(context.column("net_revenue")[rows].sum()))
    title = f"Call {names_of(context, rows)}" if len(rows) == 1 else f"Call the {in_words(len(rows))} largest"
    who = "This customer" if len(rows) == 1 else names_of(context, rows)
    gap = f"{'its' if len(rows) == 1 else 'their'} usual gap"
    quiet = f"{who} bought {bought} in the period and {verb(len(rows), 'is')} silent for over twice {gap}."
    return Callout(title, quiet, segment=total.segment.palette if total else None)


def _look_at_losses(context: Context) -> Callout | None:
    rows = findings.losing_customers(context).tolist()
    if not rows:
        return None
    lost = context.money(-int(context.column(context.measure.key)[rows].sum()))
    reason = context.reasons.main(rows)
    why = f" Begin with {reason.text[:1].lower()}{reason.text[1:]}." if reason else ""
    if len(rows) == 1:
        text = f"{names_of(context, rows)} cost you {lost} more than it brought.{why}"
        return Callout("Look at one loss", text, segment=_segment_of(context, rows[0]))
    text = f"{names_of(context, rows, 2)} cost you {lost} more than they brought.{why}"
    return Callout(
        f"Look at {count(len(rows), 'loss', 'losses')}", text, segment=_segment_of(context, rows[0])
    )


def _segment_of(context: Context, row: int) -> int:
    return context.membership.segment_of(row).palette


def _look_after_the_best(context: Context) -> Callout | None:
    best = findings.best_segment(context)
    if best is None:
        return None
    share = findings.share_of(best.net_revenue, context.grand.net_revenue)
    what = f"{share_words(share)} of revenue" if share is not None else context.money(best.net_revenue or 0)
    text = f"{count(best.customers, 'customer')} {verb(best.customers, 'brings')} in {what}."
    text += (
        " Losing it would hurt the most."
        if best.customers == 1
        else " Make sure that none of them is forgotten."
    )
    return Callout(f"Look after {best.segment.name}", text, segment=best.segment.palette)


def _find_the_costs(context: Context) -> Callout | None:
    if unknown := costs_unknown(context):
        return Callout("Find the missing costs", f"{unknown} An item list with costs shows who earns money.")
    if why := why_no_contribution(context):
        return Callout("Add the cost of serving", why)
    return None


def _import_the_ledger(context: Context) -> Callout | None:
    if context.facts.has_ledger:
        return None
    text = "Without the general ledger nothing proves that these sales are complete."
    return Callout("Import the ledger", text)
