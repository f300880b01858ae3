"""Purchase patterns of whole books, worked out by hand.

Ten customers C0 to C9: Ck ordered on k + 1 days, 30 days apart, for 10.00 each, the last time 10 × (10 - k) days
before the end of October 2026. So the later letters order more often, more lately and for more.
"""

from collections.abc import Iterator
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from core.analysis.metric_shelf import customer_metrics
from core.analysis.patterns.churn import Risk
from core.analysis.patterns.lifetime_terms import LifetimeChoice, LifetimeTerms
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.repeat_purchases import TimeUnit
from core.analysis.patterns.rfm_choice import changes_as_text, changes_of, choice_of, rule_key
from core.analysis.patterns.rfm_rules import Rule
from core.analysis.patterns.rfm_table import TABLE
from core.errors import UsageError
from core.period import EVERYTHING, parse_period
from core.progress import Cancelled, Silent
from core.store import events
from core.store.digest import business_digest
from core.store.settings import write_setting
from core.usecases.books import change_settings, settings_of
from core.usecases.patterns import (
    Part,
    PatternChoice,
    Patterns,
    RfmPatterns,
    choose_rfm,
    lifetime_terms,
    load_patterns,
    pattern_facts,
)
from core.usecases.patterns_lifetime import hold_out, lifetime_patterns
from core.usecases.patterns_products import BasketChoice, BasketPatterns, basket_patterns, product_patterns
from tests.core.builders import BookBuilder

AS_OF = date(2026, 10, 31)


@pytest.fixture
def books(tmp_path: Path) -> Iterator[BookBuilder]:
    builder = BookBuilder(tmp_path / "a.quintile")
    yield builder
    builder.book.close()


@pytest.fixture
def ten(books: BookBuilder) -> BookBuilder:
    for k in range(10):
        customer = books.customer(f"C{k}")
        for order in range(k + 1):
            day = AS_OF - timedelta(days=10 * (10 - k) + 30 * order)
            books.document(day.isoformat(), customer, (1000, None))
    return books


def scored(found: Patterns) -> RfmPatterns:
    assert isinstance(found.rfm, RfmPatterns)
    return found.rfm


def test_ten_customers_fill_five_bins_of_two(ten: BookBuilder) -> None:
    found = scored(load_patterns(ten.book, as_of=AS_OF, parts=[Part.RFM]))
    for scores in (found.scored.r, found.scored.f, found.scored.m):
        assert scores.tolist() == [1, 1, 2, 2, 3, 3, 4, 4, 5, 5]
    assert found.scored.recency_cuts == (90, 70, 50, 30)
    assert found.scored.frequency_cuts == (2, 4, 6, 8)
    assert found.scored.monetary_cuts == (2000, 4000, 6000, 8000)
    best = found.grid.cells[4]
    assert (best.r, best.f, best.customers, best.net_revenue) == (5, 5, 2, 19000)
    assert best.revenue_share.denominator == 55000


def test_bins_and_rule_can_be_asked_for_once(ten: BookBuilder) -> None:
    choice = PatternChoice(rfm_rule="quantiles")
    found = scored(load_patterns(ten.book, as_of=AS_OF, choice=choice, parts=[Part.RFM]))
    # Type-7 quintiles of 1 to 10 are 2.8, 4.6, 6.4 and 8.2; one more is where the next bin begins.
    assert found.scored.frequency_cuts == (
        Fraction(38, 10),
        Fraction(56, 10),
        Fraction(74, 10),
        Fraction(92, 10),
    )
    two = scored(load_patterns(ten.book, as_of=AS_OF, choice=PatternChoice(rfm_bins=2), parts=[Part.RFM]))
    assert (two.scored.bins, two.scored.f.tolist()) == (2, [1] * 5 + [5] * 5)
    assert settings_of(ten.book)["rfm_rule"] == "ties"


def test_the_period_decides_who_is_scored(ten: BookBuilder) -> None:
    # In the last 35 days C7, C8 and C9 ordered, once each: C9 also 40 days ago.
    found = scored(load_patterns(ten.book, parse_period("2026-10"), parts=[Part.RFM]))
    assert found.scored.f.notna().tolist() == [False] * 7 + [True] * 3
    assert found.scored.note == "3 customers with an order: scored in 1 of 5 bins, spread over 1 to 5."


def test_cadence_and_churn_agree_on_who_is_late(ten: BookBuilder) -> None:
    found = load_patterns(ten.book, as_of=AS_OF, parts=[Part.CADENCE, Part.CHURN])
    assert found.cadence is not None
    assert found.churn is not None
    assert not isinstance(found.cadence, NotEnough)
    assert not isinstance(found.churn, NotEnough)
    states = found.cadence.customers["state"]
    assert states.iloc[3] == "long overdue"  # 70 days after the last order, at a gap of 30
    assert states.iloc[9] == "not due yet"
    assert found.churn.risk.isna().tolist() == [True, True] + [False] * 8  # one and two order days
    assert [found.churn.count(risk) for risk in Risk] == [4, 4, 0]  # 80, 70, 60, 50 days: above 45
    assert found.churn.evidence(3) == "The last order was 70 days ago, 2.3 times the usual gap of 30 days."
    assert found.lifetime is None  # fitted for churn, but not asked for


def test_only_what_was_asked_for_is_there(ten: BookBuilder) -> None:
    found = load_patterns(ten.book, as_of=AS_OF, parts=[Part.CONCENTRATION])
    assert found.concentration is not None
    assert [found.rfm, found.cadence, found.seasonality, found.retention, found.products] == [None] * 5
    assert [found.lifetime, found.churn, found.clusters] == [None] * 3


def test_every_part_of_an_empty_book_says_what_is_missing(books: BookBuilder) -> None:
    found = load_patterns(books.book, as_of=AS_OF)
    assert found.facts.period == EVERYTHING
    orders = NotEnough(0, 1, "customers with an order")
    in_period = NotEnough(0, 1, "customers with an order in the period")
    assert (found.rfm, found.concentration) == (in_period, in_period)
    assert (found.cadence, found.retention, found.churn) == (orders, orders, orders)
    assert found.seasonality == NotEnough(0, 24, "full months")
    assert found.products == NotEnough(0, 1, "named items")
    assert found.clusters == NotEnough(0, 20, "customers with an order in the period")
    assert found.lifetime is not None
    assert found.lifetime.value == NotEnough(0, 20, "customers who ordered again")
    assert found.lifetime.frequency == found.lifetime.value
    assert found.lifetime.hold_out == NotEnough(0, 1, "customers with an order")


def test_one_customer_is_scored_in_the_middle(books: BookBuilder) -> None:
    books.document("2026-10-31", books.customer("Solo"), (1000, None))
    found = load_patterns(books.book, as_of=AS_OF)
    assert scored(found).scored.segment.tolist() == [TABLE[3, 3, 3]]
    assert found.clusters == NotEnough(1, 20, "customers with an order in the period")
    assert found.lifetime is not None
    # The first order is on the as-of date: nothing happened before the day the hold-out begins.
    assert found.lifetime.hold_out == NotEnough(0, 1, "customers with an order up to 2026-10-30")
    assert not isinstance(found.retention, NotEnough)


def test_a_customer_with_only_credits_has_no_pattern(books: BookBuilder) -> None:
    books.document("2026-10-01", books.customer("Returns"), (-1000, None), kind="credit note")
    found = load_patterns(books.book, as_of=AS_OF, parts=[Part.RFM, Part.COHORTS])
    assert found.rfm == NotEnough(0, 1, "customers with an order in the period")
    assert found.retention == NotEnough(0, 1, "customers with an order")


def test_twenty_customers_are_enough_for_groups_and_a_fit(books: BookBuilder) -> None:
    twice(books, 20)
    found = load_patterns(books.book, as_of=AS_OF, parts=[Part.LIFETIME, Part.CLUSTERS])
    assert not isinstance(found.clusters, NotEnough)
    assert found.lifetime is not None
    assert not isinstance(found.lifetime.value, NotEnough)
    assert "Only 20 customers ordered again" in " ".join(found.lifetime.value.warnings)
    assert not isinstance(found.lifetime.frequency, NotEnough)
    assert int(found.lifetime.frequency.actual.sum()) == 20


def test_nineteen_are_not(books: BookBuilder) -> None:
    twice(books, 19)
    found = load_patterns(books.book, as_of=AS_OF, parts=[Part.LIFETIME, Part.CLUSTERS])
    assert found.clusters == NotEnough(19, 20, "customers with an order in the period")
    assert found.lifetime is not None
    assert found.lifetime.value == NotEnough(19, 20, "customers who ordered again")


def twice(books: BookBuilder, count: int) -> None:
    """So many customers who ordered twice or more, in the first months of 2026."""
    for number in range(count):
        customer = books.customer(f"Customer {number:02d}")
        for order in range(2 + number % 3):
            day = date(2026, 1, 1 + number) + timedelta(days=(20 + number) * order)
            books.document(day.isoformat(), customer, (1000 + 100 * number + 50 * order, None))


def test_the_hold_out_ends_the_fit_early_and_counts_what_came_after(books: BookBuilder) -> None:
    twice(books, 20)
    facts = pattern_facts(books.book, as_of=AS_OF)
    until = date(2026, 4, 30)
    found = hold_out(facts, LifetimeTerms(until=until))
    assert not isinstance(found, NotEnough)
    assert found.until == until
    # Beyond the 119th day of the year are the third and fourth orders with 2 × (20 + n) + n > 119, that is n > 26
    # (none), and the fourth ones with 3 × (20 + n) + n > 119, that is n of 15 or more: only of 17.
    later = (found.by_frequency.customers * found.by_frequency.actual)[found.by_frequency.customers > 0]
    assert later.sum() == pytest.approx(1)
    # Two thirds of the 303 days from New Year to the end of October are 202.
    usual = hold_out(facts)
    assert not isinstance(usual, NotEnough)
    assert usual.until == date(2026, 1, 1) + timedelta(days=202)
    with pytest.raises(UsageError, match="leaves nothing to compare with"):
        hold_out(facts, LifetimeTerms(until=AS_OF))


def test_the_model_is_the_books_own_unless_another_is_asked_for(books: BookBuilder) -> None:
    assert lifetime_terms(books.book, LifetimeChoice()).model == "bg_nbd"
    change_settings(books.book, {"lifetime_model": "pareto_nbd"})
    assert lifetime_terms(books.book, LifetimeChoice()).model == "pareto_nbd"
    asked = LifetimeChoice(model="bg_nbd", unit="days")
    assert lifetime_terms(books.book, asked) == LifetimeTerms("bg_nbd", unit="days")
    with pytest.raises(UsageError, match="no model 'crystal ball'; there are bg_nbd, pareto_nbd"):
        change_settings(books.book, {"lifetime_model": "crystal ball"})
    write_setting(books.book.connection, "lifetime_model", "dice")
    with pytest.raises(UsageError, match="There is no model 'dice'; there are bg_nbd, pareto_nbd"):
        load_patterns(books.book, as_of=AS_OF, parts=[Part.LIFETIME])


def test_a_fit_uses_the_model_and_the_time_asked_for(books: BookBuilder) -> None:
    twice(books, 20)
    weeks, days = (
        load_patterns(
            books.book,
            as_of=AS_OF,
            choice=PatternChoice(lifetime=LifetimeChoice(unit=unit)),
            parts=[Part.LIFETIME],
        ).lifetime
        for unit in get_args(TimeUnit)
    )
    assert weeks is not None
    assert days is not None
    assert not isinstance(weeks.value, NotEnough)
    assert not isinstance(days.value, NotEnough)
    assert {weeks.value.purchases.unit, days.value.purchases.unit} == {"weeks", "days"}
    assert weeks.value.orders.names == ("r", "alpha", "a", "b")


def test_the_value_so_far_and_the_formula_stand_without_a_model(books: BookBuilder) -> None:
    ann = books.customer("Ann")
    books.document("2026-10-01", ann, (1000, 400))
    books.document("2026-10-02", ann, (-300, -100), kind="credit note")
    found = lifetime_patterns(pattern_facts(books.book, as_of=AS_OF))
    assert found.historic["net_revenue"].tolist() == [700]
    assert found.historic["gross_profit"].tolist() == [400]
    assert found.simple == NotEnough(0, 10, "customers without an order for 365 days")


def shop(books: BookBuilder, receipts: int = 20) -> None:
    """Bread with butter 8 times, bread alone 2, butter alone 4, milk the rest."""
    bread, butter, milk = (books.item(code, category="Food") for code in ("Bread", "Butter", "Milk"))
    baskets = [(bread, butter)] * 8 + [(bread,)] * 2 + [(butter,)] * 4 + [(milk,)] * (receipts - 14)
    for basket in baskets:
        document = books.document("2026-10-05", None, kind="sales receipt")
        for item in basket:
            books.line(document, net=100, item=item)


def test_what_is_bought_together_is_told_from_five_orders_on(books: BookBuilder) -> None:
    shop(books)
    found = basket_patterns(pattern_facts(books.book, as_of=AS_OF))
    assert isinstance(found, BasketPatterns)
    assert (found.baskets, found.support, found.least) == (20, Fraction(1, 4), 5)
    assert found.note == "Told from 5 orders on: fewer may be chance."
    rules = [(rule.antecedent, rule.consequent, rule.count, rule.antecedent_count) for rule in found.rules]
    assert rules == [((0,), 1, 8, 10), ((1,), 0, 8, 12)]
    [pair] = found.pairs
    assert (pair.items, pair.count, found.lift(pair)) == ((0, 1), 8, 8 * 20 / (10 * 12))


def test_eight_of_ten_reach_80_percent_and_no_more(books: BookBuilder) -> None:
    shop(books)
    facts = pattern_facts(books.book, as_of=AS_OF)
    for confidence, rules in ((Fraction(8, 10), 1), (Fraction(801, 1000), 0)):
        found = basket_patterns(facts, BasketChoice(Fraction(1, 20), confidence))
        assert isinstance(found, BasketPatterns)
        assert (len(found.rules), found.least, found.note) == (rules, 1, "")


def test_too_much_to_list_raises_the_support(books: BookBuilder, monkeypatch: pytest.MonkeyPatch) -> None:
    shop(books)
    monkeypatch.setattr("core.analysis.patterns.baskets.MOST_SETS", 3)
    found = basket_patterns(pattern_facts(books.book, as_of=AS_OF))
    assert isinstance(found, BasketPatterns)
    # A quarter: bread, butter, milk and both, four sets. Half: bread and butter alone.
    assert (found.support, found.pairs) == (Fraction(1, 2), ())
    assert found.note == "Only what is in 50.0% of the orders: below that there is too much to list."


def test_nineteen_baskets_are_too_few(books: BookBuilder) -> None:
    shop(books, 19)
    found = product_patterns(pattern_facts(books.book, as_of=AS_OF))
    assert not isinstance(found, NotEnough)
    assert found.baskets == NotEnough(19, 20, "orders with named items")
    assert found.offers == NotEnough(0, 1, "customers with an order in the period")
    assert found.categories["net_revenue"].to_dict() == {"Food": 0}  # counter sales are no customer's mix


def test_a_segment_is_offered_what_its_like_buy(books: BookBuilder) -> None:
    # 20 customers buy bread and 11 of them butter too: the other nine are offered butter. Ten more buy milk only.
    bread, butter, milk = (books.item(code) for code in ("Bread", "Butter", "Milk"))
    for number in range(30):
        document = books.document("2026-10-05", books.customer(f"Customer {number:02d}"))
        books.line(document, net=100, item=bread if number < 20 else milk)
        if number < 11:
            books.line(document, net=100, item=butter)
    found = product_patterns(pattern_facts(books.book, as_of=AS_OF))
    assert not isinstance(found, NotEnough)
    assert not isinstance(found.offers, NotEnough)
    offers = [
        offer for segment in found.offers if isinstance(segment.offers, tuple) for offer in segment.offers
    ]
    assert sum(offer.members for offer in offers) == 9
    assert {(offer.item, offer.because) for offer in offers} == {(1, 0)}
    assert {(offer.like.numerator, offer.like.denominator) for offer in offers} == {(11, 20)}


def test_customers_who_name_no_items_get_no_offers(ten: BookBuilder) -> None:
    ten.item("Bread")
    found = product_patterns(pattern_facts(ten.book, as_of=AS_OF))
    assert not isinstance(found, NotEnough)
    assert found.offers == NotEnough(0, 20, "customers who bought named items")


def test_the_choice_of_scores_is_kept_and_holds_for_every_figure(ten: BookBuilder) -> None:
    choose_rfm(ten.book, bins=4, rule="quantiles", table={(5, 5, 5): " Stars "})
    kept = pattern_facts(ten.book, as_of=AS_OF)
    assert (kept.rfm_choice.bins, kept.rfm_choice.rule) == (4, Rule.QUANTILES_PLUS_ONE)
    assert (kept.rfm_choice.table[5, 5, 5], kept.rfm_choice.table[1, 1, 1]) == ("Stars", "Lost")
    assert customer_metrics(kept)["rfm_segment"].tolist()[-1] == "Stars"
    event = events.events(ten.book.connection)[0]
    assert event.action == "settings changed"
    assert event.detail["rfm_table"] == ["", '{"555": "Stars"}']
    choose_rfm(ten.book, table={})
    assert pattern_facts(ten.book, as_of=AS_OF).rfm_choice.table == TABLE
    assert settings_of(ten.book)["rfm_bins"] == "4"


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("rfm_bins", "9", "Scores take 2 to 5 bins, not 9."),
        ("rfm_bins", "many", "Scores take 2 to 5 bins, not 'many'."),
        ("rfm_rule", "luck", "'luck' is no rule for scores; write ties or quantiles."),
        ("rfm_table", '{"611": "Gone"}', "look at (6, 1, 1)"),
        ("rfm_table", '{"111": " "}', "look at (1, 1, 1)"),
        ("rfm_table", '{"11": "Gone"}', "The names of scores are written as"),
        ("rfm_table", '{"111": 5}', "The names of scores are written as"),
        ("rfm_table", "[1]", "The names of scores are written as"),
        ("rfm_table", "Gone", "The names of scores are written as"),
    ],
)
def test_a_choice_that_means_nothing_is_refused(ten: BookBuilder, name: str, value: str, words: str) -> None:
    before = business_digest(ten.book.connection), settings_of(ten.book)
    with pytest.raises(UsageError) as refusal:
        change_settings(ten.book, {name: value})
    assert words in str(refusal.value)
    assert (business_digest(ten.book.connection), settings_of(ten.book)) == before


def test_a_choice_comes_back_as_it_was_written() -> None:
    changes = {(1, 2, 3): "Ünder", (5, 5, 5): "Stars"}
    assert changes_of(changes_as_text(changes)) == changes
    found = choice_of({"rfm_bins": "3", "rfm_rule": "quantiles", "rfm_table": changes_as_text(changes)})
    assert (found.bins, rule_key(found.rule), found.table[1, 2, 3]) == (3, "quantiles", "Ünder")


class Stops(Silent):
    """Asks to stop at the first step that says so."""

    def __init__(self, word: str) -> None:
        self.word = word

    def step(self, message: str) -> None:
        if self.word in message:
            raise Cancelled


@pytest.mark.parametrize(
    "word",
    ["Reading", "Scoring", "regularly", "season", "hangs", "first order", "bought", "Fitting", "resemble"],
)
def test_the_work_can_be_stopped_before_each_part(ten: BookBuilder, word: str) -> None:
    ten.item("Bread")
    with pytest.raises(Cancelled):
        load_patterns(ten.book, as_of=AS_OF, progress=Stops(word))
