from collections.abc import Callable

import pytest

from core.analysis.tie_out import (
    AcceptedDifference,
    Check,
    ItemKind,
    Result,
    TieOut,
    accepted_differences,
    tie_out,
)
from tests.core.builders import BookBuilder


def check_of(result: TieOut, key: str) -> Check:
    return next(check for check in result.checks if check.key == key)


def rows(result: TieOut, key: str = "income") -> list[tuple[str, str, str, int]]:
    return [(i.kind, i.entry, i.customer, i.amount_minor) for i in check_of(result, key).items]


@pytest.fixture
def tied(builder: BookBuilder) -> BookBuilder:
    """Two customers and counter sales in September and October 2026, posted as they are."""
    b = builder
    b.ann, b.bob = b.customer("Ann"), b.customer("Bob")
    b.document("2026-09-10", b.ann, (10_000, 6_000), number="101")
    b.document("2026-10-05", b.ann, (20_000, 9_000), (5_000, 1_000), number="102")
    b.document("2026-10-07", b.bob, (-3_000, -2_000), number="CM-7", kind="credit note")
    b.document("2026-10-31", None, (4_000, 1_500), number="Z1031", kind="sales receipt")
    b.add_import("ledger.csv")
    b.sales, b.extra = b.account("4000", "income", name="Sales"), b.account("4100", "income", name="Extras")
    b.cost, b.bank = b.account("5000", "cost of sales"), b.account("1000", "asset")
    b.posting("2026-09-10", b.sales, -10_000, entry="101", customer=b.ann)
    b.posting("2026-10-05", b.sales, -20_000, entry="102", customer=b.ann)
    b.posting("2026-10-05", b.extra, -5_000, entry="102", customer=b.ann)
    b.posting("2026-10-05", b.bank, 25_000, entry="102", customer=b.ann)
    b.posting("2026-10-07", b.sales, 3_000, entry=" cm-7", customer=b.bob)
    b.posting("2026-10-31", b.sales, -4_000, entry="Z1031")
    return b


def test_a_book_without_a_ledger_is_neither_tied_nor_untied(builder: BookBuilder) -> None:
    builder.document("2026-10-05", builder.customer("Ann"), (500, None))
    result = tie_out(builder.facts())
    assert (result.tied, result.difference_minor, result.months) == (None, None, ())
    assert result.sentence == "Not tied: no ledger imported"
    income = check_of(result, "income")
    assert (income.ledger_minor, income.quintile_minor, income.note) == (None, 500, "No ledger imported")


def test_documents_posted_as_they_are_tie(tied: BookBuilder) -> None:
    result = tie_out(tied.facts("2026-09..2026-10"))
    assert (result.tied, result.difference_minor) == (True, 0)
    assert [
        (m.month.key, m.ledger_minor, m.on_customers_minor, m.on_no_customer_minor) for m in result.months
    ] == [
        ("2026-09", 10_000, 10_000, 0),
        ("2026-10", 26_000, 22_000, 4_000),
    ]
    assert [(c.key, c.ledger_minor, c.quintile_minor) for c in result.checks[:3]] == [
        ("income", 36_000, 36_000),
        ("income:4000", 31_000, 31_000),
        ("income:4100", 5_000, 5_000),
    ]
    assert all(check.result is Result.AGREES for check in result.checks[:3])


def test_entries_of_the_ledger_alone_are_named_on_a_customer_and_on_none(tied: BookBuilder) -> None:
    tied.posting("2026-10-12", tied.sales, -700, entry="JE-1", customer=tied.bob, memo="True-up")
    tied.posting("2026-10-13", tied.extra, -41, entry="JE-2", memo="Rounding")
    result = tie_out(tied.facts())
    assert (result.tied, result.difference_minor) == (True, 0)
    (october,) = result.months
    assert (october.ledger_only_on_customers_minor, october.ledger_only_on_nobody_minor) == (700, 41)
    assert rows(result) == [
        (ItemKind.LEDGER_ON_CUSTOMER, "JE-1", "Bob", 700),
        (ItemKind.LEDGER_ON_NOBODY, "JE-2", "", 41),
    ]
    first = check_of(result, "income:4000").items[0]
    assert (first.memo, first.file, first.row, first.account) == ("True-up", "ledger.csv", 8, "4000 Sales")
    assert check_of(result, "income").result is Result.REVIEW


def test_a_document_in_the_ledger_of_another_month_is_a_cut_off_item_in_both(tied: BookBuilder) -> None:
    tied.document("2026-09-30", tied.bob, (1_234, None), number="103")
    tied.posting("2026-10-01", tied.sales, -1_234, entry="103", customer=tied.bob)
    result = tie_out(tied.facts("2026-09..2026-10"))
    assert result.tied is True
    assert [month.cut_off_minor for month in result.months] == [-1_234, 1_234]
    assert rows(result) == [
        (ItemKind.CUT_OFF_OUT, "103", "Bob", -1_234),
        (ItemKind.CUT_OFF_IN, "103", "Bob", 1_234),
    ]
    assert check_of(result, "income:4000").result is Result.AGREES
    september = tie_out(tied.facts("2026-09", as_of="2026-10-31"))
    assert rows(september) == [(ItemKind.CUT_OFF_OUT, "103", "Bob", -1_234)]


def test_a_period_that_cuts_a_month_sees_the_rest_of_it_as_another(tied: BookBuilder) -> None:
    tied.document("2026-10-15", tied.bob, (999, None), number="104")
    tied.posting("2026-10-16", tied.sales, -999, entry="104", customer=tied.bob)
    result = tie_out(tied.facts("2026-10-01..2026-10-15", as_of="2026-10-31"))
    (part,) = result.months
    assert (part.month.key, part.ledger_minor, part.cut_off_minor) == ("2026-10-01..2026-10-15", 22_000, -999)


def test_another_amount_in_the_ledger_is_not_tied_and_shows_its_row(tied: BookBuilder) -> None:
    tied.document("2026-10-20", tied.bob, (1_000, None), number="105")
    tied.posting("2026-10-20", tied.extra, -100, entry="105", customer=tied.bob)
    tied.posting("2026-10-20", tied.sales, -901, entry="105", customer=tied.bob)
    result = tie_out(tied.facts())
    assert (result.tied, result.difference_minor) == (False, 1)
    assert rows(result) == [(ItemKind.AMOUNT, "105", "Bob", 1)]
    assert check_of(result, "income:4000").result is Result.NOT_TIED
    assert check_of(result, "income:4100").result is Result.AGREES
    assert result.sentence.startswith("Not tied to the ledger: ")


def test_another_amount_in_another_month_is_a_cut_off_and_a_difference(tied: BookBuilder) -> None:
    tied.document("2026-09-30", tied.bob, (1_000, None), number="106")
    tied.posting("2026-10-01", tied.sales, -1_050, entry="106", customer=tied.bob)
    result = tie_out(tied.facts("2026-09..2026-10"))
    assert [(m.cut_off_minor, m.other_amounts_minor) for m in result.months] == [(-1_000, 0), (1_000, 50)]
    assert result.tied is False


def test_a_document_that_the_ledger_lacks_is_not_tied(tied: BookBuilder) -> None:
    tied.document("2026-10-20", tied.bob, (1_000, None), number="107")
    result = tie_out(tied.facts())
    assert (result.tied, result.difference_minor) == (False, -1_000)
    only = check_of(result, "income:documents")
    assert (only.ledger_minor, only.quintile_minor, only.result) == (0, 1_000, Result.NOT_TIED)
    assert (only.items[0].kind, only.items[0].account) == (ItemKind.DOCUMENTS_ONLY, "")
    assert (only.items[0].file, only.items[0].row) == ("ledger.csv", 7)


def test_two_differences_that_cancel_are_still_open(tied: BookBuilder) -> None:
    tied.document("2026-10-20", tied.bob, (1_000, None), number="108")
    tied.document("2026-10-21", tied.ann, (-1_000, None), number="109", kind="refund")
    result = tie_out(tied.facts())
    assert result.difference_minor == 0
    assert (result.tied, result.months[0].open_items) == (False, 2)
    assert check_of(result, "income").result is Result.NOT_TIED


Match = Callable[[BookBuilder], None]


def without_numbers(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None))
    b.posting("2026-10-20", b.sales, -1_000, customer=b.bob)
    b.posting("2026-10-20", b.extra, -500, customer=b.bob)


def other_numbers(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="A-1")
    b.posting("2026-10-22", b.sales, -1_500, entry="9981", customer=b.bob)


def a_number_of_two_kinds(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="55")
    b.document("2026-10-20", b.bob, (-200, None), number="55", kind="credit note")
    b.posting("2026-10-20", b.sales, -1_500, entry="55", customer=b.bob)
    b.posting("2026-10-20", b.sales, 200, entry="55", customer=b.bob)


def a_number_of_two_customers(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="55")
    b.document("2026-10-20", b.ann, (1_700, None), number="55")
    b.posting("2026-10-20", b.sales, -1_700, entry="55", customer=b.ann)
    b.posting("2026-10-20", b.sales, -1_500, entry="55", customer=b.bob)


def one_entry_for_the_day_on_nobody(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="55")
    b.document("2026-10-20", b.ann, (1_700, None), number="56")
    b.posting("2026-10-20", b.sales, -3_200, entry="Takings")


def one_entry_for_the_month_on_nobody(b: BookBuilder) -> None:
    b.document("2026-10-20", None, (1_500, None), number="55")
    b.document("2026-10-21", None, (1_700, None), number="56")
    b.posting("2026-10-31", b.sales, -3_200, entry="Till")


def two_invoices_of_a_day_in_one_entry(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="55")
    b.document("2026-10-20", b.bob, (1_700, None), number="56")
    b.posting("2026-10-20", b.sales, -3_200, entry="Batch", customer=b.bob)


def a_posting_without_the_customer(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (1_500, None), number="55")
    b.posting("2026-10-20", b.sales, -1_500, entry="55")


def nothing_at_all(b: BookBuilder) -> None:
    b.document("2026-10-20", b.bob, (0, None), number="55")
    b.posting("2026-10-20", b.sales, -10, entry="56")
    b.posting("2026-10-20", b.sales, 10, entry="56")


@pytest.mark.parametrize(
    "add",
    [
        without_numbers,
        other_numbers,
        a_number_of_two_customers,
        one_entry_for_the_day_on_nobody,
        one_entry_for_the_month_on_nobody,
        two_invoices_of_a_day_in_one_entry,
        a_posting_without_the_customer,
        a_number_of_two_kinds,
    ],
)
def test_the_same_event_is_recognised(tied: BookBuilder, add: Match) -> None:
    add(tied)
    result = tie_out(tied.facts())
    assert (result.tied, rows(result)) == (True, [])


def test_what_amounts_to_nothing_explains_nothing(tied: BookBuilder) -> None:
    nothing_at_all(tied)
    result = tie_out(tied.facts())
    assert result.tied is True
    assert sum(amount for *_, amount in rows(result)) == 0


def test_equal_sums_of_different_customers_are_not_taken_for_each_other(tied: BookBuilder) -> None:
    tied.document("2026-10-20", tied.bob, (1_500, None), number="55")
    tied.posting("2026-10-20", tied.sales, -1_500, entry="JE-9", customer=tied.ann)
    result = tie_out(tied.facts())
    assert result.tied is False
    assert rows(result) == [
        (ItemKind.DOCUMENTS_ONLY, "55", "Bob", -1_500),
        (ItemKind.LEDGER_ON_CUSTOMER, "JE-9", "Ann", 1_500),
    ]


def test_an_accepted_difference_ties_until_it_changes(tied: BookBuilder) -> None:
    tied.document("2026-10-20", tied.bob, (1_000, None), number="107")
    accept = AcceptedDifference("income:documents", "2026-10", -1_000, "Posted in November", "Dana")
    result = tie_out(tied.facts(), [accept])
    assert (result.tied, result.difference_minor) == (True, 0)
    assert result.months[0].accepted_minor == -1_000
    assert result.months[0].named_items_minor == -1_000
    assert check_of(result, "income").result is Result.AGREES
    assert check_of(result, "income:documents").note == "Posted in November"
    tied.document("2026-10-21", tied.bob, (5, None), number="108")
    again = tie_out(tied.facts(), [accept])
    assert (again.tied, again.difference_minor) == (False, -1_005)


def test_an_entry_of_the_ledger_alone_can_be_accepted_on_its_account(tied: BookBuilder) -> None:
    tied.posting("2026-10-12", tied.sales, -700, entry="JE-1", customer=tied.bob)
    tied.insert(
        "accepted_differences",
        check_key="income:4000",
        period="2026-10",
        amount_minor=700,
        reason="True-up",
        author="Dana",
        at="2026-11-03",
    )
    result = tie_out(tied.facts(), accepted_differences(tied.book))
    assert check_of(result, "income:4000").result is Result.AGREES
    assert check_of(result, "income").items[0].reason == "True-up"


def test_cost_of_sales_agrees_where_the_ledger_posts_the_lines_cost(tied: BookBuilder) -> None:
    for day, number, customer, cost in (
        ("2026-10-05", "102", tied.ann, 10_000),
        ("2026-10-07", "CM-7", tied.bob, -2_000),
        ("2026-10-31", "Z1031", None, 1_500),
    ):
        tied.posting(day, tied.cost, cost, entry=number, customer=customer)
    check = check_of(tie_out(tied.facts()), "cost_of_sales")
    assert (check.ledger_minor, check.quintile_minor, check.result) == (9_500, 9_500, Result.AGREES)


def test_costs_that_differ_are_gathered_and_never_hidden(tied: BookBuilder) -> None:
    tied.posting("2026-10-05", tied.cost, 10_400, entry="102", customer=tied.ann)
    tied.posting("2026-10-31", tied.cost, 126, entry="JE-5", memo="Stock count")
    result = tie_out(tied.facts())
    check = check_of(result, "cost_of_sales")
    # Lines: 10,000 - 2,000 + 1,500. Ledger: 10,400 + 126.
    assert (check.ledger_minor, check.quintile_minor, check.difference_minor) == (10_526, 9_500, 1_026)
    assert check.result is Result.REVIEW
    assert result.tied is True
    assert sorted((i.kind, i.memo, i.amount_minor) for i in check.items) == [
        (ItemKind.AMOUNT, "1 documents with another cost in the ledger than from their lines", 400),
        (ItemKind.DOCUMENTS_ONLY, "2 documents whose cost the ledger does not post with them", 500),
        (ItemKind.LEDGER_ON_NOBODY, "Stock count", 126),
    ]


def test_a_ledger_without_cost_of_sales_is_said(tied: BookBuilder) -> None:
    check = check_of(tie_out(tied.facts()), "cost_of_sales")
    assert (check.ledger_minor, check.quintile_minor, check.difference_minor) == (None, 9_500, None)
    assert check.note == "The ledger has no cost of sales"


def test_a_book_without_costs_is_said(builder: BookBuilder) -> None:
    builder.document("2026-10-05", builder.customer("Ann"), (500, None))
    builder.posting("2026-10-05", builder.account("5000", "cost of sales"), 300)
    check = check_of(tie_out(builder.facts()), "cost_of_sales")
    assert (check.ledger_minor, check.quintile_minor, check.result) == (300, None, Result.REVIEW)


def test_a_pool_is_what_was_given_and_what_stays_unassigned(tied: BookBuilder) -> None:
    freight, desk = tied.account("6000", "expense"), tied.account("6100", "expense")
    tied.pool("Freight", "orders", freight)
    tied.pool("Desk", "lines", desk)
    tied.posting("2026-10-31", freight, 1_000)
    result = tie_out(tied.facts())
    check = check_of(result, "pool:Freight")
    assert (check.ledger_minor, check.quintile_minor, check.result) == (1_000, 1_000, Result.AGREES)
    assert check.note == "Shared out by orders"
    august = tied.posting("2026-08-31", freight, 500)
    assert august
    lonely = check_of(tie_out(tied.facts("2026-08")), "pool:Freight")
    assert (lonely.quintile_minor, lonely.difference_minor, lonely.result) == (0, 500, Result.REVIEW)
    accepted = AcceptedDifference("pool:Freight", "2026-08", 500, "Nobody ordered in August", "Dana")
    for period in ("2026-08", "all"):
        found = check_of(tie_out(tied.facts(period, as_of="2026-10-31"), [accepted]), "pool:Freight")
        assert found.result is Result.AGREES
    late = AcceptedDifference("pool:Freight", "2026-09", 500, "Another month", "Dana")
    assert check_of(tie_out(tied.facts("2026-08"), [late]), "pool:Freight").result is Result.REVIEW


def test_other_income_is_shown_and_no_part_of_the_sales_tie_out(tied: BookBuilder) -> None:
    interest = tied.account("8000", "other income")
    tied.posting("2026-10-31", interest, -55, entry="INT")
    result = tie_out(tied.facts())
    assert result.tied is True
    assert check_of(result, "other_income").ledger_minor == 55
    assert check_of(result, "income").ledger_minor == 26_000


def test_what_is_incomplete_is_to_review(tied: BookBuilder) -> None:
    tied.document("2026-10-20", None, (1_000, None), number="111")
    tied.posting("2026-10-20", tied.sales, -1_000, entry="111")
    tied.posting("2026-08-20", tied.sales, -9, entry="J")
    tied.account("9999", "unknown")
    tied.document("2026-10-21", tied.ann, (1, None), rate="?")
    result = tie_out(tied.facts("2026-08..2026-10"))
    found = {c.key: (c.ledger_minor, c.quintile_minor, c.difference_minor) for c in result.checks[-5:-1]}
    assert found == {"customers": (4, 3, 1), "rates": (6, 5, 1), "accounts": (5, 4, 1), "months": (3, 2, 1)}
    assert {check.result for check in result.checks[-5:-1]} == {Result.REVIEW}


def test_a_month_that_the_ledger_does_not_have_is_said(tied: BookBuilder) -> None:
    tied.document("2026-07-20", tied.ann, (1_000, None), number="99")
    check = check_of(tie_out(tied.facts("2026-07..2026-10")), "ledger_months")
    assert (check.ledger_minor, check.quintile_minor, check.result) == (3, 2, Result.REVIEW)


def test_an_empty_book_with_a_ledger_of_another_year_has_nothing_to_tie(builder: BookBuilder) -> None:
    builder.posting("2020-01-01", builder.account("4000", "income"), -5)
    result = tie_out(builder.facts())
    assert (result.tied, result.difference_minor) == (True, 0)
    assert [(m.ledger_minor, m.named_items_minor) for m in result.months] == [(0, 0)]
