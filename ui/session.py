"""What the window is working on: the open book, the period, the jobs."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.period import Period
from ui.actions import ActionRegistry
from ui.jobs import JobRunner

Compare = Literal["previous", "last_year", "none"]
MONTHS_A_YEAR = 12


@dataclass(frozen=True)
class ShellStatus:
    """What the status bar and the rail say about the book."""

    file: str = ""  # alder-finch.quintile · saved
    tie_out: str = ""  # Tied to ledger: 11 of 12 checks agree, 1 to review
    tie_out_state: Literal["tied", "review", "not_tied"] = "not_tied"
    counts: str = ""  # 204 customers · 3,589 invoices in period
    waiting: Mapping[str, int] = field(default_factory=dict)  # page key -> things to look at


class Session(QObject):
    """The state that all pages share; pages listen to its signals and ask it to move on."""

    book_changed = Signal()
    period_changed = Signal()
    figures_changed = Signal()
    tie_out_changed = Signal()
    page_requested = Signal(str, object)  # page key, what to show there
    drawer_requested = Signal(object)  # the widget to show in the drawer, or None to close it
    message_posted = Signal(object)  # a widget to show above the page, such as an InlineMessage
    open_requested = Signal(object)  # the path of a book that the program was started with
    status_posted = Signal(object)  # a ShellStatus
    drawer_stepped = Signal(int)  # the drawer asks for the previous (-1) or next (+1) row

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.jobs = JobRunner(self)
        self.actions = ActionRegistry(self)
        self.book_path: Path | None = None
        self.client_name = ""
        self.read_only_reason = ""
        self.latest_period: Period | None = None
        self.year_start_month = 1
        self._period: Period | None = None
        self._compare: Compare = "previous"

    @property
    def period(self) -> Period:
        """The period that every page shows. Asking without an open book is a bug."""
        if self._period is None:
            raise RuntimeError("no book is open")
        return self._period

    @property
    def has_period(self) -> bool:
        """Whether a book with figures is open."""
        return self._period is not None

    def set_period(self, period: Period) -> None:
        """Show another period on every page."""
        if period != self._period:
            self._period = period
            self.period_changed.emit()

    @property
    def compare(self) -> Compare:
        """What the period is compared with."""
        return self._compare

    def set_compare(self, compare: Compare) -> None:
        """Compare with something else."""
        if compare != self._compare:
            self._compare = compare
            self.period_changed.emit()

    @property
    def compare_period(self) -> Period | None:
        """The period to compare with, or None."""
        if self._period is None or self._compare == "none" or self._period.is_everything:
            return None
        return self._period.shift(-MONTHS_A_YEAR) if self._compare == "last_year" else self._period.before()

    def can_step(self, direction: int) -> bool:
        """Whether the period can go back (-1) or forward (+1); not past the last closed month."""
        if self._period is None or self._period.is_everything:
            return False
        last = self.latest_period
        return direction < 0 or last is None or self._moved(direction).end <= last.end

    def step_period(self, direction: int) -> None:
        """Go back (-1) or forward (+1) by one month, quarter or year."""
        if self.can_step(direction):
            self.set_period(self._moved(direction))

    def set_book(self, path: Path | None, *, client_name: str = "", period: Period | None = None) -> None:
        """Say which book is open; None goes back to Welcome."""
        self.book_path, self.client_name, self._period = path, client_name, period
        self.book_changed.emit()

    def open_page(self, key: str, context: Mapping[str, Any] | None = None) -> None:
        """Go to a page; its `open_with(context)` is called when there is something to show."""
        self.page_requested.emit(key, context)

    def show_drawer(self, widget: QWidget | None) -> None:
        """Show one customer or plan beside the page; None closes the drawer."""
        self.drawer_requested.emit(widget)

    def post_message(self, message: QWidget) -> None:
        """Show a message at the top of the page."""
        self.message_posted.emit(message)

    def post_status(self, status: ShellStatus) -> None:
        """Say what the status bar and the rail show."""
        self.status_posted.emit(status)

    def close(self) -> None:
        """Stop all work before the program ends."""
        self.jobs.close()

    def _moved(self, direction: int) -> Period:
        period = self.period
        step = period.month_count if period.month_count < MONTHS_A_YEAR else 1
        return period.shift(direction * step)
