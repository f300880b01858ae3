"""The Reports page over the small book: real pages, own words, export."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from core.period import parse_period
from core.store.book import open_book
from core.usecases.commentary import commentaries_of
from core.usecases.issue_report import list_issued
from ui.pages.reports import PAGE, ReportsPage
from ui.pages.reports_export import files_of
from ui.session import Session
from ui.widgets.messages import InlineMessage
from ui.widgets.states import EmptyState, ErrorState

SUMMARY = "executive_summary"


def settle(session: Session) -> None:
    assert session.jobs.wait_idle(60_000)


@pytest.fixture
def page(opened: Session, qtbot: QtBot) -> ReportsPage:
    made = ReportsPage(opened)
    opened.message_posted.connect(made.messages.post)  # as the window does
    qtbot.addWidget(made)
    made.resize(1200, 760)
    made.show()
    settle(opened)
    return made


def text_of_pdf(data: bytes) -> str:
    from pypdfium2 import PdfDocument

    with PdfDocument(data) as document:
        return "\n".join(document[at].get_textpage().get_text_range() for at in range(len(document)))


def drawn_text(page: ReportsPage) -> str:
    assert page._drawn is not None
    return text_of_pdf(page._drawn.pdf.data)


def messages(page: ReportsPage) -> list[str]:
    return [one.accessibleName() for one in page.messages.findChildren(InlineMessage) if one.isVisible()]


def test_the_preview_shows_the_real_pages(page: ReportsPage) -> None:
    assert page._drawn is not None
    assert page.preview.page_count == page._drawn.pdf.pages > 5
    assert not page.preview.picture.isNull()
    assert page.preview.picture.width() > 100
    assert page.sections.current == SUMMARY
    assert page.preview.place == 1  # behind the cover


def test_pages_turn_and_the_section_follows(page: ReportsPage) -> None:
    page.preview.show_page(page.preview.page_count)
    assert page.sections.current == "definitions"
    page.preview.show_page(page.preview.page_count + 1)
    assert page.preview.place == page.preview.page_count - 1
    page.preview.show_page(1)
    assert page.sections.current == "cover"
    assert page.commentary.editor.isReadOnly()


def test_zoom_changes_the_size_of_the_page_and_fit_brings_it_back(page: ReportsPage) -> None:
    fitted = page.preview.zoom
    page.preview.set_zoom(fitted * 2)
    settle(page.session)
    large = page.preview.picture.width()
    page.preview.set_fit("page")
    settle(page.session)
    assert page.preview.zoom == pytest.approx(fitted, rel=0.05)
    assert large == pytest.approx(page.preview.picture.width() * 2, rel=0.06)


def test_a_section_that_is_left_out_is_not_in_the_report(page: ReportsPage, book_path: Path) -> None:
    assert "Definitions and method" in drawn_text(page)
    page.sections.set_included("definitions", included=False)
    settle(page.session)
    assert "Definitions and method" not in drawn_text(page)
    assert "definitions" not in page.sections.included
    with open_book(book_path, read_only=True) as book:
        from core.usecases.books import settings_of

        assert settings_of(book)["left_out"] == "definitions"
    page.sections.set_included("definitions", included=True)
    settle(page.session)
    assert "Definitions and method" in drawn_text(page)


def test_a_report_keeps_at_least_one_section(page: ReportsPage) -> None:
    for key in page.sections.included:
        page.sections.set_included(key, included=False)
    assert len(page.sections.included) == 1
    settle(page.session)
    assert page.preview.page_count >= 2


def test_own_words_are_printed_and_kept(page: ReportsPage, book_path: Path, qtbot: QtBot) -> None:
    QTest.keyClicks(page.commentary.editor, "A quiet month before the season")
    qtbot.waitUntil(lambda: not page.commentary.has_unsaved, timeout=3000)
    settle(page.session)
    assert "A quiet month before the season" in drawn_text(page)
    with open_book(book_path, read_only=True) as book:
        kept = commentaries_of(book, parse_period("2026-10"))[SUMMARY]
    assert (kept.text, kept.reviewed) == ("A quiet month before the season", False)


def test_suggested_text_never_overwrites_own_words(page: ReportsPage) -> None:
    editor = page.commentary.editor
    generated = page._drawn.pack.generated[SUMMARY]  # type: ignore[union-attr]
    editor.insert_at_end("My own words.")
    page.commentary.suggest()
    assert editor.toPlainText() == f"My own words.\n\n{generated}"
    page.commentary.suggest()
    assert editor.toPlainText().count(generated) == 1


def test_a_figure_that_the_report_does_not_say_is_flagged(page: ReportsPage) -> None:
    page.commentary.editor.insert_at_end("We sold $987,654,321 this year.")
    page.commentary.flush()
    settle(page.session)
    assert [one.figure for one in page._drawn.stale_in(SUMMARY)] == ["$987,654,321"]  # type: ignore[union-attr]
    link = next(
        b for b in page.checks.findChildren(QPushButton) if b.accessibleName().startswith("$987,654,321")
    )
    page.sections.set_current("definitions")
    link.click()
    assert page.sections.current == SUMMARY


def test_a_report_is_a_draft_until_every_section_is_reviewed(page: ReportsPage) -> None:
    assert "Draft" in drawn_text(page)
    keys = page.sections.included
    assert page.draft_tag.text() == f"Draft, 0 of {len(keys)} reviewed"
    for key in keys:
        page.open_with({"section": key})
        page.commentary.toggle_reviewed()
    settle(page.session)
    assert page.draft_tag.text() == f"All {len(keys)} reviewed"
    assert "Draft" not in drawn_text(page)


def test_typing_takes_the_review_back(page: ReportsPage) -> None:
    page.commentary.toggle_reviewed()
    assert page.commentary.written().reviewed
    page.commentary.editor.insert_at_end("More.")
    assert not page.commentary.written().reviewed


def test_ctrl_enter_marks_as_reviewed(page: ReportsPage) -> None:
    page.activateWindow()
    page.commentary.editor.setFocus()
    QTest.keyClick(page.commentary.editor, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(page.session)
    assert page._comments[SUMMARY].reviewed


def test_bold_puts_stars_around_the_selection_and_takes_them_away(page: ReportsPage) -> None:
    page.commentary.editor.setPlainText("Sales grew")
    page.commentary.editor.selectAll()
    page.commentary.make_bold()
    assert page.commentary.text == "**Sales grew**"
    page.commentary.editor.selectAll()
    page.commentary.make_bold()
    assert page.commentary.text == "Sales grew"


def test_export_writes_both_files_and_remembers_the_report(
    page: ReportsPage, tmp_path: Path, book_path: Path
) -> None:
    page.export_as("both")
    assert page.export.dialog is not None
    assert page.export.dialog.selectedFiles()[0].endswith("-2026-10-segments.pdf")
    page.export.dialog.reject()
    page.export.export_to(files_of(tmp_path / "october.pdf", "both"))
    settle(page.session)
    pdf, workbook = tmp_path / "october.pdf", tmp_path / "october.xlsx"
    assert pdf.read_bytes().startswith(b"%PDF")
    assert workbook.read_bytes().startswith(b"PK")
    assert any("The report is written." in text for text in messages(page))
    with open_book(book_path, read_only=True) as book:
        (issued,) = list_issued(book)
    assert issued.month == "2026-10"
    assert issued.pdf_sha256
    assert issued.xlsx_sha256


def test_files_that_are_there_are_replaced_only_after_a_question(page: ReportsPage, tmp_path: Path) -> None:
    target = tmp_path / "october.pdf"
    target.write_text("old", encoding="utf-8")
    page.export_as("pdf")
    assert page.export.dialog is not None
    page.export.dialog.reject()
    page.export.export_to((target,))
    assert page.export.question is not None
    assert "october.pdf is there already." in page.export.question.text()
    page.export.question.reject()
    settle(page.session)
    assert target.read_text(encoding="utf-8") == "old"
    page.export.export_to((target,))
    replace = next(b for b in page.export.question.buttons() if b.text() == "Replace")
    replace.click()
    settle(page.session)
    assert target.read_bytes().startswith(b"%PDF")


def test_a_place_that_cannot_be_written_is_said_with_what_to_do(page: ReportsPage, tmp_path: Path) -> None:
    page.export_as("pdf")
    assert page.export.dialog is not None
    page.export.dialog.reject()
    page.export.export_to((tmp_path / "gone" / "october.pdf",))
    settle(page.session)
    (said,) = messages(page)
    assert said.startswith("The report was not saved.")
    assert "the folder does not exist" in said


def test_the_names_of_files_follow_the_wish() -> None:
    assert files_of(Path("a/oct"), "both") == (Path("a/oct.pdf"), Path("a/oct.xlsx"))
    assert files_of(Path("a/oct.pdf"), "xlsx") == (Path("a/oct.xlsx"),)
    assert files_of(Path("a/v1.2"), "pdf") == (Path("a/v1.2.pdf"),)


def test_an_empty_book_says_what_to_import(session: Session, tmp_path: Path, qtbot: QtBot) -> None:
    from core.usecases.books import new_book

    new_book(tmp_path / "empty.quintile", client="Empty", currency="USD").close()
    session.open_book(tmp_path / "empty.quintile")
    settle(session)
    page = ReportsPage(session)
    qtbot.addWidget(page)
    page.show()
    assert isinstance(page.states.state, EmptyState)


def test_a_month_without_figures_cannot_be_reported(page: ReportsPage) -> None:
    page.session.set_period(parse_period("2019-01"))
    settle(page.session)
    assert isinstance(page.states.state, EmptyState)
    page.session.set_period(parse_period("2025-11..2026-10"))
    settle(page.session)
    assert page.states.state is None


def test_stopping_leaves_a_way_to_try_again(page: ReportsPage) -> None:
    page._stopped(page._prepared_for)  # type: ignore[arg-type]
    assert isinstance(page.work.state, ErrorState)
    next(b for b in page.work.findChildren(QPushButton) if b.text() == "Try again").click()
    settle(page.session)
    assert page.work.state is None


def test_a_read_only_book_can_be_read_and_exported_but_not_written(
    page: ReportsPage, qtbot: QtBot, book_path: Path, tmp_path: Path
) -> None:
    second = Session()
    second.open_book(book_path)
    settle(second)
    assert second.is_read_only
    other = ReportsPage(second)
    qtbot.addWidget(other)
    other.show()
    settle(second)
    assert other.commentary.editor.isReadOnly()
    assert not other.branding.edit_button.isEnabled()
    other.export_as("pdf")
    assert other.export.dialog is not None
    other.export.dialog.reject()
    other.export.export_to((tmp_path / "read.pdf",))
    settle(second)
    assert (tmp_path / "read.pdf").exists()
    second.close()


def test_what_was_typed_last_is_kept_when_the_program_ends(page: ReportsPage, book_path: Path) -> None:
    page.commentary.editor.insert_at_end("The last word")
    page.session.close()
    with open_book(book_path, read_only=True) as book:
        assert commentaries_of(book, parse_period("2026-10"))[SUMMARY].text == "The last word"


def test_the_menu_can_export_before_the_page_was_seen(opened: Session) -> None:
    assert PAGE.register is not None
    PAGE.register(opened)
    asked: list[tuple[str, object]] = []
    opened.page_requested.connect(lambda key, context: asked.append((key, context)))
    action = opened.actions.action("report.both")
    assert action.shortcut().toString() == "Ctrl+Shift+E"
    action.trigger()
    assert asked == [("reports", {"export": "both"})]
