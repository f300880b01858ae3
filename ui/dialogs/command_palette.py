"""Ctrl K: customers, pages, segments and commands by a few letters."""

import unicodedata
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QLineEdit,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from ui.theme import current_theme
from ui.theme_icons import paint_icon
from ui.widgets.labels import IconLabel, KeyCap, Rule, TextLabel, hbox, vbox

MOST_OF_A_GROUP = 8
WIDTH_PX, ROW_PX, HEADING_PX = 580, 36, 28
COMMANDS = "Commands"
ENTRY_ROLE = Qt.ItemDataRole.UserRole + 1


@dataclass(frozen=True)
class PaletteEntry:
    """One thing to find: its group (Customers, Go to, Commands), its words, its note, what it does."""

    group: str
    text: str
    run: Callable[[], object]
    note: str = ""
    icon_name: str = ""
    keywords: str = ""


Provider = Callable[[], Iterable[PaletteEntry]]


def find_entries(entries: Iterable[PaletteEntry], needle: str) -> list[PaletteEntry]:
    """Entries with every word of the needle, whatever order, case and accents; `>` gives commands only.

    Entries that begin with the needle come first, then those with a word that begins so.
    """
    commands_only = needle.startswith(">")
    words = _folded(needle.removeprefix(">")).split()
    scored: list[tuple[int, int, PaletteEntry]] = []
    for place, entry in enumerate(entries):
        if commands_only and entry.group != COMMANDS:
            continue
        text = _folded(f"{entry.text} {entry.keywords}")
        if all(word in text for word in words):
            scored.append((_distance(text, words), place, entry))
    groups: dict[str, list[PaletteEntry]] = {}
    for entry in (item[2] for item in sorted(scored, key=lambda item: item[:2])):
        groups.setdefault(entry.group, []).append(entry)
    order = sorted(groups, key=lambda group: group == COMMANDS)
    return [entry for group in order for entry in groups[group][: None if commands_only else MOST_OF_A_GROUP]]


def _distance(text: str, words: Sequence[str]) -> int:
    if not words or text.startswith(words[0]):
        return 0
    return 1 if all(f" {word}" in f" {text}" for word in words) else 2


@lru_cache(maxsize=200_000)
def _folded(text: str) -> str:
    if text.isascii():
        return text.lower()
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


class CommandPalette(QDialog):
    """A frameless list below one field; arrows choose, Enter runs, Esc closes."""

    def __init__(self, providers: Sequence[Provider], parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Dialog | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle("Search or run a command")
        self._entries = [entry for provider in providers for entry in provider()]
        self.field = QLineEdit()
        self.field.setProperty("bare", True)
        self.field.setFont(current_theme().font("lead"))
        self.field.setPlaceholderText("Search or run a command")
        self.field.setAccessibleName("Search or run a command")
        self.field.textChanged.connect(self._search)
        self._model = _FoundModel(self)
        self.list = QListView()
        self.list.setObjectName("PaletteList")
        self.list.setAccessibleName("Found")
        self.list.setModel(self._model)
        self.list.setItemDelegate(_FoundDelegate(self.list))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setMouseTracking(True)
        self.list.clicked.connect(self._run)
        self._count = TextLabel("", "small", tone="muted")
        self._lay_out()
        self._search("")

    def _lay_out(self) -> None:
        frame, foot = QFrame(), QFrame()
        frame.setObjectName("Palette")
        foot.setObjectName("PaletteFoot")
        head = hbox(
            IconLabel("magnifying-glass", size=18),
            self.field,
            KeyCap("Esc"),
            gap=12,
            margins=(16, 11, 14, 11),
        )
        foot.setLayout(
            hbox(
                KeyCap("↑"),
                KeyCap("↓"),
                TextLabel("choose", "small", tone="muted"),
                8,
                KeyCap("Enter"),
                TextLabel("open", "small", tone="muted"),
                8,
                KeyCap(">"),
                TextLabel("commands only", "small", tone="muted"),
                None,
                self._count,
                gap=5,
                margins=(16, 7, 16, 7),
            )
        )
        frame.setLayout(vbox(head, Rule(), self.list, foot, gap=0, margins=(1, 1, 1, 1)))
        self.setLayout(vbox(frame, gap=0))
        self.setFixedWidth(WIDTH_PX)

    def open_over(self, window: QWidget) -> None:
        """Show in the upper middle of the window."""
        corner = window.mapToGlobal(window.rect().topLeft())
        self.move(corner.x() + (window.width() - WIDTH_PX) // 2, corner.y() + max(40, window.height() // 7))
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.open()

    def found(self) -> list[PaletteEntry]:
        """The entries that are shown."""
        return [row for row in self._model.rows if isinstance(row, PaletteEntry)]

    def _search(self, needle: str) -> None:
        found = find_entries(self._entries, needle.strip())
        self._model.show_entries(found)
        self._count.setText("1 result" if len(found) == 1 else f"{len(found):,} results")
        height = sum(HEADING_PX if isinstance(row, str) else ROW_PX for row in self._model.rows) + 10
        self.list.setFixedHeight(min(430, max(44, height)))
        self._choose(1)
        self.adjustSize()

    def _choose(self, row: int) -> None:
        index = self._model.index(row, 0)
        if index.isValid():
            self.list.setCurrentIndex(index)
            self.list.scrollTo(index)

    def _step(self, direction: int) -> None:
        row, rows = self.list.currentIndex().row() + direction, self._model.rows
        while 0 <= row < len(rows) and isinstance(rows[row], str):
            row += direction
        if 0 <= row < len(rows):
            self._choose(row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Esc."""
        key = event.key()
        if key in {Qt.Key.Key_Down, Qt.Key.Key_Up}:
            self._step(1 if key == Qt.Key.Key_Down else -1)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._run(self.list.currentIndex())
        else:
            super().keyPressEvent(event)

    def _run(self, index: QModelIndex) -> None:
        entry = index.data(ENTRY_ROLE)
        if isinstance(entry, PaletteEntry):
            self.close()
            entry.run()


class _FoundModel(QAbstractListModel):
    """Entries with a heading before each group."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[PaletteEntry | str] = []

    def show_entries(self, entries: Sequence[PaletteEntry]) -> None:
        self.beginResetModel()
        self.rows = []
        group = ""
        for entry in entries:
            if entry.group != group:
                group = entry.group
                self.rows.append(group)
            self.rows.append(entry)
        self.endResetModel()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = self.rows[index.row()]
        if role == ENTRY_ROLE:
            return row
        if role == Qt.ItemDataRole.DisplayRole:
            return row if isinstance(row, str) else f"{row.text} {row.note}".strip()
        return None

    def flags(self, index: QModelIndex | QPersistentModelIndex) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _FoundDelegate(QStyledItemDelegate):
    """Paints icon, words and note of an entry, or a heading."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(100, HEADING_PX if isinstance(index.data(ENTRY_ROLE), str) else ROW_PX)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        entry, theme = index.data(ENTRY_ROLE), current_theme()
        rect: QRect = option.rect
        painter.save()
        middle = int(Qt.AlignmentFlag.AlignVCenter)
        if isinstance(entry, str):
            painter.setFont(theme.font("small-bold"))
            painter.setPen(theme.color("text.muted"))
            painter.drawText(rect.adjusted(8, 4, -8, 0), middle, entry)
            painter.restore()
            return
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.color("bg.selected" if chosen else "bg.hover"))
            painter.drawRoundedRect(rect, 6, 6)
        if entry.icon_name:
            paint_icon(painter, entry.icon_name, QRectF(rect.left() + 10, rect.center().y() - 8, 16, 16))
        painter.setFont(theme.font("body-bold" if chosen else "body"))
        painter.setPen(theme.color("text.primary"))
        painter.drawText(rect.adjusted(38, 0, -8, 0), middle, entry.text)
        painter.setFont(theme.font("small"))
        painter.setPen(theme.color("text.muted"))
        painter.drawText(rect.adjusted(38, 0, -10, 0), middle | int(Qt.AlignmentFlag.AlignRight), entry.note)
        painter.restore()
