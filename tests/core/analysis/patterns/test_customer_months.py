from pathlib import Path

from core.analysis.patterns.customer_months import customer_months
from core.period import parse_period
from tests.core.builders import BookBuilder

MONTHS = list(parse_period("2026-08..2026-10").months())


def test_each_customer_has_the_sum_of_each_month(tmp_path: Path) -> None:
    builder = BookBuilder(tmp_path / "book.quintile")
    ann, bob = builder.customer("Ann"), builder.customer("Bob")
    builder.document("2026-07-31", ann, (900, 1))  # before the first month
    builder.document("2026-08-01", ann, (100, 10), (50, 5))
    builder.document("2026-10-31", ann, (30, 3))
    builder.document("2026-10-02", ann, (-10, -1), kind="credit note")
    builder.document("2026-09-15", bob, (70, None))
    builder.document("2026-09-15", None, (5000, 1))  # on nobody
    builder.document("2026-11-01", bob, (800, 1))  # after the last month
    facts = builder.facts("2026-10", as_of="2026-11-30")
    assert customer_months(facts, MONTHS).tolist() == [[150, 0, 20], [0, 70, 0]]
    assert customer_months(facts, MONTHS, column="cost").tolist() == [[15, 0, 2], [0, 0, 0]]


def test_a_book_without_customers_has_no_rows(tmp_path: Path) -> None:
    facts = BookBuilder(tmp_path / "book.quintile").facts()
    assert customer_months(facts, MONTHS).shape == (0, 3)
