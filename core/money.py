"""Money as whole minor units: reading, sharing out and writing it without a float."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext
from functools import cache

from babel.core import get_global


@cache
def exponent_of(currency: str) -> int:
    """Return how many decimals a currency has (USD 2, JPY 0, KWD 3)."""
    fractions = get_global("currency_fractions")
    digits: int = fractions.get(currency, fractions["DEFAULT"])[0]
    return digits


@cache
def is_currency(code: str) -> bool:
    """Tell whether this is a currency code that is known."""
    return code in get_global("all_currencies")


def to_minor(amount: Decimal, exponent: int) -> int:
    """Round an amount half away from zero to whole minor units."""
    with localcontext() as context:
        context.prec = max(28, len(amount.as_tuple().digits) + exponent + 4)
        return int(amount.scaleb(exponent).quantize(Decimal(1), rounding=ROUND_HALF_UP))


def to_decimal(minor: int, exponent: int) -> Decimal:
    """Return minor units as a decimal amount."""
    return Decimal(minor).scaleb(-exponent)


def plain(minor: int, exponent: int) -> str:
    """Return a decimal string such as '-12345.67', as JSON and CSV carry it."""
    if exponent == 0:
        return str(minor)
    sign = "-" if minor < 0 else ""
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    return f"{sign}{digits[:-exponent]}.{digits[-exponent:]}"


def grouped(minor: int, exponent: int) -> str:
    """Return the same with its thousands parted, as sentences carry it: '-12,345.67'."""
    return f"{to_decimal(minor, exponent):,f}"


def divide_half_away(numerator: int, denominator: int) -> int:
    """Divide two integers and round half away from zero, exactly."""
    quotient, rest = divmod(abs(numerator), abs(denominator))
    quotient += 2 * rest >= abs(denominator)
    return quotient if (numerator < 0) == (denominator < 0) else -quotient


def allocate(total: int, weights: Sequence[int]) -> list[int]:
    """Share a total by whole-number weights so that the parts add up to it (largest remainder).

    Ties go to the earlier part. Weights must not be negative and must not all be zero (ValueError).
    """
    whole = sum(weights)
    if whole <= 0 or min(weights) < 0:
        message = "weights must be zero or more, and not all zero"
        raise ValueError(message)
    size = abs(total)
    parts = [size * weight // whole for weight in weights]
    rests = sorted(range(len(weights)), key=lambda i: (-(size * weights[i] % whole), i))
    for index in rests[: size - sum(parts)]:
        parts[index] += 1
    return parts if total >= 0 else [-part for part in parts]
