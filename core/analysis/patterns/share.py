"""A part of a whole that keeps both numbers."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Share:
    """Numerator and denominator: customers, orders or minor units."""

    numerator: int
    denominator: int

    @property
    def value(self) -> float | None:
        """Numerator by denominator; None where nothing is above 0 to divide by."""
        return self.numerator / self.denominator if self.denominator > 0 else None
