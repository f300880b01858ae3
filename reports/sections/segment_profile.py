"""One segment in depth: who they are, whom to contact first, how they buy."""

from collections.abc import Iterator

import numpy as np

from core.analysis.metric_shelf import plain_value
from core.analysis.sums import Flags
from core.money import divide_half_away
from core.segments.profile import Portion, Profile, profile_of
from core.segments.totals import SegmentTotal
from core.unit import Unit
from reports.content import (
    Block,
    Chart,
    ChartKind,
    Column,
    Columns,
    Facts,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Series,
    Table,
    TableRow,
    Value,
)
from reports.months import revenue_by_month
from reports.narrative import findings, profile
from reports.section import Context, SectionSpec

_FIRST = 7  # customers by name
_BARS = 6
_MOST_VALUES = 12  # an attribute with more tells people apart instead of grouping them


def title(context: Context) -> str:
    """'Segment profile: At risk'."""
    total = chosen(context)
    return f"Segment profile: {total.segment.name}" if total else "Segment profile"


def chosen(context: Context) -> SegmentTotal | None:
    """The segment that was asked for; else the one at risk, else the one that buys most."""
    for name in (context.chosen_segment, findings.AT_RISK):
        total = findings.segment_named(context, name)
        if total is not None and (name == context.chosen_segment or (total.net_revenue or 0) > 0):
            return total
    return max(context.totals, key=lambda total: total.net_revenue or 0, default=None)


def build(context: Context) -> Iterator[Block]:
    """Tiles, months, who they are, customers by name, how they buy, what stands out."""
    total = chosen(context)
    if total is None:
        yield Heading("There is no segment to describe yet", kicker=title(context))
        yield Paragraph("Import sales, and the largest segment will stand here.", lead=True)
        return
    rows = np.zeros(len(context.membership), dtype=np.bool_)
    rows[context.membership.members(total.segment.name)] = True
    found = profile_of(rows, context.facts, context.figures.metrics)
    palette = total.segment.palette
    yield Heading(profile.headline(context, total, rows), kicker=title(context), kicker_segment=palette)
    yield Paragraph(profile.lead(context, total, rows), lead=True)
    yield tiles(context, total, found)
    months = _months(context, rows)
    who = _who(found, palette)
    yield Columns(((months,), (who,)), (2.0, 1.0)) if who else months
    yield first_customers(context, total, rows)
    comment = (Heading("What stands out", level=2), Paragraph(profile.comment(context, total, found)))
    yield Columns(((_how_they_buy(context, total, found),), comment), (1.0, 1.0))


def tiles(context: Context, total: SegmentTotal, found: Profile) -> KeyFigures:
    """Four figures of the segment."""
    measure, numbers = context.measure, context.numbers
    shares = {
        key: findings.share_of(part, whole)
        for key, part, whole in (
            ("customers", total.customers, context.grand.customers),
            ("revenue", total.net_revenue, context.grand.net_revenue),
        )
    }
    notes = {key: "" if share is None else numbers.write(share, Unit.RATIO) for key, share in shares.items()}
    profit = total.sums[measure.key]
    margin = findings.share_of(profit, total.net_revenue)
    silence = found.median_recency_days
    figures = [
        KeyFigure(
            "Customers",
            total.customers,
            Unit.COUNT,
            note=f"{notes['customers']} of {context.grand.customers:,}",
        ),
        KeyFigure(
            "Net revenue",
            total.net_revenue,
            Unit.MONEY,
            note=notes["revenue"] and f"{notes['revenue']} of total",
        ),
    ]
    if measure.is_profit:
        note = "" if margin is None else f"{numbers.write(margin, Unit.RATIO)} of revenue"
        figures.append(KeyFigure(measure.label, profit, Unit.MONEY, note=note))
    note = "" if silence is None else f"Median silence {numbers.tile(silence, Unit.DAYS)}"
    figures.append(KeyFigure("Usual order gap", found.median_days_between_orders, Unit.DAYS, note=note))
    return KeyFigures(tuple(figures), columns=len(figures))


def _months(context: Context, rows: Flags) -> Chart:
    months = list(context.period.months())
    series = [Series("This year", tuple(revenue_by_month(context.facts, context.period, rows)))]
    before = revenue_by_month(context.facts, context.period.before(), rows)
    note = ""
    if any(value is not None for value in before):
        series.append(Series(f"Previous {len(months)} months", tuple(before)))
        note = f"Dashed line: previous {len(months)} months"
    names = tuple(month.label.split()[0] for month in months)
    return Chart(ChartKind.BARS_COMPARED, "Revenue by month", names, tuple(series), note=note)


def _who(found: Profile, palette: int) -> Chart | None:
    """The attribute that groups the members best, by how many have each value."""
    groups = {**found.who, **{name.capitalize(): values for name, values in found.where.items()}}
    usable = {name: values for name, values in groups.items() if 1 < len(values) <= _MOST_VALUES}
    if not usable:
        return None
    name = next((name for name in usable if "type" in name.lower()), next(iter(usable)))
    shown: tuple[Portion, ...] = usable[name][:_BARS]
    values = Series("Customers", tuple(portion.count for portion in shown), segment=palette)
    names = tuple(portion.value for portion in shown)
    title = "Who they are"
    return Chart(
        ChartKind.HORIZONTAL_BARS, title, names, (values,), unit=Unit.COUNT, note=f"By {name.lower()}"
    )


def first_customers(context: Context, total: SegmentTotal, rows: Flags) -> Table:
    """The largest by name, the others in one row, the segment as the total."""
    revenue = context.column("net_revenue")
    members = np.flatnonzero(rows)
    ordered = members[np.argsort(-revenue[members], kind="stable")].tolist()
    named, rest = ordered[:_FIRST], ordered[_FIRST:]
    kinds = _kinds(context, named)
    columns = [
        Column("Customer", width=2.0),
        *(Column(kind) for kind in kinds),
        Column("Usual gap", Unit.DAYS),
        Column("Silent for", Unit.DAYS, strong=True),
        Column("Net revenue", Unit.MONEY, sum_=True),
    ]
    measure = context.measure
    keys = ["net_revenue", measure.key] if measure.is_profit else ["net_revenue"]
    if measure.is_profit:
        columns.append(Column(measure.label, Unit.MONEY, sum_=True))
    money = [_with_rest(context, key, named, rest) for key in keys]
    found = [
        TableRow((*_about(context, row, at, kinds), *(amounts[at] for amounts in money)))
        for at, row in enumerate(named)
    ]
    blank: list[Value] = [""] * (len(kinds) + 2)
    if rest:
        others = f"{len(rest):,} other customer{'s' if len(rest) > 1 else ''}"
        cells: list[Value] = [others, *blank, *(amounts[-1] for amounts in money)]
        found.append(TableRow(tuple(cells), kind="muted"))
    sums = (total.sums[key] or 0 for key in keys)
    heading = (
        "Customers to contact first" if total.segment.name == findings.AT_RISK else "The largest customers"
    )
    return Table(tuple(columns), tuple(found), (total.segment.name, *blank, *sums), title=heading)


def _with_rest(context: Context, key: str, named: list[int], rest: list[int]) -> list[int]:
    """Amounts of the named and of all others together."""
    values = context.column(key)
    return [*(int(values[row]) for row in named), *([int(values[rest].sum())] if rest else [])]


def _kinds(context: Context, rows: list[int]) -> dict[str, list[Value]]:
    """At most two columns that say what kind of customer it is and where."""
    facts = context.facts
    columns = {str(name): facts.attributes[name] for name in facts.attributes}
    columns |= {label: facts.customers[key] for key, label in (("region", "Area"), ("city", "City"))}
    known = {
        name: [plain_value(value) or "" for value in column.iloc[rows]] for name, column in columns.items()
    }
    wanted = [name for word in ("type", "area", "region", "city") for name in known if word in name.lower()]
    useful = [name for name in dict.fromkeys(wanted) if any(known[name])]
    return {name: known[name] for name in useful[:2]}


def _about(context: Context, row: int, at: int, kinds: dict[str, list[Value]]) -> list[Value]:
    metrics = context.figures.metrics
    cells: list[Value] = [str(context.facts.customers["name"].iloc[row])]
    cells += [values[at] for values in kinds.values()]
    return cells + [
        plain_value(metrics[key].iloc[row]) for key in ("median_interpurchase_days", "recency_days")
    ]


def _how_they_buy(context: Context, total: SegmentTotal, found: Profile) -> Facts:
    numbers = context.numbers
    pairs = []
    if total.orders:
        pairs.append(("Average order", context.money(divide_half_away(total.net_revenue or 0, total.orders))))
        pairs.append(("Orders per customer", f"{total.orders / total.customers:.1f}"))
    revenue = total.net_revenue or 0
    if total.gross_profit is not None and revenue > 0:
        pairs.append(("Gross margin", numbers.write(total.gross_profit / revenue, Unit.RATIO)))
    for label, item in zip(("Favourite product", "Second"), found.what, strict=False):
        share = findings.share_of(item.net, revenue)
        pairs.append((label, item.name if share is None else f"{item.name}, {share * 100:.0f}%"))
    return Facts(tuple(pairs) or (("Orders", "None in this period"),), title="How they buy")


SECTION: SectionSpec = SectionSpec("segment_profile", 40, title, build)
