"""The books that were open on this computer, the last one first, with how far each month has got."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QStandardPaths

MOST = 12


@dataclass(frozen=True)
class RecentBook:
    """A book that was open; what it says is from then."""

    path: str
    client: str
    opened: str  # ISO, local time
    month: str = ""  # Oct 2026
    state: str = ""  # tied, review, not_tied
    state_words: str = ""  # 1 check to review

    @property
    def file(self) -> Path:
        """Where the book was."""
        return Path(self.path)

    @property
    def size(self) -> int | None:
        """Bytes of the file now; None where it is gone."""
        try:
            return self.file.stat().st_size
        except OSError:
            return None


def recent_file() -> Path:
    """Where the list is kept on this computer."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(folder) / "Quintile" / "recent_books.json"


def read_recent() -> list[RecentBook]:
    """The list, the last opened first; an unreadable one is empty."""
    try:
        rows = json.loads(recent_file().read_text(encoding="utf-8"))
        return [RecentBook(**{key: str(value) for key, value in row.items()}) for row in rows]
    except (OSError, ValueError, TypeError, AttributeError):
        return []


def note_opened(path: Path, client: str, *, now: datetime | None = None) -> None:
    """Put a book at the top."""
    earlier = read_recent()
    wanted = str(path.resolve())
    known = next((book for book in earlier if book.path == wanted), RecentBook(wanted, client, ""))
    moment = (now or datetime.now()).isoformat(timespec="minutes")  # noqa: DTZ005 - the user's own clock
    first = replace(known, client=client, opened=moment)
    _write([first, *(book for book in earlier if book.path != wanted)][:MOST])


def note_state(path: Path, *, month: str, state: str, words: str) -> None:
    """Keep how far a book has got."""
    wanted = str(path.resolve())
    _write(
        [
            replace(book, month=month, state=state, state_words=words) if book.path == wanted else book
            for book in read_recent()
        ]
    )


def forget(path: str) -> None:
    """Take a book off the list; the file stays."""
    _write([book for book in read_recent() if book.path != path])


def _write(books: Sequence[RecentBook]) -> None:
    file = recent_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        partial = file.with_suffix(".partial")
        partial.write_text(json.dumps([asdict(book) for book in books], ensure_ascii=False), encoding="utf-8")
        partial.replace(file)
    except OSError:
        return  # the list is a convenience: without a place for it everything else works
