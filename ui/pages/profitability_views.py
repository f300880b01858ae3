"""The profit ladder by customer, segment, region or product, as the page shows it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from ui.loading import Loaded

if TYPE_CHECKING:
    from core.analysis.patterns.concentration import WhaleCurve
    from core.analysis.sums import Ints
    from core.usecases.figures import Figures

NO_REGION = "No region"


@dataclass(frozen=True, eq=False)
class Group:
    """One row: a segment, region or product with its ladder. Money in minor units, None is unknown."""

    name: str
    palette: int | None
    customers: int
    revenue: int
    gross_profit: int | None
    pools: tuple[int, ...]
    net: int | None

    @property
    def best_known(self) -> int | None:
        """Net contribution, or gross margin where that is not known."""
        return self.net if self.net is not None else self.gross_profit


def available_views(loaded: Loaded) -> list[tuple[str, str]]:
    """The views that this book has data for."""
    facts = loaded.figures.facts
    views = [("customers", "Customers")]
    if loaded.membership is not None:
        views.append(("segments", "Segments"))
    if (facts.customers["region"] != "").any():
        views.append(("regions", "Regions"))
    if (loaded.figures.ladder.by_item["net_revenue"] != 0).any():
        views.append(("products", "Products"))
    return views


def groups_of(loaded: Loaded, view: str) -> list[Group]:
    """The rows of a view, the most profitable first; those without any sales are left out."""
    if view == "segments":
        found = _segments(loaded)
    elif view == "regions":
        found = _regions(loaded)
    else:
        found = _products(loaded)
    if loaded.figures.ladder.customers.cost_of_sales is None:
        return sorted(found, key=lambda group: (-group.revenue, group.name))
    return sorted(found, key=lambda group: (-(group.best_known or 0), group.name))


def curve_of(loaded: Loaded) -> "WhaleCurve":
    """The curve by the furthest rung that is known: net contribution, gross margin, or revenue without any cost."""
    from core.analysis.patterns.concentration import taking_part, whale_curve

    ladder = loaded.figures.ladder.by_customer
    return whale_curve(ladder[_rung(loaded)], taking_part(ladder))


def curve_words(loaded: Loaded, curve: "WhaleCurve") -> str:
    """What the curve adds up, and who is left out of it."""
    names = {"contribution": "net contribution", "gross_profit": "gross margin"}
    words = f"Running total of {names.get(_rung(loaded), 'revenue, because no cost is known')}"
    if curve.unknown:
        who = "customer" if curve.unknown == 1 else "customers"
        words += f", {curve.unknown:,} {who} with unknown costs left out"
    return words


def buyers_fifth(loaded: Loaded) -> tuple[int, float] | None:
    """How many the largest fifth of the buyers are and their share; None where the curve is of profit."""
    from core.analysis.patterns.dependence import top_fifth

    if _rung(loaded) != "net_revenue":
        return None
    largest = top_fifth(loaded.figures.facts)
    share = largest.revenue.value
    return None if share is None else (largest.customers, share)


def _rung(loaded: Loaded) -> str:
    ladder = loaded.figures.ladder
    if ladder.customers.cost_of_sales is None:
        return "net_revenue"
    return "contribution" if bool(ladder.by_customer["contribution"].notna().any()) else "gross_profit"


def _segments(loaded: Loaded) -> list[Group]:
    membership = loaded.membership
    assert membership is not None
    groups = []
    for code, segment in enumerate(membership.segments):
        rows = np.flatnonzero(membership.codes == code)
        if len(rows):
            groups.append(group_of(loaded.figures, rows, segment.name, palette=segment.palette))
    return groups


def _regions(loaded: Loaded) -> list[Group]:
    regions = loaded.figures.facts.customers["region"].to_numpy()
    names = sorted(set(regions.tolist()))
    return [group_of(loaded.figures, np.flatnonzero(regions == name), name or NO_REGION) for name in names]


def group_of(figures: "Figures", rows: "Ints", name: str, *, palette: int | None = None) -> Group:
    """Add the ladder of some customers up."""
    ladder = figures.ladder.by_customer.iloc[rows]
    shares = figures.allocation.shares[rows].sum(axis=0, dtype=np.int64)
    return Group(
        name,
        palette,
        len(rows),
        int(ladder["net_revenue"].sum()),
        _sum(ladder["gross_profit"]),
        tuple(shares.tolist()),
        _sum(ladder["contribution"]),
    )


def _products(loaded: Loaded) -> list[Group]:
    ladder, items = loaded.figures.ladder.by_item, loaded.figures.facts.items
    sold = np.flatnonzero((ladder["gross_sales"] != 0).to_numpy() | (ladder["net_revenue"] != 0).to_numpy())
    groups = []
    for row in sold.tolist():
        profit = ladder["gross_profit"].iloc[row]
        gross = None if _unknown(profit) else int(profit)
        name, revenue = str(items["name"].iloc[row]), int(ladder["net_revenue"].iloc[row])
        groups.append(Group(name, None, 0, revenue, gross, (), None))
    return groups


def least_profitable(loaded: Loaded) -> Sequence[int]:
    """The rows of customers that lose money, the largest loss first; without any, the ten that earn least.

    Until net contribution is known, gross margin says who that is, among those with sales in the period.
    """
    from core.analysis.patterns.concentration import taking_part

    ladder = loaded.figures.ladder.by_customer
    is_net = bool(ladder["contribution"].notna().any())
    profit = ladder["contribution" if is_net else "gross_profit"]
    known = np.flatnonzero(profit.notna().to_numpy() & (is_net | np.asarray(taking_part(ladder))))
    values = profit.fillna(0).to_numpy(dtype=np.int64)
    ordered: list[int] = known[np.argsort(values[known], kind="stable")].tolist()
    losing = [row for row in ordered if values[row] < 0]
    return losing or ordered[:10]


def _sum(column: Any) -> int | None:
    return None if column.isna().any() else int(column.sum())


def _unknown(value: Any) -> bool:
    import pandas as pd

    return bool(pd.isna(value))
