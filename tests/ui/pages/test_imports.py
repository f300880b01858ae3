import csv
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QKeySequence
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from core.store.digest import business_digest
from core.usecases.import_files import list_imports
from ui.main_window import MainWindow
from ui.page_spec import PageSpec
from ui.pages.imports import PAGE, ImportsPage
from ui.pages.imports_foot import CHOOSE, MAP, RECOGNISE, RESULT, REVIEW
from ui.session import Session
from ui.widgets.page import Page
from ui.widgets.states import EmptyState, ErrorState

Write = Callable[[str, str], Path]
INVOICES = (
    "Invoice No,Date,Customer,Item,Qty,Amount\n"
    "1001,01/02/2026,Ann,Beans,2,20.00\n"
    "1002,03/02/2026,Bob,Beans,3,30.00\n"
    + "".join(f"{number},{number - 1000:02d}/02/2026,Bob,Cups,1,10.00\n" for number in range(1005, 1011))
    + "1003,04/02/2026,Bob,Cups,1,twelve\n"
)
ITEMS = "Code,Name,Category,Unit cost\nB1,Beans,Coffee,4.00\nC1,Cups,Ware,1.50\n"
TOLD = "".join(f"{number},2026-02-{number - 1000:02d},Ann,Beans,1,10.00\n" for number in range(1013, 1020))


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def written(name: str, text: str) -> Path:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        return path

    return written


@pytest.fixture
def page(session: Session, tmp_path: Path, qtbot: QtBot) -> ImportsPage:
    """The page over a book in which nothing was imported yet."""
    session.create_book(tmp_path / "new.quintile", client="Corner & Sons", currency="USD")
    assert session.jobs.wait_idle(60_000)
    made = ImportsPage(session)
    qtbot.addWidget(made)
    made.resize(1240, 780)
    made.show()
    settle(made)
    return made


def settle(page: ImportsPage) -> None:
    assert page.session.jobs.wait_idle(60_000)


def take(page: ImportsPage, *files: Path) -> None:
    page.start(files)
    settle(page)


def press(page: ImportsPage) -> None:
    page.go_on()
    settle(page)


def answer_day_first(page: ImportsPage) -> None:
    page.wizard.map.answer("date_order", "dmy")
    press(page)


def control(page: ImportsPage) -> dict[str, list[str]]:
    texts = page.wizard.review.control.texts()
    return {row[0]: list(row[1:]) for row in texts if row[0]}


def shown_rows(page: ImportsPage, key: str) -> list[object]:
    model = page.wizard.review.model
    return [model.value(row, key) for row in model.shown_rows]


def digest(page: ImportsPage) -> str:
    assert page.session.book is not None
    return business_digest(page.session.book.connection)


def test_a_new_book_says_what_can_be_imported(page: ImportsPage) -> None:
    assert isinstance(page.list.states.state.findChild(EmptyState), EmptyState)  # type: ignore[union-attr]
    assert page.list.undo.isHidden()


def test_a_file_is_asked_about_reviewed_and_imported(page: ImportsPage, write: Write) -> None:
    take(page, write("invoices.csv", INVOICES))
    wizard = page.wizard
    assert wizard.step == MAP
    assert wizard.map.answers() == {}
    press(page)
    assert "answer" in wizard.map.problem.text()
    answer_day_first(page)
    assert wizard.step == REVIEW
    assert control(page)["Ready to import"] == ["8", "110.00"]
    assert control(page)["Left out: errors"] == ["1", "–"]
    assert control(page)["Total of rows"] == ["9", "110.00"]
    assert wizard.forward.text() == "Import 8 rows"
    assert shown_rows(page, "row") == [*range(2, 11)]
    days = [str(day) for day in shown_rows(page, "date")]
    assert [*days[:2], days[-1]] == ["2026-02-01", "2026-02-03", "None"]
    assert page.session.book is not None
    assert list_imports(page.session.book) == []
    press(page)
    assert wizard.step == RESULT
    assert [one.title for one in wizard.result.outcomes] == [
        "8 lines imported, 110.00 USD, 1 Feb 2026 – 10 Feb 2026"
    ]
    assert wizard.result.outcomes[0].detail == "1 row left out."
    stored = list_imports(page.session.book)
    assert [(one.file_name, one.totals["net_total"], one.totals["lines"]) for one in stored] == [
        ("invoices.csv", 11000, 8)
    ]


def test_undo_after_the_import_restores_the_book(page: ImportsPage, write: Write) -> None:
    before = digest(page)
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    press(page)
    assert digest(page) != before
    page.undo_last()
    settle(page)
    assert digest(page) == before
    assert page.wizard.result.outcomes[0].undone


def test_the_list_shows_imports_and_takes_one_back(page: ImportsPage, write: Write) -> None:
    before = digest(page)
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    press(page)
    page.show_list()
    settle(page)
    model = page.list.model
    assert [model.value(0, key) for key in ("file", "kind", "rows", "amount")] == [
        "invoices.csv",
        "Invoices and sales",
        8,
        11000,
    ]
    assert model.value(0, "state") == ("good", "In the book")
    page.undo_last()
    settle(page)
    assert model.value(0, "state") == ("waiting", "Taken back")
    assert digest(page) == before
    assert not page.list.undo.isEnabled()


def test_answers_are_remembered_for_the_next_export(page: ImportsPage, write: Write) -> None:
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    press(page)
    later = INVOICES.replace("1001,01", "2001,05").replace("1002,03", "2002,06").replace("twelve", "12.00")
    take(page, write("march.csv", later))
    assert page.wizard.step == REVIEW
    assert [str(day) for day in shown_rows(page, "date")][:2] == ["2026-02-05", "2026-02-06"]


def test_the_same_file_again_adds_nothing(page: ImportsPage, write: Write) -> None:
    file = write("invoices.csv", INVOICES)
    take(page, file)
    answer_day_first(page)
    press(page)
    before = digest(page)
    take(page, file)
    assert control(page)["Duplicates"] == ["8", "110.00"]
    assert page.wizard.forward.text() == "Nothing new: go on"
    press(page)
    assert page.wizard.result.outcomes[0].title == "Nothing new"
    assert digest(page) == before


def test_filters_and_search_show_rows_by_what_happens(page: ImportsPage, write: Write) -> None:
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    review = page.wizard.review
    review.filters.button("errors").click()
    assert shown_rows(page, "row") == [10]
    assert "twelve" in str(shown_rows(page, "customer")[0])
    assert "number" in str(shown_rows(page, "what")[0])
    review.filters.button("all").click()
    review.model.set_text_filter("ann")
    assert shown_rows(page, "row") == [2]
    review.model.set_text_filter("")
    page.next_problem()
    assert review.table.current_source_row == 8


def test_findings_lead_to_their_rows(page: ImportsPage, write: Write) -> None:
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    review = page.wizard.review
    assert review.findings.titles[0].startswith("1 row left out")
    assert review.review is not None
    review.show_rows(review.review.findings[0])
    assert shown_rows(page, "row") == [10]


def test_rejected_rows_are_saved_to_import_after_mending(
    page: ImportsPage, write: Write, tmp_path: Path
) -> None:
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    page.wizard.save_rejected_to(tmp_path / "mend.csv")
    settle(page)
    with (tmp_path / "mend.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [
            ["Invoice No", "Date", "Customer", "Item", "Qty", "Amount"],
            ["1003", "04/02/2026", "Bob", "Cups", "1", "twelve"],
        ]


def test_a_place_that_cannot_be_written_is_said(page: ImportsPage, write: Write, tmp_path: Path) -> None:
    take(page, write("invoices.csv", INVOICES))
    answer_day_first(page)
    posted: list[QWidget] = []
    page.session.message_posted.connect(posted.append)
    page.wizard.save_rejected_to(tmp_path / "no such folder" / "mend.csv")
    settle(page)
    assert "could not be written" in posted[0].accessibleName()


def test_several_files_come_one_after_the_other(page: ImportsPage, write: Write) -> None:
    invoices, items = write("invoices.csv", INVOICES), write("items.csv", ITEMS)
    take(page, items, invoices)
    wizard = page.wizard
    assert wizard.step == REVIEW
    assert "1 more file" in wizard.foot.words.full_text()
    assert control(page)["Ready to import"] == ["2", ""]
    press(page)
    assert wizard.step == MAP
    answer_day_first(page)
    press(page)
    assert [one.file_name for one in wizard.result.outcomes] == ["items.csv", "invoices.csv"]


def test_a_file_can_be_skipped(page: ImportsPage, write: Write) -> None:
    take(page, write("invoices.csv", INVOICES), write("items.csv", ITEMS))
    page.wizard.foot.skip.click()
    settle(page)
    assert page.wizard.step == REVIEW
    press(page)
    assert [one.file_name for one in page.wizard.result.outcomes] == ["items.csv"]


def test_an_empty_file_is_explained_and_nothing_is_lost(page: ImportsPage, write: Write) -> None:
    before = digest(page)
    take(page, write("empty.csv", ""))
    wizard = page.wizard
    assert wizard.step == RECOGNISE
    state = wizard.recognise.states.state
    assert state is not None
    error = state.findChild(ErrorState)
    assert isinstance(error, ErrorState)
    assert "empty.csv" in error.accessibleName()
    assert "export it again" in error.accessibleName()
    assert digest(page) == before


def test_an_unknown_file_asks_for_its_format(page: ImportsPage, write: Write) -> None:
    take(page, write("notes.csv", "colour,shape\nred,round\nblue,square\n"))
    assert page.wizard.step == RECOGNISE
    assert page.wizard.recognise.format.currentData() == "invoice_lines"
    page.wizard.recognise.read.click()
    settle(page)
    assert page.wizard.step == MAP
    press(page)
    assert page.wizard.step == MAP


def test_a_log_of_transactions_comes_to_the_mapping_with_the_best_guess(
    page: ImportsPage, write: Write
) -> None:
    take(page, write("log.csv", "Id,Date,CDs,Price\n4,19970101,2,29.33\n4,19970118,2,29.73\n"))
    assert page.wizard.step == RECOGNISE
    assert page.wizard.recognise.format.currentData() == "invoice_lines"
    page.wizard.recognise.read.click()
    settle(page)
    assert page.wizard.step == MAP
    assert "Is this what the columns hold?" in page.wizard.map.problem.text()
    assert page.wizard.map.mapping().columns == {"date": "Date", "customer": "Id", "net": "Price"}
    press(page)
    assert page.wizard.step == REVIEW
    assert control(page)["Ready to import"] == ["2", "59.06"]


def test_a_missing_column_is_asked_for_until_it_is_named(page: ImportsPage, write: Write) -> None:
    take(page, write("log.csv", "date,who,score\n2026-02-05,Ada,12\n2026-02-06,Bo,13\n"))
    page.wizard.recognise.read.click()
    settle(page)
    assert "Which column holds the amount?" in page.wizard.map.problem.text()
    press(page)
    assert page.wizard.step == MAP
    page.wizard.map.choose_column("net", "score")
    page.wizard.map.choose_column("customer_name", "who")
    press(page)
    assert page.wizard.step == REVIEW
    assert control(page)["Ready to import"] == ["2", "25.00"]


def test_another_format_can_be_chosen(page: ImportsPage, write: Write) -> None:
    take(page, write("items.csv", ITEMS))
    recognise = page.wizard.recognise
    page.wizard.review.file_card.change.click()
    assert page.wizard.step == RECOGNISE
    assert recognise.format.currentData() == "items"
    press(page)
    assert page.wizard.step == REVIEW
    page.wizard.review.file_card.change.click()
    recognise.format.setCurrentIndex(recognise.format.findData("customers"))
    recognise.read.click()
    settle(page)
    assert page.wizard.recognised is not None
    assert page.wizard.recognised.importer is not None
    assert page.wizard.recognised.importer.key == "customers"


def test_columns_can_be_mapped_otherwise(page: ImportsPage, write: Write) -> None:
    header = "Invoice No,Date,Customer,Item,Qty,Amount\n"
    take(page, write("told.csv", header + TOLD))
    assert page.wizard.step == REVIEW
    page.wizard.foot.mapping.click()
    settle(page)
    assert page.wizard.step == MAP
    page.wizard.map.choose_column("item_name", "")
    page.wizard.map.choose_column("description", "Item")
    press(page)
    assert page.wizard.step == REVIEW
    assert page.wizard.recognised is not None
    columns = page.wizard.recognised.mapping.columns
    assert columns["description"] == "Item"
    assert "item_name" not in columns


def test_cancel_leaves_the_book_as_it_was(page: ImportsPage, write: Write) -> None:
    before = digest(page)
    take(page, write("items.csv", ITEMS))
    page.wizard.head.cancel.click()
    settle(page)
    assert page.currentWidget() is page.list
    assert digest(page) == before
    page.start()
    assert page.wizard.step == CHOOSE


def test_cancelling_while_reading_waits_at_the_choice(page: ImportsPage, write: Write) -> None:
    page.start([write("items.csv", ITEMS)])
    assert page.wizard.is_working
    page.wizard.cancel_job()
    settle(page)
    assert page.wizard.step == CHOOSE
    assert page.wizard.queue == []


def test_files_dropped_on_the_window_are_imported(
    session: Session, tmp_path: Path, write: Write, qtbot: QtBot
) -> None:
    other = PageSpec("overview", "Overview", "users", "main", "", lambda _session: Page("Overview"))
    welcome = PageSpec("welcome", "Welcome", "users", "main", "", lambda _session: Page("Welcome"))
    window = MainWindow(session, welcome, [other, PAGE])
    qtbot.addWidget(window)
    window.show()
    action = session.actions.action("import")
    assert action.shortcut() == QKeySequence("Ctrl+I")
    assert not action.isEnabled()
    session.create_book(tmp_path / "new.quintile", client="Corner & Sons", currency="USD")
    assert session.jobs.wait_idle(60_000)
    assert action.isEnabled()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(write("items.csv", ITEMS)))])
    drop = QDropEvent(
        QPointF(5, 5),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    window.dropEvent(drop)
    assert session.jobs.wait_idle(60_000)
    page = window.current_page
    assert isinstance(page, ImportsPage)
    assert page.wizard.step == REVIEW
    assert page.messages is page.wizard.messages
