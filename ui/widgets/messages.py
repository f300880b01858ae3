"""Messages at the top of a page: what happened, what it means, what to do."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from ui.widgets.buttons import Button, IconButton
from ui.widgets.labels import IconLabel, TextLabel, hbox

MessageKind = Literal["success", "warning", "error", "info"]
CLOSES_AFTER_MS = 8000
_ICONS = {
    "success": ("check-circle-fill", "positive.fill"),
    "warning": ("warning-circle-fill", "warning.fill"),
    "error": ("x-circle-fill", "negative.fill"),
    "info": ("info-fill", "info.fill"),
}


class InlineMessage(QFrame):
    """One message; success closes itself after 8 seconds unless it has the focus, others stay."""

    closed = Signal()

    def __init__(
        self,
        kind: MessageKind,
        strong: str,
        text: str = "",
        *,
        action: str = "",
        on_action: Callable[[], object] | None = None,
        closable: bool | None = None,
    ) -> None:
        """`strong` is what happened, `text` what it means; `action` (such as Undo) is what to do."""
        super().__init__()
        self.setObjectName("Message")
        self.setProperty("kind", kind)
        name, token = _ICONS[kind]
        mark = IconLabel(name, color_token=token)
        self._words = TextLabel(_rich(strong, text), "body", wrap=True, rich=True)
        self._words.setAccessibleName(f"{strong} {text}".strip())
        self.setAccessibleName(f"{strong} {text}".strip())
        row = hbox(mark, self._words, gap=9, margins=(12, 6, 10, 6))
        mark.setFixedHeight(24)
        self._words.setContentsMargins(0, 3, 0, 3)
        row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
        row.setStretch(1, 1)
        if action and on_action is not None:
            button = Button(action, "link", clicked=lambda: self._act(on_action))
            row.addWidget(button, 0, Qt.AlignmentFlag.AlignTop)
        if closable if closable is not None else kind == "success":
            row.addWidget(IconButton("x", "Close message", clicked=self.close_message, size=22))
        self.setLayout(row)
        self._timer = QTimer(self, singleShot=True, interval=CLOSES_AFTER_MS)
        self._timer.timeout.connect(self._close_unless_focused)
        self._stays_while: Callable[[], bool] = lambda: False
        if kind == "success":
            self._timer.start()

    def stay_while(self, condition: Callable[[], bool]) -> None:
        """Do not close by itself while this holds: what it speaks of is not to be seen yet."""
        self._stays_while = condition

    def close_message(self) -> None:
        """Take the message away."""
        self._timer.stop()
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def _act(self, on_action: Callable[[], object]) -> None:
        self.close_message()
        on_action()

    def _close_unless_focused(self) -> None:
        focus = QApplication.focusWidget()
        if self._stays_while() or (focus is not None and self.isAncestorOf(focus)):
            self._timer.start()
        else:
            self.close_message()


class MessageArea(QWidget):
    """Where messages appear: above the page, never over the data."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        self.hide()

    def post(self, message: QWidget) -> None:
        """Show a message below earlier ones."""
        self._column.addWidget(message)
        if isinstance(message, InlineMessage):
            message.closed.connect(self._forget_closed)
        self.show()

    def clear(self) -> None:
        """Take all messages away."""
        while (item := self._column.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self.hide()

    def _forget_closed(self) -> None:
        message = self.sender()
        if isinstance(message, QWidget):
            self._column.removeWidget(message)
        self.setVisible(self._column.count() > 0)


def _rich(strong: str, text: str) -> str:
    def escaped(part: str) -> str:
        return part.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    return f"<b style='font-weight:600'>{escaped(strong)}</b> {escaped(text)}"
