"""The longest time for which the window does not answer while 1,000,000 invoice lines are imported as a job.

A timer asks for a turn every 5 ms on the window's thread; the longest wait beyond that is the stall
(wanted: below 100 ms). Runs on the offscreen screen unless QT_QPA_PLATFORM is set.
"""

import argparse
import os
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QSettings, Qt, QTimer

from benchmarks.invoice_lines import CUSTOMERS, DOCUMENTS, LINES, write_invoice_lines
from core.progress import Progress
from ui.app import make_application
from ui.main_window import MainWindow
from ui.page_spec import find_page, find_pages
from ui.session import Session

TURN_MS = 5


class Watch:
    """Notes the longest wait between two turns of the window's thread, and what was worked out then."""

    def __init__(self, session: Session) -> None:
        self.longest_s = 0.0
        self.longest_in = self.step = ""
        self._last = time.perf_counter()
        self._timer = QTimer(timerType=Qt.TimerType.PreciseTimer, interval=TURN_MS)
        self._timer.timeout.connect(self._turn)
        session.jobs.stepped.connect(self._stepped)

    def start(self) -> None:
        """Begin to watch."""
        self._last = time.perf_counter()
        self._timer.start()

    def _stepped(self, message: str) -> None:
        self.step = message

    def _turn(self) -> None:
        now = time.perf_counter()
        waited = now - self._last - TURN_MS / 1000
        if waited > self.longest_s:
            self.longest_s, self.longest_in = waited, self.step
        self._last = now


def import_file(session: Session, source: Path, done: list[int]) -> None:
    """Recognise, preview and commit the file as the Imports page does, in the worker thread."""

    def work(progress: Progress) -> int:
        from core.usecases.import_files import commit_import, preview_import
        from ui.intake import recognise_file

        assert session.book is not None
        found = recognise_file(source, session.book, progress=progress)
        assert found.importer is not None
        preview = preview_import(
            session.book, found.source, found.importer, mapping=found.mapping, progress=progress
        )
        return commit_import(session.book, preview, progress=progress).preview.totals.lines

    session.jobs.run(work, on_done=done.append, title=f"Importing {source.name}")


def stall_of(source: Path, book: Path) -> tuple[Watch, int, float]:
    """Import the file with a window that shows; return what was watched, the lines and the seconds."""
    app = make_application()
    session = Session()
    window = MainWindow(session, find_page("welcome"), find_pages())
    window.show()
    session.create_book(book, client="Benchmark", currency="USD")
    session.jobs.wait_idle(60_000)
    done: list[int] = []
    watch = Watch(session)
    start = time.perf_counter()
    watch.start()
    import_file(session, source, done)
    session.jobs.idle.connect(app.quit)
    app.exec()
    seconds = time.perf_counter() - start
    session.close()
    return watch, done[0], seconds


def main() -> None:
    """Measure and print the stall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    share = parser.parse_args().lines / LINES
    with TemporaryDirectory() as name:
        folder = Path(name)
        os.environ["XDG_DATA_HOME"] = name
        QSettings.setPath(QSettings.Format.IniFormat, QSettings.Scope.UserScope, name)
        source = write_invoice_lines(
            folder / "lines.csv",
            lines=round(LINES * share),
            documents=round(DOCUMENTS * share),
            customers=round(CUSTOMERS * share),
        )
        watch, lines, seconds = stall_of(source, folder / "book.quintile")
    print(f"{lines:,} lines imported in {seconds:.1f} s")
    words = f' while "{watch.longest_in}"' if watch.longest_in else ""
    print(f"longest stall {watch.longest_s * 1000:.0f} ms{words} (wanted below 100 ms)")


if __name__ == "__main__":
    main()
