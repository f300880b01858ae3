"""Make, open, check and back up a client's book."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from core.analysis.patterns.abc_choice import SETTINGS as ABC_SETTINGS
from core.analysis.patterns.abc_choice import abc_choice_of
from core.errors import UsageError
from core.money import is_currency
from core.progress import SILENT, Progress
from core.store import events
from core.store.book import SUFFIX, Book, create_book, open_book
from core.store.digest import business_digest, import_digest
from core.store.imports import read_imports
from core.store.settings import DEFAULTS, read_settings, write_setting

_MONTHS = range(1, 13)
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")


def book_path(name: str | Path) -> Path:
    """Return a path that ends in .quintile."""
    path = Path(name)
    return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def new_book(path: Path, *, client: str, currency: str, year_start: int = 1) -> Book:
    """Make a client's book and open it. Raises UsageError for an unknown currency or month."""
    currency = currency.upper()
    if not is_currency(currency):
        message = f"'{currency}' is not a currency code; write USD, EUR, GBP ..."
        raise UsageError(message)
    if year_start not in _MONTHS:
        message = f"The fiscal year starts in a month from 1 to 12, not {year_start}."
        raise UsageError(message)
    if not client.strip():
        message = "A book needs the client's name."
        raise UsageError(message)
    from core.usecases.segments import ensure_ready_made

    book = create_book(path)
    with book.transaction() as connection:
        for name, value in (
            ("client_name", client.strip()),
            ("currency", currency),
            ("year_start", str(year_start)),
        ):
            write_setting(connection, name, value)
        events.append(connection, "book made", {"client": client.strip(), "currency": currency})
    ensure_ready_made(book)
    return book


def change_settings(book: Book, changes: Mapping[str, str]) -> None:
    """Keep settings of the client or the firm. Raises UsageError for a name that does not exist."""
    unknown = set(changes) - set(DEFAULTS)
    if unknown:
        message = f"There is no setting {', '.join(sorted(unknown))}."
        raise UsageError(message)
    for name, value in changes.items():
        _require_meaningful(name, value)
    with book.transaction() as connection:
        before = read_settings(connection)
        if changes.get("currency", before["currency"]) != before["currency"] and read_imports(connection):
            message = (
                "The currency cannot change once something was imported; make a new book in that currency."
            )
            raise UsageError(message)
        if not set(ABC_SETTINGS).isdisjoint(changes):
            abc_choice_of(before | dict(changes))  # one end alone may cross the other
        for name, value in changes.items():
            write_setting(connection, name, value)
        changed = {name: [before[name], value] for name, value in changes.items() if before[name] != value}
        if changed:
            events.append(connection, "settings changed", changed)


def _require_meaningful(name: str, value: str) -> None:
    """Raise UsageError for a value that a setting cannot have."""
    expected = {
        "currency": (is_currency(value), "a currency code such as USD"),
        "year_start": (value in map(str, _MONTHS), "a month from 1 to 12"),
        "paper": (value in {"A4", "Letter"}, "A4 or Letter"),
        "accent": (bool(_COLOUR.fullmatch(value)), "a colour such as #23395B"),
        "client_name": (bool(value.strip()), "the client's name"),
    }
    good, words = expected.get(name, (True, ""))
    if name.startswith("rfm_"):
        from core.analysis.patterns.rfm_choice import require_choice  # with numpy, too slow for every command

        require_choice(DEFAULTS | {name: value})
    if name.startswith("lifetime_"):
        from core.analysis.patterns.lifetime_terms import terms_of

        terms_of(DEFAULTS | {name: value})
    if not good:
        message = f"Setting {name}: expected {words}, found '{value}'."
        raise UsageError(message)


def settings_of(book: Book) -> dict[str, str]:
    """Return every setting of a book."""
    return read_settings(book.connection)


@dataclass(frozen=True)
class CheckResult:
    """What `check` found; no findings means that the book is as it was written."""

    findings: tuple[str, ...]
    digest: str
    imports_checked: int
    events_checked: int

    @property
    def is_sound(self) -> bool:
        """Whether nothing was found."""
        return not self.findings


def check_book(path: Path, progress: Progress = SILENT) -> CheckResult:
    """Verify SQLite's structure, every import's rows against their digest, and the event log's seals."""
    with open_book(path, read_only=True) as book:
        connection = book.connection
        progress.step("Checking the file's structure")
        structure = [text for (text,) in connection.execute("PRAGMA integrity_check") if text != "ok"]
        findings = [f"Structure: {text}" for text in structure]
        findings += [
            f"{row[0]} row {row[1]} refers to nothing"
            for row in connection.execute("PRAGMA foreign_key_check")
        ]
        imports = [one for one in read_imports(connection) if one.undone_at is None]
        for done, one in enumerate(imports):
            progress.step(f"Checking import {one.id}, {one.file_name}")
            progress.advance(done, len(imports))
            if import_digest(connection, one.id) != one.row_digest:
                findings.append(f"Import {one.id} ({one.file_name}): its rows are not as they were written.")
        findings += [f"Event {number}: the log was changed." for number in events.broken_links(connection)]
        counted: int = connection.execute("SELECT count(*) FROM events").fetchone()[0]
        return CheckResult(tuple(findings), business_digest(connection), len(imports), counted)


def back_up(book: Book, target: Path | None = None) -> Path:
    """Copy the book to a verified backup; beside it, with the date in its name, if no place is named."""
    return book.back_up(target or book.default_backup_path(datetime.now(UTC)))
