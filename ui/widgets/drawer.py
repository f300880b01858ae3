"""The drawer at the right: one customer or plan beside the page."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import current_theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import ElidedLabel, Rule, clear_layout, hbox, vbox
from ui.widgets.page import scrolling

NARROWEST_PX = 300


class Drawer(QFrame):
    """Holds one content; Esc closes it, Alt up and Alt down ask for the previous and next row."""

    closed = Signal()
    stepped = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Drawer")
        self.setAccessibleName("Details")
        self.setMinimumWidth(NARROWEST_PX)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self.hide()

    def set_content(self, content: QWidget | None) -> None:
        """Show another content; None closes the drawer."""
        clear_layout(self._layout)
        if content is None:
            self.hide()
        else:
            self._layout.addWidget(content)
            self.show()

    @property
    def content(self) -> QWidget | None:
        """What it shows."""
        item = self._layout.itemAt(0)
        return None if item is None else item.widget()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc and Alt with up or down."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        key = Qt.Key(event.key())
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key in steps and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self.stepped.emit(steps[key])
        else:
            super().keyPressEvent(event)


class DrawerContent(QWidget):
    """The usual content: name, facts, previous, next, open, close, and a body that scrolls."""

    close_asked = Signal()
    step_asked = Signal(int)
    open_asked = Signal()

    def __init__(self, title: str, facts: str = "", *, can_step: bool = True, can_open: bool = True) -> None:
        super().__init__()
        buttons = QHBoxLayout()
        buttons.setSpacing(2)
        if can_step:
            buttons.addWidget(
                IconButton(
                    "caret-up", "Previous", shortcut_hint="Alt ↑", clicked=lambda: self.step_asked.emit(-1)
                )
            )
            buttons.addWidget(
                IconButton(
                    "caret-down", "Next", shortcut_hint="Alt ↓", clicked=lambda: self.step_asked.emit(1)
                )
            )
        if can_open:
            buttons.addWidget(IconButton("arrow-square-out", "Open full page", clicked=self.open_asked.emit))
        buttons.addWidget(IconButton("x", "Close", shortcut_hint="Esc", clicked=self.close_asked.emit))
        self.title_label = ElidedLabel(title, "section")
        self.facts_label = ElidedLabel(facts, "small", tone="muted")
        head = hbox(self.title_label, buttons, gap=6)
        head.setStretch(0, 1)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(16, 12, 16, 16)
        self.body.setSpacing(current_theme().size("gutter"))
        column = vbox(vbox(head, self.facts_label, gap=2, margins=(16, 12, 12, 12)), Rule(), gap=0)
        column.addWidget(scrolling(self.body), 1)
        self.setLayout(column)
        self.setAccessibleName(title)
