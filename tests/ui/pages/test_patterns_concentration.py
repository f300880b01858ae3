"""The Concentration tab over a book that can be worked out by hand."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from core.usecases.books import settings_of
from tests.core.builders import BookBuilder
from tests.ui import patterns_page
from tests.ui.patterns_page import shown_tab
from ui.models.column import WHOLE_DOLLARS
from ui.pages.patterns import PatternsPage
from ui.pages.patterns_concentration import ClassesCard, LargestCard, ParetoCard, SpreadCard, YearsCard
from ui.pages.patterns_concentration_chart import ParetoChart
from ui.pages.patterns_concentration_data import gini_word, hhi_word
from ui.session import Session
from ui.widgets.cards import MiniFigure
from ui.widgets.states import EmptyState

NETS = (50_000, 30_000, 10_000, 6_000, 4_000)


def five_customers(path: Path) -> Path:
    """Five customers bring 500, 300, 100, 60 and 40; a sixth only gave back 9; half of each sale is cost."""
    builder = BookBuilder(path)
    for number, net in enumerate(NETS):
        customer = builder.customer(f"C{number}")
        builder.document("2026-03-05", customer, (net, net // 2), number=f"I-{number}")
    credit = builder.customer("Gone")
    builder.document("2026-03-09", credit, (-900, -500), number="N-1", kind="credit note")
    builder.book.close()
    return path


@pytest.fixture
def page(session: Session, qtbot: QtBot, tmp_path: Path) -> PatternsPage:
    return shown(session, qtbot, five_customers(tmp_path / "five.quintile"))


def shown(session: Session, qtbot: QtBot, path: Path) -> PatternsPage:
    return shown_tab(session, qtbot, "concentration", path)


def card_of(page: PatternsPage, kind: type[Any]) -> Any:
    return patterns_page.card_of(page, "concentration", kind)


def rows_of(table: Any) -> list[tuple[Any, ...]]:
    model = table.table_model
    return [tuple(model.value(row, column.key) for column in model.columns) for row in model.shown_rows]


def asked_of(page: PatternsPage) -> list[tuple[str, Any]]:
    asked: list[tuple[str, Any]] = []
    page.session.page_requested.connect(lambda key, context: asked.append((key, context)))
    return asked


def names_of(session: Session, numbers: list[int]) -> list[str]:
    assert session.loaded is not None
    customers = session.loaded.figures.facts.customers.set_index("customer_id")["name"]
    return [str(customers[number]) for number in numbers]


def figure(widget: MiniFigure) -> str:
    return widget.accessibleName()


def test_the_tab_begins_with_one_sentence(page: PatternsPage) -> None:
    tab: Any = page.tab("concentration")
    # All five are fewer than ten: the largest brings 500 of 1,000, which is half.
    assert tab.sentence.text() == "The largest of 5 customers brings 50.0% of revenue."


def test_the_classes_add_up_and_a_row_opens_its_customers(page: PatternsPage) -> None:
    card = card_of(page, ClassesCard)
    assert rows_of(card.table.table) == [
        ("A: the first 80%", 2, 80_000, 0.8),
        ("B: up to 95%", 2, 16_000, 0.16),
        ("C: the rest", 1, 4_000, 0.04),
    ]
    asked = asked_of(page)
    card.table.table.open_asked.emit(1)
    key, context = asked[0]
    assert (key, context["title"]) == ("customers", "ABC class B")
    assert names_of(page.session, context["customer_ids"]) == ["C2", "C3"]


def test_other_ends_are_kept_with_the_book_and_hold_everywhere(page: PatternsPage) -> None:
    session, card = page.session, card_of(page, ClassesCard)
    card.ends.fields["A"].setValue(50)
    card.ends.fields["B"].setValue(90)
    card.ends.keep()
    assert session.jobs.wait_idle(60_000)
    assert session.book is not None
    settings = settings_of(session.book)
    assert (settings["abc_a_percent"], settings["abc_b_percent"]) == ("50", "90")
    counts = [row[:2] for row in rows_of(card.table.table)]
    # 500 reach a half; 300 and 100 reach 90%; 60 and 40 are the rest.
    assert counts == [("A: the first 50%", 1), ("B: up to 90%", 2), ("C: the rest", 2)]
    assert session.figures is not None
    classes = session.figures.metrics["abc_class"].fillna("-").tolist()
    assert classes == ["A", "B", "B", "C", "C", "-"]
    card.ends._save((80, 95), None)  # what Undo does
    assert session.jobs.wait_idle(60_000)
    assert card.ends.chosen == (80, 95)
    assert rows_of(card.table.table)[0][:2] == ("A: the first 80%", 2)


def test_one_end_cannot_cross_the_other(page: PatternsPage) -> None:
    ends = card_of(page, ClassesCard).ends
    ends.fields["B"].setValue(60)
    assert ends.chosen == (80, 81)
    ends.fields["A"].setValue(99)
    assert ends.chosen == (80, 81)


def test_the_largest_are_listed_as_far_as_there_are_so_many(page: PatternsPage) -> None:
    card = card_of(page, LargestCard)
    assert rows_of(card.table) == [
        ("Largest: C0", 1, 50_000, 0.5),
        ("All 5 customers", 5, 100_000, 1.0),
        ("Largest fifth", 1, 50_000, 0.5),
    ]
    asked = asked_of(page)
    card.table.open_asked.emit(2)
    assert names_of(page.session, asked[0][1]["customer_ids"]) == ["C0"]
    assert card._names(1).splitlines() == ["C0", "C1", "C2", "C3", "C4"]


def test_single_figures_have_plain_words(page: PatternsPage) -> None:
    card = card_of(page, SpreadCard)
    # Gini: 2 (1·40 + 2·60 + 3·100 + 4·300 + 5·500) ÷ (5 · 1,000) − 6 ÷ 5; HHI: .25 + .09 + .01 + .0036 + .0016.
    assert figure(card.gini) == "Gini coefficient 0.46 uneven"
    assert figure(card.hhi) == "Herfindahl index (HHI) 0.355 high"
    # Gross profit 250, 150, 50, 30 and 20; the credit of 9 with its cost of 5 loses 4.
    assert figure(card.peak) == "Peak of profit $500 at customer 5 of 6"
    assert figure(card.enough) == "Make as much as all 5 of 6 make the total"
    assert figure(card.losers) == "Loss makers 1 loses $4"
    assert "100.8% of the total of $496" in card.peak.toolTip()
    assert "Department of Justice" in card.hhi.toolTip()
    asked = asked_of(page)
    card.curve_button.click()
    assert asked == [("profitability", {"view": "customers"})]


def test_whole_years_that_are_missing_are_said(page: PatternsPage) -> None:
    card = card_of(page, YearsCard)
    assert "24 full months are needed" in card.note.text()
    assert card.table.isHidden()


def test_each_whole_year_shows_its_dependence(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "years.quintile")
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    for month in range(24):
        day = f"{2024 + month // 12}-{month % 12 + 1:02d}-01"
        builder.document(day, ann, (300, 100), number=f"A-{month}")
        if month >= 12:
            builder.document(day, bob, (100, 50), number=f"B-{month}")
    builder.document("2025-12-31", ann, (300, 100), number="last")
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "years.quintile")
    card = card_of(page, YearsCard)
    # 2025: Ann 13 × 3, Bob 12 × 1 of 51; Gini 2 (1·12 + 2·39) ÷ (2 · 51) − 3 ÷ 2 = .26; HHI (12² + 39²) ÷ 51² = .640
    assert rows_of(card.table) == [
        ("Jan 2025 – Dec 2025", 2, 39 / 51, 1.0, 1.0, "0.26", "0.640", 2),
        ("Jan 2024 – Dec 2024", 1, 1.0, 1.0, 1.0, "0.00", "1.000", 1),
    ]
    asked = asked_of(page)
    card.table.open_asked.emit(1)
    assert asked[0][1]["title"] == "80% of revenue in Jan 2024 – Dec 2024"
    assert names_of(session, asked[0][1]["customer_ids"]) == ["Ann"]


def test_a_point_of_the_curve_opens_the_customers_up_to_there(page: PatternsPage) -> None:
    card = card_of(page, ParetoCard)
    assert card.words.full_text() == "2 customers (40.0%) bring $800 (80.0%)."
    asked = asked_of(page)
    card.chart.clicked.emit(card.chart.part_at(59.0, 50.0))  # within the third of five
    assert asked[0][1]["title"] == "The 3 largest customers"
    assert names_of(page.session, asked[0][1]["customer_ids"]) == ["C0", "C1", "C2"]


def test_the_curve_is_walked_with_the_keyboard(page: PatternsPage) -> None:
    card = card_of(page, ParetoCard)
    asked = asked_of(page)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(card.chart, key)
    assert card.words.full_text() == "3 customers (60.0%) bring $900 (90.0%)."
    QTest.keyClick(card.chart, Qt.Key.Key_Home)
    assert card.words.full_text() == "The largest customer (20.0%) brings $500 (50.0%)."
    QTest.keyClick(card.chart, Qt.Key.Key_End)
    QTest.keyClick(card.chart, Qt.Key.Key_Return)
    assert [len(context["customer_ids"]) for _key, context in asked] == [5]


def test_the_curve_as_a_table(qtbot: QtBot) -> None:
    chart = ParetoChart(np.array([75, 100]), name="Pareto", money=WHOLE_DOLLARS)
    qtbot.addWidget(chart)
    assert chart.table().rows == {"rank": [1, 2], "running": [75, 100], "share": [0.75, 1.0]}
    assert (chart.reached, chart.part_at(50, 10), chart.part_at(51, 10), chart.part_at(101, 0)) == (
        1,
        0,
        1,
        -1,
    )
    chart.set_values(np.zeros(0, dtype=np.int64))
    assert (chart.count, chart.part_at(50, 10)) == (0, -1)


def test_a_book_with_only_credits_says_so_once(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "credits.quintile")
    builder.document("2026-03-05", builder.customer("Ann"), (-500, -100), number="N-1", kind="credit note")
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "credits.quintile")
    visible = [card for card in page.tab("concentration").cards if not card.isHidden()]
    assert [type(card) for card in visible] == [ParetoCard]
    state = visible[0].states.state
    assert isinstance(state, EmptyState)
    assert "there are no customers with an order in the period" in " ".join(
        label.text() for label in state.findChildren(type(visible[0].title_label))
    )
    tab: Any = page.tab("concentration")
    assert tab.sentence.isHidden()


def test_a_single_customer_is_all_of_it(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "one.quintile")
    builder.document("2026-03-05", builder.customer("Ann"), (500, 100), number="I-1")
    builder.book.close()
    page = shown(session, qtbot, tmp_path / "one.quintile")
    tab: Any = page.tab("concentration")
    assert tab.sentence.text() == "There is one customer: all revenue comes from it."
    assert rows_of(card_of(page, LargestCard).table)[0] == ("Largest: Ann", 1, 500, 1.0)
    assert figure(card_of(page, SpreadCard).gini) == "Gini coefficient 0.00 one customer"
    assert figure(card_of(page, SpreadCard).losers) == "Loss makers 0 nobody loses money"


def test_the_words_change_at_the_named_thresholds() -> None:
    assert [hhi_word(value) for value in (0.1499, 0.15, 0.25, 0.2501, None)] == [
        "low", "moderate", "moderate", "high", "",
    ]  # fmt: skip
    assert [gini_word(value) for value in (0.39, 0.4, 0.6, 0.61, None)] == [
        "fairly even", "uneven", "uneven", "very uneven", "",
    ]  # fmt: skip


def test_a_read_only_book_keeps_its_ends(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    page = shown(session, qtbot, five_customers(tmp_path / "five.quintile"))
    session.read_only_reason = "Someone else has the book open."
    assert session.loaded is not None
    card_of(page, ClassesCard).ends.show_ends(80, 95)
    for field in card_of(page, ClassesCard).ends.fields.values():
        assert not field.isEnabled()
        assert field.toolTip() == "Someone else has the book open."
    session.read_only_reason = ""


def test_the_tabs_come_before_the_sentence_where_it_is_narrow(page: PatternsPage) -> None:
    assert page.header.sentence == "How often customers buy, when, and whether they come back."
    page.resize(1068, 600)
    assert page.header.sentence == ""
    assert page.minimumSizeHint().width() <= 1068


def test_ends_that_could_not_be_kept_are_not_shown(page: PatternsPage) -> None:
    ends, told = card_of(page, ClassesCard).ends, []
    page.session.message_posted.connect(told.append)
    ends._save((90, 90), None)  # the fields do not allow it; the book refuses it too
    assert page.session.jobs.wait_idle(60_000)
    assert ends.chosen == (80, 95)
    assert len(told) == 1


def test_without_costs_the_figures_of_profit_say_so(session: Session, qtbot: QtBot, tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "costless.quintile")
    for number, net in enumerate(NETS):
        builder.document("2026-03-05", builder.customer(f"C{number}"), (net, None), number=f"I-{number}")
    builder.book.close()
    card = card_of(shown(session, qtbot, tmp_path / "costless.quintile"), SpreadCard)
    for widget in (card.peak, card.enough, card.losers):
        assert figure(widget).endswith("– Costs are not known")
    assert len({widget.y() for widget in (card.gini, card.hhi, card.peak, card.enough, card.losers)}) == 1
