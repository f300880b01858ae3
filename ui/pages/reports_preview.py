"""The real pages of the report: one large, all of them small beside it."""

from collections.abc import Callable
from typing import Literal

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QPaintEvent, QPixmap, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from ui.pages.reports_source import Drawn
from ui.pages.reports_thumbnails import Thumbnails
from ui.theme import current_theme
from ui.widgets.buttons import IconButton
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.segmented import SegmentedButtons

ZOOM_STEP = 1.25
SMALLEST_ZOOM, LARGEST_ZOOM = 0.25, 4.0
AROUND_PX = 18
PIXELS_A_POINT = 96 / 72  # 100 % is the size on paper
Fit = Literal["page", "width", "none"]
AskPage = Callable[[int, float], object]  # (place, pixels a point): draw it and call show_picture


class Preview(QFrame):
    """Shows the pages; asks for a page whenever it needs one in another size."""

    page_changed = Signal(int)  # the page that is looked at, from 1

    def __init__(self, ask_page: AskPage) -> None:
        super().__init__()
        self.setObjectName("Card")
        self.setAccessibleName("Preview of the report")
        self._ask_page = ask_page
        self._drawn: Drawn | None = None
        self.place = 0
        self.zoom = 1.0
        self._fit: Fit = "page"
        self._make_bar()
        self._sheet = _Sheet()
        self._area = QScrollArea()
        self._area.setObjectName("PreviewArea")
        self._area.setWidget(self._sheet)
        self._sheet.setAutoFillBackground(False)  # the ground shows around the page
        self._area.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setAccessibleName("Page")
        self._area.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._area.installEventFilter(self)
        self._area.viewport().installEventFilter(self)
        self._thumbnails = Thumbnails()
        self._thumbnails.chosen.connect(self.show_page)
        row = hbox(self._thumbnails, self._area, gap=0)
        row.setStretch(1, 1)
        column = vbox(self._bar, row, gap=0, margins=(1, 1, 1, 1))
        column.setStretch(1, 1)
        self.setLayout(column)
        self._settle = QTimer(self, singleShot=True, interval=60)
        self._settle.timeout.connect(self._ask)

    def _make_bar(self) -> None:
        self._back = IconButton("caret-left", "Previous page", clicked=lambda: self.show_page(self.place))
        self._forward = IconButton("caret-right", "Next page", clicked=lambda: self.show_page(self.place + 2))
        self._where = TextLabel("", "body-strong")
        self._smaller = IconButton(
            "magnifying-glass-minus", "Smaller", clicked=lambda: self.set_zoom(self.zoom / ZOOM_STEP)
        )
        self._larger = IconButton(
            "magnifying-glass-plus", "Larger", clicked=lambda: self.set_zoom(self.zoom * ZOOM_STEP)
        )
        self._percent = TextLabel("", "body")
        self._percent.setMinimumWidth(40)
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._fits = SegmentedButtons([("page", "Fit page"), ("width", "Fit width")], name="Size of the page")
        self._fits.chosen.connect(self.set_fit)
        self._bar = QFrame()
        self._bar.setObjectName("PreviewBar")
        self._bar.setLayout(
            hbox(
                self._back, self._where, self._forward, None, self._smaller, self._percent, self._larger,
                4, self._fits, gap=4, margins=(8, 4, 10, 4),
            )
        )  # fmt: skip

    # What is shown ---------------------------------------------------------------------------------

    @property
    def page_count(self) -> int:
        """How many pages there are."""
        return self._drawn.pdf.pages if self._drawn else 0

    @property
    def picture(self) -> QPixmap:
        """The page that shows, as it was drawn."""
        return self._sheet.pixmap

    def set_drawn(self, drawn: Drawn) -> None:
        """Show these pages; the page that was looked at stays where there is one."""
        self._drawn = drawn
        self._thumbnails.set_pictures(drawn.thumbnails)
        self.show_page(min(self.place, drawn.pdf.pages - 1) + 1)
        self._refit(now=True)

    def show_page(self, number: int) -> None:
        """Look at a page, counted from 1."""
        if self._drawn is None or not 1 <= number <= self.page_count:
            return
        moved = number - 1 != self.place
        self.place = number - 1
        self._where.setText(f"Page {number} of {self.page_count}")
        self._back.setEnabled(number > 1)
        self._forward.setEnabled(number < self.page_count)
        self._thumbnails.set_current(self.place)
        if moved:
            self._sheet.set_picture(QPixmap.fromImage(self._drawn.thumbnails[self.place]))
            self._area.verticalScrollBar().setValue(0)
            self.page_changed.emit(number)
        self._ask()

    def show_picture(self, place: int, picture: QImage) -> None:
        """Take the page that was asked for; one that is no longer looked at is dropped."""
        if place == self.place:
            pixmap = QPixmap.fromImage(picture)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._sheet.set_picture(pixmap)
            self._sheet.setAccessibleName(f"Page {place + 1} of {self.page_count}")

    # Size ------------------------------------------------------------------------------------------

    def set_fit(self, fit: str) -> None:
        """Fit the page or its width into the room."""
        self._fit = "width" if fit == "width" else "page"
        self._refit(now=True)

    def set_zoom(self, zoom: float) -> None:
        """Show the page at a size of its own; 1 is the size on paper."""
        self._fit = "none"
        self._fits.clear_choice()
        self._apply_zoom(zoom, now=True)

    def _refit(self, *, now: bool = False) -> None:
        if self._drawn is None or self._fit == "none":
            self._apply_zoom(self.zoom, now=now)
            return
        width, height = (points * PIXELS_A_POINT for points in self._drawn.page_points)
        room = self._area.maximumViewportSize()
        bar = self._area.verticalScrollBar().sizeHint().width()
        zoom = (room.width() - bar - 2 * AROUND_PX) / width
        if self._fit == "page":
            zoom = min((room.width() - 2 * AROUND_PX) / width, (room.height() - 2 * AROUND_PX) / height)
        self._apply_zoom(zoom, now=now)

    def _apply_zoom(self, zoom: float, *, now: bool) -> None:
        self.zoom = min(LARGEST_ZOOM, max(SMALLEST_ZOOM, zoom))
        self._percent.setText(f"{self.zoom:.0%}")
        self._smaller.setEnabled(self.zoom > SMALLEST_ZOOM)
        self._larger.setEnabled(self.zoom < LARGEST_ZOOM)
        if self._drawn is None:
            return
        width, height = self._drawn.page_points
        factor = self.zoom * PIXELS_A_POINT
        self._sheet.set_page_size(QSize(round(width * factor), round(height * factor)))
        if now:
            self._ask()
        else:
            self._settle.start()

    def _ask(self) -> None:
        if self._drawn is not None:
            self._settle.stop()
            self._ask_page(self.place, self.zoom * PIXELS_A_POINT * self.devicePixelRatioF())

    # Events ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit again."""
        super().resizeEvent(event)
        self._refit()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Ctrl and wheel change the size; Page Up, Page Down, Home and End turn the pages."""
        if isinstance(event, QWheelEvent) and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.set_zoom(self.zoom * (ZOOM_STEP if event.angleDelta().y() > 0 else 1 / ZOOM_STEP))
            return True
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            numbers = {
                Qt.Key.Key_PageUp: self.place,
                Qt.Key.Key_PageDown: self.place + 2,
                Qt.Key.Key_Home: 1,
                Qt.Key.Key_End: self.page_count,
            }
            number = numbers.get(Qt.Key(event.key()))
            if number is not None:
                self.show_page(number)
                return True
        return False


class _Sheet(QWidget):
    """One page on the ground of the preview."""

    def __init__(self) -> None:
        super().__init__()
        self.pixmap = QPixmap()
        self._page = QSize(1, 1)

    def set_page_size(self, size: QSize) -> None:
        self._page = size
        around = 2 * AROUND_PX
        self.setFixedSize(size.width() + around, size.height() + around)
        self.update()

    def set_picture(self, pixmap: QPixmap) -> None:
        self.pixmap = pixmap
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        page = QRect(QPoint(AROUND_PX, AROUND_PX), self._page)
        painter.fillRect(page, QColor(Qt.GlobalColor.white))  # paper is white in either appearance
        if not self.pixmap.isNull():
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            painter.drawPixmap(page, self.pixmap)
        painter.setPen(current_theme().color("border.strong"))
        painter.drawRect(page.adjusted(-1, -1, 0, 0))
