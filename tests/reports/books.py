"""Small books whose report is worked out by hand.

Two customers. In the 12 months to October 2026: Ann bought for 1,200.00 at a cost of 500.00, Bob for 600.00 at a
cost of 500.00; a pool of 300.00 is shared out by orders, one each. In the year before: Ann 1,000.00 at 400.00,
Bob 500.00 at 300.00, pool 100.00. So this year 1,800.00 - 1,000.00 - 300.00 = 500.00 are left (Ann 550.00, Bob
-50.00), and the year before 1,500.00 - 700.00 - 100.00 = 700.00.
"""

from collections.abc import Iterable
from pathlib import Path

from core.period import parse_period
from core.segments.method import Definition, SegmentSpec
from core.segments.rule import Comparison, Condition, all_of
from core.segments.scheme import Scheme
from core.store.book import Book
from core.usecases.segments import save_scheme
from reports.build import ReportOptions, context_of
from reports.content import Block, Columns
from reports.section import Context
from tests.core.builders import BookBuilder

OCTOBER = parse_period("2026-10")
SIZE = Scheme(
    "size",
    "Size",
    "rules",
    Definition(
        (
            SegmentSpec(
                "Big",
                0,
                "Buys for 1,000 or more.",
                all_of(Condition("net_revenue", Comparison.AT_LEAST, ("1000",))),
            ),
            SegmentSpec("Small", 4, "Everyone else.", rank=1),
        )
    ),
)


def two_customers(
    path: Path, *, ledger: bool = True, pools: bool = True, costs: bool = True, year_before: bool = True
) -> Book:
    """The book above, or one that lacks something."""
    made = BookBuilder(path / "two.quintile")
    ann, bob = made.customer("Ann", Type="Café"), made.customer("Bob", Type="Shop")
    sales = [("2026-10-05", ann, 120_000, 50_000, "1003"), ("2026-10-10", bob, 60_000, 50_000, "1004")]
    spent = [("2026-10-31", 30_000)]
    if year_before:
        sales += [("2024-11-15", ann, 100_000, 40_000, "1001"), ("2025-03-01", bob, 50_000, 30_000, "1002")]
        spent += [("2025-03-31", 10_000)]
    for day, customer, net, cost, number in sales:
        made.document(day, customer, (net, cost if costs else None), number=number)
    income, freight = (
        made.account("4000", "income", name="Sales"),
        made.account("6000", "expense", name="Freight"),
    )
    if ledger:
        for day, customer, net, _, number in sales:
            made.posting(day, income, -net, entry=number, customer=customer)
        for day, amount in spent:
            made.posting(day, freight, amount)
    if pools:
        made.pool("Freight", "orders", freight)
    return with_scheme(made)


def one_customer(path: Path, *documents: tuple[str, int, int | None, str], currency: str = "USD") -> Book:
    """A book with one customer and documents of (day, net, cost, kind); no ledger."""
    made = BookBuilder(path / "one.quintile", currency=currency)
    only = made.customer("Only")
    for day, net, cost, kind in documents:
        made.document(day, only, (net, cost), kind=kind)
    return with_scheme(made)


def nobody(path: Path) -> Book:
    """A book without a customer."""
    return with_scheme(BookBuilder(path / "nobody.quintile"))


def with_scheme(made: BookBuilder) -> Book:
    save_scheme(made.book, SIZE)
    return made.book


def asked(book: Book, **options: str) -> Context:
    """What sections ask for October 2026."""
    return context_of(book, OCTOBER, options=ReportOptions(scheme="size", **options))  # type: ignore[arg-type]


def opened(blocks: Iterable[Block]) -> list[Block]:
    """All blocks, those in columns too."""
    found: list[Block] = []
    for block in blocks:
        found += (
            opened(inner for column in block.columns for inner in column)
            if isinstance(block, Columns)
            else [block]
        )
    return found
