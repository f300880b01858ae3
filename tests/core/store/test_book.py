"""Opening, protecting and backing up a book."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from core.errors import BookDamaged, BookError, BookInUse, CannotWrite, NewerBook, NotABook
from core.store import events
from core.store.book import Book, create_book, open_book
from core.store.lock import BookLock, Holder, take, try_take
from core.store.schema import APPLICATION_ID, VERSION
from core.store.settings import read_settings, write_setting


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "client.quintile"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with create_book(path) as made:
        yield made


def pragma(book: Book, name: str) -> object:
    return book.connection.execute(f"PRAGMA {name}").fetchone()[0]


def test_a_new_book_says_what_it_is_and_is_opened_safely(book: Book) -> None:
    assert pragma(book, "application_id") == APPLICATION_ID
    assert pragma(book, "user_version") == VERSION
    assert pragma(book, "foreign_keys") == 1
    assert pragma(book, "journal_mode") == "delete"
    assert pragma(book, "synchronous") == 3  # EXTRA
    assert pragma(book, "trusted_schema") == 0
    assert pragma(book, "secure_delete") == 1
    assert pragma(book, "cell_size_check") == 1


def test_every_table_is_strict(book: Book) -> None:
    tables = book.connection.execute(
        "SELECT name, strict FROM pragma_table_list WHERE schema = 'main' AND type = 'table'"
    )
    assert {name for name, strict in tables if not strict} <= {"sqlite_schema", "_sqlite_migrations"}


def test_a_book_is_never_made_over_another_file(path: Path) -> None:
    path.write_text("precious")
    with pytest.raises(BookError, match="exists already"):
        create_book(path)
    assert path.read_text() == "precious"


def test_a_book_cannot_be_made_in_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="folder exists"):
        create_book(tmp_path / "nowhere" / "client.quintile")


def test_there_is_no_book_where_there_is_no_file(path: Path) -> None:
    with pytest.raises(NotABook, match="no book"):
        open_book(path)


def test_an_export_is_not_a_book_and_the_message_says_what_to_do(path: Path) -> None:
    path.write_text("Date,Customer\n")
    with pytest.raises(NotABook, match="import the file"):
        open_book(path)


def test_a_database_of_another_program_is_refused_untouched(path: Path) -> None:
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE t (x)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(NotABook, match="another program"):
        open_book(path)
    assert path.read_bytes() == before


def test_a_newer_book_is_refused_untouched(path: Path) -> None:
    with create_book(path) as made:
        made.connection.execute(f"PRAGMA user_version = {VERSION + 1}")
    before = path.read_bytes()
    with pytest.raises(NewerBook, match="newer"):
        open_book(path)
    assert path.read_bytes() == before


def test_a_damaged_book_is_refused(path: Path) -> None:
    create_book(path).close()
    content = bytearray(path.read_bytes())
    content[100:400] = b"\xff" * 300
    path.write_bytes(content)
    with pytest.raises(BookDamaged, match="backup"):
        open_book(path)


def test_an_older_book_is_brought_up_to_date_after_a_backup(path: Path) -> None:
    with create_book(path) as made:
        made.connection.execute("PRAGMA user_version = 0")
    with open_book(path) as opened:
        assert pragma(opened, "user_version") == VERSION
    assert len(list(path.parent.glob("client backup *.quintile"))) == 1


def test_a_second_window_reads_and_is_told_who_writes(book: Book, path: Path) -> None:
    with open_book(path) as second:
        assert second.read_only
        assert second.held_by is not None
        assert str(os.getpid()) not in second.held_by.sentence
        assert "has had this book open since" in second.held_by.sentence
        with pytest.raises(BookError, match="read-only"), second.transaction():
            pytest.fail("a read-only book must not begin a transaction")


def test_closing_lets_the_next_window_write(path: Path) -> None:
    create_book(path).close()
    with open_book(path) as first:
        assert not first.read_only
    assert not path.with_name(path.name + ".lock").exists()


def test_a_program_that_is_gone_holds_nothing(path: Path) -> None:
    code = "import os; from pathlib import Path; from core.store.lock import take; take(Path(os.environ['BOOK']))"
    environment = os.environ | {"BOOK": str(path), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    assert path.with_name(path.name + ".lock").exists()
    assert isinstance(try_take(path), BookLock)


def test_a_lock_of_another_computer_is_respected(path: Path) -> None:
    lock = path.with_name(path.name + ".lock")
    lock.write_text('{"user": "jo", "host": "elsewhere", "pid": 1, "since": "2026-11-01 09:00 UTC"}')
    assert isinstance(try_take(path), Holder)
    with pytest.raises(BookInUse, match="jo on elsewhere"):
        take(path)


def test_a_torn_lock_file_holds_nothing(path: Path) -> None:
    path.with_name(path.name + ".lock").write_text("{")
    take(path).release()


def test_a_transaction_that_fails_leaves_nothing(book: Book) -> None:
    def fail() -> None:
        with book.transaction() as connection:
            write_setting(connection, "client_name", "Half")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert read_settings(book.connection)["client_name"] == ""


def test_a_transaction_within_another_belongs_to_it(book: Book) -> None:
    with book.transaction() as outer, book.transaction() as inner:
        assert inner is outer
        write_setting(inner, "client_name", "Whole")
    assert read_settings(book.connection)["client_name"] == "Whole"


def test_references_are_checked_before_a_quick_deletion_is_kept(book: Book) -> None:
    def break_a_reference() -> None:
        with book.transaction(references_checked_last=True) as connection:
            connection.execute("INSERT INTO customers (name, import_id) VALUES ('Lost', 99)")

    with pytest.raises(BookDamaged, match="customers"):
        break_a_reference()
    assert book.connection.execute("SELECT count(*) FROM customers").fetchone()[0] == 0
    assert pragma(book, "foreign_keys") == 1


def test_a_backup_holds_the_same_and_opens_as_a_book(book: Book, tmp_path: Path) -> None:
    with book.transaction() as connection:
        write_setting(connection, "client_name", "Acme")
    target = book.back_up(tmp_path / "copy.quintile")
    with open_book(target, read_only=True) as copy:
        assert read_settings(copy.connection)["client_name"] == "Acme"


def test_a_backup_that_cannot_be_written_says_so(book: Book, tmp_path: Path) -> None:
    with pytest.raises(CannotWrite, match="Choose another folder"):
        book.back_up(tmp_path / "nowhere" / "copy.quintile")


def test_a_full_disk_is_told_and_nothing_is_written(book: Book) -> None:
    pages = book.connection.execute("PRAGMA page_count").fetchone()[0]
    book.connection.execute(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        with book.transaction() as connection:
            write_setting(connection, "client_name", "x" * 5_000_000)

    with pytest.raises(CannotWrite, match="was not changed"):
        fill()
    assert read_settings(book.connection)["client_name"] == ""


def test_the_event_log_is_append_only_and_notices_a_change(book: Book) -> None:
    with book.transaction() as connection:
        events.append(connection, "first", {"n": 1}, actor="dana", at="2026-11-03T08:00:00Z")
        events.append(connection, "second", {"n": 2})
    assert [event.action for event in events.events(book.connection)] == ["second", "first"]
    assert events.broken_links(book.connection) == []
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        book.connection.execute("UPDATE events SET actor = 'somebody'")
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        book.connection.execute("DELETE FROM events")
    book.connection.execute("DROP TRIGGER events_are_never_changed")
    book.connection.execute("UPDATE events SET detail = '{}' WHERE action = 'first'")
    assert events.broken_links(book.connection) == [1]


_KILLED_WHILE_WRITING = """
import os, sys
from pathlib import Path
from core.store.book import open_book
from core.store.settings import write_setting
book = open_book(Path(sys.argv[1]))
book.connection.execute("PRAGMA cache_size = 5")
with book.transaction() as connection:
    for number in range(200):
        write_setting(connection, f"setting {number}", "x" * 4000)
    os._exit(9)
"""


@pytest.mark.parametrize("read_only", [True, False])
def test_a_book_whose_writer_was_killed_opens_as_it_was(path: Path, *, read_only: bool) -> None:
    create_book(path).close()
    before = path.read_bytes()
    root = Path(__file__).parents[3]
    killed = subprocess.run([sys.executable, "-c", _KILLED_WHILE_WRITING, str(path)], cwd=root, check=False)
    assert killed.returncode == 9
    journal = path.with_name(path.name + "-journal")
    assert journal.exists()
    assert path.read_bytes() != before
    with open_book(path, read_only=read_only) as book:
        assert "setting 1" not in read_settings(book.connection)
        assert book.held_by is None
    assert not journal.exists()
    assert path.read_bytes() == before


_DISK_OF_20_KB = """
import resource, signal, sys
from pathlib import Path
from core.errors import CannotWrite
from core.store.book import create_book, open_book
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
for write in (lambda: create_book(Path("new.quintile")),
              lambda: open_book(Path("client.quintile"), read_only=True).back_up(Path("copy.quintile"))):
    try:
        write()
    except CannotWrite as error:
        print(error)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file sizes cannot be limited there")
def test_a_full_disk_leaves_no_half_made_book_or_backup(path: Path) -> None:
    create_book(path).close()
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[3])}
    done = subprocess.run(
        [sys.executable, "-c", _DISK_OF_20_KB],
        cwd=path.parent, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    assert "new.quintile could not be made" in done.stdout
    assert "copy.quintile could not be written" in done.stdout
    assert [found.name for found in path.parent.iterdir()] == [path.name]


def test_a_damaged_page_met_on_the_way_is_told(path: Path) -> None:
    with create_book(path) as made, made.transaction() as connection:
        write_setting(connection, "client_name", "x" * 50_000)
    content = bytearray(path.read_bytes())
    for place in range(4096, len(content), 4096):
        content[place : place + 100] = b"\xff" * 100
    path.write_bytes(content)

    def read() -> None:
        with open_book(path, read_only=True) as book:
            book.connection.execute("SELECT * FROM settings").fetchall()

    with pytest.raises(BookDamaged, match="Restore a backup"):
        read()
