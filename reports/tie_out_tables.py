"""The proof as tables: by account, by month, and the rows behind each difference. Amounts to the cent."""

from core.analysis.tie_out_result import Check, ResidualItem, TieOut
from core.unit import Unit
from reports.content import Column, Table, TableRow, Value
from reports.narrative.agreement import explained
from reports.rounding import column_sum

_ALL = "All income"
MOST_ROWS = 40  # behind the differences, on paper; the workbook has all


def _money(title: str, key: str, *, strong: bool = False) -> Column:
    return Column(title, Unit.MONEY, key=key, cents=True, sum_=True, strong=strong)


def accounts_table(tie_out: TieOut) -> Table:
    """Each account and pool: ledger, this report, items with a name, and what is left."""
    rows: list[TableRow] = []
    group = ""
    for check in tie_out.checks:
        split = explained(check)
        if check.unit is not Unit.MONEY:
            continue
        if check.group != group:
            group = check.group
            rows.append(TableRow((group, None, None, None, None), kind="group"))
        named, left = split or (None, None)
        rows.append(TableRow((check.label, check.ledger_minor, check.quintile_minor, named, left)))
    return Table(
        columns=(
            Column("Account", key="account", width=2.4),
            _money("Ledger", "ledger"),
            _money("This report", "quintile"),
            _money("Items with a name", "named"),
            _money("Difference", "difference", strong=True),
        ),
        rows=tuple(rows),
        key="tie_out_accounts",
        title="By account",
        note=_accounts_note([str(row.cells[0]) for row in rows]),
    )


def _accounts_note(labels: list[str]) -> str:
    dash = "A dash: one of the sides does not exist."
    return f"“{_ALL}” is the sum of the income accounts below it. {dash}" if _ALL in labels else dash


def months_table(tie_out: TieOut) -> Table:
    """Each month: ledger = customers + no customer + items with a name + difference."""
    rows = []
    for month in tie_out.months:
        left = month.difference_minor
        cells: tuple[Value, ...] = (
            month.month.label,
            month.ledger_minor,
            month.on_customers_minor,
            month.on_no_customer_minor,
            month.named_items_minor - left,
            left,
        )
        rows.append(TableRow(cells))
    totals = [column_sum(rows, at) for at in range(1, 6)]
    return Table(
        columns=(
            Column("Month", key="month"),
            _money("Ledger", "ledger"),
            _money("Sales to customers", "customers"),
            _money("On no customer", "no_customer"),
            _money("Items with a name", "named"),
            _money("Difference", "difference", strong=True),
        ),
        rows=tuple(rows),
        totals=("Income", *totals),
        key="tie_out_months",
        title="Income by month",
    )


def bridge_lines(tie_out: TieOut) -> list[tuple[str, int]]:
    """From income in the ledger to the revenue analysed by customer, the last line; lines of nothing are left out."""

    def total(name: str) -> int:
        return sum(int(getattr(month, name)) for month in tie_out.months)

    named = (
        ("Ledger entries on customers, no document", -total("ledger_only_on_customers_minor")),
        ("Ledger entries on no customer", -total("ledger_only_on_nobody_minor")),
        ("Documents of another month", -total("cut_off_minor")),
        ("Another amount in the ledger", -total("other_amounts_minor")),
        ("Documents the ledger does not have", -total("documents_only_minor")),
        ("Sales without a customer", -total("on_no_customer_minor")),
    )
    first, last = ("Income in the ledger", total("ledger_minor")), total("on_customers_minor")
    return [first, *(line for line in named if line[1]), ("Revenue analysed by customer", last)]


def bridge_table(tie_out: TieOut) -> Table:
    """The same lines as a table whose total is their sum."""
    *lines, last = bridge_lines(tie_out)
    return Table(
        columns=(Column("From ledger to analysis", key="line", width=3.0), _money("Amount", "amount")),
        rows=tuple(TableRow(line) for line in lines),
        totals=last,
        key="bridge",
        title="From ledger to analysis",
    )


def items(tie_out: TieOut) -> list[tuple[Check, ResidualItem]]:
    """Every row behind a difference once: of income by all accounts together, of other checks by check."""
    return [(check, item) for check in tie_out.checks if ":" not in check.key for item in check.items]


def items_table(tie_out: TieOut, *, most: int | None = MOST_ROWS) -> Table | None:
    """The rows behind the differences, the largest first where not all have room; None where there are none."""
    found = items(tie_out)
    if not found:
        return None
    shown = found
    note = "Amounts are ledger less documents."
    if most is not None and len(found) > most:
        largest = sorted(range(len(found)), key=lambda at: -abs(found[at][1].amount_minor))[:most]
        shown = [found[at] for at in sorted(largest)]
        note = f"{note} The {most} largest of {len(found):,}; the workbook has all."
    rows = [
        TableRow(
            (
                item.day,
                check.label,
                item.entry,
                item.customer,
                item.memo,
                item.kind.value,
                _source(item),
                item.amount_minor,
            )
        )
        for check, item in shown
    ]
    columns = (
        Column("Date", Unit.DATE, key="day"),
        Column("Check", key="check"),
        Column("Entry", key="entry"),
        Column("Customer", key="customer", width=1.4),
        Column("What it is", key="memo", width=2.2),
        Column("Why", key="kind", width=1.6),
        Column("Source", key="source", width=1.6),
        Column("Amount", Unit.MONEY, key="amount", cents=True),
    )
    table = Table(columns, tuple(rows), key="tie_out_rows", title="Rows behind the differences", note=note)
    return table if most is None else _narrow(table)


def _narrow(table: Table) -> Table:
    """On paper without the check and the source file's name."""
    kept = [at for at, column in enumerate(table.columns) if column.key not in {"check", "source"}]
    rows = tuple(TableRow(tuple(row.cells[at] for at in kept)) for row in table.rows)
    columns = tuple(table.columns[at] for at in kept)
    return Table(columns, rows, key=table.key, title=table.title, note=table.note)


def _source(item: ResidualItem) -> str:
    return f"{item.file}, row {item.row}" if item.row else item.file
