"""The sentences and key figures of the Overview, worked out from the loaded figures."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.unit import Unit
from ui.figure_texts import Change, change_of, numbers_of
from ui.loading import Loaded

if TYPE_CHECKING:
    from core.analysis.profit_ladder import Rungs

DASH = "–"


@dataclass(frozen=True)
class KpiText:
    """One key figure as its card shows it."""

    value: str
    change: Change
    note: str
    tooltip: str


def headline(loaded: Loaded) -> str:
    """The month in one sentence or two."""
    ladder = loaded.figures.ladder
    now = ladder.customers
    before = loaded.compare.ladder.customers if loaded.compare is not None else None
    change = change_of(now.net_revenue, before.net_revenue if before else None, Unit.MONEY)
    if change.direction == "none":
        first = "Revenue has not changed." if change.text else _revenue(loaded)
    else:
        first = f"Revenue is {change.direction} {change.text}."
    first = f"{first}{_on_no_customer(loaded)}"
    known = ladder.by_customer["contribution"].notna()
    if not known.any():
        return f"{first} What customers cost to serve is not known yet."
    losing = int((ladder.by_customer["contribution"].fillna(0) < 0).sum())
    size = len(ladder.by_customer)
    return f"{first} {losing:,} of {size:,} customers cost more to serve than they earn."


def _revenue(loaded: Loaded) -> str:
    revenue = numbers_of(loaded.figures).money(loaded.figures.ladder.customers.net_revenue)
    return f"Revenue is {revenue} in {loaded.figures.facts.period.label}."


def _on_no_customer(loaded: Loaded) -> str:
    """What was sold beside that revenue without a customer; nothing where everything names one."""
    amount = loaded.figures.ladder.no_customer.net_revenue
    return f" Another {numbers_of(loaded.figures).money(amount)} is on no customer." if amount else ""


def key_figures(loaded: Loaded) -> dict[str, KpiText]:
    """The six cards by key."""
    now = loaded.figures.ladder.customers
    before = loaded.compare.ladder.customers if loaded.compare is not None else None
    return {
        "revenue": _money(loaded, "net_revenue", now.net_revenue, before.net_revenue if before else None),
        "gross": _margin(loaded, "gross_profit", now, before),
        "serve": _cost_to_serve(loaded, now, before),
        "contribution": _contribution(loaded, now, before),
        "active": _active(loaded),
        "again": _again(loaded),
    }


def _money(loaded: Loaded, key: str, now: int | None, before: int | None) -> KpiText:
    numbers = numbers_of(loaded.figures)
    change = change_of(now, before, Unit.MONEY)
    note = f"from {numbers.money(before)}" if before is not None and change.text else loaded.compare_note
    nobody = loaded.figures.ladder.no_customer.net_revenue
    tooltip = explained(loaded, key)
    if nobody:
        tooltip += f"\nOn no customer: {numbers.money(nobody)} more, in no segment and no figure by customer."
    return KpiText(numbers.write(now, Unit.MONEY), change, note, tooltip)


def _margin(loaded: Loaded, key: str, now: "Rungs", before: "Rungs | None") -> KpiText:
    numbers = numbers_of(loaded.figures)
    if now.gross_profit is None:
        covered = "no costs known" if not now.cost_coverage else f"{now.cost_coverage:.0%} of costs known"
        return KpiText(DASH, Change(), covered, explained(loaded, key))
    change = change_of(now.gross_margin, before.gross_margin if before else None, Unit.RATIO)
    note = f"at {numbers.write(now.gross_margin, Unit.RATIO)}"
    return KpiText(numbers.money(now.gross_profit), change, note, explained(loaded, key))


def _cost_to_serve(loaded: Loaded, now: "Rungs", before: "Rungs | None") -> KpiText:
    numbers = numbers_of(loaded.figures)
    if now.cost_to_serve is None:
        note = "no cost pools yet" if loaded.figures.facts.has_ledger else "needs a ledger"
        return KpiText(DASH, Change(), note, explained(loaded, "cost_to_serve"))
    share = _share(now.cost_to_serve, now.net_revenue)
    earlier = _share(before.cost_to_serve, before.net_revenue) if before else None
    change = change_of(share, earlier, Unit.RATIO, good_when_up=False)
    note = f"at {numbers.write(share, Unit.RATIO)}"
    return KpiText(numbers.money(now.cost_to_serve), change, note, explained(loaded, "cost_to_serve"))


def _contribution(loaded: Loaded, now: "Rungs", before: "Rungs | None") -> KpiText:
    numbers = numbers_of(loaded.figures)
    if now.contribution is None:
        missing = "a cost is unknown" if now.gross_profit is None else "cost to serve unknown"
        return KpiText(DASH, Change(), missing, explained(loaded, "contribution"))
    change = change_of(now.contribution, before.contribution if before else None, Unit.MONEY)
    note = f"at {numbers.write(now.contribution_margin, Unit.RATIO)}"
    return KpiText(numbers.money(now.contribution), change, note, explained(loaded, "contribution"))


def _active(loaded: Loaded) -> KpiText:
    from core.analysis.orders import orders_of

    now = int((orders_of(loaded.figures.facts).count_in_period > 0).sum())
    before = None
    if loaded.compare is not None:
        before = int((orders_of(loaded.compare.facts).count_in_period > 0).sum())
    change = change_of(now, before, Unit.COUNT)
    note = f"from {before:,}" if before is not None and change.text else loaded.compare_note
    return KpiText(f"{now:,}", change, note, "Active customers\nCustomers with an order in the period.")


def _again(loaded: Loaded) -> KpiText:
    found = loaded.trends.bought_again
    tooltip = (
        "Bought again\nOf the customers who ordered in the period before, those who ordered in this one."
    )
    if found is None or found.share is None or loaded.compare is None:
        return KpiText(DASH, Change(), "not enough history", tooltip)
    note = f"{found.again:,} of the {found.before:,} before"
    return KpiText(numbers_of(loaded.figures).write(found.share, Unit.RATIO), Change(), note, tooltip)


def explained(loaded: Loaded, key: str) -> str:
    """A figure's definition, how it came about in this period, and what it was made from."""
    from core.analysis.metric_shelf import metric_named

    metric = metric_named(key)
    return "\n".join(
        part for part in (metric.label, metric.definition, _working(loaded, key), _source(loaded)) if part
    )


def _working(loaded: Loaded, key: str) -> str:
    numbers, rungs = numbers_of(loaded.figures), loaded.figures.ladder.customers
    parts = {
        "net_revenue": (rungs.gross_sales, rungs.discounts + rungs.credits, rungs.net_revenue),
        "gross_profit": (rungs.net_revenue, rungs.cost_of_sales, rungs.gross_profit),
        "contribution": (rungs.gross_profit, rungs.cost_to_serve, rungs.contribution),
    }.get(key)
    if parts is None or any(part is None for part in parts):
        return ""
    first, second, result = (numbers.money(part or 0) for part in parts)
    return f"{first} − {second} = {result}"


def _source(loaded: Loaded) -> str:
    files = list(dict.fromkeys(one.file_name for one in loaded.imports))
    if not files:
        return ""
    more = f" and {len(files) - 2} more" if len(files) > 2 else ""
    return f"Source: {', '.join(files[:2])}{more}"


def _share(part: int | None, whole: int) -> float | None:
    return part / whole if part is not None and whole else None


def month_sentence(loaded: Loaded) -> str:
    """How the last month compares with the same month a year before."""
    trends, numbers = loaded.trends, numbers_of(loaded.figures)
    if not trends.months:
        return ""
    last = trends.months[-1]
    revenue = int(trends.by_customer[:, -1].sum())
    text = f"{last.label} is {numbers.money(revenue)}"
    year_before = int(trends.by_customer[:, -13].sum())
    change = change_of(revenue, year_before or None, Unit.MONEY)
    if change.direction == "none":
        return text
    side = "above" if change.direction == "up" else "below"
    return f"{text}, {change.text} {side} {last.shift(-12).label}"
