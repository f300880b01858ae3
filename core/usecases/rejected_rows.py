"""Rows of a file that were not taken, saved so that they import after mending."""

import csv
from pathlib import Path

from core.errors import CannotWrite
from core.usecases.import_files import Preview


def save_rejected(preview: Preview, path: Path) -> int:
    """Save the rows with the file's header; return how many. Raises CannotWrite."""
    rows = preview.parsing.rejected_rows
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(preview.parsing.header)
            writer.writerows(row for _, row in rows)
    except OSError as error:
        message = f"{path.name} could not be written: {error.strerror}. Choose another folder."
        raise CannotWrite(message) from error
    return len(rows)
