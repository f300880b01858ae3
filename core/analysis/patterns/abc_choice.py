"""Where a book cuts its customers into the classes A, B and C."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import UsageError

A_PERCENT, B_PERCENT = 80, 95
_DIGITS = 3  # of a percent that can be meant
_SHOWN = 80  # characters of what cannot be read
SETTINGS = ("abc_a_percent", "abc_b_percent")


@dataclass(frozen=True)
class AbcChoice:
    """Class A ends at so many percent of revenue, class B at so many. Raises UsageError where they do not rise."""

    a_percent: int = A_PERCENT
    b_percent: int = B_PERCENT

    def __post_init__(self) -> None:
        """Refuse what divides nobody."""
        if not 0 < self.a_percent < self.b_percent <= 100:
            message = (
                "Class A must end below class B, both from 1% to 100% of revenue: "
                f"{self.a_percent} and {self.b_percent} do not."
            )
            raise UsageError(message)


def abc_choice_of(settings: Mapping[str, str]) -> AbcChoice:
    """Read the choice from a book's settings. Raises UsageError for what is no choice."""
    written = [settings[name] for name in SETTINGS]
    if not all(text.isascii() and text.isdecimal() and len(text) <= _DIGITS for text in written):
        one, other = (text[:_SHOWN] for text in written)
        message = f"ABC classes end at whole percents such as 80 and 95, not at '{one}' and '{other}'."
        raise UsageError(message)
    return AbcChoice(int(written[0]), int(written[1]))


def kept_abc_choice(settings: Mapping[str, str]) -> AbcChoice:
    """Read the choice that a book keeps. Raises UsageError, which says how to put it right."""
    try:
        return abc_choice_of(settings)
    except UsageError as error:
        message = (
            f"How this book divides its customers cannot be read. {error} To divide them as usual again, type: "
            f"quintile settings BOOK abc_a_percent={A_PERCENT} abc_b_percent={B_PERCENT}"
        )
        raise UsageError(message) from None
