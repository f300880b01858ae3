"""What happens when something unexpected does: a dialog for the user, a log without names."""

import sys
import traceback
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from core.errors import UserError


def log_path() -> Path:
    """The log of unexpected errors on this computer."""
    from platformdirs import user_log_path

    return user_log_path("Quintile", appauthor=False, ensure_exists=True) / "errors.log"


def crash_report(error: BaseException, *, at: datetime) -> str:
    """What happened and where in the program; never the message, which may hold a customer's name."""
    lines = [f"{at:%Y-%m-%d %H:%M:%S} {type(error).__module__}.{type(error).__qualname__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} in {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)
    ]
    if error.__cause__ is not None:
        lines.append(f"  caused by {type(error.__cause__).__qualname__}")
    return "\n".join(lines) + "\n"


def show_error(error: BaseException, parent: QWidget | None = None) -> QMessageBox:
    """A user's mistake shows its message; anything else is a bug: it is logged and shown as such."""
    box = QMessageBox(parent)
    box.setWindowTitle("Quintile")
    if isinstance(error, UserError):
        box.setIcon(QMessageBox.Icon.Warning)
        box.setText(str(error))
    else:
        report = crash_report(error, at=datetime.now(tz=UTC))
        path = log_path()
        with path.open("a", encoding="utf-8") as log:
            log.write(report)
        box.setIcon(QMessageBox.Icon.Critical)
        box.setText("Something unexpected happened. Your book was not changed by it.")
        box.setInformativeText(f"The details, without names, are in {path}.")
        box.setDetailedText(report)
    box.open()
    return box


def install_crash_dialog() -> None:
    """Show errors that nobody expected instead of losing them."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt) or QApplication.instance() is None:
            sys.__excepthook__(kind, error, trace)
            return
        show_error(error, QApplication.activeWindow())

    sys.excepthook = caught
