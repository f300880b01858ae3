"""What the summary of the patterns adds to its parts."""

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from ui.pages.patterns_summary import GapsChart
from ui.theme import current_theme


def test_gaps_are_written_short_where_days_would_leave_no_room_for_bars(qtbot: QtBot) -> None:
    chart = GapsChart(["Champions", "Dormant"], [9, 120], segments=[0, 7])
    qtbot.addWidget(chart)
    chart.resize(460, 200)
    chart.show()
    qtbot.waitUntil(lambda: chart.full_money(120) == "120 days")
    chart.resize(120, 200)
    qtbot.waitUntil(lambda: chart.full_money(120) == "120 d")
    assert chart.table().rows["value"] == [9, 120]


def test_the_words_of_the_longest_bar_end_within_the_chart(qtbot: QtBot) -> None:
    chart = GapsChart(["Champions", "Dormant"], [9, 10_821], segments=[0, 7])
    qtbot.addWidget(chart)
    chart.resize(190, 200)
    chart.show()
    qtbot.waitUntil(lambda: chart.full_money(10_821) == "10,821 d")
    box = chart.plot.getPlotItem().getViewBox()
    # What is left of the bar's end, in pixels, holds the words.
    left = box.width() * (1 - 10_821 / box.viewRange()[0][1])
    assert left >= QFontMetrics(current_theme().font("small")).horizontalAdvance("10,821 d")
