"""The sections of the report: which are in it, which were reviewed, and on which page they begin."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QListView, QStyledItemDelegate, QStyleOptionViewItem

from ui.theme import current_theme, theme_notifier
from ui.theme_icons import paint_icon

KEY, STATE, PAGE = (Qt.ItemDataRole.UserRole + place for place in range(3))
ROW_PX = 33
AT_RIGHT_PX = 54
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class SectionRow:
    """One section of the list; the cover cannot be left out."""

    key: str
    title: str
    included: bool = True
    reviewed: bool = False
    can_leave_out: bool = True


class SectionList(QListView):
    """Sections with check boxes; Space takes one in or leaves it out, arrow keys move."""

    chosen = Signal(str)  # the key of the section that is looked at
    toggled = Signal(str, bool)  # a section was taken in (True) or left out

    def __init__(self) -> None:
        super().__init__()
        self.setAccessibleName("Sections of the report")
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setItemDelegate(_SectionDelegate(self))
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self._filling = False
        self._model.itemChanged.connect(self._changed)
        self.selectionModel().currentChanged.connect(self._moved)
        theme_notifier().changed.connect(self.viewport().update)

    def set_rows(self, rows: Sequence[SectionRow], pages: Mapping[str, int]) -> None:
        """Show these sections; the one that is looked at stays."""
        current = self.current
        self._filling = True
        self._model.clear()
        for row in rows:
            self._model.appendRow(_item(row, pages.get(row.key)))
        self._filling = False
        keys = [row.key for row in rows]
        usual = next((row.key for row in rows if row.can_leave_out and row.included), keys[0])
        self.set_current(current if current in keys else usual)

    @property
    def current(self) -> str:
        """The key of the section that is looked at."""
        return str(self.currentIndex().data(KEY) or "")

    def set_current(self, key: str) -> None:
        """Look at a section without saying so."""
        for place in range(self._model.rowCount()):
            if self._model.item(place).data(KEY) == key:
                self._filling = True
                self.setCurrentIndex(self._model.index(place, 0))
                self._filling = False

    @property
    def included(self) -> list[str]:
        """The keys of the sections that are in, without the cover."""
        items = [self._model.item(place) for place in range(self._model.rowCount())]
        return [
            str(item.data(KEY))
            for item in items
            if item.isCheckable() and item.checkState() is Qt.CheckState.Checked
        ]

    def set_included(self, key: str, *, included: bool) -> None:
        """Take a section in or leave it out, as a click does."""
        for place in range(self._model.rowCount()):
            item = self._model.item(place)
            if item.data(KEY) == key:
                item.setCheckState(Qt.CheckState.Checked if included else Qt.CheckState.Unchecked)

    def _changed(self, item: QStandardItem) -> None:
        if self._filling or not item.isCheckable():
            return
        if not self.included:  # a report needs a section
            self._filling = True
            item.setCheckState(Qt.CheckState.Checked)
            self._filling = False
            return
        self.toggled.emit(str(item.data(KEY)), item.checkState() is Qt.CheckState.Checked)

    def _moved(self, now: QModelIndex) -> None:
        if not self._filling and now.isValid():
            self.chosen.emit(str(now.data(KEY)))


def _item(row: SectionRow, page: int | None) -> QStandardItem:
    item = QStandardItem(row.title)
    flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
    if row.can_leave_out:
        flags |= Qt.ItemFlag.ItemIsUserCheckable
        item.setCheckState(Qt.CheckState.Checked if row.included else Qt.CheckState.Unchecked)
    item.setFlags(flags)
    item.setData(row.key, KEY)
    state = "" if not row.can_leave_out or not row.included else "reviewed" if row.reviewed else "open"
    item.setData(state, STATE)
    item.setData("" if page is None or not row.included else str(page), PAGE)
    words = {"reviewed": "reviewed", "open": "not reviewed", "": ""}[state] if row.included else "left out"
    where = f"page {page}" if page and row.included else ""
    item.setAccessibleText(", ".join(part for part in (row.title, words, where) if part))
    item.setToolTip(words.capitalize())
    return item


class _SectionDelegate(QStyledItemDelegate):
    """Paints the check box, the title, whether it was reviewed, and the page."""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(120, ROW_PX)

    def initStyleOption(self, option: QStyleOptionViewItem, index: Index) -> None:
        super().initStyleOption(option, index)
        option.text = ""

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        super().paint(painter, option, index)
        rect = QRectF(option.rect)
        theme = current_theme()
        left = rect.left() + 37
        words = QRectF(left, rect.top(), rect.right() - AT_RIGHT_PX - left, rect.height())
        is_in = index.data(Qt.ItemDataRole.CheckStateRole) != Qt.CheckState.Unchecked.value
        view = option.widget
        current = isinstance(view, SectionList) and view.currentIndex() == index
        painter.setFont(theme.font("body-bold" if current else "body"))
        painter.setPen(theme.color("text.primary" if is_in else "text.muted"))
        text = painter.fontMetrics().elidedText(
            str(index.data()), Qt.TextElideMode.ElideRight, int(words.width())
        )
        painter.drawText(words, Qt.AlignmentFlag.AlignVCenter, text)
        self._paint_state(painter, rect, str(index.data(STATE)))
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.muted"))
        page = QRectF(rect.right() - 32, rect.top(), 22, rect.height())
        painter.drawText(
            page, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight, str(index.data(PAGE))
        )

    def _paint_state(self, painter: QPainter, rect: QRectF, state: str) -> None:
        marks = {
            "reviewed": ("check-circle-fill", "positive.fill"),
            "open": ("circle-dashed", "warning.fill"),
        }
        if state in marks:
            name, token = marks[state]
            place = QRectF(rect.right() - AT_RIGHT_PX + 2, rect.center().y() - 8, 16, 16)
            paint_icon(painter, name, place, color_token=token)
