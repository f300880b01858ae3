"""Small marks: status, segment, count and plain words."""

from typing import Literal

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import current_theme
from ui.widgets.labels import IconLabel, SegmentMark, TextLabel, hbox

Status = Literal["good", "review", "failed", "info", "draft"]
_STATUS: dict[str, tuple[str, str, str]] = {  # tone, background token, icon
    "good": ("positive", "positive.soft", "check-circle-fill"),
    "review": ("warning", "warning.soft", "warning-circle-fill"),
    "failed": ("negative", "negative.soft", "x-circle-fill"),
    "info": ("info", "info.soft", "info-fill"),
    "draft": ("secondary", "bg.sunken", ""),
    "waiting": ("secondary", "bg.sunken", "circle-dashed"),
}


class _Pill(QWidget):
    """A small shape with rounded corners; subclasses put their content into it."""

    def __init__(self, background: str, *, radius: int, border: str = "") -> None:
        super().__init__()
        self._background, self._radius, self._border = background, radius, border
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the shape behind the words."""
        theme = current_theme()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(theme.color(self._border) if self._border else Qt.PenStyle.NoPen)
        painter.setBrush(theme.color(self._background))
        painter.drawRoundedRect(
            QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), self._radius, self._radius
        )


class StatusTag(_Pill):
    """A state in a word, an icon and a colour: good, review, failed, info, draft or waiting."""

    def __init__(
        self, text: str, status: Status | Literal["waiting"] = "info", *, with_icon: bool = True
    ) -> None:
        super().__init__("bg.sunken", radius=4)
        self._icon = IconLabel("info-fill", size=13)
        self._label = TextLabel("", "small-bold")
        self._with_icon = with_icon
        self.setLayout(hbox(self._icon, self._label, gap=5, margins=(7, 2, 7, 2)))
        self.set_status(text, status)

    def set_status(self, text: str, status: Status | Literal["waiting"]) -> None:
        """Show another state."""
        tone, self._background, icon_name = _STATUS[status]
        self._label.setText(text)
        self._label.set_tone(tone)  # type: ignore[arg-type]
        self._icon.setVisible(bool(icon_name) and self._with_icon)
        if icon_name:
            fill = f"{tone}.fill" if tone != "secondary" else "text.secondary"
            self._icon.set_icon(icon_name, color_token=fill)
        self.setAccessibleName(text)
        self.adjustSize()
        self.updateGeometry()

    def text(self) -> str:
        """The word of the state."""
        return self._label.text()


class SegmentChip(_Pill):
    """A segment: shape, colour and name together."""

    def __init__(self, name: str, index: int) -> None:
        super().__init__("bg.sunken", radius=10)
        self._mark = SegmentMark(index)
        self._label = TextLabel(name, "small-strong")
        self.setLayout(hbox(self._mark, self._label, gap=6, margins=(8, 2, 9, 2)))

    def set_segment(self, name: str, index: int) -> None:
        """Show another segment."""
        self._mark.set_index(index)
        self._label.setText(name)


class Tag(_Pill):
    """A plain word in a frame, such as the name of a format."""

    def __init__(self, text: str) -> None:
        super().__init__("bg.surface", radius=4, border="border.default")
        self.setLayout(hbox(TextLabel(text, "small-strong"), margins=(7, 2, 7, 2)))


class LiveFigure(_Pill):
    """A figure inside a sentence that follows the book."""

    def __init__(self, text: str) -> None:
        super().__init__("accent.soft", radius=4)
        self.setLayout(hbox(TextLabel(text, "body-bold", tone="accent"), margins=(4, 0, 4, 0)))


class CountBadge(_Pill):
    """How many things wait; nothing is shown for none."""

    def __init__(self, count: int = 0) -> None:
        super().__init__("warning.soft", radius=9)
        self._label = TextLabel("", "caption-strong", tone="warning")
        self._label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setLayout(hbox(self._label, margins=(5, 1, 5, 1)))
        self.setMinimumWidth(19)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show another number."""
        self._label.setText(f"{count:,}")
        self.setVisible(count > 0)
        self.adjustSize()
