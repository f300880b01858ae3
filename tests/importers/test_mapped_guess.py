"""Labels and tables of any width."""

from importers.mapped_guess import unique_labels
from tests.importers.test_mapped_sales import parsed


def test_labels_are_made_to_differ_whatever_they_are() -> None:
    assert unique_labels(["A", "", "A", " A "]) == ("A", "Column 2", "A (3)", "A (4)")
    assert unique_labels(["A", "A (3)", "A"]) == ("A", "A (3)", "A (3) (3)")


def test_a_table_of_ten_thousand_columns_is_read() -> None:
    width = 10_000
    header = ",".join(["Date", "Customer", "Net", *["x"] * width])
    lines, _ = parsed(f"{header}\n2026-01-01,Ada,1.00{',y' * width}\n", header_row="1")
    assert [line.net_minor for line in lines] == [100]
