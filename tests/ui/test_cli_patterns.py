"""The command `patterns`: its JSON, its words, and the exit codes; published results through the whole program."""

import json
from datetime import date, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest

from core.analysis.patterns.share import Share
from core.errors import UsageError
from tests.core.builders import BookBuilder
from ui.cli import run
from ui.cli_patterns import share
from ui.cli_patterns_cells import exact, money_cut, money_share_json, number


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(["patterns", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def three(tmp_path: Path) -> str:
    """Ann and Bob began in August, Cy in September; Ann and Cy came back in October."""
    books = BookBuilder(tmp_path / "three.quintile")
    ann, bob, cy = (books.customer(name) for name in ("Ann", "Bob", "Cy"))
    tea = books.item("Tea", category="Drinks")
    books.customer("Dee")
    sales = (
        ("2026-08-10", ann, 10000),
        ("2026-08-20", bob, 5000),
        ("2026-09-01", cy, 2000),
        ("2026-10-02", cy, 3000),
        ("2026-10-05", ann, 5000),
    )
    for day, customer, net in sales:
        books.line(books.document(day, customer), net=net, cost=net // 2, item=tea)
    books.document("2026-10-20", bob, (-1000, -500), kind="credit note")
    books.book.close()
    return str(tmp_path / "three")


def test_a_date_far_off_does_not_fill_the_cohorts_with_empty_rows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = BookBuilder(tmp_path / "far.quintile")
    ann, bob = books.customer("Ann"), books.customer("Bob")
    for day, customer in (("2024-01-10", ann), ("2024-03-05", bob), ("2106-05-05", ann)):
        books.document(day, customer, (100, None))
    books.book.close()
    cohorts = answer(capsys, str(tmp_path / "far"), "--part", "cohorts")["cohorts"]
    january, march = cohorts["rows"]
    assert (january["cohort"], january["customers"]) == ("Jan 2024", 1)
    assert (march["cohort"], march["customers"]) == ("Mar 2024", 1)
    # 82 years and 4 months after January 2024 is May 2106; of March's, the last two months are not reached.
    assert len(january["active"]) == 82 * 12 + 5
    assert (january["active"][0], january["active"][-1], sum(january["active"])) == (1, 1, 2)
    assert march["active"][-3:] == [0, None, None]


def test_cohorts_count_who_came_back(three: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, three, "--part", "cohorts", "--as-of", "2026-10-31")
    assert (found["as_of"], found["period"]) == ("2026-10-31", "all")
    assert set(found) == {"as_of", "period", "cohorts", "cohorts_by_quarter", "flow", "revenue_retention"}
    cohorts = found["cohorts"]
    assert (cohorts["step"], cohorts["last_is_partial"]) == ("month", False)
    august, september, october = cohorts["rows"]
    assert (august["cohort"], august["start"], august["customers"]) == ("Aug 2026", "2026-08-01", 2)
    assert august["active"] == [2, 0, 1]
    assert [cell["numerator"] for cell in august["unbounded"]] == [2, 1, 1]
    assert august["classic"][2] == {"numerator": 1, "denominator": 2}
    assert august["revenue"] == ["150.00", "0.00", "40.00"]  # Bob's credit note lowers October
    assert august["gross_profit"] == ["75.00", "0.00", "20.00"]
    assert (september["active"], september["classic"][2]) == ([1, 1, None], None)
    assert (october["customers"], october["revenue"]) == (0, ["0.00", None, None])
    assert cohorts["average_classic"][1] == {"numerator": 1, "denominator": 3}
    [quarter, _] = found["cohorts_by_quarter"]["rows"]
    assert (quarter["cohort"], quarter["active"]) == ("2026 Q3", [3, 2])
    assert [row["new"] for row in found["flow"]] == [2, 1, 0]
    assert found["flow"][2]["month"] == "2026-10"
    assert found["revenue_retention"]["not_enough"]["need"] == 24


def test_every_part_has_its_shape(three: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = answer(capsys, three, "--as-of", "2026-10-31")
    rfm = found["rfm"]
    assert (rfm["bins"], rfm["rule"], len(rfm["grid"]), len(rfm["table"])) == (1, "ties", 25, 125)
    assert rfm["cuts"] == {"recency": [], "frequency": [], "monetary": []}
    assert rfm["customers"][1] == {
        "customer": "Bob",
        "recency_days": 72,
        "orders": 1,
        "amount": "40.00",
        "r": 3,
        "f": 3,
        "m": 3,
        "segment": "Need attention",
    }
    middle = next(cell for cell in rfm["grid"] if (cell["r"], cell["f"]) == (3, 3))
    assert (middle["customers"], middle["net_revenue"], middle["revenue_share"]) == (3, "240.00", 1.0)
    assert (rfm["recency_days"][2], rfm["orders"][0]) == (
        {"lowest": 26, "highest": 72},
        {"lowest": None, "highest": None},
    )
    assert (rfm["prospects"], rfm["credits_only"]) == (["Dee"], [])
    ann = found["cadence"][0]
    assert (ann["customer"], ann["orders"], ann["median_gap"], ann["recency_days"]) == ("Ann", 2, 56.0, 26)
    assert (ann["next_expected"], ann["state"]) == (None, None)
    assert [one["customer"] for one in found["cadence"]] == ["Ann", "Bob", "Cy"]
    # No two documents are further apart than 31 days, so that August to October count as whole.
    assert found["seasonality"] == {"not_enough": {"have": 3, "need": 24, "what": "full months"}}
    concentration = found["concentration"]
    assert concentration["largest"][0] == {
        "customers": 1,
        "revenue": {"numerator": "150.00", "denominator": "240.00"},
    }
    # 4² + 5² + 15² of 24², and 2 × (1×40 + 2×50 + 3×150) / (3 × 240) - 4/3
    assert concentration["herfindahl"] == pytest.approx(266 / 576, rel=1e-15)
    assert concentration["gini"] == pytest.approx(11 / 36, rel=1e-15)
    assert concentration["by_year"]["not_enough"]["what"] == "full months"
    assert concentration["whale_curve"]["total"] == "120.00"
    assert found["baskets"] == {"not_enough": {"have": 5, "need": 20, "what": "orders with named items"}}
    assert found["mix"]["categories"] == [{"category": "Drinks", "net_revenue": "250.00", "share": 1.0}]
    [tea] = found["mix"]["items"]
    assert (tea["orders"], tea["first_product_of"], tea["of_those_came_again"]) == (5, 3, 2)
    dee = found["mix"]["customers"][3]
    assert (dee["customer"], dee["average_order_value"], dee["first_item"]) == ("Dee", None, None)
    assert found["mix"]["customers"][0]["first_item"] == "Tea"
    assert found["offers"]["not_enough"]["have"] == 3 == dee["offers"]["not_enough"]["have"]
    value = found["lifetime_value"]
    assert value["not_enough"] == {"have": 2, "need": 20, "what": "customers who ordered again"}
    assert value["by_frequency"]["not_enough"]["have"] == 2
    assert value["customers"][0]["past_net_revenue"] == "150.00"
    assert (value["customers"][0]["value"], value["customers"][3]["p_alive"]) == (None, None)
    assert found["churn"][0]["risk"] is None
    assert found["churn"][0]["evidence"].startswith("Not enough history: 3 days with an order")
    assert found["clusters"]["not_enough"]["need"] == 20


def test_an_empty_book_has_no_numbers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = str(tmp_path / "empty")
    assert run(["new", book, "--client", "Acme"]) == 0
    found = answer(capsys, book, "--as-of", "2026-10-31")
    missing = {key for key, part in found.items() if isinstance(part, dict) and "not_enough" in part}
    assert missing == set(found) - {"as_of", "period"}
    assert run(["patterns", book, "--as-of", "2026-10-31"]) == 0
    assert capsys.readouterr().out.count("Not enough history") == 10


def test_fits_come_with_their_checks_and_groups_with_their_members(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = loyal_book(tmp_path / "loyal.quintile")
    found = answer(
        capsys, book, "--as-of", "2027-12-31", "--part", "lifetime", "--part", "churn", "--part", "clusters"
    )
    value = found["lifetime_value"]
    assert (value["model"], value["unit"], value["basis"]) == ("bg_nbd", "weeks", "revenue")
    assert set(value["parameters"]) == {"r", "alpha", "a", "b"}
    assert set(value["gamma_gamma"]["parameters"]) == {"p", "q", "v"}
    assert value["customers_fitted"] == 30
    assert sum(row["actual"] for row in value["by_frequency"]) == 30
    assert sum(row["expected"] for row in value["by_frequency"]) == pytest.approx(30)
    held = value["hold_out"]
    assert held["until"] < "2027-12-31"
    assert set(held["parameters"]) == {"r", "alpha", "a", "b"}
    assert len(held["weeks"]) > held["fitted_weeks"] > 0
    assert {(row["actual"] is None) == (row["customers"] == 0) for row in held["by_frequency"]} == {True}
    first = value["customers"][0]
    assert 0 < first["p_alive"] <= 1
    assert first["value"].count(".") == 1
    assert {one["risk"] for one in found["churn"]} <= {"low", "medium", "high", None}
    groups = found["clusters"]
    assert sum(one["customers"] for one in groups["clusters"]) == 30 == len(groups["customers"])
    assert {one["cluster"] for one in groups["customers"]} == {one["name"] for one in groups["clusters"]}


def test_two_years_have_a_season_and_two_years_of_concentration(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    book = loyal_book(tmp_path / "loyal.quintile")
    found = answer(capsys, book, "--as-of", "2027-12-31", "--part", "seasonality", "--part", "concentration")
    season = found["seasonality"]
    assert [index["number"] for index in season["months"]] == list(range(1, 13))
    assert sum(index["index"] for index in season["months"]) == pytest.approx(12)
    assert (len(season["weekdays"]), len(season["calendar"]), season["used"]) == (7, 24, "2026-01..2027-12")
    years = found["concentration"]["by_year"]
    assert [year["period"] for year in years] == ["2026-01..2026-12", "2027-01..2027-12"]


def test_each_customer_has_what_to_offer_next(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = loyal_book(tmp_path / "loyal.quintile")
    found = answer(capsys, book, "--as-of", "2027-12-31", "--part", "baskets")["mix"]["customers"]
    [butter] = found[15]["offers"]  # buys bread, as 20 of 30 do; 11 of these buy butter too
    assert (butter["item"], butter["because"]) == ("Butter", "Bread")
    assert butter["like"] == {"numerator": 11, "denominator": 20}
    assert butter["everybody"] == {"numerator": 11, "denominator": 30}
    assert (found[0]["offers"], found[25]["offers"]) == ([], [])  # has both; buys milk alone


def test_a_person_reads_every_part(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = loyal_book(tmp_path / "loyal.quintile")
    capsys.readouterr()
    assert run(["patterns", book, "--as-of", "2027-12-31"]) == 0
    text = capsys.readouterr().out
    for words in (
        "Purchase patterns of all dates, as of 2027-12-31",
        "Scored in 5 bins, rule ties.",
        "Never ordered: 1.",
        "long overdue",
        "From Jan 2026 – Dec 2027, with sales that name no customer. 1 is the average.",
        "Classic retention by month of the first order:",
        "ordered again.",
        "Feb 2026 ",
        "The latest 24 cohorts and the first 12 months are shown; --json has all.",
        "Bread     Butter         78       65.0%  1.48",
        "also buy Butter (55%",
        "bring 80% of revenue.",
        "Gini",
        "Jan 2027 – Dec 2027: Gini",
        "Model: r ",
        "not enough history",
        "Group",
    ):
        assert words in text, words
    assert "None" not in text
    assert "nan" not in text


def loyal_book(path: Path) -> str:
    """30 customers over two years, each at a rhythm of its own; of the 20 who buy bread, 11 buy butter too."""
    books = BookBuilder(path)
    bread, butter, milk = (books.item(code) for code in ("Bread", "Butter", "Milk"))
    for n in range(30):
        customer = books.customer(f"Customer {n:02d}")
        day = date(2026, 1, 1) + timedelta(days=9 * n)
        for order in range(1 + n % 6 + 14 * (n % 5 == 0)):
            document = books.document((day + timedelta(days=order * (24 + n))).isoformat(), customer)
            books.line(document, net=2000 + 150 * n + 70 * order, item=bread if n < 20 else milk)
            if n < 11:
                books.line(document, net=500, item=butter)
    books.document("2027-12-30", None, (100, None), kind="sales receipt")
    books.customer("Prospect")
    books.book.close()
    return str(path)


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--part", "luck"], 2),
        (["--rfm-bins", "9"], 2),
        (["--rfm-rule", "dice"], 2),
        (["--support", "2"], 2),
        (["--confidence", "0"], 2),
        (["--model", "oracle"], 2),
        (["--unit", "months"], 2),
        (["--until", "soon"], 2),
        (["--part", "lifetime", "--until", "2030-01-01"], 2),
        (["--period", "2026-13"], 2),
        (["--part", "all", "--confidence", "50%", "--support", "1/100"], 0),
        (
            [
                "--part",
                "lifetime",
                "--until",
                "2026-09-30",
                "--model",
                "pareto_nbd",
                "--basis",
                "contribution",
            ],
            0,
        ),
    ],
)
def test_exit_codes_say_how_it_went(
    three: str, arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["patterns", three, *arguments]) == code
    printed = capsys.readouterr()
    assert bool(printed.err) == (code != 0)
    assert bool(printed.out) == (code == 0)


def test_a_book_that_is_not_there_cannot_be_used(tmp_path: Path) -> None:
    assert run(["patterns", str(tmp_path / "nowhere")]) == 3


def test_shares_are_read_exactly() -> None:
    assert [share(text) for text in ("0.01", "1%", " 1/100 ", "100 %")] == [Fraction(1, 100)] * 3 + [1]
    for text in ("", "x", "0", "-0.1", "1.01", "1/0", "200%", "1e999999999", "1e-999999999"):
        with pytest.raises(UsageError, match="is not a share; write it as"):
            share(text)


def test_cuts_between_two_amounts_keep_their_fraction() -> None:
    assert money_cut(Fraction(25580), 2) == "255.80"
    assert money_cut(Fraction(51165, 2), 2) == "255.825"
    assert money_cut(Fraction(5, 2), 0) == "2.5"
    assert money_cut(Fraction(100, 3), 2).startswith("0.33333333333333")
    assert (exact(Fraction(1487, 5)), exact(Fraction(4))) == (297.4, 4)


def test_what_json_cannot_hold_is_null() -> None:
    assert [number(value) for value in (float("inf"), float("nan"), None, 3, 0.5)] == [
        None,
        None,
        None,
        3,
        0.5,
    ]
    assert money_share_json(Share(-150, 1000), 2) == {"numerator": "-1.50", "denominator": "10.00"}


def test_revenue_that_stayed_is_that_of_last_years_customers(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    books = BookBuilder(tmp_path / "kept.quintile")
    ann, bob, cy = (books.customer(name) for name in ("Ann", "Bob", "Cy"))
    for day, customer, net in (
        ("2025-01-01", ann, 10000),
        ("2025-06-01", bob, 5000),
        ("2026-06-01", ann, 6000),
        ("2026-07-01", cy, 700),
        ("2026-12-31", ann, 9000),
    ):
        books.document(day, customer, (net, None))
    books.book.close()
    found = answer(capsys, str(tmp_path / "kept"), "--as-of", "2026-12-31", "--part", "cohorts")
    assert found["revenue_retention"] == {
        "before": "2025-01..2025-12",
        "now": "2026-01..2026-12",
        "net": {"numerator": "150.00", "denominator": "150.00"},
        "gross": {"numerator": "100.00", "denominator": "150.00"},  # Ann counts for no more than before
        "customers": {"numerator": 1, "denominator": 2},
    }
    assert found["cohorts"]["rows"][0]["gross_profit"][0] is None
    assert run(["patterns", str(tmp_path / "kept"), "--as-of", "2026-12-31", "--part", "cohorts"]) == 0
    words = (
        "Of the revenue of Jan 2025 – Dec 2025, its customers bring 100.0% in Jan 2026 – Dec 2026, without growth "
        "66.7%; 50.0% of them ordered again."
    )
    assert words in capsys.readouterr().out


def test_the_season_is_of_all_sales_and_shown_per_trading_day(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    builder = BookBuilder(tmp_path / "daily.quintile")
    ann = builder.customer("Ann")
    day = date(2026, 1, 1)
    while day.year < 2028:  # a dollar a day, by turns from Ann and from nobody by name
        builder.document(day.isoformat(), ann if day.day % 2 else None, (100, None))
        day += timedelta(days=1)
    builder.book.close()
    assert run(["patterns", str(builder.path), "--as-of", "2027-12-31", "--part", "seasonality"]) == 0
    lines = [line.split() for line in capsys.readouterr().out.splitlines()]
    assert ["Index", "Lowest", "Highest", "Per", "trading", "day"] in lines
    # 28 days of 365 / 12 = 30.42; each day alike.
    [february] = [line for line in lines if line[:1] == ["Feb"]]
    assert february == ["Feb", "0.92", "0.92", "0.92", "1.00"]
