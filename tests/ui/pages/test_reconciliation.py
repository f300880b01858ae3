from pathlib import Path

from pytestqt.qtbot import QtBot

from core.importing.records import AccountType
from core.usecases.account_types import list_accounts
from tests.core.builders import BookBuilder
from ui.dialogs.account_types import AccountTypesDialog, save_account_types
from ui.pages.reconciliation import ReconciliationPage
from ui.pages.reconciliation_paper import FILTERS, files_of, write_paper
from ui.pages.reconciliation_texts import bridge
from ui.session import Session
from ui.widgets.messages import InlineMessage
from ui.widgets.states import EmptyState


def shown(session: Session, qtbot: QtBot) -> ReconciliationPage:
    page = ReconciliationPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    return page


def row_of(page: ReconciliationPage, label: str) -> int:
    return next(row for row in page.model.shown_rows if page.model.value(row, "check") == label)


def test_checks_stand_in_groups_with_amounts_to_the_cent(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    row = row_of(page, "4000 Sales")
    # 207 on documents of the period and an entry of 5.
    assert page.model.value(row, "ledger").strip("\u2004") == "$212.00"
    assert page.model.value(row, "quintile").strip("\u2004") == "$207.00"
    assert page.model.value(row, "difference").strip("\u2004") == "$5.00"
    assert page.model.value(row, "result") == ("review", "Review")
    headings = [page.model.value(place, "check") for place, owner in enumerate(page._owners) if owner is None]
    assert headings == ["Income", "Costs", "Completeness"]


def test_the_bridge_leads_from_the_ledger_to_the_figures_by_customer(opened: Session) -> None:
    assert opened.loaded is not None
    lines = bridge(opened.loaded)
    assert [(line.name, line.amount_minor) for line in lines] == [
        ("Income in the ledger", 21200),
        ("Ledger entries on no customer", -500),
        ("Sales without a customer", -700),
        ("Revenue analysed by customer", 20000),
    ]
    assert sum(line.amount_minor for line in lines[:-1]) == lines[-1].amount_minor


def test_the_chosen_check_is_explained_row_by_row(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page.table.selectRow(row_of(page, "4000 Sales"))
    assert page.explainer.model.value(0, "what")[1].startswith("JE-1")
    assert page.explainer.model.value(0, "amount") == 500
    assert "1 in the ledger only, on no customer: $5.00" in page.explainer.words.text()
    assert page.explainer.table.totals.texts()["amount"] == "$5.00"


def test_a_difference_is_accepted_with_a_reason_and_can_be_opened_again(
    opened: Session, qtbot: QtBot
) -> None:
    page = shown(opened, qtbot)
    page.table.selectRow(row_of(page, "4000 Sales"))
    check = page.current_check()
    assert check is not None
    page.accept(check, "Deposit of last year", "Dana")
    opened.jobs.wait_idle(60_000)
    row = row_of(page, "4000 Sales")
    assert page.model.value(row, "result") == ("good", "Agrees")
    assert "Deposit of last year" in page.model.value(row, "note")
    page.withdraw(check)
    opened.jobs.wait_idle(60_000)
    assert page.model.value(row_of(page, "4000 Sales"), "result") == ("review", "Review")


def test_a_month_is_signed_off_and_a_newer_import_clears_it(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert not page.sign_off.button.isEnabled()
    page.sign_off.reviewed.setChecked(True)
    assert page.sign_off.button.isEnabled()
    page.sign_off.button.click()
    opened.jobs.wait_idle(60_000)
    signed = opened.loaded
    assert signed is not None
    assert signed.sign_off is not None
    assert signed.sign_off.author == "Dana Whitlock"
    assert "signed" in page.sign_off.last.text()
    assert opened.book is not None
    opened.book.connection.execute("UPDATE document_lines SET net_minor = net_minor + 1 WHERE id = 1")
    opened.reload()
    opened.jobs.wait_idle(60_000)
    cleared = opened.loaded
    assert cleared is not None
    assert cleared.sign_off is None
    assert "A newer import cleared it." in page.sign_off.last.text()


def test_only_checks_to_review_can_be_shown(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page.show_button.set_current("review")
    page._fill()
    results = {owner.result.value for owner in page._owners if owner is not None}
    assert results == {"review"}


def test_account_types_are_set_where_the_ledger_did_not_say(opened: Session, qtbot: QtBot) -> None:
    assert opened.book is not None
    page = shown(opened, qtbot)
    assert page.model.value(row_of(page, "Every account has a type"), "result") == ("review", "Review")
    dialog = AccountTypesDialog(list_accounts(opened.book), page)
    dialog.choose("6220", AccountType.EXPENSE)
    assert dialog.changed_types() == {"6220": AccountType.EXPENSE}
    save_account_types(opened, dialog.changed_types())
    opened.jobs.wait_idle(60_000)
    assert page.model.value(row_of(page, "Every account has a type"), "result") == ("good", "Agrees")
    dialog.reject()


def test_without_a_ledger_the_checks_that_need_none_show_and_the_page_asks_for_one(
    session: Session, qtbot: QtBot, book_path: Path
) -> None:
    builder = BookBuilder(book_path)
    ann = builder.customer("Ann")
    for day, customer in (("2026-10-05", ann), ("2026-10-12", ann), ("2026-10-21", None)):
        builder.document(day, customer, (900, 300), number=day)
    builder.book.close()
    session.open_book(book_path)
    session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    assert page.banner_title.text() == "Not tied: no ledger imported"
    assert page.banner_line.text().endswith("ledger is imported. 0 of 1 check that needs none agrees.")
    row = row_of(page, "Every invoice and credit note has one customer")
    assert page.model.value(row, "result") == ("review", "Review")
    assert [str(page.model.value(row, side)).strip() for side in ("ledger", "quintile")] == ["3", "2"]
    hidden = (page.types_button, page.bridge, page.sign_off)
    assert all(part.isHidden() for part in hidden)


def test_an_empty_book_has_nothing_to_check(session: Session, qtbot: QtBot, book_path: Path) -> None:
    BookBuilder(book_path).book.close()
    session.open_book(book_path)
    session.jobs.wait_idle(60_000)
    assert isinstance(shown(session, qtbot).states.state, EmptyState)


def test_the_working_paper_is_written_as_pdf_and_workbook(
    opened: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    shown(opened, qtbot)
    told: list[InlineMessage] = []
    opened.message_posted.connect(told.append)
    files = files_of(tmp_path / "paper.pdf", FILTERS["PDF and Excel (*.pdf)"])
    write_paper(opened, files)
    assert opened.jobs.wait_idle(60_000)
    assert [path.name for path in files] == ["paper.pdf", "paper.xlsx"]
    assert files[0].read_bytes().startswith(b"%PDF")
    assert files[1].read_bytes().startswith(b"PK")
    assert "paper.pdf and paper.xlsx" in told[0].accessibleName()


def test_a_double_click_leads_to_the_rows_and_on_to_their_customer(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    asked: list[tuple[str, object]] = []
    opened.page_requested.connect(lambda key, context: asked.append((key, context)))
    page.table.selectRow(row_of(page, "4000 Sales"))
    page.explainer.table.table.open_asked.emit(0)  # the entry is on no customer
    assert not asked
    assert page.model.value(row_of(page, "4000 Sales"), "note") == "1 row explains it"
