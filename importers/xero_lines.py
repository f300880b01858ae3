"""Xero's rows as sales lines without tax, each document checked against its own total."""

from collections import Counter, defaultdict
from collections.abc import Iterator

from core.importing.importer import Parsing
from core.importing.issue import Issue, Severity
from core.importing.records import DocumentKind, Record, SalesLine
from core.importing.source import Row, Sheet
from core.money import divide_half_away
from core.money import plain as plain_amount
from importers.grouped_labels import plain
from importers.row_error import RowError
from importers.xero_columns import rows_of
from importers.xero_documents import KINDS, Amounts, Document, Key, XeroRows

BATCH = 5_000


class XeroLines:
    """Goes through the file twice: documents are added up, then their rows become lines."""

    def __init__(self, rows: XeroRows, parsing: Parsing, *, ragged: bool) -> None:
        self.rows, self.parsing, self.ragged = rows, parsing, ragged
        self.documents: dict[Key, Document] = {}
        self.left_out: Counter[str] = Counter()
        self.left_documents: defaultdict[str, set[Key]] = defaultdict(set)
        self.foreign: set[str] = set()
        self.odd_discounts: list[int] = []

    def batches(self, sheet: Sheet) -> Iterator[list[Record]]:
        """Yield the sales lines; issues are complete when the last batch was taken."""
        good = self._add_up(sheet)
        lines: list[Record] = []
        for number, row in rows_of(sheet, self.rows.columns):
            if number in good:
                lines.append(self._line(number, row))
                if len(lines) >= BATCH:
                    yield lines
                    lines = []
        yield lines
        self._finish()

    def _add_up(self, sheet: Sheet) -> set[int]:
        """Add every row to its document; return the rows that are sales and can be read."""
        good = set()
        for number, row in rows_of(sheet, self.rows.columns):
            try:
                cells = self.rows.cells(row, ragged=self.ragged)
                if reason := self.rows.reason_to_leave(cells):
                    self.left_out[reason] += 1
                    self.left_documents[reason].add(self.rows.key(cells))
                    continue
                self._add(number, cells)
                good.add(number)
            except RowError as error:
                self._reject(number, row, error)
        return good

    def _add(self, number: int, cells: Row) -> None:
        rows = self.rows
        exponent = rows.exponent(cells)
        key = rows.key(cells)
        rows.date(cells)
        rows.quantity(cells)
        amounts = rows.amounts(cells, exponent)
        document = self.documents.get(key)
        if document is None:
            # Xero repeats the total on each line; only the first counts.
            total = rows.total(cells, exponent)
            document = self.documents[key] = Document(number, exponent, total)
        document.lines += 1
        document.line_sum += amounts.line
        document.tax_sum += amounts.tax

    def _reject(self, number: int, row: Row, error: RowError) -> None:
        self.parsing.issues.append(Issue(number, error.field, Severity.ERROR, str(error)))
        self.parsing.rejected_rows.append((number, list(row)))

    def _line(self, number: int, row: Row) -> SalesLine:
        rows, at = self.rows, self.rows.at
        cells = rows.cells(row, ragged=False)
        document = self.documents[rows.key(cells)]
        amounts = rows.amounts(cells, document.exponent)
        net = amounts.line - amounts.tax if document.inclusive else amounts.line
        discount = self._discount(number, cells, amounts, net)
        currency = cells[at("Currency")].strip().upper()
        if currency and currency != rows.currency:
            self.foreign.add(currency)
        return SalesLine(
            row=number,
            kind=self._kind(cells, document),
            number=cells[at("InvoiceNumber")].strip(),
            date=rows.date(cells),
            customer=cells[at("ContactName")].strip(),
            customer_name="",
            item=cells[at("InventoryItemCode")].strip(),
            item_name="",
            category="",
            description=cells[at("Description")].strip(),
            quantity=rows.quantity(cells),
            gross_minor=net + discount,
            discount_minor=discount,
            net_minor=net,
            tax_minor=amounts.tax,
            cost_minor=None,
            currency=currency,
            rate="",
            channel=cells[at("TrackingOption1")].strip(),
            residue=amounts.line_residue - (amounts.tax_residue if document.inclusive else 0),
        )

    def _kind(self, cells: Row, document: Document) -> str:
        if kind := KINDS.get(plain(cells[self.rows.at("Type")])):
            return str(kind)
        # The template has no kinds: Xero makes a credit note of a negative invoice.
        return str(DocumentKind.CREDIT if document.line_sum < 0 else DocumentKind.INVOICE)

    def _discount(self, number: int, cells: Row, amounts: Amounts, net: int) -> int:
        """Return the discount without tax, so that gross less discount is the line exactly."""
        if amounts.undiscounted is None:
            if self.rows.has_discount(cells):
                self.odd_discounts.append(number)
            return 0
        discount = amounts.undiscounted - amounts.line
        return divide_half_away(discount * net, amounts.line) if amounts.line else discount

    def _finish(self) -> None:
        self.parsing.left_out.update(self.left_out)
        for reason, count in sorted(self.left_out.items()):
            documents = len(self.left_documents[reason])
            message = f"left out of sales as {reason}: documents {documents}, rows {count}"
            severity = Severity.WARNING if reason == "purchase" else Severity.NOTE
            self._say(
                0,
                "Type" if reason in {"overpayment", "prepayment", "purchase"} else "Status",
                message,
                severity,
            )
        self._check_documents()
        self._say_more()

    def _check_documents(self) -> None:
        """Compare every document with its own total; differences that rounding explains are only counted."""
        rounding = []
        for key, document in self.documents.items():
            if document.difference and document.rounding_only:
                rounding.append(document)
            elif document.difference:
                self._say(document.row, "Total", _difference(key, document), Severity.WARNING)
        if rounding:
            message = f"documents whose Total differs from their rows by rounding: {len(rounding)}"
            self._say(rounding[0].row, "Total", message, Severity.NOTE)

    def _say_more(self) -> None:
        template = self.rows.columns.is_template
        if template:
            message = "import template: it has no status, so every document was taken as a sale"
            self._say(0, "Status", message, Severity.NOTE)
        if template and "Total" not in self.rows.columns.index:
            message = "the file does not say whether its amounts hold tax; they were taken as without tax"
            self._say(0, "UnitAmount", message, Severity.NOTE)
        if self.foreign:
            message = (
                f"documents in {', '.join(sorted(self.foreign))}: Xero does not export their exchange rate"
            )
            self._say(0, "Currency", message, Severity.WARNING)
        if self.odd_discounts:
            message = (
                "Quantity, UnitAmount and Discount do not lead to LineAmount; it was taken without discount"
            )
            more = f" (rows: {len(self.odd_discounts)}, the first is {self.odd_discounts[0]})"
            self._say(self.odd_discounts[0], "Discount", message + more, Severity.NOTE)

    def _say(self, row: int, field: str, message: str, severity: Severity) -> None:
        self.parsing.issues.append(Issue(row, field, severity, message))


def _difference(key: Key, document: Document) -> str:
    stated = document.total or 0
    computed = plain_amount(stated - document.difference, document.exponent)
    return (
        f"document {key[1] or '(no number)'}: its Total is {plain_amount(stated, document.exponent)}, "
        f"its rows add up to {computed} with tax; look for rows that are missing, have errors or were changed"
    )
