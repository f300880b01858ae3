"""Buttons: primary, secondary, quiet, link, icon only, and the large tiles of Welcome."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QToolButton

from ui.theme import current_theme, theme_notifier
from ui.theme_icons import icon
from ui.widgets.labels import IconLabel, KeyCap, TextLabel, hbox, restyle, vbox

Kind = Literal["primary", "secondary", "quiet", "link", "danger"]
Scale = Literal["normal", "small", "large"]


def paint_outer_ring(painter: QPainter, rect: QRectF, radius: float, gap_color: QColor) -> None:
    """The focus ring of a filled button: 2 px ring, then a gap that keeps it apart from the fill."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for inset, color, width in ((3.0, gap_color, 2.0), (1.0, current_theme().color("focus"), 2.0)):
        painter.setPen(QPen(color, width))
        painter.drawRoundedRect(
            rect.adjusted(inset, inset, -inset, -inset), radius - inset / 2, radius - inset / 2
        )


class Button(QPushButton):
    """A button with a verb; an ellipsis means that more input follows."""

    def __init__(
        self,
        text: str,
        kind: Kind = "secondary",
        *,
        icon_name: str = "",
        clicked: Callable[[], object] | None = None,
        tooltip: str = "",
        scale: Scale = "normal",
    ) -> None:
        super().__init__(text)
        self._icon_name = icon_name
        self.setProperty("kind", kind)
        self.setProperty("scale", scale)
        self.setFont(current_theme().font("body-bold" if kind == "primary" else "body-strong"))
        self.setToolTip(tooltip)
        # Mouse clicks leave the focus, and its ring, where the keyboard left it.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())
        self._tint()
        theme_notifier().changed.connect(self._tint)

    def set_kind(self, kind: Kind) -> None:
        """Change the emphasis."""
        self.setProperty("kind", kind)
        self.setFont(current_theme().font("body-bold" if kind == "primary" else "body-strong"))
        self._tint()
        restyle(self)

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._tint()

    def set_menu(self, menu: QMenu) -> None:
        """Open a menu when pressed."""
        self.setProperty("hasMenu", True)
        self.setMenu(menu)
        restyle(self)

    def _tint(self) -> None:
        if self._icon_name:
            tokens = {"primary": "accent.on", "link": "text.link", "danger": "negative.text"}
            kind = str(self.property("kind"))
            self.setIcon(icon(self._icon_name, color_token=tokens.get(kind, "text.secondary"), gap=4))
            self.setIconSize(QSize(20, 16))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the focus ring of a filled button around it."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "primary":
            paint_outer_ring(QPainter(self), QRectF(self.rect()), 7, current_theme().color("bg.surface"))


class IconButton(QToolButton):
    """A button with an icon only; the tooltip is also its name for screen readers."""

    def __init__(
        self,
        icon_name: str,
        name: str,
        *,
        clicked: Callable[[], object] | None = None,
        shortcut_hint: str = "",
        framed: bool = False,
        size: int = 28,
        color_token: str = "text.secondary",
    ) -> None:
        super().__init__()
        self._icon_name, self._color_token = icon_name, color_token
        self.setAccessibleName(name)
        self.setToolTip(f"{name} ({shortcut_hint})" if shortcut_hint else name)
        self.setProperty("framed", framed)
        self.setFixedSize(size, size)
        self.setIconSize(QSize(16, 16))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())
        self._tint()
        theme_notifier().changed.connect(self._tint)

    def set_icon_name(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._tint()

    def _tint(self) -> None:
        self.setIcon(icon(self._icon_name, color_token=self._color_token))


class TileButton(QPushButton):
    """A large button with icon, title, a line below and its shortcut."""

    def __init__(
        self,
        title: str,
        line: str,
        *,
        icon_name: str,
        shortcut_hint: str = "",
        primary: bool = False,
        clicked: Callable[[], object] | None = None,
    ) -> None:
        super().__init__()
        self.setProperty("kind", "tile-primary" if primary else "tile")
        self.setAccessibleName(title)
        self.setAccessibleDescription(line)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(58)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        mark = IconLabel(icon_name, color_token="accent.on" if primary else "text.secondary", size=20)
        words = vbox(
            TextLabel(title, "body-bold", tone="on-accent" if primary else "primary"),
            TextLabel(line, "small", tone="on-accent" if primary else "secondary"),
            gap=1,
        )
        row = hbox(mark, words, None, gap=14, margins=(16, 10, 14, 10))
        if shortcut_hint:
            row.addWidget(KeyCap(shortcut_hint, on_accent=primary))
        self.setLayout(row)
        for label in self.findChildren(TextLabel):
            label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        if clicked is not None:
            self.clicked.connect(lambda _checked=False: clicked())

    def sizeHint(self) -> QSize:
        """As large as its words need."""
        layout = self.layout()
        return super().sizeHint() if layout is None else layout.sizeHint().expandedTo(QSize(200, 58))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the focus ring of the filled tile around it."""
        super().paintEvent(event)
        if self.hasFocus() and self.property("kind") == "tile-primary":
            paint_outer_ring(QPainter(self), QRectF(self.rect()), 9, current_theme().color("bg.window"))
