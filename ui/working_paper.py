"""Writes the reconciliation's working paper as PDF, workbook or both. For window and command line."""

from collections.abc import Sequence
from pathlib import Path

from core.errors import UsageError
from core.period import Period
from core.progress import SILENT, Progress
from core.store.book import Book
from reports.export import write_files
from reports.pdf import render_pdf
from reports.working_paper import build_working_paper
from reports.xlsx import render_xlsx


def write_working_paper(
    book: Book, files: Sequence[Path], *, period: Period | None = None, progress: Progress = SILENT
) -> tuple[Path, ...]:
    """Write the files that are named, all or none; what each is follows from its suffix.

    Raises UsageError for another suffix, CannotWrite where a file could not be written.
    """
    for path in files:
        if path.suffix.lower() not in {".pdf", ".xlsx"}:
            message = f"A working paper is a .pdf or an .xlsx file, not '{path.name}'."
            raise UsageError(message)
    paper = build_working_paper(book, period, progress=progress)
    contents: dict[Path, bytes] = {}
    for path in files:
        progress.step(f"Writing {path.name}")
        is_pdf = path.suffix.lower() == ".pdf"
        contents[path] = render_pdf(paper).data if is_pdf else render_xlsx(paper)
    write_files(contents)
    return tuple(contents)
