"""Xero's rows as cells that can be read, and its documents as the sums that must agree with their totals."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from core.importing.records import DocumentKind
from core.importing.source import Row
from core.money import exponent_of, is_currency
from importers.cells import CellError, DateReader, NumberReader, NumberStyle, plain_number, rounded, shown
from importers.grouped_labels import plain
from importers.row_error import RowError
from importers.xero_columns import FIELDS, Columns

KINDS = {"sales invoice": DocumentKind.INVOICE, "sales credit note": DocumentKind.CREDIT}
NO_SALES = {"sales overpayment": "overpayment", "sales prepayment": "prepayment"}
POSTED = frozenset({"awaiting payment", "paid", "authorised", "authorized", "approved"})
# Xero posts nothing to the ledger before an invoice is approved, and takes voided and deleted ones out again.
NOT_POSTED = {
    "draft": "draft",
    "awaiting approval": "awaiting approval",
    "submitted": "awaiting approval",
    "voided": "void",
    "void": "void",
    "deleted": "deleted",
}
Key = tuple[str, ...]


@dataclass(frozen=True)
class Amounts:
    """The amounts of one row in minor units, as written: with or without tax by its document's setting."""

    line: int
    line_residue: int
    tax: int
    tax_residue: int
    undiscounted: int | None  # quantity × unit amount, where a discount explains the difference


@dataclass
class Document:
    """What the rows of one document add up to, beside the total that each of them repeats."""

    row: int
    exponent: int
    total: int | None
    lines: int = 0
    line_sum: int = 0
    tax_sum: int = 0

    @property
    def difference_exclusive(self) -> int:
        """Return stated total minus rows, where line amounts are without tax."""
        return (self.total or 0) - self.line_sum - self.tax_sum

    @property
    def difference_inclusive(self) -> int:
        """Return stated total minus rows, where line amounts already hold the tax."""
        return (self.total or 0) - self.line_sum

    @property
    def inclusive(self) -> bool:
        """Tell whether line amounts hold the tax; the export does not say, its totals do."""
        return self.total is not None and abs(self.difference_inclusive) < abs(self.difference_exclusive)

    @property
    def difference(self) -> int:
        """Return what the stated total exceeds the rows by; 0 where none is stated."""
        if self.total is None:
            return 0
        return self.difference_inclusive if self.inclusive else self.difference_exclusive

    @property
    def rounding_only(self) -> bool:
        """Tell whether rounding each row explains the difference."""
        return abs(self.difference) <= (self.lines + 1) // 2


class XeroRows:
    """Reads the cells of one file; remembers what it has read."""

    def __init__(self, columns: Columns, order: DateReader, style: NumberStyle | None, currency: str) -> None:
        self.columns, self.dates, self.style, self.currency = columns, order, style, currency
        self.numbers = NumberReader(style)
        self.at: Callable[[str], int] = {name: columns.at(name) for name in FIELDS}.__getitem__
        self._last = max(columns.at("UnitAmount"), columns.index.get("LineAmount", 0))

    def cells(self, row: Row, *, ragged: bool) -> Row:
        """Return the row in full width, with one empty cell more for columns that the file lacks."""
        if ragged and len(row) <= self._last:
            raise RowError(
                "LineAmount", f"the row ends after {len(row)} cells, before its amount: it was cut off"
            )
        return row + [""] * (self.columns.width + 1 - len(row))

    def key(self, cells: Row) -> Key:
        """Return what the rows of one document have in common."""
        number = cells[self.at("InvoiceNumber")].strip()
        type_ = plain(cells[self.at("Type")])
        if number:
            return type_, number
        return type_, "", cells[self.at("ContactName")].strip(), cells[self.at("InvoiceDate")].strip()

    def reason_to_leave(self, cells: Row) -> str:
        """Return why a row is no sale, "" where it is one. Raises RowError for a kind or status unknown."""
        if self.columns.is_template:
            return ""
        kind = plain(cells[self.at("Type")])
        if kind.startswith("bill"):
            return "purchase"
        if kind in NO_SALES:
            return NO_SALES[kind]
        if kind not in KINDS and "Type" in self.columns.index:
            raise RowError("Type", f"expected {' or '.join(KINDS)}, found {shown(cells[self.at('Type')])}")
        status = plain(cells[self.at("Status")])
        if status in NOT_POSTED:
            return NOT_POSTED[status]
        if status not in POSTED and "Status" in self.columns.index:
            raise RowError(
                "Status", f"expected a status such as Paid, found {shown(cells[self.at('Status')])}"
            )
        return ""

    def exponent(self, cells: Row) -> int:
        """Return how many decimals the row's currency has."""
        code = cells[self.at("Currency")].strip().upper()
        if code and not is_currency(code):
            raise RowError("Currency", str(CellError("a currency code such as USD", code)))
        return exponent_of(code or self.currency)

    def date(self, cells: Row) -> str:
        """Return the document's date as ISO text."""
        try:
            date = self.dates[cells[self.at("InvoiceDate")]]
        except CellError as error:
            raise RowError("InvoiceDate", str(error)) from None
        if not date:
            raise RowError("InvoiceDate", str(CellError("a date", "")))
        return date

    def quantity(self, cells: Row) -> str:
        """Return the quantity as plain decimal text."""
        try:
            return plain_number(cells[self.at("Quantity")], self.style)
        except CellError as error:
            raise RowError("Quantity", str(error)) from None

    def total(self, cells: Row, exponent: int) -> int | None:
        """Return the document's total, which Xero repeats on each row; None where there is none."""
        text = cells[self.at("Total")]
        return self._minor("Total", text, exponent)[0] if text.strip() else None

    def amounts(self, cells: Row, exponent: int) -> Amounts:
        """Return the row's amounts; without a line amount it is quantity × unit amount less discount."""
        product, fraction = self._product(cells)
        text = cells[self.at("LineAmount")]
        if text.strip():
            line, residue = self._minor("LineAmount", text, exponent)
        elif product is None:
            raise RowError("UnitAmount", str(CellError("a number", cells[self.at("UnitAmount")])))
        else:
            line, residue = rounded(product * (1 - fraction), exponent)
        tax, tax_residue = self._minor("TaxAmount", cells[self.at("TaxAmount")], exponent)
        undiscounted = None
        if product is not None and fraction:
            expected, _ = rounded(product * (1 - fraction), exponent)
            undiscounted = rounded(product, exponent)[0] if abs(expected - line) <= 1 else None
        return Amounts(line, residue, tax, tax_residue, undiscounted)

    def has_discount(self, cells: Row) -> bool:
        """Tell whether a discount stands in the row."""
        return bool(self._number("Discount", cells))

    def _product(self, cells: Row) -> tuple[Decimal | None, Decimal]:
        """Return quantity × unit amount (None where one is blank) and the discount as a fraction."""
        quantity, unit = self._number("Quantity", cells), self._number("UnitAmount", cells)
        percent = self._number("Discount", cells) or Decimal(0)
        if "%" not in cells[self.at("Discount")]:
            percent /= 100
        return (None if quantity is None or unit is None else quantity * unit), percent

    def _number(self, name: str, cells: Row) -> Decimal | None:
        text = cells[self.at(name)]
        try:
            return self.numbers.decimal(text) if text.strip() else None
        except CellError as error:
            raise RowError(name, str(error)) from None

    def _minor(self, name: str, text: str, exponent: int) -> tuple[int, int]:
        if not text.strip():
            return 0, 0
        try:
            return self.numbers.minor(text, exponent), self.numbers.residue(text, exponent)
        except CellError as error:
            raise RowError(name, str(error)) from None
