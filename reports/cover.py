"""What the first page says."""

from core.period import day_label
from core.unit import Unit
from reports.content import Chart, ChartKind, Cover, Series
from reports.narrative.words import capital, long_day, long_month, span_words
from reports.section import CONTRIBUTION, GROSS_PROFIT, Context

TITLE = "Customer segment report"
_EARNS = {
    CONTRIBUTION.key: "what each group earns you after the cost of serving them",
    GROSS_PROFIT.key: "what each group earns you after the cost of the goods",
}


def cover_of(context: Context, *, prepared_for: str = "", author: str = "") -> Cover:
    """The cover, its words fitted to what the book knows."""
    earns = _EARNS.get(context.measure.key, "what each group buys")
    branding = context.branding
    client = branding.client_name
    firm = branding.firm_name.partition("\n")[0]
    return Cover(
        title=TITLE,
        period_label=long_month(context.month.start)
        if context.month.month_count == 1
        else context.month.label,
        what_it_is=f"Who your customers are, {earns}, and what to do about it next month.",
        prepared_for="\n".join(text for text in (prepared_for, client) if text),
        prepared_by="\n".join(text for text in (author, firm) if text),
        date_and_basis=f"{long_day(context.facts.as_of)}\n{_basis(context)}",
        shares=_shares(context),
    )


def _basis(context: Context) -> str:
    basis = [context.facts.basis.capitalize()] if context.facts.basis else []
    postings = context.facts.postings
    ledger = f"ledger to {day_label(postings['day'].iloc[-1].date())}" if len(postings) else "no ledger"
    return capital(", ".join([*basis, ledger]))


def _shares(context: Context) -> Chart | None:
    """Revenue by segment, the largest first; None where nothing was sold or a segment is below zero."""
    values = [total.net_revenue or 0 for total in context.totals]
    if not values or min(values) < 0 or not any(values):
        return None
    ordered = sorted(context.totals, key=lambda total: -(total.net_revenue or 0))
    return Chart(
        ChartKind.SHARES,
        f"Revenue by segment, {span_words(context.period).removeprefix('the ')}",
        ("Revenue",),
        tuple(
            Series(total.segment.name, (total.net_revenue,), segment=total.segment.palette)
            for total in ordered
        ),
        unit=Unit.NUMBER,
        category_units=(Unit.MONEY,),
        key="revenue_shares",
    )
