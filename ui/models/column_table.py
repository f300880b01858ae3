"""A table over whole columns that sorts and filters its data itself."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

from ui.models.column import UNKNOWN, Column, cell_text, copied_text, is_unknown

Index = QModelIndex | QPersistentModelIndex
RowRole = Literal["", "heading", "muted", "strong"]
VALUE_ROLE = Qt.ItemDataRole.UserRole + 1
UNKNOWN_TOOLTIP = "Not known: the books do not say."
_TEXT_KINDS = {"text", "segment", "status", "two_lines", "reason", "date"}
_ALIGNMENTS = {
    "left": Qt.AlignmentFlag.AlignLeft,
    "right": Qt.AlignmentFlag.AlignRight,
    "center": Qt.AlignmentFlag.AlignHCenter,
}


class ColumnTableModel(QAbstractTableModel):
    """Rows are places in the columns; the view's order is a list of such places."""

    order_about_to_change = Signal()
    order_changed = Signal()  # after set_rows, a sort or a filter

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = list(columns)
        self._data: list[Sequence[Any]] = [[] for _ in columns]
        self._count = 0
        self._order: list[int] = []
        self._sorts: list[tuple[int, bool]] = []
        self._needle = ""
        self._allowed: frozenset[int] | None = None
        self._ranks: dict[int, Any] = {}
        self._haystack: list[str] | None = None
        self.row_background: Callable[[int], str | None] | None = None  # source row -> colour token
        self.row_role: Callable[[int], RowRole] | None = None  # source row -> heading, muted, strong

    # Filling ---------------------------------------------------------------------------------------

    def set_rows(self, columns: Mapping[str, Any]) -> None:
        """Show other rows: one sequence (list or numpy array) of equal length for each column key."""
        data = [columns[column.key] for column in self.columns]
        lengths = {len(values) for values in data}
        if len(lengths) > 1:
            raise ValueError(f"columns differ in length: {sorted(lengths)}")
        self._data, self._count = data, lengths.pop() if lengths else 0
        self._ranks, self._haystack, self._allowed = {}, None, None
        self._reorder()

    def set_columns(self, columns: Sequence[Column], rows: Mapping[str, Sequence[Any]]) -> None:
        """Show other columns with their rows; sorting starts again."""
        self.columns, self._sorts = list(columns), []
        self.set_rows(rows)

    def set_text_filter(self, needle: str) -> None:
        """Show only rows that contain every word, whatever the case, accents and order."""
        if needle.strip() != self._needle:
            self._needle = needle.strip()
            self._reorder()

    def set_row_filter(self, source_rows: Sequence[int] | None) -> None:
        """Show only these source rows; None shows all."""
        self._allowed = None if source_rows is None else frozenset(int(row) for row in source_rows)
        self._reorder()

    def sort_by(self, keys: Sequence[tuple[str, bool]]) -> None:
        """Sort by several (column key, descending)."""
        places = {column.key: place for place, column in enumerate(self.columns)}
        self._sorts = [(places[key], descending) for key, descending in keys]
        self._reorder()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Qt's own way to sort by one column; a negative column restores the order of the source."""
        self._sorts = [(column, order == Qt.SortOrder.DescendingOrder)] if column >= 0 else []
        self._reorder()

    def click_header(self, place: int, *, add: bool = False) -> None:
        """Sort as a click on the header does; `add` (Shift) keeps the earlier sorts."""
        now = dict(self._sorts).get(place)
        descending = self.columns[place].largest_first if now is None else not now
        others = [item for item in self._sorts if item[0] != place] if add else []
        if add and now is not None:
            self._sorts = [(p, descending if p == place else d) for p, d in self._sorts]
        else:
            self._sorts = [*others, (place, descending)]
        self._reorder()

    # Reading ---------------------------------------------------------------------------------------

    @property
    def sorts(self) -> list[tuple[str, bool]]:
        """The sorts that hold, as (column key, descending)."""
        return [(self.columns[place].key, descending) for place, descending in self._sorts]

    @property
    def total_count(self) -> int:
        """How many rows there are without the filters."""
        return self._count

    @property
    def shown_rows(self) -> list[int]:
        """The source rows in the order shown."""
        return list(self._order)

    def source_row(self, view_row: int) -> int:
        """The place in the columns of a row of the view."""
        return self._order[view_row]

    def view_row(self, source_row: int) -> int:
        """The row of the view, or -1 where the filters hide it."""
        try:
            return self._order.index(source_row)
        except ValueError:
            return -1

    def value(self, source_row: int, key: str) -> Any:
        """One value as it was given."""
        return self._data[self.place_of(key)][source_row]

    def place_of(self, key: str) -> int:
        """The place of a column; an unknown key is a StopIteration."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)

    def copied(self, view_rows: Sequence[int], places: Sequence[int] | None = None) -> str:
        """Rows as tab-separated text with headers, for the clipboard."""
        shown = list(range(len(self.columns))) if places is None else list(places)
        lines = ["\t".join(self.columns[place].title for place in shown)]
        for view_row in view_rows:
            row = self._order[view_row]
            lines.append("\t".join(copied_text(self.columns[p], self._data[p][row]) for p in shown))
        return "\n".join(lines)

    def find(self, text: str, *, start: int = 0) -> int:
        """The first row from `start` on, and then from the top, whose first words begin so; or -1."""
        from ui.models.ordering import folded

        wanted = folded(text)
        place = next((p for p, c in enumerate(self.columns) if c.kind in _TEXT_KINDS), 0)
        column, values = self.columns[place], self._data[place]
        for step in range(len(self._order)):
            row = (start + step) % len(self._order)
            if folded(cell_text(column, values[self._order[row]])).startswith(wanted):
                return row
        return -1

    # Qt --------------------------------------------------------------------------------------------

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many rows are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A cell for the view, the tooltip and the screen reader."""
        column = self.columns[index.column()]
        row = self._order[index.row()]
        if role == VALUE_ROLE:
            return self._data[index.column()][row]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return cell_text(column, self._data[index.column()][row])
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column.alignment] | Qt.AlignmentFlag.AlignVCenter
        if role == Qt.ItemDataRole.ToolTipRole:
            return self._tooltip(column, index.column(), row)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles, and their explanation as tooltip."""
        if orientation != Qt.Orientation.Horizontal or section >= len(self.columns):
            return None
        column = self.columns[section]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return column.header_tooltip or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGNMENTS[column.alignment] | Qt.AlignmentFlag.AlignVCenter
        return None

    def _tooltip(self, column: Column, place: int, row: int) -> str | None:
        if column.tooltip is not None:
            return column.tooltip(row) or None
        if cell_text(column, self._data[place][row]) == UNKNOWN and is_unknown(self._data[place][row]):
            return UNKNOWN_TOOLTIP
        return None

    def _reorder(self) -> None:
        self.order_about_to_change.emit()
        self.beginResetModel()
        self._order = self._ordered_rows()
        self.endResetModel()
        self.order_changed.emit()

    def _ordered_rows(self) -> list[int]:
        # numpy is loaded at the first sort or filter: the first window has none of either.
        order: list[int] = list(range(self._count))
        if self._sorts and self._count:
            from ui.models.ordering import ranks, sorted_rows

            for place, _descending in self._sorts:
                if place not in self._ranks:
                    self._ranks[place] = ranks(self.columns[place], self._data[place])
            order = sorted_rows([(self._ranks[p], d) for p, d in self._sorts], self._count).tolist()
        if self._needle:
            kept = self._matching()
            order = [row for row in order if row in kept]
        if self._allowed is not None:
            order = [row for row in order if row in self._allowed]
        return order

    def _matching(self) -> frozenset[int]:
        from ui.models.ordering import folded_all, matching_rows

        if self._haystack is None:
            places = [place for place, column in enumerate(self.columns) if column.kind in _TEXT_KINDS]
            texts = [[cell_text(self.columns[p], v) for v in self._data[p]] for p in places]
            self._haystack = folded_all([" ".join(row) for row in zip(*texts, strict=True)])
        return frozenset(matching_rows(self._haystack, self._needle))
