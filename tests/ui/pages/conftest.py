"""Pages over a small book."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.small_book import make_small_book
from ui.session import Session
from ui.theme import apply_theme

Opener = Callable[..., Session]


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return tmp_path / "corner.quintile"


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    """A session without a book; failures of jobs end the test."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, "light")
    failures: list[Exception] = []
    made = Session()
    made.jobs.failed.connect(failures.append)
    yield made
    made.close()
    assert not failures


@pytest.fixture
def opened(session: Session, book_path: Path) -> Session:
    """A session with the small book and its figures."""
    make_small_book(book_path)
    session.open_book(book_path)
    assert session.jobs.wait_idle(60_000)
    return session
