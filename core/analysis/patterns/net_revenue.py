"""Net revenue alone, where a pattern needs no further rung of the ladder."""

from core.analysis.facts import Facts, span
from core.analysis.sums import Ints, sums
from core.period import Period


def net_revenue(facts: Facts, period: Period) -> Ints:
    """Return the net revenue of each customer in a period, minor units, credit notes included."""
    part = span(facts, period).lines
    document = facts.lines["document"].to_numpy()[part]
    customer = facts.documents["customer"].to_numpy()[document]
    return sums(facts.lines["net"].to_numpy()[part], customer, len(facts.customers))
