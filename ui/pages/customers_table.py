"""The columns of the table of customers, and its totals."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from core.unit import Unit
from ui.figure_texts import money_style
from ui.loading import Loaded
from ui.models.column import Column, Kind, MoneyStyle

KINDS: dict[Unit, Kind] = {
    Unit.MONEY: "money",
    Unit.COUNT: "integer",
    Unit.DAYS: "days",
    Unit.RATIO: "percent",
    Unit.POINTS: "percent",
    Unit.DATE: "date",
    Unit.SCORE: "integer",
    Unit.NUMBER: "number",
    Unit.TEXT: "text",
}
# Shown at first, in this order, under the words of the screen; all other figures can be added.
SHOWN = {
    "recency_days": "Last order",
    "orders": "Orders",
    "net_revenue": "Revenue",
    "gross_margin": "Margin",
    "cost_to_serve": "Cost to serve",
    "contribution": "Net contribution",
}
WIDTHS = {
    "recency_days": 82,
    "orders": 66,
    "net_revenue": 96,
    "gross_margin": 70,
    "cost_to_serve": 100,
    "contribution": 138,
}
# What is left out first where there is no room for all.
LEAVES_FIRST = ("months", "cost_to_serve", "gross_margin", "orders", "recency_days")
CONTACTS = ("email", "phone", "city", "region", "postcode", "country")
SPARK_MONTHS = 12


def columns_of(loaded: Loaded) -> list[Column]:
    """Name, segment, the usual figures, the last twelve months; then everything else, hidden."""
    from core.analysis.metric_shelf import all_metrics

    money = money_style(loaded.figures)
    metrics = {metric.key: metric for metric in all_metrics()}
    shown = [_figure(metrics[key], title, money=money) for key, title in SHOWN.items()]
    hidden = [
        _figure(metric, metric.label, money=money, hidden=True)
        for key, metric in metrics.items()
        if key not in SHOWN
    ]
    contacts = [Column(name, name.capitalize(), hidden=True) for name in _filled_contacts(loaded)]
    attributes = [
        Column(f"attribute:{name}", str(name), hidden=True) for name in loaded.figures.facts.attributes
    ]
    return [*_first_columns(loaded), *shown, _spark_column(loaded), *hidden, *contacts, *attributes]


def _first_columns(loaded: Loaded) -> list[Column]:
    membership = loaded.membership
    name = Column("name", "Customer", width=150, mark=_pin(loaded))
    if membership is None:
        return [name]
    title = f"Scheme: {membership.scheme.name}"
    return [
        name,
        Column("segment", "Segment", "segment", width=118, tooltip=membership.why_line, header_tooltip=title),
    ]


def _pin(loaded: Loaded) -> Callable[[int], str] | None:
    membership = loaded.membership
    if membership is None or not membership.overrides:
        return None
    return lambda row: "push-pin-fill" if row in membership.overrides else ""


def _figure(metric: Any, title: str, *, money: MoneyStyle, hidden: bool = False) -> Column:
    return Column(
        metric.key,
        title,
        KINDS[metric.unit],
        width=WIDTHS.get(metric.key, 0),
        money=money,
        header_tooltip=f"{metric.label}: {metric.definition}",
        hidden=hidden,
        strong=metric.key == "contribution",
        descending_first=False if metric.key == "recency_days" else None,
    )


def _spark_column(loaded: Loaded) -> Column:
    segments = loaded.membership

    def token(row: int) -> str:
        lost = segments is not None and segments.segment_of(row).name in {"At risk", "Dormant"}
        return "negative.fill" if lost else "chart.compare"

    return Column(
        "months",
        f"{SPARK_MONTHS} months",
        "sparkline",
        width=92,
        sparkline_token=token,
        header_tooltip="Revenue of the last twelve months",
    )


def rows_of(loaded: Loaded) -> dict[str, Sequence[Any]]:
    """The values of every column."""
    facts, metrics = loaded.figures.facts, loaded.figures.metrics
    rows: dict[str, Sequence[Any]] = {"name": facts.customers["name"].tolist()}
    if loaded.membership is not None:
        specs = [(one.palette, one.name) for one in loaded.membership.segments]
        rows["segment"] = [specs[code] for code in loaded.membership.codes.tolist()]
    for key in metrics:
        rows[str(key)] = metrics[key].astype(object).to_numpy()  # type: ignore[assignment]
    rows["months"] = loaded.trends.by_customer[:, -SPARK_MONTHS:].tolist()
    rows |= {name: facts.customers[name].tolist() for name in _filled_contacts(loaded)}
    rows |= {f"attribute:{name}": facts.attributes[name].tolist() for name in facts.attributes}
    return rows


def _filled_contacts(loaded: Loaded) -> list[str]:
    customers = loaded.figures.facts.customers
    return [name for name in CONTACTS if len(customers) and (customers[name] != "").any()]


def totals_of(loaded: Loaded, rows: list[int]) -> Mapping[str, Any]:
    """What the shown customers add up to; unknown where one of them is."""
    ladder = loaded.figures.ladder.by_customer.iloc[rows]
    orders = loaded.figures.metrics["orders"].iloc[rows]
    every = len(loaded.figures.facts.customers)
    words = f"{len(rows):,} of {every:,} customers" if len(rows) != every else f"Total, {every:,} customers"
    revenue = int(ladder["net_revenue"].sum())
    profit = _sum(ladder["gross_profit"])
    return {
        "name": words,
        "orders": _sum(orders),
        "net_revenue": revenue,
        "gross_margin": profit / revenue if profit is not None and revenue else None,
        "cost_to_serve": _sum(ladder["cost_to_serve"]),
        "contribution": _sum(ladder["contribution"]),
    }


def _sum(column: Any) -> int | None:
    return None if column.isna().any() else int(column.sum())
