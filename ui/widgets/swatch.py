"""A colour that a person chose: shown in a square, and measured against white paper."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ui.theme import contrast, current_theme

READABLE_CONTRAST = 4.5  # WCAG 2.2 AA, for text of the report's size


class Swatch(QWidget):
    """A colour, in a small square."""

    def __init__(self, side: int = 20) -> None:
        super().__init__()
        self._colour = QColor()
        self.setFixedSize(side, side)

    def set_colour(self, text: str) -> None:
        """Show another colour; nothing where it is none."""
        self._colour = QColor(text) if is_colour(text) else QColor()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the square."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(current_theme().color("border.control"))
        painter.setBrush(self._colour if self._colour.isValid() else current_theme().color("bg.sunken"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), 4, 4)


def is_colour(text: str) -> bool:
    """Whether it is written as # and six hexadecimal digits."""
    digits = text.removeprefix("#")
    return len(text) == 7 and len(digits) == 6 and all(c in "0123456789abcdefABCDEF" for c in digits)


def contrast_on_paper(text: str) -> float:
    """The contrast of a colour with white paper, from 1 to 21; 1 for what is no colour."""
    return contrast(QColor(text), QColor(255, 255, 255)) if is_colour(text) else 1.0
