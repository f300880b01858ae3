from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from core.errors import UserError
from core.period import parse_period
from ui.crash import crash_report, show_error
from ui.dialogs.command_palette import PaletteEntry, find_entries
from ui.main_window import MainWindow
from ui.page_spec import PageSpec, find_page, find_pages
from ui.pages.help import TOPICS, HelpPage
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.page import Page
from ui.widgets.period_picker import PeriodPicker
from ui.widgets.top_bar import compare_choices


def spec(key: str, made: list[str], *, group: str = "main", shortcut: str = "") -> PageSpec:
    def factory(session: Session) -> QWidget:
        made.append(key)
        page = Page(key.title())
        page.add(Button(f"Do {key}"))
        return page

    return PageSpec(key, key.title(), "users", group, shortcut, factory)  # type: ignore[arg-type]


@pytest.fixture
def made() -> list[str]:
    return []


@pytest.fixture
def window(light: QApplication, qtbot: QtBot, made: list[str]) -> MainWindow:
    pages = [spec("overview", made, shortcut="Ctrl+1"), spec("customers", made, shortcut="Ctrl+2")]
    result = MainWindow(Session(), spec("welcome", made), pages)
    qtbot.addWidget(result)
    result.show()
    return result


def open_book(window: MainWindow) -> None:
    period = parse_period("2025-11..2026-10")
    window.session.latest_period = period
    window.session.set_book(Path("alder.quintile"), client_name="Alder & Finch", period=period)


def test_pages_are_made_at_their_first_visit(window: MainWindow, made: list[str]) -> None:
    assert made == ["welcome"]
    open_book(window)
    assert made == ["welcome", "overview"]
    window.session.open_page("customers")
    window.session.open_page("overview")
    assert made == ["welcome", "overview", "customers"]
    assert window.windowTitle() == "Alder & Finch — Quintile"


def test_closing_the_book_goes_back_to_welcome(window: MainWindow) -> None:
    open_book(window)
    window.session.set_book(None)
    assert window.current_page is window.welcome
    assert window.windowTitle() == "Quintile"
    assert not window.session.actions.action("page.customers").isEnabled()


def test_a_page_opens_by_its_menu_action(window: MainWindow) -> None:
    open_book(window)
    action = window.session.actions.action("page.customers")
    assert action.shortcut().toString() == "Ctrl+2"
    action.trigger()
    assert window.current_page is not None
    assert window.current_page.accessibleName() == "Customers"


def test_f6_goes_from_the_rail_to_the_page_and_back(window: MainWindow, qtbot: QtBot) -> None:
    open_book(window)
    assert window.workspace is not None
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.workspace.rail.focus_current()
    window.next_part()
    focused = QApplication.focusWidget()
    assert isinstance(focused, Button)
    assert focused.text() == "Do overview"
    window.next_part()
    back = QApplication.focusWidget()
    assert back is not None
    assert window.workspace.rail.isAncestorOf(back)


def test_a_narrow_window_has_a_narrow_rail(window: MainWindow) -> None:
    open_book(window)
    assert window.workspace is not None
    window.resize(1440, 900)
    assert window.workspace.rail.width() == 196
    window.resize(1120, 700)
    assert window.workspace.rail.width() == 52
    window.toggle_rail()
    assert window.workspace.rail.width() == 196


def test_the_import_button_is_there_only_when_import_is(window: MainWindow) -> None:
    open_book(window)
    assert window.workspace is not None
    button = window.workspace.top_bar.import_button
    assert not button.isVisible()
    asked: list[int] = []
    window.session.actions.add("import", "Import…", menu="Book", triggered=lambda: asked.append(1))
    assert button.isVisible()
    button.click()
    assert asked == [1]


def test_every_button_of_the_shell_has_a_name(window: MainWindow) -> None:
    from PySide6.QtWidgets import QAbstractButton

    open_book(window)
    assert window.workspace is not None
    nameless = [
        button
        for button in window.workspace.findChildren(QAbstractButton)
        if button.isVisible() and not (button.accessibleName() or button.text())
    ]
    assert nameless == []


def test_the_period_cannot_go_past_the_last_month(window: MainWindow) -> None:
    open_book(window)
    session = window.session
    assert not session.can_step(1)
    session.step_period(-1)
    assert session.period == parse_period("2025-10..2026-09")
    session.step_period(1)
    assert session.period == parse_period("2025-11..2026-10")


def test_the_picker_offers_months_quarters_and_fiscal_years(light: QApplication, qtbot: QtBot) -> None:
    picker = PeriodPicker()
    qtbot.addWidget(picker)
    picker.show_period(parse_period("2026-05"), last=parse_period("2026-05"), year_start_month=4)
    offered = {heading: [period for _text, period in periods] for heading, periods in picker.choices()}
    assert offered[""] == [parse_period("2025-06..2026-05")]
    assert offered["Month"][:2] == [parse_period("2026-05"), parse_period("2026-04")]
    assert offered["Quarter"][:2] == [parse_period("2026-Q2"), parse_period("2026-Q1")]
    assert offered["Fiscal year"][:2] == [parse_period("2026-04..2027-03"), parse_period("2025-04..2026-03")]


def test_the_comparison_is_named_after_the_periods_length() -> None:
    assert compare_choices(parse_period("2026-10"))[0] == ("previous", "Previous month")
    assert compare_choices(parse_period("2025-11..2026-10"))[0] == ("previous", "Previous 12 months")


def entry(group: str, text: str) -> PaletteEntry:
    return PaletteEntry(group, text, lambda: None)


ENTRIES = [
    entry("Commands", "Export customer list"),
    entry("Customers", "Old Tandem"),
    entry("Customers", "Tandem Espresso"),
    entry("Customers", "Café Tern"),
]


def test_the_palette_finds_without_accents_and_in_any_order() -> None:
    assert [found.text for found in find_entries(ENTRIES, "tern cafe")] == ["Café Tern"]


def test_the_palette_puts_what_begins_so_first_and_commands_last() -> None:
    assert [found.text for found in find_entries(ENTRIES, "tand")] == ["Tandem Espresso", "Old Tandem"]
    assert [found.group for found in find_entries(ENTRIES, "")][-1] == "Commands"


def test_a_greater_sign_limits_the_palette_to_commands() -> None:
    assert [found.text for found in find_entries(ENTRIES, "> e")] == ["Export customer list"]


def test_enter_in_the_palette_runs_what_is_chosen(window: MainWindow, qtbot: QtBot) -> None:
    open_book(window)
    ran: list[str] = []
    names = ["Tandem Espresso", "Tandem Table"]
    entries = [PaletteEntry("Customers", name, partial(ran.append, name)) for name in names]
    window.session.actions.palette_providers.append(lambda: entries)
    palette = window.open_palette()
    qtbot.keyClicks(palette.field, "tandem")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert ran == ["Tandem Table"]


def test_a_users_mistake_shows_its_own_message(light: QApplication, qtbot: QtBot) -> None:
    box = show_error(UserError("Choose a file first."))
    qtbot.addWidget(box)
    assert box.text() == "Choose a file first."


def test_the_crash_report_says_where_but_never_the_message() -> None:
    try:
        dict[str, int]()["Marigold Hotel Ltd"]
    except KeyError as error:
        report = crash_report(error, at=datetime(2026, 11, 3, tzinfo=UTC))
    assert "builtins.KeyError" in report
    assert "test_shell.py" in report
    assert "Marigold" not in report


def test_help_can_be_read_on_welcome_and_left_again(light: QApplication, qtbot: QtBot) -> None:
    session = Session()
    window = MainWindow(session, find_page("welcome"), [find_page("help"), find_page("overview")])
    qtbot.addWidget(window)
    window.show()
    assert session.actions.action("page.help").isEnabled()
    assert not session.actions.action("page.overview").isEnabled()
    session.actions.action("page.help").trigger()
    assert isinstance(window.current_page, HelpPage)
    session.open_page("help", {"topic": "tie-out"})
    assert window.current_page.topic == "tie-out"
    back = window.current_page.findChild(QShortcut)
    assert back is not None
    back.activated.emit()
    assert window.current_page is window.welcome
    session.open_page("overview")  # needs a book: nothing happens
    assert window.current_page is window.welcome


class TwoParts(QWidget):
    """A page of which one part has a topic of its own."""

    help_topic = "tie-out"


def test_f1_opens_what_the_help_says_of_the_page_that_shows(light: QApplication, qtbot: QtBot) -> None:
    plain = PageSpec(
        "reports", "Reports", "users", "main", "", lambda _session: QWidget(), help_topic="report"
    )
    parts = PageSpec("parts", "Parts", "users", "main", "", lambda _session: TwoParts(), help_topic="profit")
    window = MainWindow(Session(), spec("welcome", []), [plain, parts, find_page("help")])
    qtbot.addWidget(window)
    window.show()
    open_book(window)
    f1 = window.session.actions.action("page.help")
    for key, topic in (("reports", "report"), ("parts", "tie-out")):
        window.session.open_page(key)
        f1.trigger()
        assert isinstance(window.current_page, HelpPage)
        assert window.current_page.topic == topic
    f1.trigger()  # on the help itself nothing changes
    assert isinstance(window.current_page, HelpPage)
    assert window.current_page.topic == "tie-out"


def test_every_page_names_a_topic_that_there_is() -> None:
    assert {page.help_topic for page in find_pages()} <= set(TOPICS)
