"""A row of choices of which exactly one holds, each with an optional count."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QSizePolicy, QToolButton

from ui.theme import current_theme


@dataclass(frozen=True)
class Choice:
    """One choice: its key for the program, its word and its count for the user."""

    key: str
    text: str
    count: int | None = None


class SegmentedButtons(QFrame):
    """Exclusive choices in one frame; arrow keys move between them."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice | tuple[str, str]], *, name: str, current: str = "") -> None:
        super().__init__()
        self.setObjectName("Segmented")
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QToolButton] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(1, 1, 1, 1)
        self._row.setSpacing(0)
        self._group.buttonClicked.connect(lambda button: self.chosen.emit(self._key_of(button)))
        self.set_choices(choices, current=current)

    def set_choices(self, choices: Sequence[Choice | tuple[str, str]], *, current: str = "") -> None:
        """Show other choices; without `current` the one that holds stays, else the first."""
        wanted = current or self.current
        for button in self._buttons.values():
            self._group.removeButton(button)
            self._row.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._buttons = {}
        items = [item if isinstance(item, Choice) else Choice(*item) for item in choices]
        for item in items:
            self._add(item, first=item is items[0], last=item is items[-1])
        if items:
            self.set_current(wanted if wanted in self._buttons else items[0].key)

    def _add(self, choice: Choice, *, first: bool, last: bool) -> None:
        button = QToolButton()
        button.setText(choice.text if choice.count is None else f"{choice.text} {choice.count:,}")
        button.setAccessibleName(button.text())
        button.setCheckable(True)
        button.setProperty("first", first)
        button.setProperty("last", last)
        button.setFont(current_theme().font("small-strong"))
        button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._group.addButton(button)
        self._row.addWidget(button)
        self._buttons[choice.key] = button

    @property
    def current(self) -> str:
        """The key of the choice that holds."""
        return self._key_of(self._group.checkedButton())

    def set_current(self, key: str) -> None:
        """Choose without saying so; an unknown key is a KeyError."""
        self._buttons[key].setChecked(True)

    def clear_choice(self) -> None:
        """Let none hold, where something else took their place."""
        self._group.setExclusive(False)
        for button in self._buttons.values():
            button.setChecked(False)
        self._group.setExclusive(True)

    def button(self, key: str) -> QToolButton:
        """The button of a choice."""
        return self._buttons[key]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right choose the neighbour."""
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}
        step = steps.get(Qt.Key(event.key()))
        keys = [key for key, button in self._buttons.items() if button.isEnabled()]
        if step is None or self.current not in keys:
            super().keyPressEvent(event)
            return
        key = keys[max(0, min(len(keys) - 1, keys.index(self.current) + step))]
        self._buttons[key].setFocus(Qt.FocusReason.TabFocusReason)
        if key != self.current:
            self.set_current(key)
            self.chosen.emit(key)

    def _key_of(self, button: object) -> str:
        return next((key for key, candidate in self._buttons.items() if candidate is button), "")
