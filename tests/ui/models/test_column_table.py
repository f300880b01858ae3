from datetime import date

import numpy as np
import pytest
from PySide6.QtCore import Qt

from ui.models.column import Column, MoneyStyle, cell_text, copied_text, money_text, percent_text
from ui.models.column_table import UNKNOWN_TOOLTIP, ColumnTableModel

COLUMNS = [
    Column("name", "Customer"),
    Column("area", "Area"),
    Column("revenue", "Revenue", "money"),
    Column("last", "Last order", "days"),
]


@pytest.fixture
def model() -> ColumnTableModel:
    table = ColumnTableModel(COLUMNS)
    table.set_rows(
        {
            "name": ["tern Café", "Anchor", "Éclair Bar", "Bramble"],
            "area": ["North", "South", "North", "South"],
            "revenue": np.array([500, -300, 900, 500]),
            "last": [12, None, 3, 40],
        }
    )
    return table


def names(model: ColumnTableModel) -> list[str]:
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


@pytest.mark.parametrize(
    ("minor", "style", "text"),
    [
        (128461849, MoneyStyle(), "$1,284,618"),
        (150, MoneyStyle(), "$2"),
        (-2211600, MoneyStyle(), "($22,116)"),
        (-40, MoneyStyle(), "$0"),
        (-18400, MoneyStyle(cents=True), "($184.00)"),
        (5, MoneyStyle(cents=True), "$0.05"),
        (1234, MoneyStyle(symbol="¥", exponent=0, cents=True), "¥1,234"),
        (1234567, MoneyStyle(symbol="", exponent=3, cents=True), "1,234.567"),
        (123456789, MoneyStyle(symbol="", cents=True, group=".", point=","), "1.234.567,89"),
    ],
)
def test_money_is_written_as_the_design_says(minor: int, style: MoneyStyle, text: str) -> None:
    assert money_text(minor, style) == text


def test_negative_percent_has_parentheses_and_zero_has_none() -> None:
    assert percent_text(0.278) == "27.8%"
    assert percent_text(-0.134) == "(13.4%)"
    assert percent_text(-0.0001) == "0.0%"


def test_counts_moved_have_a_true_minus() -> None:
    column = Column("moved", "vs Sep", "signed")
    assert [cell_text(column, value) for value in (5, -4, 0)] == ["+5", "−4", "0"]


def test_times_are_written_with_their_sign_and_copied_without() -> None:
    column = Column("lift", "Lift", "times")
    assert cell_text(column, 2.74) == "2.7×"
    assert copied_text(column, 2.74) == "2.7"


def test_unknown_is_an_en_dash_with_its_explanation(model: ColumnTableModel) -> None:
    assert model.data(model.index(1, 3)) == "–"
    assert model.data(model.index(1, 3), Qt.ItemDataRole.ToolTipRole) == UNKNOWN_TOOLTIP
    assert cell_text(Column("x", "X", "percent"), float("nan")) == "–"


def test_dates_are_written_for_people_and_copied_as_iso() -> None:
    column = Column("day", "Day", "date")
    assert cell_text(column, date(2026, 11, 3)) == "3 Nov 2026"
    assert copied_text(column, date(2026, 11, 3)) == "2026-11-03"


def test_first_click_sorts_figures_down_and_words_up_without_regard_to_case_and_accents(
    model: ColumnTableModel,
) -> None:
    model.click_header(2)
    assert names(model) == ["Éclair Bar", "tern Café", "Bramble", "Anchor"]
    model.click_header(0)
    assert names(model) == ["Anchor", "Bramble", "Éclair Bar", "tern Café"]
    model.click_header(0)
    assert names(model) == ["tern Café", "Éclair Bar", "Bramble", "Anchor"]


def test_unknown_stays_last_in_both_directions(model: ColumnTableModel) -> None:
    model.sort_by([("last", False)])
    assert names(model)[-1] == "Anchor"
    model.sort_by([("last", True)])
    assert names(model) == ["Bramble", "tern Café", "Éclair Bar", "Anchor"]


def test_a_second_column_breaks_the_ties_of_the_first(model: ColumnTableModel) -> None:
    model.click_header(1)
    model.click_header(2, add=True)
    assert names(model) == ["Éclair Bar", "tern Café", "Bramble", "Anchor"]
    assert model.sorts == [("area", False), ("revenue", True)]


def test_the_filter_finds_every_word_in_any_order_without_accents(model: ColumnTableModel) -> None:
    model.set_text_filter("north cafe")
    assert names(model) == ["tern Café"]
    assert model.source_row(0) == 0
    model.set_text_filter("")
    assert model.rowCount() == 4


def test_row_filter_and_text_filter_both_hold(model: ColumnTableModel) -> None:
    model.set_row_filter([0, 1])
    model.set_text_filter("south")
    assert names(model) == ["Anchor"]
    assert model.view_row(0) == -1
    assert model.view_row(1) == 0


def test_copy_has_headers_and_plain_figures(model: ColumnTableModel) -> None:
    assert model.copied([0, 1], [0, 2, 3]) == (
        "Customer\tRevenue\tLast order\ntern Café\t5.00\t12\nAnchor\t-3.00\t"
    )


def test_typing_finds_the_next_row_that_begins_so(model: ColumnTableModel) -> None:
    assert model.find("ec") == 2
    assert model.find("t", start=1) == 0
    assert model.find("zz") == -1


def test_columns_of_unequal_length_are_refused(model: ColumnTableModel) -> None:
    with pytest.raises(ValueError, match="differ in length"):
        model.set_rows({"name": ["a"], "area": [], "revenue": [1], "last": [1]})


def test_many_rows_sort_as_a_plain_sort_does() -> None:
    figures = [(place * 7919) % 10007 - 5000 for place in range(10_000)]
    model = ColumnTableModel([Column("figure", "Figure", "integer")])
    model.set_rows({"figure": figures})
    model.click_header(0)
    assert [figures[row] for row in model.shown_rows] == sorted(figures, reverse=True)
