"""Charts: made from plain values; pyqtgraph is loaded when the first one is made."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QColor, QContextMenuEvent, QFontMetricsF, QGuiApplication, QPen
from PySide6.QtWidgets import QDialog, QMenu, QStackedLayout, QWidget

from ui.models.column import Column, MoneyStyle, money_text
from ui.theme import current_theme, theme_notifier
from ui.widgets.labels import vbox
from ui.widgets.table import simple_table

MOST_GRID_LINES = 5


@dataclass(frozen=True)
class ChartTable:
    """The same figures as a table: the form for screen readers and for copying."""

    columns: tuple[Column, ...]
    rows: dict[str, Sequence[Any]]


class Chart(QWidget):
    """What all charts share: look, context menu, table form and the click on a part."""

    clicked = Signal(int)  # the place of the part that was clicked

    def __init__(self, *, name: str, money: MoneyStyle) -> None:
        super().__init__()
        import pyqtgraph as pg

        self._pg = pg
        pg.setConfigOptions(antialias=True)
        self.money = money
        self.setAccessibleName(name)
        self.plot = pg.PlotWidget(background=None)
        self.plot.setStyleSheet("background: transparent")
        self.plot.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        item = self.plot.getPlotItem()
        item.hideButtons()
        item.setMenuEnabled(False)
        item.setMouseEnabled(False, False)
        # The wheel scrolls the page, and the context menu is ours.
        self.plot.wheelEvent = lambda event: event.ignore()
        self.plot.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.plot.viewport().setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents, False)
        self.plot.scene().sigMouseClicked.connect(self._scene_clicked)
        QStackedLayout(self).addWidget(self.plot)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumHeight(120)
        theme_notifier().changed.connect(self.redraw)

    # To be told by each chart ----------------------------------------------------------------------

    def draw(self) -> None:
        """Draw everything onto the empty plot."""
        raise NotImplementedError

    def table(self) -> ChartTable:
        """The figures of the chart as a table."""
        raise NotImplementedError

    def part_at(self, x: float, y: float) -> int:
        """The place of the part at a point of the chart, or -1."""
        raise NotImplementedError

    # Shared ----------------------------------------------------------------------------------------

    def redraw(self) -> None:
        """Draw again, after new values or in another appearance."""
        self.plot.clear()
        self.draw()

    def copy_picture(self) -> None:
        """Put the chart on the clipboard as a picture."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    def copy_data(self) -> None:
        """Put the figures on the clipboard as a table."""
        table = self._table_widget()
        QGuiApplication.clipboard().setText(table.table_model.copied(range(table.table_model.rowCount())))
        table.deleteLater()

    def show_as_table(self) -> QDialog:
        """Open the figures as a table."""
        dialog = QDialog(self.window())
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.setWindowTitle(self.accessibleName())
        dialog.setLayout(vbox(self._table_widget(), margins=(12, 12, 12, 12)))
        dialog.resize(560, 420)
        dialog.open()
        return dialog

    def context_menu(self) -> QMenu:
        """Copy as picture, copy data, show as table."""
        menu = QMenu(self)
        menu.addAction("Copy as picture", self.copy_picture)
        menu.addAction("Copy data", self.copy_data)
        menu.addAction("Show as table", self.show_as_table)
        return menu

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the menu of the chart."""
        self.context_menu().exec(event.globalPos())

    def _table_widget(self) -> Any:
        form = self.table()
        table = simple_table(
            form.columns, name=self.accessibleName(), stretch=form.columns[0].key, multi=True
        )
        table.table_model.set_rows(form.rows)
        return table

    def _scene_clicked(self, event: Any) -> None:
        if event.button() == Qt.MouseButton.LeftButton:
            point = self.plot.getPlotItem().vb.mapSceneToView(event.scenePos())
            part = self.part_at(point.x(), point.y())
            if part >= 0:
                self.clicked.emit(part)

    # Look ------------------------------------------------------------------------------------------

    def color(self, token: str, alpha: float = 1.0) -> QColor:
        """A colour of the appearance, paler with a smaller alpha."""
        color = current_theme().color(token)
        color.setAlphaF(alpha)
        return color

    def pen(self, token: str, width: float = 1.0, *, dashed: bool = False) -> QPen:
        """A line of the appearance."""
        pen = QPen(self.color(token), width)
        pen.setCosmetic(True)
        if dashed:
            pen.setDashPattern([3, 2.2])
        return pen

    def label(
        self,
        text: str,
        at: tuple[float, float],
        *,
        token: str = "text.primary",
        strong: bool = False,
        anchor: tuple[float, float] = (0.5, 1.0),
    ) -> None:
        """A word on the chart."""
        item = self._pg.TextItem(text, color=self.color(token), anchor=anchor)
        item.setFont(current_theme().font("small-bold" if strong else "small"))
        item.setPos(QPointF(*at))
        item.setZValue(20)
        self.plot.addItem(item, ignoreBounds=True)

    def set_axes(self, *, left: bool, bottom: bool) -> None:
        """Show the axes that the chart needs: figures without frame and tick marks."""
        item = self.plot.getPlotItem()
        for side, shown in (("left", left), ("bottom", bottom)):
            item.showAxis(side, shown)
            axis = item.getAxis(side)
            axis.setStyle(tickLength=0, tickFont=current_theme().font("caption"), tickTextOffset=7)
            axis.setStyle(hideOverlappingLabels=False, tickAlpha=0)  # a tick of no length still leaves a dot
            axis.setPen(QPen(Qt.PenStyle.NoPen))
            axis.setTickPen(QPen(Qt.PenStyle.NoPen))
            axis.setTextPen(self.color("chart.label"))

    def name_axis(self, names: Sequence[str]) -> None:
        """Names beside the bars, with room for the longest: the plot may be laid out before it shows."""
        axis = self.plot.getPlotItem().getAxis("left")
        axis.setTicks([[(float(place), name) for place, name in enumerate(names)]])
        metrics = QFontMetricsF(current_theme().font("caption"))
        axis.setWidth(max((metrics.horizontalAdvance(name) for name in names), default=0.0) + 14)

    def grid_lines(self, levels: Sequence[float], left: float, right: float) -> None:
        """Thin lines at the levels; the one at zero is the baseline."""
        for level in levels:
            token = "chart.axis" if level == 0 else "chart.grid"
            line = self._pg.PlotCurveItem([left, right], [level, level], pen=self.pen(token))
            line.setZValue(-10)
            self.plot.addItem(line)

    def short_money(self, minor: float) -> str:
        """Money for an axis: $50k, $1.2M."""
        value = minor / 10**self.money.exponent
        sign, size = ("−" if value < 0 else ""), abs(value)
        for limit, letter in ((1e9, "bn"), (1e6, "M"), (1e3, "k")):
            if size >= limit:
                return f"{sign}{self.money.symbol}{size / limit:.1f}".removesuffix(".0") + letter
        return f"{sign}{self.money.symbol}{size:,.0f}"

    def full_money(self, minor: int) -> str:
        """Money as in tables."""
        return money_text(minor, self.money)


def nice_levels(low: float, high: float, most: int = MOST_GRID_LINES) -> list[float]:
    """Round levels that cover low to high, zero included, at most so many."""
    low, high = min(0.0, low), max(0.0, high)
    if low == high:
        return [0.0]
    step = 1.0
    while step < (high - low) / 1000:
        step *= 10
    while True:
        for factor in (1, 2, 2.5, 5):
            size = step * factor
            first, last = low // size, -(-high // size)
            if last - first + 1 <= most:
                return [place * size for place in range(int(first), int(last) + 1)]
        step *= 10
