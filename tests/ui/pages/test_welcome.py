from datetime import datetime
from pathlib import Path

from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from tests.ui.small_book import make_small_book
from ui.dialogs.new_book import NewBookDialog, file_stem
from ui.pages.welcome import WelcomePage, format_names
from ui.pages.welcome_recent import opened_text, size_text
from ui.recent_books import forget, note_opened, read_recent, recent_file
from ui.session import Session
from ui.widgets.states import EmptyState


def shown(session: Session, qtbot: QtBot) -> WelcomePage:
    page = WelcomePage(session)
    qtbot.addWidget(page)
    page.resize(1440, 860)
    page.show()
    session.jobs.wait_idle(60_000)
    return page


def test_without_books_the_page_says_how_to_start(session: Session, qtbot: QtBot) -> None:
    page = shown(session, qtbot)
    assert isinstance(page.recent.state, EmptyState)


def test_recent_books_open_and_say_how_far_they_got(session: Session, qtbot: QtBot, book_path: Path) -> None:
    make_small_book(book_path)
    session.open_book(book_path)
    session.jobs.wait_idle(60_000)
    session.close_book()
    session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    model = page.table.table_model
    assert model.value(0, "client") == ("Corner & Sons", "corner.quintile")
    assert model.value(0, "month") == "Oct 2026"
    assert model.value(0, "state")[0] == "review"
    page.table.open_asked.emit(0)
    session.jobs.wait_idle(60_000)
    assert session.client_name == "Corner & Sons"


def test_a_book_that_is_gone_is_marked_and_can_be_taken_off_the_list(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    note_opened(tmp_path / "gone.quintile", "Gone Ltd")
    page = shown(session, qtbot)
    assert page.table.table_model.value(0, "state") == ("failed", "File not found")
    lost: list[str] = []
    page.table.lost.disconnect()
    page.table.lost.connect(lost.append)
    page.table.open_asked.emit(0)
    assert lost == [str((tmp_path / "gone.quintile").resolve())]
    forget(lost[0])
    assert read_recent() == []


def test_only_formats_that_exist_are_named() -> None:
    names = format_names()
    assert {"QuickBooks Online", "QuickBooks Desktop", "Xero", "CSV", "Excel"} <= set(names)
    assert not any("mapped" in name for name in names)


def test_a_book_that_is_dropped_is_opened(session: Session, qtbot: QtBot, book_path: Path) -> None:
    page = shown(session, qtbot)
    page.take_files([make_small_book(book_path)])
    session.jobs.wait_idle(60_000)
    assert session.client_name == "Corner & Sons"


def test_exports_that_are_dropped_ask_for_the_client(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(session, qtbot)
    page.take_files([tmp_path / "sales.csv"])
    dialog = next(d for d in page.window().findChildren(QDialog) if isinstance(d, NewBookDialog))
    dialog.client.setText("New & Old Ltd")
    dialog.place.setText(str(tmp_path / "new-old.quintile"))
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    session.jobs.wait_idle(60_000)
    assert session.client_name == "New & Old Ltd"
    assert (tmp_path / "new-old.quintile").exists()


def test_a_new_book_needs_a_known_currency_and_a_free_name(qtbot: QtBot, tmp_path: Path) -> None:
    dialog = NewBookDialog(folder=tmp_path)
    qtbot.addWidget(dialog)
    assert not dialog.accept_button.isEnabled()
    dialog.client.setText("Alder & Finch")
    assert dialog.wish().path == tmp_path / "alder-finch.quintile"
    assert dialog.accept_button.isEnabled()
    dialog.currency.setCurrentText("XQQ")
    assert not dialog.accept_button.isEnabled()
    dialog.currency.setCurrentText("eur")
    assert dialog.wish().currency == "EUR"
    (tmp_path / "alder-finch.quintile").write_text("taken")
    dialog.place.setText(str(tmp_path / "alder-finch"))
    assert not dialog.accept_button.isEnabled()


def test_words_for_days_and_sizes() -> None:
    now = datetime(2026, 11, 3, 12, 0)  # noqa: DTZ001 - the clock on the wall
    assert opened_text("2026-11-03T09:14", now) == "Today, 09:14"
    assert opened_text("2026-11-02T23:59", now) == "Yesterday"
    assert opened_text("2026-10-28T10:00", now) == "28 Oct"
    assert opened_text("2025-10-28T10:00", now) == "28 Oct 2025"
    assert size_text(18_400_000) == "18.4 MB"
    assert size_text(640_200) == "640 kB"
    assert file_stem("Żółta Łódź & Co.") == "żółta-łódź-co"


def test_a_damaged_list_of_books_is_taken_as_empty() -> None:
    recent_file().parent.mkdir(parents=True, exist_ok=True)
    recent_file().write_text("{", encoding="utf-8")
    assert read_recent() == []
