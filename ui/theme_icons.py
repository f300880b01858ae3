"""Icons, tinted to the appearance and crisp on every screen."""

from functools import cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from resources import resource_path
from ui.theme import current_theme
from ui.theme_tokens import colour_text


@cache
def _svg_text(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


def tinted_svg(name: str, color: str) -> bytes:
    """The icon's SVG in one colour."""
    return _svg_text(name).replace("currentColor", color).encode()


@cache
def _renderer(name: str, color: str) -> QSvgRenderer:
    return QSvgRenderer(QByteArray(tinted_svg(name, color)))


def paint_icon(painter: QPainter, name: str, rect: QRectF, *, color_token: str = "text.secondary") -> None:
    """Paint an icon into a rectangle, for delegates and custom widgets."""
    _renderer(name, colour_text(current_theme().mode, color_token)).render(painter, rect)


def icon(name: str, *, color_token: str = "text.secondary", size: int = 16, gap: int = 0) -> QIcon:
    """A tinted Phosphor icon such as `users`; take it again when the appearance changes."""
    pixmaps = QIcon()
    for density in (1, 2, 3):
        pixmaps.addPixmap(icon_pixmap(name, color_token=color_token, size=size, density=density, gap=gap))
        pixmaps.addPixmap(
            icon_pixmap(name, color_token="text.disabled", size=size, density=density, gap=gap),
            QIcon.Mode.Disabled,
        )
    return pixmaps


def icon_pixmap(
    name: str, *, color_token: str = "text.secondary", size: int = 16, density: float = 1.0, gap: int = 0
) -> QPixmap:
    """The icon as a picture for a label."""
    picture = QPixmap(round((size + gap) * density), round(size * density))
    picture.setDevicePixelRatio(density)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    paint_icon(painter, name, QRectF(0, 0, size, size), color_token=color_token)
    painter.end()
    return picture


@cache
def app_icon() -> QIcon:
    """The program's own icon at the sizes that desktops ask for."""
    result = QIcon()
    renderer = QSvgRenderer(str(resource_path("icons", "quintile.svg")))
    for pixels in (16, 24, 32, 48, 64, 128, 256):
        picture = QPixmap(pixels, pixels)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        renderer.render(painter)
        painter.end()
        result.addPixmap(picture)
    return result
