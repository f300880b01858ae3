"""The amounts of invoice lines from whatever columns a table has: exact products, rounded once per line."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from importers.cells import FINE, SCALE
from importers.mapped_columns import Columns

ONE = 10**SCALE


@dataclass
class Amounts:
    """Columns of minor units; net = gross - discount."""

    gross: list[int]
    discount: list[int]
    net: list[int]
    tax: list[int]
    cost: Sequence[int | None]
    residue: list[int] | None  # None: nothing was rounded


def rounded_all(numbers: Iterable[int], divisor: int) -> list[int]:
    """Divide whole numbers and round half away from zero; the divisor is even."""
    half = divisor // 2
    return [
        (number + half) // divisor if number >= 0 else -((half - number) // divisor) for number in numbers
    ]


def residues(exact: list[int], minor: list[int], divisor: int) -> list[int] | None:
    """Return stored - written in 1/10000 of a minor unit; None where nothing was rounded."""
    rests = [stored * divisor - number for number, stored in zip(exact, minor, strict=True)]
    return rounded_all((rest * FINE for rest in rests), divisor) if any(rests) else None


def _product(columns: Columns, price: str, *, blank: int | None) -> list[int]:
    """Return quantity × price times 10**(2 * SCALE)."""
    quantities = columns.scaled("quantity", blank=blank)
    prices = columns.scaled(price, blank=blank)
    return [quantity * amount for quantity, amount in zip(quantities, prices, strict=True)]


def _minus(left: list[int], right: list[int]) -> list[int]:
    return [one - other for one, other in zip(left, right, strict=True)]


class AmountReader:
    """Reads the amounts of a batch in one currency."""

    def __init__(
        self,
        columns: Columns,
        exponent: int,
        *,
        discount_kind: str,
        discount_sign: int,
        net_holds_tax: bool = False,
    ) -> None:
        """Take the rows; a discount is "amount", "percent" (15) or "fraction" (0.15)."""
        self._columns = columns
        self._exponent = exponent
        self._rate = 100 if discount_kind == "percent" else 1 if discount_kind == "fraction" else 0
        self._sign = discount_sign
        self._net_holds_tax = net_holds_tax

    def read(self) -> Amounts:
        """Return all amounts. Raises CellError."""
        columns = self._columns
        tax = columns.minor("tax", self._exponent, blank=0)[0] if "tax" in columns else self._zeros()
        if "net" in columns and not self._net_holds_tax:
            gross, discount, net, residue = self._from_net()
        elif not self._net_holds_tax and (
            "gross" in columns or {"quantity", "unit_price"} <= columns.names()
        ):
            gross, discount, net, residue = self._from_gross()
        else:
            total, residue = columns.minor("total", self._exponent, blank=None)
            net = _minus(total, tax)
            gross, discount = net, self._zeros()
        return Amounts(gross, discount, net, tax, self._cost(), residue)

    def _zeros(self) -> list[int]:
        return [0] * self._columns.count

    def _from_net(self) -> tuple[list[int], list[int], list[int], list[int] | None]:
        columns = self._columns
        net, residue = columns.minor("net", self._exponent, blank=None)
        if "gross" in columns:
            gross = columns.minor("gross", self._exponent, blank=None)[0]
        elif "discount" in columns and not self._rate:
            discount = self._discount_amounts()
            return [amount + less for amount, less in zip(net, discount, strict=True)], discount, net, residue
        elif "discount" in columns and {"quantity", "unit_price"} <= columns.names():
            divisor = 10 ** (2 * SCALE - self._exponent)
            gross = rounded_all(_product(columns, "unit_price", blank=None), divisor)
        else:
            gross = net
        return gross, _minus(gross, net), net, residue

    def _from_gross(self) -> tuple[list[int], list[int], list[int], list[int] | None]:
        columns = self._columns
        if "gross" in columns:
            exact = [amount * ONE for amount in columns.scaled("gross", blank=None)]
        else:
            exact = _product(columns, "unit_price", blank=None)
        divisor = 10 ** (2 * SCALE - self._exponent)
        gross = rounded_all(exact, divisor)
        if "discount" not in columns:
            return gross, self._zeros(), gross, residues(exact, gross, divisor)
        discounts = columns.scaled("discount", blank=0)
        if self._rate:
            whole = self._rate * ONE
            exact = [amount * (whole - rate) for amount, rate in zip(exact, discounts, strict=True)]
            divisor *= whole
        else:
            exact = [amount - self._sign * less * ONE for amount, less in zip(exact, discounts, strict=True)]
        net = rounded_all(exact, divisor)
        return gross, _minus(gross, net), net, residues(exact, net, divisor)

    def _discount_amounts(self) -> list[int]:
        amounts = self._columns.minor("discount", self._exponent, blank=0)[0]
        return amounts if self._sign > 0 else [-amount for amount in amounts]

    def _cost(self) -> list[int | None]:
        columns = self._columns
        if "cost" in columns:
            costs: list[int] = columns.minor("cost", self._exponent, blank=0)[0]
            return self._where_filled(costs, "cost")
        if {"unit_cost", "quantity"} <= columns.names():
            exact = _product(columns, "unit_cost", blank=0)
            costs = rounded_all(exact, 10 ** (2 * SCALE - self._exponent))
            return self._where_filled(costs, "unit_cost")
        return [None] * columns.count

    def _where_filled(self, costs: list[int], name: str) -> list[int | None]:
        """Replace the cost of lines without one by None: unknown is not 0."""
        if all(costs):  # what is not 0 was written
            return [*costs]
        texts = self._columns.text(name)
        return [cost if text else None for cost, text in zip(costs, texts, strict=True)]
