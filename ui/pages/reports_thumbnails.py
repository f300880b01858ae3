"""All pages of the report small, beside the large one."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QAbstractButton, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from ui.theme import current_theme

THUMBNAIL_WIDTH_PX = 58
THUMBNAILS_PX = 84


class Thumbnails(QScrollArea):
    """All pages small, below each other."""

    chosen = Signal(int)  # from 1

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("PreviewThumbnails")
        self.setFixedWidth(THUMBNAILS_PX)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        holder = QWidget()
        holder.setObjectName("ScrollBody")
        self._column = QVBoxLayout(holder)
        self._column.setContentsMargins(10, 10, 6, 10)
        self._column.setSpacing(4)
        self._column.addStretch(1)
        self.setWidget(holder)
        self._buttons: list[_Thumbnail] = []

    def set_pictures(self, pictures: Sequence[QImage]) -> None:
        """Show these pages."""
        while len(self._buttons) > len(pictures):
            button = self._buttons.pop()
            button.hide()
            button.deleteLater()
        while len(self._buttons) < len(pictures):
            button = _Thumbnail(len(self._buttons) + 1)
            button.clicked.connect(self._clicked)
            self._column.insertWidget(len(self._buttons), button)
            self._buttons.append(button)
        for button, picture in zip(self._buttons, pictures, strict=True):
            button.set_picture(QPixmap.fromImage(picture))

    def set_current(self, place: int) -> None:
        """Mark the page that is looked at, counted from 0."""
        for at, button in enumerate(self._buttons):
            button.setChecked(at == place)
        if place < len(self._buttons):
            self.ensureWidgetVisible(self._buttons[place], 0, 20)

    def _clicked(self) -> None:
        button = self.sender()
        if isinstance(button, _Thumbnail):
            self.chosen.emit(button.number)


class _Thumbnail(QAbstractButton):
    """One page small, its number below."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self.number = number
        self.setCheckable(True)
        self.setAccessibleName(f"Page {number}")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._pixmap = QPixmap()

    def set_picture(self, pixmap: QPixmap) -> None:
        self._pixmap = pixmap
        height = round(THUMBNAIL_WIDTH_PX * pixmap.height() / max(1, pixmap.width()))
        self.setFixedSize(THUMBNAIL_WIDTH_PX + 4, height + 24)
        self.update()

    def sizeHint(self) -> QSize:
        return self.size()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        page = QRect(2, 2, THUMBNAIL_WIDTH_PX, self.height() - 24)
        painter.drawPixmap(page, self._pixmap)
        token = "focus" if self.hasFocus() else "accent.base" if self.isChecked() else "border.strong"
        pen = painter.pen()
        pen.setColor(theme.color(token))
        pen.setWidth(2 if self.hasFocus() or self.isChecked() else 1)
        painter.setPen(pen)
        painter.drawRect(page)
        painter.setPen(theme.color("text.primary" if self.isChecked() else "text.muted"))
        painter.setFont(theme.font("small-bold" if self.isChecked() else "small"))
        below = QRect(0, self.height() - 20, self.width(), 16)
        painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(self.number))
