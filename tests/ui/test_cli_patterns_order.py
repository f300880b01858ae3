"""What `patterns` prints hangs on no order of rows and files."""

import csv
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest

from ui.cli import run

HEADER = ("Customer", "Document No", "Date", "Type", "Item", "Category", "Quantity", "Net", "Cost")
ITEMS = ("Äpfel", "Birnen", "İzmir tea", "ısırgan", "Zimt", "çay", "Šunka", "Öl")
Document = list[tuple[object, ...]]


def documents() -> list[Document]:
    """Three years of 30 customers: many pairs of items and many customers are level, credit notes among them."""
    chance, found = Random(7), []
    for number in range(30):
        day = date(2023, 1, 1) + timedelta(days=chance.randrange(200))
        while day < date(2025, 12, 31):
            sign = -1 if chance.random() < 0.1 else 1
            head = (
                f"Customer {number}",
                f"D{number}-{day}",
                day.isoformat(),
                "invoice" if sign > 0 else "credit note",
            )
            amounts = [(item, sign * chance.randrange(1, 5)) for item in chance.sample(ITEMS, 3)]
            found.append([(*head, item, f"of {item[0]}", by, 4 * by, 3 * by) for item, by in amounts])
            day += timedelta(days=chance.randrange(20, 120))
    return found


def printed(
    folder: Path, capsys: pytest.CaptureFixture[str], files: Sequence[Sequence[tuple[object, ...]]]
) -> str:
    folder.mkdir()
    book = str(folder / "client")
    assert run(["new", book, "--client", "Client", "--currency", "EUR"]) == 0
    for place, rows in enumerate(files):
        path = folder / f"{place}.csv"
        with path.open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows([HEADER, *rows])
        assert run(["import", book, str(path)]) == 0
    capsys.readouterr()
    assert run(["patterns", book, "--json"]) == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("seed", [1, 2])
def test_rows_and_files_in_another_order_print_the_same(
    seed: int, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    sales = documents()
    in_order = printed(tmp_path / "in order", capsys, [[row for rows in sales for row in rows]])
    assert '"pairs"' in in_order
    chance = Random(seed)
    rows = [row for lines in sales for row in lines]
    chance.shuffle(rows)
    assert printed(tmp_path / "rows", capsys, [rows]) == in_order
    chance.shuffle(sales)
    halves = [[row for lines in part for row in lines] for part in (sales[::2], sales[1::2])]
    assert printed(tmp_path / "files", capsys, halves) == in_order
