"""The parts of the drawer about one customer."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.figure_texts import money_style
from ui.models.column import Column, date_text
from ui.pages.customer_facts import CustomerFacts
from ui.session import Session
from ui.widgets.buttons import Button
from ui.widgets.cards import MiniFigure, QuietBox
from ui.widgets.flow import FlowRow
from ui.widgets.labels import ElidedLabel, IconLabel, SegmentMark, TextLabel, hbox, vbox
from ui.widgets.table import simple_table

if TYPE_CHECKING:
    from core.segments.method import Reason

INDENT_PX = 16
ORDER_PX = 38


class SegmentBox(QuietBox):
    """The segment, why the customer is in it, and what can be done about that."""

    move_asked = Signal()
    return_asked = Signal()
    note_asked = Signal()

    def __init__(self, session: Session, facts: CustomerFacts) -> None:
        super().__init__()
        column = self.layout()
        assert isinstance(column, QVBoxLayout)
        self._since = TextLabel("", "small", tone="muted")
        head = hbox(SegmentMark(facts.segment.palette), ElidedLabel(facts.segment.name, "body-bold"))
        head.setStretch(1, 1)
        if facts.is_by_hand:
            head.addWidget(IconLabel("push-pin-fill", size=13))
        if session.actions.has("page.segments"):
            context = {"segment": facts.segment.name}
            head.addWidget(
                Button("Open rule", "link", clicked=lambda: session.open_page("segments", context))
            )
        column.addLayout(head)
        self._since.hide()
        column.addWidget(self._since)
        column.addWidget(TextLabel("Why is this customer here?", "small-bold", tone="secondary"))
        for reason in facts.reasons:
            column.addLayout(_reason_row(reason))
        self.outlook = TextLabel("", "small", tone="muted", wrap=True)
        self.outlook.setVisible(False)
        column.addWidget(self.outlook)
        column.addSpacing(2)
        column.addLayout(self._buttons(session, facts))
        self.setAccessibleName(f"Segment {facts.segment.name}")

    def _buttons(self, session: Session, facts: CustomerFacts) -> FlowRow:
        self.move_button = Button(
            "Move to another segment…", icon_name="push-pin", scale="small", clicked=self.move_asked.emit
        )
        self.note_button = Button(
            "Add note", icon_name="note-pencil", scale="small", clicked=self.note_asked.emit
        )
        buttons = [self.move_button, self.note_button]
        if facts.is_by_hand:
            back = Button("Return to the rules", scale="small", clicked=self.return_asked.emit)
            buttons.insert(1, back)
        for button in buttons:
            button.setDisabled(session.is_read_only)
            button.setToolTip(session.read_only_reason)
        return FlowRow(*buttons)

    def set_outlook(self, words: str) -> None:
        """Say where the customer moves when nothing is bought."""
        self.outlook.setText(words)
        self.outlook.setVisible(bool(words))

    def set_since(self, words: str) -> None:
        """Say since when the customer has been in this segment."""
        self._since.setText(words[:1].upper() + words[1:])
        self._since.setVisible(bool(words))


def _reason_row(reason: "Reason") -> QHBoxLayout:
    marks = {True: ("check", "positive.text"), False: ("x", "negative.text"), None: ("minus", "text.muted")}
    words = {True: "holds", False: "does not hold", None: "not known"}
    name, token = marks[reason.holds]
    mark = IconLabel(name, color_token=token, size=14)
    mark.setAccessibleName(words[reason.holds])
    text = TextLabel(reason.sentence, "body", wrap=True)
    row = hbox(mark, text, gap=8, margins=(INDENT_PX * reason.depth, 0, 0, 0))
    row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
    mark.setFixedHeight(18)
    row.setStretch(1, 1)
    return row


class KeyFigures(QWidget):
    """Six small figures in two rows."""

    def __init__(self, facts: CustomerFacts) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(10)
        for place, figure in enumerate(facts.key_figures()):
            small = MiniFigure(figure.name)
            small.set_figure(figure.value, figure.change.signed or figure.note, verdict=figure.change.verdict)
            small.setToolTip(f"{figure.name}\n{figure.definition}")
            grid.addWidget(small, place // 3, place % 3, Qt.AlignmentFlag.AlignTop)


class TwoYears(QWidget):
    """Revenue of the last 24 months, the last twelve strong."""

    def __init__(self, facts: CustomerFacts) -> None:
        super().__init__()
        from ui.widgets.charts_years import YearsChart

        trends = facts.loaded.trends
        months = list(trends.last_months)
        self.chart = YearsChart(
            [month.label for month in months],
            trends.by_customer[facts.row].tolist(),
            name=f"Revenue by month of {facts.name}",
            money=money_style(facts.loaded.figures),
        )
        self.chart.setFixedHeight(112)
        head = hbox(
            TextLabel("Revenue by month", "card-title"),
            None,
            TextLabel(f"{len(months)} months", "small", tone="muted"),
        )
        self.setLayout(vbox(head, self.chart, gap=4))


class LatestOrders(QWidget):
    """The last invoices with what was bought."""

    def __init__(self, facts: CustomerFacts) -> None:
        super().__init__()
        orders = facts.latest_orders()
        money = money_style(facts.loaded.figures, cents=True)
        columns = (
            Column("order", "Order", "two_lines", width=110),
            Column("net", "Net", "money", money=money, width=104),
        )
        self.table = simple_table(columns, name="Latest orders", stretch="order", row_height=ORDER_PX)
        self.table.table_model.set_rows(
            {
                "order": [
                    (date_text(order.day), f"{order.number}   {order.what}".strip()) for order in orders
                ],
                "net": [order.net_minor for order in orders],
            }
        )
        self.table.horizontalHeader().hide()
        self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFixedHeight(ORDER_PX * len(orders) + 2)
        count = len(facts.order_rows)
        head = hbox(
            TextLabel("Latest orders", "card-title"),
            None,
            TextLabel(f"{count:,} in all", "small", tone="muted"),
        )
        self.setLayout(vbox(head, self.table, gap=4))
