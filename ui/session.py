"""What the window is working on: the open book, the period, the jobs."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from core.errors import UserError
from core.period import Period
from core.progress import Progress
from ui.actions import ActionRegistry
from ui.jobs import Job, JobRunner
from ui.loading import Loaded, LoadedCache, load
from ui.opening import Opened, new_book_at
from ui.recent_books import note_opened, note_state
from ui.shell_status import ShellStatus, state_words, status_of

if TYPE_CHECKING:  # the book's own modules take half a second to load: only when a book is opened
    from core.segments.membership import Membership
    from core.store.book import Book
    from core.usecases.figures import Figures

__all__ = ["Compare", "Session", "ShellStatus"]
T = TypeVar("T")
Compare = Literal["previous", "last_year", "none"]
MONTHS_A_YEAR = 12


class Session(QObject):
    """The state that all pages share; pages listen to its signals and ask it to move on."""

    book_changed = Signal()
    period_changed = Signal()
    data_changed = Signal()  # the book's content is another: an import, a move, a setting
    figures_changed = Signal()  # `loaded` is another: show it
    loading_changed = Signal()  # figures are being worked out, or could not be: see is_loading, load_error
    page_requested = Signal(str, object)  # page key, what to show there
    drawer_requested = Signal(object)  # the widget to show in the drawer, or None to close it
    message_posted = Signal(object)  # a widget to show above the page, such as an InlineMessage
    open_requested = Signal(object)  # the path of a book that the program was started with
    status_posted = Signal(object)  # a ShellStatus
    closing = Signal()  # the program ends, the worker is gone: the last chance to write to the book
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
        self.book: Book | None = None
        self.settings: Mapping[str, str] = {}
        self.loaded: Loaded | None = None
        self.is_loading = False
        self.load_error: Exception | None = None
        self._cache = LoadedCache()
        self._version = 0
        self._wanted: tuple[Any, ...] = ()
        self._usual_period: Period | None = None
        self._held: list[Book] = []  # open, or waiting to be closed
        self.period_changed.connect(self._load)

    # The book ---------------------------------------------------------------------------------------

    def open_book(self, path: Path, on_opened: Callable[[], object] | None = None) -> None:
        """Open a book in the worker thread, in place of the one that is open."""
        if self.book is None or path.resolve() != self.book.path.resolve():
            self._open(lambda: Opened.at(path), f"Opening {path.name}", on_opened)

    def create_book(
        self,
        path: Path,
        *,
        client: str,
        currency: str,
        year_start: int = 1,
        on_opened: Callable[[], object] | None = None,
    ) -> None:
        """Make a client's book and open it."""
        self._open(
            lambda: new_book_at(path, client=client, currency=currency, year_start=year_start),
            f"Making {path.name}",
            on_opened,
        )

    def _open(
        self, opening: Callable[[], Opened], title: str, on_opened: Callable[[], object] | None
    ) -> None:
        self.jobs.run(
            lambda _progress: opening(),
            on_done=lambda opened: self._opened(opened, on_opened),
            on_error=self.report,
            title=title,
            cancellable=False,
        )

    def close_book(self) -> None:
        """Close the book and go back to Welcome."""
        self._let_go()
        self.set_book(None)

    def run(
        self,
        work: "Callable[[Book, Progress], T]",
        on_done: Callable[[T], object],
        *,
        title: str,
        on_error: Callable[[Exception], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        changes_book: bool = False,
        cancellable: bool = True,
        latest_key: str | None = None,
    ) -> Job:
        """Do something with the book in the worker thread; one that changes it reloads the figures after it.

        Without `on_error` a user's mistake is shown as a message on the page.
        """
        book = self.book
        if book is None:
            raise RuntimeError("no book is open")

        def done(result: T) -> None:
            if self.book is book:
                on_done(result)
                if changes_book:
                    self.reload()

        return self.jobs.run(
            lambda progress: work(book, progress),
            on_done=done,
            on_error=on_error or self.report,
            on_cancelled=on_cancelled,
            title=title,
            cancellable=cancellable,
            latest_key=latest_key,
        )

    def report(self, error: Exception) -> None:
        """Show a user's mistake as a message on the page; anything else is a bug and crashes visibly."""
        if not isinstance(error, UserError):
            self.jobs.failed.emit(error)
            return
        from ui.widgets.messages import InlineMessage

        self.post_message(InlineMessage("error", str(error), closable=True))

    @property
    def is_read_only(self) -> bool:
        """Whether nothing can be changed in the book that is open."""
        return bool(self.read_only_reason)

    @property
    def author(self) -> str:
        """Who works here: the name set in the book, else who is signed in on this computer."""
        from core.store.events import user_name

        return self.settings.get("author") or user_name()

    def _opened(self, opened: Opened, on_opened: Callable[[], object] | None) -> None:
        self._let_go()
        self.book = opened.book
        self._held.append(opened.book)
        self.read_only_reason = opened.read_only_reason
        self._take(opened)
        note_opened(opened.book.path, self.client_name)
        self.set_book(opened.book.path, client_name=self.client_name, period=opened.period)
        self._load()
        if on_opened is not None:
            on_opened()

    def _take(self, opened: Opened) -> None:
        self.settings, self._usual_period = opened.settings, opened.period
        self.client_name = opened.settings["client_name"]
        self.year_start_month = int(opened.settings["year_start"])
        self.latest_period = opened.period.last_month()

    def _let_go(self) -> None:
        self._cache.clear()
        self._wanted = ()
        self.loaded, self.load_error, self.is_loading = None, None, False
        book, self.book, self.read_only_reason = self.book, None, ""
        if book is not None:  # after the work that still reads from it
            self.jobs.run(
                lambda _progress: book.close(),
                on_done=lambda _nothing: self._held.remove(book),
                title=f"Closing {book.path.name}",
                cancellable=False,
            )

    # Figures ----------------------------------------------------------------------------------------

    @property
    def figures(self) -> "Figures | None":
        """The figures of the period, or None while there are none."""
        return self.loaded.figures if self.loaded is not None else None

    @property
    def compare_figures(self) -> "Figures | None":
        """The figures to compare with, or None."""
        return self.loaded.compare if self.loaded is not None else None

    @property
    def membership(self) -> "Membership | None":
        """Who belongs where in the book's first scheme."""
        return self.loaded.membership if self.loaded is not None else None

    def reload(self) -> None:
        """Read the book again after any change; `data_changed` now, `figures_changed` when worked out."""
        self._version += 1
        self._cache.clear()
        self.data_changed.emit()
        self._load()

    def load_again(self) -> None:
        """Try again to work out the figures after an error or a cancel."""
        self._load()

    def _load(self) -> None:
        if self.book is None or self._period is None:
            return
        wanted = (self.book.path, self.period, self._compare, self._version)
        self._wanted = wanted
        found = self._cache.find(wanted)
        if found is not None:
            self._show(found)
            return
        self.is_loading, self.load_error = True, None
        self.loading_changed.emit()
        usual = self._usual_period if self._period == self._usual_period else None
        self.run(
            lambda book, progress: self._work_out(book, progress, period=wanted[1], usual=usual),
            lambda result: self._arrived(wanted, *result),
            title="Working out the figures",
            on_error=self._load_failed,
            on_cancelled=lambda: self._load_cancelled(wanted),
            latest_key="figures",
        )

    def _work_out(
        self, book: "Book", progress: Progress, *, period: Period, usual: Period | None
    ) -> tuple[Opened, Loaded]:
        """For the worker thread. Who looks at the usual period follows it when newer months arrive."""
        now = Opened.again(book)
        chosen = now.period if usual is not None else period
        import pyqtgraph  # noqa: F401 - the first chart would hold the window up by a third of a second

        return now, load(book, chosen, compared_with(chosen, self._compare), progress=progress)

    def _arrived(self, wanted: tuple[Any, ...], now: Opened, loaded: Loaded) -> None:
        if wanted != self._wanted:
            return
        self._take(now)
        moved = loaded.figures.facts.period != self._period
        self._period = loaded.figures.facts.period
        self._cache.keep((wanted[0], self._period, *wanted[2:]), loaded)
        if moved:
            self.period_changed.emit()  # which shows what was just kept
        else:
            self._show(loaded)

    def _show(self, loaded: Loaded) -> None:
        self.loaded, self.is_loading, self.load_error = loaded, False, None
        self.loading_changed.emit()
        self.figures_changed.emit()
        if self.book is not None:
            status = status_of(loaded, file_name=self.book.path.name, read_only=self.is_read_only)
            self.post_status(status)
            words = state_words(loaded)
            note_state(self.book.path, month=loaded.latest_month, state=status.tie_out_state, words=words)

    def _load_failed(self, error: Exception) -> None:
        self.is_loading, self.load_error = False, error
        self.loading_changed.emit()
        if not isinstance(error, UserError):
            self.jobs.failed.emit(error)

    def _load_cancelled(self, wanted: tuple[Any, ...]) -> None:
        if wanted == self._wanted:  # else a newer wish took its place
            self._load_failed(UserError("You stopped working out the figures."))

    # The period -------------------------------------------------------------------------------------

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
        return None if self._period is None else compared_with(self._period, self._compare)

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
        """Stop all work before the program ends, and let go of the book."""
        self.jobs.close()
        self.closing.emit()
        while self._held:
            self._held.pop().close()
        self.book = None

    def _moved(self, direction: int) -> Period:
        period = self.period
        step = period.month_count if period.month_count < MONTHS_A_YEAR else 1
        return period.shift(direction * step)


def compared_with(period: Period, compare: Compare) -> Period | None:
    """The period to compare with, or None."""
    if compare == "none" or period.is_everything:
        return None
    return period.shift(-MONTHS_A_YEAR) if compare == "last_year" else period.before()
