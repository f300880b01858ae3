"""The working paper of a book whose ledger has one entry of $5.00 more than its documents."""

from io import BytesIO
from pathlib import Path

import openpyxl
import pytest

from core.period import parse_period
from core.store.book import open_book
from core.usecases.accept_difference import accept_difference
from core.usecases.sign_off import sign_off
from core.usecases.tie_out import tie_out_book
from reports.content import Heading, Report, Table
from reports.pdf import render_pdf
from reports.working_paper import build_working_paper
from reports.xlsx import render_xlsx
from tests.ui.small_book import make_small_book

YEAR = parse_period("2025-11..2026-10")


@pytest.fixture
def book_path(tmp_path: Path) -> Path:
    return make_small_book(tmp_path / "corner.quintile")


def paper_of(path: Path) -> Report:
    with open_book(path, read_only=True) as book:
        return build_working_paper(book, YEAR)


def tables(paper: Report) -> dict[str, Table]:
    return {block.key: block for block in paper.blocks() if isinstance(block, Table)}


def test_the_bridge_leads_from_the_ledger_to_the_revenue_of_customers(book_path: Path) -> None:
    bridge = tables(paper_of(book_path))["bridge"]
    # 212 in the ledger, of which 5 have no document and 7 are a counter sale on no customer.
    assert [row.cells for row in bridge.rows] == [
        ("Income in the ledger", 21200),
        ("Ledger entries on no customer", -500),
        ("Sales without a customer", -700),
    ]
    assert bridge.totals == ("Revenue analysed by customer", 20000)
    assert sum(int(str(row.cells[1])) for row in bridge.rows) == 20000


def test_every_check_and_every_row_behind_a_difference_is_there(book_path: Path) -> None:
    found = tables(paper_of(book_path))
    checks = {row.cells[0]: row.cells[1:5] for row in found["checks_money"].rows}
    assert checks["4000 Sales"] == (21200, 20700, 500, "To review")
    counts = {row.cells[0]: row.cells[4] for row in found["checks_counts"].rows}
    assert counts["Every account has a type"] == "To review"
    [entry] = [row.cells for row in found["tie_out_rows"].rows]
    assert entry[-1] == 500
    assert "ledger.csv" in [row.cells[0] for row in found["sources"].rows]


def test_a_sign_off_is_printed_and_without_one_the_paper_says_so(book_path: Path) -> None:
    assert tables(paper_of(book_path))["sign_off"].rows[0].cells[:2] == (
        "Oct 2026",
        "Not signed off, or something was imported since",
    )
    with open_book(book_path) as book:
        tie_out, _ = tie_out_book(book, YEAR)
        for check in tie_out.checks:
            if check.key == "income" and check.difference_minor:
                accept_difference(book, check, YEAR, reason="Deposit of last year", author="Dana")
        tie_out, _ = tie_out_book(book, YEAR)
        sign_off(book, parse_period("2026-10"), tie_out, author="Dana Whitlock", at="2026-11-03T08:52:00")
    month, author, day, _checks = tables(paper_of(book_path))["sign_off"].rows[0].cells
    assert (month, author, str(day)) == ("Oct 2026", "Dana Whitlock", "2026-11-03")


def test_pdf_and_workbook_say_the_same_twice(book_path: Path) -> None:
    paper = paper_of(book_path)
    drawn = render_pdf(paper)
    assert drawn.pages >= 3
    assert not drawn.warnings
    assert render_pdf(paper_of(book_path)).data == drawn.data
    book = openpyxl.load_workbook(BytesIO(render_xlsx(paper)), data_only=True)
    rows = list(book["Bridge"].iter_rows(values_only=True))
    assert rows[-1] == ("Revenue analysed by customer", 200)
    assert book["Tie out rows"]["C2"].value == "JE-1"
    assert book["Sign off"]["A2"].value == "Oct 2026"


def test_without_a_ledger_the_paper_says_so(tmp_path: Path) -> None:
    paper = paper_of(make_small_book(tmp_path / "bare.quintile", ledger=False))
    headings = [block.text for block in paper.blocks() if isinstance(block, Heading)]
    assert headings[0] == "Not tied: no ledger imported"
    assert "bridge" not in tables(paper)
    assert render_pdf(paper).pages >= 3
