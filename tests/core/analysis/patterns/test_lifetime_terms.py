import pytest

from core.analysis.patterns.lifetime_terms import (
    Horizon,
    LifetimeChoice,
    LifetimeTerms,
    kept_terms,
    require_months,
    require_rate,
    terms_of,
)
from core.errors import UsageError
from core.store.settings import DEFAULTS

KEPT = LifetimeTerms("pareto_nbd", "contribution", Horizon(24, 0.05))


def test_a_book_that_was_never_asked_looks_a_year_ahead_at_ten_percent_on_revenue() -> None:
    assert terms_of(DEFAULTS) == LifetimeTerms("bg_nbd", "revenue", Horizon(12, 0.10))


@pytest.mark.parametrize(
    "terms", [LifetimeTerms(), KEPT, LifetimeTerms("bg_nbd", "gross_profit", Horizon(36, 0.0))]
)
def test_what_a_book_keeps_is_read_back(terms: LifetimeTerms) -> None:
    assert set(terms.as_settings()) <= set(DEFAULTS)
    assert terms_of(DEFAULTS | terms.as_settings()) == terms


def test_rates_are_kept_as_short_as_they_are() -> None:
    rates = [LifetimeTerms(horizon=Horizon(12, rate)).as_settings() for rate in (0.0, 0.1, 0.075)]
    assert [kept["lifetime_rate"] for kept in rates] == ["0", "0.1", "0.075"]


def test_what_was_not_asked_for_is_as_the_book_has_it() -> None:
    assert LifetimeChoice().over(KEPT) == KEPT
    asked = LifetimeChoice("bg_nbd", basis="revenue", months=6, yearly_rate=0.0)
    assert asked.over(KEPT) == LifetimeTerms("bg_nbd", "revenue", Horizon(6, 0.0))


@pytest.mark.parametrize(
    ("text", "rate"), [("0.1", 0.1), ("10%", 0.1), (" 7.5 % ", 0.075), ("0", 0.0), ("1/2", 0.5)]
)
def test_a_rate_is_read(text: str, rate: float) -> None:
    assert require_rate(text) == rate


@pytest.mark.parametrize(
    "text", ["10", "0.51", "-0.1", "ten", "", "1/0", "nan", "1e999999999", "1e-999999999"]
)
def test_no_rate(text: str) -> None:
    with pytest.raises(UsageError, match=r"is not a yearly rate; write it as 0\.1 or 10%, from 0 to 50%"):
        require_rate(text)


def test_months_are_read() -> None:
    assert [require_months(text) for text in ("1", "36", "120")] == [1, 36, 120]


@pytest.mark.parametrize("text", ["0", "121", "1.5", "-3", "a year", "²", "1" * 5000])
def test_no_months(text: str) -> None:
    with pytest.raises(UsageError, match="is not a horizon; write whole months from 1 to 120"):
        require_months(text)


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("lifetime_basis", "There is no value in 'dice'; there are revenue, gross_profit, contribution"),
        ("lifetime_model", "There is no model 'dice'"),
        ("lifetime_months", "'dice' is not a horizon"),
        ("lifetime_rate", "'dice' is not a yearly rate"),
    ],
)
def test_a_setting_that_cannot_be_is_said(name: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        terms_of(DEFAULTS | {name: "dice"})


def test_terms_that_a_book_cannot_have_say_how_to_put_them_right() -> None:
    with pytest.raises(UsageError) as refusal:
        kept_terms(DEFAULTS | {"lifetime_rate": "much"})
    assert str(refusal.value) == (
        "How this book looks ahead cannot be read. 'much' is not a yearly rate; write it as 0.1 or 10%, from 0 to "
        "50%. To look ahead as usual again, type: quintile settings BOOK lifetime_model=bg_nbd "
        "lifetime_basis=revenue lifetime_months=12 lifetime_rate=0.1"
    )
    assert kept_terms(DEFAULTS) == terms_of(DEFAULTS)


def test_a_very_small_rate_is_a_rate() -> None:
    assert LifetimeChoice(yearly_rate=0.00001).over(KEPT).horizon.yearly_rate == 0.00001
