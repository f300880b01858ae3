from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from core.analysis.patterns.lifetime_terms import Horizon, LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.simple_value import Lifespan, SimpleValue
from core.store.book import open_book
from core.usecases.books import change_settings, settings_of
from reports.numbers import Numbers
from tests.core.builders import BookBuilder
from ui.pages.patterns import PatternsPage
from ui.pages.patterns_value import ValueTab
from ui.pages.patterns_value_check import HELD_BACK, OVER_TIME
from ui.pages.patterns_value_data import (
    formula_line,
    formula_words,
    value_part,
)
from ui.pages.patterns_value_terms import NO_COST, NO_POOLS, TermsCard
from ui.session import Session
from ui.widgets.labels import TextLabel

DOLLARS = Numbers("USD", 2)
CUSTOMERS = 24


@pytest.fixture
def regulars(session: Session, book_path: Path) -> Session:
    """24 customers with 2, 3 or 4 orders each in 2026; every sale is known to earn half."""
    builder = BookBuilder(book_path)
    for number in range(CUSTOMERS):
        customer = builder.customer(f"Customer {number:02d}")
        for order in range(2 + number % 3):
            day = date(2026, 1, 1 + number) + timedelta(days=(20 + number) * order)
            net = 1000 + 100 * number + 50 * order
            builder.document(day.isoformat(), customer, (net, net // 2))
    builder.book.close()
    session.open_book(book_path)
    assert session.jobs.wait_idle(60_000)
    return session


def value_tab_of(session: Session, qtbot: QtBot) -> ValueTab:
    page = PatternsPage(session)
    qtbot.addWidget(page)
    page.resize(1200, 900)
    page.show()
    page.show_tab("value")
    assert session.jobs.wait_idle(60_000)
    tab = page.tab("value")
    assert isinstance(tab, ValueTab)
    return tab


def cells(tab: ValueTab, key: str) -> dict[str, Any]:
    model = tab.customers.table.table_model
    return {model.value(row, "customer"): model.value(row, key) for row in model.shown_rows}


def kept_in(path: Path) -> dict[str, str]:
    with open_book(path, read_only=True) as book:
        return {key: value for key, value in settings_of(book).items() if key.startswith("lifetime_")}


def test_customers_are_listed_without_the_model_too(opened: Session, qtbot: QtBot) -> None:
    tab = value_tab_of(opened, qtbot)
    found = tab.parts.found(value_part(LifetimeTerms()).key)
    assert isinstance(found.ahead.value, NotEnough)
    rows = found.customers
    assert dict(zip(rows["customer"], rows["orders"], strict=True)) == {"Ann": 3, "Bob": 1, "Cy": 1}
    assert set(rows["p_alive"]) == {None}
    assert rows["risk"] == ["–" if count < 3 else rows["risk"][0] for count in rows["orders"]]
    shown = [column.key for column in tab.customers.table.table_model.columns]
    assert shown == ["customer", "so_far", "orders", "risk"]
    assert "cadence alone" in tab.customers.subtitle_label.full_text()
    assert (tab.choices.isHidden(), tab.models.isHidden()) == (True, True)  # there is nothing to choose


def test_the_model_is_fitted_once_for_all_cards(regulars: Session, qtbot: QtBot) -> None:
    started: list[str] = []
    regulars.jobs.started.connect(lambda title, _cancellable: started.append(title))
    tab = value_tab_of(regulars, qtbot)
    assert [title for title in started if "Fitting" in title] == [
        "Fitting the models of repeat orders and spending"
    ]
    assert {card.part.key for card in tab.cards if card is not tab.formula} == {
        value_part(LifetimeTerms()).key
    }
    # Customer 00 ordered for 10.00 and 10.50, Customer 02 for 12.00, 12.50, 13.00 and 13.50.
    so_far = cells(tab, "so_far")
    assert (so_far["Customer 00"], so_far["Customer 02"], len(so_far)) == (2050, 5100, CUSTOMERS)


def test_another_horizon_keeps_the_old_figures_until_the_new_ones_come(
    regulars: Session, book_path: Path, qtbot: QtBot
) -> None:
    tab = value_tab_of(regulars, qtbot)
    year = cells(tab, "value")
    tab.choices.months.set_current("24")
    tab.choices.rate.setValue(0.0)
    tab.choices._typed()
    assert tab.terms == LifetimeTerms(horizon=Horizon(24, 0.0))
    assert cells(tab, "value") == year
    assert tab.customers.states.state is None
    assert regulars.jobs.wait_idle(60_000)
    longer = cells(tab, "value")
    assert all(longer[name] > year[name] for name in year)
    orders, worth = cells(tab, "expected"), cells(tab, "order_value")
    for name, value in longer.items():  # nothing is taken off: orders by what each is worth
        assert value == pytest.approx(orders[name] * worth[name], abs=orders[name] + 1)
    assert tab.customers.subtitle_label.full_text() == "The next 24 months on net revenue, nothing taken off"
    kept = {"lifetime_model": "bg_nbd", "lifetime_basis": "revenue"}
    assert kept_in(book_path) == kept | {"lifetime_months": "24", "lifetime_rate": "0"}


def test_gross_profit_is_half_of_revenue(regulars: Session, book_path: Path, qtbot: QtBot) -> None:
    tab = value_tab_of(regulars, qtbot)
    revenue = cells(tab, "so_far")
    tab.choices.basis.set_current("gross_profit")
    tab.choices._chosen()
    assert regulars.jobs.wait_idle(60_000)
    profit = cells(tab, "so_far")
    assert all(abs(2 * profit[name] - revenue[name]) <= 4 for name in revenue)
    assert kept_in(book_path)["lifetime_basis"] == "gross_profit"
    texts = {str(action.data()): (action.text(), action.isEnabled()) for action in _bases(tab.choices)}
    assert texts["gross_profit"] == ("gross profit", True)
    assert texts["contribution"] == (f"contribution ({NO_POOLS})", False)


def _bases(card: TermsCard) -> Any:
    return card.basis.menu().actions()


def test_the_other_model_is_kept_and_read_by_the_next_window(
    regulars: Session, book_path: Path, qtbot: QtBot
) -> None:
    tab = value_tab_of(regulars, qtbot)
    tab.choices.model.set_current("pareto_nbd")
    tab.choices._chosen()
    assert regulars.jobs.wait_idle(120_000)
    names = [tab.models.table.table_model.value(row, "name") for row in range(4)]
    assert names == ["r", "alpha", "s", "beta"]
    header = next(one for one in tab.customers.table.table_model.columns if one.key == "p_alive")
    assert "Pareto/NBD" in header.header_tooltip
    assert kept_in(book_path)["lifetime_model"] == "pareto_nbd"
    again = value_tab_of(regulars, qtbot)
    assert (again.terms.model, again.choices.model.current) == ("pareto_nbd", "pareto_nbd")


def test_a_book_for_reading_only_keeps_nothing(regulars: Session, book_path: Path, qtbot: QtBot) -> None:
    regulars.read_only_reason = "another window has it"
    before = kept_in(book_path)
    tab = value_tab_of(regulars, qtbot)
    assert "reading only" in tab.choices.months.toolTip()
    tab.choices.months.set_current("6")
    tab.choices._chosen()
    assert regulars.jobs.wait_idle(60_000)
    assert tab.customers.subtitle_label.full_text().startswith("The next 6 months")
    assert kept_in(book_path) == before
    tab.ask()
    assert tab.terms.horizon.months == 6


def test_a_choice_made_elsewhere_is_followed(regulars: Session, qtbot: QtBot) -> None:
    tab = value_tab_of(regulars, qtbot)
    regulars.run(
        lambda book, _progress: change_settings(book, {"lifetime_months": "18"}),
        lambda _nothing: None,
        title="Elsewhere",
        changes_book=True,
    )
    assert regulars.jobs.wait_idle(60_000)
    tab.ask()
    assert regulars.jobs.wait_idle(60_000)
    assert tab.choices.months.current == "18"
    assert tab.customers.subtitle_label.full_text().startswith("The next 18 months")


def test_choosing_there_and_back_at_once_ends_with_figures(regulars: Session, qtbot: QtBot) -> None:
    tab = value_tab_of(regulars, qtbot)
    for months in ("6", "36", "6"):
        tab.choices.months.set_current(months)
        tab.choices._chosen()
        QThread.msleep(1)
    assert regulars.jobs.wait_idle(60_000)
    assert tab.customers.states.state is None
    assert tab.customers.subtitle_label.full_text().startswith("The next 6 months")
    assert tab.choices.working.isHidden()


def test_a_fit_that_was_stopped_can_be_asked_for_again(regulars: Session, qtbot: QtBot) -> None:
    tab = value_tab_of(regulars, qtbot)
    tab.choices.months.set_current("36")
    tab.choices._chosen()
    tab.parts.cancel(tab.customers.part.key)
    assert regulars.jobs.wait_idle(60_000)
    assert tab.customers.states.state is not None
    assert tab.choices.working.isHidden()
    tab.ask()
    assert regulars.jobs.wait_idle(60_000)
    assert tab.customers.states.state is None
    assert tab.customers.subtitle_label.full_text().startswith("The next 36 months")


def test_a_choice_that_is_not_kept_well_is_as_usual_and_says_how_to_mend_it(
    regulars: Session, qtbot: QtBot
) -> None:
    regulars.settings = {**regulars.settings, "lifetime_months": "a year"}
    tab = value_tab_of(regulars, qtbot)
    assert tab.terms == LifetimeTerms()
    words = " ".join(label.text() for label in tab.choices.findChildren(TextLabel))
    assert "cannot be read" in words
    assert "quintile settings BOOK" in words
    assert "or choose here" in words


def test_money_that_nobody_knows_cannot_be_chosen(qtbot: QtBot) -> None:
    # Ann's cost is known, so all of her rungs up to gross profit are; of contribution nothing is.
    rungs = pd.DataFrame({"gross_profit": [400, pd.NA], "contribution": [pd.NA, pd.NA]}, dtype="Int64")
    for known, texts in (
        (rungs, ["net revenue", "gross profit", f"contribution ({NO_POOLS})"]),
        (
            rungs.iloc[1:],
            ["net revenue", f"gross profit ({NO_COST})", f"contribution ({NO_POOLS})"],
        ),
    ):
        loaded: Any = SimpleNamespace(figures=SimpleNamespace(ladder=SimpleNamespace(by_customer=known)))
        card = TermsCard()
        qtbot.addWidget(card)
        card.offer(loaded, kept=True)
        assert [action.text() for action in _bases(card)] == texts
        assert [action.isEnabled() for action in _bases(card)] == ["(" not in text for text in texts]


def test_the_check_shows_frequency_time_and_what_was_held_back(regulars: Session, qtbot: QtBot) -> None:
    tab = value_tab_of(regulars, qtbot)
    check = tab.check
    rows = check.charts["frequency"].table().rows
    # A third of the 24 customers each has one, two and three repeat orders.
    assert list(rows["month"])[:4] == ["0", "1", "2", "3"]
    assert list(rows["value"])[:5] == [0, 8, 8, 8, 0]
    for view in (OVER_TIME, HELD_BACK):
        check.views.set_current(view)
        check.views.chosen.emit(view)
        assert regulars.jobs.wait_idle(60_000)
        assert [key for key, chart in check.charts.items() if not chart.isHidden()] == [view]
    assert "orders" in check.words.text()
    # 48 repeat orders in all; the weeks are whole ones, so the last may lack some.
    assert list(check.charts[OVER_TIME].table().rows["actual"])[-1] == pytest.approx(48, abs=2)


@pytest.mark.parametrize(
    ("margin", "line"), [(0.25, "$50.00 × 2.00 × 10.0 × 25.0% = $250"), (None, "$50.00 × 2.00 × 10.0 = $250")]
)
def test_the_formula_is_printed_with_its_numbers(margin: float | None, line: str) -> None:
    value = SimpleValue(5000, 2.0, Lifespan(10.0, "as entered"), margin, "a quarter", 25000)
    assert formula_line(value, DOLLARS) == line
    assert formula_words(value).startswith("Lifespan: as entered. Margin: a quarter.")


def test_the_formula_says_on_which_money_it_stands_and_where_it_is_a_guess(
    regulars: Session, qtbot: QtBot
) -> None:
    tab = value_tab_of(regulars, qtbot)
    assert regulars.loaded is not None
    guess = Lifespan(134.9, "as seen", "A lifespan of 135 months is more than the 24 months seen.")
    margin = "contribution by net revenue"
    tab.formula.fill(regulars.loaded, SimpleValue(5000, 2.0, guess, 0.25, margin, 25000))
    assert tab.formula.subtitle_label.full_text().startswith("On contribution.")
    assert tab.formula.warning.text() == guess.warning
    assert not tab.formula.warning.isHidden()
    entered = Lifespan(10.0, "as entered")
    tab.formula.fill(regulars.loaded, SimpleValue(5000, 2.0, entered, None, "no cost is known", 25000))
    assert tab.formula.subtitle_label.full_text().startswith("On net revenue.")
    assert tab.formula.warning.isHidden()
