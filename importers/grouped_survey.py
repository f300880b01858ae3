"""First walk through a grouped report: its headings, totals, footer, dates and numbers."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from core.importing.source import Row, Sheet
from importers.cells import NumberDecision
from importers.grouped_amounts import decide_style
from importers.grouped_dates import ReportDates
from importers.grouped_labels import GroupedLayout, Header
from importers.grouped_tree import Group, GroupTree, RowEvent, RowKind

_BASIS = re.compile(r"\b(accrual|cash)\s+basis\b", re.IGNORECASE)
_PRINTED = re.compile(r"\d{1,2}:\d{2}.*\bGMT", re.IGNORECASE)  # "Monday, August 03, 2026 04:19 PM GMT-06:00"
_NUMBERS = ("amount", "price", "quantity")
_SYMBOLS = "$£€"


@dataclass
class Survey:
    """What one walk through the report found; every row that is no detail row and not blank has an event."""

    header: Header
    events: dict[int, RowEvent] = field(default_factory=dict)
    groups: list[Group] = field(default_factory=list)
    unclosed: list[Group] = field(default_factory=list)
    complete: bool = False  # the grand total is there
    basis: str = ""
    dates: ReportDates = field(default_factory=lambda: ReportDates((), 1, (), ()))
    numbers: NumberDecision = field(default_factory=lambda: NumberDecision(None, ""))
    symbols: frozenset[str] = frozenset()  # "$", "£", "€": those that amounts carry


def rows_below(sheet: Sheet, header: Header) -> Iterator[tuple[int, list[Row]]]:
    """Go through the rows below the labels, batch by batch, each with its first row's number."""
    for first, rows in sheet.batches():
        skipped = max(0, header.row - first + 1)
        if skipped < len(rows):
            yield first + skipped, rows[skipped:]


def survey(sheet: Sheet, header: Header, layout: GroupedLayout) -> Survey:
    """Walk through the report once and settle its structure, dates and numbers."""
    walk = _Walk(header, layout)
    for first, rows in rows_below(sheet, header):
        for number, row in enumerate(rows, start=first):
            walk.pass_row(number, row)
    titles = [cell for row in sheet.head(header.row - 1) for cell in row if cell.strip()]
    return walk.result(titles)


class _Walk:
    """The state of the first walk."""

    def __init__(self, header: Header, layout: GroupedLayout) -> None:
        self.found = Survey(header)
        self.tree = GroupTree(layout)
        self.labels = [label.strip() for label in header.labels]
        self.date_column = header.columns["date"]
        self.date_label = header.labels[self.date_column]
        # Group names stand before the labelled columns; where the first column has a label, in that one.
        self.name_limit = max(0, min(header.columns.values()) - 1)
        self.number_columns = [header.columns[name] for name in _NUMBERS if name in header.columns]
        self.date_texts: list[str] = []
        self.number_texts: list[list[str]] = [[] for _ in self.number_columns]
        self.runs: list[list[str]] = [[]]

    def pass_row(self, number: int, row: Row) -> None:
        """Take one row: a detail row has something in its date column."""
        width = len(row)
        date = row[self.date_column] if self.date_column < width else ""
        for column, texts in zip(self.number_columns, self.number_texts, strict=True):
            texts.append(row[column] if column < width else "")
        if date and date != self.date_label and date.strip():
            self.date_texts.append(date)
            self.runs[-1].append(date)
            self.tree.detail()
        else:
            self.date_texts.append("")
            if any(row):
                self._pass_other(number, [cell.strip() for cell in row])

    def _pass_other(self, number: int, cells: Row) -> None:
        filled = [index for index, cell in enumerate(cells) if cell]
        if not filled:
            return
        self.found.events[number] = self._event(number, cells, filled)
        if self.runs[-1]:
            self.runs.append([])

    def _event(self, number: int, cells: Row, filled: list[int]) -> RowEvent:
        text = cells[filled[0]]
        alone = len(filled) == 1 and filled[0] <= self.name_limit
        if len(filled) > 1 and cells[: len(self.labels)] == self.labels[: len(cells)]:
            return RowEvent(RowKind.REPEATED_HEADER, text)
        footer = ", ".join(cells[index] for index in filled) if filled[0] <= self.name_limit else ""
        if basis := _BASIS.search(footer):
            self.found.basis = basis[1].lower()
            return RowEvent(RowKind.FOOTER, text)
        if _PRINTED.search(footer):
            return RowEvent(RowKind.FOOTER, text)
        return self.tree.read(number, text, alone=alone)

    def result(self, titles: list[str]) -> Survey:
        """Return what was found once all rows were passed."""
        found, header = self.found, self.found.header
        found.unclosed = self.tree.finish()
        found.groups, found.complete = self.tree.groups, self.tree.complete
        for title in titles:
            if not found.basis and (basis := _BASIS.search(title)):
                found.basis = basis[1].lower()
        found.dates = ReportDates(self.date_texts, header.row + 1, self.runs, titles)
        found.numbers = decide_style(self.number_texts, header.row + 1)
        found.symbols = frozenset(
            sign for sign in _SYMBOLS if any(sign in text for text in self.number_texts[0])
        )
        return found
