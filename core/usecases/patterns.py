"""How a client's customers buy and what comes next: every purchase pattern of a book, or the parts asked for."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

import pandas as pd

from core.analysis.facts import Facts, default_period, load_facts
from core.analysis.orders import orders_of
from core.analysis.patterns.cadence import Cadence, cadence
from core.analysis.patterns.churn import ChurnRisk, churn_risk
from core.analysis.patterns.clusters import Clusters, clusters
from core.analysis.patterns.cohorts import Cohorts, Step, cohorts
from core.analysis.patterns.lifetime_terms import LifetimeChoice, LifetimeTerms, kept_terms
from core.analysis.patterns.new_and_repeat import RevenueRetention, customer_flow, revenue_retention
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.rfm import Rfm, RfmChoice, rfm
from core.analysis.patterns.rfm_choice import SETTINGS, changes_as_text, rule_of
from core.analysis.patterns.rfm_grid import RfmGrid, rfm_grid
from core.analysis.patterns.rfm_table import Cell
from core.analysis.patterns.seasonality import Seasonality, seasonality
from core.period import EVERYTHING, Period
from core.progress import SILENT, Progress
from core.store.book import Book
from core.store.settings import read_settings
from core.usecases.books import change_settings
from core.usecases.patterns_concentration import ConcentrationPatterns, concentration_patterns
from core.usecases.patterns_lifetime import LifetimePatterns, ValuePatterns, lifetime_patterns
from core.usecases.patterns_products import BasketChoice, ProductPatterns, product_patterns


class Part(StrEnum):
    """What can be asked for on its own."""

    RFM = "rfm"
    CADENCE = "cadence"
    SEASONALITY = "seasonality"
    COHORTS = "cohorts"
    BASKETS = "baskets"
    CONCENTRATION = "concentration"
    LIFETIME = "lifetime"
    CHURN = "churn"
    CLUSTERS = "clusters"


@dataclass(frozen=True)
class PatternChoice:
    """What the bookkeeper may choose; None leaves it as the book has it."""

    rfm_bins: int | None = None
    rfm_rule: str | None = None  # ties or quantiles
    baskets: BasketChoice = field(default_factory=BasketChoice)
    lifetime: LifetimeChoice = field(default_factory=LifetimeChoice)


@dataclass(frozen=True, eq=False)
class RfmPatterns:
    """Scores, the grid of recency by frequency, and how they came about."""

    choice: RfmChoice
    scored: Rfm
    grid: RfmGrid


@dataclass(frozen=True, eq=False)
class RetentionPatterns:
    """Who is new, who comes back and who is lost; cohorts by month and by quarter."""

    flow: pd.DataFrame  # as of `customer_flow`
    revenue: RevenueRetention | NotEnough
    months: Cohorts
    quarters: Cohorts


@dataclass(frozen=True, eq=False)
class Patterns:
    """Each part is what was found, how much history is missing, or None where it was not asked for."""

    facts: Facts
    choice: PatternChoice
    rfm: RfmPatterns | NotEnough | None = None
    cadence: Cadence | NotEnough | None = None
    seasonality: Seasonality | NotEnough | None = None
    retention: RetentionPatterns | NotEnough | None = None
    products: ProductPatterns | NotEnough | None = None
    concentration: ConcentrationPatterns | NotEnough | None = None
    lifetime: LifetimePatterns | None = None
    churn: ChurnRisk | NotEnough | None = None
    clusters: Clusters | NotEnough | None = None


def load_patterns(
    book: Book,
    period: Period | None = None,
    as_of: date | None = None,
    *,
    choice: PatternChoice | None = None,
    parts: Collection[Part] = tuple(Part),
    progress: Progress = SILENT,
) -> Patterns:
    """Work out the patterns of a period, by default of all dates, seen from a day.

    `as_of` is by default the last day of the period, for all dates of the book's last month. Raises UsageError.
    """
    choice = choice or PatternChoice()
    facts = pattern_facts(book, period, as_of, choice=choice, progress=progress)
    asked = set(parts)
    lifetime = None
    if asked & {Part.LIFETIME, Part.CHURN}:
        lifetime = lifetime_patterns(facts, lifetime_terms(book, choice.lifetime), progress=progress)
    early = summary_patterns(facts, parts=asked, progress=progress)
    return replace(
        early,
        choice=choice,
        retention=retention_patterns(facts, progress=progress) if Part.COHORTS in asked else None,
        products=product_patterns(facts, choice.baskets, progress=progress)
        if Part.BASKETS in asked
        else None,
        lifetime=lifetime if Part.LIFETIME in asked else None,
        churn=churn_patterns(facts, lifetime) if Part.CHURN in asked else None,
        clusters=cluster_patterns(facts, progress=progress) if Part.CLUSTERS in asked else None,
    )


def pattern_facts(
    book: Book,
    period: Period | None = None,
    as_of: date | None = None,
    *,
    choice: PatternChoice | None = None,
    progress: Progress = SILENT,
) -> Facts:
    """Read the book for its patterns; scores follow the choice, else the book's own. Raises UsageError."""
    period = period or EVERYTHING
    as_of = as_of or (default_period(book)[1] if period.is_everything else period.end)
    progress.step("Reading the book")
    facts = load_facts(book, period, as_of)
    choice = choice or PatternChoice()
    kept = facts.rfm_choice
    return replace(
        facts,
        rfm_choice=replace(
            kept,
            bins=kept.bins if choice.rfm_bins is None else choice.rfm_bins,
            rule=kept.rule if choice.rfm_rule is None else rule_of(choice.rfm_rule),
        ),
    )


def lifetime_terms(book: Book, choice: LifetimeChoice) -> LifetimeTerms:
    """Return how lifetime value is worked out: as asked for, else as the book has it. Raises UsageError."""
    return choice.over(kept_terms(read_settings(book.connection)))


def summary_patterns(
    facts: Facts, *, parts: Collection[Part] = tuple(Part), progress: Progress = SILENT
) -> Patterns:
    """Work out the quick parts among those asked for: RFM, cadence, seasonality and concentration."""
    found = Patterns(facts, PatternChoice())
    if Part.RFM in parts:
        progress.step("Scoring the customers")
        found = replace(found, rfm=rfm_patterns(facts))
    if Part.CADENCE in parts:
        progress.step("Measuring how regularly customers order")
        found = replace(found, cadence=no_orders(facts) or cadence(facts))
    if Part.SEASONALITY in parts:
        progress.step("Looking for the season")
        found = replace(found, seasonality=seasonality(facts))
    if Part.CONCENTRATION in parts:
        progress.step("Measuring how much hangs on few customers")
        found = replace(found, concentration=concentration_patterns(facts))
    return found


def rfm_patterns(facts: Facts) -> RfmPatterns | NotEnough:
    """Score the customers as the facts say, and lay the grid out."""
    missing = no_orders_in_period(facts)
    if missing:
        return missing
    scored = rfm(facts)
    return RfmPatterns(facts.rfm_choice, scored, rfm_grid(facts, scored))


def retention_patterns(facts: Facts, *, progress: Progress = SILENT) -> RetentionPatterns | NotEnough:
    """Follow new and returning customers, over all history up to the as-of date."""
    progress.step("Following customers by the month of their first order")
    return no_orders(facts) or RetentionPatterns(
        flow=customer_flow(facts),
        revenue=revenue_retention(facts),
        months=cohorts(facts, Step.MONTH),
        quarters=cohorts(facts, Step.QUARTER),
    )


def churn_patterns(facts: Facts, lifetime: ValuePatterns | None = None) -> ChurnRisk | NotEnough:
    """Judge who is drifting away, by the own cadence and by the fitted model where there is one."""
    fitted = None if lifetime is None or isinstance(lifetime.value, NotEnough) else lifetime.value.p_alive
    return no_orders(facts) or churn_risk(facts, fitted)


def cluster_patterns(facts: Facts, *, progress: Progress = SILENT) -> Clusters | NotEnough:
    """Propose groups of customers that resemble each other."""
    progress.step("Looking for customers that resemble each other")
    return clusters(facts)


def no_orders(facts: Facts) -> NotEnough | None:
    """Say that nobody ever ordered; None where somebody did."""
    return None if orders_of(facts).has_any.any() else NotEnough(0, 1, "customers with an order")


def no_orders_in_period(facts: Facts) -> NotEnough | None:
    """Say that nobody ordered in the period; None where somebody did."""
    active = bool((orders_of(facts).count_in_period > 0).any())
    return None if active else NotEnough(0, 1, "customers with an order in the period")


def choose_rfm(
    book: Book,
    *,
    bins: int | None = None,
    rule: str | None = None,
    table: Mapping[Cell, str] | None = None,
) -> dict[str, str]:
    """Keep how this book scores its customers; what is None stays. Returns how it was kept before.

    `table` holds the cells that have another name than usual, in place of those renamed before. Raises UsageError.
    """
    settings = read_settings(book.connection)
    changes = {}
    if bins is not None:
        changes["rfm_bins"] = str(bins)
    if rule is not None:
        changes["rfm_rule"] = rule
    if table is not None:
        changes["rfm_table"] = changes_as_text(table)
    change_settings(book, changes)
    return {name: settings[name] for name in SETTINGS}


def restore_rfm(book: Book, before: Mapping[str, str]) -> None:
    """Put back how this book scored its customers, to the letter. Raises UsageError."""
    change_settings(book, {name: before[name] for name in SETTINGS})
