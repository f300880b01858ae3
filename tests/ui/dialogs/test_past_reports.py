from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from core.usecases.issue_report import IssuedReport
from ui.dialogs.past_reports import Past, PastReportsDialog


def issued(number: int, month: str, content: str, *, pdf: str = "ab", xlsx: str = "") -> IssuedReport:
    return IssuedReport(number, month, "2026-11-03T08:52:00+00:00", "Dana", content, "digest", pdf, xlsx)


def test_a_past_report_says_who_made_it_and_whether_its_data_still_stands(
    light: QApplication, qtbot: QtBot
) -> None:
    past = [
        Past(issued(2, "2026-10", "October as it was", xlsx="cd"), is_current=True),
        Past(issued(1, "2026-09", "September as it was"), is_current=False),
    ]
    dialog = PastReportsDialog(past)
    qtbot.addWidget(dialog)
    assert dialog.list.item(0).text().startswith("Oct 2026\n3 Nov 2026, ")
    assert dialog.content.toPlainText() == "October as it was"
    assert dialog.facts.text().endswith("Dana, PDF and Excel")
    assert dialog.tag.text() == "Data unchanged since"
    dialog.list.setCurrentRow(1)
    assert dialog.content.toPlainText() == "September as it was"
    assert dialog.facts.text().endswith("Dana, PDF")
    assert dialog.tag.text() == "Data has changed since"
    assert dialog.content.isReadOnly()
