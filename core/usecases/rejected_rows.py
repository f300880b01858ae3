"""Rows of a file that were not taken, as a file that imports after mending."""

import csv
import io

from core.usecases.import_files import Preview


def rejected_rows_csv(preview: Preview) -> bytes:
    """Return the rows below the file's own header, as CSV in UTF-8."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(preview.parsing.header)
    writer.writerows(row for _, row in preview.parsing.rejected_rows)
    return text.getvalue().encode()
