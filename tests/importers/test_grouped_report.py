"""What holds for every grouped report, whatever its customers and amounts are."""

from hypothesis import given
from hypothesis import strategies as st

from core.importing.importer import ColumnMapping
from core.importing.issue import Severity
from core.importing.records import SalesLine
from core.importing.source import Row
from importers.formats.quickbooks_online_sales import QuickBooksOnlineSales
from importers.grouped_dates import period_of
from importers.grouped_names import full_name
from importers.grouped_survey import rows_below, survey
from tests.importers.builders import SheetInMemory, source_of

IMPORTER = QuickBooksOnlineSales()
LABELS = ["", "Date", "Transaction Type", "Num", "Product/Service", "Amount"]
GROUPS = st.lists(st.lists(st.integers(-10_000_000, 10_000_000), max_size=5), min_size=1, max_size=6)


def written(cents: int) -> str:
    digits = f"{abs(cents) // 100:,}.{abs(cents) % 100:02}"
    return f"({digits})" if cents < 0 else digits


def report(groups: list[list[int]]) -> list[Row]:
    rows: list[Row] = [["Sales by Customer Detail"], ["Firm"], [], LABELS]
    for index, amounts in enumerate(groups):
        rows.append([f"Customer {index}", "", "", "", "", ""])
        rows += [["", "03/25/2026", "Invoice", str(index), "Tea", written(cents)] for cents in amounts]
        rows.append([f"Total for Customer {index}", "", "", "", "", written(sum(amounts))])
    return [*rows, ["TOTAL", "", "", "", "", "$" + written(sum(map(sum, groups)))]]


@given(GROUPS, st.integers(1, 9))
def test_lines_add_up_to_every_total_however_the_file_is_cut_into_batches(
    groups: list[list[int]], size: int
) -> None:
    source = source_of(SheetInMemory(report(groups), batch_size=size))
    parsing = IMPORTER.parse(source, ColumnMapping(options={"number_format": "1,234.5"}), "USD")
    lines = [line for batch in parsing.batches for line in batch if isinstance(line, SalesLine)]

    assert [line.net_minor for line in lines] == [cents for amounts in groups for cents in amounts]
    assert [total.minor for total in parsing.stated_totals] == [*map(sum, groups), sum(map(sum, groups))]
    assert all(total.minor == total.computed_minor for total in parsing.stated_totals)
    assert not [issue for issue in parsing.issues if issue.severity is not Severity.NOTE]


@given(st.integers(0, 3), st.integers(1, 500))
def test_one_changed_amount_is_always_found(group: int, change: int) -> None:
    rows = report([[100, 200], [300], [400, -50], [1]])
    place = next(
        index for index, row in enumerate(rows) if row[1:2] == ["03/25/2026"] and row[3] == str(group)
    )
    rows[place] = [*rows[place][:5], written(change + [100, 300, 400, 1][group])]
    parsing = IMPORTER.parse(source_of(SheetInMemory(rows)), ColumnMapping(), "USD")
    list(parsing.batches)

    warned = [issue.row for issue in parsing.issues if issue.severity is Severity.WARNING]
    assert len(warned) == 2  # the total of its group and the grand total
    assert warned[-1] == len(rows)


def test_a_child_that_carries_its_parents_name_keeps_it_once() -> None:
    assert full_name(("Hotel", "Hotel:Bar")) == "Hotel:Bar"
    assert full_name(("Hotel", "Bar")) == "Hotel:Bar"
    assert full_name(("Hotel", "Hotel - Other")) == "Hotel"
    assert full_name(("Hotel", "Villa - Other")) == "Hotel:Villa - Other"


def test_periods_of_titles_are_read_and_names_of_companies_are_not() -> None:
    assert period_of("January 1 - March 31, 2026") == ((2026, 1), (2026, 3))
    assert period_of("December 2025 through February 2026") == ((2025, 12), (2026, 2))
    assert period_of("1-31 October, 2026") == ((2026, 10), (2026, 10))
    assert period_of("2026") == ((2026, 1), (2026, 12))
    assert period_of("All Dates") is None
    assert period_of("March Foods 2020 Ltd") is None


def test_a_file_that_ends_before_its_details_has_no_lines_and_says_so() -> None:
    parsing = IMPORTER.parse(source_of(SheetInMemory([LABELS])), ColumnMapping(), "USD")

    assert [line for batch in parsing.batches for line in batch] == []
    assert any("no TOTAL row" in issue.message for issue in parsing.issues)


def test_rows_above_the_labels_are_never_walked() -> None:
    sheet = SheetInMemory(report([[100]]), batch_size=3)
    header = IMPORTER._table(source_of(sheet))[1]

    assert next(first for first, _ in rows_below(sheet, header)) == 5
    assert survey(sheet, header, IMPORTER.layout).complete
