from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.models.column import Column
from ui.models.column_table import ColumnTableModel
from ui.widgets.buttons import Button, IconButton
from ui.widgets.cards import KpiCard
from ui.widgets.charts import nice_levels
from ui.widgets.charts_bars import BarComparisonChart, HorizontalBarChart
from ui.widgets.charts_profit import WaterfallChart, WaterfallStep, WhaleCurveChart
from ui.widgets.fields import ChoiceButton, FieldProblem, SearchField
from ui.widgets.flow import FlowRow
from ui.widgets.messages import InlineMessage, MessageArea
from ui.widgets.segmented import Choice, SegmentedButtons
from ui.widgets.states import EmptyState, ErrorState, LoadingState, Problem, StateStack
from ui.widgets.table import DataTable
from ui.widgets.tags import CountBadge, StatusTag
from ui.widgets.totals_table import TotalsTable

W = TypeVar("W", bound=QWidget)


class Show(Protocol):
    """Shows a widget and keeps it until the test ends."""

    def __call__(self, widget: W) -> W: ...


@pytest.fixture
def show(light: QApplication, qtbot: QtBot) -> Show:
    def shown(widget: W) -> W:
        qtbot.addWidget(widget)
        widget.show()
        return widget

    return shown


def table_of(names: list[str]) -> ColumnTableModel:
    model = ColumnTableModel([Column("name", "Customer"), Column("revenue", "Revenue", "money")])
    model.set_rows({"name": names, "revenue": [100 * place for place in range(len(names))]})
    return model


def test_a_key_figure_is_read_out_with_its_change(show: Show) -> None:
    card = show(KpiCard("Revenue"))
    card.set_value("$1,284,618")
    card.set_change("11.1%", direction="up", verdict="good", note="from $1,156,744")
    assert card.accessibleName() == "Revenue $1,284,618 up 11.1% from $1,156,744"


def test_segmented_buttons_move_with_the_arrow_keys(show: Show, qtbot: QtBot) -> None:
    buttons = show(SegmentedButtons([Choice("all", "All", 204), Choice("risk", "At risk", 19)], name="View"))
    with qtbot.waitSignal(buttons.chosen) as told:
        qtbot.keyClick(buttons, Qt.Key.Key_Right)
    assert told.args == ["risk"]
    assert buttons.button("risk").text() == "At risk 19"
    assert buttons.current == "risk"


def test_success_closes_itself_but_a_warning_stays(show: Show, qtbot: QtBot) -> None:
    area = show(MessageArea())
    done = InlineMessage("success", "706 rows imported.")
    area.post(done)
    area.post(InlineMessage("warning", "3 names need a decision."))
    assert done._timer.interval() == 8000
    done._timer.setInterval(10)
    for button in done.findChildren(IconButton):
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # else, alone in its window, it gets the focus
    with qtbot.waitSignal(done.closed, timeout=2000):
        done._timer.start()
    assert area.isVisible()
    assert area._column.count() == 1


def test_success_stays_until_what_it_speaks_of_is_there(show: Show, qtbot: QtBot) -> None:
    working = [True]
    message = show(InlineMessage("success", "Saved.", action="Undo", on_action=lambda: None))
    for button in (*message.findChildren(IconButton), *message.findChildren(Button)):
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    message.stay_while(lambda: working[0])
    message._timer.setInterval(10)
    message._timer.start()
    qtbot.wait(60)
    assert message.isVisible()
    with qtbot.waitSignal(message.closed, timeout=2000):
        working.clear()
        working.append(False)


def test_undo_in_a_message_acts_once_and_closes_it(show: Show, qtbot: QtBot) -> None:
    undone: list[int] = []
    message = show(InlineMessage("success", "Imported.", action="Undo", on_action=lambda: undone.append(1)))
    with qtbot.waitSignal(message.closed):
        message.findChildren(Button)[0].click()
    assert undone == [1]


def test_loading_shows_nothing_for_a_moment(show: Show, qtbot: QtBot) -> None:
    loading = show(LoadingState("Calculating"))
    assert not loading._line.isVisible()
    qtbot.waitUntil(loading._line.isVisible, timeout=2000)
    assert not loading._cancel.isVisible()
    qtbot.waitUntil(loading._cancel.isVisible, timeout=3000)


def test_an_error_can_be_copied_as_a_whole(show: Show) -> None:
    problem = Problem(
        "This file could not be read", "Row 214", "a number", "1.204,50-", "Read with decimal commas."
    )
    show(ErrorState(problem)).copy_details()
    assert QGuiApplication.clipboard().text().splitlines() == [
        "This file could not be read",
        "Where: Row 214",
        "Expected: a number",
        "Found: 1.204,50-",
        "Remedy: Read with decimal commas.",
    ]


def test_a_state_takes_the_place_of_the_content_and_gives_it_back(show: Show) -> None:
    content = QWidget()
    stack = show(StateStack(content))
    stack.show_state(EmptyState("No customers yet", "Import an export.", icon_name="users"))
    assert not content.isVisible()
    stack.show_content()
    assert content.isVisible()
    assert stack.state is None


def test_a_wrong_field_says_what_to_enter(show: Show) -> None:
    field = SearchField("Amount")
    show(field)
    problem = show(FieldProblem(field))
    problem.say("Enter an amount such as 12.50")
    assert field.property("invalid") is True
    assert field.accessibleDescription() == "Enter an amount such as 12.50"
    problem.say("")
    assert not problem.isVisible()


def test_escape_clears_the_search_field(show: Show, qtbot: QtBot) -> None:
    field = show(SearchField("Filter"))
    with qtbot.waitSignal(field.searched, timeout=1000) as told:
        qtbot.keyClicks(field, "tern")
    assert told.args == ["tern"]
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""


def test_a_choice_button_tells_only_real_changes(show: Show, qtbot: QtBot) -> None:
    button = show(ChoiceButton("Region", [("any", "any"), ("north", "North")]))
    told: list[str] = []
    button.chosen.connect(told.append)
    any_action, north = button.menu().actions()
    any_action.trigger()
    north.trigger()
    assert told == ["north"]
    assert button.accessibleName() == "Region North"


def test_flow_row_continues_on_the_next_line(show: Show) -> None:
    holder = QWidget()
    row = FlowRow(*(StatusTag("Tied out", "good") for _ in range(6)))
    holder.setLayout(row)
    show(holder)
    one_line = row.heightForWidth(2000)
    assert row.heightForWidth(row.itemAt(0).sizeHint().width() + 5) == 6 * one_line + 5 * 8


def test_a_count_of_nothing_is_not_shown(show: Show) -> None:
    badge = show(CountBadge(3))
    badge.set_count(0)
    assert not badge.isVisible()


def test_the_chosen_row_stays_chosen_when_the_table_is_sorted(show: Show) -> None:
    table = show(DataTable(table_of(["Tern", "Anchor", "Bramble"]), name="Customers"))
    assert table.select_source_row(1)
    table.table_model.click_header(0)
    assert table.selected_rows() == [1]
    assert table.current_source_row == 1
    assert table.currentIndex().row() == 0


def test_copy_takes_the_chosen_rows_and_shown_columns(show: Show, qtbot: QtBot) -> None:
    table = show(DataTable(table_of(["Tern", "Anchor"]), name="Customers"))
    table.setColumnHidden(1, True)
    table.select_source_row(1)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "Customer\nAnchor"


def test_space_asks_for_the_drawer_and_enter_for_the_page(show: Show, qtbot: QtBot) -> None:
    table = show(DataTable(table_of(["Tern", "Anchor"]), name="Customers"))
    table.select_source_row(1)
    with qtbot.waitSignal(table.drawer_asked) as drawer:
        qtbot.keyClick(table, Qt.Key.Key_Space)
    with qtbot.waitSignal(table.open_asked) as page:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert (drawer.args, page.args) == ([1], [1])


def test_a_click_on_the_header_sorts(show: Show, qtbot: QtBot) -> None:
    table = show(DataTable(table_of(["Tern", "Anchor"]), name="Customers"))
    header = table.horizontalHeader()
    qtbot.mouseClick(
        header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(header.sectionViewportPosition(0) + 20, 10)
    )
    assert table.table_model.shown_rows == [1, 0]


def test_totals_follow_the_filter(show: Show) -> None:
    model = table_of(["Tern", "Anchor", "Tern Hotel"])
    totals = show(TotalsTable(model, name="Customers"))
    totals.set_totals_function(
        lambda rows: {
            "name": f"{len(rows)} customers",
            "revenue": sum(model.value(row, "revenue") for row in rows),
        }
    )
    assert totals.totals.texts() == {"name": "3 customers", "revenue": "$3"}
    model.set_text_filter("tern")
    assert totals.totals.texts() == {"name": "2 customers", "revenue": "$2"}


@pytest.mark.parametrize(
    ("low", "high", "levels"),
    [(0, 139, [0, 50, 100, 150]), (0, 0, [0]), (-40, 90, [-50, 0, 50, 100]), (0, 4, [0, 1, 2, 3, 4])],
)
def test_grid_lines_are_round_and_few_and_include_zero(low: float, high: float, levels: list[float]) -> None:
    assert nice_levels(low, high) == levels


def test_the_whale_curve_knows_its_peak_and_its_losers(show: Show) -> None:
    chart = show(WhaleCurveChart([500, 300, 200, 0, -100], name="Whale curve", customer_names=list("ABCDE")))
    assert (chart.top_count, chart.peak_rank, chart.first_loss) == (1, 3, 4)
    assert chart.table().rows["running"] == [500, 800, 1000, 1000, 900]


def test_the_waterfall_hangs_each_step_on_the_one_before(show: Show) -> None:
    steps = [WaterfallStep("List", 1000, is_total=True), WaterfallStep("Discounts", -100)]
    chart = show(
        WaterfallChart([*steps, WaterfallStep("Revenue", 900, is_total=True, share=1.0)], name="Waterfall")
    )
    assert chart.spans() == [(0, 1000), (1000, 900), (0, 900)]


def test_a_chart_copies_its_figures_and_can_be_read_as_a_table(show: Show, qtbot: QtBot) -> None:
    chart = show(
        BarComparisonChart(
            ["Sep", "Oct"], [10000, None], compare_minor=[9000, 12000], name="Revenue by month"
        )
    )
    chart.copy_data()
    assert QGuiApplication.clipboard().text() == "Month\tRevenue\tPrevious\nSep\t100.00\t90.00\nOct\t\t120.00"
    assert [action.text() for action in chart.context_menu().actions()] == [
        "Copy as picture",
        "Copy data",
        "Show as table",
    ]
    dialog = chart.show_as_table()
    qtbot.addWidget(dialog)
    assert dialog.findChildren(DataTable)[0].accessibleName() == "Revenue by month"


def test_a_click_on_a_bar_names_it(show: Show) -> None:
    bars = show(BarComparisonChart(["Sep", "Oct"], [1, 2], name="Revenue"))
    assert (bars.part_at(1.1, 0), bars.part_at(0.5, 0), bars.part_at(5, 0)) == (1, -1, -1)
    names = show(HorizontalBarChart(["A", "B"], [5, -5], name="Least"))
    assert (names.part_at(0, 0.2), names.part_at(0, 7)) == (0, -1)
