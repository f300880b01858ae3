"""Results that others published, typed in and imported as a bookkeeper would, through the command line."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import pytest

from ui.cli import run

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
published_data = pytest.mark.skipif(
    not DATA.exists(), reason="the public data sets are not beside this repository"
)


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(["patterns", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


def imported(folder: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A new book with one file of invoice lines."""
    with (folder / "sales.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    book = str(folder / "client")
    assert run(["new", book, "--client", "Client", "--currency", "USD"]) == 0
    assert run(["import", book, str(folder / "sales.csv")]) == 0
    return book


def test_histories_are_those_of_the_lifetimes_package(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its tests print this table: frequency, recency and T in days, and mean value of repeat purchases."""
    sales = (
        (1, "2015-01-01", 1), (1, "2015-02-06", 2), (2, "2015-01-01", 2), (3, "2015-01-01", 3),
        (3, "2015-01-02", 1), (3, "2015-01-05", 5), (4, "2015-01-16", 6), (4, "2015-02-02", 3),
        (4, "2015-02-05", 3), (5, "2015-01-16", 3), (5, "2015-01-17", 1), (5, "2015-01-18", 8),
        (6, "2015-02-02", 5),
    )  # fmt: skip
    book = imported(tmp_path, ("customer", "date", "amount"), sales)
    found = answer(capsys, book, "--as-of", "2015-02-07", "--part", "lifetime", "--unit", "days")
    keys = ("customer", "repeat_orders", "first_to_last", "first_to_end", "mean_repeat_order")
    assert [tuple(one[key] for key in keys) for one in found["lifetime_value"]["customers"]] == [
        ("1", 1, 36.0, 37.0, "2.000000"),
        ("2", 0, 0.0, 37.0, None),
        ("3", 2, 4.0, 37.0, "3.000000"),
        ("4", 2, 20.0, 22.0, "3.000000"),
        ("5", 2, 2.0, 22.0, "4.500000"),
        ("6", 0, 0.0, 5.0, None),
    ]
    assert found["lifetime_value"]["not_enough"]["have"] == 4  # the histories stand there all the same


@pytest.fixture
def cdnow(tmp_path: Path) -> str:
    lines = (DATA / "cdnow/CDNOW_sample.txt").read_text(encoding="ascii").splitlines()
    rows = (
        (customer, f"D{place}", f"{day[:4]}-{day[4:6]}-{day[6:]}", dollars)
        for place, line in enumerate(lines)
        for _, customer, day, _, dollars in [line.split()]
    )
    return imported(tmp_path, ("Customer", "Invoice No", "Date", "Net"), rows)


@published_data
def test_pareto_nbd_of_cdnow_is_that_of_fader_hardie_and_lee(
    cdnow: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Marketing Science 2005, table 2; log-likelihood and standard errors as CLVTools 0.12 tests them."""
    found = answer(capsys, cdnow, "--as-of", "1997-09-30", "--part", "lifetime", "--model", "pareto_nbd")
    value = found["lifetime_value"]
    published = {"r": 0.553, "alpha": 10.578, "s": 0.606, "beta": 11.669}
    assert value["parameters"] == pytest.approx(published, rel=1e-3)
    assert value["log_likelihood"] == pytest.approx(-9594.976, abs=1e-3)
    errors = {"r": 0.0476264, "alpha": 0.8427222, "s": 0.1872594, "beta": 6.2105448}
    assert value["standard_errors"] == pytest.approx(errors, rel=1e-3)


@published_data
def test_each_customer_has_what_the_fit_expects_after_its_end(
    cdnow: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Customer 1516 of the BTYD walkthrough: 25.76 orders in 52 weeks, 96.9 % still buying."""
    asked = ("--until", "1997-09-30", "--as-of", "1998-09-29", "--part", "lifetime")
    held = answer(capsys, cdnow, *asked)["lifetime_value"]["hold_out"]
    assert (held["time"], len(held["customers"])) == (52.0, 2357)
    [one] = [each for each in held["customers"] if each["customer"] == "1516"]
    assert (one["repeat_orders"], one["first_to_end"]) == (26, 31.0)
    assert one["first_to_last"] == pytest.approx(30.857, abs=1e-3)
    assert one["expected_orders"] == pytest.approx(25.75659, rel=1e-4)
    assert one["p_alive"] == pytest.approx(0.9688523, rel=1e-4)
    assert sum(each["actual_orders"] for each in held["customers"]) == 1882  # the data end on 1998-06-30


@published_data
def test_champions_of_the_r_package_rfm_are_the_same_customers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its tests count 158 customers scored 4 or 5 in all three, with 1,234 orders and revenue of 120,178."""
    book = str(tmp_path / "client")
    assert run(["new", book, "--client", "Client"]) == 0
    assert run(["import", book, str(DATA / "rfm-orders/rfm_data_orders.csv")]) == 0
    assert run(["settings", book, "merge_same_day=no"]) == 0  # it counts every order, also two on one day
    asked = ("--as-of", "2006-12-31", "--part", "rfm", "--rfm-rule", "quantiles")
    scored = answer(capsys, book, *asked)["rfm"]["customers"]
    champions = [one for one in scored if min(one["r"], one["f"], one["m"]) >= 4]
    assert len(champions) == 158
    assert sum(one["orders"] for one in champions) == 1234
    assert sum(float(one["amount"]) for one in champions) == 120178
