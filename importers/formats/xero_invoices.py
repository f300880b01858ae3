"""Xero: sales invoices, as exported, or as written into the import template."""

from core.errors import UnknownFormat
from core.importing.importer import ColumnMapping, Importer, Parsing, Recognition
from core.importing.issue import Issue, Question, Severity
from core.importing.source import Sheet, Source
from importers.cells import DateReader
from importers.grouped_labels import plain
from importers.grouped_report import NUMBER_CHOICES, ORDERS, chosen_style
from importers.xero_columns import HEAD_ROWS, NEEDED, Columns, find_columns, look_at
from importers.xero_documents import XeroRows
from importers.xero_lines import XeroLines

_PURCHASES = (
    "This is Xero's bills (purchases) export; it has the same columns as the sales invoices. "
    "Export from Business, Invoices instead."
)


class XeroInvoices:
    """One row per line; document totals repeated on each; credit notes between the invoices, negative."""

    key = "xero_invoices"
    label = "Xero: sales invoices"
    yields = "sales"

    def recognise(self, source: Source) -> Recognition:
        """Look for Xero's own column names; the kinds of documents tell sales from purchases."""
        for sheet in source.sheets:
            rows = sheet.head(HEAD_ROWS * 50)
            columns = find_columns(rows)
            if not columns.row or columns.missing():
                continue
            types = {
                plain(row[columns.at("Type")]) for row in rows[columns.row :] if columns.at("Type") < len(row)
            }
            types.discard("")
            if types and all(kind.startswith("bill") for kind in types):
                return Recognition(0.97, ("Xero's columns, every Type is a bill",), _PURCHASES)
            return Recognition(0.97, ("Xero's columns ContactName, InvoiceNumber, UnitAmount",))
        return Recognition(0.0)

    def questions(self, source: Source, mapping: ColumnMapping) -> list[Question]:
        """Return what neither the file nor the mapping says about its dates and numbers."""
        sheet, columns = _table(source)
        writing = look_at(sheet, columns)
        asked = []
        if writing.dates.order is None and "date_order" not in mapping.options:
            text = "Does this file write the day or the month first?"
            asked.append(Question("date_order", "InvoiceDate", text, writing.dates.evidence, ("dmy", "mdy")))
        if writing.numbers.style is None and "number_format" not in mapping.options:
            text = "Which mark stands before the decimals in this file?"
            evidence = writing.numbers.evidence
            asked.append(Question("number_format", "UnitAmount", text, evidence, NUMBER_CHOICES))
        return asked

    def parse(self, source: Source, mapping: ColumnMapping, currency: str) -> Parsing:
        """Add up every document first, then yield its lines without tax."""
        sheet, columns = _table(source)
        writing = look_at(sheet, columns)
        parsing = Parsing("xero", header=list(columns.labels))
        order = writing.dates.order
        if answer := mapping.options.get("date_order"):
            order = ORDERS.get(answer)
        elif writing.concluded:
            parsing.issues.append(Issue(0, "InvoiceDate", Severity.NOTE, writing.dates.evidence))
        style = chosen_style(writing.numbers, mapping)
        rows = XeroRows(columns, DateReader(order), style, currency)
        parsing.batches = XeroLines(rows, parsing, ragged=source.container == "csv").batches(sheet)
        return parsing


def _table(source: Source) -> tuple[Sheet, Columns]:
    """Return the sheet that holds the invoices. Raises UnknownFormat."""
    for sheet in source.sheets:
        columns = find_columns(sheet.head(HEAD_ROWS))
        if columns.row:
            if missing := columns.missing():
                found = ", ".join(label for label in columns.labels if label.strip())
                raise UnknownFormat(
                    f"Xero, sales invoices: row {columns.row} lacks the column {', '.join(missing)}; "
                    f"found {found}. "
                    "Export the invoices again without removing columns."
                )
            return sheet, columns
    raise UnknownFormat(
        f"Xero, sales invoices: expected the column labels {', '.join(NEEDED)} "
        f"within the first {HEAD_ROWS} rows, found none. "
        "Export the invoices again from Xero, or map the columns as a table."
    )


IMPORTER: Importer = XeroInvoices()
