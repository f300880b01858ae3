"""The CDNOW data of Fader and Hardie, where it stands beside the repository: imported as any client's file."""

import csv
import tempfile
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from core.analysis.facts import Facts, load_facts
from core.analysis.patterns.repeat_purchases import Floats, Histories
from core.importing.importer import ColumnMapping
from core.period import EVERYTHING
from core.store.book import create_book
from core.store.settings import write_setting
from core.usecases.import_files import commit_import, preview_import
from importers.reading import read_source
from importers.shelf import importer

FOLDER = Path(__file__).parents[5] / "shared" / "data" / "cdnow"
CALIBRATION_END = date(1997, 9, 30)
END = date(1998, 6, 30)
MAPPING = ColumnMapping(
    {"customer": "customer", "document": "document", "date": "date", "quantity": "CDs", "net": "net"},
    {"date_order": "ymd"},
)


def path_of(name: str) -> Path:
    """Where a file of the data stands; skips the test where it does not."""
    path = FOLDER / name
    if not path.exists():
        pytest.skip(f"../shared/data/cdnow/{name} is not beside the repository")
    return path


def cdnow_facts(end: date = END) -> Facts:
    """The one-in-ten sample, imported as invoice lines, seen from a day."""
    path_of("CDNOW_sample.txt")
    return _imported(end)


@cache
def _imported(end: date) -> Facts:
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "cdnow.csv"
        _write_table(table)
        with create_book(Path(folder) / "cdnow.quintile") as book:
            with book.transaction() as connection:
                write_setting(connection, "currency", "USD")
            preview = preview_import(book, read_source(table), importer("invoice_lines"), mapping=MAPPING)
            assert preview.totals.net_total == 24_409_194  # the data's own control total, $244 091.94
            commit_import(book, preview)
            return load_facts(book, EVERYTHING, end)


def _write_table(table: Path) -> None:
    """The file has neither header nor separators: master id, sample id, day, CDs, dollars."""
    rows = [line.split() for line in path_of("CDNOW_sample.txt").read_text(encoding="ascii").splitlines()]
    with table.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["customer", "document", "date", "CDs", "net"])
        for number, (_, customer, day, discs, dollars) in enumerate(rows, 1):
            writer.writerow([customer, number, f"{day[:4]}-{day[4:6]}-{day[6:]}", discs, dollars])


def summary(name: str = "cdnow_customers_summary.csv") -> tuple[Histories, Floats]:
    """The published table of histories; and mean values of repeat orders in dollars, where it has them."""
    table = np.genfromtxt(path_of(name), delimiter=",", skip_header=1)
    return Histories(table[:, 1], table[:, 2], table[:, 3]), table[:, -1]
