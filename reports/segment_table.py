"""The table of segments: the columns of the page, and all of them for the workbook."""

from collections.abc import Sequence

from core.money import divide_half_away
from core.segments.totals import SegmentTotal
from core.unit import Unit
from reports.content import Column, Table, TableRow, Value
from reports.section import Context

_SUMMED = ("net_revenue", "gross_profit", "cost_to_serve", "contribution")
_SEGMENT = Column("Segment", key="segment", width=1.6)
_CUSTOMERS = Column("Customers", Unit.COUNT, key="customers", sum_=True)
_ORDERS = Column("Orders", Unit.COUNT, key="orders", sum_=True)
_REVENUE = Column("Revenue", Unit.MONEY, key="net_revenue", sum_=True)
_SHARE = Column("Share", Unit.RATIO, key="share", sum_=True)
_AVERAGE = Column("Avg order", Unit.MONEY, key="average_order", ratio_of=("net_revenue", "orders"))
_PROFIT = Column("Gross profit", Unit.MONEY, key="gross_profit", sum_=True)
_MARGIN = Column("Gross %", Unit.RATIO, key="gross_margin", ratio_of=("gross_profit", "net_revenue"))
_SERVE = Column("Cost to serve", Unit.MONEY, key="cost_to_serve", sum_=True)
_LEFT = Column("Net contribution", Unit.MONEY, key="contribution", sum_=True, strong=True)
_NET = Column("Net %", Unit.RATIO, key="net_share", ratio_of=("contribution", "net_revenue"))
_ALL = (
    _SEGMENT, _CUSTOMERS, _ORDERS, _REVENUE, _SHARE, _AVERAGE, _PROFIT, _MARGIN, _SERVE, _LEFT, _NET,
)  # fmt: skip


def page_table(context: Context) -> Table:
    """The table of the page; columns of which nothing is known are left out."""
    grand = context.grand
    columns: tuple[Column, ...]
    if grand.contribution is not None:
        columns = (_SEGMENT, _CUSTOMERS, _REVENUE, _SHARE, _AVERAGE, _MARGIN, _SERVE, _LEFT, _NET)
    elif any(total.gross_profit is not None for total in context.totals):
        serve = (_SERVE,) if grand.cost_to_serve is not None else ()
        columns = (_SEGMENT, _CUSTOMERS, _REVENUE, _SHARE, _AVERAGE, _PROFIT, _MARGIN, *serve)
    else:
        columns = (_SEGMENT, _CUSTOMERS, _ORDERS, _REVENUE, _SHARE, _AVERAGE)
    return _table(context, columns)


def exact_table(context: Context) -> Table:
    """The table of the workbook, with every column."""
    return _table(context, _ALL)


def _table(context: Context, columns: Sequence[Column]) -> Table:
    sums = {key: [total.sums[key] for total in context.totals] for key in _SUMMED}
    total = {key: context.grand.sums[key] for key in _SUMMED}
    shares = _shares(context)
    rows = []
    for at, segment in enumerate(context.totals):
        shown = {key: values[at] for key, values in sums.items()}
        cells = _cells(segment, shown, shares[at], name=segment.segment.name)
        rows.append(TableRow(tuple(cells[column.key] for column in columns), segment=segment.segment.palette))
    whole_share = None if not context.totals or shares[0] is None else 1.0
    last = _cells(context.grand, total, whole_share, name="All customers")
    return Table(tuple(columns), tuple(rows), tuple(last[column.key] for column in columns), key="segments")


def _cells(
    total: SegmentTotal, shown: dict[str, int | None], share: float | None, *, name: str
) -> dict[str, Value]:
    """Sums and their quotients."""
    revenue, orders = total.net_revenue or 0, total.orders or 0
    return {
        "segment": name,
        "customers": total.customers,
        "orders": total.orders,
        "share": share,
        "average_order": divide_half_away(revenue, orders) if orders else None,
        "gross_margin": _quotient(total.gross_profit, revenue),
        "net_share": _quotient(total.contribution, revenue),
        **shown,
    }


def _quotient(part: int | None, revenue: int) -> float | None:
    return None if part is None or revenue == 0 else part / revenue


def _shares(context: Context) -> list[float | None]:
    """Shares of revenue; none where there is no revenue to share."""
    values = [total.net_revenue or 0 for total in context.totals]
    revenue = sum(values)
    if revenue <= 0:
        return [None] * len(values)
    return [value / revenue for value in values]
