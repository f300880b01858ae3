"""Fields: search, labelled choice, and the line that says what is wrong with an input."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAction, QKeyEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QMenu, QSizePolicy, QToolButton, QWidget

from ui.theme import current_theme, theme_notifier
from ui.theme_icons import icon
from ui.widgets.labels import IconLabel, TextLabel, hbox, restyle, vbox

TYPING_PAUSE_MS = 120


class SearchField(QLineEdit):
    """A field that filters while typing; Esc clears it."""

    searched = Signal(str)

    def __init__(self, placeholder: str, *, name: str = "", width: int = 184) -> None:
        super().__init__()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setClearButtonEnabled(True)
        self.setMinimumWidth(width)
        self.setMaximumWidth(width * 2)
        self._glass = self.addAction(icon("magnifying-glass"), QLineEdit.ActionPosition.LeadingPosition)
        self._pause = QTimer(self, singleShot=True, interval=TYPING_PAUSE_MS)
        self._pause.timeout.connect(lambda: self.searched.emit(self.text()))
        self.textChanged.connect(lambda _text: self._pause.start())
        theme_notifier().changed.connect(self._tint)

    def _tint(self) -> None:
        self._glass.setIcon(icon("magnifying-glass"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc clears; a second Esc goes on to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
        else:
            super().keyPressEvent(event)


class ChoiceButton(QToolButton):
    """A framed button that shows `Region any` and opens its choices as a menu."""

    chosen = Signal(str)

    def __init__(self, label: str, choices: Sequence[tuple[str, str]] = (), *, current: str = "") -> None:
        super().__init__()
        self.setProperty("control", True)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._label, self._choices, self._current = label, list(choices), current
        self._name = TextLabel(label, "body", tone="muted")
        self._value = TextLabel("", "body-strong")
        row = hbox(self._name, self._value, IconLabel("caret-down", size=12), gap=7, margins=(10, 0, 9, 0))
        self.setLayout(row)
        for part in self.findChildren(QWidget):
            part.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._name.setVisible(bool(label))
        self.setMenu(QMenu(self))
        self.set_choices(choices, current=current)

    def set_choices(self, choices: Sequence[tuple[str, str]], *, current: str = "") -> None:
        """Offer other choices as (key, text)."""
        self._choices = list(choices)
        menu = self.menu()
        menu.clear()
        for key, text in self._choices:
            action = QAction(text, menu)
            action.setCheckable(True)
            action.setData(key)
            action.triggered.connect(self._picked)
            menu.addAction(action)
        keys = [key for key, _ in self._choices]
        self.set_current(current if current in keys else (keys[0] if keys else ""))

    @property
    def current(self) -> str:
        """The key that holds."""
        return self._current

    def set_current(self, key: str) -> None:
        """Choose without saying so."""
        self._current = key
        text = dict(self._choices).get(key, "")
        self._value.setText(text)
        self.setAccessibleName(f"{self._label} {text}".strip())
        for action in self.menu().actions():
            action.setChecked(action.data() == key)
        layout = self.layout()
        if layout is not None:
            layout.activate()
            self.setFixedSize(layout.sizeHint().width(), current_theme().size("control"))

    def _picked(self) -> None:
        action = self.sender()
        if isinstance(action, QAction):
            key = str(action.data())
            changed = key != self._current
            self.set_current(key)
            if changed:
                self.chosen.emit(key)


class FieldProblem(QWidget):
    """The line beside an input that says what to enter; hidden while there is nothing wrong."""

    def __init__(self, field: QWidget) -> None:
        super().__init__()
        self._field = field
        self._text = TextLabel("", "small", tone="negative", wrap=True)
        row = hbox(IconLabel("x-circle-fill", color_token="negative.fill", size=14), self._text, gap=6)
        row.setStretch(1, 1)
        self.setLayout(row)
        self.hide()

    def say(self, text: str) -> None:
        """Mark the field and say what to enter; an empty text takes the mark away."""
        self._text.setText(text)
        self._field.setProperty("invalid", bool(text))
        self._field.setAccessibleDescription(text)
        restyle(self._field)
        self.setVisible(bool(text))


def labelled(label: str, field: QWidget) -> QWidget:
    """A field with its label above it, tied together for screen readers."""
    holder = QWidget()
    words = TextLabel(label, "small-strong", tone="secondary")
    words.setBuddy(field)
    if not field.accessibleName():
        field.setAccessibleName(label)
    holder.setLayout(vbox(words, field, gap=4))
    return holder


def combo(choices: Sequence[tuple[str, str]], *, name: str, current: str = "") -> QComboBox:
    """A combo box of (key, text); `currentData()` is the key."""
    box = QComboBox()
    box.setAccessibleName(name)
    for key, text in choices:
        box.addItem(text, key)
    if current:
        box.setCurrentIndex(box.findData(current))
    return box
