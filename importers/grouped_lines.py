"""Second walk through a grouped report: detail rows become sales lines, totals are recomputed."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from core.importing.importer import Parsing
from core.importing.issue import Issue, Severity
from core.importing.records import DocumentKind, Record, SalesLine
from core.importing.source import Row, Sheet
from importers.cells import CellError, DateReader, NumberStyle, plain_number, shown
from importers.grouped_amounts import ReportAmounts
from importers.grouped_labels import GroupedLayout, plain
from importers.grouped_names import GroupNames, Item, is_discount, item_of
from importers.grouped_remarks import LEFT_OUT_AS, remarks
from importers.grouped_survey import Survey, rows_below
from importers.grouped_totals import GroupTotals
from importers.grouped_tree import GroupPath, RowEvent, RowKind
from importers.row_error import RowError

_VOID = re.compile(r"\s*(?:void\s*(?::|-|–|$)|voided\b)", re.IGNORECASE)
INCOME = frozenset({"income", "other income", "ingresos", "otros ingresos"})


@dataclass(frozen=True)
class Reading:
    """How the cells of this file are to be read."""

    layout: GroupedLayout
    dates: DateReader
    style: NumberStyle | None
    exponent: int
    ragged: bool  # rows of this container always reach the last column: a short one was cut off


class GroupedLines:
    """Turns the rows of one report into sales lines and fills the parsing with what became of the others."""

    def __init__(self, found: Survey, reading: Reading, parsing: Parsing) -> None:
        self.found, self.reading, self.parsing = found, reading, parsing
        self.layout = reading.layout
        columns = found.header.columns
        self.width = max(*columns.values(), len(found.header.labels) - 1) + 1
        self.amounts = ReportAmounts(reading.style, reading.exponent)
        self.quantities: dict[str, str] = {}
        self.path = GroupPath(found.groups)
        self.names = GroupNames(reading.layout)
        self.items: dict[str, Item] = {}
        self.totals = GroupTotals(parsing, self.amounts)
        self.sums = self.totals.sums
        self.left_out: Counter[str] = Counter()
        self.blank_amounts: list[int] = []
        self.kinds: dict[str, str] = {}
        self._find_columns(columns)

    def _find_columns(self, columns: Mapping[str, int]) -> None:
        """Keep the index of every column; one that the report lacks is the empty cell after the last."""

        def at(field: str) -> int:
            return columns.get(field, self.width)

        self.date, self.type, self.amount, self.number = at("date"), at("type"), at("amount"), at("number")
        self.quantity, self.item, self.description = at("quantity"), at("item"), at("description")
        self.memo, self.customer, self.account = at("memo"), at("customer"), at("account")
        self.account_type, self.location, self.class_ = at("account_type"), at("location"), at("class")

    def batches(self, sheet: Sheet) -> Iterator[list[Record]]:
        """Yield the sales lines; issues and totals are complete when the last batch was taken."""
        for first, rows in rows_below(sheet, self.found.header):
            lines: list[Record] = []
            for number, row in enumerate(rows, start=first):
                if (event := self.found.events.get(number)) is not None:
                    self._pass_event(number, row, event)
                elif self._is_detail(row) and (line := self._detail(number, row)) is not None:
                    lines.append(line)
            self.amounts.trim()
            yield lines
        self._finish()

    def _is_detail(self, row: Row) -> bool:
        return self.date < len(row) and bool(row[self.date].strip())

    def _detail(self, number: int, row: Row) -> SalesLine | None:
        try:
            return self._line(number, row)
        except RowError as error:
            self._reject(number, row, error)
        return None

    def _reject(self, number: int, row: Row, error: RowError) -> None:
        self.parsing.issues.append(Issue(number, error.field, Severity.ERROR, str(error)))
        self.parsing.rejected_rows.append((number, list(row)))
        with suppress(CellError):
            self.sums.rejected += self.amounts[row[self.amount].strip()] if self.amount < len(row) else 0

    def _line(self, number: int, row: Row) -> SalesLine | None:
        if len(row) <= self.amount and self.reading.ragged:
            raise RowError(
                "amount", f"the row ends after {len(row)} cells, before its amount: it was cut off"
            )
        cells = row + [""] * (self.width + 1 - len(row))
        minor = self._amount(cells)
        kind = self._kind(cells[self.type])
        memo = cells[self.memo] or cells[self.description]
        if reason := self._reason_to_leave(cells, kind, minor, memo):
            self.left_out[reason] += 1
            self.sums.left_out += minor
            return None
        line = self._sales_line(number, cells, kind, minor)
        self.sums.kept += minor
        self.sums.fine += line.residue
        if not cells[self.amount].strip():
            self.blank_amounts.append(number)
        return line

    def _amount(self, cells: Row) -> int:
        try:
            return self.amounts[cells[self.amount].strip()]
        except CellError as error:
            raise RowError("amount", str(error)) from None

    def _kind(self, text: str) -> str:
        """Return the DocumentKind of a transaction type, or "" for one that is no sale."""
        kind = self.kinds.get(text)
        if kind is not None:
            return kind
        words = plain(text)
        if words in self.layout.kinds:
            kind = str(self.layout.kinds[words])
        elif words in self.layout.not_sales or words.startswith("bill"):
            kind = ""
        else:
            known = ", ".join(sorted(self.layout.kinds))
            raise RowError(
                "type", f"expected a kind of sale ({known}), found {shown(text)}; mend it or leave it out"
            )
        self.kinds[text] = kind
        return kind

    def _reason_to_leave(self, cells: Row, kind: str, minor: int, memo: str) -> str:
        if not kind:
            return plain(cells[self.type])
        if minor == 0 and _VOID.match(memo):
            return "void"
        account_type = cells[self.account_type]
        if account_type and plain(account_type) not in INCOME:
            return f"not income: {plain(account_type)}"
        return ""

    def _sales_line(self, number: int, cells: Row, kind: str, minor: int) -> SalesLine:
        try:
            date = self.reading.dates[cells[self.date]]
        except CellError as error:
            raise RowError("date", str(error)) from None
        customer, item = self._parties(cells)
        lowers = minor > 0 if kind in {DocumentKind.CREDIT, DocumentKind.REFUND} else minor < 0
        discount = -minor if lowers and is_discount(item, cells[self.account]) else 0
        residues = self.amounts.residues
        # The running balance stays out: it changes from one export to the next.
        return SalesLine(
            row=number,
            kind=kind,
            number=cells[self.number].strip(),
            date=date,
            customer=customer,
            customer_name="",
            item=item.code,
            item_name=item.name or item.code,
            category=item.category,
            description=cells[self.description].strip(),
            quantity=self._quantity(cells[self.quantity]),
            gross_minor=minor + discount,
            discount_minor=discount,
            net_minor=minor,
            tax_minor=0,
            cost_minor=None,
            currency="",
            rate="",
            channel=(cells[self.location] or cells[self.class_]).strip(),
            residue=residues.get(cells[self.amount].strip(), 0) if residues else 0,
        )

    def _parties(self, cells: Row) -> tuple[str, Item]:
        """Return customer and item: one of them is the group, the other has a column."""
        path = self.path.names
        if self.layout.group_holds == "item" and path:
            return self.names.customer((cells[self.customer],)), self.names.item(path)
        text = cells[self.item]
        item = self.items.get(text)
        if item is None:
            item = self.items[text] = item_of(text, coded=self.layout.coded_items)
        return self.names.customer(path or (cells[self.customer],)), item

    def _quantity(self, text: str) -> str:
        try:
            quantity = self.quantities.get(text)
            if quantity is None:
                quantity = self.quantities[text] = plain_number(text, self.reading.style)
        except CellError as error:
            raise RowError("quantity", str(error)) from None
        return quantity

    def _pass_event(self, number: int, row: Row, event: RowEvent) -> None:
        if event.kind is RowKind.STRAY:
            self._stray(number, row, event)
            return
        self.left_out[LEFT_OUT_AS[event.kind]] += 1
        text = row[self.amount].strip() if self.amount < len(row) else ""
        if event.kind is RowKind.HEADING:
            self.totals.open_group(event.group)
        elif event.kind is RowKind.TOTAL:
            self.totals.group_total(event.group, number, event.text, text)
        elif event.kind is RowKind.GRAND_TOTAL:
            self.totals.grand_total(number, event.text, text)
        self.path.pass_row(number, event)

    def _stray(self, number: int, row: Row, event: RowEvent) -> None:
        if plain(event.text).startswith(self.layout.total_words):
            self.left_out["group total"] += 1
            message = (
                f"{shown(event.text)} totals a group whose heading is not in the file; it was not checked"
            )
            self.parsing.issues.append(Issue(number, "amount", Severity.WARNING, message))
            return
        self._reject(number, row, RowError("date", str(CellError("a date", ""))))

    def _finish(self) -> None:
        self.parsing.left_out.update(self.left_out)
        self.parsing.issues.extend(remarks(self.found, self.left_out, self.blank_amounts))
        self.totals.finish()
