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

_LOOKS, _PAUSE = 10, 0.05  # how often an empty lock file is looked at again, and seconds between


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
    for _ in range(2):
        holder = _read(path)
        if holder and _alive(holder):
            return holder
        if path.exists():
            _set_aside(path, holder)
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


def _set_aside(path: Path, gone: Holder | None) -> None:
    """Remove the lock of a holder that is gone; one that somebody else has put there since is put back."""
    aside = _beside(path)
    with suppress(OSError):
        path.rename(aside)
        if _read(aside) == gone:
            aside.unlink()
        else:
            _publish(aside, path, aside.read_text(encoding="utf-8"))
            aside.unlink(missing_ok=True)


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
        except (OSError, ValueError, TypeError):
            return None
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
