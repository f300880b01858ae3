"""Bring a file in: preview what will happen, write exactly that, take it back."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from core.errors import ClosedPeriod, NotFound
from core.importing.importer import ColumnMapping, Importer, Parsing
from core.importing.intake import Intake
from core.importing.issue import Issue, Severity
from core.importing.source import Source
from core.importing.totals import ControlTotals
from core.progress import SILENT, Progress
from core.store import events
from core.store.book import Book
from core.store.closed_months import closed_months
from core.store.connection import Connection
from core.store.digest import import_digest
from core.store.documents import months_of
from core.store.imports import (
    StoredImport,
    mark_undone,
    next_import_id,
    read_imports,
    set_row_digest,
    write_import,
)
from core.store.settings import read_settings
from core.store.undo import remove_import_rows
from core.usecases.intake_ledger import LedgerIntake
from core.usecases.intake_lists import CustomerIntake, ItemIntake
from core.usecases.intake_sales import SalesIntake

_INTAKES: Mapping[str, Callable[[Connection, Parsing, str, Progress], Intake]] = {
    "sales": SalesIntake,
    "ledger": LedgerIntake,
    "items": ItemIntake,
    "customers": CustomerIntake,
}


@dataclass(frozen=True)
class Preview:
    """Everything an import will write; what is previewed is what is written."""

    source: Source
    importer: Importer
    mapping: ColumnMapping
    parsing: Parsing
    intake: Intake
    issues: tuple[Issue, ...]

    @property
    def totals(self) -> ControlTotals:
        """Return the control totals of what will be added."""
        return self._completed(self.intake.added)

    @property
    def file_totals(self) -> ControlTotals:
        """Return the control totals of the whole file."""
        return self._completed(self.intake.whole)

    @property
    def adds_nothing(self) -> bool:
        """Whether everything in the file is in the book already."""
        added = self.intake.added
        return not (added.documents or added.postings or added.items or added.customers)

    @property
    def holds_nothing(self) -> bool:
        """Whether no row of the file could be used."""
        whole = self.intake.whole
        return not (whole.documents or whole.postings or whole.items or whole.customers)

    @property
    def stated_difference(self) -> int | None:
        """Return what the file's own total exceeds its rows by, in minor units; None where it states none."""
        stated = self.parsing.stated_totals
        return stated[-1].minor - stated[-1].computed_minor if stated else None

    def _completed(self, totals: ControlTotals) -> ControlTotals:
        stated = self.parsing.stated_totals
        return replace(
            totals,
            rejected=totals.rejected + len(self.parsing.rejected_rows),
            stated_total=stated[-1].minor if stated else None,
        )


@dataclass(frozen=True)
class ImportResult:
    """What an import did."""

    import_id: int | None  # None: everything was there already
    preview: Preview


def preview_import(
    book: Book,
    source: Source,
    importer: Importer,
    *,
    mapping: ColumnMapping | None = None,
    progress: Progress = SILENT,
) -> Preview:
    """Work out what importing a file will do; writes nothing. Raises UserError where the file cannot be used."""
    mapping = mapping or ColumnMapping()
    currency = read_settings(book.connection)["currency"]
    progress.step(f"Reading {source.path.name}")
    parsing = importer.parse(source, mapping, currency)
    intake: Intake = _INTAKES[importer.yields](book.connection, parsing, currency, progress)
    notes = [Issue(0, "file", Severity.NOTE, note) for note in source.notes]
    found = (*notes, *parsing.issues, *intake.issues, *_far_off(intake), *_restatements(book, intake))
    issues = tuple(sorted(found, key=lambda issue: bool(issue.row)))  # the whole file first
    return Preview(source, importer, mapping, parsing, intake, issues)


def commit_import(book: Book, preview: Preview, *, progress: Progress = SILENT) -> ImportResult:
    """Write what was previewed, all or nothing. An import that adds nothing leaves no trace."""
    if preview.adds_nothing:
        return ImportResult(None, preview)
    progress.step(f"Writing {preview.source.path.name}")
    with book.transaction() as connection:
        import_id = next_import_id(connection)
        write_import(connection, _stored(import_id, preview), preview.issues)
        preview.intake.write(connection, import_id)
        progress.step("Sealing the rows")
        set_row_digest(connection, import_id, import_digest(connection, import_id))
        detail = {"import": import_id, "file": preview.source.path.name, "format": preview.importer.key}
        events.append(connection, "file imported", detail)
    return ImportResult(import_id, preview)


def undo_import(book: Book, import_id: int, *, progress: Progress = SILENT) -> StoredImport:
    """Take an import back, as if it had not been made. Raises NotFound, ClosedPeriod."""
    stored = find_import(book, import_id)
    if stored.undone_at is not None:
        message = (
            f"Import {import_id} ({stored.file_name}) was taken back on {stored.undone_at[:10]} already."
        )
        raise NotFound(message)
    closed = months_of(book.connection, import_id) & closed_months(book.connection)
    if closed:
        message = f"{', '.join(sorted(closed))} is closed; reopen it before taking {stored.file_name} back."
        raise ClosedPeriod(message)
    progress.step(f"Taking back {stored.file_name}")
    with book.transaction(references_checked_last=True) as connection:
        remove_import_rows(connection, import_id)
        mark_undone(connection, import_id, events.now())
        events.append(connection, "import taken back", {"import": import_id, "file": stored.file_name})
    return stored


def find_import(book: Book, import_id: int) -> StoredImport:
    """Return one import. Raises NotFound."""
    for stored in read_imports(book.connection):
        if stored.id == import_id:
            return stored
    message = f"There is no import {import_id} in {book.path.name}."
    raise NotFound(message)


def list_imports(book: Book) -> list[StoredImport]:
    """Return all imports, the newest first; those taken back carry when."""
    return read_imports(book.connection)


def _stored(import_id: int, preview: Preview) -> StoredImport:
    source, mapping = preview.source, preview.mapping
    return StoredImport(
        id=import_id,
        format=preview.importer.key,
        source_system=preview.parsing.source_system,
        file_name=source.path.name,
        sha256=source.sha256,
        size=source.size,
        imported_at=events.now(),
        undone_at=None,
        basis=preview.parsing.basis,
        mapping={"columns": dict(mapping.columns), "options": dict(mapping.options)},
        totals=preview.totals.as_dict(),
        row_digest="",
    )


def _far_off(intake: Intake) -> list[Issue]:
    """Warn of a day more than a year ahead: a mistyped year would move every figure's period there."""
    last = intake.whole.last_date
    if not last or last[:4] <= str(int(events.now()[:4]) + 1):
        return []
    text = (
        f"The file has dates up to {last}: expected none so far ahead. Look for a mistyped year, and mend it."
    )
    return [Issue(0, "date", Severity.WARNING, text)]


def _restatements(book: Book, intake: Intake) -> list[Issue]:
    """Warn where the file changes a month that the client already holds a report on."""
    added = intake.added
    if not added.first_date:
        return []
    first, last = added.first_date[:7], added.last_date[:7]
    hit = sorted(month for month in closed_months(book.connection) if first <= month <= last)
    if not hit:
        return []
    text = f"The file has dates from {first} to {last}; {', '.join(hit)} is closed. What was reported then may change."
    return [Issue(0, "date", Severity.WARNING, text)]
