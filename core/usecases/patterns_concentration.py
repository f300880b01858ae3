"""How much of a client's revenue hangs on few customers."""

from dataclasses import dataclass

from core.analysis.facts import Facts
from core.analysis.patterns.dependence import Concentration, concentration, concentration_by_year
from core.analysis.patterns.not_enough import NotEnough


@dataclass(frozen=True, eq=False)
class ConcentrationPatterns:
    """How much hangs on few customers in the period, and in each whole year before."""

    now: Concentration
    by_year: tuple[Concentration, ...] | NotEnough


def concentration_patterns(facts: Facts) -> ConcentrationPatterns | NotEnough:
    """Measure the concentration of net revenue, now and year by year."""
    now = concentration(facts)
    if not now.customers:
        return NotEnough(0, 1, "customers with an order in the period")
    return ConcentrationPatterns(now, concentration_by_year(facts))
