"""BG/NBD and Gamma-Gamma fitted to 20,000 customers, against the lifetimes package.

Run: python benchmarks/bench_lifetime_value.py [CUSTOMERS]. Prints seconds and the ratio; 0.5 is the limit.
The peer is a development-only dependency of this script and abandoned: it wants pandas below 2.2 and numpy below 2,
so it lives in an environment of its own. Name that environment's Python in LIFETIMES_PYTHON; without it, or where
lifetimes cannot be imported, only the program's own time is printed. Both sides fit the same histories and spend,
each a process that has imported everything before the clock starts; both print the parameters that they found.
"""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np

LIMIT = 0.5
ROUNDS = 3
SPAN_DAYS = 730

PEER = """
import sys, time, warnings
warnings.simplefilter("ignore")
import numpy as np, pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
x, t_x, age, mean = np.load(sys.argv[1])
table = pd.DataFrame({"x": x, "t_x": t_x, "age": age, "mean": mean})
again = table[table.x > 0]
best = None
for _ in range(int(sys.argv[2])):
    start = time.perf_counter()
    orders = BetaGeoFitter().fit(table.x, table.t_x, table.age)
    spend = GammaGammaFitter().fit(again.x, again["mean"])
    taken = time.perf_counter() - start
    best = taken if best is None else min(best, taken)
print(best, *orders.params_, *spend.params_)
"""


def simulate(customers: int) -> np.ndarray:
    """Repeat orders, time of the last, age (weeks) and mean value of customers as the models imagine them, seed 5."""
    rng = np.random.default_rng(5)
    age = rng.integers(30, SPAN_DAYS, customers) / 7
    rate, stop = rng.gamma(0.8, 1 / 8, customers), rng.beta(0.6, 2.5, customers)
    x, t_x, now = np.zeros(customers), np.zeros(customers), np.zeros(customers)
    active = np.arange(customers)
    while len(active):
        now[active] += rng.exponential(1 / rate[active])
        active = active[now[active] <= age[active]]
        x[active] += 1
        t_x[active] = np.floor(now[active] * 7) / 7  # orders have days, not moments
        active = active[rng.random(len(active)) > stop[active]]
    x[t_x == 0] = 0
    mean = rng.gamma(5 * np.maximum(x, 1), 1 / rng.gamma(4.0, 1 / 20, customers)) / np.maximum(x, 1)
    return np.stack([x, t_x, age, mean])


def quintile(data: np.ndarray) -> tuple[float, list[float]]:
    """The program's own way: best time of some rounds, and the seven parameters."""
    from core.analysis.patterns.bg_nbd import fit_bg_nbd
    from core.analysis.patterns.fitting import Fit
    from core.analysis.patterns.gamma_gamma import SpendFit, fit_gamma_gamma
    from core.analysis.patterns.repeat_purchases import Histories

    x, t_x, age, mean = data
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        orders, spend = fit_bg_nbd(Histories(x, t_x, age)), fit_gamma_gamma(x, mean)
        times.append(time.perf_counter() - start)
    assert isinstance(orders, Fit)
    assert isinstance(spend, SpendFit)
    return min(times), [*orders.values, *spend.fit.values]


def lifetimes(data: np.ndarray) -> tuple[float, list[float]] | str:
    """The peer's time and parameters, or why there are none."""
    python = os.environ.get("LIFETIMES_PYTHON", "")
    if not python:
        return "LIFETIMES_PYTHON names no Python that has the lifetimes package"
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "histories.npy"
        np.save(file, data)
        command = [python, "-c", PEER, str(file), str(ROUNDS)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - the named Python
    if done.returncode:
        return f"lifetimes did not run: {done.stderr.strip().splitlines()[-1]}"
    taken, *parameters = (float(word) for word in done.stdout.split())
    return taken, parameters


def main() -> int:
    """Measure both and say the ratio."""
    customers = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    data = simulate(customers)
    own, found = quintile(data)
    print(f"{customers:,} customers, {int((data[0] > 0).sum()):,} of them with repeat orders")
    print(f"quintile:  {own:7.3f} s  {' '.join(f'{value:.4f}' for value in found)}")
    peer = lifetimes(data)
    if isinstance(peer, str):
        print(f"skipped the comparison: {peer}")
        return 0
    taken, theirs = peer
    print(f"lifetimes: {taken:7.3f} s  {' '.join(f'{value:.4f}' for value in theirs)}")
    print(f"ratio {own / taken:.2f}, limit {LIMIT}")
    return int(own / taken > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
