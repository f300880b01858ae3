"""The table of recent books on Welcome."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction

from ui.models.column import Column, date_text
from ui.models.column_table import ColumnTableModel
from ui.recent_books import RecentBook, forget, read_recent
from ui.widgets.table import DataTable

ROW_PX = 45
HEAD_PX = 34
MOST_SHOWN = 8
STATES = {"tied": "good", "review": "review", "not_tied": "waiting", "": "waiting"}


class RecentTable(DataTable):
    """Client and file, latest month, tie-out state, when it was opened, size; Enter or a double click opens."""

    chosen = Signal(str)  # the path of the book to open
    lost = Signal(str)  # the path of a book that is no longer there

    def __init__(self) -> None:
        self.books: list[RecentBook] = []
        columns = (
            Column("client", "Client", "two_lines", width=240, tooltip=self._place),
            Column("month", "Latest month", width=110),
            Column("state", "Status", "status", width=190),
            Column("opened", "Opened", align="right", width=120, muted=True),
            Column("size", "Size", align="right", width=90, muted=True),
        )
        super().__init__(
            ColumnTableModel(columns), name="Recent books", stretch="client", multi=False, row_height=ROW_PX
        )
        self.open_asked.connect(self._open)
        self.context_actions = self._actions
        self.horizontalHeader().setSectionsClickable(False)

    def refresh(self, now: datetime | None = None) -> None:
        """Read the list again."""
        moment = now or datetime.now()  # noqa: DTZ005 - the user's own clock
        self.books = read_recent()
        self.table_model.set_rows(
            {
                "client": [(book.client, book.file.name) for book in self.books],
                "month": [book.month or "No months yet" for book in self.books],
                "state": [_state(book) for book in self.books],
                "opened": [opened_text(book.opened, moment) for book in self.books],
                "size": [size_text(book.size) for book in self.books],
            }
        )
        if self.books:
            self.selectRow(0)

    def wanted_height(self) -> int:
        """The height that its rows need, up to eight of them."""
        return HEAD_PX + ROW_PX * min(len(self.books), MOST_SHOWN)

    def _place(self, row: int) -> str:
        return self.books[row].path

    def _open(self, row: int) -> None:
        book = self.books[row]
        (self.lost if book.size is None else self.chosen).emit(book.path)

    def _actions(self, row: int) -> Sequence[QAction]:
        remove = QAction("Remove from this list", self)
        remove.triggered.connect(lambda: self._forget(row))
        return [remove]

    def _forget(self, row: int) -> None:
        forget(self.books[row].path)
        self.refresh()


def _state(book: RecentBook) -> tuple[str, str]:
    if book.size is None:
        return "failed", "File not found"
    return STATES.get(book.state, "waiting"), book.state_words or "Not started"


def opened_text(opened: str, now: datetime) -> str:
    """When it was opened: 'Today, 09:14', 'Yesterday', '28 Oct', '3 Nov 2025'."""
    try:
        moment = datetime.fromisoformat(opened)
    except ValueError:
        return ""
    if moment.date() == now.date():
        return f"Today, {moment:%H:%M}"
    if moment.date() == (now - timedelta(days=1)).date():
        return "Yesterday"
    if moment.year == now.year:
        return f"{moment.day} {moment:%b}"
    return date_text(moment.date())


def size_text(size: int | None) -> str:
    """A file's size: '18.4 MB', '640 kB'."""
    if size is None:
        return ""
    return f"{size / 1e6:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000))} kB"
