"""Import of 1,000,000 invoice lines against a bare csv.reader into executemany, in the same run.

Prints the ratio (wanted: at most 2.5) and the highest memory of the importing process (wanted: below 400 MiB).
"""

import argparse
import csv
import json
import resource
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).parent.parent))

from benchmarks.invoice_lines import LINES, write_invoice_lines


def bare(source: Path, target: Path) -> float:
    """Import with nothing but csv.reader and executemany, on one table with three indexes; return seconds."""
    start = time.perf_counter()
    connection = sqlite3.connect(target)
    connection.execute(
        "CREATE TABLE lines (invoice_no TEXT, date TEXT, customer TEXT, item TEXT, category TEXT, quantity TEXT, "
        "unit_price INTEGER, net INTEGER, tax INTEGER, cost INTEGER)"
    )
    for column in ("invoice_no", "customer", "date"):
        connection.execute(f"CREATE INDEX by_{column} ON lines({column})")
    with connection, source.open(encoding="utf-8", newline="") as file:
        connection.executemany("INSERT INTO lines VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", _rows(file))
    connection.close()
    return time.perf_counter() - start


def _rows(file: Iterator[str]) -> Iterator[list[object]]:
    reader = csv.reader(file)
    next(reader)
    for row in reader:
        yield [*row[:6], *(int(text.replace(".", "")) for text in row[6:])]


def quintile(source: Path, target: Path) -> tuple[float, float]:
    """Import through the use cases in a process of its own; return seconds and MiB."""
    start = time.perf_counter()
    done = subprocess.run(  # noqa: S603 - this very script
        [sys.executable, __file__, "--child", str(source), str(target)],
        check=True,
        capture_output=True,
        text=True,
    )
    seconds = time.perf_counter() - start
    answer = json.loads(done.stdout)
    assert answer["lines"] == answer["wanted"], answer
    return seconds, answer["mebibytes"]


def import_once(source: Path, target: Path) -> None:
    """Do the import and print what it took."""
    from core.usecases.books import new_book
    from core.usecases.import_files import commit_import, preview_import
    from ui.intake import recognise_file

    with source.open(encoding="utf-8") as file:
        wanted = sum(1 for _ in file) - 1
    with new_book(target, client="Benchmark", currency="USD") as book:
        found = recognise_file(source)
        assert found.importer is not None
        totals = commit_import(book, preview_import(book, found.source, found.importer)).preview.totals
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"lines": totals.lines, "wanted": wanted, "mebibytes": peak}))


def main() -> None:
    """Measure both and print the ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=LINES)
    parser.add_argument("--child", nargs=2, type=Path)
    arguments = parser.parse_args()
    if arguments.child:
        import_once(*arguments.child)
        return
    with TemporaryDirectory() as name:
        folder = Path(name)
        share = arguments.lines / LINES
        source = write_invoice_lines(
            folder / "lines.csv",
            lines=arguments.lines,
            documents=round(213_000 * share),
            customers=round(20_000 * share),
        )
        peer = bare(source, folder / "bare.sqlite")
        seconds, mebibytes = quintile(source, folder / "book.quintile")
    print(f"{arguments.lines:,} lines: csv.reader + executemany {peer:.1f} s, import {seconds:.1f} s")
    print(f"ratio {seconds / peer:.2f} (wanted at most 2.5), memory {mebibytes:.0f} MiB (wanted below 400)")


if __name__ == "__main__":
    main()
