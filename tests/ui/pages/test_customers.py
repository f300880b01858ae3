from pathlib import Path

from PySide6.QtWidgets import QDialog, QWidget
from pytestqt.qtbot import QtBot

from core.period import parse_period
from core.usecases.customer_notes import list_notes
from core.usecases.segments import list_overrides
from tests.core.builders import BookBuilder
from ui.dialogs.move_customer import MoveCustomerDialog
from ui.pages.customer_drawer import CustomerDrawer
from ui.pages.customer_products import NOTHING, CategoryMix, CategoryPart, products_of
from ui.pages.customers import CustomersPage
from ui.pages.customers_export import list_text, write_list
from ui.session import Session
from ui.widgets.labels import TextLabel
from ui.widgets.states import EmptyState

ANN, BOB, CY = 0, 1, 2


def shown(session: Session, qtbot: QtBot) -> CustomersPage:
    page = CustomersPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 800)
    page.show()
    return page


def names(page: CustomersPage) -> list[str]:
    return [page.model.value(row, "name") for row in page.model.shown_rows]


def drawer_of(session: Session, page: CustomersPage, row: int) -> CustomerDrawer:
    asked: list[QWidget] = []
    session.drawer_requested.connect(asked.append)
    page.show_customer(row)
    session.drawer_requested.disconnect(asked.append)
    drawer = asked[-1]
    assert isinstance(drawer, CustomerDrawer)
    drawer.setParent(page)
    session.jobs.wait_idle(60_000)
    return drawer


def test_customers_stand_in_order_of_what_they_earn(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert names(page) == ["Ann", "Cy", "Bob"]
    assert [page.model.value(row, "contribution") for row in page.model.shown_rows] == [7800, 1400, -100]


def test_totals_follow_the_filter(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.table.totals.texts()["name"] == "Total, 3 customers"
    assert page.table.totals.texts()["net_revenue"] == "$200"
    assert page.table.totals.texts()["gross_margin"] == "57.5%"
    page.search.setText("cy")
    page.model.set_text_filter("cy")
    assert page.table.totals.texts()["name"] == "1 of 3 customers"
    assert page.table.totals.texts()["contribution"] == "$14"


def test_saved_views_have_counts(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    counts = {choice.text: choice.count for choice in page._views.choices()}
    assert counts == {"All": 3, "Unprofitable": 1, "At risk": 0, "No email address": 1, "Manual override": 0}
    page.open_with({"view": "unprofitable"})
    assert names(page) == ["Bob"]


def test_attributes_filter_and_an_empty_result_names_the_filters(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page._filter_buttons["Type"].set_current("Café")
    page._apply()
    assert names(page) == ["Ann", "Cy"]
    page.open_with({"view": "unprofitable"})
    page._filter_buttons["Region"].set_current("North")
    page._apply()
    state = page.results.state
    assert isinstance(state, EmptyState)
    assert state._sentence.text() == "View: Unprofitable, Region: North"
    page.clear_filters()
    assert names(page) == ["Ann", "Cy", "Bob"]


def test_another_page_can_ask_for_a_month_or_for_some_customers(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    page.open_with({"month": parse_period("2026-10")})
    assert names(page) == ["Ann", "Bob"]
    assert page.wish_button.text() == "Ordered in Oct 2026"
    page.clear_wish()
    assert len(names(page)) == 3


def test_every_figure_can_be_shown_as_a_column(opened: Session, qtbot: QtBot) -> None:
    from core.analysis.metric_shelf import all_metrics

    page = shown(opened, qtbot)
    keys = {column.key for column in page.model.columns}
    assert {metric.key for metric in all_metrics()} <= keys
    assert {"email", "region", "attribute:Type"} <= keys
    assert "ABC class" in [action.text() for action in page.column_menu().actions()]


def test_the_list_is_written_as_it_is_shown_and_without_live_formulas(
    opened: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    book = opened.book
    assert book is not None
    book.connection.execute("UPDATE customers SET name = '=Bob' WHERE name = 'Bob'")
    opened.reload()
    opened.jobs.wait_idle(60_000)
    page = shown(opened, qtbot)
    lines = list_text(page).splitlines()
    assert lines[0].startswith("Customer,Segment,Last order,Orders,Revenue")
    assert lines[1].startswith("Ann,")
    assert ",150.00," in lines[1]
    assert lines[3].startswith("'=Bob,")
    target = tmp_path / "list.csv"
    write_list(page, str(target))
    opened.jobs.wait_idle(60_000)
    assert target.read_text(encoding="utf-8-sig").splitlines() == lines


def test_the_drawer_shows_figures_change_and_orders_of_a_customer(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    drawer = drawer_of(opened, page, ANN)
    figures = {figure.name: figure for figure in drawer.facts.key_figures()}
    assert figures["Revenue"].value == "$150"
    assert figures["Revenue"].change.signed == "▲ 87.5%"  # from 80
    assert figures["Net contribution"].value == "$78"
    assert figures["Revenue to date"].value == "$230"
    orders = drawer.facts.latest_orders()
    assert [order.number for order in orders] == ["I-4", "I-3", "I-1"]
    assert orders[0].net_minor == 10000
    assert drawer.facts_label.full_text() == "Café   North   Since Nov 2024   Email on file"


def test_the_drawer_looks_ahead_to_the_next_segment(opened: Session, qtbot: QtBot) -> None:
    drawer = drawer_of(opened, shown(opened, qtbot), ANN)
    # Ann ordered on 5 October, 26 days ago; after more than 150 days without an order she is dormant.
    assert drawer.segment_box is not None
    assert drawer.segment_box.outlook.text() == "Becomes Dormant in 125 days without an order."


def test_a_move_by_hand_asks_for_a_reason_and_can_be_taken_back(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    drawer = drawer_of(opened, page, BOB)
    drawer.ask_to_move()
    dialog = next(d for d in drawer.window().findChildren(QDialog) if isinstance(d, MoveCustomerDialog))
    assert not dialog.accept_button.isEnabled()
    dialog.target.setCurrentText("Champions")
    dialog.reason.setPlainText("Opens a second shop in May")
    assert dialog.accept_button.isEnabled()
    dialog.accept()
    opened.jobs.wait_idle(60_000)
    book, membership = opened.book, opened.membership
    assert book is not None
    assert membership is not None
    assert [(one.segment, one.reason, one.author) for one in list_overrides(book)] == [
        ("Champions", "Opens a second shop in May", "Dana Whitlock")
    ]
    assert membership.segment_of(BOB).name == "Champions"
    drawer_of(opened, page, BOB).return_to_rules()
    opened.jobs.wait_idle(60_000)
    assert list_overrides(book) == []


def test_a_note_is_kept_in_the_book(opened: Session, qtbot: QtBot) -> None:
    from ui.dialogs.add_note import AddNoteDialog

    page = shown(opened, qtbot)
    drawer = drawer_of(opened, page, CY)
    drawer.ask_for_note()
    dialog = next(d for d in drawer.window().findChildren(QDialog) if isinstance(d, AddNoteDialog))
    dialog.text.setPlainText("Closed in August")
    dialog.accept()
    opened.jobs.wait_idle(60_000)
    book = opened.book
    assert book is not None
    assert [note.text for note in list_notes(book, drawer.customer_id)] == ["Closed in August"]


def coffee_book(path: Path, *, customers: int = 25) -> Path:
    """10 customers buy coffee and syrup, 5 coffee alone, the rest tea alone."""
    builder = BookBuilder(path)
    coffee, syrup, tea = (builder.item(name) for name in ("Coffee", "Syrup", "Tea"))
    for number in range(customers):
        document = builder.document("2026-10-05", builder.customer(f"C{number:02d}"), number=f"I-{number}")
        for item in (coffee, syrup) if number < 10 else (coffee,) if number < 15 else (tea,):
            builder.line(document, net=300, item=item)
    builder.book.close()
    return path


def test_the_drawer_says_what_to_offer_next_and_why(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.open_book(coffee_book(tmp_path / "coffee.quintile"))
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)

    def words(row: int) -> list[str]:
        return [label.text() for label in drawer_of(session, page, row).findChildren(TextLabel)]

    assert {
        "What to offer next",
        "Syrup",
        "10 of 15 customers who buy Coffee also buy Syrup (67%; of all customers 40%).",
    } <= set(words(12))
    assert NOTHING in words(20)


def test_the_drawer_divides_what_a_customer_spent_by_category(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    builder = BookBuilder(tmp_path / "mix.quintile")
    cup, tea = builder.item("Cup"), builder.item("Tea", category="Drinks")
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    for number, (who, day, lines) in enumerate(
        [
            (ann, "2026-10-05", [(tea, 3_000), (cup, 1_500), (None, 500)]),
            (ann, "2025-10-05", [(cup, 9_900)]),  # before the twelve months
            (bob, "2026-10-06", [(tea, 15_000)]),
        ]
    ):
        document = builder.document(day, who, number=f"I-{number}")
        for item, net in lines:
            builder.line(document, net=net, item=item)
    builder.book.close()
    session.open_book(tmp_path / "mix.quintile")
    assert session.jobs.wait_idle(60_000)
    drawer = drawer_of(session, shown(session, qtbot), 0)
    # Ann spent 50.00, 30 of it on drinks; both together 200.00, 180 of it on drinks.
    assert products_of(drawer.facts).parts == (
        CategoryPart("Drinks", 3_000, 0.6, 0.9),
        CategoryPart("No category", 1_500, 0.3, 0.075),
        CategoryPart("Without an item", 500, 0.1, 0.025),
    )
    table = drawer.findChild(CategoryMix).table.table_model
    assert [(*table.value(row, "name"), table.value(row, "net")) for row in table.shown_rows] == [
        ("Drinks", "60.0%, of all 90.0%", 3_000),
        ("No category", "30.0%, of all 7.5%", 1_500),
        ("Without an item", "10.0%, of all 2.5%", 500),
    ]


def test_with_few_customers_the_drawer_says_how_many_are_needed_to_offer(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_book(coffee_book(tmp_path / "coffee.quintile", customers=5))
    assert session.jobs.wait_idle(60_000)
    drawer = drawer_of(session, shown(session, qtbot), 0)
    words = " ".join(label.text() for label in drawer.findChildren(TextLabel))
    assert "20 customers who bought named items are needed, there are 5." in words


def test_without_items_the_drawer_offers_nothing(opened: Session, qtbot: QtBot) -> None:
    drawer = drawer_of(opened, shown(opened, qtbot), ANN)
    assert "What to offer next" not in [label.text() for label in drawer.findChildren(TextLabel)]


def test_the_sentence_speaks_of_the_largest_fifth_of_the_buyers(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    made = BookBuilder(tmp_path / "fifth.quintile")
    for number, net in enumerate((300_00, 200_00, *[50_00] * 8)):
        made.document("2026-10-05", made.customer(f"Buyer {number}"), (net, None))
    for name in ("Returned", "Returned too"):
        made.document("2026-10-06", made.customer(name), (-40_00, None), kind="credit note")
    made.book.close()
    session.open_book(tmp_path / "fifth.quintile")
    assert session.jobs.wait_idle(60_000)
    # Two of the ten who bought, 500 of the 900 that they brought; two others only returned goods.
    expected = "10 of 12 ordered in the period. The largest fifth of them, 2, bring 56% of revenue."
    assert shown(session, qtbot).header.sentence == expected
