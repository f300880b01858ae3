"""Who is writing to a book: a small file beside it, so that a second window can say so."""

import json
import os
import platform
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from getpass import getuser
from pathlib import Path

from core.errors import BookInUse


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
        try:
            with path.open("x", encoding="utf-8") as file:
                json.dump(asdict(_me()), file)
        except FileExistsError:
            holder = _read(path)
            if holder and _alive(holder):
                return holder
            path.unlink(missing_ok=True)
        except OSError:
            # A folder that cannot be written: the book itself will say so when it is written to.
            return BookLock(path)
        else:
            return BookLock(path)
    return _read(path) or _me()


def _me() -> Holder:
    try:
        user = getuser()
    except (OSError, KeyError):
        user = "somebody"
    return Holder(user, platform.node(), os.getpid(), datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"))


def _read(path: Path) -> Holder | None:
    try:
        return Holder(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
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
