"""The rail at the left: the pages, the data pages with their counts, settings and help."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QSizePolicy, QToolButton, QVBoxLayout

from ui.page_spec import PageSpec
from ui.theme import current_theme
from ui.theme_icons import paint_icon
from ui.widgets.labels import TextLabel

ITEM_PX = 33
GROUP_TITLES = {"data": "Data"}


class RailButton(QToolButton):
    """One page: icon, title, count; the bar at the left marks the page that shows."""

    def __init__(self, page: PageSpec) -> None:
        super().__init__()
        self._page, self._count = page, 0
        self.setCheckable(True)
        self.setText(page.title)
        self.setFixedHeight(ITEM_PX)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(f"{page.title} ({page.shortcut})" if page.shortcut else page.title)
        self.set_count(0)

    def set_count(self, count: int) -> None:
        """How many things wait on this page."""
        self._count = count
        self.setAccessibleName(f"{self._page.title}, {count} to look at" if count else self._page.title)
        self.update()

    def sizeHint(self) -> QSize:
        """The width is given by the rail."""
        return QSize(36, ITEM_PX)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint background, bar, icon, title and count."""
        theme, painter = current_theme(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        background = "bg.selected" if self.isChecked() else "bg.hover" if self.underMouse() else ""
        painter.setPen(Qt.PenStyle.NoPen)
        if background:
            painter.setBrush(theme.color(background))
            painter.drawRoundedRect(area, 6, 6)
        if self.isChecked():
            painter.setBrush(theme.color("accent.base"))
            painter.drawRoundedRect(QRectF(0, 7, 3, self.height() - 14), 1.5, 1.5)
        token = "accent.text" if self.isChecked() else "text.secondary"
        narrow = self.width() < 80
        left = (self.width() - 18) / 2 if narrow else 11.0
        paint_icon(
            painter, self._page.icon, QRectF(left, (self.height() - 18) / 2, 18, 18), color_token=token
        )
        if not narrow:
            painter.setPen(theme.color("accent.text" if self.isChecked() else "text.primary"))
            painter.setFont(theme.font("body-bold" if self.isChecked() else "body-strong"))
            painter.drawText(
                area.adjusted(38, 0, -30, 0), int(Qt.AlignmentFlag.AlignVCenter), self._page.title
            )
        self._paint_count(painter, narrow=narrow)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            pen = painter.pen()
            pen.setColor(theme.color("focus"))
            pen.setWidth(2)
            painter.setPen(pen)
            painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), 6, 6)

    def _paint_count(self, painter: QPainter, *, narrow: bool) -> None:
        if not self._count:
            return
        theme, side = current_theme(), 8.0 if narrow else 19.0
        place = QRectF(
            self.width() - side - (6 if narrow else 9),
            5 if narrow else (self.height() - side) / 2,
            side,
            side,
        )
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.color("warning.fill" if narrow else "warning.soft"))
        painter.drawRoundedRect(place, side / 2, side / 2)
        if not narrow:
            painter.setPen(theme.color("warning.text"))
            painter.setFont(theme.font("caption-strong"))
            painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter), str(min(self._count, 99)))


class Rail(QFrame):
    """All pages; 196 px wide, 52 when collapsed."""

    chosen = Signal(str)

    def __init__(self, pages: Sequence[PageSpec]) -> None:
        super().__init__()
        self.setObjectName("Rail")
        self.setAccessibleName("Pages")
        self._group = QButtonGroup(self)
        self._buttons: dict[str, RailButton] = {}
        self._titles: list[TextLabel] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 10, 8, 8)
        column.setSpacing(0)
        for group in ("main", "data", "foot"):
            members = [page for page in pages if page.group == group]
            if group == "foot":
                column.addStretch(1)
            if members and group in GROUP_TITLES:
                self._add_title(column, GROUP_TITLES[group])
            for page in members:
                self._add(column, page)
        self.set_collapsed(collapsed=False)

    def _add_title(self, column: QVBoxLayout, text: str) -> None:
        title = TextLabel(text, "small-strong", tone="muted")
        title.setContentsMargins(10, 12, 0, 6)
        self._titles.append(title)
        column.addWidget(title)

    def _add(self, column: QVBoxLayout, page: PageSpec) -> None:
        button = RailButton(page)
        button.clicked.connect(lambda _checked=False, key=page.key: self.chosen.emit(key))
        self._group.addButton(button)
        self._buttons[page.key] = button
        column.addWidget(button)

    def set_current(self, key: str) -> None:
        """Mark the page that shows."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)

    def set_count(self, key: str, count: int) -> None:
        """Show how many things wait on a page."""
        if key in self._buttons:
            self._buttons[key].set_count(count)

    def set_collapsed(self, *, collapsed: bool) -> None:
        """Icons only, or icons with titles."""
        self.collapsed = collapsed
        self.setFixedWidth(current_theme().size("rail_collapsed" if collapsed else "rail"))
        for title in self._titles:
            title.setVisible(not collapsed)

    def focus_current(self) -> None:
        """Put the focus on the page that shows."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
