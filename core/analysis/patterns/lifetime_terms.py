"""On which terms lifetime value is worked out: model, money, how far ahead, and what later money is worth less."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Literal, cast, get_args

from core.analysis.patterns.repeat_purchases import Basis, TimeUnit
from core.analysis.patterns.share import written_share
from core.errors import UsageError

ModelName = Literal["bg_nbd", "pareto_nbd"]
MOST_MONTHS = 120
MOST_RATE = Fraction(1, 2)
_DIGITS = 3  # of a number of months that can be meant
_SHOWN = 80  # characters of what cannot be read


@dataclass(frozen=True)
class Horizon:
    """How far to look ahead, and what money a year later is worth less."""

    months: int = 12
    yearly_rate: float = 0.10

    @property
    def monthly_rate(self) -> float:
        """The rate that comes to the yearly one in twelve months."""
        return float((1 + self.yearly_rate) ** (1 / 12) - 1)


@dataclass(frozen=True)
class LifetimeTerms:
    """What holds: which model, on which money, how far ahead; `until` ends the fit that is tested."""

    model: ModelName = "bg_nbd"
    basis: Basis = "revenue"
    horizon: Horizon = field(default_factory=Horizon)
    unit: TimeUnit = "weeks"
    until: date | None = None

    def as_settings(self) -> dict[str, str]:
        """Write what a book keeps of them."""
        return {
            "lifetime_model": self.model,
            "lifetime_basis": self.basis,
            "lifetime_months": str(self.horizon.months),
            "lifetime_rate": f"{self.horizon.yearly_rate:.4f}".rstrip("0").rstrip("."),
        }


@dataclass(frozen=True)
class LifetimeChoice:
    """What was asked for; None leaves it as the book has it."""

    model: ModelName | None = None
    unit: TimeUnit = "weeks"
    basis: Basis | None = None
    until: date | None = None
    months: int | None = None
    yearly_rate: float | None = None

    def over(self, kept: LifetimeTerms) -> LifetimeTerms:
        """Fill in from the terms that a book keeps. Raises UsageError for a horizon that cannot be."""
        horizon = Horizon(
            kept.horizon.months if self.months is None else require_months(str(self.months)),
            kept.horizon.yearly_rate if self.yearly_rate is None else require_rate(str(self.yearly_rate)),
        )
        return LifetimeTerms(
            self.model or kept.model, self.basis or kept.basis, horizon, self.unit, self.until
        )


def terms_of(settings: Mapping[str, str]) -> LifetimeTerms:
    """Return the terms that a book keeps. Raises UsageError for one that cannot be."""
    return LifetimeTerms(
        model=require_model(settings["lifetime_model"]),
        basis=require_basis(settings["lifetime_basis"]),
        horizon=Horizon(require_months(settings["lifetime_months"]), require_rate(settings["lifetime_rate"])),
    )


def kept_terms(settings: Mapping[str, str]) -> LifetimeTerms:
    """Return the terms that a book keeps. Raises UsageError, which says how to put them right."""
    try:
        return terms_of(settings)
    except UsageError as error:
        usual = " ".join(f"{name}={value}" for name, value in LifetimeTerms().as_settings().items())
        message = (
            f"How this book looks ahead cannot be read. {error} To look ahead as usual again, type: "
            f"quintile settings BOOK {usual}"
        )
        raise UsageError(message) from None


def require_model(name: str) -> ModelName:
    """Return the name of a model. Raises UsageError."""
    if name not in get_args(ModelName):
        message = f"There is no model '{name}'; there are {', '.join(get_args(ModelName))}."
        raise UsageError(message)
    return cast("ModelName", name)


def require_basis(name: str) -> Basis:
    """Return the name of the money that is counted. Raises UsageError."""
    if name not in get_args(Basis):
        message = f"There is no value in '{name}'; there are {', '.join(get_args(Basis))}."
        raise UsageError(message)
    return cast("Basis", name)


def require_months(text: str) -> int:
    """Read how many months to look ahead. Raises UsageError."""
    digits = text.strip()
    months = int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _DIGITS else 0
    if not 1 <= months <= MOST_MONTHS:
        message = f"'{text[:_SHOWN]}' is not a horizon; write whole months from 1 to {MOST_MONTHS}."
        raise UsageError(message)
    return months


def require_rate(text: str) -> float:
    """Read a yearly rate written as 0.1 or 10%. Raises UsageError for less than 0 or more than a half."""
    found = written_share(text)
    if found is None or not 0 <= found <= MOST_RATE:
        message = f"'{text[:_SHOWN]}' is not a yearly rate; write it as 0.1 or 10%, from 0 to {float(MOST_RATE):.0%}."
        raise UsageError(message)
    return float(found)
