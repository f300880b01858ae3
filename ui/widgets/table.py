"""The table of every page: sorts, filters, copies, finds, and says which row is meant."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QByteArray, QEvent, QItemSelection, QItemSelectionModel, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAction,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QMenu, QTableView

from ui.models.column import Column, cell_text
from ui.models.column_table import ColumnTableModel
from ui.theme import current_theme, theme_notifier
from ui.widgets.table_header import TableHeader
from ui.widgets.table_paint import EDGE_PAD, PAD, CellDelegate, wanted_width

MEASURED_ROWS = 200
WIDEST_FIGURES = 6
RESELECTED_ROWS = 2000


class DataTable(QTableView):
    """A view on a `ColumnTableModel`; its signals speak of source rows."""

    row_selected = Signal(int)  # the current source row, -1 for none
    drawer_asked = Signal(int)  # Space or click
    open_asked = Signal(int)  # Enter or double click

    def __init__(
        self,
        model: ColumnTableModel,
        *,
        name: str,
        stretch: str = "",
        multi: bool = True,
        row_height: int = 0,
    ) -> None:
        """`stretch` is the column that takes the spare width; `row_height` 0 is the default of 30."""
        super().__init__()
        self.table_model = model
        self._stretch, self._stretch_wanted = stretch, 0
        self.context_actions: Callable[[int], Sequence[QAction]] | None = None  # source row -> actions
        self.setAccessibleName(name)
        self._delegate = CellDelegate(self)
        self.setHorizontalHeader(TableHeader(self))
        self.setModel(model)
        self.setItemDelegate(self._delegate)
        self._set_up_look(row_height or current_theme().size("row_default"), multi=multi)
        self._selected_before: list[int] = []
        self._current_before, self._count_before = -1, 0
        self._typed, self._typing = "", QTimer(self, singleShot=True)
        self._measured_for: tuple[str, ...] = ()
        self._measured_empty = True
        model.order_about_to_change.connect(self._remember_selection)
        model.order_changed.connect(self._restore_selection)
        model.modelReset.connect(self._show_columns)
        header = self.horizontalHeader()
        header.sectionClicked.connect(self._sort_clicked)
        header.customContextMenuRequested.connect(self._show_header_menu)
        self.selectionModel().currentRowChanged.connect(lambda now, _before: self._say_current(now.row()))
        self.doubleClicked.connect(lambda index: self.open_asked.emit(model.source_row(index.row())))
        theme_notifier().changed.connect(self.viewport().update)
        self._show_columns()

    def _set_up_look(self, row_height: int, *, multi: bool) -> None:
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        modes = QAbstractItemView.SelectionMode
        self.setSelectionMode(modes.ExtendedSelection if multi else modes.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        rows = self.verticalHeader()
        rows.hide()
        rows.setMinimumSectionSize(20)
        rows.setDefaultSectionSize(row_height)
        rows.setSectionResizeMode(rows.ResizeMode.Fixed)  # measuring 100,000 rows takes half a minute

    # Rows ------------------------------------------------------------------------------------------

    def selected_rows(self) -> list[int]:
        """The chosen source rows in the order shown."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        return [self.table_model.source_row(row) for row in rows]

    @property
    def current_source_row(self) -> int:
        """The source row with the focus, or -1."""
        index = self.currentIndex()
        return self.table_model.source_row(index.row()) if index.isValid() else -1

    def select_source_row(self, source_row: int) -> bool:
        """Choose a row and scroll to it; False where the filters hide it."""
        row = self.table_model.view_row(source_row)
        if row < 0:
            return False
        self.selectRow(row)
        self.scrollTo(self.table_model.index(row, 0))
        return True

    def step(self, direction: int) -> None:
        """Go to the previous (-1) or next (+1) row, as the drawer asks."""
        row = self.currentIndex().row() + direction
        if 0 <= row < self.table_model.rowCount():
            self.selectRow(row)

    def copy_selection(self) -> None:
        """Put the chosen rows, with the titles of the shown columns, on the clipboard."""
        rows = sorted({index.row() for index in self.selectionModel().selectedRows()})
        rows = rows or list(range(self.table_model.rowCount()))
        QGuiApplication.clipboard().setText(self.table_model.copied(rows, self.shown_places()))

    # Columns ---------------------------------------------------------------------------------------

    def shown_places(self) -> list[int]:
        """The shown columns from left to right, as places in the model."""
        header = self.horizontalHeader()
        places = (header.logicalIndex(visual) for visual in range(header.count()))
        return [place for place in places if not header.isSectionHidden(place)]

    def column_menu(self) -> QMenu:
        """A menu to show and hide columns."""
        menu = QMenu(self)
        for place, column in enumerate(self.table_model.columns):
            action = menu.addAction(column.title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(place))
            action.toggled.connect(lambda shown, place=place: self._show_column(place, shown=shown))
        return menu

    def _show_column(self, place: int, *, shown: bool) -> None:
        self.setColumnHidden(place, not shown)
        self.share_spare_width()

    def layout_text(self) -> str:
        """Widths, order and hidden columns, to remember for this book."""
        return bytes(self.horizontalHeader().saveState().toHex().data()).decode()

    def restore_layout(self, text: str) -> bool:
        """Bring a remembered layout back; False where it does not fit this table."""
        return self.horizontalHeader().restoreState(QByteArray.fromHex(text.encode()))

    def fit_columns(self) -> None:
        """Give every column the width of its title and first rows."""
        theme, model, header = current_theme(), self.table_model, self.horizontalHeader()
        rows = model.shown_rows[:MEASURED_ROWS]
        for place, column in enumerate(model.columns):
            texts = [cell_text(column, model.value(row, column.key)) for row in rows]
            width = column.width or wanted_width(column, texts, theme)
            header.setSectionResizeMode(place, header.ResizeMode.Interactive)
            header.resizeSection(place, width)
            if column.key == self._stretch:
                self._stretch_wanted = width
        self._widen_figures()

    def _widen_figures(self) -> None:
        """Money, counts and dates are never cut off: their columns grow with what they hold."""
        theme, model, header = current_theme(), self.table_model, self.horizontalHeader()
        rows, shown = model.shown_rows[:MEASURED_ROWS], self.shown_places()
        edges = (shown[0], shown[-1]) if shown else ()
        for place, column in enumerate(model.columns):
            is_figure = column.alignment == "right" or column.kind == "date"
            if not is_figure or header.isSectionHidden(place):
                continue
            texts = sorted({cell_text(column, model.value(row, column.key)) for row in rows}, key=len)
            needed = wanted_width(column, texts[-WIDEST_FIGURES:], theme, with_title=False)
            if place not in edges:
                needed -= EDGE_PAD - PAD
            if header.sectionSize(place) < needed:
                header.resizeSection(place, needed)
        self.share_spare_width()

    def share_spare_width(self) -> None:
        """The stretched column takes what is left, but never less than its words need: then the table scrolls."""
        header = self.horizontalHeader()
        keys = [column.key for column in self.table_model.columns]
        if self._stretch not in keys:
            return
        place = keys.index(self._stretch)
        others = sum(header.sectionSize(p) for p in self.shown_places() if p != place)
        header.resizeSection(place, max(self._stretch_wanted, self.viewport().width() - others))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the width again."""
        super().resizeEvent(event)
        self.share_spare_width()

    def _show_columns(self) -> None:
        keys = tuple(column.key for column in self.table_model.columns)
        if keys != self._measured_for:
            for place, column in enumerate(self.table_model.columns):
                self.setColumnHidden(place, column.hidden)
        if keys != self._measured_for or self._measured_empty:
            self._measured_empty = self.table_model.total_count == 0
            self._measured_for = keys
            self.fit_columns()
        else:
            self._widen_figures()

    # Events ----------------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Copy, open the drawer, open the page; the rest moves the focus."""
        self._set_keyboard_focus(shown=True)
        row = self.current_source_row
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.key() == Qt.Key.Key_Space and row >= 0 and not event.modifiers():
            self.drawer_asked.emit(row)
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and row >= 0 and not event.modifiers():
            self.open_asked.emit(row)
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, search: str) -> None:
        """Typing finds the first row that begins so."""
        self._typed = search if not self._typing.isActive() else self._typed + search
        self._typing.start(800)
        row = self.table_model.find(self._typed, start=max(0, self.currentIndex().row()))
        if row >= 0:
            self.selectRow(row)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses a row and does not show the keyboard's frame."""
        self._set_keyboard_focus(shown=False)
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click on a row asks for its drawer."""
        super().mouseReleaseEvent(event)
        index = self.indexAt(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and index.isValid() and not event.modifiers():
            self.drawer_asked.emit(self.table_model.source_row(index.row()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row below the pointer is shaded."""
        self._set_hovered(self.rowAt(event.position().toPoint().y()))
        super().mouseMoveEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """No row is below the pointer."""
        self._set_hovered(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming here by Tab shows the frame, and begins at the first row."""
        reasons = {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
            Qt.FocusReason.ShortcutFocusReason,
        }
        self._set_keyboard_focus(shown=event.reason() in reasons)
        super().focusInEvent(event)
        if (
            not self.currentIndex().isValid()
            and self.table_model.rowCount()
            and self._delegate.keyboard_focus
        ):
            self.setCurrentIndex(self.table_model.index(0, self.shown_places()[0]))

    def contextMenuEvent(self, event: QEvent) -> None:
        """Actions for the row, then copy."""
        row = self.current_source_row
        menu = QMenu(self)
        if self.context_actions is not None and row >= 0:
            menu.addActions(list(self.context_actions(row)))
            menu.addSeparator()
        menu.addAction("Copy with headers", QKeySequence(QKeySequence.StandardKey.Copy), self.copy_selection)
        menu.addMenu(self._titled_column_menu())
        place = max(0, self.currentIndex().column())
        title = self.table_model.columns[place].title
        menu.addAction(f"Sort by {title}", lambda: self.table_model.click_header(place))
        menu.exec(event.globalPos())  # type: ignore[attr-defined]

    def _titled_column_menu(self) -> QMenu:
        menu = self.column_menu()
        menu.setTitle("Columns")
        return menu

    def _sort_clicked(self, place: int) -> None:
        add = bool(QApplication.keyboardModifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.table_model.click_header(place, add=add)
        self.horizontalHeader().viewport().update()

    def _show_header_menu(self, where: QPoint) -> None:
        self.column_menu().exec(self.horizontalHeader().mapToGlobal(where))

    def _set_hovered(self, row: int) -> None:
        if row != self._delegate.hovered_row:
            self._delegate.hovered_row = row
            self.viewport().update()

    def _set_keyboard_focus(self, *, shown: bool) -> None:
        if shown != self._delegate.keyboard_focus:
            self._delegate.keyboard_focus = shown
            self.viewport().update()

    def _say_current(self, row: int) -> None:
        self.row_selected.emit(self.table_model.source_row(row) if row >= 0 else -1)

    def _remember_selection(self) -> None:
        valid = self.table_model.rowCount() > 0
        self._selected_before = self.selected_rows()[:RESELECTED_ROWS] if valid else []
        self._current_before = self.current_source_row if valid else -1
        self._count_before = self.table_model.total_count

    def _restore_selection(self) -> None:
        wanted, model = set(self._selected_before), self.table_model
        if not wanted or model.total_count != self._count_before:
            return
        selection, last = QItemSelection(), model.columnCount() - 1
        for row, source in enumerate(model.shown_rows):
            if source in wanted:
                selection.select(model.index(row, 0), model.index(row, last))
            if source == self._current_before:
                self.selectionModel().setCurrentIndex(
                    model.index(row, 0), QItemSelectionModel.SelectionFlag.NoUpdate
                )
        self.selectionModel().select(selection, QItemSelectionModel.SelectionFlag.ClearAndSelect)


def simple_table(
    columns: Sequence[Column], *, name: str, stretch: str = "", row_height: int = 0, multi: bool = False
) -> DataTable:
    """A table with its own model, for short lists inside cards; fill it with `table.table_model.set_rows`."""
    model = ColumnTableModel(columns)
    table = DataTable(model, name=name, stretch=stretch, multi=multi, row_height=row_height)
    model.setParent(table)
    return table
