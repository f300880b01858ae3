from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from core.analysis.loss_reasons import loss_reasons
from core.store.pools import CostPool
from core.usecases.cost_pools import list_pools
from tests.core.builders import BookBuilder
from tests.ui.small_book import make_small_book
from ui.dialogs.cost_allocation import CostAllocationDialog, save_allocation
from ui.pages.profitability import ProfitabilityPage
from ui.pages.profitability_steps import waterfall_steps
from ui.pages.profitability_tables import SHADE, customer_columns
from ui.pages.profitability_views import buyers_fifth
from ui.session import Session

ANN, BOB = 0, 1


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


def test_discounts_are_a_share_of_list_price_and_costs_of_revenue(session: Session, book_path: Path) -> None:
    builder = BookBuilder(book_path)
    ann = builder.customer("Ann")
    builder.line(builder.document("2026-10-05", ann), net=8_000, discount=2_000, cost=4_000)
    builder.document("2026-10-20", ann, (-500, 0), kind="credit note")
    builder.book.close()
    session.open_book(book_path)
    session.jobs.wait_idle(60_000)
    assert session.loaded is not None
    # 20 and 5 of 100; 40 and 35 of 75.
    found = {step.name: step.share for step in waterfall_steps(session.loaded)}
    assert found == {
        "Sales at list price": 1.0,
        "Discounts": -0.2,
        "Credit notes": -0.05,
        "Revenue": 1.0,
        "Cost of goods": pytest.approx(-40 / 75),
        "Gross margin": pytest.approx(35 / 75),
    }


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
    # Goods of 15 are 6.50 more than 42.5 % of 20; delivery of 6 is 3.60 more than 12 %.
    assert page.model.value(0, "reason") == "Cost of goods 75% of list price, typical 42%"
    assert page.table.totals.texts()["customer"] == "All 1 unprofitable"
    assert page.table.totals.texts()["reason"] == "10.0% of revenue"


def test_a_share_above_twice_the_typical_one_is_shaded(opened: Session) -> None:
    assert opened.loaded is not None
    reasons = loss_reasons(opened.loaded.figures.ladder, opened.loaded.figures.allocation)
    columns = {column.key: column for column in customer_columns(opened.loaded, [ANN, BOB], reasons)}
    shade = columns["pool0"].shade
    assert shade is not None
    # Delivery takes 12 % of all sales: 12 of 150 is 8 %, 6 of 20 is 30 %.
    assert (shade(0), shade(1)) == (None, SHADE)


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


def test_without_any_cost_the_curve_and_the_bars_are_of_revenue(
    session: Session, qtbot: QtBot, book_path: Path
) -> None:
    made = BookBuilder(book_path)
    for name, net in (("Ann", 50_00), ("Bob", 70_00)):
        made.document("2026-10-05", made.customer(name, region=name), (net, None))
    made.book.close()
    session.open_book(book_path)
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    assert page._curve_rows == [BOB, ANN]
    assert session.loaded is not None
    assert buyers_fifth(session.loaded) == (1, pytest.approx(70 / 120))
    assert page.header.sentence == "Where revenue comes from; no cost is known yet."
    words = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "Running total of revenue, because no cost is known" in words
    assert "Revenue is shown until then." in words
    page.open_with({"view": "regions"})
    assert [page.model.value(row, "name") for row in page.model.shown_rows] == ["Bob", "Ann"]
    assert "Revenue by region" in " ".join(label.text() for label in page.findChildren(QLabel))


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
