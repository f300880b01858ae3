"""The tables below the charts: least profitable customers, or all segments, regions, products."""

from collections.abc import Mapping, Sequence
from typing import Any

from core.analysis.loss_reasons import LossReasons, short_name
from ui.figure_texts import money_style
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.profitability_views import Group, group_of

SHADE = "negative.soft"


def customer_columns(loaded: Loaded, rows: Sequence[int], reasons: LossReasons) -> list[Column]:
    """Ladder, pools and the main reason; pools that stand out are shaded."""
    money = money_style(loaded.figures, symbol=False)
    columns = [Column("customer", "Customer", width=140)]
    if loaded.membership is not None:
        columns.append(Column("segment", "Segment", "segment", width=126))
    columns += [
        Column("revenue", "Revenue", "money", money=money, width=75),
        Column("gross", "Gross margin", "money", money=money, width=97),
    ]
    for place, pool in enumerate(loaded.figures.allocation.pools):
        columns.append(
            Column(
                f"pool{place}",
                short_name(pool.name),
                "money",
                width=80,
                money=money,
                shade=_shade(reasons, rows, place),
                header_tooltip=f"{pool.name}, shared out by {pool.driver}",
            )
        )
    columns += [
        Column("net", "Net", "money", money=money, width=84),
        Column("reason", "Main reason", "reason", width=120, tooltip=lambda row: reasons.text([rows[row]])),
    ]
    return columns


def _shade(reasons: LossReasons, rows: Sequence[int], pool: int) -> Any:
    return lambda row: SHADE if reasons.pools[pool].stands_out(reasons.list_sales, rows[row]) else None


def customer_rows(loaded: Loaded, rows: Sequence[int], reasons: LossReasons) -> dict[str, Sequence[Any]]:
    """The values of these customers."""
    figures, ladder = loaded.figures, loaded.figures.ladder.by_customer.iloc[list(rows)]
    values: dict[str, Sequence[Any]] = {
        "customer": figures.facts.customers["name"].iloc[list(rows)].tolist(),
        "revenue": ladder["net_revenue"].tolist(),
        "gross": ladder["gross_profit"].tolist(),
        "net": ladder["contribution"].tolist(),
        "reason": [reasons.text([row]) for row in rows],
    }
    if loaded.membership is not None:
        found = [loaded.membership.segment_of(row) for row in rows]
        values["segment"] = [(segment.palette, segment.name) for segment in found]
    for place in range(len(figures.allocation.pools)):
        values[f"pool{place}"] = figures.allocation.shares[list(rows), place].tolist()
    return values


def customer_totals(loaded: Loaded, rows: Sequence[int]) -> Mapping[str, Any]:
    """What these customers add up to."""
    import numpy as np

    from reports.numbers import percent

    total = group_of(loaded.figures, np.array(rows, dtype=np.int64), "")
    losing = total.net is not None and total.net < 0
    revenue = loaded.figures.ladder.customers.net_revenue
    values: dict[str, Any] = {
        "customer": f"All {len(rows):,} unprofitable" if losing else f"These {len(rows):,}",
        "revenue": total.revenue,
        "gross": total.gross_profit,
        "net": total.net,
        "reason": f"{percent(total.revenue / revenue, 1)} of revenue" if revenue else "",
    }
    return values | {f"pool{place}": amount for place, amount in enumerate(total.pools)}


def group_columns(loaded: Loaded, view: str, *, with_pools: bool) -> list[Column]:
    """Ladder and pools of segments, regions or products."""
    money = money_style(loaded.figures, symbol=False)
    first = Column(
        "name", view.capitalize().removesuffix("s"), "segment" if view == "segments" else "text", width=180
    )
    columns = [first]
    if with_pools:
        columns.append(Column("customers", "Customers", "integer", width=84))
    columns += [
        Column("revenue", "Revenue", "money", money=money),
        Column("gross", "Gross margin", "money", money=money),
        Column("margin", "Margin", "percent"),
    ]
    if with_pools:
        pools = loaded.figures.allocation.pools
        columns += [
            Column(f"pool{place}", short_name(pool.name), "money", money=money, header_tooltip=pool.name)
            for place, pool in enumerate(pools)
        ]
        columns += [Column("net", "Net", "money", money=money), Column("share", "Net %", "percent")]
    return columns


def group_rows(groups: Sequence[Group], columns: Sequence[Column]) -> dict[str, list[Any]]:
    """The values of these groups."""
    is_segment = columns[0].kind == "segment"
    rows: dict[str, list[Any]] = {
        "name": [(group.palette, group.name) if is_segment else group.name for group in groups],
        "customers": [group.customers for group in groups],
        "revenue": [group.revenue for group in groups],
        "gross": [group.gross_profit for group in groups],
        "margin": [_ratio(group.gross_profit, group.revenue) for group in groups],
        "net": [group.net for group in groups],
        "share": [_ratio(group.net, group.revenue) for group in groups],
    }
    pools = max((len(group.pools) for group in groups), default=0)
    for place in range(pools):
        rows[f"pool{place}"] = [group.pools[place] for group in groups]
    return rows


def group_totals(groups: Sequence[Group], words: str) -> Mapping[str, Any]:
    """What the groups add up to."""
    gross = _total([group.gross_profit for group in groups])
    net = _total([group.net for group in groups])
    revenue = sum(group.revenue for group in groups)
    pools = max((len(group.pools) for group in groups), default=0)
    totals = {
        "name": words,
        "customers": sum(group.customers for group in groups),
        "revenue": revenue,
        "gross": gross,
        "margin": _ratio(gross, revenue),
        "net": net,
        "share": _ratio(net, revenue),
    }
    return totals | {f"pool{p}": sum(group.pools[p] for group in groups) for p in range(pools)}


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if len(known) == len(values) else None


def _ratio(part: int | None, whole: int) -> float | None:
    return part / whole if part is not None and whole else None
