"""Purchase patterns as other tools read them: money as decimal strings, unknown null, ratios in full."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

import pandas as pd

from core.analysis.facts import Facts
from core.analysis.orders import day_number, orders_of
from core.analysis.patterns.cadence import Cadence
from core.analysis.patterns.churn import ChurnRisk
from core.analysis.patterns.clusters import Clusters
from core.analysis.patterns.cohorts import Cohorts, cohort_label
from core.analysis.patterns.dependence import Concentration, Largest
from core.analysis.patterns.net_revenue import net_revenue
from core.analysis.patterns.new_and_repeat import RevenueRetention
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.rfm_choice import rule_key
from core.analysis.patterns.rfm_grid import Bounds
from core.analysis.patterns.rfm_names import changed_cells
from core.analysis.patterns.rfm_table import Cell
from core.analysis.patterns.seasonality import Index, Seasonality
from core.money import plain
from core.usecases.patterns import Patterns, RetentionPatterns, RfmPatterns
from core.usecases.patterns_concentration import ConcentrationPatterns
from ui.cli_output import money
from ui.cli_patterns_cells import (
    by_name,
    column,
    customer_names,
    exact,
    missing_json,
    money_cut,
    money_share_json,
    number,
    or_missing,
    share_json,
)
from ui.cli_patterns_json_lifetime import lifetime_json
from ui.cli_patterns_json_products import products_json

_MOST_EMPTY_COHORTS = 600  # 50 years of months


def patterns_json(found: Patterns) -> dict[str, Any]:
    """Return every part that was asked for."""
    facts = found.facts
    result: dict[str, Any] = {"as_of": facts.as_of.isoformat(), "period": facts.period.key}
    parts: dict[str, tuple[Any, Callable[[Facts, Any], Any]]] = {
        "rfm": (found.rfm, rfm_json),
        "cadence": (found.cadence, cadence_json),
        "seasonality": (found.seasonality, seasonality_json),
        "concentration": (found.concentration, concentration_json),
        "lifetime_value": (found.lifetime, lifetime_json),
        "churn": (found.churn, churn_json),
        "clusters": (found.clusters, clusters_json),
    }
    for key, (part, as_json) in parts.items():
        if part is not None:
            result[key] = or_missing(part, partial(as_json, facts))
    if found.retention is not None:
        result |= _several(("cohorts", "cohorts_by_quarter", "flow"), retention_json, facts, found.retention)
    if found.products is not None:
        result |= _several(("baskets", "offers", "mix"), products_json, facts, found.products)
    return result


def _several(keys: Sequence[str], as_json: Any, facts: Facts, part: Any) -> dict[str, Any]:
    """Parts that stand beside each other; all of them say what is missing where it is."""
    if isinstance(part, NotEnough):
        return dict.fromkeys(keys, missing_json(part))
    found: dict[str, Any] = as_json(facts, part)
    return found


def rfm_json(facts: Facts, found: RfmPatterns) -> dict[str, Any]:
    """Scores with their cut points, the grid, and every customer with an order in the period."""
    scored, grid, exponent = found.scored, found.grid, facts.exponent
    names = customer_names(facts)
    return {
        "bins": scored.bins,
        "rule": rule_key(scored.rule),
        "note": scored.note,
        "cuts": {
            "recency": [exact(cut) for cut in scored.recency_cuts],
            "frequency": [exact(cut) for cut in scored.frequency_cuts],
            "monetary": [money_cut(cut, exponent) for cut in scored.monetary_cuts],
        },
        "grid": [
            {
                "r": cell.r,
                "f": cell.f,
                "customers": cell.customers,
                "net_revenue": plain(cell.net_revenue, exponent),
                "revenue_share": cell.revenue_share.value,
            }
            for cell in grid.cells
        ],
        "recency_days": [_bounds(bounds) for bounds in grid.recency_days],
        "orders": [_bounds(bounds) for bounds in grid.orders],
        "table": _cells(found.choice.table),
        "changed": _cells(changed_cells(found.choice.table)),
        "customers": _scored_customers(facts, found),
        "prospects": [names[row] for row in by_name(facts) if scored.prospects[row]],
        "credits_only": [names[row] for row in by_name(facts) if scored.credits_only[row]],
    }


def _cells(names: Mapping[Cell, str]) -> dict[str, str]:
    """Names by scores of recency, frequency and value: {"555": "Champions"}."""
    return {"".join(map(str, cell)): name for cell, name in sorted(names.items())}


def _bounds(bounds: Bounds) -> dict[str, int | None]:
    return {"lowest": bounds.lowest, "highest": bounds.highest}


def _scored_customers(facts: Facts, found: RfmPatterns) -> list[dict[str, Any]]:
    orders, scored, names = orders_of(facts), found.scored, customer_names(facts)
    revenue, today = net_revenue(facts, facts.period).tolist(), day_number(facts.as_of)
    r, f, m, segment = (column(part) for part in (scored.r, scored.f, scored.m, scored.segment))
    last, count = orders.last.tolist(), orders.count_in_period.tolist()
    return [
        {
            "customer": names[row],
            "recency_days": today - last[row],
            "orders": count[row],
            "amount": plain(revenue[row], facts.exponent),
            "r": r[row],
            "f": f[row],
            "m": m[row],
            "segment": segment[row],
        }
        for row in by_name(facts)
        if r[row] is not None
    ]


def cadence_json(facts: Facts, found: Cadence) -> list[dict[str, Any]]:
    """The rhythm of every customer who ever ordered."""
    columns: dict[str, list[Any]] = {str(name): column(found.customers[name]) for name in found.customers}
    names = customer_names(facts)
    return [
        {"customer": names[row], **{key: cells[row] for key, cells in columns.items()}}
        for row in by_name(facts)
        if columns["orders"][row]
    ]


def seasonality_json(facts: Facts, found: Seasonality) -> dict[str, Any]:
    """Indices by month and weekday, and what the calendar gives each month."""
    return {
        "months": [_index(index) for index in found.months],
        "adjusted": [_index(index) for index in found.adjusted],
        "weekdays": [_index(index) for index in found.weekdays],
        "weekday_years": found.weekday_years,
        "calendar": [
            {
                "month": month.month.key,
                "days": month.days,
                "weekdays": month.weekdays,
                "trading_days": month.trading_days,
                "days_with_sales": month.days_with_sales,
                "net_revenue": plain(month.net_revenue, facts.exponent),
            }
            for month in found.calendar
        ],
        "trading_weekdays": list(found.trading_weekdays),
        "used": found.used.key,
        "note": found.note,
    }


def _index(index: Index) -> dict[str, Any]:
    return {
        "number": index.number,
        "index": index.index,
        "lowest": index.lowest,
        "highest": index.highest,
        "years": index.years,
    }


def retention_json(facts: Facts, found: RetentionPatterns) -> dict[str, Any]:
    """Cohorts by month and by quarter, new and returning customers, and revenue that stayed."""
    flow = {name: column(found.flow[name]) for name in found.flow}
    return {
        "cohorts": cohorts_json(facts, found.months),
        "cohorts_by_quarter": cohorts_json(facts, found.quarters),
        "flow": [
            {"month": f"{month:%Y-%m}", **{str(name): cells[row] for name, cells in flow.items()}}
            for row, month in enumerate(found.flow.index)
        ],
        "revenue_retention": or_missing(found.revenue, partial(_revenue_retention, facts)),
    }


def cohorts_json(facts: Facts, found: Cohorts) -> dict[str, Any]:
    """A row for each cohort, a cell for each period since; cells not reached are null.

    Over more than 600 periods, such as where one date has a wrong year, cohorts without customers are left out:
    a million empty cells would take minutes and gigabytes.
    """
    since, exponent = range(len(found.periods)), facts.exponent
    every = len(found.periods) <= _MOST_EMPTY_COHORTS
    return {
        "step": found.step.value,
        "last_is_partial": found.last_is_partial,
        "rows": [
            {
                "cohort": cohort_label(period, found.step),
                "start": period.start.isoformat(),
                "customers": int(found.size[row]),
                "active": [found.customers(row, at) for at in since],
                "classic": [share_json(found.classic_retention(row, at)) for at in since],
                "unbounded": [share_json(found.unbounded_retention(row, at)) for at in since],
                "revenue": [money(found.revenue(row, at), exponent) for at in since],
                "gross_profit": [money(found.gross_profit(row, at), exponent) for at in since],
            }
            for row, period in enumerate(found.periods)
            if every or found.size[row]
        ],
        "average_classic": [share_json(found.average_classic(at)) for at in since],
        "average_unbounded": [share_json(found.average_unbounded(at)) for at in since],
        "revenue_before_first_order": plain(found.revenue_before_first_order, exponent),
    }


def _revenue_retention(facts: Facts, found: RevenueRetention) -> dict[str, Any]:
    return {
        "before": found.before.key,
        "now": found.now.key,
        "net": money_share_json(found.net, facts.exponent),
        "gross": money_share_json(found.gross, facts.exponent),
        "customers": share_json(found.customers),
    }


def concentration_json(facts: Facts, found: ConcentrationPatterns) -> dict[str, Any]:
    """How much hangs on few customers, now and in each whole year."""
    by_year = found.by_year
    years = (
        missing_json(by_year)
        if isinstance(by_year, NotEnough)
        else [_concentration(facts, one) for one in by_year]
    )
    return {**_concentration(facts, found.now), "by_year": years}


def _concentration(facts: Facts, found: Concentration) -> dict[str, Any]:
    exponent, curve = facts.exponent, found.curve
    return {
        "period": found.period.key,
        "customers": found.customers,
        "net_revenue": plain(found.total_minor, exponent),
        "abc": [
            {
                "class": one.name,
                "customers": one.customers,
                "revenue": money_share_json(one.revenue, exponent),
            }
            for one in found.abc
        ],
        "reaching": [{"percent": one.percent, "customers": one.customers} for one in found.reaching],
        "largest": [_largest(one, exponent) for one in found.largest],
        "top_fifth": _largest(found.top_fifth, exponent),
        "gini": found.gini,
        "herfindahl": found.herfindahl,
        "whale_curve": {
            "of": "contribution" if found.curve_is_contribution else "gross_profit",
            "customers": len(curve.customers),
            "unknown": curve.unknown,
            "total": plain(curve.total_minor, exponent),
            "peak": plain(curve.peak_minor, exponent),
            "peak_customers": None if curve.peak_index is None else curve.peak_index + 1,
            "loss_makers": curve.loss_makers,
            "loss": plain(curve.loss_minor, exponent),
            "top_fifth_share": curve.top_share,
        },
    }


def _largest(found: Largest, exponent: int) -> dict[str, Any]:
    return {"customers": found.customers, "revenue": money_share_json(found.revenue, exponent)}


def churn_json(facts: Facts, found: ChurnRisk) -> list[dict[str, Any]]:
    """The class of every customer who ever ordered, with its evidence; null where nothing can be said."""
    risk, gap, late, alive = (
        column(part) for part in (found.risk, found.usual_gap, found.lateness, found.p_alive)
    )
    names, since = customer_names(facts), found.since_days.tolist()
    days = found.order_days.tolist()
    return [
        {
            "customer": names[row],
            "risk": risk[row],
            "order_days": days[row],
            "since_days": since[row],
            "usual_gap": gap[row],
            "lateness": late[row],
            "p_alive": alive[row],
            "evidence": evidence.text if isinstance(evidence, NotEnough) else evidence,
        }
        for row in by_name(facts)
        if days[row]
        for evidence in [found.evidence(row)]
    ]


def clusters_json(facts: Facts, found: Clusters) -> dict[str, Any]:
    """The groups proposed, and who is in which."""
    names, places = customer_names(facts), column(pd.Series(found.of_customer))
    return {
        "silhouette": number(found.silhouette),
        "stability": number(found.stability),
        "note": found.note,
        "clusters": [
            {
                "name": one.name,
                "customers": one.customers,
                "net_revenue": plain(one.net_revenue, facts.exponent),
                "traits": {trait.metric: number(trait.deviation) for trait in one.traits},
            }
            for one in found.clusters
        ],
        "customers": [
            {"customer": names[row], "cluster": found.clusters[places[row]].name}
            for row in by_name(facts)
            if places[row] is not None
        ],
    }
