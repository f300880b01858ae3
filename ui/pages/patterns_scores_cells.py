"""The grid of recency by frequency as cells, with what explains each of them."""

import numpy as np

from core.analysis.patterns.rfm_grid import Bounds, RfmCell, RfmGrid, cell_customers
from core.analysis.sums import counts, split, sums
from core.unit import Unit
from reports.numbers import Numbers, currency_sign
from ui.figure_texts import numbers_of
from ui.loading import Loaded
from ui.pages.patterns_data import Scores, customer_ids
from ui.pages.patterns_heat import HeatCell

BINS = 5
TIES = "Equal values share a score, so cells may be uneven."


def grid_cells(loaded: Loaded, scores: Scores) -> tuple[list[str], list[list[HeatCell]]]:
    """Titles and cells: recency 5 first, frequency 1 to 5, and the bounds of both beside and below."""
    grid = scores.grid
    most = max((cell.net_revenue for cell in grid.cells), default=0)
    net = net_by_cell(loaded, scores)
    rows: list[list[HeatCell]] = []
    for place in range(BINS):
        line = grid.cells[place * BINS : (place + 1) * BINS]
        score = line[0].r
        bounds = grid.recency_days[score - 1]
        ago = f"Last order {_days(bounds, 'days')} ago"
        name = HeatCell(f"R{score}", "name", ago, below=_days(bounds, "d"))
        rows.append(
            [name, *(_cell(loaded, scores, cell, most=most, net=net[cell.r, cell.f]) for cell in line)]
        )
    foot = [HeatCell("", "name")]
    period = loaded.figures.facts.period.label
    for score in range(1, BINS + 1):
        orders = _days(grid.orders[score - 1], "orders")
        foot.append(HeatCell(f"F{score}", "name", f"{orders} in {period}", below=orders))
    rows.append(foot)
    return ["Recency", *(f"F{score}" for score in range(1, BINS + 1))], rows


def net_by_cell(loaded: Loaded, scores: Scores) -> dict[tuple[int, int], int | None]:
    """Net contribution by recency and frequency score; unknown where that of one customer is, or nobody stands."""
    (r, scored), (f, _) = split(scores.scored.r), split(scores.scored.f)
    net, known = split(loaded.figures.ladder.by_customer["contribution"])
    place = np.where(scored, (r - 1) * BINS + f - 1, -1)
    money = sums(np.where(known, net, 0), place, BINS * BINS).tolist()
    filled = counts(place, BINS * BINS).tolist()
    complete = counts(np.where(known, place, -1), BINS * BINS).tolist()
    return {
        (at // BINS + 1, at % BINS + 1): amount if filled[at] and filled[at] == complete[at] else None
        for at, amount in enumerate(money)
    }


def cell_words(loaded: Loaded, cell: RfmCell, net: int | None) -> tuple[str, str]:
    """Name and sentence of a cell: 'R5 F5' and '18 customers, $343,137 revenue (26.7%), net $53,088'."""
    numbers = numbers_of(loaded.figures)
    customers = "1 customer" if cell.customers == 1 else f"{cell.customers:,} customers"
    words = f"{customers}, {numbers.money(cell.net_revenue)} revenue"
    if cell.revenue_share.value is not None:
        words += f" ({numbers.write(cell.revenue_share.value, Unit.RATIO)})"
    if net is not None:
        words += f", net {numbers.money(net)}"
    return f"R{cell.r} F{cell.f}", words


def strongest(grid: RfmGrid) -> tuple[int, int]:
    """Row and column of the cell with the most revenue."""
    best = max(range(len(grid.cells)), key=lambda at: grid.cells[at].net_revenue)
    return best // BINS, best % BINS + 1


def _cell(loaded: Loaded, scores: Scores, cell: RfmCell, *, most: int, net: int | None) -> HeatCell:
    grid, numbers = scores.grid, numbers_of(loaded.figures)
    name, words = cell_words(loaded, cell, net)
    bounds = (
        f"Last order {_days(grid.recency_days[cell.r - 1], 'days')} ago, "
        f"{_days(grid.orders[cell.f - 1], 'orders')}"
    )
    if not cell.customers:
        return HeatCell("0", "", f"{name}: nobody. {bounds}. {TIES}", below="–", empty=True)
    share = max(0, cell.net_revenue) / most if most > 0 else 0.0
    return HeatCell(
        f"{cell.customers:,}",
        "",
        f"{name}: {words}.\n{bounds}.\n{TIES} Enter shows the customers.",
        payload=lambda: _customers_of(loaded, scores, cell),
        heat=share**0.5,
        below=short_money(numbers, cell.net_revenue),
    )


def _customers_of(loaded: Loaded, scores: Scores, cell: RfmCell) -> tuple[list[int], str]:
    rows = cell_customers(scores.scored, cell.r, cell.f)
    return customer_ids(loaded.figures.facts, rows), f"Recency {cell.r}, frequency {cell.f}"


def short_money(numbers: Numbers, minor: int) -> str:
    """An amount for a small cell: $183, $5k, $1.2m."""
    whole = abs(minor) / 10**numbers.exponent
    for size, step, letter in ((999_500, 10**6, "m"), (999.5, 10**3, "k")):
        if whole >= size:
            digits = 0 if letter == "k" else 1
            text = f"{currency_sign(numbers.currency)}{whole / step:,.{digits}f}{letter}"
            return f"({text})" if minor < 0 else text
    return numbers.money(minor)


def _days(bounds: Bounds, unit: str) -> str:
    if bounds.lowest is None or bounds.highest is None:
        return "none"
    if bounds.lowest == bounds.highest:
        one = {"orders": "order", "days": "day"}.get(unit, unit) if bounds.lowest == 1 else unit
        return f"{bounds.lowest:,} {one}"
    return f"{bounds.lowest:,}–{bounds.highest:,} {unit}"
