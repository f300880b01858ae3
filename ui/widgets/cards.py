"""Cards: the flat white surfaces that hold everything on a page."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current_theme, theme_notifier
from ui.widgets.labels import ElidedLabel, TextLabel, hbox, restyle, vbox
from ui.widgets.sparkline import paint_sparkline

Verdict = Literal["good", "bad", "neutral"]
Direction = Literal["up", "down", "none"]
ARROWS = {"up": "▲ ", "down": "▼ ", "none": ""}


class Card(QFrame):
    """A surface with a title, a muted sentence beside it, actions at the right, and a body."""

    def __init__(
        self,
        title: str = "",
        subtitle: str = "",
        *,
        actions: Sequence[QWidget] = (),
        flush: bool = False,
        edge: Literal["", "positive", "warning", "negative"] = "",
    ) -> None:
        """`flush` lets the body touch the edges, for tables; `edge` colours the border by meaning."""
        super().__init__()
        self.setObjectName("Card")
        self.setProperty("edge", edge)
        self.title_label = TextLabel(title, "card-title")
        self.subtitle_label = ElidedLabel(subtitle, "small", tone="muted")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(8)
        side = 1 if flush else 14
        self.body = QVBoxLayout()
        self.body.setSpacing(8)
        self.body.setContentsMargins(side, 0, side, side)
        self._head = QWidget()
        self._head.setLayout(hbox(gap=8, margins=(14, 10, 14, 6)))
        self._fill_head(title, actions)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._head)
        if not title and not actions:
            self._head.hide()
            self.body.setContentsMargins(side, side, side, side)
        outer.addLayout(self.body, 1)
        self.setAccessibleName(title)

    def _fill_head(self, title: str, actions: Sequence[QWidget]) -> None:
        row = self._head.layout()
        assert isinstance(row, QHBoxLayout)
        row.addWidget(self.title_label)
        row.addWidget(self.subtitle_label, 1)
        row.addLayout(self._actions)
        self.title_label.setVisible(bool(title))
        self._head.setMinimumHeight(38)
        for action in actions:
            self._actions.addWidget(action)

    def add(self, part: QWidget | QLayout, stretch: int = 0) -> None:
        """Put a part into the body."""
        if isinstance(part, QLayout):
            self.body.addLayout(part, stretch)
        else:
            self.body.addWidget(part, stretch)

    def add_action(self, widget: QWidget) -> None:
        """Put a control into the head, at the right."""
        self._head.show()
        self._actions.addWidget(widget)

    def set_title(self, title: str, subtitle: str | None = None) -> None:
        """Show another title and sentence."""
        self._head.show()
        self.title_label.setText(title)
        self.title_label.setVisible(bool(title))
        self.setAccessibleName(title)
        if subtitle is not None:
            self.subtitle_label.setText(subtitle)

    def set_edge(self, edge: Literal["", "positive", "warning", "negative"]) -> None:
        """Colour the border by meaning."""
        self.setProperty("edge", edge)
        restyle(self)


class KpiCard(Card):
    """One key figure: what it is, its value, how it changed, and optionally its last months."""

    clicked = Signal()

    def __init__(self, title: str, *, clickable: bool = True) -> None:
        super().__init__()
        self.setProperty("clickable", clickable)
        self._name = title
        self._title = ElidedLabel(title, "small", tone="secondary")
        self._value = TextLabel("–", "kpi")
        self._change = TextLabel("", "small", rich=True)
        self._spark = Sparkline()
        self._title.setMinimumHeight(self._spark.height())  # titles stand alike with and without a line
        self._has_line = False
        self._spark.hide()
        head = hbox(self._title, self._spark, gap=4)
        head.setStretch(0, 1)
        self.body.setContentsMargins(14, 9, 12, 9)
        self.body.setSpacing(0)
        self.add(head)
        self.add(self._value)
        self.add(self._change)
        self.setMinimumHeight(current_theme().size("kpi_card"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._parts: tuple[str, Direction, Verdict, str] = ("", "none", "neutral", "")
        self.setAccessibleName(title)
        if clickable:
            self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme_notifier().changed.connect(self._show_change)

    def set_value(self, value: str) -> None:
        """Show the figure as written; an en dash where it is unknown."""
        self._value.setText(value)
        self._say()

    def set_change(
        self, change: str, *, direction: Direction = "none", verdict: Verdict = "neutral", note: str = ""
    ) -> None:
        """Show the change (`11.1%`), its direction, whether that is good, its base (`from $1,156,744`)."""
        self._parts = (change, direction, verdict, note)
        self._show_change()
        self._say()

    def set_sparkline(self, values: Sequence[float | int | None]) -> None:
        """Show the last values as a small line."""
        self._spark.set_values(values)
        self._has_line = len(values) > 1
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The title comes before the small line where there is no room for both."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        needed = self._title.sizeHint().width() + self._spark.width() + 34
        self._spark.setVisible(self._has_line and self.width() >= needed)

    def _show_change(self) -> None:
        change, direction, verdict, note = self._parts
        theme = current_theme()
        token = {"good": "positive.text", "bad": "negative.text", "neutral": "text.secondary"}[verdict]
        color, grey = theme.hex(token), theme.hex("text.muted")
        words = ARROWS[direction] + _escaped(change)
        strong = f'<span style="color:{color};font-weight:600">{words}</span>'
        muted = f'<span style="color:{grey}">{_escaped(note)}</span>'
        self._change.setText(" ".join(part for part, text in ((strong, change), (muted, note)) if text))

    def _say(self) -> None:
        change, direction, _verdict, note = self._parts
        words = {"up": "up", "down": "down", "none": ""}[direction]
        self.setAccessibleName(
            " ".join(p for p in (self._name, self._value.text(), words, change, note) if p)
        )

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click opens the page that explains the figure."""
        if event.button() == Qt.MouseButton.LeftButton and self.property("clickable"):
            self.clicked.emit()
        super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space do what a click does."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.property(
            "clickable"
        ):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)


class Sparkline(QWidget):
    """A small line of the last values, ending in a dot."""

    def __init__(self, *, color_token: str = "accent.base") -> None:
        super().__init__()
        self._values: Sequence[float | int | None] = ()
        self._color_token = color_token
        self.setFixedSize(56, 18)

    def set_values(self, values: Sequence[float | int | None]) -> None:
        """Show other values; unknown ones are left out."""
        self._values = values
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the line."""
        color = current_theme().color(self._color_token)
        paint_sparkline(QPainter(self), QRectF(self.rect()).adjusted(2, 2, -3, -2), self._values, color)


class MiniFigure(QWidget):
    """A small figure without a frame: name, value, and a line below; for drawers and previews."""

    def __init__(self, name: str, value: str = "–", note: str = "", *, verdict: Verdict = "neutral") -> None:
        super().__init__()
        self._name = name
        self._value = TextLabel(value, "section")
        self._note = TextLabel(note, "small")
        self.setLayout(vbox(TextLabel(name, "small", tone="muted"), self._value, self._note, gap=0))
        self.set_figure(value, note, verdict=verdict)

    def set_figure(self, value: str, note: str = "", *, verdict: Verdict = "neutral") -> None:
        """Show another value."""
        self._value.setText(value)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        self._note.setFont(current_theme().font("small" if verdict == "neutral" else "small-bold"))
        self._note.set_tone({"good": "positive", "bad": "negative", "neutral": "muted"}[verdict])  # type: ignore[arg-type]
        self.setAccessibleName(f"{self._name} {value} {note}".strip())


class QuietBox(QFrame):
    """A sunken box for notes and explanations inside a card."""

    def __init__(self, *parts: QWidget | QLayout) -> None:
        super().__init__()
        self.setObjectName("Quiet")
        self.setLayout(vbox(*parts, gap=6, margins=(12, 10, 12, 10)))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
