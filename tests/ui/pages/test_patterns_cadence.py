"""Rhythm, next orders, new and returning customers and the orders of the period, over a book worked out by hand."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from core.period import month_of
from tests.core.builders import BookBuilder
from tests.ui import patterns_page
from tests.ui.patterns_page import shown_tab
from ui.pages.patterns import PatternsPage
from ui.pages.patterns_cadence import NextOrdersCard, RhythmCard
from ui.pages.patterns_cadence_data import band_text, trend_text, trend_words
from ui.pages.patterns_retention_flow import FlowCard
from ui.pages.patterns_retention_orders import OrdersCard
from ui.session import Session
from ui.widgets.cards import MiniFigure

ORDERS = {
    # Every ten days; the last one 63 days before the end of March: long overdue.
    "Tick": ("2025-12-29", "2026-01-08", "2026-01-18", "2026-01-28"),
    # Gaps of 1, 1, 58 and 40 days; the last one on 31 March.
    "Burst": ("2025-12-21", "2025-12-22", "2025-12-23", "2026-02-19", "2026-03-31"),
    "Few": ("2026-03-02", "2026-03-20"),
}
REVENUE = {"Tick": 100, "Burst": 300, "Few": 250}


def rhythm_book(path: Path) -> Path:
    builder = BookBuilder(path)
    for name, days in ORDERS.items():
        customer = builder.customer(name)
        for number, day in enumerate(days):
            builder.document(day, customer, (REVENUE[name] * 100, 100), number=f"{name}-{number}")
    builder.document("2026-03-31", builder.customer("Gone"), (-1000, 0), number="N", kind="credit note")
    builder.book.close()
    return path


@pytest.fixture
def page(session: Session, qtbot: QtBot, tmp_path: Path) -> PatternsPage:
    return shown(session, qtbot, rhythm_book(tmp_path / "rhythm.quintile"))


def shown(session: Session, qtbot: QtBot, path: Path) -> PatternsPage:
    return shown_tab(session, qtbot, "retention", path)


def card_of(page: PatternsPage, kind: type[Any]) -> Any:
    return patterns_page.card_of(page, "retention", kind)


def rows_of(table: Any, *keys: str) -> list[tuple[Any, ...]]:
    model = table.table_model
    return [tuple(model.value(row, key) for key in keys) for row in model.shown_rows]


def opened_by(page: PatternsPage) -> list[tuple[str, list[str]]]:
    asked: list[tuple[str, list[str]]] = []
    assert page.session.loaded is not None
    names = page.session.loaded.figures.facts.customers.set_index("customer_id")["name"]

    def note(_key: str, context: Any) -> None:
        asked.append((context["title"], [str(names[number]) for number in context["customer_ids"]]))

    page.session.page_requested.connect(note)
    return asked


def test_customers_stand_by_rhythm_and_by_their_next_order(page: PatternsPage) -> None:
    card = card_of(page, RhythmCard)
    # Revenue: Tick 4 × 100, Burst 5 × 300, Few 2 × 250 of 2,400.
    assert rows_of(card.rhythm, "name", "customers", "revenue", "share") == [
        ("Regular", 1, 40_000, 400 / 2400),
        ("Irregular", 1, 150_000, 1500 / 2400),
        ("Too few orders", 1, 50_000, 500 / 2400),
    ]
    assert rows_of(card.lateness, "name", "customers") == [
        ("Not due yet", 1),
        ("Due now", 0),
        ("Late", 0),
        ("Long overdue", 1),
        ("None expected", 1),
    ]
    assert card.words.text() == "1 of 3 is late by their own rhythm, 16.7% of revenue."
    asked = opened_by(page)
    card.rhythm.open_asked.emit(1)
    card.lateness.open_asked.emit(2)  # nobody: opens nothing
    card.lateness.open_asked.emit(3)
    assert asked == [("Irregular", ["Burst"]), ("Long overdue", ["Tick"])]


def test_next_orders_begin_with_who_is_late(page: PatternsPage) -> None:
    card = card_of(page, NextOrdersCard)
    keys = ("customer", "gap", "spread", "expected", "band", "state", "over", "revenue")
    # Burst: gaps 1, 1, 40, 58: median 20.5, quartiles 1 and 44.5; half a day counts as a day.
    assert rows_of(card.table, *keys) == [
        (
            "Tick", 10, "10–10 d", date(2026, 2, 7), "7 Feb",
            ("failed", "Long overdue"), 52, 40_000,
        ),
        (
            "Burst", 21, "1–45 d", date(2026, 4, 21), "1 Apr – 15 May",
            ("good", "Not due yet"), None, 150_000,
        ),
    ]  # fmt: skip
    assert rows_of(card.table, "trend") == [
        ("",),
        ("▲ 4,800% longer",),
    ]  # (58 + 40) ÷ (1 + 1) − 1; Tick: four orders
    words = card.table.table_model.columns[0].tooltip(0)
    assert "4 order days. Usual gap: the median of the days between them, 10 days." in words
    assert (
        "Last order 28 Jan 2026, 62 days before 31 Mar 2026, 6.2 times the usual gap: 52 days over it."
        in words
    )
    assert "Long overdue: Late, and twice the usual gap or more since the last order." in words
    assert "over it" not in card.table.table_model.columns[0].tooltip(1)
    assert "Gap trend: from 5 order days on." in words
    asked = opened_by(page)
    card.table.open_asked.emit(1)
    assert asked == [("Burst", ["Burst"])]


@pytest.mark.parametrize(
    ("change", "text"),
    [(0.2, "▲ 20% longer"), (-0.25, "▼ 25% shorter"), (0.09, "steady"), (-0.09, "steady"), (None, "")],
)
def test_a_trend_below_a_tenth_is_steady(change: float | None, text: str) -> None:
    assert trend_text(change) == text


def test_a_trend_is_explained() -> None:
    assert trend_words(0.5).endswith("against the earlier half, +50%.")


def test_a_band_is_written_as_short_as_it_can_be() -> None:
    assert band_text(date(2026, 3, 3), date(2026, 3, 9)) == "3–9 Mar"
    assert band_text(date(2026, 3, 31), date(2026, 4, 2)) == "31 Mar – 2 Apr"
    assert band_text(date(2025, 3, 3), date(2026, 3, 3)) == "3 Mar – 3 Mar"
    assert band_text(date(2026, 3, 3), date(2026, 3, 3)) == "3 Mar"


def test_each_count_of_a_month_opens_its_customers(page: PatternsPage) -> None:
    card = card_of(page, FlowCard)
    rows = [[cell.text for cell in row] for row in card.grid.matrix.cells]
    # December: Tick and Burst are new; March: Few is new, Burst comes again. Nobody is silent for six months.
    assert rows == [
        ["Mar 2026", "1", "1", "·", "·", "3"],
        ["Feb 2026", "·", "1", "·", "·", "2"],
        ["Jan 2026", "·", "1", "·", "·", "2"],
        ["Dec 2025", "2", "·", "·", "·", "2"],
    ]
    assert card.grid.matrix.cells[0][2].payload()[1] == "Repeat in Mar 2026"
    asked = opened_by(page)
    for column in (1, 5):
        card.grid.opened.emit(card.grid.matrix.cells[0][column].payload)
    assert asked == [("New in Mar 2026", ["Few"]), ("Customers of Mar 2026", ["Burst", "Few", "Tick"])]
    assert "24 full months are needed" in card.missing.text()
    assert card.net.isHidden()


def test_what_stayed_of_the_year_before_is_shown(opened: Session, qtbot: QtBot) -> None:
    page = PatternsPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.show_tab("retention")
    assert opened.jobs.wait_idle(60_000)
    card = card_of(page, FlowCard)
    # Ann alone bought in the year before, for 80, and for 150 since; the book covers both years whole.
    figures: list[MiniFigure] = [card.customers, card.net, card.gross]
    assert [figure.accessibleName() for figure in figures] == [
        "Customers kept 100.0% of Nov 2024 – Oct 2025",
        "Net revenue kept 187.5% of Nov 2024 – Oct 2025",
        "Gross revenue kept 100.0% of Nov 2024 – Oct 2025",
    ]
    assert "brought $80 then and $150 in Nov 2025 – Oct 2026" in card.net.toolTip()


def test_the_orders_of_the_period_stand_beside_those_before(opened: Session, qtbot: QtBot) -> None:
    page = PatternsPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.show_tab("retention")
    assert opened.jobs.wait_idle(60_000)
    card = card_of(page, OrdersCard)
    # Four orders of 200 in all, each of one line; the year before one order of 80.
    assert [figure.accessibleName() for figure in card.figures] == [
        "Orders 4 ▲ 3 from 1",
        "Average order $50 ▼ 37.5% from $80",
        "Lines an order 1.00 no change",
        "Discounts 0.0% no change",
        "Returns 0.0% no change",
    ]
    assert card.figures[1].toolTip() == "Net revenue by orders: $200 ÷ 4."


def test_a_book_without_orders_says_it_once(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "credits.quintile")
    builder.document("2026-03-05", builder.customer("Ann"), (-500, -100), number="N-1", kind="credit note")
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "credits.quintile")
    cards = page.tab("retention").cards
    assert [card.isHidden() for card in cards] == [False, True, True, True, True]


def test_two_orders_are_too_few_to_expect_a_third(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "few.quintile")
    ann = builder.customer("Ann")
    for day in ("2026-03-05", "2026-03-20"):
        builder.document(day, ann, (500, 100), number=day)
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "few.quintile")
    card = card_of(page, NextOrdersCard)
    words = " ".join(label.text() for label in card.rows.state.findChildren(type(card.title_label)))
    assert "No next order is expected yet" in words
    assert card_of(page, RhythmCard).words.text() == "Nobody is late by their own rhythm."


def test_a_month_that_is_not_over_knows_no_lost_customers(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    builder = BookBuilder(tmp_path / "open.quintile")
    ann = builder.customer("Ann")
    for day in ("2026-01-05", "2026-02-03", "2026-03-02"):
        builder.document(day, ann, (500, 100), number=day)
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "open.quintile")
    newest = card_of(page, FlowCard).grid.matrix.cells[0]
    assert newest[0].text == month_of(date(2026, 3, 1)).label
    assert [cell.text for cell in newest[1:]] == ["·", "1", "·", "–", "–"]
    assert newest[5].payload is None
