from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.period import parse_period
from core.usecases.close_month import close_month
from core.usecases.figures import load_figures
from ui.pages.overview import OverviewPage
from ui.session import Session
from ui.theme import current_theme
from ui.widgets.row_button import RowButton
from ui.widgets.states import EmptyState
from ui.widgets.table_paint import wanted_width


def shown(session: Session, qtbot: QtBot) -> OverviewPage:
    page = OverviewPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


def card_words(page: OverviewPage, key: str) -> str:
    return page.cards[key].accessibleName()


def test_the_sentence_says_how_revenue_moved_and_who_loses_money(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    # From 80 to 200; only Bob has a net contribution below nothing.
    # The counter sale of 7 names nobody.
    assert (
        page.header.sentence
        == "Revenue is up 150.0%. Another $7 is on no customer. 1 of 3 customers cost more to serve than they earn."
    )


def test_cards_show_the_figures_of_customers_with_their_change(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert card_words(page, "revenue") == "Revenue $200 up 150.0% from $80"
    # 115 of 200 is 57.5 %; the year before 50 of 80 is 62.5 %.
    assert card_words(page, "gross") == "Gross margin $115 down 5.0 pts at 57.5%"
    # Nothing was spent on delivery the year before.
    assert card_words(page, "serve") == "Cost to serve $24 up 12.0 pts at 12.0%"
    assert card_words(page, "contribution") == "Net contribution $91 up 82.0% at 45.5%"
    assert card_words(page, "active") == "Active customers 3 up 2 from 1"
    assert card_words(page, "again") == "Bought again 100.0% 1 of the 1 before"


def test_segments_add_up_to_all_customers(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    model = page.segments.table.table_model
    rows = model.shown_rows
    assert sum(model.value(row, "customers") for row in rows) == 3
    assert sum(model.value(row, "revenue") for row in rows) == 20000
    totals = page.segments.totals.texts()
    assert totals["customers"] == "3"
    assert totals["revenue"] == "$200"
    assert totals["contribution"] == "$91"


def test_a_loss_in_the_last_column_of_the_segments_is_not_cut_off(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    table = page.segments.table
    place = table.table_model.place_of("net")
    needed = wanted_width(table.table_model.columns[place], ["(18.4%)"], current_theme())
    assert table.columnWidth(place) >= needed


def test_months_of_the_chart_add_up_to_the_revenue_of_the_card(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    table = page.chart.table()  # type: ignore[union-attr]
    assert sum(table.rows["value"]) == 20000
    assert table.rows["value"][-1] == 12000
    assert table.rows["compare"][0] == 8000


def test_the_month_end_list_says_what_is_done(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    rows = page.steps_card.findChildren(RowButton)
    assert [row.title for row in rows] == [
        "Import October files",
        "Tie out to the ledger",
        "Close October",
        "Export the client report",
    ]
    assert rows[0].note.startswith("3 sales, ")
    assert rows[0].toolTip().startswith("3 invoices and receipts in ")  # two invoices and a sales receipt
    assert rows[2].note == "Not closed yet"
    assert page.done_tag.text() == "1 of 4 done"


def test_what_changed_is_told_from_the_last_close_on(opened: Session, qtbot: QtBot) -> None:
    book = opened.book
    assert book is not None
    september = parse_period("2026-09")
    close_month(book, september, load_figures(book, parse_period("2025-10..2026-09")), author="Dana")
    opened.reload()
    opened.jobs.wait_idle(60_000)
    page = shown(opened, qtbot)
    rows = page.changes_card.findChildren(RowButton)
    assert page.changes_card.subtitle_label.full_text().endswith(" changed segment")
    assert page.changes_card.toolTip().startswith("Since Sep 2026 was closed: ")
    assert "Not counted: 1 with a first order" in page.changes_card.toolTip()
    assert "1 customer placed a first order" in [row.title for row in rows]
    assert "Bob lost $1" in [row.title for row in rows]
    assert page.segments.totals.texts()["moved"] == "+1"


def test_an_empty_book_says_what_to_do(session: Session, qtbot: QtBot, tmp_path: object) -> None:
    session.create_book(tmp_path / "empty.quintile", client="New", currency="USD")  # type: ignore[operator]
    session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    state = page.states.state
    assert isinstance(state, EmptyState)
    words = " ".join(label.text() for label in state.findChildren(QLabel))
    assert "Import an invoice export and a ledger to see the first month." in words
