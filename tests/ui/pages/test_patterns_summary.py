"""What the summary of the patterns adds to its parts."""

from pytestqt.qtbot import QtBot

from ui.pages.patterns_summary import GapsChart


def test_gaps_are_written_short_where_days_would_leave_no_room_for_bars(qtbot: QtBot) -> None:
    chart = GapsChart(["Champions", "Dormant"], [9, 120], segments=[0, 7])
    qtbot.addWidget(chart)
    chart.resize(460, 200)
    chart.show()
    qtbot.waitUntil(lambda: chart.full_money(120) == "120 days")
    chart.resize(120, 200)
    qtbot.waitUntil(lambda: chart.full_money(120) == "120 d")
    assert chart.table().rows["value"] == [9, 120]
