"""Write the list of customers as it is shown to a CSV file."""

import csv
import io
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from ui.models.column import copied_text

if TYPE_CHECKING:
    from ui.pages.customers import CustomersPage

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def export_list(page: "CustomersPage") -> None:
    """Ask for a file and write the shown rows and columns."""
    session = page.session
    name = f"{session.client_name} customers {session.period.key.replace('..', ' to ')}.csv"
    path, _ = QFileDialog.getSaveFileName(page, "Export list", name, "CSV files (*.csv)")
    if path:
        write_list(page, path)


def write_list(page: "CustomersPage", path: str) -> None:
    """Write the shown rows and columns in the worker thread."""
    from reports.export import write_file

    text, target = list_text(page), Path(path)

    def done(_nothing: object) -> None:
        from ui.widgets.messages import InlineMessage

        words = f"{page.model.rowCount():,} customers are in {target.name}."
        page.messages.post(InlineMessage("success", "List exported.", words))

    page.session.run(
        lambda _book, _progress: write_file(target, text.encode("utf-8-sig")),
        done,
        title=f"Writing {target.name}",
        cancellable=False,
    )


def list_text(page: "CustomersPage") -> str:
    """The shown rows and columns as CSV: plain figures, ISO dates, no live formulas."""
    model, text = page.model, io.StringIO()
    places = [p for p in page.table.table.shown_places() if model.columns[p].kind != "sparkline"]
    columns = [model.columns[place] for place in places]
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([column.title for column in columns])
    for row in model.shown_rows:
        cells = [copied_text(column, model.value(row, column.key)) for column in columns]
        writer.writerow(
            [
                cell if column.is_numeric else _harmless(cell)
                for cell, column in zip(cells, columns, strict=True)
            ]
        )
    return text.getvalue()


def _harmless(text: str) -> str:
    """Text that a spreadsheet would take for a formula gets an apostrophe before it."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
