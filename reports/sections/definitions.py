"""How the figures were made: words, methods, cost allocation, data quality, sources, fingerprint."""

from collections.abc import Iterator

from core.analysis.metric_shelf import metric_named
from reports.content import (
    Block,
    Columns,
    Definition,
    Definitions,
    Facts,
    Heading,
    Paragraph,
)
from reports.narrative import summary
from reports.narrative.words import count, listed, long_day, share_words, span_words, verb
from reports.section import Context, SectionSpec

_TITLE = "Definitions and method"
_METRICS = (
    "net_revenue", "discounts", "credits", "cost_of_sales", "gross_profit", "cost_to_serve", "contribution",
    "orders", "average_order_value", "recency_days", "median_interpurchase_days", "lateness", "trend",
)  # fmt: skip
_NAMED = {"contribution": "Net contribution"}
_DRIVERS = {
    "revenue": "by net revenue",
    "orders": "by orders",
    "lines": "by invoice lines",
    "equal": "in equal shares to everybody who ordered",
}
_MOST_SOURCES = 12


def build(context: Context) -> Iterator[Block]:
    """What each word means here, how costs are shared out, what to keep in mind, and what it was made from."""
    yield Heading("How the figures were made", kicker=_TITLE)
    text = f"Figures cover {span_words(context.period)}, as of {long_day(context.facts.as_of)}."
    yield Paragraph(
        f"{text} Each customer stands in exactly one segment of “{context.membership.scheme.name}”.",
        lead=True,
    )
    yield Definitions(tuple(words()), title="Definitions", columns=2)
    yield Columns(
        (
            (Heading("How cost to serve is shared out", level=2), *_pools(context)),
            (Heading("What to keep in mind", level=2), Paragraph(" ".join(remarks(context)))),
        ),
        (1.0, 1.0),
    )
    yield Definitions(tuple(_rules(context)), title="How customers come into a segment", columns=1)
    yield Facts(tuple(_sources(context)), title="Sources and fingerprint")


def words() -> Iterator[Definition]:
    """The words of the report."""
    for key in _METRICS:
        metric = metric_named(key)
        yield Definition(_NAMED.get(key, metric.label), metric.definition)
    yield Definition("Active customers", "Customers with at least one order in the period.")
    yield Definition(
        "Bought again", "Of the customers who ordered in the year before, those who ordered in this period."
    )


def _pools(context: Context) -> Iterator[Block]:
    if not context.pools:
        yield Paragraph("No cost pool is set up, so the cost of serving customers is not known.")
        return
    entries = []
    results = {pool.name: pool for pool in context.figures.allocation.pools}
    for pool in context.pools:
        accounts = listed(pool.accounts) or "no account"
        text = f"{_DRIVERS[pool.driver]}, from {'account' if len(pool.accounts) == 1 else 'accounts'} {accounts}."
        result = results.get(pool.name)
        if result and result.unassigned_minor:
            text += f" {context.money(result.unassigned_minor)} stays unassigned."
        entries.append(Definition(pool.name, text))
    yield Definitions(tuple(entries), columns=1)
    if not results:
        yield Paragraph("No ledger is imported, so nothing could be shared out.")


def remarks(context: Context) -> Iterator[str]:
    """What weakens the figures, and how they are rounded."""
    yield "Whole units are rounded so that every column adds up; quotients are taken before rounding."
    share = context.unknown_cost_share
    if share:
        yield f"Costs are not known for {share_words(share)} of sales; such customers have no gross profit here."
    if context.before is None:
        yield summary.NO_EARLIER_YEAR
    if context.facts.unrated:
        number = context.facts.unrated
        yield f"{count(number, 'document').capitalize()} in a foreign currency without a rate {verb(number, 'is')} in no figure."
    for row, override in sorted(context.membership.overrides.items()):
        name = str(context.facts.customers["name"].iloc[row]).replace("**", "*")
        until = f" until {long_day(override.expires)}" if override.expires else ""
        yield f"{name} was placed in {override.segment} by hand{until}: {override.reason.rstrip('.')}."
    if context.membership.unplaced:
        yield f"{count(len(context.membership.unplaced), 'move').capitalize()} by hand could not be applied: the segment is gone."
    if context.restated:
        has = verb(context.restated, "has")
        yield f"{count(context.restated, 'customer').capitalize()} {has} other figures than when {context.month.label} was closed."


def _rules(context: Context) -> Iterator[Definition]:
    yield from (
        Definition(spec.name, spec.description, spec.palette)
        for spec in sorted(context.membership.segments, key=lambda spec: spec.rank)
        if spec.description
    )
    if context.membership.note:
        yield Definition("Method", context.membership.note)
    version = context.membership.scheme.version
    yield Definition(
        "Scheme",
        f"“{context.membership.scheme.name}”, version {version}; of its segments the first that fits counts.",
    )


def _sources(context: Context) -> Iterator[tuple[str, str]]:
    kept = [one for one in context.imports if one.undone_at is None]
    for one in sorted(kept, key=lambda one: one.id)[:_MOST_SOURCES]:
        yield f"Read {one.imported_at[:10]}", one.file_name
    rest = len(kept) - _MOST_SOURCES
    if rest > 0:
        yield "And", f"{rest:,} more, see the workbook"
    if not kept:
        yield "Sources", "Nothing is imported"
    yield "Tie-out", context.tie_out.sentence
    yield "Fingerprint", f"{context.fingerprint}, report {context.month.key}"


SECTION = SectionSpec("definitions", 70, lambda _: _TITLE, build)
