"""The lock beside a book: one writer, whom everybody can name from the first instant."""

import os
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from core.store.lock import BookLock, Holder, take, try_take


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "client.quintile"


def test_a_lock_file_that_stays_empty_holds_nothing(path: Path) -> None:
    path.with_name(path.name + ".lock").touch()
    take(path).release()


def test_a_lock_file_that_is_just_being_filled_holds(path: Path) -> None:
    place = path.with_name(path.name + ".lock")
    place.touch()
    words = f'{{"user": "jo", "host": "elsewhere", "pid": {os.getpid()}, "since": "2026-11-01 09:00 UTC"}}'
    writer = threading.Timer(0.1, place.write_text, (words,))
    writer.start()
    found = try_take(path)
    writer.join()
    assert isinstance(found, Holder)
    assert found.user == "jo"


def test_a_lock_file_is_never_seen_without_its_holder(path: Path) -> None:
    place = path.with_name(path.name + ".lock")
    seen: list[str] = []
    over = threading.Event()

    def look() -> None:
        while not over.is_set():
            with suppress(FileNotFoundError):
                seen.append(place.read_text())

    looking = threading.Thread(target=look)
    looking.start()
    for _ in range(300):
        take(path).release()
    over.set()
    looking.join()
    assert seen
    assert all('"pid"' in text for text in seen)
    assert list(path.parent.iterdir()) == []


def test_a_disk_without_hard_links_still_has_locks(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*places: object) -> None:
        raise PermissionError(places)

    monkeypatch.setattr(os, "link", refuse)
    held = take(path)
    assert isinstance(try_take(path), Holder)
    held.release()
    assert list(path.parent.iterdir()) == []


def test_of_many_programs_that_find_a_dead_holder_one_gets_the_book(path: Path) -> None:
    place = path.with_name(path.name + ".lock")
    code = "import os; from pathlib import Path; from core.store.lock import take; take(Path(os.environ['BOOK']))"
    environment = os.environ | {"BOOK": str(path), "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], check=True, env=environment)
    dead = place.read_text()
    for _ in range(20):
        place.write_text(dead)
        with ThreadPoolExecutor(4) as pool:
            answers = list(pool.map(try_take, [path] * 4))
        assert sum(isinstance(answer, BookLock) for answer in answers) == 1
        assert sorted(one.name for one in path.parent.iterdir()) == [place.name]


def test_a_program_that_ended_while_it_removed_a_dead_lock_bars_nobody(path: Path) -> None:
    place, guard = path.with_name(path.name + ".lock"), path.with_name(path.name + ".lock.taking")
    place.write_text("{")
    guard.touch()
    os.utime(guard, (1, 1))
    take(path).release()
    assert list(path.parent.iterdir()) == []


def test_while_another_removes_a_dead_lock_nobody_else_does(path: Path) -> None:
    place, guard = path.with_name(path.name + ".lock"), path.with_name(path.name + ".lock.taking")
    place.write_text("{")
    guard.touch()
    assert isinstance(try_take(path), Holder)
    assert place.exists()
