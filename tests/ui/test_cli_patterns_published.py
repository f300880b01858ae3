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
    book = imported(tmp_path, ("cust", "date", "sales"), sales)  # as the event logs of R packages are headed
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


def test_rules_are_those_of_the_book_by_han_and_kamber(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Data Mining, chapter on frequent patterns: nine orders of AllElectronics, two orders at least, 70 %."""
    baskets = ("125", "24", "23", "124", "13", "23", "13", "1235", "123")
    rows = (
        (f"C{place % 4}", f"T{place}00", f"2026-01-{place:02d}", f"I{item}", int(item))
        for place, items in enumerate(baskets, 1)
        for item in items
    )
    book = imported(tmp_path, ("Customer", "Invoice No", "Date", "Item", "Net"), rows)
    asked = ("--part", "baskets", "--support", "2/9", "--confidence", "70%")
    found = answer(capsys, book, *asked)["baskets"]
    assert (found["count"], found["least_count"]) == (9, 2)
    assert found["note"] == "Only 9 orders: this may be chance."
    assert {
        (*rule["if"], rule["then"]): rule["count"] for rule in found["rules"] if len(rule["if"]) == 2
    } == {
        ("I1", "I5", "I2"): 2,
        ("I2", "I5", "I1"): 2,
    }
    pairs = answer(capsys, book, *asked, "--rule-items", "2")["baskets"]["rules"]
    assert {(*rule["if"], rule["then"]) for rule in pairs} == {("I4", "I2"), ("I5", "I1"), ("I5", "I2")}
    assert answer(capsys, book, "--part", "baskets")["baskets"]["not_enough"]["need"] == 20


def test_the_season_of_airline_passengers_is_that_of_r(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """decompose(AirPassengers, "multiplicative")$figure; Box and Jenkins, thousands of passengers by month."""
    years = (
        (112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118),
        (115, 126, 141, 135, 125, 149, 170, 170, 158, 133, 114, 140),
        (145, 150, 178, 163, 172, 178, 199, 199, 184, 162, 146, 166),
        (171, 180, 193, 181, 183, 218, 230, 242, 209, 191, 172, 194),
        (196, 196, 236, 235, 229, 243, 264, 272, 237, 211, 180, 201),
        (204, 188, 235, 227, 234, 264, 302, 293, 259, 229, 203, 229),
        (242, 233, 267, 269, 270, 315, 364, 347, 312, 274, 237, 278),
        (284, 277, 317, 313, 318, 374, 413, 405, 355, 306, 271, 306),
        (315, 301, 356, 348, 355, 422, 465, 467, 404, 347, 305, 336),
        (340, 318, 362, 348, 363, 435, 491, 505, 404, 359, 310, 337),
        (360, 342, 406, 396, 420, 472, 548, 559, 463, 407, 362, 405),
        (417, 391, 419, 461, 472, 535, 622, 606, 508, 461, 390, 432),
    )
    rows = (
        (f"C{month % 5}", f"{year}-{month}", f"{year}-{month:02d}-28", passengers)
        for year, passengers_of_year in enumerate(years, 1949)
        for month, passengers in enumerate(passengers_of_year, 1)
    )
    book = imported(tmp_path, ("Customer", "Invoice No", "Date", "Net"), rows)
    found = answer(capsys, book, "--part", "seasonality")["seasonality"]
    published = (
        0.9102304, 0.8836253, 1.0073663, 0.9759060, 0.9813780, 1.1127758,
        1.2265555, 1.2199110, 1.0604919, 0.9217572, 0.8011781, 0.8988244,
    )  # fmt: skip
    assert [month["index"] for month in found["months"]] == pytest.approx(published, abs=5e-8)


def test_gini_is_that_of_the_r_package_ineq(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Its help page works out 0.4620911 for these ten incomes."""
    incomes = (541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261)
    rows = ((f"C{place}", place, "2026-01-05", income) for place, income in enumerate(incomes))
    book = imported(tmp_path, ("Customer", "Invoice No", "Date", "Net"), rows)
    found = answer(capsys, book, "--part", "concentration")["concentration"]
    assert found["gini"] == pytest.approx(0.4620911, abs=5e-8)


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


@published_data
def test_the_scores_of_the_r_package_come_out_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = json.loads((DATA / "published/published.json").read_text())["rfm_orders_first_5"]
    book = str(tmp_path / "orders")
    assert run(["new", book, "--client", "Orders"]) == 0
    assert run(["settings", book, "merge_same_day=no"]) == 0  # the R package counts every order
    assert run(["import", book, str(DATA / "rfm-orders/rfm_data_orders.csv")]) == 0
    asked = ("--as-of", "2006-12-31", "--rfm-rule", "quantiles", "--part", "rfm")
    rfm = answer(capsys, book, *asked)["rfm"]
    cuts = rfm["cuts"]
    assert cuts["recency"] == expected["cuts"]["recency"]
    assert cuts["frequency"] == expected["cuts"]["frequency"]
    assert [float(cut) for cut in cuts["monetary"]] == expected["cuts"]["monetary"]
    first = [
        [
            one["customer"],
            one["recency_days"],
            one["orders"],
            float(one["amount"]),
            int(f"{one['r']}{one['f']}{one['m']}"),
        ]
        for one in rfm["customers"][:5]
    ]
    assert first == expected["rows"]


@published_data
def test_the_paper_on_repeat_purchases_comes_out_of_the_command(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    published = json.loads((DATA / "published/published.json").read_text())
    with (tmp_path / "cdnow.csv").open("w", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["Customer", "Invoice No", "Date", "Quantity", "Net"])
        for place, line in enumerate((DATA / "cdnow/CDNOW_sample.txt").read_text().splitlines()):
            _, customer, day, discs, dollars = line.split()
            writer.writerow([customer, f"D{place}", f"{day[:4]}-{day[4:6]}-{day[6:]}", discs, dollars])
    book = str(tmp_path / "cdnow")
    assert run(["new", book, "--client", "CDNOW"]) == 0
    assert run(["import", book, str(tmp_path / "cdnow.csv")]) == 0
    found = answer(capsys, book, "--as-of", "1998-06-30", "--until", "1997-09-30", "--part", "lifetime")
    digits = published["bgnbd_cdnow"]["digits"]
    held = found["lifetime_value"]["hold_out"]
    for name in ("r", "alpha", "a", "b"):
        assert held["parameters"][name] == pytest.approx(digits[name], rel=1e-3)
    assert held["log_likelihood"] == pytest.approx(digits["LL"], abs=0.01)
    # The 39 weeks kept back hold 1,882 purchase days of these customers.
    assert sum(row["customers"] * (row["actual"] or 0) for row in held["by_frequency"]) == pytest.approx(1882)
    seen = answer(capsys, book, "--as-of", "1997-09-30", "--part", "lifetime")["lifetime_value"]
    assert seen["parameters"] == held["parameters"]
    spend = seen["gamma_gamma"]
    for name, value in published["gammagamma_cdnow"]["paper"].items():
        assert spend["parameters"][name] == pytest.approx(value, rel=2e-3)
    assert spend["log_likelihood"] == pytest.approx(published["gammagamma_cdnow"]["LL_clvtools"], abs=0.01)
    values = published["gammagamma_cdnow"]["cond_expected_first_10"]
    assert [float(one["order_value"]) for one in seen["customers"][:10]] == pytest.approx(values, abs=0.02)
