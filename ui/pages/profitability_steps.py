"""The steps of the waterfall, as far down the ladder as costs are known."""

from ui.loading import Loaded
from ui.widgets.charts_profit import WaterfallStep

GIVEN_UP = "warning.fill"


def waterfall_steps(loaded: Loaded) -> list[WaterfallStep]:
    """From sales at list price to net contribution of all customers."""
    rungs, pools = loaded.figures.ladder.customers, loaded.figures.allocation.pools
    steps = [
        WaterfallStep("Sales at list price", rungs.gross_sales, is_total=True),
        WaterfallStep("Discounts", -rungs.discounts, tone=GIVEN_UP),
    ]
    if rungs.credits:
        steps.append(WaterfallStep("Credit notes", -rungs.credits, tone=GIVEN_UP))
    steps.append(WaterfallStep("Revenue", rungs.net_revenue, is_total=True))
    if rungs.gross_profit is None or rungs.cost_of_sales is None:
        return steps
    steps.append(WaterfallStep("Cost of goods", -rungs.cost_of_sales, tone=GIVEN_UP))
    steps.append(WaterfallStep("Gross margin", rungs.gross_profit, is_total=True))
    if rungs.contribution is None:
        return steps
    steps += [WaterfallStep(pool.name, -pool.given_minor) for pool in pools]
    steps.append(WaterfallStep("Net contribution", rungs.contribution, is_total=True))
    return steps
