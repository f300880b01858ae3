"""What a card shows while there is nothing, not yet, or not possible."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedLayout, QWidget

from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.labels import IconLabel, TextLabel, hbox, vbox

SHOWS_AFTER_MS = 300
CANCEL_AFTER_MS = 1000
_BAR_HEIGHTS = (0.55, 0.5, 0.6, 0.62, 0.7, 0.58, 0.5, 0.52, 0.66, 0.78, 0.88, 1.0)


class EmptyState(QWidget):
    """An icon, a title, one sentence and at most two buttons, in the middle."""

    def __init__(self, title: str, sentence: str, *, icon_name: str, buttons: Sequence[Button] = ()) -> None:
        super().__init__()
        tile = QFrame()
        tile.setObjectName("IconTile")
        tile.setFixedSize(44, 44)
        tile.setLayout(hbox(None, IconLabel(icon_name, size=24), None))
        self._title = TextLabel(title, "card-title")
        self._sentence = TextLabel(sentence, "body", tone="muted", wrap=True)
        self._sentence.setMaximumWidth(460)
        for label in (self._title, self._sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        row = hbox(None, *buttons, None, gap=8)
        column = vbox(None, hbox(None, tile, None), 4, self._title, gap=6, margins=(16, 16, 16, 16))
        column.addLayout(_centred(self._sentence))
        if buttons:
            column.addSpacing(6)
            column.addLayout(row)
        column.addStretch(1)
        self.setLayout(column)

    def set_text(self, title: str, sentence: str) -> None:
        """Say something else."""
        self._title.setText(title)
        self._sentence.setText(sentence)


def _centred(widget: QWidget) -> QHBoxLayout:
    row = hbox(gap=0)
    row.addStretch(1)
    row.addWidget(widget, 4)
    row.addStretch(1)
    return row


class LoadingState(QWidget):
    """Nothing for 300 ms; then flat shapes and what is being worked out; Cancel after a second."""

    cancelled = Signal()

    def __init__(self, text: str = "", *, cancellable: bool = True) -> None:
        super().__init__()
        self._shapes = _PlaceholderShapes()
        self._text = TextLabel(text, "body", tone="muted")
        self._cancel = Button("Cancel", "link", clicked=self.cancelled.emit)
        self._cancellable = cancellable
        line = hbox(IconLabel("spinner", color_token="text.muted"), self._text, None, self._cancel)
        self._line = QWidget()
        self._line.setLayout(line)
        column = vbox(self._shapes, self._line, gap=10, margins=(14, 14, 14, 12))
        column.setStretch(0, 1)
        self.setLayout(column)
        self._show_timer = QTimer(self, singleShot=True, interval=SHOWS_AFTER_MS)
        self._cancel_timer = QTimer(self, singleShot=True, interval=CANCEL_AFTER_MS)
        self._show_timer.timeout.connect(self._reveal)
        self._cancel_timer.timeout.connect(lambda: self._cancel.setVisible(self._cancellable))
        self.restart(text)

    def restart(self, text: str = "") -> None:
        """Begin again with an empty surface."""
        self._text.setText(text or self._text.text())
        self._shapes.hide()
        self._line.hide()
        self._cancel.hide()
        self._show_timer.start()
        self._cancel_timer.start()

    def set_text(self, text: str) -> None:
        """Say what is being worked out now."""
        self._text.setText(text)

    def _reveal(self) -> None:
        self._shapes.show()
        self._line.show()


class _PlaceholderShapes(QWidget):
    """Flat bars where the chart or table will be."""

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint twelve bars."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(current_theme().color("bg.sunken"))
        slot = self.width() / len(_BAR_HEIGHTS)
        for place, part in enumerate(_BAR_HEIGHTS):
            height = self.height() * part
            bar = QRectF(place * slot + slot * 0.12, self.height() - height, slot * 0.76, height)
            painter.drawRoundedRect(bar, 3, 3)


@dataclass(frozen=True)
class Problem:
    """What went wrong: what, where (row, column), what was expected, what was found, what to do."""

    what: str
    where: str = ""
    expected: str = ""
    found: str = ""
    remedy: str = ""

    def as_text(self) -> str:
        """All of it, to copy into a message."""
        named = (
            ("Where", self.where),
            ("Expected", self.expected),
            ("Found", self.found),
            ("Remedy", self.remedy),
        )
        return "\n".join([self.what, *(f"{name}: {text}" for name, text in named if text)])


class ErrorState(QWidget):
    """A problem with its place, expectation, finding and remedy; the likely fix is the primary button."""

    def __init__(self, problem: Problem, *, fix: Button | None = None, other: Button | None = None) -> None:
        super().__init__()
        self._problem = problem
        words = vbox(TextLabel(problem.what, "section"), gap=6)
        words.addWidget(TextLabel(_sentence(problem), "body", tone="secondary", wrap=True, rich=True))
        if problem.remedy:
            words.addWidget(TextLabel(problem.remedy, "body", tone="secondary", wrap=True))
        row = hbox(*(button for button in (fix, other) if button is not None), None)
        words.addSpacing(4)
        words.addLayout(row)
        copy = Button("Copy details", "link", clicked=self.copy_details)
        words.addLayout(hbox(copy, None))
        mark = IconLabel("x-circle-fill", color_token="negative.fill", size=20)
        outer = hbox(gap=14, margins=(20, 18, 20, 18))
        outer.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(words, 1)
        self.setLayout(vbox(outer, None))
        self.setAccessibleName(problem.as_text())

    def copy_details(self) -> None:
        """Put the whole problem on the clipboard."""
        QGuiApplication.clipboard().setText(self._problem.as_text())


def _sentence(problem: Problem) -> str:
    def escaped(text: str) -> str:
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")

    place = f"<b style='font-weight:600'>{escaped(problem.where)}:</b> " if problem.where else ""
    parts = [f"expected {escaped(problem.expected)}"] if problem.expected else []
    parts += [f"found {escaped(problem.found)}"] if problem.found else []
    return place + ", ".join(parts) + ("." if parts else "")


class StateStack(QWidget):
    """Holds a content and shows in its place, when needed, an empty, loading or error state."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self._stack = QStackedLayout(self)
        self._content = content
        self._state: QWidget | None = None
        self._stack.addWidget(content)

    def show_content(self) -> None:
        """Show the content again."""
        self._stack.setCurrentWidget(self._content)
        self._drop()

    def show_state(self, state: QWidget) -> None:
        """Show a state instead of the content."""
        self._drop()
        self._state = state
        self._stack.addWidget(state)
        self._stack.setCurrentWidget(state)

    def show_loading(self, text: str, *, on_cancel: Callable[[], object] | None = None) -> None:
        """Show that it is being worked out."""
        loading = LoadingState(text, cancellable=on_cancel is not None)
        if on_cancel is not None:
            loading.cancelled.connect(on_cancel)
        self.show_state(loading)

    @property
    def state(self) -> QWidget | None:
        """The state that is shown, or None."""
        return self._state

    def _drop(self) -> None:
        if self._state is not None:
            self._stack.removeWidget(self._state)
            self._state.hide()
            self._state.deleteLater()
            self._state = None
