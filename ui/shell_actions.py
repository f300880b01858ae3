"""The actions of the shell itself, and how registered actions get into menus and the palette."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QApplication, QMenuBar

from ui.actions import MENU_ORDER, ActionRegistry, MenuName
from ui.preferences import remember
from ui.theme import ThemeChoice, apply_theme, theme_notifier

if TYPE_CHECKING:
    from ui.dialogs.command_palette import PaletteEntry
    from ui.main_window import MainWindow

THEMES: tuple[tuple[ThemeChoice, str], ...] = (
    ("light", "Light theme"),
    ("dark", "Dark theme"),
    ("system", "Theme of the system"),
)
MENU_TEXTS = {"File": "&File", "Edit": "&Edit", "View": "&View", "Book": "&Book", "Customers": "&Customers"}


def add_shell_actions(window: "MainWindow") -> None:
    """Register what the shell can do; again when the pages are known."""
    session = window.session
    actions = session.actions
    listed: tuple[tuple[str, str, MenuName, Callable[[], object], str, int], ...] = (
        ("shell.palette", "Search or run a command", "Edit", window.open_palette, "Ctrl+K", 8),
        ("shell.filter", "Filter this page", "Edit", window.filter_page, "Ctrl+F", 8),
        ("shell.back", "Earlier period", "View", lambda: session.step_period(-1), "Ctrl+[", 5),
        ("shell.forward", "Later period", "View", lambda: session.step_period(1), "Ctrl+]", 5),
        ("shell.rail", "Collapse or open the rail", "View", window.toggle_rail, "Ctrl+B", 6),
        ("shell.next_part", "Next part of the window", "View", window.next_part, "F6", 6),
        ("shell.quit", "Quit", "File", window.close, "Ctrl+Q", 9),
    )
    for key, text, menu, run, shortcut, group in listed:
        hidden = key in {"shell.palette", "shell.next_part"}
        actions.add(
            key, text, menu=menu, triggered=run, shortcut=shortcut, group=group, in_palette=not hidden
        )
    for choice, text in THEMES:
        actions.add(
            f"shell.theme.{choice}",
            text,
            menu="View",
            triggered=_theme_setter(actions, choice),
            group=7,
            checkable=True,
        )
        actions.action(f"shell.theme.{choice}").setChecked(theme_notifier().choice == choice)
    for page in window.pages:
        actions.add(
            f"page.{page.key}",
            page.title,
            menu="View" if page.needs_book else "Help",
            triggered=_page_opener(window, page.key),
            shortcut=page.shortcut,
            icon_name=page.icon,
            group=2 if page.group == "main" else 3,
        )
        actions.action(f"page.{page.key}").setEnabled(session.book_path is not None or not page.needs_book)


def _page_opener(window: "MainWindow", key: str) -> Callable[[], None]:
    return window.open_help if key == "help" else lambda: window.session.open_page(key)


def _theme_setter(actions: ActionRegistry, choice: ThemeChoice) -> Callable[[], None]:
    def choose() -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        remember("theme", choice)
        apply_theme(app, choice, text_scale=theme_notifier().theme.text_scale)
        for other, _text in THEMES:
            actions.action(f"shell.theme.{other}").setChecked(other == choice)

    return choose


def fill_menu_bar(bar: QMenuBar, actions: ActionRegistry) -> None:
    """Show every menu that has something in it."""
    bar.clear()
    for name in MENU_ORDER:
        entries = actions.in_menu(name)
        if not entries:
            continue
        menu = bar.addMenu(MENU_TEXTS.get(name, name))
        group = entries[0].group
        for entry in entries:
            if entry.group != group:
                menu.addSeparator()
                group = entry.group
            menu.addAction(entry.action)


def action_entries(actions: ActionRegistry) -> Iterator["PaletteEntry"]:
    """Registered actions as entries of the palette: pages under Go to, the rest under Commands."""
    from ui.dialogs.command_palette import COMMANDS, PaletteEntry

    for entry in actions.for_palette():
        page = entry.key.startswith("page.")
        yield PaletteEntry(
            "Go to" if page else COMMANDS,
            entry.action.text(),
            entry.action.trigger,
            note=entry.action.shortcut().toString(QKeySequence.SequenceFormat.NativeText),
        )
