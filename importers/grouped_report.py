"""Reports whose rows stand in groups with headings and total rows, as QuickBooks writes them."""

from abc import ABC, abstractmethod
from collections.abc import Sequence

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Parsing, Recognition
from core.importing.issue import Issue, Question, Severity
from core.importing.source import Row, Sheet, Source
from core.money import exponent_of
from importers.cells import CellError, DateOrder, DateReader, NumberDecision, NumberStyle, number_style
from importers.grouped_dates import OrderDecision, decide_order
from importers.grouped_labels import (
    HEAD_ROWS,
    GroupedLayout,
    Header,
    find_header,
    missing_fields,
    required_header,
)
from importers.grouped_lines import GroupedLines, Reading
from importers.grouped_survey import Survey, survey

ORDERS: dict[str, DateOrder] = {"mdy": "mdy", "dmy": "dmy", "ymd": "ymd"}
NUMBER_CHOICES = ("1,234.5", "1.234,5")


class GroupedReport(ABC):
    """An importer of one grouped report; a subclass says which layout and how it is told from others."""

    key: str
    label: str
    yields = "sales"
    layout: GroupedLayout

    @abstractmethod
    def judge(self, rows: Sequence[Row], header: Header) -> Recognition:
        """Say whether a file with every needed column is this report."""

    @abstractmethod
    def custom_order(self, found: Survey) -> tuple[DateOrder | None, str, Severity]:
        """Return the program's own custom of day and month, why it holds here, and how to remark on it."""

    def recognise(self, source: Source) -> Recognition:
        """Look for the row of labels in the first rows of each sheet."""
        best = Recognition(0.0)
        for sheet in source.sheets:
            rows = sheet.head(HEAD_ROWS * 5)
            header = find_header(rows, self.layout)
            if header is not None and not missing_fields(header, self.layout):
                found = self.judge(rows, header)
                best = found if found.confidence > best.confidence or found.refusal else best
        return best

    def questions(self, source: Source, mapping: ColumnMapping) -> list[Question]:
        """Return what neither the file nor the mapping says about its dates and numbers."""
        sheet, header = self._table(source)
        found = survey(sheet, header, self.layout)
        asked = []
        order = self._order(found)
        if order.order is None and "date_order" not in mapping.options:
            text = "Does this file write the day or the month first?"
            label = header.labels[header.columns["date"]].strip()
            asked.append(Question("date_order", label, text, order.evidence, ("mdy", "dmy")))
        if found.numbers.style is None and "number_format" not in mapping.options:
            text = "Which mark stands before the decimals in this file?"
            label = header.labels[header.columns["amount"]].strip()
            asked.append(Question("number_format", label, text, found.numbers.evidence, NUMBER_CHOICES))
        return asked

    def parse(self, source: Source, mapping: ColumnMapping, currency: str) -> Parsing:
        """Survey the report, then yield its detail rows as sales lines while totals are recomputed."""
        sheet, header = self._table(source)
        found = survey(sheet, header, self.layout)
        parsing = Parsing(self.layout.source_system, header=list(header.labels), basis=found.basis)
        reading = Reading(
            layout=self.layout,
            dates=DateReader(self._chosen_order(found, mapping, parsing.issues)),
            style=chosen_style(found.numbers, mapping),
            exponent=exponent_of(currency),
            ragged=source.container == "csv",
        )
        if found.basis == "cash":
            message = "this report is on cash basis: it holds what was paid, not what was invoiced; "
            message += "export it on accrual basis"
            parsing.issues.append(Issue(0, "basis", Severity.WARNING, message))
        parsing.batches = GroupedLines(found, reading, parsing).batches(sheet)
        return parsing

    def _table(self, source: Source) -> tuple[Sheet, Header]:
        """Return the sheet with the report, and its labels. Raises UnknownFormat."""
        for sheet in source.sheets:
            header = find_header(sheet.head(HEAD_ROWS), self.layout)
            if header is not None and not missing_fields(header, self.layout):
                return sheet, header
        if not source.sheets:
            raise UnknownFormat(f"{self.label}: the file has no sheet; export the report again.")
        sheet = max(source.sheets, key=lambda sheet: sheet.row_count)
        return sheet, required_header(sheet.head(HEAD_ROWS), self.layout)

    def _order(self, found: Survey) -> OrderDecision:
        custom, words, severity = self.custom_order(found)
        return decide_order(found.dates, custom=custom, custom_words=words, custom_severity=severity)

    def _chosen_order(self, found: Survey, mapping: ColumnMapping, issues: list[Issue]) -> DateOrder | None:
        """Take the user's answer, else what the file shows; a conclusion is said as an issue."""
        if answer := mapping.options.get("date_order"):
            return ORDERS.get(answer)
        decision = self._order(found)
        if decision.severity is not None:
            issues.append(Issue(0, "date", decision.severity, decision.evidence))
        return decision.order


def chosen_style(numbers: NumberDecision, mapping: ColumnMapping) -> NumberStyle | None:
    """Return the user's answer, else what the numbers show. Raises UnknownFormat."""
    answer = mapping.options.get("number_format")
    if not answer:
        return numbers.style
    try:
        return number_style(answer)
    except CellError as error:
        raise UnknownFormat(f"number_format of the mapping: {error}") from None
