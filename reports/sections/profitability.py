"""Profitability: the whale curve, where the money goes, the best and the worst customers."""

from collections.abc import Iterator, Sequence

from core.analysis.patterns.concentration import WhaleCurve, taking_part, whale_curve
from core.unit import Unit
from reports.content import (
    Annotation,
    Block,
    Chart,
    ChartKind,
    Column,
    Columns,
    Heading,
    Paragraph,
    Series,
    Table,
    TableRow,
    Value,
)
from reports.narrative import findings, profit
from reports.narrative.words import capital, count, share_words, verb
from reports.rounding import column_sum
from reports.section import NET_REVENUE, Context, SectionSpec

_TITLE = "Profitability"
_EACH = 5
_LOSSES = 25  # by name


def build(context: Context) -> Iterator[Block]:
    """Curve, waterfall, five best, five worst and why."""
    curve = curve_of(context)
    yield Heading(profit.headline(context, curve), kicker=_TITLE)
    yield Paragraph(profit.lead(context, curve), lead=True)
    if not len(curve.customers):
        return
    yield whale(context, curve)
    yield waterfall(context)
    best, worst = ends(curve)
    columns = [(_customers(context, best, _best_title(context)),)]
    if worst:
        columns.append((_customers(context, worst, _worst_title(context)),))
    yield Columns(tuple(columns), (1.0,) * len(columns))
    losing = findings.losing_customers(context).tolist()
    if losing:
        yield losses(context, losing)


def curve_of(context: Context) -> WhaleCurve:
    """The curve over everybody with sales or costs in the period, by what the report measures."""
    meant = taking_part(context.figures.ladder.by_customer)
    return whale_curve(context.figures.metrics[context.measure.key], meant)


def whale(context: Context, curve: WhaleCurve) -> Chart:
    """The curve as a chart, its conclusions as labels."""
    names = context.facts.customers["name"]
    label = context.measure.name
    return Chart(
        ChartKind.WHALE_CURVE,
        "" if context.measure.is_profit else "Net revenue added up, largest customer first",
        tuple(str(names.iloc[row]) for row in curve.customers.tolist()),
        (Series(f"Cumulative {label}", tuple(curve.cumulative.tolist())),),
        key="whale_curve",
        annotations=tuple(_labels(context, curve)),
    )


def _labels(context: Context, curve: WhaleCurve) -> Iterator[Annotation]:
    size, last = len(curve.customers), len(curve.customers) - 1
    fifth = profit.top_fifth(context, curve)
    if fifth is not None and size >= _EACH:
        top, share = fifth
        whole = "the total" if context.measure.is_profit else "revenue"
        earn = f"{verb(top, 'brings')} {share_words(share)} of {whole}"
        yield Annotation(top - 1, f"Top 20% ({count(top, 'customer')})", earn)
    peak = curve.peak_index
    if peak is not None and curve.loss_makers and curve.total_minor > 0:
        part = share_words(curve.peak_minor / curve.total_minor)
        yield Annotation(
            peak, f"Peak {context.money(curve.peak_minor)}", f"{part} of total, at customer {peak + 1:,}"
        )
    lost = ""
    if curve.loss_makers:
        who = f"{count(curve.loss_makers, 'customer')}\n{verb(curve.loss_makers, 'loses')}"
        lost = f"{who} {context.money(-curve.loss_minor)}"
    yield Annotation(last, f"Total {context.money(curve.total_minor)}", lost)


def waterfall(context: Context) -> Chart:
    """From list price to the furthest rung that is known."""
    rungs = context.figures.ladder.customers
    names, values, totals = ["Sales at list price"], [rungs.gross_sales], [0]
    steps: list[tuple[str, int]] = [
        ("Discounts", -rungs.discounts),
        ("Credit notes and refunds", -rungs.credits),
    ]
    _climb(names, values, totals, steps, "Net revenue", rungs.net_revenue)
    if rungs.gross_profit is not None and rungs.cost_of_sales is not None:
        goods = [("Cost of goods", -rungs.cost_of_sales)]
        _climb(names, values, totals, goods, "Gross profit", rungs.gross_profit)
    if rungs.contribution is not None:
        pools = [(pool.name, -pool.given_minor) for pool in context.figures.allocation.pools]
        _climb(names, values, totals, pools, "Net contribution", rungs.contribution)
    money = "each dollar" if context.figures.currency in {"USD", "AUD", "CAD", "NZD"} else "the money"
    return Chart(
        ChartKind.WATERFALL,
        f"Where {money} goes",
        tuple(names),
        (Series("Amount", tuple(values)),),
        note="Up to net revenue in % of list price, from there on in % of net revenue",
        key="waterfall",
        totals=tuple(totals),
    )


def _climb(
    names: list[str],
    values: list[int],
    totals: list[int],
    steps: Sequence[tuple[str, int]],
    rung: str,
    reached: int,
) -> None:
    """Add steps and the rung they lead to; steps of nothing are left out."""
    steps = [step for step in steps if step[1]]
    names += [*(name for name, _ in steps), rung]
    values += [*(amount for _, amount in steps), reached]
    totals.append(len(values) - 1)


def ends(curve: WhaleCurve) -> tuple[list[int], list[int]]:
    """Rows of the five first and of the five last, the last one first; nobody stands in both."""
    rows = curve.customers.tolist()
    best = rows[: min(_EACH, -(-len(rows) // 2))]
    worst = rows[len(best) :][-_EACH:][::-1]
    return best, worst


def _best_title(context: Context) -> str:
    return "Most profitable" if context.measure.is_profit else "Largest"


def _worst_title(context: Context) -> str:
    return "Least profitable" if context.measure.is_profit else "Smallest"


def _customers(context: Context, rows: list[int], title: str) -> Table:
    columns = [Column("Customer", width=2.0), Column("Revenue", Unit.MONEY)]
    keys = ["net_revenue"]
    if context.figures.allocation.is_known:
        columns.append(Column("Cost to serve", Unit.MONEY))
        keys.append("cost_to_serve")
    if context.measure is not NET_REVENUE:
        columns.append(Column("Net" if len(keys) > 1 else context.measure.label, Unit.MONEY, strong=True))
        keys.append(context.measure.key)
    found = []
    for row in rows:
        cells: list[Value] = [str(context.facts.customers["name"].iloc[row])]
        cells += [int(context.column(key)[row]) for key in keys]
        found.append(TableRow(tuple(cells), segment=context.membership.segment_of(row).palette))
    return Table(tuple(columns), tuple(found), title=title)


def losses(context: Context, rows: list[int]) -> Table:
    """Everybody who costs more than they bring, with the main reason; the smallest losses in one row."""
    keys = ["net_revenue", "cost_to_serve", context.measure.key]
    if not context.figures.allocation.is_known:
        keys.remove("cost_to_serve")
    named, rest = rows[:_LOSSES], rows[_LOSSES:]
    amounts: list[list[int]] = []
    for key in keys:
        values = context.column(key)
        amounts.append([*(int(values[row]) for row in named), *([int(values[rest].sum())] if rest else [])])
    found = []
    for at, row in enumerate(named):
        reason = context.reasons.text([row])
        name = str(context.facts.customers["name"].iloc[row])
        cells: list[Value] = [name, *(column[at] for column in amounts), reason]
        found.append(TableRow(tuple(cells), segment=context.membership.segment_of(row).palette))
    if rest:
        others = capital(count(len(rest), "other customer"))
        found.append(TableRow((others, *(column[-1] for column in amounts), ""), kind="muted"))
    titles = {"net_revenue": "Revenue", "cost_to_serve": "Cost to serve"}
    columns = [
        Column(
            titles.get(key, context.measure.label), Unit.MONEY, key=key, sum_=True, strong=key not in titles
        )
        for key in keys
    ]
    who = capital(count(len(rows), "customer"))
    return Table(
        (
            Column("Customer", key="customer", width=1.6),
            *columns,
            Column("Main reason", key="reason", width=2.4),
        ),
        tuple(found),
        (who, *(column_sum(found, at + 1) for at in range(len(keys))), ""),
        key="losses",
        title="Who costs more than they bring, and why",
    )


SECTION: SectionSpec = SectionSpec("profitability", 30, lambda _: _TITLE, build)
