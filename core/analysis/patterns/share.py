"""A part of a whole that keeps both numbers."""

from dataclasses import dataclass
from fractions import Fraction

_LONGEST, _LONGEST_POWER = 40, 4  # characters of a share that can be meant, and of its power of ten


@dataclass(frozen=True)
class Share:
    """Numerator and denominator: customers, orders or minor units."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Numerator by denominator; None where nothing is above 0 to divide by."""
        return self.numerator / self.denominator if self.denominator > 0 else None


def written_share(text: str) -> Fraction | None:
    """Read 0.01, 1% or 1/100 exactly; None for anything else."""
    number = text.strip()
    plain = number.removesuffix("%").strip()
    power = plain.lower().partition("e")[2]
    if len(plain) > _LONGEST or len(power) > _LONGEST_POWER:  # 1e999999999 would take forever to write out
        return None
    try:
        return Fraction(plain) / (100 if number.endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
