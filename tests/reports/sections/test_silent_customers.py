"""Customers who went silent, and books with gaps: what the sections say of them, worked out by hand.

Nine customers ordered on 31 August, 10 and 20 September 2026: on time at the end of September (10 days, usual gap
10), silent for 41 days at the end of October. Customer k buys for 100·k each time, so all bought 300·45 = 13,500.
Gus ordered first on 10 October, then on the 20th and 30th, for 10.00 each.
"""

from pathlib import Path

from core.period import parse_period
from core.segments.method import Definition, SegmentSpec
from core.segments.rule import Comparison, Condition, all_of
from core.segments.scheme import Scheme
from core.usecases.close_month import close_month
from core.usecases.figures import load_figures, report_period
from core.usecases.segments import override_customer, save_scheme
from reports.build import ReportOptions, context_of
from reports.content import (
    Block,
    Callouts,
    Chart,
    ChartKind,
    Definitions,
    Heading,
    Paragraph,
    SideHeading,
    Table,
)
from reports.section import Context
from reports.sections import definitions, executive_summary, movement, segment_profile, tie_out
from tests.core.builders import BookBuilder
from tests.reports.books import OCTOBER, asked, one_customer, opened, with_scheme

RISK = Scheme(
    "risk",
    "Risk",
    "rules",
    Definition(
        (
            SegmentSpec(
                "At risk", 6, "Silent.", all_of(Condition("lateness", Comparison.MORE, ("2",))), rank=6
            ),
            SegmentSpec("Fine", 0, "On time.", rank=0),
        )
    ),
)
SEPTEMBER = parse_period("2026-09")


def silent(path: Path) -> Context:
    made = BookBuilder(path / "silent.quintile")
    for number in range(1, 10):
        customer = made.customer(f"Customer {number}", Type="Café" if number > 4 else "Shop")
        for day in ("2026-08-31", "2026-09-10", "2026-09-20"):
            made.document(day, customer, (10_000 * number, None))
    gus = made.customer("Gus", Type="Shop")
    for day in ("2026-10-10", "2026-10-20", "2026-10-30"):
        made.document(day, gus, (1_000, None))
    save_scheme(made.book, RISK)
    close_month(
        made.book, SEPTEMBER, load_figures(made.book, report_period(SEPTEMBER), SEPTEMBER.end), author="Dana"
    )
    return context_of(made.book, OCTOBER, options=ReportOptions(scheme="risk"))


def headline(blocks: list[Block]) -> str:
    return next(block.text for block in blocks if isinstance(block, Heading))


def test_the_summary_tells_how_many_went_silent_and_since_when(tmp_path: Path) -> None:
    said = {
        b.label: b.text
        for b in executive_summary.SECTION.build(silent(tmp_path))
        if isinstance(b, SideHeading)
    }
    assert said["What needs care"] == (
        "**At risk**: 9 customers worth $13,500 have been silent for more than twice their usual gap; "
        "9 customers moved here since the last close."
    )


def test_the_profile_names_the_seven_largest_and_adds_the_others(tmp_path: Path) -> None:
    context = silent(tmp_path)
    blocks = opened(segment_profile.SECTION.build(context))
    assert segment_profile.SECTION.title(context) == "Segment profile: At risk"
    assert headline(blocks) == "9 customers have been silent for more than twice their own usual gap"
    table = next(block for block in blocks if isinstance(block, Table))
    assert table.title == "Customers to contact first"
    assert table.rows[0].cells == ("Customer 9", "Café", 10.0, 41, 270_000)
    # 300 for customer 1 and 600 for customer 2
    assert table.rows[-1].cells == ("2 other customers", "", "", "", 90_000)
    assert table.totals == ("At risk", "", "", "", 1_350_000)
    who = next(b for b in blocks if isinstance(b, Chart) and b.kind is ChartKind.HORIZONTAL_BARS)
    assert dict(zip(who.categories, who.series[0].values, strict=True)) == {"Café": 5, "Shop": 4}
    assert who.note == "By type"


def test_movement_shows_who_slipped_and_who_joined(tmp_path: Path) -> None:
    blocks = list(movement.SECTION.build(silent(tmp_path)))
    assert headline(blocks) == "9 customers changed segment since 30 September 2026; 9 slipped to At risk"
    lead = next(block.text for block in blocks if isinstance(block, Paragraph))
    assert lead.endswith("1 customer placed a first order, 0 moved up, 9 moved down and 0 stayed.")
    matrix = next(block for block in blocks if isinstance(block, Table) and block.key == "movement_matrix")
    assert [row.cells for row in matrix.rows] == [
        ("Fine", 0, 9, 9),
        ("At risk", 0, 0, 0),
        ("First orders", 1, 0, 1),
    ]


def test_a_loss_in_the_year_before_is_no_base_for_growth(tmp_path: Path) -> None:
    book = one_customer(
        tmp_path, ("2024-11-05", 10_000, 15_000, "invoice"), ("2026-10-05", 10_000, 5_000, "invoice")
    )
    blocks = list(executive_summary.SECTION.build(asked(book)))
    assert headline(blocks) == "Sales stayed the same and left $50 of gross profit"


def test_nobody_ordered_in_a_year_of_credits(tmp_path: Path) -> None:
    book = one_customer(
        tmp_path, ("2024-11-05", -10_000, -5_000, "credit note"), ("2026-10-05", 10_000, 5_000, "invoice")
    )
    figure = executive_summary.key_figures(asked(book)).figures[-1]
    assert (figure.value, figure.note) == (None, "Nobody ordered in the year before")


def test_journal_entries_are_sales_without_an_order(tmp_path: Path) -> None:
    blocks = list(
        executive_summary.SECTION.build(
            asked(one_customer(tmp_path, ("2026-10-05", 10_000, 4_000, "journal")))
        )
    )
    assert headline(blocks) == "Sales came to $100 and left $60 of gross profit"
    said = {block.label: block.text for block in blocks if isinstance(block, SideHeading)}
    assert said["What is working"] == (
        "**No orders yet**, 1 customer, brings in 100% of revenue and 100% of gross profit."
    )


def test_a_pool_that_nobody_drives_stays_unassigned(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "idle.quintile")
    freight = made.account("6000", "expense")
    made.document("2026-10-05", made.customer("Ann"), (-5_000, -2_000), kind="credit note")
    made.posting("2026-10-31", freight, 30_000)
    made.pool("Freight", "orders", freight)
    blocks = opened(definitions.SECTION.build(asked(with_scheme(made))))
    entries = {e.term: e.text for block in blocks if isinstance(block, Definitions) for e in block.entries}
    assert entries["Freight"] == "By orders, from account 6000. $300 stays unassigned."


def test_moves_by_hand_that_lost_their_segment_are_said(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "moved.quintile")
    ann = made.customer("Ann")
    made.document("2026-10-05", ann, (5_000, 2_000))
    book = with_scheme(made)
    override_customer(book, "size", ann, "Big", reason="Promised", author="Dana")
    book.connection.execute("UPDATE overrides SET segment = 'Gone'")
    remarks = " ".join(definitions.remarks(asked(book)))
    assert "1 move by hand could not be applied: the segment or the customer is gone." in remarks


def test_foreign_documents_without_a_rate_are_said(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "foreign.quintile")
    ann = made.customer("Ann")
    made.document("2026-10-05", ann, (5_000, 2_000))
    made.document("2026-10-06", ann, (9_000, 2_000), rate="?")
    remarks = " ".join(definitions.remarks(asked(with_scheme(made))))
    assert "1 document in a foreign currency without a rate is in no figure." in remarks


def test_the_largest_rows_behind_many_differences_are_on_paper(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "many.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income")
    made.document("2026-10-01", ann, (10_000, 4_000), number="1")
    made.posting("2026-10-01", income, -10_000, entry="1", customer=ann)
    for number in range(1, 43):
        made.posting("2026-10-20", income, -number, entry=f"JE-{number}")
    blocks = list(tie_out.SECTION.build(asked(with_scheme(made))))
    rows = next(block for block in blocks if isinstance(block, Table) and block.key == "tie_out_rows")
    # Of 1 to 42 cents the two smallest have no room.
    assert sorted(row.cells[-1] for row in rows.rows) == list(range(3, 43))  # type: ignore[type-var]
    assert rows.note == "Amounts are ledger less documents. The 40 largest of 42; the workbook has all."


def test_differences_that_cancel_each_other_are_still_open(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "cancel.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income")
    for number, net, posted in (("1", 10_000, 11_000), ("2", 10_000, 9_000)):
        made.document("2026-10-05", ann, (net, 4_000), number=number)
        made.posting("2026-10-05", income, -posted, entry=number, customer=ann)
    blocks = list(tie_out.SECTION.build(asked(with_scheme(made))))
    assert headline(blocks) == (
        "11 of 12 months agree with the ledger: differences that cancel each other are not explained"
    )


def test_rule_headline_and_calls_count_the_same_customers(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "two_days.quintile")
    for name, days in (
        ("Two order days", ("2026-06-01", "2026-06-02")),  # gap 1 day, silent 151 at the end of October
        ("Three order days", ("2026-07-01", "2026-07-11", "2026-07-21")),
        ("Took it all back", ("2026-08-01", "2026-08-11")),
        ("One order day", ("2026-07-01",)),
        ("On time", ("2026-08-01", "2026-10-01")),  # gap 61 days, silent 30
    ):
        customer = made.customer(name)
        for day in days:
            made.document(day, customer, (10_000, None))
        if name == "Took it all back":
            made.document("2026-08-20", customer, (-20_000, None), kind="credit note")
    gap = Condition("recency_days", Comparison.MORE, ("2",), times="median_interpurchase_days")
    segments = (SegmentSpec("At risk", 6, "Silent.", all_of(gap), rank=6), SegmentSpec("Fine", 0, "", rank=0))
    save_scheme(made.book, Scheme("gap", "Gap", "rules", Definition(segments)))
    context = context_of(made.book, OCTOBER, options=ReportOptions(scheme="gap"))
    blocks = opened(segment_profile.SECTION.build(context))
    assert headline(blocks) == "3 customers have been silent for more than twice their own usual gap"
    table = next(block for block in blocks if isinstance(block, Table))
    assert [row.cells[0] for row in table.rows] == ["Three order days", "Two order days", "Took it all back"]
    # Who brought nothing in the period is not called first.
    cards = next(b for b in opened(executive_summary.SECTION.build(context)) if isinstance(b, Callouts)).cards
    assert cards[0].text == (
        "Three order days and Two order days bought $500 in the period and are silent for over twice their usual gap."
    )
