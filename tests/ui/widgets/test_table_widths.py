"""Figures stand whole in their columns."""

from datetime import date

import pytest
from PySide6.QtGui import QFontMetricsF
from pytestqt.qtbot import QtBot

from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.theme import current_theme
from ui.widgets.table import DataTable
from ui.widgets.table_paint import PAD


@pytest.mark.usefixtures("light")
def test_money_and_dates_are_never_cut_off(qtbot: QtBot) -> None:
    """Columns that were made for small figures grow with what they hold, also when the rows change later."""
    columns = [
        Column("day", "Date", "date", width=30),
        Column("amount", "Amount", "money", width=30),
        Column("left", "Left", align="right", width=30),
    ]
    model = ColumnTableModel(columns)
    table = DataTable(model, name="Figures")
    qtbot.addWidget(table)
    days = [date(2026, 3, 31)]
    model.set_rows({"day": days, "amount": [100], "left": ["$1.00"]})
    narrow = table.columnWidth(1)
    model.set_rows({"day": days, "amount": [-123456789012], "left": ["($1,234,567,890.12)"]})
    assert table.columnWidth(1) > narrow
    for place, text in enumerate(("31 Mar 2026", "($1,234,567,890)", "($1,234,567,890.12)")):
        room = table.columnWidth(place) - 2 * PAD
        assert room >= QFontMetricsF(current_theme().font("body")).horizontalAdvance(text)
