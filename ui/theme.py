"""Light and dark: the one place where the window gets its colours and fonts from."""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication

from resources import resource_path
from ui.theme_tokens import SEGMENT_ORDER, Mode, colour_text, radius, size, token, tokens

ThemeChoice = Literal["light", "dark", "system"]
FONT_FILES = ("Regular", "Medium", "SemiBold", "Bold")
FONT_ROLES: dict[str, tuple[str, str]] = {
    "caption": ("caption", "regular"),
    "caption-strong": ("caption", "medium"),
    "small": ("small", "regular"),
    "small-strong": ("small", "medium"),
    "small-bold": ("small", "semibold"),
    "body": ("body", "regular"),
    "body-strong": ("body", "medium"),
    "body-bold": ("body", "semibold"),
    "card-title": ("strong", "semibold"),
    "section": ("section", "semibold"),
    "lead": ("section", "regular"),
    "title": ("title", "semibold"),
    "kpi": ("kpi", "semibold"),
    "display": ("display", "semibold"),
}
LETTER_SPACING_PX = {"kpi": -0.4, "display": -0.5}


@dataclass(frozen=True)
class SegmentSymbol:
    """The shape that stands for a segment beside its colour; `hollow` draws the outline only."""

    shape: str
    hollow: bool = False


@dataclass(frozen=True)
class Theme:
    """The colours, fonts and sizes of one appearance."""

    mode: Mode = "light"
    text_scale: float = 1.0

    def color(self, name: str) -> QColor:
        """The colour of a token such as `text.muted`, `accent.base` or `sequential.3`."""
        return QColor(colour_text(self.mode, name))

    def hex(self, name: str) -> str:
        """The same as text, for rich text and QSS."""
        return colour_text(self.mode, name)

    def segment_color(self, index: int) -> QColor:
        """The colour of the segment at this place of a scheme; after eight they start again."""
        return self.color(f"segment.{SEGMENT_ORDER[index % len(SEGMENT_ORDER)]}")

    def segment_symbol(self, index: int) -> SegmentSymbol:
        """The shape of the segment at this place; the second eight are drawn hollow."""
        written = str(tokens()["segment_symbol"][SEGMENT_ORDER[index % len(SEGMENT_ORDER)]])
        shape = written.split(" ", maxsplit=1)[0]
        return SegmentSymbol(shape, hollow="hollow" in written or index >= len(SEGMENT_ORDER))

    def scale_color(self, name: Literal["sequential", "diverging"], fraction: float) -> QColor:
        """The step of a colour scale for a fraction from 0 (low) to 1 (high)."""
        steps: list[str] = token(f"{self.mode}.{name}")
        return QColor(steps[min(len(steps) - 1, max(0, round(fraction * (len(steps) - 1))))])

    def text_on(self, background: QColor) -> QColor:
        """Black or white text, whichever is easier to read on this background."""
        options = (QColor(colour_text("light", "text.inverse")), QColor(colour_text("light", "text.primary")))
        return max(options, key=lambda text: contrast(text, background))

    def font(self, role: str = "body") -> QFont:
        """The font of a role such as `body`, `kpi` or `card-title`."""
        font = QFont(_role_font(role))
        font.setPixelSize(round(font.pixelSize() * self.text_scale))
        return font

    def size(self, name: str) -> int:
        """A size in logical pixels, such as `row_default` or `drawer`."""
        return size(name)

    def radius(self, name: str) -> int:
        """A corner radius in logical pixels: chip, control, card, dialog, pill."""
        return radius(name)


class ThemeNotifier(QObject):
    """Says when the appearance changed, so that painted parts can be painted again."""

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.theme = Theme()
        self.choice: ThemeChoice = "system"


@cache
def theme_notifier() -> ThemeNotifier:
    """The one notifier of this program."""
    return ThemeNotifier()


def current_theme() -> Theme:
    """The appearance that is showing now."""
    return theme_notifier().theme


@cache
def _role_font(role: str) -> QFont:
    size_name, weight_name = FONT_ROLES[role]
    font = QFont([token("font.family"), *token("font.fallback")])
    font.setPixelSize(token(f"font.sizes_px.{size_name}"))
    font.setWeight(QFont.Weight(token(f"font.weights.{weight_name}")))
    if role in LETTER_SPACING_PX:
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, LETTER_SPACING_PX[role])
    return font


def contrast(first: QColor, second: QColor) -> float:
    """Contrast ratio of two colours after WCAG 2.2: 1 (same) to 21 (black on white)."""
    lighter, darker = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(color: QColor) -> float:
    channels = (color.redF(), color.greenF(), color.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@cache
def register_fonts() -> None:
    """Make Inter Tabular known to Qt, once."""
    for name in FONT_FILES:
        QFontDatabase.addApplicationFont(str(resource_path("fonts", f"InterTabular-{name}.ttf")))


def system_mode() -> Mode:
    """What the operating system asks for; light where it does not say."""
    dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply_theme(app: QApplication, choice: ThemeChoice = "system", *, text_scale: float = 1.0) -> Theme:
    """Dress the whole program; `system` follows the operating system from then on."""
    from ui.theme_qss import build_palette, build_qss

    register_fonts()
    notifier = theme_notifier()
    notifier.choice = choice
    theme = Theme(system_mode() if choice == "system" else choice, text_scale)
    if theme == notifier.theme and app.styleSheet():
        return notifier.theme  # dressing every open window again takes long and changes nothing
    notifier.theme = theme
    if app.style().objectName() != "fusion":
        app.setStyle("Fusion")
    app.setFont(theme.font("body"))
    app.setPalette(build_palette(theme))
    app.setStyleSheet(build_qss(theme))
    _follow_system(app)
    notifier.changed.emit(theme)
    return theme


@cache
def _follow_system(app: QApplication) -> None:
    def again() -> None:
        notifier = theme_notifier()
        if notifier.choice == "system" and system_mode() != notifier.theme.mode:
            apply_theme(app, "system", text_scale=notifier.theme.text_scale)

    app.styleHints().colorSchemeChanged.connect(again)
