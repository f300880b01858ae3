"""The steps of the waterfall, as far down the ladder as costs are known."""

from dataclasses import replace

from ui.loading import Loaded
from ui.widgets.charts_profit import WaterfallStep

GIVEN_UP = "warning.fill"


def waterfall_steps(loaded: Loaded) -> list[WaterfallStep]:
    """From sales at list price to net contribution of all customers.

    Discounts and credit notes are shares of list price, as everywhere; what follows is a share of revenue.
    """
    rungs = loaded.figures.ladder.customers
    above = [
        WaterfallStep("Sales at list price", rungs.gross_sales, is_total=True),
        WaterfallStep("Discounts", -rungs.discounts, tone=GIVEN_UP),
    ]
    if rungs.credits:
        above.append(WaterfallStep("Credit notes", -rungs.credits, tone=GIVEN_UP))
    below = [WaterfallStep("Revenue", rungs.net_revenue, is_total=True), *_costs(loaded)]
    return [*_with_shares(above, rungs.gross_sales), *_with_shares(below, rungs.net_revenue)]


def _costs(loaded: Loaded) -> list[WaterfallStep]:
    rungs, pools = loaded.figures.ladder.customers, loaded.figures.allocation.pools
    if rungs.gross_profit is None or rungs.cost_of_sales is None:
        return []
    steps = [
        WaterfallStep("Cost of goods", -rungs.cost_of_sales, tone=GIVEN_UP),
        WaterfallStep("Gross margin", rungs.gross_profit, is_total=True),
    ]
    if rungs.contribution is None:
        return steps
    steps += [WaterfallStep(pool.name, -pool.given_minor) for pool in pools]
    return [*steps, WaterfallStep("Net contribution", rungs.contribution, is_total=True)]


def _with_shares(steps: list[WaterfallStep], whole: int) -> list[WaterfallStep]:
    return [replace(step, share=step.amount_minor / whole) for step in steps] if whole > 0 else steps
