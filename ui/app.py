"""Starts the window: Welcome is painted first, everything else is loaded after that."""

import sys
from pathlib import Path
from typing import cast

from PySide6.QtWidgets import QApplication

from ui.first_paint import after_first_paint
from ui.main_window import MainWindow
from ui.page_spec import find_page, find_pages
from ui.preferences import remembered
from ui.session import Session
from ui.theme import ThemeChoice, apply_theme
from ui.theme_icons import app_icon


def make_application() -> QApplication:
    """The application, dressed as the user chose."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    app.setApplicationName("Quintile")
    app.setApplicationDisplayName("")
    app.setDesktopFileName("quintile")
    app.setWindowIcon(app_icon())
    choice = remembered("theme", "system")
    apply_theme(app, cast("ThemeChoice", choice if choice in {"light", "dark"} else "system"))
    return app


def run_window(book: Path | None) -> int:
    """Show the window, with a book if one is named; returns the exit code."""
    app = make_application()
    session = Session()
    window = MainWindow(session, find_page("welcome"))
    after_first_paint(window.welcome, lambda: _load_the_rest(window, session, book))
    window.show()
    code = app.exec()
    session.close()
    return code


def _load_the_rest(window: MainWindow, session: Session, book: Path | None) -> None:
    from ui.crash import install_crash_dialog, show_error

    install_crash_dialog()
    session.jobs.failed.connect(lambda error: show_error(error, window))
    window.set_pages(find_pages())
    if book is not None:
        session.open_book(book)
