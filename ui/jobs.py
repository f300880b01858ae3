"""The only threads of the window: one worker that takes long work off the screen's hands."""

import gc
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from PySide6.QtCore import QCoreApplication, QEventLoop, QObject, Signal, Slot

from core.progress import Cancelled, Progress

T = TypeVar("T")
ADVANCE_INTERVAL_S = 0.05  # more often would only keep the screen busy
UNKNOWN_TOTAL = -1


@dataclass(eq=False)
class Job:
    """One piece of work that was asked for; `cancel()` ends it at its next progress report."""

    title: str
    fn: Callable[[Progress], Any]
    on_done: Callable[[Any], None]
    on_error: Callable[[Exception], None] | None = None
    on_cancelled: Callable[[], None] | None = None
    cancellable: bool = True
    latest_key: str | None = None
    _stop: threading.Event = field(default_factory=threading.Event)

    def cancel(self) -> None:
        """Ask the work to stop; its result will not be delivered."""
        self._stop.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether it was asked to stop or superseded by a newer one."""
        return self._stop.is_set()


class _JobProgress:
    """Carries what the work says to the screen, and the wish to stop back to the work."""

    def __init__(self, job: Job, runner: "JobRunner") -> None:
        self._job, self._runner = job, runner
        self._last_told = 0.0

    def step(self, message: str) -> None:
        self._stop_if_asked()
        self._runner.stepped.emit(message)

    def advance(self, done: int, total: int | None = None) -> None:
        self._stop_if_asked()
        now = time.monotonic()
        if now - self._last_told >= ADVANCE_INTERVAL_S or done == total:
            self._last_told = now
            self._runner.advanced.emit(done, UNKNOWN_TOTAL if total is None else total)

    def _stop_if_asked(self) -> None:
        if self._job.is_cancelled:
            raise Cancelled


class JobRunner(QObject):
    """Runs jobs one after the other in a worker thread and delivers results on the window's thread."""

    started = Signal(str, bool)  # title, cancellable
    stepped = Signal(str)  # what is being worked out now
    advanced = Signal(int, int)  # done, total (-1: not known)
    idle = Signal()
    failed = Signal(object)  # the exception of a job without on_error
    _delivery = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue: deque[Job] = deque()
        self._wake = threading.Condition()
        self._running: Job | None = None
        self._undelivered = 0
        self._closing = False
        self._thread: threading.Thread | None = None
        self._delivery.connect(self._deliver)

    def run(
        self,
        fn: Callable[[Progress], T],
        *,
        on_done: Callable[[T], None],
        on_error: Callable[[Exception], None] | None = None,
        on_cancelled: Callable[[], None] | None = None,
        title: str,
        cancellable: bool = True,
        latest_key: str | None = None,
    ) -> Job:
        """Queue work; jobs with the same latest_key supersede older ones, whose results are dropped."""
        job = Job(title, fn, on_done, on_error, on_cancelled, cancellable, latest_key)
        with self._wake:
            if self._closing:
                job.cancel()
                return job
            self._supersede(latest_key)
            self._queue.append(job)
            self._undelivered += 1
            self._wake.notify()
        if self._thread is None:
            self._thread = threading.Thread(target=self._work, name="quintile-worker", daemon=True)
            self._thread.start()
        return job

    @property
    def is_busy(self) -> bool:
        """Whether any job is queued, running or not yet delivered."""
        return self._undelivered > 0

    def cancel_current(self) -> None:
        """Ask the running job to stop, if it allows that."""
        running = self._running
        if running is not None and running.cancellable:
            running.cancel()

    def wait_idle(self, timeout_ms: int = 10_000) -> bool:
        """Handle events until every job is delivered; False when that took too long."""
        deadline = time.monotonic() + timeout_ms / 1000
        while self.is_busy and time.monotonic() < deadline:
            QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.001)
        return not self.is_busy

    def close(self, timeout_s: float = 5.0) -> None:
        """Stop for good: cancels what runs, forgets what waits, and joins the thread."""
        with self._wake:
            self._closing = True
            self._queue.clear()
            if self._running is not None:
                self._running.cancel()
            self._wake.notify()
        if self._thread is not None:
            self._thread.join(timeout_s)
        self._undelivered = 0

    def _supersede(self, latest_key: str | None) -> None:
        if latest_key is None:
            return
        for job in [job for job in self._queue if job.latest_key == latest_key]:
            self._queue.remove(job)
            job.cancel()
            self._undelivered -= 1
        if self._running is not None and self._running.latest_key == latest_key:
            self._running.cancel()

    def _work(self) -> None:
        while (job := self._next_job()) is not None:
            self.started.emit(job.title, job.cancellable)
            outcome = self._outcome(job)
            with self._wake:
                self._running = None
                if self._closing:
                    return
            self._delivery.emit(outcome)

    def _next_job(self) -> Job | None:
        with self._wake:
            while not self._queue and not self._closing:
                self._wake.wait()
            self._running = None if self._closing else self._queue.popleft()
            return self._running

    def _outcome(self, job: Job) -> Callable[[], None]:
        """Do the work; what comes back is the call that the window's thread has to make."""
        # A search for reference cycles among the records of an import would hold the window up, and one that
        # starts here could delete a widget in the wrong thread.
        gc.disable()
        try:
            result = job.fn(_JobProgress(job, self))
        except Cancelled:
            return lambda: _tell_cancelled(job)
        except Exception as error:  # noqa: BLE001 - every failure is shown on the window's thread
            failure = error
            return lambda: self._tell_failed(job, failure)
        finally:
            gc.enable()
        return lambda: _tell_cancelled(job) if job.is_cancelled else job.on_done(result)

    def _tell_failed(self, job: Job, error: Exception) -> None:
        if job.is_cancelled:
            _tell_cancelled(job)
        elif job.on_error is not None:
            job.on_error(error)
        else:
            self.failed.emit(error)

    @Slot(object)
    def _deliver(self, outcome: Callable[[], None]) -> None:
        if self._closing:
            return
        try:
            outcome()
        finally:
            with self._wake:
                self._undelivered -= 1
                quiet = self._undelivered == 0
            if quiet:
                self.idle.emit()


def _tell_cancelled(job: Job) -> None:
    if job.on_cancelled is not None:
        job.on_cancelled()
