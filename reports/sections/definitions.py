"""How the figures were made: words, methods, cost allocation, data quality, sources, fingerprint."""

from collections.abc import Iterator
from datetime import date

from core.analysis.metric_shelf import metric_named
from core.unit import Unit
from reports.content import (
    Block,
    Column,
    Columns,
    Definition,
    Definitions,
    Facts,
    Heading,
    Paragraph,
    Table,
    TableRow,
)
from reports.narrative import summary
from reports.narrative.words import capital, count, listed, long_day, share_words, span_words, verb
from reports.section import Context, SectionSpec
from reports.two_columns import in_two_columns

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
    yield Heading("Definitions", level=2)
    yield in_two_columns(tuple(words()))
    yield Columns(
        (
            (Heading("How cost to serve is shared out", level=2), *_pools(context)),
            (Heading("What to keep in mind", level=2), Paragraph(" ".join(remarks(context)))),
        ),
        (1.0, 1.0),
    )
    yield _sources(context)
    yield _seal(context)


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
        accounts = listed(pool.accounts) or "none"
        word = "account" if len(pool.accounts) == 1 else "accounts"
        text = f"{capital(_DRIVERS[pool.driver])}, from {word} {accounts}."
        result = results.get(pool.name)
        if result and result.unassigned_minor:
            text += f" {context.money(result.unassigned_minor)} stays unassigned."
        entries.append(Definition(pool.name, text))
    yield Definitions(tuple(entries), columns=1)
    if not results:
        yield Paragraph("No ledger is imported, so nothing could be shared out.")


def remarks(context: Context) -> Iterator[str]:
    """How segments are made, what weakens the figures, and how they are rounded."""
    yield _scheme(context)
    yield "Whole units are rounded so that every column adds up: one can differ by 1 from the exact workbook."
    yield "Percentages are rounded one by one and need not add up to 100.0%."
    share = context.unknown_cost_share
    if share:
        yield f"Costs are not known for {share_words(share)} of sales; such customers have no gross profit here."
    if context.before is None:
        yield summary.NO_EARLIER_YEAR
    if context.facts.unrated:
        number = context.facts.unrated
        what = capital(count(number, "document"))
        yield f"{what} in a foreign currency without a rate {verb(number, 'is')} in no figure."
    for row, override in sorted(context.membership.overrides.items()):
        name = str(context.facts.customers["name"].iloc[row]).replace("**", "*")
        until = f" until {long_day(override.expires)}" if override.expires else ""
        yield f"{name} was placed in {override.segment} by hand{until}: {override.reason.rstrip('.')}."
    if context.membership.unplaced:
        moves = capital(count(len(context.membership.unplaced), "move"))
        yield f"{moves} by hand could not be applied: the segment or the customer is gone."
    if context.restated:
        has = verb(context.restated, "has")
        who = capital(count(context.restated, "customer"))
        yield f"{who} {has} other figures than when {context.month.label} was closed."


def _scheme(context: Context) -> str:
    scheme = context.membership.scheme
    first = " Of its segments the first that fits counts." if scheme.method == "rules" else ""
    note = f" {context.membership.note}" if context.membership.note else ""
    return f"Segments follow “{scheme.name}”, version {scheme.version}.{first}{note}"


def _sources(context: Context) -> Table:
    kept = sorted((one for one in context.imports if one.undone_at is None), key=lambda one: one.id)
    shown = kept[:_MOST_SOURCES]
    rest = len(kept) - len(shown)
    return Table(
        columns=(
            Column("File", key="file", width=2.6),
            Column("Format", key="format", width=1.6),
            Column("Read on", Unit.DATE, key="read_on"),
        ),
        rows=tuple(
            TableRow((one.file_name, one.format.replace("_", " "), date.fromisoformat(one.imported_at[:10])))
            for one in shown
        ),
        key="sources",
        title="Sources",
        note=f"And {count(rest, 'more file')}." if rest else "" if kept else "Nothing is imported.",
    )


def _seal(context: Context) -> Facts:
    return Facts(
        (
            ("Tie-out", context.tie_out.sentence),
            ("Report", f"{context.month.key}, {context.period.label}"),
            ("Book fingerprint", context.fingerprint),
        )
    )


SECTION: SectionSpec = SectionSpec("definitions", 70, lambda _: _TITLE, build)
