"""A table with its totals pinned below, aligned with the columns."""

from collections.abc import Callable, Mapping
from typing import Any

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.models.column import cell_text
from ui.models.column_table import ColumnTableModel
from ui.theme import current_theme
from ui.widgets.table import DataTable
from ui.widgets.table_paint import PAD, SHARE_BAR, content_rect, paint_figure

TotalsFunction = Callable[[list[int]], Mapping[str, Any]]


class TotalsTable(QWidget):
    """`table` shows the rows; the totals follow the filter."""

    def __init__(
        self,
        model: ColumnTableModel,
        *,
        name: str,
        stretch: str = "",
        multi: bool = True,
        row_height: int = 0,
    ) -> None:
        super().__init__()
        self.table = DataTable(model, name=name, stretch=stretch, multi=multi, row_height=row_height)
        self.totals = TotalsStrip(self.table)
        self._function: TotalsFunction | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.table, 1)
        column.addWidget(self.totals)
        model.order_changed.connect(self._recompute)
        self.setFocusProxy(self.table)

    def set_totals(self, values: Mapping[str, Any]) -> None:
        """Show these totals: a value of the column's kind, or a text as it stands."""
        self.totals.set_values(values)

    def set_totals_function(self, function: TotalsFunction) -> None:
        """Work the totals out from the shown source rows after every change of rows or filters."""
        self._function = function
        self._recompute()

    def _recompute(self) -> None:
        if self._function is not None:
            self.totals.set_values(self._function(self.table.table_model.shown_rows))


class TotalsStrip(QFrame):
    """One row below the table that scrolls and resizes with it."""

    def __init__(self, table: DataTable) -> None:
        super().__init__()
        self.setObjectName("Totals")
        self._table = table
        self._values: Mapping[str, Any] = {}
        self.setFixedHeight(current_theme().size("row_default") + 2)
        header = table.horizontalHeader()
        for signal in (header.sectionResized, header.sectionMoved, header.geometriesChanged):
            signal.connect(lambda *_: self.update())
        table.horizontalScrollBar().valueChanged.connect(lambda _: self.update())

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Show other totals."""
        self._values = dict(values)
        self._make_room()
        self.setAccessibleName("Totals: " + ", ".join(t for t in self.texts().values() if t))
        self.update()

    def _make_room(self) -> None:
        """Widen columns whose total is longer than their figures."""
        metrics = QFontMetricsF(current_theme().font("body-bold"))
        header = self._table.horizontalHeader()
        for key, text in self.texts().items():
            place = self._table.table_model.place_of(key)
            column = self._table.table_model.columns[place]
            if column.is_numeric and not header.isSectionHidden(place):
                bar = SHARE_BAR.width() + 4 if column.kind == "share" else 0
                needed = round(metrics.horizontalAdvance(text + ")")) + bar + 2 * PAD + 4
                header.resizeSection(place, max(header.sectionSize(place), needed))
        self._table.share_spare_width()

    def texts(self) -> dict[str, str]:
        """The totals as written, by column key."""
        columns = {column.key: column for column in self._table.table_model.columns}
        return {
            key: value if isinstance(value, str) else cell_text(columns[key], value)
            for key, value in self._values.items()
            if key in columns
        }

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint every total below its column."""
        super().paintEvent(event)
        painter, theme, texts = QPainter(self), current_theme(), self.texts()
        header, shown = self._table.horizontalHeader(), self._table.shown_places()
        painter.setFont(theme.font("body-bold"))
        for place in shown:
            column = self._table.table_model.columns[place]
            text = texts.get(column.key, "")
            if not text:
                continue
            left, width = header.sectionViewportPosition(place), header.sectionSize(place)
            cell = QRectF(left, 2, width, self.height() - 2).toRect()
            area = content_rect(cell, first=place == shown[0], last=place == shown[-1])
            if column.kind == "share":
                area.adjust(0, 0, -SHARE_BAR.width() - 4, 0)
            if column.is_numeric and not isinstance(self._values[column.key], str):
                paint_figure(painter, area, text, column=column, theme=theme)
            else:
                self._paint_words(
                    painter, area, text, right=column.alignment == "right", wide=place == shown[0]
                )

    def _paint_words(self, painter: QPainter, area: QRectF, text: str, *, right: bool, wide: bool) -> None:
        painter.setPen(QPen(current_theme().color("text.primary")))
        width = QFontMetricsF(painter.font()).horizontalAdvance(text)
        if wide and width > area.width():
            area.setWidth(width + 2)  # the label may run into the next cells, which rarely have a total
        side = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(Qt.AlignmentFlag.AlignVCenter | side), text)
