"""The whole pack: complete in every situation, the same each time, with the bookkeeper's words in place."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import NotFound
from core.period import parse_period
from core.usecases.close_month import close_month
from core.usecases.commentary import save_commentary
from core.usecases.figures import load_figures, report_period
from reports.build import ReportOptions, build_pack, build_report, context_of
from reports.content import Definition, KeyFigures, Paragraph, Report, Section, Table
from reports.cover import cover_of
from reports.numbers import Numbers
from reports.pdf import render_pdf
from reports.section_shelf import all_sections
from reports.sections.definitions import remarks
from reports.stale import stale_figures
from reports.text import render_text
from reports.two_columns import in_two_columns
from reports.xlsx import render_xlsx
from tests.core.builders import BookBuilder
from tests.reports.books import OCTOBER, SIZE, asked, nobody, one_customer, two_customers, with_scheme

BY_SIZE = ReportOptions(scheme="size")
ORDER = [
    "executive_summary", "segments_at_a_glance", "profitability", "segment_profile", "movement", "tie_out", "definitions",
]  # fmt: skip


def section(report: Report, key: str) -> Section:
    return next(section for section in report.sections if section.key == key)


def tables(report: Report) -> dict[str, Table]:
    return {table.key: table for table in (*report.data, *report.checks)}


def test_sections_stand_in_the_order_of_the_pack() -> None:
    assert [spec.key for spec in all_sections()] == ORDER


def test_the_pack_has_all_sections_and_eight_pages(tmp_path: Path) -> None:
    report = build_report(two_customers(tmp_path), OCTOBER, options=BY_SIZE)
    assert [section.key for section in report.sections] == ORDER
    assert report.period_key == "2025-11..2026-10"
    assert report.created == OCTOBER.end
    assert report.currency_name == "US dollars"
    assert [style.name for style in report.segments] == ["Big", "Small"]
    assert render_pdf(report).pages >= 8


def test_the_same_book_gives_the_same_report(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    first, second = (build_report(book, OCTOBER, options=BY_SIZE) for _ in range(2))
    assert render_text(first) == render_text(second)
    assert render_pdf(first).data == render_pdf(second).data
    assert render_xlsx(first) == render_xlsx(second)


@pytest.mark.parametrize("lacking", ["ledger", "pools", "costs", "year_before"])
def test_a_book_that_lacks_something_still_gets_its_pack(tmp_path: Path, lacking: str) -> None:
    report = build_report(two_customers(tmp_path, **{lacking: False}), OCTOBER, options=BY_SIZE)
    assert render_pdf(report).pages >= 8
    assert render_xlsx(report)


def test_a_book_without_customers_still_gets_its_pack(tmp_path: Path) -> None:
    report = build_report(nobody(tmp_path), OCTOBER, options=BY_SIZE)
    assert render_pdf(report).pages == 8
    assert render_xlsx(report)
    assert report.cover.shares is None
    assert report.tie_out_line == "Not tied: no ledger imported, see page {page:tie_out}."


@pytest.mark.parametrize(
    ("currency", "net", "kind"),
    [("JPY", 1_234, "invoice"), ("KWD", 1_234_567, "invoice"), ("USD", -500, "credit note")],
)
def test_one_customer_of_any_currency_and_sign(tmp_path: Path, currency: str, net: int, kind: str) -> None:
    book = one_customer(tmp_path, ("2026-10-05", net, net // 2, kind), currency=currency)
    report = build_report(book, OCTOBER, options=BY_SIZE)
    assert render_pdf(report).pages >= 8
    assert render_xlsx(report)
    found = next(block for block in report.blocks() if isinstance(block, KeyFigures))
    assert found.figures[0].value == net


def test_the_foot_line_says_that_income_agrees(tmp_path: Path) -> None:
    report = build_report(two_customers(tmp_path), OCTOBER, options=BY_SIZE)
    assert report.tie_out_line == "Income agrees with the general ledger, see page {page:tie_out}."


def test_the_foot_line_says_what_is_not_explained(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "open.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income")
    made.document("2026-10-05", ann, (10_000, 4_000), number="1")
    made.posting("2026-09-05", income, -50, entry="JE-1", memo="Rounding")
    report = build_report(with_scheme(made), OCTOBER, options=BY_SIZE)
    assert report.tie_out_line == ("Not tied: ($100.00) of income is not explained, see page {page:tie_out}.")


def test_every_check_of_the_workbook_is_zero(tmp_path: Path) -> None:
    report = build_report(two_customers(tmp_path), OCTOBER, options=BY_SIZE)
    differences = {
        (table.key, str(row.cells[0])): row.cells[
            [column.key for column in table.columns].index("difference")
        ]
        for table in report.checks
        for row in table.rows
        if row.kind == "row"
    }
    # Six sums; twelve months; all income, its account, cost of sales (not in the ledger), the pool.
    assert len(differences) == 6 + 12 + 4
    assert set(differences.values()) <= {0, None}


def test_the_workbook_lists_customers_products_months_and_documents(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "items.quintile")
    beans = made.item("BEANS", category="Coffee", costs=[("2026-01-01", 400)])
    document = made.document("2026-10-05", made.customer("Ann"), number="7")
    made.line(document, net=1_000, item=beans, quantity=1_000_000)
    made.line(document, net=250)
    made.document("2026-10-06", None, (300, 100), kind="sales receipt", number="8")
    found = tables(build_report(with_scheme(made), OCTOBER, options=BY_SIZE))
    assert [row.cells for row in found["products"].rows] == [
        ("BEANS", "BEANS", "Coffee", 1_000, 400, 600, pytest.approx(0.6)),
        ("", "Sold without an item", "", 550, None, None, None),
    ]
    assert found["products"].totals == ("", "All sales", "", 1_550, None, None, None)
    assert found["monthly"].rows[-1].cells == ("Oct 2026", 1_250, 300, None, 1, 1)
    data = [row.cells for row in found["data"].rows]
    assert [(row[1], row[3], row[7], row[8]) for row in data] == [
        ("7", "Ann", 1_250, None),
        ("8", "", 300, 100),
    ]
    customers = found["customers"]
    cells = dict(zip([column.key for column in customers.columns], customers.rows[0].cells, strict=True))
    assert (cells["customer"], cells["segment"], cells["origin"], cells["net_revenue"]) == (
        "Ann",
        "Small",
        "rule",
        1_250,
    )
    assert cells["gross_profit"] is None
    total = dict(zip([column.key for column in customers.columns], customers.totals or (), strict=True))
    assert (total["net_revenue"], total["gross_profit"]) == (1_250, None)
    assert "Net revenue" in [row.cells[0] for row in found["definitions"].rows]


def test_the_cover_says_who_when_and_on_what_basis(tmp_path: Path) -> None:
    cover = cover_of(asked(two_customers(tmp_path)), prepared_for="Ruth", author="Dana")
    assert cover.period_label == "October 2026"
    assert cover.what_it_is == (
        "Who your customers are, what each group earns you after the cost of serving them, and what to do about it "
        "next month."
    )
    assert cover.prepared_for == "Ruth"
    assert cover.prepared_by == "Dana"
    assert cover.date_and_basis == "31 October 2026\nAccrual, ledger to 31 Oct 2026"
    assert cover.shares is not None
    assert cover.shares.title == "Revenue by segment, 12 months to 31 October 2026"
    assert [series.name for series in cover.shares.series] == ["Big", "Small"]


def test_the_bookkeepers_words_replace_the_generated_paragraph(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    save_commentary(book, OCTOBER, "profitability", "Ann carries the month.\n\nCall Bob.", author="Dana")
    pack = build_pack(book, OCTOBER, options=BY_SIZE)
    found = [
        block.text for block in section(pack.report, "profitability").blocks if isinstance(block, Paragraph)
    ]
    assert found == ["Ann carries the month.", "Call Bob."]
    assert pack.generated["profitability"].startswith("Customers are ranked")
    assert pack.report.draft  # nobody has reviewed the words yet
    save_commentary(book, OCTOBER, "profitability", "Ann carries the month.", reviewed=True)
    assert not build_report(book, OCTOBER, options=BY_SIZE).draft


def test_a_figure_that_no_longer_stands_is_flagged(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    words = (
        "You sold $1,800 to 2 customers in 2026, 20.0% more; last time it was $1,750. Call within 2 weeks."
    )
    save_commentary(book, OCTOBER, "executive_summary", words)
    pack = build_pack(book, OCTOBER, options=BY_SIZE)
    assert [(one.section, one.figure) for one in pack.stale] == [("executive_summary", "$1,750")]


def test_a_stale_count_or_share_is_flagged_too() -> None:
    blocks = (
        Paragraph("Sold to 12 customers, 40% of all."),
        in_two_columns((Definition("Gap", "3 weeks, $9.50"),)),
    )
    found = stale_figures(
        "x", "12 customers, 13 customers, 40%, 41%, $9.50, 14 days", blocks, Numbers("USD", 2)
    )
    assert [one.figure for one in found] == ["13 customers", "41%"]


@given(st.lists(st.text(max_size=80), max_size=9))
def test_two_columns_hold_every_entry_once_and_in_order(texts: list[str]) -> None:
    entries = tuple(Definition(f"Word {at}", text) for at, text in enumerate(texts))
    left, right = (column[0] for column in in_two_columns(entries).columns)
    assert (*left.entries, *right.entries) == entries  # type: ignore[union-attr]


def test_sections_can_be_chosen_and_drafts_marked(tmp_path: Path) -> None:
    options = ReportOptions(scheme="size", sections=("tie_out",), draft=True)
    report = build_report(two_customers(tmp_path), OCTOBER, options=options)
    assert [section.key for section in report.sections] == ["tie_out"]
    assert report.draft


def test_a_scheme_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        build_report(two_customers(tmp_path), OCTOBER, options=ReportOptions(scheme="nothing"))


def test_a_later_change_of_a_closed_month_is_said(tmp_path: Path) -> None:
    book = two_customers(tmp_path)
    close_month(book, OCTOBER, load_figures(book, report_period(OCTOBER), OCTOBER.end), author="Dana")
    assert context_of(book, OCTOBER, options=BY_SIZE).restated == 0
    book.connection.execute("UPDATE document_lines SET net_minor = net_minor + 100 WHERE net_minor = 60000")
    context = context_of(book, OCTOBER, options=BY_SIZE)
    assert context.restated == 1
    said = next(text for text in remarks(context) if "Oct 2026" in text)
    assert said == "1 customer has other figures than when Oct 2026 was closed."


def test_a_scheme_younger_than_the_close_has_no_movement(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "young.quintile")
    made.document("2026-09-05", made.customer("Ann"), (10_000, 4_000))
    month = parse_period("2026-09")
    close_month(made.book, month, load_figures(made.book, report_period(month), month.end), author="Dana")
    context = context_of(with_scheme(made), OCTOBER, options=BY_SIZE)
    assert context.movement is None
    assert context.membership.scheme.key == SIZE.key


def test_a_later_month_explains_a_difference_at_the_end(tmp_path: Path) -> None:
    made = BookBuilder(tmp_path / "later.quintile")
    ann, income = made.customer("Ann"), made.account("4000", "income")
    for day, posted, number in (("2026-10-05", "2026-10-05", "1"), ("2026-10-31", "2026-11-01", "2")):
        made.document(day, ann, (10_000, 4_000), number=number)
        made.posting(posted, income, -10_000, entry=number, customer=ann)
    context = context_of(with_scheme(made), OCTOBER, options=BY_SIZE)
    assert context.tie_out.tied
    october = context.tie_out.months[-1]
    assert (october.ledger_minor, october.on_customers_minor, october.cut_off_minor) == (
        10_000,
        20_000,
        -10_000,
    )
