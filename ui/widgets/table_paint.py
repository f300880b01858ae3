"""Paints table cells: figures in column, segments with their shape, shares and small lines."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.models.column import Column, cell_text, is_unknown
from ui.models.column_table import VALUE_ROLE, ColumnTableModel
from ui.theme import Theme, current_theme
from ui.theme_icons import paint_icon
from ui.theme_symbols import paint_segment_symbol
from ui.widgets.sparkline import paint_share_bar, paint_sparkline

PAD = 8
EDGE_PAD = 14  # the first and last column line up with the card's title
SHARE_BAR = QSize(84, 8)
SPARKLINE = QSize(50, 18)
STATUS_ICONS = {
    "good": ("check-circle-fill", "positive.fill"),
    "review": ("warning-circle-fill", "warning.fill"),
    "warning": ("warning-fill", "warning.fill"),
    "failed": ("x-circle-fill", "negative.fill"),
    "info": ("info-fill", "info.fill"),
    "waiting": ("circle-dashed", "text.muted"),
    "skipped": ("copy-simple", "text.muted"),
}
_BRACKET_KINDS = {"money", "percent", "share", "integer"}


def paint_figure(
    painter: QPainter, rect: QRectF, text: str, *, column: Column, theme: Theme, color: QColor | None = None
) -> None:
    """Paint a figure right-aligned; positive ones leave the width of `)` free, so digits stay in column."""
    negative = text.startswith("(")
    metrics = QFontMetricsF(painter.font())
    if column.kind in _BRACKET_KINDS and not negative and column.alignment == "right":
        rect = rect.adjusted(0, 0, -metrics.horizontalAdvance(")"), 0)
    painter.setPen(theme.color("negative.text") if negative else color or theme.color("text.primary"))
    flags = Qt.AlignmentFlag.AlignVCenter | _flag(column)
    painter.drawText(
        rect,
        int(flags),
        text if negative else metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width()),
    )


def _flag(column: Column) -> Qt.AlignmentFlag:
    flags = {"right": Qt.AlignmentFlag.AlignRight, "center": Qt.AlignmentFlag.AlignHCenter}
    return flags.get(column.alignment, Qt.AlignmentFlag.AlignLeft)


class CellDelegate(QStyledItemDelegate):
    """Paints all kinds of columns of a `ColumnTableModel`."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.hovered_row = -1
        self.keyboard_focus = False

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Paint background, line, content and focus frame."""
        model = index.model()
        assert isinstance(model, ColumnTableModel)
        theme, column, row = current_theme(), model.columns[index.column()], model.source_row(index.row())
        role = model.row_role(row) if model.row_role is not None else ""
        painter.save()
        painter.setClipRect(option.rect)
        rect: QRect = option.rect
        self._paint_background(
            painter, rect, _background(model, column, row, role), option, index.row(), theme
        )
        painter.setFont(_cell_font(column, role, theme))
        inner = content_rect(
            rect, first=index.column() == self._edge(0), last=index.column() == self._edge(1)
        )
        muted = role == "muted"
        self._paint_content(painter, inner, index.data(VALUE_ROLE), column, model, row, theme, muted=muted)
        painter.setClipping(False)
        self._paint_focus(painter, rect, option, theme)
        painter.restore()

    def _edge(self, last: int) -> int:
        header = self.parent().horizontalHeader()  # type: ignore[union-attr]
        visual = range(header.count() - 1, -1, -1) if last else range(header.count())
        return next(
            (header.logicalIndex(v) for v in visual if not header.isSectionHidden(header.logicalIndex(v))), -1
        )

    def _paint_background(
        self,
        painter: QPainter,
        rect: QRect,
        token: str,
        option: QStyleOptionViewItem,
        view_row: int,
        theme: Theme,
    ) -> None:
        state = option.state
        if state & QStyle.StateFlag.State_Selected:
            token = "bg.selected"
        elif view_row == self.hovered_row and not token:
            token = "bg.hover"
        if token:
            painter.fillRect(rect, theme.color(token))
        painter.setPen(QPen(theme.color("border.subtle"), 1))
        painter.drawLine(rect.left(), rect.bottom(), rect.right(), rect.bottom())

    def _paint_focus(
        self, painter: QPainter, rect: QRect, option: QStyleOptionViewItem, theme: Theme
    ) -> None:
        state = option.state
        if self.keyboard_focus and state & QStyle.StateFlag.State_HasFocus:
            pen = QPen(theme.color("focus"), 2)
            pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(rect.adjusted(1, 1, -1, -2))

    def _paint_content(
        self,
        painter: QPainter,
        rect: QRectF,
        value: Any,
        column: Column,
        model: ColumnTableModel,
        row: int,
        theme: Theme,
        *,
        muted: bool,
    ) -> None:
        color = theme.color(
            "text.muted" if muted or column.muted or column.kind == "reason" else "text.primary"
        )
        if column.kind == "sparkline" and not is_unknown(value):
            token = column.sparkline_token(row) if column.sparkline_token else "chart.compare"
            spark = QRectF(rect.right() - SPARKLINE.width(), rect.center().y() - 9, *SPARKLINE.toTuple())
            paint_sparkline(painter, spark.adjusted(1, 3, -3, -3), value, theme.color(token))
        elif column.kind == "share":
            _paint_share(painter, rect, value, column, model, row, theme)
        elif column.is_numeric:
            plain = theme.color("text.muted") if is_unknown(value) else color
            paint_figure(painter, rect, cell_text(column, value), column=column, theme=theme, color=plain)
        elif column.kind == "two_lines" and not is_unknown(value):
            _paint_two_lines(painter, rect, value, theme)
        else:
            _paint_words(painter, rect, value, column, row, color)


def content_rect(rect: QRect, *, first: bool, last: bool) -> QRectF:
    """Where the content of a cell stands."""
    return QRectF(rect).adjusted(EDGE_PAD if first else PAD, 0, -(EDGE_PAD if last else PAD), -1)


def _background(model: ColumnTableModel, column: Column, row: int, role: str) -> str:
    if role == "heading":
        return "bg.sunken"
    shade = column.shade(row) if column.shade is not None else None
    if shade:
        return shade
    return (model.row_background(row) or "") if model.row_background is not None else ""


def _cell_font(column: Column, role: str, theme: Theme) -> QFont:
    if role == "heading":
        return theme.font("small-bold")
    if role == "strong" or (column.strong and column.is_numeric):
        return theme.font("body-bold")
    if column.kind == "reason":
        return theme.font("small")
    return theme.font("body-strong" if column.strong else "body")


def _paint_words(
    painter: QPainter, rect: QRectF, value: Any, column: Column, row: int, color: QColor
) -> None:
    text = cell_text(column, value)
    if column.kind == "segment" and not is_unknown(value):
        paint_segment_symbol(painter, int(value[0]), QPointF(rect.left() + 5, rect.center().y()))
        rect = rect.adjusted(17, 0, 0, 0)
    elif column.kind == "status" and not is_unknown(value):
        name, token = STATUS_ICONS[value[0]]
        paint_icon(painter, name, QRectF(rect.left(), rect.center().y() - 7.5, 15, 15), color_token=token)
        rect = rect.adjusted(21, 0, 0, 0)
    mark = column.mark(row) if column.mark is not None else ""
    room = rect.width() - (20 if mark else 0)
    metrics = QFontMetricsF(painter.font())
    shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    painter.setPen(color)
    painter.drawText(rect, int(Qt.AlignmentFlag.AlignVCenter | _flag(column)), shown)
    if mark:
        left = rect.left() + metrics.horizontalAdvance(shown) + 5
        paint_icon(painter, mark, QRectF(left, rect.center().y() - 7, 14, 14))


def _paint_two_lines(painter: QPainter, rect: QRectF, value: Any, theme: Theme) -> None:
    middle = rect.center().y()
    for text, font, token, top in (
        (str(value[0]), "body-strong", "text.primary", middle - 17),
        (str(value[1]), "caption", "text.muted", middle),
    ):
        painter.setFont(theme.font(font))
        painter.setPen(theme.color(token))
        line = QRectF(rect.left(), top, rect.width(), 17)
        shown = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideMiddle, rect.width())
        painter.drawText(line, int(Qt.AlignmentFlag.AlignVCenter), shown)


def _paint_share(
    painter: QPainter,
    rect: QRectF,
    value: Any,
    column: Column,
    model: ColumnTableModel,
    row: int,
    theme: Theme,
) -> None:
    bar_left = rect.right() - SHARE_BAR.width()
    words = QRectF(rect.left(), rect.top(), bar_left - rect.left() - 4, rect.height())
    paint_figure(
        painter, words, cell_text(column, value), column=column, theme=theme, color=theme.color("text.muted")
    )
    if is_unknown(value):
        return
    color = theme.color("accent.base")
    if column.bar_segment:
        segment = model.value(row, column.bar_segment)
        color = color if is_unknown(segment) else theme.segment_color(int(segment[0]))
    bar = QRectF(bar_left, rect.center().y() - SHARE_BAR.height() / 2, *SHARE_BAR.toTuple())
    paint_share_bar(painter, bar, float(value), color=color, track=theme.color("bg.sunken"))


def wanted_width(column: Column, texts: list[str], theme: Theme, *, with_title: bool = True) -> int:
    """The width that the header and these texts need, or the texts alone."""
    metrics = QFontMetricsF(_cell_font(column, "", theme))
    header = QFontMetricsF(theme.font("small-strong")).horizontalAdvance(column.title) + 14
    content = max((metrics.horizontalAdvance(text) for text in texts), default=0.0)
    extra = {"share": SHARE_BAR.width() + 8, "segment": 18, "status": 22, "sparkline": SPARKLINE.width()}
    content += extra.get(column.kind, 0) + (metrics.horizontalAdvance(")") if column.is_numeric else 0)
    content += 20 if column.mark is not None else 0
    return round(max(header if with_title else 0.0, content)) + PAD + EDGE_PAD + 2
