"""Segment profile, movement, tie-out and definitions, worked out by hand."""

from pathlib import Path

from core.period import parse_period
from core.usecases.close_month import close_month
from core.usecases.figures import load_figures, report_period
from core.usecases.segments import override_customer
from reports.content import Block, Definitions, Facts, Heading, KeyFigures, Paragraph, Table
from reports.section import Context
from reports.sections import definitions, movement, segment_profile, tie_out
from tests.core.builders import BookBuilder
from tests.reports.books import asked, nobody, one_customer, opened, two_customers, with_scheme

SEPTEMBER = parse_period("2026-09")


def texts(blocks: list[Block]) -> tuple[str, str]:
    headline = next(block.text for block in blocks if isinstance(block, Heading))
    return headline, next(block.text for block in blocks if isinstance(block, Paragraph))


def tables(blocks: list[Block]) -> dict[str, Table]:
    return {block.key or block.title: block for block in blocks if isinstance(block, Table)}


def profile(context: Context) -> list[Block]:
    return opened(segment_profile.SECTION.build(context))


def test_the_largest_segment_is_described_by_default(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path))
    assert segment_profile.SECTION.title(context) == "Segment profile: Big"
    assert texts(profile(context)) == (
        "1 customer brings in $1,200, 67% of revenue",
        (
            "Buys for 1,000 or more. This customer bought $1,200 in the 12 months to 31 October 2026, "
            "20.0% more than the $1,000 of the year before."
        ),
    )


def test_another_segment_can_be_chosen(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path), profile_segment="Small")
    blocks = profile(context)
    assert texts(blocks)[0] == "1 customer brings in $600, 33% of revenue"
    tiles = next(block for block in blocks if isinstance(block, KeyFigures))
    # Bob ordered on 1 March 2025 and 10 October 2026: 588 days apart, 21 days before the end of October.
    assert [(tile.name, tile.value, tile.note) for tile in tiles.figures] == [
        ("Customers", 1, "50.0% of 2"),
        ("Net revenue", 60_000, "33.3% of total"),
        ("Net contribution", -5_000, ""),
        ("Usual order gap", 588.0, "Median silence 21 days"),
    ]
    table = tables(blocks)["The largest customers"]
    assert table.rows[0].cells == ("Bob", "Shop", 588.0, 21, 60_000, -5_000)
    assert table.totals == ("Small", "", "", "", 60_000, -5_000)
    comment = [block.text for block in blocks if isinstance(block, Paragraph)][-1]
    assert comment.startswith(
        "$50 of net contribution was lost. Cost of goods 83% of list price, typical 56%."
    )
    facts = next(block for block in blocks if isinstance(block, Facts))
    assert facts.pairs == (
        ("Average order", "$600"),
        ("Orders per customer", "1.0"),
        ("Gross margin", "16.7%"),
    )


def test_a_book_without_customers_has_no_segment_to_describe(tmp_path: Path) -> None:
    context = asked(nobody(tmp_path))
    assert segment_profile.SECTION.title(context) == "Segment profile"
    assert texts(profile(context))[0] == "There is no segment to describe yet"


def test_without_an_earlier_close_movement_says_where_everybody_stands(tmp_path: Path) -> None:
    blocks = list(movement.SECTION.build(asked(two_customers(tmp_path))))
    assert texts(blocks)[0] == "No earlier close to compare with"
    opening = tables(blocks)["opening_position"]
    assert [row.cells for row in opening.rows] == [("Big", 1, 120_000), ("Small", 1, 60_000)]
    assert opening.totals == ("All customers", 2, 180_000)


def test_movement_of_a_book_without_customers_has_no_table(tmp_path: Path) -> None:
    assert not tables(list(movement.SECTION.build(asked(nobody(tmp_path)))))


def test_movement_rolls_forward_from_the_last_close(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    close_month(book, SEPTEMBER, load_figures(book, report_period(SEPTEMBER), SEPTEMBER.end), author="Dana")
    blocks = list(movement.SECTION.build(asked(book)))
    # In the 12 months to September nobody bought, so both were Small; in October Ann became Big.
    headline, lead = texts(blocks)
    assert headline == "1 customer changed segment since 30 September 2026; 1 rose to Big"
    assert lead.endswith("Nobody joined, 1 moved up, 0 moved down and 1 stayed.")
    roll = tables(blocks)["movement"]
    assert [row.cells for row in roll.rows] == [
        ("Big", 0, 0, 1, 0, 0, 1, 0, 120_000),
        ("Small", 2, 0, 0, -1, 0, 1, 0, 60_000),
    ]
    assert roll.totals == ("All customers", 2, 0, 1, -1, 0, 2, 0, 180_000)
    matrix = tables(blocks)["movement_matrix"]
    assert [row.cells for row in matrix.rows] == [("Big", 0, 0, 0), ("Small", 1, 1, 2)]
    assert matrix.totals == ("To", 1, 1, 2)


def test_tie_out_agrees_month_by_month(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path))
    blocks = list(tie_out.SECTION.build(context))
    assert texts(blocks)[0] == "All 12 months agree with the general ledger to the last cent"
    months = tables(blocks)["tie_out_months"]
    assert months.rows[-1].cells == ("Oct 2026", 180_000, 180_000, 0, 0, 0)
    assert months.totals == ("Income", 180_000, 180_000, 0, 0, 0)
    accounts = tables(blocks)["tie_out_accounts"]
    found = {str(row.cells[0]): row.cells[1:] for row in accounts.rows if row.kind == "row"}
    assert found["All income"] == (180_000, 180_000, 0, 0)
    assert found["Freight"] == (30_000, 30_000, 0, 0)
    assert accounts.note.startswith("“All income” is the sum of the income accounts below it.")


def test_tie_out_without_a_ledger_proves_nothing(tmp_path: Path) -> None:
    blocks = list(tie_out.SECTION.build(asked(two_customers(tmp_path, ledger=False))))
    headline, lead = texts(blocks)
    assert headline == "Not tied: no ledger imported"
    assert "Nothing proves that they are complete" in lead
    assert "tie_out_months" not in tables(blocks)
    assert tables(blocks)["tie_out_accounts"].note == "A dash: one of the sides does not exist."


def test_rows_behind_a_difference_are_shown(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "late.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income", name="Sales")
    made.document("2026-10-05", ann, (10_000, 4_000), number="1")
    made.posting("2026-10-05", income, -10_000, entry="1", customer=ann)
    made.posting("2026-10-20", income, -2_500, entry="JE-9", memo="Insurance refund")
    blocks = list(tie_out.SECTION.build(asked(with_scheme(made))))
    assert texts(blocks)[0] == (
        "All 12 months agree with the general ledger to the last cent; 1 difference is named"
    )
    assert tables(blocks)["tie_out_months"].rows[-1].cells == ("Oct 2026", 12_500, 10_000, 0, 2_500, 0)
    cells = tables(blocks)["tie_out_rows"].rows[0].cells
    assert (cells[1], cells[3], cells[-1]) == ("JE-9", "Insurance refund", 2_500)


def test_a_sale_that_the_ledger_does_not_have_is_not_explained(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "open.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income", name="Sales")
    made.document("2026-10-05", ann, (10_000, 4_000), number="1")
    made.document("2026-10-06", ann, (3_000, 1_000), number="2")
    made.posting("2026-10-05", income, -10_000, entry="1", customer=ann)
    blocks = list(tie_out.SECTION.build(asked(with_scheme(made))))
    assert texts(blocks)[0] == "11 of 12 months agree with the ledger: ($30.00) of income is not explained"
    assert tables(blocks)["tie_out_months"].rows[-1].cells == ("Oct 2026", 10_000, 13_000, 0, 0, -3_000)


def test_definitions_tell_pools_scheme_moves_by_hand_and_fingerprint(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    bob = book.connection.execute("SELECT id FROM customers WHERE name = 'Bob'").fetchone()[0]
    override_customer(book, "size", bob, "Big", reason="Closed for refit.", author="Dana")
    context = asked(book)
    blocks = opened(definitions.SECTION.build(context))
    entries = {
        entry.term: entry.text
        for block in blocks
        if isinstance(block, Definitions)
        for entry in block.entries
    }
    assert entries["Freight"] == "By orders, from account 6000."
    assert "Gross profit less cost to serve" in entries["Net contribution"]
    remarks = " ".join(definitions.remarks(context))
    assert "Segments follow “Size”, version 1. Of its segments the first that fits counts." in remarks
    assert "Bob was placed in Big by hand: Closed for refit." in remarks
    assert tables(blocks)["sources"].rows[0].cells[0] == "sales.csv"
    seal = next(block for block in blocks if isinstance(block, Facts))
    assert ("Book fingerprint", context.fingerprint) in seal.pairs


def test_definitions_name_what_is_missing(tmp_path: Path) -> None:
    context = asked(one_customer(tmp_path, ("2026-10-05", 10_000, None, "invoice")))
    remarks = " ".join(definitions.remarks(context))
    assert "Costs are not known for 100% of sales" in remarks
    assert "There is no earlier year to compare with." in remarks
    said = [
        block.text for block in opened(definitions.SECTION.build(context)) if isinstance(block, Paragraph)
    ]
    assert "No cost pool is set up, so the cost of serving customers is not known." in said


def test_pools_without_a_ledger_share_nothing_out(tmp_path: Path) -> None:
    context = asked(two_customers(tmp_path, ledger=False))
    said = [
        block.text for block in opened(definitions.SECTION.build(context)) if isinstance(block, Paragraph)
    ]
    assert "No ledger is imported, so nothing could be shared out." in said
