"""Tables of the workbook only: every customer, product, month and document, every definition."""

from collections.abc import Iterator

import numpy as np

from core.analysis.facts import span
from core.analysis.metric_shelf import all_metrics, plain_value
from core.analysis.patterns.monthly import monthly_figures
from core.analysis.sums import sums
from core.unit import Unit
from reports.content import Column, Table, TableRow, Value
from reports.months import revenue_by_month
from reports.section import Context
from reports.segment_table import exact_table
from reports.tie_out_tables import items_table

_SUMMED = {
    "net_revenue", "gross_sales", "discounts", "credits", "cost_of_sales", "gross_profit", "cost_to_serve",
    "contribution", "orders",
}  # fmt: skip
_RATIOS = {
    "gross_margin": ("gross_profit", "net_revenue"),
    "contribution_margin": ("contribution", "net_revenue"),
    "discount_share": ("discounts", "gross_sales"),
    "average_order_value": ("net_revenue", "orders"),
}
_BY_MONTH = ("net_revenue", "orders", "active_customers")


def data_tables(context: Context) -> Iterator[Table]:
    """Every table of the workbook that is no table of a page."""
    yield exact_table(context)
    yield customers_table(context)
    yield products_table(context)
    yield monthly_table(context)
    rows = items_table(context.tie_out, most=None)
    if rows is not None:
        yield rows
    yield documents_table(context)
    yield definitions_table(context)


def customers_table(context: Context) -> Table:
    """Every customer with segment, why, contact and every metric; by net revenue."""
    facts, metrics, membership = context.facts, context.figures.metrics, context.membership
    names = facts.customers["name"].tolist()
    kinds = [str(name) for name in facts.attributes]
    columns = [
        Column("Customer", key="customer", width=2.0),
        Column("Segment", key="segment"),
        Column("Placed by", key="origin"),
        Column("Why", key="why"),
        *(
            Column(
                metric.label,
                metric.unit,
                metric.key,
                sum_=metric.key in _SUMMED,
                ratio_of=_RATIOS.get(metric.key),
            )
            for metric in all_metrics()
        ),
        *(Column(kind, key=f"attribute_{at}") for at, kind in enumerate(kinds)),
    ]
    values = {metric.key: [plain_value(value) for value in metrics[metric.key]] for metric in all_metrics()}
    known = {kind: facts.attributes[kind].tolist() for kind in kinds}
    order = np.argsort(-context.column("net_revenue"), kind="stable").tolist()
    rows = [
        TableRow(
            (
                str(names[row]),
                membership.segment_of(row).name,
                "hand" if membership.origin(row) == "manual" else "rule",
                membership.why_line(row),
                *(values[metric.key][row] for metric in all_metrics()),
                *(plain_value(known[kind][row]) for kind in kinds),
            ),
            segment=membership.segment_of(row).palette,
        )
        for row in order
    ]
    return Table(tuple(columns), tuple(rows), _customer_totals(context, columns, values), key="customers")


def _customer_totals(
    context: Context, columns: list[Column], values: dict[str, list[Value]]
) -> tuple[Value, ...]:
    """Sums of what can be summed; unknown where any customer's figure is."""
    total: dict[str, Value] = {"customer": "All customers"}
    for key in _SUMMED:
        known = [amount for amount in values[key] if isinstance(amount, int)]
        total[key] = sum(known) if len(known) == len(values[key]) else None
    rungs = context.figures.ladder.customers
    total["gross_margin"] = rungs.gross_margin
    total["contribution_margin"] = rungs.contribution_margin
    total["discount_share"] = rungs.discounts / rungs.gross_sales if rungs.gross_sales else None
    total["cost_coverage"] = rungs.cost_coverage
    return tuple(total.get(column.key) for column in columns)


def products_table(context: Context) -> Table:
    """Every item that was sold in the period, and what was sold without one."""
    items, ladder = context.facts.items, context.figures.ladder
    rows = []
    frame = ladder.by_item
    sold = np.flatnonzero((frame["goods_lines"].to_numpy() > 0) | (frame["net_revenue"].to_numpy() != 0))
    for row in sorted(sold.tolist(), key=lambda row: -int(frame["net_revenue"].iloc[row])):
        about = items.iloc[row]
        cells = [
            plain_value(frame[key].iloc[row])
            for key in ("net_revenue", "cost_of_sales", "gross_profit", "gross_margin")
        ]
        rows.append(TableRow((str(about["code"]), str(about["name"]), str(about["category"]), *cells)))
    everything = ladder.total.net_revenue
    rest = everything - int(frame["net_revenue"].sum())
    if rest:
        rows.append(TableRow(("", "Sold without an item", "", rest, None, None, None), kind="muted"))
    return Table(
        columns=(
            Column("Code", key="code"),
            Column("Product", key="product", width=2.0),
            Column("Category", key="category"),
            Column("Net revenue", Unit.MONEY, key="net_revenue", sum_=True),
            Column("Cost of sales", Unit.MONEY, key="cost_of_sales"),
            Column("Gross profit", Unit.MONEY, key="gross_profit"),
            Column("Gross margin", Unit.RATIO, key="gross_margin"),
        ),
        rows=tuple(rows),
        totals=("", "All sales", "", everything, None, None, None),
        key="products",
        note="Includes sales that name no customer.",
    )


def monthly_table(context: Context) -> Table:
    """Each month: sales to customers, on no customer, the year before, orders, customers."""
    months = list(context.period.months())
    now = revenue_by_month(context.facts, context.period)
    then = revenue_by_month(context.facts, context.period.before())
    frame = monthly_figures(context.facts, context.period)
    known = {
        day: row for day, *row in zip(frame.index, *(frame[key].tolist() for key in _BY_MONTH), strict=True)
    }
    rows = []
    for at, month in enumerate(months):
        every, *more = known.get(month.start, (None, None, None))
        nobody = None if every is None else every - (now[at] or 0)
        rows.append(TableRow((month.label, now[at], nobody, then[at], *more)))
    totals = [_sum([row.cells[at] for row in rows]) for at in range(1, 5)]
    return Table(
        columns=(
            Column("Month", key="month"),
            Column("Net revenue", Unit.MONEY, key="net_revenue", sum_=True),
            Column("On no customer", Unit.MONEY, key="no_customer", sum_=True),
            Column("Year before", Unit.MONEY, key="before", sum_=True),
            Column("Orders", Unit.COUNT, key="orders", sum_=True),
            Column("Active customers", Unit.COUNT, key="active_customers"),
        ),
        rows=tuple(rows),
        totals=("All months", *totals, None),
        key="monthly",
    )


def _sum(values: list[Value]) -> int | None:
    known = [value for value in values if isinstance(value, int)]
    return sum(known) if known else None


def documents_table(context: Context) -> Table:
    """Every document of the period with the sum of its lines; the cost only where every line's is known."""
    facts = context.facts
    part = span(facts, facts.period)
    documents, lines = facts.documents.iloc[part.documents], facts.lines.iloc[part.lines]
    owner = lines["document"].to_numpy() - part.documents.start
    size = len(documents)
    gross, discount, net, cost = (
        sums(lines[name].to_numpy(), owner, size).tolist() for name in ("gross", "discount", "net", "cost")
    )
    unknown = sums(
        (~lines["cost_known"].to_numpy() & (lines["gross"].to_numpy() != 0)).astype(np.int64), owner, size
    ).tolist()
    names = [*map(str, facts.customers["name"]), ""]  # -1 finds the last
    segments = [*(context.membership.segment_of(row).name for row in range(len(names) - 1)), ""]
    rows = [
        TableRow((day.date(), number, kind, names[customer], segments[customer], gross[at], discount[at], net[at],
                  None if unknown[at] else cost[at], facts.files.get(source, "")))
        for at, (day, number, kind, customer, source) in enumerate(
            zip(documents["day"], documents["number"], documents["kind"].astype(str), documents["customer"].tolist(),
                documents["import_id"].tolist(), strict=True)
        )
    ]  # fmt: skip
    return Table(
        columns=(
            Column("Date", Unit.DATE, key="day"),
            Column("Number", key="number"),
            Column("Kind", key="kind"),
            Column("Customer", key="customer", width=2.0),
            Column("Segment", key="segment"),
            Column("Gross", Unit.MONEY, key="gross", cents=True, sum_=True),
            Column("Discount", Unit.MONEY, key="discount", cents=True, sum_=True),
            Column("Net", Unit.MONEY, key="net", cents=True, sum_=True),
            Column("Cost", Unit.MONEY, key="cost", cents=True),
            Column("File", key="file"),
        ),
        rows=tuple(rows),
        totals=("", "All documents", "", "", "", sum(gross), sum(discount), sum(net), None, ""),
        key="data",
    )


def definitions_table(context: Context) -> Table:
    """Every metric and segment, and what it means here."""
    rows = [TableRow((metric.label, metric.definition)) for metric in all_metrics()]
    rows += [
        TableRow((f"Segment: {total.segment.name}", total.segment.description)) for total in context.totals
    ]
    return Table(
        columns=(Column("Word", key="term"), Column("Meaning", key="meaning", width=3.0)),
        rows=tuple(rows),
        key="definitions",
    )
