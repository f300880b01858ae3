"""Rhythm and next orders: who orders regularly, who is late, and when to expect whom."""

from typing import Any

from PySide6.QtWidgets import QWidget

from core.analysis.patterns.cadence import Group
from core.analysis.patterns.not_enough import NotEnough
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.patterns_cadence_data import (
    CADENCE,
    LATENESS_WORDS,
    RHYTHM_WORDS,
    Rhythms,
    next_order_words,
    rhythm_sentence,
)
from ui.pages.patterns_data import customer_ids
from ui.pages.patterns_parts import PartCard, Parts
from ui.widgets.labels import TextLabel, vbox
from ui.widgets.states import EmptyState, StateStack
from ui.widgets.table import DataTable, simple_table

ROW_PX, TABLE_HEAD_PX = 26, 32
REVENUE = "Net revenue of these customers in the period, net of credit notes"
EXPECTED = (
    "From three order days on: last order + usual gap. Between: the same with the middle half of the gaps."
)
OVER = "Of who is late: days since the last order beyond the usual gap. As much again as the gap is long overdue."


class CadenceCard(PartCard):
    """A card that is not there in a book without orders: the triangle above says so."""

    part = CADENCE

    def has_content(self, *, shown: bool) -> None:
        """Leave the word to the triangle where nobody ordered."""
        self.setVisible(shown or not isinstance(self.parts.found(self.part.key), NotEnough))


class RhythmCard(CadenceCard):
    """How many order regularly, how many are late, and how much revenue hangs on them."""

    missing_title = "the rhythm of orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(
            parts, "Rhythm", "All who ever ordered, with their revenue in the period", flush=True
        )
        self.words = TextLabel("", "body", wrap=True)
        self.words.setContentsMargins(14, 0, 14, 0)
        self.content.addWidget(self.words)
        self.rhythm = self._table("Customers by rhythm", "How they order")
        self.lateness = self._table("Customers by next order", "Next order")
        for table, rows in ((self.rhythm, 3), (self.lateness, 5)):
            place = QWidget()  # keeps its height where tables take what is left
            place.setLayout(vbox(table))
            place.setFixedHeight(TABLE_HEAD_PX + rows * ROW_PX + 2)
            self.content.addWidget(place)
        self.content.addStretch(1)
        self._loaded: Loaded | None = None
        self._found: Rhythms | None = None

    def _table(self, name: str, title: str) -> DataTable:
        table = simple_table([Column("name", title)], name=name, stretch="name", row_height=ROW_PX)
        table.open_asked.connect(lambda row: self._open(table, row))
        return table

    def fill(self, loaded: Loaded, found: Rhythms) -> None:
        """Show both divisions."""
        self._loaded, self._found = loaded, found
        self.words.setText(rhythm_sentence(found, numbers_of(loaded.figures)))
        for table, groups, words, title in (
            (self.rhythm, found.rhythm, RHYTHM_WORDS, "How they order"),
            (self.lateness, found.lateness, LATENESS_WORDS, "Next order"),
        ):
            means = [words[group.kind][1] for group in groups]
            columns = [
                Column("name", title, width=140, tooltip=means.__getitem__, header_tooltip="\n".join(means)),
                Column("customers", "Customers", "integer", width=84),
                Column(
                    "revenue", "Revenue", "money", money=money_style(loaded.figures), width=98,
                    header_tooltip=REVENUE,
                ),
                Column("share", "Share", "share", width=166, header_tooltip="Of the revenue of all of them"),
            ]  # fmt: skip
            table.table_model.set_columns(columns, group_rows(groups, words))

    def _groups(self, table: DataTable) -> tuple[Group, ...]:
        if self._found is None:
            return ()
        return self._found.rhythm if table is self.rhythm else self._found.lateness

    def _open(self, table: DataTable, row: int) -> None:
        group = self._groups(table)[row]
        if self._loaded is not None and len(group.customers):
            ids = customer_ids(self._loaded.figures.facts, group.customers)
            self.open_customers((ids, str(table.table_model.value(row, "name"))))


def group_rows(groups: tuple[Group, ...], words: Any) -> dict[str, list[Any]]:
    """A row for each group; the share of a group that took revenue back is unknown."""
    shares = [group.revenue.value for group in groups]
    return {
        "name": [words[group.kind][0] for group in groups],
        "customers": [len(group.customers) for group in groups],
        "revenue": [group.revenue.numerator for group in groups],
        "share": [None if share is None or share < 0 else share for share in shares],
    }


class NextOrdersCard(CadenceCard):
    """When the next order of each customer is expected; who is late comes first, the largest revenue first."""

    missing_title = "next orders"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Next orders", flush=True)
        self.table = simple_table(
            [Column("customer", "Customer")], name="Next orders", stretch="customer", multi=True
        )
        self.table.open_asked.connect(self._open)
        self.rows = StateStack(self.table)
        self.content.addWidget(self.rows, 1)
        self.setMinimumHeight(360)
        self._loaded: Loaded | None = None
        self._found: Rhythms | None = None

    def fill(self, loaded: Loaded, found: Rhythms) -> None:
        """Show everybody of whom a next order is expected."""
        self._loaded, self._found = loaded, found
        if not len(found.rows):
            self.set_title("Next orders", "")
            words = "From three order days of a customer on, the next order is expected a usual gap after the last."
            self.rows.show_state(
                EmptyState("No next order is expected yet", words, icon_name="circle-dashed")
            )
            return
        self.table.table_model.set_columns(self._columns(loaded, found), found.table)
        late = sum(days is not None for days in found.table["over"])
        self.set_title(
            "Next orders", f"{len(found.rows):,} customers, {late:,} of them late: the most revenue first"
        )
        self.rows.show_content()

    def _columns(self, loaded: Loaded, found: Rhythms) -> list[Column]:
        facts, own = loaded.figures.facts, found.rows

        def words(row: int) -> str:
            return next_order_words(facts, int(own[row]))

        late = "\n".join(f"{name}: {means}" for name, means in LATENESS_WORDS.values())
        gap = "The median of the days between a customer's orders; of all history"
        trend = "Mean gap of the later half of the orders against the earlier half; less than 10% is steady"
        return [
            Column("customer", "Customer", width=150, tooltip=words),
            Column("gap", "Usual gap", "days", width=74, header_tooltip=gap, tooltip=words),
            Column("spread", "Spread", align="right", width=76, header_tooltip="The middle half of the gaps"),
            Column("trend", "Gap trend", width=116, header_tooltip=trend),
            Column("expected", "Next expected", "date", width=106, header_tooltip=EXPECTED, tooltip=words),
            Column("band", "Between", width=118, header_tooltip=EXPECTED, tooltip=words),
            Column("state", "State", "status", width=132, header_tooltip=late, tooltip=words),
            Column("over", "Over usual", "days", width=84, header_tooltip=OVER, tooltip=words),
            Column(
                "revenue", "Revenue", "money", money=money_style(loaded.figures), width=86, header_tooltip=REVENUE
            ),
        ]  # fmt: skip

    def _open(self, row: int) -> None:
        if self._loaded is not None and self._found is not None:
            ids = customer_ids(self._loaded.figures.facts, [int(self._found.rows[row])])
            self.open_customers((ids, self.table.table_model.value(row, "customer")))
