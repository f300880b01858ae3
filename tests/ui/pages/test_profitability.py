from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.store.pools import CostPool
from core.usecases.cost_pools import list_pools
from tests.ui.small_book import make_small_book
from ui.dialogs.cost_allocation import CostAllocationDialog, save_allocation
from ui.pages.profitability import ProfitabilityPage
from ui.pages.profitability_reasons import Reasons
from ui.pages.profitability_steps import waterfall_steps
from ui.session import Session

BOB = 1


def shown(session: Session, qtbot: QtBot) -> ProfitabilityPage:
    page = ProfitabilityPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    return page


def test_the_waterfall_goes_from_list_price_to_net_contribution(opened: Session) -> None:
    assert opened.loaded is not None
    steps = waterfall_steps(opened.loaded)
    assert [(step.name, step.amount_minor) for step in steps] == [
        ("Sales at list price", 20000),
        ("Discounts", 0),
        ("Revenue", 20000),
        ("Cost of goods", -8500),
        ("Gross margin", 11500),
        ("Delivery", -2400),
        ("Net contribution", 9100),
    ]


def test_the_curve_ranks_customers_by_what_they_earn(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    table = page._charts["whale"].table()  # type: ignore[attr-defined]
    assert list(table.rows["customer"]) == ["Ann", "Cy", "Bob"]
    assert list(table.rows["own"]) == [7800, 1400, -100]
    assert list(table.rows["running"]) == [7800, 9200, 9100]
    assert page.header.sentence == "The best of 3 customers earns 86% of net contribution; 1 loses $1."


def test_loss_makers_stand_below_with_their_main_reason(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    assert page.model.value(0, "customer") == "Bob"
    assert page.model.value(0, "net") == -100
    # A margin of 25 % against 57.5 % costs more than 30 % of delivery against 12 %.
    assert page.model.value(0, "reason") == "Margin 25%, typical 57%"
    assert page.table.totals.texts()["customer"] == "All 1 unprofitable"
    assert page.table.totals.texts()["reason"] == "10.0% of revenue"


def test_a_share_above_twice_the_typical_one_stands_out(opened: Session) -> None:
    assert opened.figures is not None
    reasons = Reasons(opened.figures)
    # Delivery takes 12 % of all revenue: 6 of 20 is 30 %, 12 of 150 is 8 %.
    assert reasons.stands_out(BOB, 0)
    assert not reasons.stands_out(0, 0)


def test_regions_and_segments_add_up_to_the_same_total(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    for view in ("regions", "segments"):
        page.open_with({"view": view})
        assert page.table.totals.texts()["net"] == "91"
        assert sum(page.model.value(row, "revenue") for row in page.model.shown_rows) == 20000
    page.open_with({"view": "regions"})
    found = {page.model.value(row, "name"): page.model.value(row, "net") for row in page.model.shown_rows}
    assert found == {"North": 7800, "South": 1300}


def test_unknown_cost_to_serve_is_said_and_gross_margin_shown(
    session: Session, qtbot: QtBot, book_path: Path
) -> None:
    session.open_book(make_small_book(book_path, pool=False))
    session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    words = " ".join(label.text() for label in page.messages.findChildren(QLabel))
    assert "Add at least one serving cost to see net contribution." in words
    assert session.loaded is not None
    assert waterfall_steps(session.loaded)[-1].name == "Gross margin"
    assert list(page._charts["whale"].table().rows["running"])[-1] == 11500  # type: ignore[attr-defined]


def test_the_dialog_shows_at_once_what_is_given_and_what_stays(opened: Session, qtbot: QtBot) -> None:
    assert opened.figures is not None
    pools = [CostPool("Delivery", "orders", ("6210",))]
    page = shown(opened, qtbot)
    dialog = CostAllocationDialog(opened, opened.figures, pools, page)
    assert dialog.summary.text() == "$24 in the ledger = $24 given to customers + $0 unassigned"
    dialog.rows[0].choose("6210", chosen=False)
    assert not dialog.accept_button.isEnabled()
    assert dialog.problem.text() == "Choose the accounts of 'Delivery'."
    dialog.rows[0].choose("6210")
    dialog.rows[0].driver.setCurrentIndex(dialog.rows[0].driver.findData("equal"))
    assert dialog.pools() == [CostPool("Delivery", "equal", ("6210",))]
    save_allocation(opened, dialog.pools())
    opened.jobs.wait_idle(60_000)
    assert opened.book is not None
    assert list_pools(opened.book) == [CostPool("Delivery", "equal", ("6210",))]
    # Equal shares of 24 are 8 each.
    assert opened.figures.ladder.by_customer["cost_to_serve"].tolist() == [800, 800, 800]
    dialog.reject()
