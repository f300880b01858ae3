"""Whether a history carries a model of repeat purchases, and what to say where it hardly does."""

from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import Histories

LEAST_REPEATERS = 20  # five for each of the four parameters
FEW_REPEATERS = 100
LEAST_DAYS = 91  # a quarter, from the first order of all to the end
FEW_DAYS = 182


def too_little(histories: Histories, days_in_unit: int) -> NotEnough | None:
    """Say how much history is missing for a fit; None where there is enough."""
    days = _longest(histories, days_in_unit)
    if histories.repeaters < LEAST_REPEATERS:
        return NotEnough(histories.repeaters, LEAST_REPEATERS, "customers who ordered again")
    if days < LEAST_DAYS:
        return NotEnough(days, LEAST_DAYS, "days from the first order on")
    return None


def history_words(histories: Histories, days_in_unit: int) -> tuple[str, ...]:
    """Say where the history is thin."""
    said = []
    if histories.repeaters < FEW_REPEATERS:
        said.append(
            f"Only {histories.repeaters} customers ordered again; from {FEW_REPEATERS} on the figures become firm."
        )
    if histories.repeaters == len(histories.x):
        said.append(
            "Every customer ordered again: this looks like a selection, not like all who ever ordered."
        )
    days = _longest(histories, days_in_unit)
    if days < FEW_DAYS:
        said.append(
            f"The history covers {days} days; from {FEW_DAYS} on it shows better who stopped and who only pauses."
        )
    return tuple(said)


def _longest(histories: Histories, days_in_unit: int) -> int:
    return round(float(histories.age.max(initial=0.0)) * days_in_unit)
