"""The book: one SQLite file for each client business, opened here and nowhere else."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Self

from sqlite_utils import Database

from core.errors import BookDamaged, BookError, CannotWrite, NewerBook, NotABook
from core.store import lock
from core.store.schema import APPLICATION_ID, VERSION, migrations

SUFFIX = ".quintile"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_HEAD = 100  # bytes of a database's header, with the application's number in it
_APPLICATION = slice(68, 72)
_PRAGMAS = (
    "PRAGMA journal_mode = DELETE",
    "PRAGMA synchronous = EXTRA",
    "PRAGMA foreign_keys = ON",
    "PRAGMA trusted_schema = OFF",
    "PRAGMA cell_size_check = ON",
    "PRAGMA secure_delete = ON",
    "PRAGMA cache_size = -32000",
    "PRAGMA temp_store = FILE",
)


class Book:
    """An open book. All writing happens inside `transaction`."""

    def __init__(self, path: Path, connection: sqlite3.Connection, *, read_only: bool) -> None:
        """Take over an open connection; use `create_book` or `open_book` instead."""
        self.path = path
        self.connection = connection
        self.read_only = read_only
        self.held_by: lock.Holder | None = None  # who has it open for writing, when this is read-only
        self._lock: lock.BookLock | None = None

    def __enter__(self) -> Self:
        """Return the open book."""
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        """Close the book. Raises BookDamaged where what was done inside met a damaged page."""
        del kind, trace
        self.close()
        if isinstance(error, sqlite3.DatabaseError) and error.sqlite_errorcode & 0xFF in _DAMAGED:
            message = f"{self.path.name} is damaged ({error}). Restore a backup of it."
            raise BookDamaged(message) from error

    def close(self) -> None:
        """Let go of the file; the book can be copied or moved now."""
        self.connection.close()
        if self._lock:
            self._lock.release()
            self._lock = None

    @contextmanager
    def transaction(self, *, references_checked_last: bool = False) -> Iterator[sqlite3.Connection]:
        """Write everything inside or nothing. Raises BookError for a read-only book, CannotWrite for a full disk.

        Deleting many rows is quick only when references are checked once, before the commit, instead of row by row.
        """
        if self.read_only:
            message = f"{self.path.name} is open read-only; nothing can be changed in it here."
            raise BookError(message)
        if self.connection.in_transaction:
            yield self.connection
            return
        self.connection.execute(f"PRAGMA foreign_keys = {'OFF' if references_checked_last else 'ON'}")
        try:
            self.connection.execute("BEGIN IMMEDIATE")
            yield self.connection
            if references_checked_last:
                self._require_references()
            self.connection.execute("COMMIT")
        except sqlite3.OperationalError as error:
            self._roll_back()
            message = (
                f"{self.path} was not changed: {error}. Free some space or check the folder, then try again."
            )
            raise CannotWrite(message) from error
        except BaseException:
            self._roll_back()
            raise
        finally:
            self.connection.execute("PRAGMA foreign_keys = ON")

    def _require_references(self) -> None:
        broken = self.connection.execute("PRAGMA foreign_key_check").fetchone()
        if broken:
            message = (
                f"{self.path.name}: a row of {broken[0]} would have lost what it refers to ({broken[2]})."
            )
            raise BookDamaged(message)

    def _roll_back(self) -> None:
        if self.connection.in_transaction:
            self.connection.execute("ROLLBACK")

    def back_up(self, target: Path) -> Path:
        """Copy the book to a new file and verify the copy. Raises CannotWrite, BookDamaged."""
        partial = target.with_name(target.name + ".partial")
        try:
            with closing(sqlite3.connect(partial)) as copy:
                self.connection.backup(copy)
            with closing(sqlite3.connect(f"{partial.resolve().as_uri()}?mode=ro", uri=True)) as copy:
                _require_sound(copy, partial)
            partial.replace(target)
        except (OSError, sqlite3.OperationalError) as error:
            _remove(partial)
            message = f"The backup {target} could not be written: {error}. Choose another folder."
            raise CannotWrite(message) from error
        return target

    def default_backup_path(self, now: datetime | None = None) -> Path:
        """Return a name beside the book with the date and time in it."""
        stamp = (now or datetime.now(UTC)).strftime("%Y-%m-%d %H%M%S")
        return self.path.with_name(f"{self.path.stem} backup {stamp}{SUFFIX}")


def create_book(path: Path) -> Book:
    """Make a new, empty book. Raises BookError if something stands there, CannotWrite."""
    if path.exists():
        message = f"{path} exists already; choose another name, or open it."
        raise BookError(message)
    try:
        connection = _new_file(path)
    except sqlite3.OperationalError as error:
        _remove(path)
        message = f"{path} could not be made: {error}. Check that the folder exists and can be written."
        raise CannotWrite(message) from error
    book = Book(path, connection, read_only=False)
    book._lock = lock.take(path)  # noqa: SLF001 - the book's own module
    return book


def _new_file(path: Path) -> sqlite3.Connection:
    connection = _connect(path, read_only=False)
    try:
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        migrations.apply(Database(connection, execute_plugins=False))
        connection.execute(f"PRAGMA user_version = {VERSION}")
    except sqlite3.OperationalError:
        connection.close()
        raise
    return connection


def _remove(half_written: Path) -> None:
    for path in (half_written, half_written.with_name(f"{half_written.name}-journal")):
        with suppress(OSError):
            path.unlink()


def open_book(path: Path, *, read_only: bool = False) -> Book:
    """Open a book; read-only when asked, or when another window writes to it (`held_by` says who).

    Raises NotABook, NewerBook, BookDamaged; such a file is left untouched.
    """
    version = _inspect(path)
    if read_only:
        return Book(path, _connect(path, read_only=True), read_only=True)
    held = lock.try_take(path)
    if isinstance(held, lock.Holder):
        book = Book(path, _connect(path, read_only=True), read_only=True)
        book.held_by = held
        return book
    book = Book(path, _connect(path, read_only=False), read_only=False)
    book._lock = held  # noqa: SLF001 - the book's own module
    if version < VERSION:
        _migrate(book)
    return book


def _migrate(book: Book) -> None:
    book.back_up(book.default_backup_path())
    migrations.apply(Database(book.connection, execute_plugins=False))
    book.connection.execute(f"PRAGMA user_version = {VERSION}")


def _inspect(path: Path) -> int:
    """Look at a file without changing it; return its version. Raises NotABook, NewerBook, BookDamaged."""
    if not path.is_file():
        message = f"There is no book at {path}."
        raise NotABook(message)
    with path.open("rb") as file:
        head = file.read(_HEAD)
    if head[:16] != b"SQLite format 3\x00":
        message = (
            f"{path.name} is not a Quintile book. To bring an export in, open a book and import the file."
        )
        raise NotABook(message)
    if int.from_bytes(head[_APPLICATION]) == APPLICATION_ID:
        _undo_interrupted(path)
    try:
        with closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as connection:
            application: int = connection.execute("PRAGMA application_id").fetchone()[0]
            version: int = connection.execute("PRAGMA user_version").fetchone()[0]
            if application == APPLICATION_ID:
                connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.DatabaseError as error:
        message = f"{path.name} is damaged ({error}). Restore a backup of it."
        raise BookDamaged(message) from error
    if application != APPLICATION_ID:
        message = f"{path.name} is a database of another program, not a Quintile book."
        raise NotABook(message)
    if version > VERSION:
        message = f"{path.name} was written by a newer Quintile (version {version}, this one knows {VERSION}). Update."
        raise NewerBook(message)
    return version


def _undo_interrupted(path: Path) -> None:
    """Take back what a program that was killed, or a power cut, left half written. Raises CannotWrite."""
    if not path.with_name(f"{path.name}-journal").exists():
        return
    uri = path.resolve().as_uri()
    try:
        with closing(sqlite3.connect(f"{uri}?mode=rw", uri=True)) as connection:
            # SQLite itself rolls back on the first read, unless a living program holds the journal.
            connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError as error:
        message = (
            f"Writing to {path.name} was interrupted, and it could not be put back as it was: {error}. "
            "Copy the book and its -journal file to a folder that can be written, and open it there."
        )
        raise CannotWrite(message) from error
    except sqlite3.DatabaseError:
        return  # damaged: said when it is looked at


def _connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    mode = "ro" if read_only else "rwc"
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode={mode}", uri=True, isolation_level=None, check_same_thread=False
    )
    for pragma in _PRAGMAS:
        if not (read_only and "journal_mode" in pragma):
            connection.execute(pragma)
    return connection


def _require_sound(connection: sqlite3.Connection, path: Path) -> None:
    verdict: str = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    if verdict != "ok":
        message = f"{path.name} is damaged: {verdict}. Restore a backup."
        raise BookDamaged(message)
