"""Turns the tokens into what Qt understands: a palette and a style sheet."""

import re
from functools import cache
from pathlib import Path

from PySide6.QtCore import QDir, QTemporaryDir
from PySide6.QtGui import QPalette

from resources import resource_path
from ui.theme import Theme
from ui.theme_icons import tinted_svg

# Pictures inside the style sheet: name -> (icon, colour token).
SHEET_PICTURES = {
    "caret-down": ("caret-down", "text.secondary"),
    "caret-up": ("caret-up", "text.secondary"),
    "check-on": ("check-bold", "accent.on"),
    "minus-on": ("minus", "accent.on"),
    "check-accent": ("check", "accent.base"),
}
PALETTE_ROLES: dict[QPalette.ColorRole, str] = {
    QPalette.ColorRole.Window: "bg.window",
    QPalette.ColorRole.WindowText: "text.primary",
    QPalette.ColorRole.Base: "bg.surface",
    QPalette.ColorRole.AlternateBase: "bg.surface",
    QPalette.ColorRole.Text: "text.primary",
    QPalette.ColorRole.PlaceholderText: "text.muted",
    QPalette.ColorRole.Button: "bg.surface",
    QPalette.ColorRole.ButtonText: "text.primary",
    QPalette.ColorRole.BrightText: "negative.text",
    QPalette.ColorRole.Highlight: "bg.selected",
    QPalette.ColorRole.HighlightedText: "text.primary",
    QPalette.ColorRole.Link: "text.link",
    QPalette.ColorRole.LinkVisited: "text.link",
    QPalette.ColorRole.ToolTipBase: "bg.tooltip",
    QPalette.ColorRole.ToolTipText: "text.inverse",
    QPalette.ColorRole.Light: "bg.surface",
    QPalette.ColorRole.Midlight: "border.subtle",
    QPalette.ColorRole.Mid: "border.default",
    QPalette.ColorRole.Dark: "border.strong",
    QPalette.ColorRole.Shadow: "border.strong",
    QPalette.ColorRole.Accent: "accent.base",
}
DISABLED_ROLES = (QPalette.ColorRole.WindowText, QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText)


def build_palette(theme: Theme) -> QPalette:
    """The colours of widgets that the style sheet does not name."""
    palette = QPalette()
    for role, name in PALETTE_ROLES.items():
        palette.setColor(role, theme.color(name))
    for role in DISABLED_ROLES:
        palette.setColor(QPalette.ColorGroup.Disabled, role, theme.color("text.disabled"))
    return palette


def build_qss(theme: Theme) -> str:
    """The style sheet of the whole program in this appearance."""
    sheet = resource_path("window.qss").read_text(encoding="utf-8")
    sheet = re.sub(r"\$([a-z]+(?:\.[a-z]+)?)", lambda found: theme.hex(found[1]), sheet)
    return re.sub(r"@([a-z-]+)(?=\))", lambda found: _picture(theme, found[1]), sheet)


@cache
def _picture_folder() -> QTemporaryDir:
    return QTemporaryDir()


def _picture(theme: Theme, name: str) -> str:
    """Qt style sheets take pictures only as files: the tinted SVG is written once per appearance."""
    icon_name, color_name = SHEET_PICTURES[name]
    path = QDir(_picture_folder().path()).filePath(f"{name}-{theme.mode}.svg")
    Path(path).write_bytes(tinted_svg(icon_name, theme.hex(color_name)))
    return path
