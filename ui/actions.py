"""Everything a user can do by menu, shortcut or command palette, registered once."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QAction, QKeySequence

from ui.theme_icons import icon

MenuName = Literal["File", "Edit", "View", "Book", "Customers", "Segments", "Reports", "Help"]
MENU_ORDER: tuple[MenuName, ...] = (
    "File",
    "Edit",
    "View",
    "Book",
    "Customers",
    "Segments",
    "Reports",
    "Help",
)


@dataclass(frozen=True)
class RegisteredAction:
    """An action with its place: the menu, the group of the menu, and whether the palette offers it."""

    key: str
    menu: MenuName
    group: int
    action: QAction
    in_palette: bool


class ActionRegistry(QObject):
    """Pages register what they can do; the shell puts it into menus and the palette."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._entries: dict[str, RegisteredAction] = {}
        self.palette_providers: list[Callable[[], Iterable[Any]]] = []  # of PaletteEntry

    def add(
        self,
        key: str,
        text: str,
        *,
        menu: MenuName,
        triggered: Callable[[], object],
        shortcut: str = "",
        icon_name: str = "",
        group: int = 1,
        in_palette: bool = True,
        checkable: bool = False,
    ) -> QAction:
        """Register an action; the same key again replaces the earlier one."""
        self.remove(key)
        action = QAction(text, self)
        action.setShortcut(QKeySequence(shortcut))
        action.setCheckable(checkable)
        if icon_name:
            action.setIcon(icon(icon_name))
        action.triggered.connect(lambda _checked=False: triggered())
        self._entries[key] = RegisteredAction(key, menu, group, action, in_palette)
        self.changed.emit()
        return action

    def remove(self, key: str) -> None:
        """Take an action away when what it acts on is gone."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            entry.action.deleteLater()
            self.changed.emit()

    def action(self, key: str) -> QAction:
        """The action of a key, to enable, disable or put on a button."""
        return self._entries[key].action

    def has(self, key: str) -> bool:
        """Whether an action of this key is registered."""
        return key in self._entries

    def in_menu(self, menu: MenuName) -> list[RegisteredAction]:
        """The actions of a menu in their groups, each in the order of registration."""
        return sorted((e for e in self._entries.values() if e.menu == menu), key=lambda e: e.group)

    def for_palette(self) -> list[RegisteredAction]:
        """The actions that can be run now, for the command palette."""
        return [e for e in self._entries.values() if e.in_palette and e.action.isEnabled()]
