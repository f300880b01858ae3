from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.analysis.patterns.basket_rules import BasketRule, one_each_pair
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.seasonality import Index
from core.progress import SILENT
from core.usecases.patterns_products import BasketPatterns
from reports.numbers import Numbers
from tests.core.builders import BookBuilder
from tests.ui.patterns_page import card_of, shown_tab
from ui.pages.help import TOPICS
from ui.pages.patterns import TABS, PatternsPage
from ui.pages.patterns_data import RETENTION, SCORES, gaps_of, retention_of, scores_of, season_of
from ui.pages.patterns_heat import HeatTable
from ui.pages.patterns_parts import PartCard
from ui.pages.patterns_products import (
    MixCard,
    OffersCard,
    RulesCard,
    lift_working,
    rule_rows,
    short_together_note,
    together_note,
)
from ui.pages.patterns_retention import RetentionSummaryCard
from ui.pages.patterns_scores import GridCard, cut_rows
from ui.pages.patterns_scores_named import NamedSegmentsCard, unscored_words
from ui.pages.patterns_season_chart import IndexChart
from ui.pages.patterns_value import FormulaCard
from ui.session import Session
from ui.widgets.labels import TextLabel
from ui.widgets.states import EmptyState

DOLLARS = Numbers("USD", 2)
# 100 orders: 20 with tea, 40 with cake, 10 with both.
TEA_THEN_CAKE = BasketRule((0,), 1, count=10, antecedent_count=20, consequent_count=40, baskets=100)
CAKE_THEN_TEA = BasketRule((1,), 0, count=10, antecedent_count=40, consequent_count=20, baskets=100)


def shown(session: Session, qtbot: QtBot, tab: str = "summary") -> PatternsPage:
    return shown_tab(session, qtbot, tab)


def patterns_of_100_baskets(*rules: BasketRule) -> BasketPatterns:
    counts = np.array([20, 40])
    return BasketPatterns(100, Fraction(5, 100), 5, Fraction(0), counts, rules, pairs=(), note="")


def texts(grid: HeatTable) -> list[list[str]]:
    return [[cell.text for cell in row] for row in grid.matrix.cells]


def state_words(card: PartCard) -> str:
    state = card.states.state
    assert isinstance(state, EmptyState)
    return " ".join(label.text() for label in state.findChildren(type(card.title_label)))


def short_book(path: Path, *, last: str = "2026-04-07") -> Path:
    """Two customers who order in two neighbouring quarters, each once."""
    builder = BookBuilder(path)
    for day, name in (("2026-03-03", "Dot"), (last, "Eve")):
        builder.document(day, builder.customer(name), (1000, 400), number=day)
    builder.book.close()
    return path


def test_every_tab_shows_something_on_a_small_book(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    for key, _title in TABS:
        page.show_tab(key)
        assert opened.jobs.wait_idle(60_000)
        assert page.stack.currentWidget() is page.tab(key)
        for card in page.tab(key).cards:
            found = page.parts.found(card.part.key)
            assert found is not None
            found = found if isinstance(found, NotEnough) else card.own(found)
            assert (card.states.state is None) == (not isinstance(found, NotEnough))


def test_three_customers_are_scored_in_one_bin_and_a_cell_opens_them(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "scores")
    grid = card_of(page, "scores", GridCard).grid
    # Three customers are too few for two bins of two: all of them stand in the middle.
    cell = grid.matrix.cells[2][3]
    assert (cell.text, cell.below) == ("3", "$200")
    assert [row[0].text for row in grid.matrix.cells[:5]] == ["R5", "R4", "R3", "R2", "R1"]
    assert sum(int(cell.text) for row in grid.matrix.cells[:5] for cell in row[1:]) == 3
    asked: list[tuple[str, Any]] = []
    opened.page_requested.connect(lambda key, context: asked.append((key, context)))
    card_of(page, "scores", GridCard)._open_chosen()  # the strongest cell is chosen from the start
    assert [(key, len(context["customer_ids"])) for key, context in asked] == [("customers", 3)]


def test_the_grid_says_what_the_chosen_cell_holds(opened: Session, qtbot: QtBot) -> None:
    card = card_of(shown(opened, qtbot, "scores"), "scores", GridCard)
    assert card.name.text() == "R3 F3:"
    assert card.words.full_text() == "3 customers, $200 revenue (100.0%), net $91"
    card.grid.choose(0, 1)
    assert card.words.full_text() == "0 customers, $0 revenue (0.0%)"
    assert card.show_button.isHidden()


def test_the_grid_copies_with_its_names(opened: Session, qtbot: QtBot) -> None:
    grid = card_of(shown(opened, qtbot, "scores"), "scores", GridCard).grid
    assert grid.copied().splitlines()[3] == "R3\t0\t0\t3\t0\t0"


def test_segments_by_score_add_up_to_who_ordered(opened: Session, qtbot: QtBot) -> None:
    model = card_of(shown(opened, qtbot, "scores"), "scores", NamedSegmentsCard).table.table_model
    rows = model.shown_rows
    assert len(rows) == 11
    assert sum(model.value(row, "customers") for row in rows) == 3
    assert sum(model.value(row, "revenue") for row in rows) == 20000


def test_one_bin_takes_everybody(opened: Session) -> None:
    assert opened.loaded is not None
    scores = scores_of(opened.loaded, SILENT)
    assert not isinstance(scores, NotEnough)
    assert cut_rows(opened.loaded, scores) == {
        "score": ["3"],
        "recency": ["all"],
        "orders": ["all"],
        "revenue": ["all"],
    }
    assert unscored_words(scores, "the year") == "Every customer of the book ordered in the year."


def test_retention_is_classic_or_unbounded_and_blank_where_not_reached(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "retention")
    card: Any = page.tab("retention").cards[0]
    # Ann began in 2024 Q4 and came again in 2026 Q3 and Q4; Cy began in 2026 Q1, Bob in 2026 Q4.
    rows = texts(card.grid)
    assert rows[0] == ["2024 Q4", "1", "100", "0", "0", "0", "0", "0", "0", "100", "100"]
    assert rows[1] == ["2026 Q1", "1", "100", "0", "0", "0", "", "", "", "", ""]
    assert rows[2][:4] == ["2026 Q4", "1", "100", ""]
    assert rows[3][:4] == ["Weighted average", "3", "100", "0"]
    assert (
        "1 of 1 customers ordered in 2026 Q3, 100.0%. Net revenue $50."
        in card.grid.matrix.cells[0][9].tooltip
    )
    card.kind.set_current("unbounded")
    card.kind.chosen.emit("unbounded")
    assert texts(card.grid)[0][2:] == ["100"] * 9


def test_retention_by_month_and_in_money(opened: Session, qtbot: QtBot) -> None:
    card: Any = shown(opened, qtbot, "retention").tab("retention").cards[0]
    for switch, key in ((card.step, "month"), (card.shows, "revenue")):
        switch.set_current(key)
        switch.chosen.emit(key)
    rows = texts(card.grid)
    assert rows[0][:3] == ["Nov 2024", "1", "$80"]
    assert rows[0][-1] == "$100"  # Ann in October 2026, the 24th month
    assert rows[-1][:3] == ["All cohorts", "3", "$130"]  # 80 of Ann, 30 of Cy, 20 of Bob


def test_a_cell_of_the_triangle_opens_who_came_back(opened: Session, qtbot: QtBot) -> None:
    card: Any = shown(opened, qtbot, "retention").tab("retention").cards[0]
    assert opened.loaded is not None
    ann = int(opened.loaded.figures.facts.customers["customer_id"].iloc[0])
    assert card.grid.matrix.cells[0][9].payload() == ([ann], "First order 2024 Q4, 2026 Q3")
    assert card.grid.matrix.cells[0][4].payload is None


def test_too_few_months_are_said(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.open_book(short_book(tmp_path / "short.quintile"))
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot, "retention")
    words = state_words(page.tab("retention").cards[0])
    assert "3 months of orders are needed, there are 2" in words
    assert session.loaded is not None
    season = season_of(session.loaded, SILENT)
    assert isinstance(season, NotEnough)
    assert season.need == 24


def test_months_stand_for_quarters_where_these_are_too_few(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    session.open_book(short_book(tmp_path / "short.quintile", last="2026-05-07"))
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot, "retention")
    card: Any = page.tab("retention").cards[0]
    # Dot began in March and Eve in May; neither came again.
    assert [row[:5] for row in texts(card.grid)[:2]] == [
        ["Mar 2026", "1", "100", "0", "0"],
        ["May 2026", "1", "100", "", ""],
    ]
    assert card.step.current == "month"
    assert not card.step.button("quarter").isEnabled()
    assert "4 quarters of orders are needed, there are 2" in card.step.button("quarter").toolTip()
    QTest.keyClick(card.step, Qt.Key.Key_Left)
    assert card.step.current == "month"
    page.show_tab("summary")
    assert session.jobs.wait_idle(60_000)
    summary = card_of(page, "summary", RetentionSummaryCard)
    assert summary.title_label.text() == "Retention by first-order month"
    assert texts(summary.grid)[0][:3] == ["Mar 2026", "1", "100"]
    assert summary.note.text() == "All dates up to 31 May 2026. First row: may be older customers."


def test_an_empty_book_says_what_to_do(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    BookBuilder(tmp_path / "empty.quintile").book.close()
    session.open_book(tmp_path / "empty.quintile")
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot)
    assert isinstance(page.states.state, EmptyState)


def test_a_part_that_was_stopped_can_be_asked_for_again(opened: Session, qtbot: QtBot) -> None:
    page = PatternsPage(opened)
    qtbot.addWidget(page)
    page.show()
    page.show_tab("retention")
    page.parts.cancel(RETENTION.key)
    assert opened.jobs.wait_idle(60_000)
    card = page.tab("retention").cards[0]
    assert "Stopped" in state_words(card)
    card.ask()
    assert opened.jobs.wait_idle(60_000)
    assert card.states.state is None


def test_other_figures_are_worked_out_anew(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot, "scores")
    before = page.parts.found(SCORES.key)
    opened.step_period(-1)
    assert opened.jobs.wait_idle(60_000)
    assert page.parts.found(SCORES.key) is not before
    # Oct 2025 – Sep 2026: Ann's 50 and Cy's 30.
    assert sum(cell.net_revenue for cell in page.parts.found(SCORES.key).grid.cells) == 8000


def test_gaps_are_the_median_of_medians(opened: Session) -> None:
    assert opened.loaded is not None
    gaps = gaps_of(opened.loaded, SILENT)
    assert not isinstance(gaps, NotEnough)
    # Only Ann ordered again: after 676 and 25 days.
    assert [gap.days for gap in gaps if gap.customers] == [350.5]
    assert all(gap.days is None for gap in gaps if not gap.customers)


def test_a_pair_is_told_from_its_rarer_item() -> None:
    found = patterns_of_100_baskets(CAKE_THEN_TEA, TEA_THEN_CAKE)
    pairs = one_each_pair(found.rules)
    assert pairs == (TEA_THEN_CAKE,)
    rows = rule_rows(pairs, ["Tea", "Cake"])
    assert rows == {"first": ["Tea"], "then": ["Cake"], "orders": [10], "of_first": [0.5], "lift": [1.25]}
    words = together_note(found, date(2026, 10, 31))
    assert words.startswith("100 orders with items, all dates up to 31 Oct 2026. All shares are listed")
    assert "seen in at least 5 of them" in words
    short = short_together_note(found, date(2026, 10, 31))
    assert short.startswith("100 orders, all dates up to 31 Oct 2026; pairs in at least 5.")
    assert together_note(patterns_of_100_baskets(), date(2026, 10, 31)) == (
        "No two items are together in 5 of 100 orders with items, all dates up to 31 Oct 2026, or more."
    )


def test_lift_is_explained_with_its_figures() -> None:
    words = lift_working(TEA_THEN_CAKE, ["Tea", "Cake"], DOLLARS)
    assert "Share of first: 10 of 20 orders with Tea, 50.0%." in words
    assert "Cake is in 40 of all 100 orders, 40.0%." in words
    assert "50.0% by 40.0% is 1.25" in words


def test_a_formula_without_lost_customers_says_so(opened: Session, qtbot: QtBot) -> None:
    card = card_of(shown(opened, qtbot, "value"), "value", FormulaCard)
    assert "10 customers without an order for 365 days are needed, there are none" in state_words(card)


def test_the_index_chart_as_a_table(qtbot: QtBot) -> None:
    chart = IndexChart(
        ["Jan", "Feb"], [Index(1, 1.2, 1.1, 1.3, 2), Index(2, None, None, None, 0)], name="Season"
    )
    qtbot.addWidget(chart)
    rows = chart.table().rows
    assert list(rows["name"]) == ["Jan", "Feb"]
    assert rows["index"] == [120.0, None]
    assert rows["highest"] == [130.0, None]
    assert chart.part_at(0.1, 100) == 0
    assert chart.part_at(5, 100) == -1


def test_a_bar_down_to_0_has_room_for_its_word(qtbot: QtBot) -> None:
    chart = IndexChart(["Mon", "Sun"], [Index(1, 2.0, 2.0, 2.0, 2), Index(7, 0.0, 0.0, 0.0, 2)], name="Days")
    qtbot.addWidget(chart)
    bottom, top = chart.plot.getPlotItem().getViewBox().viewRange()[1]
    assert -bottom >= 0.1 * (top - bottom)


def test_retention_needs_the_same_facts_for_both_steps(opened: Session) -> None:
    assert opened.loaded is not None
    found = retention_of(opened.loaded, SILENT)
    assert not isinstance(found, NotEnough)
    assert {int(cohorts.size.sum()) for cohorts in found.by_step.values()} == {3}


def tea_book(path: Path, *, drinks: str = "Drinks", food: str = "Food") -> Path:
    """60 orders of 30 customers: 20 of them buy tea and cake, 10 tea only; each of them twice."""
    builder = BookBuilder(path)
    tea, cake = builder.item("Tea", category=drinks), builder.item("Cake", category=food)
    for number in range(60):
        customer = builder.customer(f"C{number}") if number < 30 else number - 29
        document = builder.document(f"2026-{1 + number // 30 * 3:02d}-05", customer, number=f"I-{number}")
        builder.line(document, net=300, item=tea)
        if number % 3:
            builder.line(document, net=500, item=cake)
    builder.book.close()
    return path


def test_products_show_pairs_mix_and_offers(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    session.open_book(tea_book(tmp_path / "tea.quintile"))
    assert session.jobs.wait_idle(60_000)
    page = shown(session, qtbot, "products")
    rules, mix, offers = page.tab("products").cards
    assert isinstance(rules, RulesCard)
    assert isinstance(mix, MixCard)
    assert isinstance(offers, OffersCard)
    table = rules.table.table_model
    found = {(table.value(r, "first"), table.value(r, "then")): r for r in table.shown_rows}
    # Tea is in all 60 orders, cake in 40: who buys cake always buys tea, which is chance.
    assert [table.value(found["Cake", "Tea"], key) for key in ("orders", "of_first", "lift")] == [
        40,
        1.0,
        1.0,
    ]
    assert table.value(found["Tea", "Cake"], "of_first") == 40 / 60
    model = mix.table.table_model
    assert [(model.value(r, "name"), model.value(r, "revenue")) for r in model.shown_rows] == [
        ("Food", 20000),
        ("Drinks", 18000),
    ]
    for view, first in (("items", ("Cake", 20)), ("first", ("Cake", 20))):
        mix.views.set_current(view)
        mix.views.chosen.emit(view)
        count = "customers" if view == "items" else "began"
        assert (model.value(0, "name"), model.value(0, count)) == first
    assert "Nothing is bought by their like" in " ".join(
        label.text() for label in offers.offers.findChildren(TextLabel)
    )


def mix_card(session: Session, qtbot: QtBot, book: Path) -> MixCard:
    session.open_book(book)
    assert session.jobs.wait_idle(60_000)
    mix = card_of(shown(session, qtbot, "products"), "products", MixCard)
    assert isinstance(mix, MixCard)
    return mix


def test_items_show_first_where_no_item_has_a_category(
    session: Session, qtbot: QtBot, tmp_path: Path
) -> None:
    mix = mix_card(session, qtbot, tea_book(tmp_path / "tea.quintile", drinks="", food=""))
    assert mix.views.current == "items"
    assert not mix.views.button("categories").isEnabled()
    assert mix.table.table_model.value(0, "name") == "Cake"


def test_items_without_a_category_are_explained(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    mix = mix_card(session, qtbot, tea_book(tmp_path / "tea.quintile", drinks=""))
    model = mix.table.table_model
    explain = model.columns[0].tooltip
    assert explain is not None
    words = {model.value(row, "name"): explain(row) for row in model.shown_rows}
    assert words["Food"] == ""
    assert words["No category"].startswith("Items without a category")


def test_scores_and_lifetime_value_have_topics_of_their_own(opened: Session, qtbot: QtBot) -> None:
    page = shown(opened, qtbot)
    topics = [page.help_topic]
    for tab in ("scores", "value"):
        page.show_tab(tab)
        topics.append(page.help_topic)
    assert opened.jobs.wait_idle(60_000)
    assert topics == ["patterns", "scores", "lifetime-value"]
    assert set(topics) <= set(TOPICS)
