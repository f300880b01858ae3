"""Purchase patterns against their peers, on the same facts: RFM and cohorts against hand-written pandas, basket
rules against mlxtend's fpgrowth (a development-only package; that part is skipped where it is not installed).

Run: python benchmarks/bench_patterns.py [LINES]. Prints seconds, mebibytes and ratios; the limits are 1.5 for RFM
and for cohorts, 1.0 for the time of the rules and 0.5 for their memory.
"""

import importlib
import importlib.util
import sys
import tempfile
import time
import tracemalloc
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
import pandas as pd

from benchmarks.invoice_lines import CUSTOMERS, DOCUMENTS, ITEMS, LINES, write_invoice_lines
from core.analysis.facts import Facts
from core.analysis.patterns.basket_rules import basket_rules
from core.analysis.patterns.baskets import Baskets, frequent_sets, make_baskets
from core.analysis.patterns.cohorts import cohorts
from core.analysis.patterns.rfm import rfm
from core.period import EVERYTHING
from core.store.frames import KINDS

PATTERN_LIMIT, TIME_LIMIT, MEMORY_LIMIT = 1.5, 1.0, 0.5
SUPPORT, CONFIDENCE = Fraction("0.001"), Fraction("0.5")
ROUNDS = 5


def read(path: Path) -> Facts:
    """Facts of the file, read by pandas: the import has a benchmark of its own."""
    table = pd.read_csv(path, dtype={"net_amount": str, "cost": str})
    document, first = np.unique(table["invoice_no"], return_index=True)
    customer, names = pd.factorize(table["customer"], sort=True)
    item, codes = pd.factorize(table["item"], sort=True)
    day = table["date"].to_numpy(dtype="datetime64[s]")
    order = np.argsort(day[first], kind="stable")
    place = np.empty(len(order), dtype=np.int64)
    place[order] = np.arange(len(order))
    owner = place[np.searchsorted(document, table["invoice_no"])]
    rows = np.argsort(owner, kind="stable")
    net, cost = (
        table[name].str.replace(".", "", regex=False).to_numpy(dtype=np.int64)[rows]
        for name in ("net_amount", "cost")
    )
    nothing = np.zeros(len(table), dtype=np.int64)
    starts = first[order]
    return Facts(
        currency="USD",
        exponent=2,
        period=EVERYTHING,
        as_of=day.max().astype("datetime64[D]").item(),
        basis="accrual",
        customers=pd.DataFrame({"customer_id": np.arange(len(names)), "name": names}),
        attributes=pd.DataFrame(index=range(len(names))),
        items=pd.DataFrame({"item_id": np.arange(len(codes)), "code": codes, "name": codes, "category": ""}),
        documents=pd.DataFrame(
            {
                "customer": customer[starts],
                "day": day[starts],
                "kind": pd.Categorical(["invoice"] * len(starts), categories=[kind.value for kind in KINDS]),
            }
        ),
        lines=pd.DataFrame(
            {
                "document": owner[rows],
                "item": item[rows],
                "gross": net,
                "discount": nothing,
                "net": net,
                "cost": cost,
                "cost_known": np.ones(len(table), dtype=np.bool_),
            }
        ),
        accounts=pd.DataFrame({"account_id": nothing[:0], "type": "", "pool": nothing[:0]}),
        postings=pd.DataFrame(
            {"account": nothing[:0], "customer": nothing[:0], "day": day[:0], "amount": nothing[:0]}
        ),
        pools=pd.DataFrame({"pool_id": nothing[:0], "name": "", "driver": ""}),
    )


def pandas_rfm(facts: Facts) -> int:
    """Scores by quintiles as somebody at home in pandas writes them, with the names of the segments."""
    rows = facts.lines.join(facts.documents, on="document")
    orders = facts.documents.drop_duplicates(["customer", "day"]).groupby("customer")["day"]
    table = pd.DataFrame({"last": orders.max(), "orders": orders.size()})
    table["revenue"] = rows.groupby("customer")["net"].sum()
    for name, column in (("r", "last"), ("f", "orders"), ("m", "revenue")):
        table[name] = (table[column].rank(method="min").astype("int64") - 1) * 5 // len(table) + 1
    cell = table["r"] * 100 + table["f"] * 10 + table["m"]
    table["segment"] = cell.map({cell: f"Segment {cell}" for cell in range(111, 556)})
    return int(cell.sum())


def own_rfm(facts: Facts) -> int:
    """The program's scores."""
    found = rfm(facts)
    return int((found.r * 100 + found.f * 10 + found.m).sum())


def pandas_cohorts(facts: Facts) -> tuple[int, ...]:
    """Customers, revenue and cost by month of first order and months since."""
    documents = facts.documents.assign(
        month=facts.documents["day"].dt.year * 12 + facts.documents["day"].dt.month
    )
    first = documents.groupby("customer")["month"].min().rename("cohort")
    documents = documents.join(first, on="customer")
    documents["since"] = documents["month"] - documents["cohort"]
    active = documents.groupby(["cohort", "since"])["customer"].nunique()
    rows = facts.lines.join(documents[["cohort", "since"]], on="document")
    money = rows.groupby(["cohort", "since"])[["net", "cost"]].sum()
    table = active.reset_index().pivot_table(index="cohort", columns="since", values="customer")
    return (*table.iloc[0].dropna().astype(int), int(money["net"].sum()), int(money["cost"].sum()))


def own_cohorts(facts: Facts) -> tuple[int, ...]:
    """The program's cohorts, unbounded retention included."""
    found = cohorts(facts)
    return (*found.active[0].tolist(), int(found.net_revenue.sum()), int(found.covered_cost.sum()))


def seconds(work: Callable[[], Any]) -> tuple[float, Any]:
    """Time one run."""
    start = time.perf_counter()
    result = work()
    return time.perf_counter() - start, result


def mebibytes(work: Callable[[], Any]) -> float:
    """Highest memory that a run takes beyond what was there before."""
    tracemalloc.start()
    work()
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return peak / 2**20


def compare(name: str, facts: Facts, own: Callable[[Facts], Any], peer: Callable[[Facts], Any]) -> bool:
    """Take turns on fresh facts, so that nothing is remembered; the median counts."""
    ours, theirs = [], []
    for _ in range(ROUNDS):
        took, first = seconds(lambda: own(replace(facts)))
        ours.append(took)
        took, second = seconds(lambda: peer(replace(facts)))
        theirs.append(took)
        if first != second:
            print(f"{name}: the figures differ: {first} against {second}")
            return False
    middle, other = sorted(ours)[ROUNDS // 2], sorted(theirs)[ROUNDS // 2]
    print(f"{name}: {middle:.3f} s, pandas {other:.3f} s, ratio {middle / other:.2f} (limit {PATTERN_LIMIT})")
    return middle / other <= PATTERN_LIMIT


def compare_rules(name: str, baskets: Baskets) -> bool:
    """Rules at a support of .001 against mlxtend's fpgrowth and association_rules on a table of flags."""
    if importlib.util.find_spec("mlxtend") is None:
        took, rules = seconds(lambda: basket_rules(baskets, SUPPORT, CONFIDENCE))
        print(f"Rules of {name}: {took:.2f} s, {len(rules):,} rules; not compared: mlxtend is not installed")
        return True
    fpgrowth = importlib.import_module("mlxtend.frequent_patterns").fpgrowth
    owner = np.repeat(np.arange(baskets.count), np.diff(baskets.starts))

    def peer() -> int:
        flags = np.zeros((baskets.count, baskets.item_count), dtype=np.bool_)
        flags[owner, baskets.items] = True
        return len(fpgrowth(pd.DataFrame(flags), min_support=float(SUPPORT)))

    def own() -> int:
        return len(frequent_sets(baskets, SUPPORT))

    took, count = seconds(lambda: len(basket_rules(baskets, SUPPORT, CONFIDENCE)))
    other, theirs = seconds(peer)
    sets = own()
    memory, other_memory = mebibytes(lambda: basket_rules(baskets, SUPPORT, CONFIDENCE)), mebibytes(peer)
    print(
        f"Rules of {name}: {sets:,} sets (fpgrowth {theirs:,}), {count:,} rules in {took:.2f} s, fpgrowth's sets "
        f"alone {other:.2f} s, ratio {took / other:.2f} (limit {TIME_LIMIT}); {memory:.0f} MiB against "
        f"{other_memory:.0f} MiB, ratio {memory / other_memory:.2f} (limit {MEMORY_LIMIT})"
    )
    return sets == theirs and took <= TIME_LIMIT * other and memory <= MEMORY_LIMIT * other_memory


def habits(count: int) -> Baskets:
    """Baskets of people with habits: five items of one of 60 lists, some by chance, seed 5."""
    chance = np.random.default_rng(5)
    lists = chance.integers(0, ITEMS, (60, 8))
    basket = np.repeat(np.arange(count), 5)
    kind = np.repeat(chance.integers(0, len(lists), count), 5)
    usual = lists[kind, chance.integers(0, 8, len(basket))]
    item = np.where(chance.random(len(basket)) < 0.3, chance.integers(0, ITEMS, len(basket)), usual)
    return make_baskets(basket, item, ITEMS)


def main() -> int:
    """Run all comparisons."""
    lines = int(sys.argv[1]) if len(sys.argv) > 1 else LINES
    share = lines / LINES
    with tempfile.TemporaryDirectory() as folder:
        path = write_invoice_lines(
            Path(folder) / "lines.csv",
            lines=lines,
            documents=max(1, round(DOCUMENTS * share)),
            customers=max(20, round(CUSTOMERS * share)),
        )
        facts = read(path)
    documents = facts.lines["document"].to_numpy()
    held = [
        compare("RFM", facts, own_rfm, pandas_rfm),
        compare("Cohorts", facts, own_cohorts, pandas_cohorts),
        compare_rules("the lines", make_baskets(documents, facts.lines["item"].to_numpy(), ITEMS)),
        compare_rules("habits", habits(len(facts.documents) // 8)),
    ]
    return 0 if all(held) else 1


if __name__ == "__main__":
    raise SystemExit(main())
