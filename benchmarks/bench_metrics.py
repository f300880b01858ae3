"""Every customer metric, RFM and the whale curve from a book's file, against hand-written pandas.

Run: python benchmarks/bench_metrics.py [LINES]. Prints seconds and the ratio; 2.0 is the limit.
The peer reads the same tables with pandas.read_sql and groups by customer with pandas' own functions; it works
out the same figures, in whole cents, without the tie to a ledger.
"""

import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from core.analysis.facts import default_period, load_facts
from core.analysis.metric_shelf import customer_metrics
from core.analysis.patterns.concentration import whale_curve
from core.analysis.profit_ladder import profit_ladder
from core.store.book import create_book, open_book

LIMIT = 2.0
ROUNDS = 3
FIRST_DAY, DAYS = np.datetime64("2024-11-01"), 730
START, END = pd.Timestamp("2025-11-01"), pd.Timestamp("2026-10-31")


def write_book(path: Path, lines: int) -> None:
    """Make a book with so many lines, a fifth as many documents and a fiftieth as many customers, seed 5."""
    rng = np.random.default_rng(5)
    documents, customers = lines * 213 // 1000, max(1, lines // 50)
    day = (FIRST_DAY + np.sort(rng.integers(0, DAYS, documents))).astype(str).tolist()
    customer = (1 + (rng.random(documents) ** 2 * customers).astype(int)).tolist()
    credit = rng.random(documents) < 0.03
    kinds = np.where(credit, "credit note", "invoice").tolist()
    owner = np.sort(np.concatenate([np.arange(documents), rng.integers(0, documents, lines - documents)]))
    sign = np.where(credit[owner], -1, 1)
    quantity, price = sign * rng.integers(1, 9, lines), rng.integers(700, 3000, lines)
    discount = sign * np.where(rng.random(lines) < 0.1, 100, 0)
    rows = zip(
        (owner + 1).tolist(),
        rng.integers(1, 501, lines).tolist(),
        (quantity * 1_000_000).tolist(),
        (quantity * price).tolist(),
        discount.tolist(),
        (quantity * price - discount).tolist(),
        (quantity * 500).tolist(),
        strict=True,
    )
    with create_book(path) as book, book.transaction() as connection:
        connection.execute(
            "INSERT INTO imports VALUES (1, 'x', 'x', 'x.csv', '', 0, '', NULL, '', '{}', '{}', '')"
        )
        connection.executemany(
            "INSERT INTO customers (id, name, import_id) VALUES (?, ?, 1)",
            ((n, f"Customer {n}") for n in range(1, customers + 1)),
        )
        connection.executemany(
            "INSERT INTO items VALUES (?, ?, ?, ?, 1)",
            ((n, f"I{n}", f"Item {n}", f"C{n % 12}") for n in range(1, 501)),
        )
        connection.executemany(
            "INSERT INTO documents VALUES (?, 1, 'x', ?, ?, ?, ?, ?, 'USD', '', '', ?, NULL)",
            ((n + 1, f"K{n}", kinds[n], f"INV-{n}", day[n], customer[n], n) for n in range(documents)),
        )
        connection.executemany(
            "INSERT INTO document_lines (document_id, row, item_id, description, quantity_millionths, gross_minor, "
            "discount_minor, net_minor, tax_minor, cost_minor, cost_basis) "
            "VALUES (?, 2, ?, '', ?, ?, ?, ?, 0, ?, 'line')",
            rows,
        )


def quintile(path: Path) -> dict[str, int]:
    """The program's own way."""
    with open_book(path, read_only=True) as book:
        facts = load_facts(book, *default_period(book))
    table = customer_metrics(facts)
    curve = whale_curve(profit_ladder(facts).by_customer["gross_profit"])
    return {
        "net_revenue": int(table["net_revenue"].sum()),
        "gross_profit": int(table["gross_profit"].sum()),
        "orders": int(table["orders"].sum()),
        "recency": int(table["recency_days"].sum()),
        "peak": curve.peak_minor,
        "gaps": int(table["median_interpurchase_days"].sum() * 2),
    }


def peer(path: Path) -> dict[str, int]:
    """The same figures as somebody at home in pandas writes them."""
    with closing(sqlite3.connect(path)) as connection:
        customers = pd.read_sql("SELECT id, name FROM customers", connection, index_col="id")
        documents = pd.read_sql(
            "SELECT id, customer_id, date, kind, number FROM documents WHERE replaced_by IS NULL AND rate <> '?'",
            connection,
            parse_dates=["date"],
        )
        lines = pd.read_sql(
            "SELECT document_id, item_id, quantity_millionths, gross_minor, discount_minor, net_minor, cost_minor, row "
            "FROM document_lines",
            connection,
        )
    history = documents[documents["kind"] == "invoice"].drop_duplicates(["customer_id", "date"])
    history = history.sort_values(["customer_id", "date"])
    rows = lines.merge(documents, left_on="document_id", right_on="id")
    rows = rows[rows["date"].between(START, END)]
    sales, returns = rows[rows["kind"] == "invoice"], rows[rows["kind"] != "invoice"]
    table = pd.DataFrame(index=customers.index)
    sums = rows.groupby("customer_id")[["net_minor", "cost_minor"]].sum()
    table["net_revenue"] = sums["net_minor"]
    table["cost_of_sales"] = sums["cost_minor"]
    sold = sales.groupby("customer_id")[["gross_minor", "discount_minor"]].sum()
    table["gross_sales"], table["discounts"] = sold["gross_minor"], sold["discount_minor"]
    table["credits"] = -returns.groupby("customer_id")["net_minor"].sum()
    table = table.fillna(0).astype("int64")
    table["coverage"] = rows.assign(known=rows["cost_minor"].notna()).groupby("customer_id")["known"].mean()
    table["gross_profit"] = table["net_revenue"] - table["cost_of_sales"]
    table["gross_margin"] = table["gross_profit"] / table["net_revenue"]
    table["discount_share"] = table["discounts"] / table["gross_sales"]
    table["returns_share"] = table["credits"] / (table["gross_sales"] - table["discounts"])
    table["orders"] = history[history["date"].between(START, END)].groupby("customer_id").size()
    table["orders"] = table["orders"].fillna(0).astype("int64")
    table["average_order_value"] = table["net_revenue"] / table["orders"]
    table["lines_per_order"] = sales.groupby("customer_id").size() / table["orders"]
    days = history.groupby("customer_id")["date"]
    table["first"], table["last"] = days.min(), days.max()
    table["recency"], table["tenure"] = (END - table["last"]).dt.days, (END - table["first"]).dt.days
    gaps = days.diff().dt.days
    table["gap"] = gaps.groupby(history["customer_id"]).median()
    table["lateness"] = table["recency"] / table["gap"]
    recent = rows[rows["date"] >= "2026-08-01"].groupby("customer_id")["net_minor"].sum()
    base = rows[rows["date"].between("2026-05-01", "2026-07-31")].groupby("customer_id")["net_minor"].sum()
    table["trend"] = recent / base - 1
    active = table[table["orders"] > 0]
    scores = {
        "r": (-active["recency"]).rank(method="min"),
        "f": active["orders"].rank(method="min"),
        "m": active["net_revenue"].rank(method="min"),
    }
    for name, rank in scores.items():
        table[name] = ((rank - 1) * 5 // len(active) + 1).astype("Int64")
    table["cell"] = table["r"] * 100 + table["f"] * 10 + table["m"]
    table["segment"] = table["cell"].map({cell: f"Segment {cell}" for cell in range(111, 556)})
    ranked = table["net_revenue"].sort_values(ascending=False)
    share = ranked.cumsum() / ranked.sum()
    table["abc"] = pd.cut(share, [0, 0.8, 0.95, 2], labels=["A", "B", "C"])
    curve = table["gross_profit"].sort_values(ascending=False).cumsum()
    return {
        "net_revenue": int(table["net_revenue"].sum()),
        "gross_profit": int(table["gross_profit"].sum()),
        "orders": int(table["orders"].sum()),
        "recency": int(table["recency"].sum()),
        "peak": int(curve.max()),
        "gaps": int(table["gap"].sum() * 2),
    }


def seconds(work: Callable[[Path], dict[str, int]], path: Path) -> tuple[float, dict[str, int]]:
    """Time one run."""
    start = time.perf_counter()
    result = work(path)
    return time.perf_counter() - start, result


def main() -> int:
    """Compare both on one book, taking turns; the median counts."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "benchmark.quintile"
        write_book(path, count)
        own, other = [], []
        for _ in range(ROUNDS):
            took, ours = seconds(quintile, path)
            own.append(took)
            took, theirs = seconds(peer, path)
            other.append(took)
            if ours != theirs:
                print(f"The figures differ: {ours} against {theirs}")
                return 1
    ratio = sorted(own)[ROUNDS // 2] / sorted(other)[ROUNDS // 2]
    print(
        f"Metrics of {count:,} lines: {sorted(own)[ROUNDS // 2]:.2f} s, pandas {sorted(other)[ROUNDS // 2]:.2f} s"
    )
    print(f"Ratio {ratio:.2f} (limit {LIMIT})")
    return 0 if ratio <= LIMIT else 1


if __name__ == "__main__":
    raise SystemExit(main())
