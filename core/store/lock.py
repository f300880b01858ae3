"""Who is writing to a book: a small file beside it, so that a second window can say so."""

import json
import os
import platform
import sys
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path
from uuid import uuid4

from core.errors import BookInUse

_LOOKS, _PAUSE = (
    10,
    0.05,
)  # how often a lock file that is just changing is looked at again, and seconds between
_GUARD_SECONDS = 10


@dataclass(frozen=True)
class Holder:
    """The program that has a book open for writing."""

    user: str
    host: str
    pid: int
    since: str

    @property
    def sentence(self) -> str:
        """Say who holds it."""
        return f"{self.user} on {self.host} has had this book open since {self.since}."


@dataclass(frozen=True)
class BookLock:
    """The right to write to a book, until released."""

    path: Path

    def release(self) -> None:
        """Let others write."""
        with suppress(PermissionError):  # in a folder that cannot be written there is none of ours
            self.path.unlink(missing_ok=True)


def take(book: Path) -> BookLock:
    """Take the right to write. Raises BookInUse with who has it."""
    taken = try_take(book)
    if isinstance(taken, Holder):
        raise BookInUse(taken.sentence)
    return taken


def try_take(book: Path) -> BookLock | Holder:
    """Take the right to write, or return who has it. A holder that is gone is passed over."""
    path = book.with_name(book.name + ".lock")
    for _ in range(_LOOKS):
        holder = _read(path)
        if holder and _alive(holder):
            return holder
        if path.exists():
            _remove_dead(path)
        try:
            _put(path)
        except FileExistsError:
            continue  # somebody was quicker
        except OSError:
            # A folder that cannot be written: the book itself will say so when it is written to.
            return BookLock(path)
        return BookLock(path)
    return _read(path) or _me()


def _put(path: Path) -> None:
    """Make the lock file, filled from its first instant. Raises FileExistsError, OSError."""
    draft = _beside(path)
    text = json.dumps(asdict(_me()))
    try:
        draft.write_text(text, encoding="utf-8")
        _publish(draft, path, text)
    finally:
        with suppress(OSError):
            draft.unlink(missing_ok=True)


def _publish(draft: Path, path: Path, text: str) -> None:
    if sys.platform == "win32":
        draft.rename(path)  # there it refuses to replace a file
        return
    try:
        os.link(draft, path)
    except FileExistsError:
        raise
    except OSError:
        # A disk without hard links (a memory stick): for an instant the file is empty, and readers wait.
        with path.open("x", encoding="utf-8") as file:
            file.write(text)


def _remove_dead(path: Path) -> None:
    """Remove the lock of a holder that is gone. One program at a time does so, or it could remove the next's."""
    guard = path.with_name(path.name + ".taking")
    with suppress(OSError):
        if time.time() - guard.stat().st_mtime > _GUARD_SECONDS:
            guard.unlink()  # of a program that ended just here
    try:
        guard.open("x").close()
    except OSError:
        time.sleep(_PAUSE)
        return
    with suppress(OSError):
        holder = _read(path)
        if not (holder and _alive(holder)):
            path.unlink(missing_ok=True)
    guard.unlink(missing_ok=True)


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.{uuid4().hex}")


def _me() -> Holder:
    try:
        user = getuser()
    except (OSError, KeyError):
        user = "somebody"
    return Holder(user, platform.node(), os.getpid(), datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"))


def _read(path: Path) -> Holder | None:
    """Return whom a lock file names; None where there is none, or it is torn."""
    for _ in range(_LOOKS):
        try:
            text = path.read_text(encoding="utf-8")
            if text:
                return Holder(**json.loads(text))
        except (FileNotFoundError, ValueError, TypeError):
            return None
        except OSError:
            pass  # a virus scanner holds it for a moment
        time.sleep(_PAUSE)  # just being filled
    return None


def _alive(holder: Holder) -> bool:
    if holder.host != platform.node() or sys.platform == "win32":
        return True  # cannot be asked from here; on Windows os.kill would end the process
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
