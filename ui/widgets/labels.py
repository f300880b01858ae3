"""Text and small pictures in the fonts and colours of the design."""

from typing import Literal

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLayout, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current_theme
from ui.theme_icons import paint_icon
from ui.theme_symbols import paint_segment_symbol

Tone = Literal[
    "primary",
    "secondary",
    "muted",
    "disabled",
    "accent",
    "positive",
    "negative",
    "warning",
    "info",
    "on-accent",
]


class TextLabel(QLabel):
    """One text in a font role (`body`, `card-title`, `kpi` ...) and a tone (`muted`, `negative` ...)."""

    def __init__(
        self,
        text: str = "",
        role: str = "body",
        *,
        tone: Tone = "primary",
        wrap: bool = False,
        rich: bool = False,
    ) -> None:
        super().__init__(text)
        self.setFont(current_theme().font(role))
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        self.setProperty("tone", tone)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_tone(self, tone: Tone) -> None:
        """Change the colour by its meaning."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)


class ElidedLabel(TextLabel):
    """One line that is cut with an ellipsis where it does not fit; the tooltip has all of it."""

    def __init__(self, text: str = "", role: str = "body", *, tone: Tone = "primary") -> None:
        super().__init__(text, role, tone=tone)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._full = text

    def setText(self, text: str) -> None:
        """Show another text."""
        self._full = text
        self._elide()

    def full_text(self) -> str:
        """The text before it was cut."""
        return self._full

    def sizeHint(self) -> QSize:
        """Ask for the width of the whole text."""
        return QSize(QFontMetrics(self.font()).horizontalAdvance(self._full) + 2, super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Cut again."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        metrics = QFontMetrics(self.font())
        shown = metrics.elidedText(self._full, Qt.TextElideMode.ElideRight, max(0, self.width()))
        super().setText(shown)
        self.setToolTip(self._full if shown != self._full else "")
        self.setAccessibleName(self._full if shown != self._full else "")


class IconLabel(QWidget):
    """An icon that is not a button; it follows the appearance."""

    def __init__(self, name: str, *, color_token: str = "text.secondary", size: int = 16) -> None:
        super().__init__()
        self._name, self._color_token = name, color_token
        self.setFixedSize(size, size)

    def set_icon(self, name: str, *, color_token: str | None = None) -> None:
        """Show another icon."""
        self._name = name
        self._color_token = color_token or self._color_token
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the icon in the colour of the appearance."""
        painter = QPainter(self)
        side = min(self.width(), self.height())
        place = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        paint_icon(painter, self._name, place, color_token=self._color_token)


class SegmentMark(QWidget):
    """The shape and colour of a segment."""

    def __init__(self, index: int, *, size: int = 12) -> None:
        super().__init__()
        self._index = index
        self.setFixedSize(size, size)

    def set_index(self, index: int) -> None:
        """Show another segment."""
        self._index = index
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape."""
        painter = QPainter(self)
        middle = QPointF(self.width() / 2, self.height() / 2)
        paint_segment_symbol(painter, self._index, middle, size=self.width() * 10 / 12)


class KeyCap(QLabel):
    """A key or shortcut as it looks on the keyboard."""

    def __init__(self, text: str, *, on_accent: bool = False) -> None:
        super().__init__(text)
        self.setObjectName("KeyCap")
        self.setProperty("onAccent", on_accent)
        self.setFont(current_theme().font("caption"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class Rule(QFrame):
    """A thin line between parts of a card."""

    def __init__(self, *, vertical: bool = False) -> None:
        super().__init__()
        self.setObjectName("Rule")
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)


def restyle(widget: QWidget) -> None:
    """Apply the style sheet again after a property changed."""
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def hbox(
    *parts: QWidget | QLayout | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """Parts beside each other; None stretches, a number is a gap in pixels."""
    layout = QHBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def vbox(
    *parts: QWidget | QLayout | int | None, gap: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """Parts below each other; None stretches, a number is a gap in pixels."""
    layout = QVBoxLayout()
    _fill(layout, parts, gap, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: tuple[QWidget | QLayout | int | None, ...],
    gap: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setSpacing(gap)
    layout.setContentsMargins(*margins)
    for part in parts:
        if part is None:
            layout.addStretch(1)
        elif isinstance(part, int):
            layout.addSpacing(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        else:
            layout.addWidget(part)


def clear_layout(layout: QLayout) -> None:
    """Take everything out of a layout and delete it."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            clear_layout(inner)
