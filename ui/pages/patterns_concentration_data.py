"""What the Concentration tab shows: sentences, rows and the words that explain each figure."""

from typing import TYPE_CHECKING, Any

from core.analysis.patterns.dependence import Concentration
from core.analysis.patterns.not_enough import NotEnough
from reports.numbers import Numbers
from ui.loading import Loaded
from ui.pages.patterns_data import Part, customer_ids

if TYPE_CHECKING:
    from core.progress import Progress
    from core.usecases.patterns_concentration import ConcentrationPatterns

PARETO_PERCENT = 80
HALF_PERCENT = 50
HHI_LOW, HHI_HIGH = 0.15, 0.25
GINI_LOW, GINI_HIGH = 0.4, 0.6
GINI_MEANS = (
    "Gini coefficient: how unevenly revenue is spread over the customers. 0: all bring the same; near 1: one "
    "brings everything. 2 × Σ(rank × revenue) ÷ (n × total) − (n + 1) ÷ n, the smallest customer having rank 1. "
    "Our words: below 0.4 fairly even, up to 0.6 uneven, above very uneven."
)
HHI_MEANS = (
    "Herfindahl-Hirschman index: the sum of all customers' squared shares of revenue. 1: one customer brings "
    "everything; 1 ÷ n: all bring the same. Low below 0.15, moderate up to 0.25, high above: the thresholds of "
    "the US Department of Justice and Federal Trade Commission for markets (Horizontal Merger Guidelines, 2010: "
    "1,500 and 2,500 points), here applied to customers."
)
ABC_MEANS = (
    "Customers from the largest revenue on: class A until they bring the first {a}% of revenue, B up to {b}%, "
    "C the rest. Who crosses a threshold still belongs to the better class; equal revenue, equal class."
)


def concentration_of(loaded: Loaded, progress: "Progress") -> "ConcentrationPatterns | NotEnough":
    """Measure how much hangs on few customers."""
    from core.usecases.patterns_concentration import concentration_patterns

    progress.step("Measuring how much hangs on few customers")
    return concentration_patterns(loaded.figures.facts)


CONCENTRATION = Part("concentration", "Measuring how much hangs on few customers", concentration_of)


def sentence(now: Concentration, numbers: Numbers) -> str:
    """The tab in one plain sentence: what the ten largest bring, and how few bring half."""
    total, ten = now.customers, now.largest[-1]
    if not now.total_minor:
        return f"{customers_text(total)} ordered in {now.period.label}, but no revenue is left after credits."
    if total == 1:
        return "There is one customer: all revenue comes from it."
    half = next(one.customers for one in now.reaching if one.percent == HALF_PERCENT)
    from_whom = "a single one" if half == 1 else f"{half:,}"
    if ten.customers == total:
        largest, share = now.largest[0], percent(now.largest[0].revenue.value, numbers)
        what = f"The largest of {total:,} customers brings {share} of revenue"
        return f"{what}; half of it comes from {from_whom}." if largest.customers < half else f"{what}."
    share = percent(ten.revenue.value, numbers)
    return (
        f"The {ten.customers} largest of {total:,} customers bring {share} of revenue; "
        f"half of it comes from {from_whom}."
    )


def percent(value: float | None, numbers: Numbers) -> str:
    """A share as everywhere."""
    from core.unit import Unit

    return "–" if value is None else numbers.write(value, Unit.RATIO)


def customers_text(count: int) -> str:
    """So many customers."""
    return "1 customer" if count == 1 else f"{count:,} customers"


def largest_text(count: int) -> str:
    """The so many largest customers."""
    return "The largest customer" if count == 1 else f"The {count:,} largest customers"


def up_to_words(now: Concentration, place: int, numbers: Numbers) -> str:
    """What the customers up to a place of the curve bring together."""
    running, count = int(now.pareto.cumulative[place]), place + 1
    share = percent(running / now.total_minor if now.total_minor else None, numbers)
    of_all = percent(count / now.customers, numbers)
    who = "The largest customer" if count == 1 else f"{count:,} customers"
    brings = "brings" if count == 1 else "bring"
    return f"{who} ({of_all}) {brings} {numbers.money(running)} ({share})."


def abc_rows(now: Concentration) -> dict[str, list[Any]]:
    """A row for each class."""
    ends = [one.up_to_percent for one in now.abc]
    texts = (f"A: the first {ends[0]}%", f"B: up to {ends[1]}%", "C: the rest")
    return {
        "class": list(texts),
        "customers": [one.customers for one in now.abc],
        "revenue": [one.revenue.numerator for one in now.abc],
        "share": [one.revenue.value for one in now.abc],
    }


def abc_members(loaded: Loaded, now: Concentration, place: int) -> list[int]:
    """The customers of a class: the classes follow each other on the curve."""
    first = sum(one.customers for one in now.abc[:place])
    return customer_ids(loaded.figures.facts, now.pareto.customers[first : first + now.abc[place].customers])


def largest_members(loaded: Loaded, now: Concentration, count: int) -> list[int]:
    """The so many largest customers."""
    return customer_ids(loaded.figures.facts, now.pareto.customers[:count])


def largest_rows(loaded: Loaded, now: Concentration) -> dict[str, list[Any]]:
    """The largest 1, 5 and 10 as far as there are so many, and the largest fifth."""
    names = loaded.figures.facts.customers["name"]
    rows = {one.customers: one for one in now.largest}
    who = {count: f"{count:,} largest" for count in rows}
    who[1] = f"Largest: {names.iloc[int(now.pareto.customers[0])]}"
    if 1 < now.customers <= now.largest[-1].customers:
        who[now.customers] = f"All {now.customers:,} customers"
    found = [(who[count], one) for count, one in rows.items()]
    found.append(("Largest fifth", now.top_fifth))
    return {
        "who": [text for text, _ in found],
        "customers": [one.customers for _, one in found],
        "revenue": [one.revenue.numerator for _, one in found],
        "share": [one.revenue.value for _, one in found],
    }


def year_rows(years: tuple[Concentration, ...]) -> dict[str, list[Any]]:
    """A row for each whole year, the latest first."""
    newest = years[::-1]
    return {
        "year": [one.period.label for one in newest],
        "customers": [one.customers for one in newest],
        **{
            f"largest_{place}": [one.largest[place].revenue.value for one in newest]
            for place in range(len(newest[0].largest))
        },
        "gini": [decimals(one.gini, 2) for one in newest],
        "hhi": [decimals(one.herfindahl, 3) for one in newest],
        "make_80": [one.pareto.reached(PARETO_PERCENT) for one in newest],
    }


def decimals(value: float | None, places: int) -> str:
    """A coefficient with so many decimals."""
    if value is None:
        return "–"
    least = 10**-places
    return f"under {least:.{places}f}" if 0 < value < least / 2 else f"{value:.{places}f}"


def gini_word(value: float | None) -> str:
    """The coefficient in a plain word."""
    if value is None:
        return ""
    return "fairly even" if value < GINI_LOW else "uneven" if value <= GINI_HIGH else "very uneven"


def hhi_word(value: float | None) -> str:
    """The index in a plain word."""
    if value is None:
        return ""
    return "low" if value < HHI_LOW else "moderate" if value <= HHI_HIGH else "high"


def whale_figures(now: Concentration, numbers: Numbers) -> tuple[tuple[str, str, str], ...]:
    """Value, note and meaning of the peak, of who makes as much as all, and of the loss makers."""
    curve = now.curve
    what = "net contribution" if now.curve_is_contribution else "gross margin"
    left_out = f" {customers_text(curve.unknown)} with unknown costs left out." if curve.unknown else ""
    ranked = f"Customers from the most to the least profitable, by {what} in {now.period.label}.{left_out}"
    count, total = len(curve.customers), numbers.money(curve.total_minor)
    if not count:
        nothing = ("–", "Costs are not known", f"No customer's {what} is known.")
        return nothing, nothing, nothing
    peak = ("–", "", f"{ranked} Nobody earns anything.")
    if curve.peak_index is not None:
        share = percent(curve.peak_minor / curve.total_minor if curve.total_minor > 0 else None, numbers)
        at = f"at customer {curve.peak_index + 1:,} of {count:,}"
        words = f"{ranked} Running total at its highest: {numbers.money(curve.peak_minor)}"
        peak = (numbers.money(curve.peak_minor), at, f"{words}, {share} of the total of {total}.")
    enough = curve.as_much_as_all
    few = ("–", "", f"{ranked} All together make {total}.")
    if enough is not None:
        words = f"{ranked} The first {enough:,} make as much as all {count:,} together: {total}."
        few = (f"{enough:,}", f"of {count:,} make the total", words)
    lose = "loses" if curve.loss_makers == 1 else "lose"
    lost = f"{lose} {numbers.money(-curve.loss_minor)}" if curve.loss_makers else "nobody loses money"
    words = f"{ranked} Customers whose {what} is below 0, and what they cost together."
    return peak, few, (f"{curve.loss_makers:,}", lost, words)
