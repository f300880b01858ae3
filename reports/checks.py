"""Two sides of every sum, and a difference that must be 0."""

from collections.abc import Iterator
from dataclasses import replace

from core.unit import Unit
from reports.content import Column, Table, TableRow
from reports.section import Context
from reports.tie_out_tables import accounts_table, months_table


def check_tables(context: Context) -> Iterator[Table]:
    """The sums of the report, and where there is a ledger, its agreement by month and by account."""
    yield sums_table(context)
    if context.tie_out.months:
        # The page's tables stand on sheets of their own; a name can be given only once in a workbook.
        yield replace(months_table(context.tie_out), key="checks_by_month")
        yield replace(accounts_table(context.tie_out), key="checks_by_account")


def sums_table(context: Context) -> Table:
    """Segments, customers, months and pools add up."""
    ladder, allocation = context.figures.ladder, context.figures.allocation
    customers = ladder.by_customer
    segments = {
        key: sum(total.sums[key] or 0 for total in context.totals)
        for key in ("net_revenue", "cost_to_serve", "contribution")
    }
    rows = [
        (
            "Segments add up to all customers: net revenue",
            ladder.customers.net_revenue,
            segments["net_revenue"],
        ),
        (
            "Customers and sales on no customer add up to all sales",
            ladder.total.net_revenue,
            int(customers["net_revenue"].sum()) + ladder.no_customer.net_revenue,
        ),
        ("Months add up to all sales", ladder.total.net_revenue, int(ladder.by_month["net_revenue"].sum())),
    ]
    if allocation.is_known:
        spent = sum(pool.ledger_minor for pool in allocation.pools)
        left = sum(pool.unassigned_minor for pool in allocation.pools)
        given = int(customers["cost_to_serve"].sum())
        rows.append(("Cost pools: what was spent is given to customers or unassigned", spent, given + left))
        rows.append(("Segments add up to all customers: cost to serve", given, segments["cost_to_serve"]))
    if ladder.customers.contribution is not None:
        label = "Segments add up to all customers: net contribution"
        rows.append((label, ladder.customers.contribution, segments["contribution"]))
    return Table(
        columns=(
            Column("Check", key="check", width=3.0),
            Column("One side", Unit.MONEY, key="one", cents=True),
            Column("Other side", Unit.MONEY, key="other", cents=True),
            Column("Difference", Unit.MONEY, key="difference", cents=True),
        ),
        rows=tuple(TableRow((name, one, other, one - other)) for name, one, other in rows),
        key="checks_of_sums",
        title="Sums",
    )
