"""The long work of importing, for the worker thread: each ends with what the screen shows next. No Qt."""

from pathlib import Path

from core.importing.importer import ColumnMapping
from core.progress import SILENT, Progress
from core.store.book import Book
from core.usecases.import_files import preview_import
from importers.shelf import importer
from ui.intake import Recognised, recognise_file, understood
from ui.pages.imports_mapping_data import MappingData, mapping_data
from ui.pages.imports_review_data import Review, review_of

Outcome = Recognised | MappingData | Review


def read_file(
    book: Book,
    file: Path,
    format_key: str = "",
    earlier: Recognised | None = None,
    *,
    progress: Progress = SILENT,
) -> Outcome:
    """Read and recognise a file; one that leaves nothing to ask is compared with the book at once.

    With a format, a file that was read before is not read again. Raises UserError.
    """
    if format_key and earlier is not None:
        found = understood(earlier.source, importer(format_key), ColumnMapping(), ("as chosen by you",))
    else:
        found = recognise_file(file, book, format_key=format_key, progress=progress)
    return go_on_with(book, found, progress=progress)


def go_on_with(book: Book, found: Recognised, *, progress: Progress = SILENT) -> Outcome:
    """Find out what is to be done with a file that was recognised. Raises UserError."""
    if found.importer is None or found.refusal:
        return found
    if found.questions:
        return mapping_data(found)
    preview = preview_import(book, found.source, found.importer, mapping=found.mapping, progress=progress)
    progress.step("Listing the rows")
    return review_of(found, preview)


def look_again(found: Recognised) -> MappingData:
    """Look at the columns of a file, to change how they are mapped. Raises UserError."""
    return mapping_data(found)


def answer_questions(
    book: Book, found: Recognised, mapping: ColumnMapping, *, progress: Progress = SILENT
) -> Outcome:
    """Go on with what the user chose; there may be more to ask. Raises UserError."""
    assert found.importer is not None
    answered = understood(found.source, found.importer, mapping, found.reasons, found.confidence)
    return go_on_with(book, answered, progress=progress)
