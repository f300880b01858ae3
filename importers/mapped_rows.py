"""Turn the rows of a mapped table into records: whole batches by column, bad rows found by halving."""

from collections.abc import Iterator, Sequence
from operator import attrgetter
from typing import Protocol, cast

from core.importing.records import Record, SalesLine
from core.importing.source import Row
from core.money import exponent_of
from importers.cells import CellError
from importers.mapped_columns import Columns, Plan, Readers
from importers.mapped_dated_totals import DatedTotals, segments
from importers.mapped_nobody import Nobody
from importers.mapped_stated import Stated
from importers.table import (
    body_columns,
    cell_message,
    count_left_out,
    is_nothing_but_total,
    is_total_label,
    reject,
)

NET_OF = attrgetter("net_minor")
_OF_A_SALE = ("document", "item", "date", "entry", "account")


class MixedBatch(CellError):
    """These rows cannot be converted together, though each one may be right."""

    def __init__(self) -> None:
        """Say so; nobody reads it, for single rows are never mixed."""
        super().__init__("rows of one kind", "several kinds")


class Maker(Protocol):
    """Makes the records of one format from columns."""

    amounts: tuple[str, ...]  # fields of which a record needs at least one
    states_totals: bool  # whether a total row can be compared with the sum of the records

    def left_out(self, columns: Columns) -> list[str] | None:
        """Say for each row why it is no record ("" = it is one); None: nothing to leave out."""

    def make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        """Return one record a row. Raises CellError, after which fewer rows are tried."""

    def stated(self, columns: Columns) -> int | None:
        """Return what a total row states, in minor units."""


class TableRun:
    """One run over a table."""

    def __init__(self, plan: Plan, maker: Maker) -> None:
        """Take what was decided and who makes the records."""
        self._plan = plan
        self._maker = maker
        self._readers = Readers(plan)
        self._width = len(plan.layout.labels)
        self._last_needed = max(self._readers.places.values())
        self._stated = Stated(plan.parsing, exponent_of(plan.options.get("currency") or plan.currency))
        self._totals = DatedTotals(plan.parsing, self._readers, self._stated)
        self._nobody = Nobody(self._readers)
        self._last = ""  # the document of the sale that was read last

    def batches(self) -> Iterator[list[Record]]:
        """Yield the records; issues and totals are complete afterwards."""
        layout = self._plan.layout
        for first, raw, rows in body_columns(self._plan.source, layout.sheet, layout.header, self._width):
            if raw is not None:
                columns = Columns(self._readers, raw)
                records = self._convert(range(first, first + columns.count), columns)
            else:
                records = self._convert_uneven(first, rows)
            if records:
                yield records
            self._readers.trim()
        self._stated.finish()
        self._nobody.finish()

    def _convert_uneven(self, first: int, rows: list[Row]) -> list[Record]:
        numbers, even = self._even(range(first, first + len(rows)), rows)
        return self._convert(numbers, Columns.of_rows(self._readers, even)) if even else []

    def _even(self, numbers: Sequence[int], rows: list[Row]) -> tuple[list[int], list[Row]]:
        """Drop blank rows, fill short ones, reject those that are too short or too long."""
        kept_numbers, kept = [], []
        for number, row in zip(numbers, rows, strict=True):
            if not any(map(str.strip, row)):
                count_left_out(self._plan.parsing, "blank row")
                continue
            too_long = any(map(str.strip, row[self._width :]))
            if too_long or len(row) <= self._last_needed:
                if len(row) == 1 or not self._is_aside(number, row):
                    self._reject_width(number, row)
                continue
            kept_numbers.append(number)
            kept.append((row + [""] * self._width)[: self._width])
        return kept_numbers, kept

    def _reject_width(self, number: int, row: Row) -> None:
        message = (
            f"Row {number}: expected {self._width} cells as in the header, found {len(row)}. Look for a "
            "delimiter or quotation mark inside a text, correct the row and import the file again."
        )
        reject(self._plan.parsing, number, row, field="", message=message)

    def _convert(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        if not columns.count:
            return []
        reasons = self._maker.left_out(columns)
        if reasons and any(reasons):
            for reason in filter(None, reasons):
                count_left_out(self._plan.parsing, reason)
            keep = [place for place, reason in enumerate(reasons) if not reason]
            if not keep:
                return []
            numbers, columns = [numbers[place] for place in keep], columns.only(keep)
        return self._make(numbers, columns)

    def _make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        try:
            records = self._maker.make(numbers, columns)
        except CellError as error:
            count = columns.count
            if count == 1:
                self._bad_row(numbers[0], columns.row(0), error)
                return []
            middle = count // 2
            left = self._make(numbers[:middle], columns.part(0, middle))
            return left + self._make(numbers[middle:], columns.part(middle, count))
        if self._maker.states_totals:
            records = cast("list[Record]", self._counted(columns, cast("list[SalesLine]", records)))
        if self._readers.nothings:
            self._nobody.look(columns, numbers, records)
        return records

    def _counted(self, columns: Columns, lines: list[SalesLine]) -> list[SalesLine]:
        """Add sales up for the comparison with total rows; return them without those that are totals."""
        places = self._totals.places(columns) if self._readers.total_labels else []
        if not places:
            self._stated.add(sum(map(NET_OF, lines)), len(lines))
            self._last = lines[-1].number if lines else self._last
            return lines
        kept: list[SalesLine] = []
        for start, end in segments(places, len(lines)):
            self._stated.add(sum(map(NET_OF, lines[start:end])), end - start)
            kept += lines[start:end]
            before = kept[-1].number if kept else self._last
            if end < len(lines) and self._totals.is_sale(columns, end, lines[end], before=before):
                kept.append(lines[end])
                self._stated.add(lines[end].net_minor, 1)
        self._last = kept[-1].number if kept else self._last
        return kept

    def _bad_row(self, number: int, row: Row, error: CellError) -> None:
        if not self._is_aside(number, row):
            label = self._plan.labels.get(error.field, error.field)
            message = cell_message(label, number, error)
            reject(self._plan.parsing, number, row, field=error.field, message=message)

    def _is_aside(self, number: int, row: Row) -> bool:
        """Tell whether a row is no record at all: blank, a total, a heading without any amount."""
        parsing = self._plan.parsing
        full = (row + [""] * self._width)[: self._width]
        filled = [cell for cell in full if cell.strip()]
        columns = Columns.of_rows(self._readers, [full])
        has_date = self._has_date(columns)
        if not filled:
            count_left_out(parsing, "blank row")
        elif label := self._total_label(filled, columns, has_date=has_date):
            count_left_out(parsing, "total row")
            self._state(number, label, columns)
        elif not any(columns.raw(name)[0].strip() for name in self._maker.amounts if name in columns):
            if has_date and self._maker.states_totals:
                count_left_out(parsing, "line without an amount")
                return True
            if has_date or len(filled) > 2:
                return False
            count_left_out(parsing, "heading or footer")
        else:
            return False
        return True

    def _total_label(self, filled: Sequence[str], columns: Columns, *, has_date: bool) -> str:
        """Return the label of a total row, "" for a sale to 'Total Wine': a sale has a number, or adds nothing up."""
        marks = [name for name in _OF_A_SALE if name in columns and not (has_date and name == "date")]
        if any(cell and not is_total_label(cell) for name in marks if (cell := columns.raw(name)[0].strip())):
            return ""
        if not has_date:
            return filled[0].strip() if is_total_label(filled[0]) else ""
        label = next((cell.strip() for cell in filled if is_nothing_but_total(cell)), "")
        stated = self._stated_in(columns) if label else None
        return label if stated is not None and self._stated.rows_of(stated) else ""

    def _has_date(self, columns: Columns) -> bool:
        try:
            return bool(columns.dates("date", required=False)[0])
        except CellError:
            return False

    def _state(self, number: int, label: str, columns: Columns) -> None:
        """Keep what a total row says, beside what was read above it."""
        stated = self._stated_in(columns)
        if stated is not None:
            self._stated.state(number, label, stated)

    def _stated_in(self, columns: Columns) -> int | None:
        if not self._maker.states_totals:
            return None
        try:
            return self._maker.stated(columns)
        except CellError:
            return None
