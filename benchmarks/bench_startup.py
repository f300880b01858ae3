"""Time from the start of the process to the first paint: Welcome against a bare PySide6 window, interleaved.

Prints the medians and their ratio (wanted: at most 2). Runs on the offscreen screen unless QT_QPA_PLATFORM is set.
"""

import argparse
import os
import statistics
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).parent.parent
WATCH = """
import os, time
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

PAINTED = QEvent.Type(QEvent.registerEventType())

class Watch(QObject):
    done = False

    def eventFilter(self, watched, event):
        if not self.done and event.type() == QEvent.Type.Paint:
            self.done = True  # the answer is handled when everything of this round is painted
            QCoreApplication.postEvent(self, QEvent(PAINTED), Qt.EventPriority.HighEventPriority.value)
        return False

    def customEvent(self, event):
        print(time.time_ns(), flush=True)
        os._exit(0)
"""
BARE = """
import sys
from PySide6.QtWidgets import QApplication, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.resize(1440, 900)
{watch}
watch = Watch()
window.installEventFilter(watch)
window.show()
sys.exit(app.exec())
"""
OURS = """
import sys
sys.path.insert(0, {root!r})
sys.argv[:] = ["main.py"]
{watch}
import ui.main_window
shown = ui.main_window.MainWindow.show

def show(window):
    window.watch = Watch()
    window.welcome.installEventFilter(window.watch)
    shown(window)

ui.main_window.MainWindow.show = show
from main import main
sys.exit(main())
"""


def seconds_to_paint(program: str, folder: str) -> float:
    """Start a program in a process of its own and return the seconds until it said that it had painted."""
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ}
    environment |= dict.fromkeys(("XDG_CONFIG_HOME", "XDG_DATA_HOME", "PYTHONPYCACHEPREFIX"), folder)
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed program is compiled
    start = time.time_ns()
    done = subprocess.run(  # noqa: S603 - our own programs
        [sys.executable, "-c", program], check=True, capture_output=True, text=True, env=environment
    )
    return (int(done.stdout.split()[0]) - start) / 1e9


def main() -> None:
    """Measure both in turn and print medians and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=9)
    runs = parser.parse_args().runs
    programs = (BARE.format(watch=WATCH), OURS.format(watch=WATCH, root=str(ROOT)))
    with TemporaryDirectory() as folder:
        for program in programs:  # once for the disk's cache and the compiled modules
            seconds_to_paint(program, folder)
        measured = [[seconds_to_paint(program, folder) for program in programs] for _ in range(runs)]
    bare, ours = (statistics.median(column) for column in zip(*measured, strict=True))
    print(
        f"bare PySide6 window {bare * 1000:.0f} ms, Welcome painted {ours * 1000:.0f} ms ({runs} runs each)"
    )
    print(f"ratio {ours / bare:.2f} (wanted at most 2)")


if __name__ == "__main__":
    main()
