"""Results that others published, through the program's own import of the data they used."""

import csv
import gzip
import json
from collections.abc import Iterable, Sequence
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from core.analysis.facts import Facts, load_facts
from core.analysis.orders import orders_of
from core.analysis.patterns.basket_rules import basket_rules
from core.analysis.patterns.baskets import Baskets, make_baskets
from core.analysis.patterns.cohorts import Step, cohorts
from core.analysis.patterns.dependence import concentration, largest_share, reaching
from core.analysis.patterns.rfm import RfmChoice, Rule, rfm_with
from core.analysis.profit_ladder import profit_ladder
from core.period import EVERYTHING
from core.store.book import create_book
from core.store.settings import write_setting
from core.usecases.import_files import commit_import, preview_import
from importers.reading import read_source
from importers.shelf import importer

DATA = Path(__file__).resolve().parents[5] / "shared" / "data"
pytestmark = pytest.mark.skipif(
    not DATA.exists(), reason="the public data sets are not beside this repository"
)


def published(entry: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((DATA / "published/published.json").read_text())[entry]
    return found


def imported(file: Path, folder: Path, as_of: str, **settings: str) -> Facts:
    """The facts of a new book into which one file of invoice lines was imported."""
    with create_book(folder / "client.quintile") as book:
        for name, value in settings.items():
            write_setting(book.connection, name, value)
        commit_import(book, preview_import(book, read_source(file), importer("invoice_lines")))
        return load_facts(book, EVERYTHING, date.fromisoformat(as_of))


def written(path: Path, header: Sequence[str], rows: Iterable[Sequence[object]]) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows])
    return path


def test_the_scores_of_the_r_package_come_out_exactly(tmp_path: Path) -> None:
    expected = published("rfm_orders_first_5")
    # The R package counts every order, also two on one day.
    facts = imported(DATA / "rfm-orders/rfm_data_orders.csv", tmp_path, "2006-12-31", merge_same_day="no")
    found = rfm_with(facts, RfmChoice(rule=Rule.QUANTILES_PLUS_ONE))
    cuts = expected["cuts"]
    assert found.recency_cuts == tuple(Fraction(str(cut)) for cut in cuts["recency"])
    assert found.frequency_cuts == tuple(cuts["frequency"])
    assert found.monetary_cuts == tuple(Fraction(str(cut)) * 100 for cut in cuts["monetary"])
    orders = orders_of(facts)
    assert int(orders.count_in_period.sum()) == expected["total_transactions"]
    revenue = profit_ladder(facts).by_customer["net_revenue"]
    names = facts.customers["name"].tolist()
    today = np.datetime64(facts.as_of, "D").astype(int)
    for name, recency, count, amount, score in expected["rows"]:
        at = names.index(name)
        assert (today - orders.last[at], orders.count_in_period[at], revenue[at]) == (
            recency,
            count,
            amount * 100,
        )
        assert found.r[at] * 100 + found.f[at] * 10 + found.m[at] == score, name


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """All 69,659 purchases of the master file; as blanks part its columns, a CSV is written first."""
    folder = tmp_path_factory.mktemp("cdnow")
    with gzip.open(DATA / "cdnow/CDNOW_master.txt.gz", "rt") as file:
        rows = [line.split() for line in list(file)[1:] if line.strip()]
    table = written(
        folder / "cdnow.csv",
        ("customer id", "date", "quantity", "net amount"),
        ((who, f"{day[:4]}-{day[4:6]}-{day[6:]}", discs, dollars) for who, day, discs, dollars in rows),
    )
    return imported(table, folder, "1998-06-30")


@pytest.mark.slow
def test_the_cohorts_of_the_music_shop_come_out(cdnow: Facts) -> None:
    found = cohorts(cdnow)
    assert len(cdnow.customers) == 23570
    assert [period.key for period in found.periods][:3] == ["1997-01", "1997-02", "1997-03"]
    assert len(found.periods) == 18
    assert found.size.tolist() == [7846, 8476, 7248, *[0] * 15]
    january = "7846 1157 964 810 679 736 720 582 559 594 673 634 528 511 664 472 497 498"
    assert found.active[0].tolist() == [int(number) for number in january.split()]
    assert found.customers(2, 16) is None
    assert int(found.net_revenue.sum()) == 250031563
    assert not found.last_is_partial


@pytest.mark.slow
def test_its_quarter_holds_everybody(cdnow: Facts) -> None:
    found = cohorts(cdnow, Step.QUARTER)
    assert found.size.tolist() == [23570, 0, 0, 0, 0, 0]


@pytest.fixture(scope="module")
def groceries() -> tuple[Baskets, list[str]]:
    with (DATA / "groceries/groceries_long.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["item"] for row in rows})
    place = {name: at for at, name in enumerate(names)}
    basket = np.array([int(row["transaction_id"]) for row in rows])
    item = np.array([place[row["item"]] for row in rows])
    return make_baskets(basket, item, len(names)), names


def test_the_baskets_of_the_grocery_are_read_as_published(groceries: tuple[Baskets, list[str]]) -> None:
    baskets, names = groceries
    expected = published("groceries_rules")
    count = np.bincount(baskets.items)
    assert {names[at]: int(count[at]) for at in np.argsort(-count)[:5]} == expected["top_items"]
    assert (baskets.count, len(names)) == (9835, 169)
    assert len(baskets.items) / baskets.count / len(names) == pytest.approx(expected["density"], rel=1e-6)
    sizes = np.diff(baskets.starts)
    assert (sizes.max(), round(sizes.mean(), 3)) == (
        expected["basket_size_max"],
        expected["basket_size_mean"],
    )


def test_the_rules_of_the_grocery_come_out(groceries: tuple[Baskets, list[str]]) -> None:
    baskets, names = groceries
    expected = published("groceries_rules")
    rules = basket_rules(baskets, Fraction("0.001"), Fraction("0.5"))
    assert len(rules) == expected["rules_supp0.001_conf0.5_single_consequent"]
    for rule, known in zip(rules, expected["top3_by_lift"], strict=False):
        assert [names[at].strip() for at in rule.antecedent] == known["lhs"]
        assert names[rule.consequent].strip() == known["rhs"]
        assert rule.count == known["count"]
        ratios = (rule.support, rule.confidence, rule.lift)
        assert ratios == pytest.approx([known[name] for name in ("support", "confidence", "lift")], rel=1e-6)


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    """Order lines with customer and date beside them; a currency of four decimals keeps each line whole."""
    folder = tmp_path_factory.mktemp("northwind")
    with (DATA / "northwind/orders.csv").open(encoding="utf-8", newline="") as file:
        orders = {row["OrderID"]: row for row in csv.DictReader(file)}
    with (DATA / "northwind/order_details.csv").open(encoding="utf-8", newline="") as file:
        lines = list(csv.DictReader(file))
    header = ("order no", "date", "customer id", "product id", "quantity", "unit price", "discount percent")
    rows = (
        (
            line["OrderID"], orders[line["OrderID"]]["OrderDate"][:10], orders[line["OrderID"]]["CustomerID"],
            line["ProductID"], line["Quantity"], line["UnitPrice"], Fraction(line["Discount"]) * 100,
        )
        for line in lines
    )  # fmt: skip
    return imported(written(folder / "northwind.csv", header, rows), folder, "1998-05-06", currency="CLF")


def test_the_totals_of_the_trader_come_out(northwind: Facts) -> None:
    expected = published("northwind")["expected"]
    ladder = profit_ladder(northwind)
    assert (len(northwind.documents), len(northwind.lines)) == (expected["orders"], expected["order_lines"])
    assert ladder.total.gross_sales == round(expected["gross"] * 10**4)
    assert ladder.total.net_revenue == round(expected["net_of_discount"] * 10**4)
    ranked = ladder.by_customer["net_revenue"].set_axis(northwind.customers["name"]).nlargest(3)
    assert ranked.index.tolist() == list(expected["top3"])
    assert [amount / 10**4 for amount in ranked] == pytest.approx(list(expected["top3"].values()), abs=0.005)


def test_few_customers_bring_most_of_the_traders_sales(northwind: Facts) -> None:
    found = concentration(northwind)
    assert found.customers == 89
    assert [(each.percent, each.customers) for each in found.reaching] == [(50, 13), (80, 34)]
    amounts = profit_ladder(northwind).by_customer["net_revenue"].to_numpy()
    # 20 % of 89 is 17.8: the published share is that of 18 customers.
    assert (found.top_fifth.customers, round(found.top_fifth.revenue.value or 0, 4)) == (18, 0.6006)
    assert largest_share(amounts, 18) == found.top_fifth
    assert reaching(amounts, 80) == found.reaching[1]
