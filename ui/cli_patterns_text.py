"""Purchase patterns as a person reads them in a terminal: a few lines and a table for each part."""

from collections.abc import Callable, Sequence
from typing import Any

import click

from core.analysis.facts import Facts
from core.analysis.patterns.cadence import Cadence, Lateness
from core.analysis.patterns.churn import DEFINITION, ChurnRisk, Risk
from core.analysis.patterns.clusters import Clusters
from core.analysis.patterns.cohorts import Cohorts, cohort_label
from core.analysis.patterns.lifetime_value import LifetimeValue
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.rfm_choice import rule_key
from core.analysis.patterns.seasonality import Seasonality
from core.analysis.patterns.share import Share
from core.money import plain
from core.period import EVERYTHING
from core.usecases.patterns import Patterns, RetentionPatterns, RfmPatterns
from core.usecases.patterns_concentration import ConcentrationPatterns
from core.usecases.patterns_lifetime import LifetimePatterns
from core.usecases.patterns_products import BasketPatterns, ProductPatterns
from ui.cli_output import is_unknown, money, print_table
from ui.cli_patterns_cells import customer_names, exact, item_names, money_cut

_MOST = 10  # rows of a list that has no end
_MONTHS_SHOWN = 12
_COHORTS_SHOWN = 24
_MONTH_NAMES = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_WEEKDAY_NAMES = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def print_patterns(found: Patterns) -> None:
    """Print every part that was asked for."""
    facts = found.facts
    period = "all dates" if facts.period == EVERYTHING else facts.period.label
    click.echo(f"Purchase patterns of {period}, as of {facts.as_of.isoformat()}")
    parts: tuple[tuple[str, Any, Callable[[Facts, Any], None]], ...] = (
        ("Recency, frequency, monetary value", found.rfm, _rfm),
        ("Cadence", found.cadence, _cadence),
        ("Season", found.seasonality, _seasonality),
        ("New and returning customers", found.retention, _retention),
        ("Products", found.products, _products),
        ("Concentration", found.concentration, _concentration),
        ("Lifetime value", found.lifetime, _lifetime),
        ("Who is drifting away", found.churn, _churn),
        ("Groups of customers (a proposal)", found.clusters, _clusters),
    )
    for title, part, show in parts:
        if part is None:
            continue
        click.echo(f"\n{title}")
        _or_missing(facts, part, show)


def _or_missing(facts: Facts, part: Any, show: Callable[[Facts, Any], None]) -> None:
    if isinstance(part, NotEnough):
        click.echo(part.text)
    else:
        show(facts, part)


def _notes(*notes: str) -> None:
    for note in dict.fromkeys(notes):
        if note:
            click.echo(note)


def _percent(share: float | Share | None) -> str | None:
    value = share.value if isinstance(share, Share) else share
    return None if value is None else f"{value:.1%}"


def _rfm(facts: Facts, found: RfmPatterns) -> None:
    scored = found.scored
    click.echo(f"Scored in {scored.bins} bins, rule {rule_key(scored.rule)}.")
    _notes(scored.note)
    recency, frequency = (
        ", ".join(str(exact(cut)) for cut in cuts) for cuts in (scored.recency_cuts, scored.frequency_cuts)
    )
    monetary = ", ".join(money_cut(cut, facts.exponent) for cut in scored.monetary_cuts)
    click.echo(f"Cuts, worst first: {recency or '–'} days; {frequency or '–'} orders; {monetary or '–'}.")
    counted = scored.segment.value_counts().sort_index()
    rows = [(str(name), int(count)) for name, count in counted.items()]
    print_table(("Segment", "Customers"), rows, right=(1,))
    never, credited = int((scored.prospects | scored.credits_only).sum()), int(scored.credits_only.sum())
    if never:
        click.echo(
            f"Never ordered: {never:,}" + (f", {credited:,} of them with credits only." if credited else ".")
        )
    click.echo("Customers by recency (rows, 5 the latest) and frequency (columns):")
    cells = {(cell.r, cell.f): cell.customers for cell in found.grid.cells}
    grid = [(r, *(cells[r, f] for f in range(1, 6))) for r in range(5, 0, -1)]
    print_table(("R \\ F", *(str(f) for f in range(1, 6))), grid, right=range(1, 6))


def _cadence(_facts: Facts, found: Cadence) -> None:
    states = found.customers["state"].value_counts()
    print_table(
        ("Next order", "Customers"),
        [(state.value, int(states.get(state.value, 0))) for state in Lateness],
        right=(1,),
    )
    _notes(found.note)


def _seasonality(_facts: Facts, found: Seasonality) -> None:
    click.echo(f"From {found.used.label}, with sales that name no customer. 1 is the average.")
    per_day = [*(index.index for index in found.adjusted), *([None] * len(found.weekdays))]
    indices = [(_MONTH_NAMES[one.number - 1], one) for one in found.months]
    indices += [(_WEEKDAY_NAMES[one.number - 1], one) for one in found.weekdays]
    rows = [
        (name, *(_decimal(value) for value in (one.index, one.lowest, one.highest, adjusted)))
        for (name, one), adjusted in zip(indices, per_day, strict=True)
    ]
    print_table(("", "Index", "Lowest", "Highest", "Per trading day"), rows, right=(1, 2, 3, 4))
    _notes(found.note)


def _decimal(value: float | None) -> str | None:
    return None if value is None else f"{value:.2f}"


def _retention(facts: Facts, found: RetentionPatterns) -> None:
    flow = found.flow.tail(_MONTHS_SHOWN)
    columns = [flow[name].tolist() for name in flow]
    rows = [
        (f"{month:%Y-%m}", *(None if is_unknown(cell) else cell for cell in cells))
        for month, *cells in zip(flow.index, *columns, strict=True)
    ]
    print_table(("Month", "New", "Repeat", "Reactivated", "Lost", "Customers"), rows, right=range(1, 6))
    _or_missing(facts, found.revenue, _revenue)
    _cohorts(found.months)


def _revenue(_facts: Facts, found: Any) -> None:
    click.echo(
        f"Of the revenue of {found.before.label}, its customers bring {_percent(found.net) or '–'} in "
        f"{found.now.label}, without growth {_percent(found.gross) or '–'}; "
        f"{_percent(found.customers) or '–'} of them ordered again."
    )


def _cohorts(found: Cohorts) -> None:
    began = [row for row in range(len(found.periods)) if found.size[row]]
    shown = began[-_COHORTS_SHOWN:]
    since = range(min(_MONTHS_SHOWN + 1, len(found.periods) - min(shown, default=0)))
    click.echo("Classic retention by month of the first order:")
    rows: list[Sequence[object]] = [
        (
            cohort_label(found.periods[row], found.step),
            int(found.size[row]),
            *(_reached(found.classic_retention(row, at), reached=found.reached(row, at)) for at in since),
        )
        for row in shown
    ]
    print_table(("Cohort", "Customers", *(f"+{at}" for at in since)), rows, right=range(1, len(since) + 2))
    if len(shown) < len(began) or len(since) < len(found.periods) - min(shown, default=0):
        click.echo(
            f"The latest {_COHORTS_SHOWN} cohorts and the first {_MONTHS_SHOWN} months are shown; --json has all."
        )


def _reached(share: Share | None, *, reached: bool) -> str:
    return (_percent(share) or "–") if reached else ""


def _products(facts: Facts, found: ProductPatterns) -> None:
    revenue = found.items["net_revenue"].tolist()
    names = item_names(facts)
    best = sorted(range(len(names)), key=lambda row: (-revenue[row], names[row]))[:_MOST]
    shares = found.items["share"].tolist()
    rows = [(names[row], plain(revenue[row], facts.exponent), _known_percent(shares[row])) for row in best]
    print_table(("Item", "Net revenue", "Share"), rows, right=(1, 2))
    _or_missing(facts, found.baskets, _baskets)
    if isinstance(found.offers, NotEnough):
        click.echo(found.offers.text)
        return
    for segment in found.offers:
        if isinstance(segment.offers, NotEnough):
            click.echo(f"{segment.segment}: {segment.offers.text}")
            continue
        for offer in segment.offers:
            click.echo(f"{segment.segment}: offer {names[offer.item]}. {offer.reason(names)}")


def _pairs(names: Sequence[str], found: BasketPatterns) -> None:
    rows = [
        (*(names[item] for item in pair.items), pair.count, f"{found.lift(pair):.2f}")
        for pair in found.pairs[:_MOST]
    ]
    click.echo("The pairs that most orders hold:")
    print_table(("Item", "with", "Orders", "Lift"), rows, right=(2, 3))


def _known_percent(value: Any) -> str | None:
    return _percent(value) if isinstance(value, float) else None


def _baskets(facts: Facts, found: BasketPatterns) -> None:
    names = item_names(facts)
    click.echo(
        f"{found.baskets:,} orders with named items; {len(found.rules):,} rules from {found.least} orders "
        f"and a confidence of {float(found.confidence):.0%} on."
    )
    _notes(found.note)
    rows = [
        (
            " + ".join(names[item] for item in rule.antecedent),
            names[rule.consequent],
            rule.count,
            _percent(rule.confidence),
            f"{rule.lift:.2f}",
        )
        for rule in found.rules[:_MOST]
    ]
    if rows:
        print_table(("Who buys", "also buys", "Orders", "Confidence", "Lift"), rows, right=(2, 3, 4))
    elif found.pairs:
        _pairs(names, found)


def _concentration(facts: Facts, found: ConcentrationPatterns) -> None:
    now = found.now
    rows = [
        (
            f"Class {one.name}",
            one.customers,
            plain(one.revenue.numerator, facts.exponent),
            _percent(one.revenue),
        )
        for one in now.abc
    ]
    rows += [
        (
            f"Largest {one.customers}",
            one.customers,
            plain(one.revenue.numerator, facts.exponent),
            _percent(one.revenue),
        )
        for one in now.largest
    ]
    print_table(("", "Customers", "Net revenue", "Share"), rows, right=(1, 2, 3))
    for one in now.reaching:
        click.echo(f"{one.customers:,} of {now.customers:,} customers bring {one.percent}% of revenue.")
    click.echo(f"Gini {_decimal(now.gini) or '–'}, Herfindahl {_ratio(now.herfindahl)}.")
    if isinstance(found.by_year, NotEnough):
        return
    for year in found.by_year:
        click.echo(f"{year.period.label}: Gini {_decimal(year.gini) or '–'}, {year.customers:,} customers.")


def _ratio(value: float | None) -> str:
    return "–" if value is None else f"{value:.4f}"


def _lifetime(facts: Facts, found: LifetimePatterns) -> None:
    _or_missing(facts, found.simple, _simple)
    _or_missing(facts, found.value, _value)


def _simple(facts: Facts, found: Any) -> None:
    margin = "" if found.margin is None else f" × margin {found.margin:.1%}"
    click.echo(
        f"By the formula a customer is worth {plain(found.value_minor, facts.exponent)}: average order "
        f"{plain(found.average_order_minor, facts.exponent)} × {found.orders_a_month:.2f} orders a month × "
        f"{found.lifespan.months:.1f} months{margin} ({found.margin_text})."
    )
    _notes(found.lifespan.warning)


def _value(facts: Facts, found: LifetimeValue) -> None:
    fit = found.orders
    pairs = zip(fit.names, fit.values, strict=True)
    parameters = ", ".join(f"{name} {value:.4f}" for name, value in pairs)
    click.echo(f"Model: {parameters}; log-likelihood {fit.log_likelihood:.3f}; {fit.customers:,} customers.")
    _notes(*found.warnings, *found.notes)
    names = customer_names(facts)
    value, alive, orders = (part.tolist() for part in (found.value, found.p_alive, found.expected_orders))
    known = [row for row in range(len(names)) if isinstance(value[row], int)]
    best = sorted(known, key=lambda row: (-value[row], names[row]))[:_MOST]
    rows = [
        (names[row], _percent(alive[row]), f"{orders[row]:.2f}", money(value[row], facts.exponent))
        for row in best
    ]
    months = found.horizon.months
    if rows:
        print_table(
            ("Customer", "Still buying", f"Orders in {months} months", "Value"), rows, right=(1, 2, 3)
        )


def _churn(_facts: Facts, found: ChurnRisk) -> None:
    rows = [(risk.value, found.count(risk)) for risk in Risk]
    unknown = int((found.risk.isna() & (found.order_days > 0)).sum())
    print_table(("Risk", "Customers"), [*rows, ("not enough history", unknown)], right=(1,))
    click.echo(DEFINITION)


def _clusters(facts: Facts, found: Clusters) -> None:
    rows = [(one.name, one.customers, plain(one.net_revenue, facts.exponent)) for one in found.clusters]
    print_table(("Group", "Customers", "Net revenue"), rows, right=(1, 2))
    _notes(found.note)
