"""What `patterns` says of lifetime value: the terms that a book keeps, those asked for, and what cannot be."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.core.builders import BookBuilder
from ui.cli import run


@pytest.fixture
def regulars(tmp_path: Path) -> str:
    """24 customers with 2, 3 or 4 orders each in 2026; every sale earns half."""
    books = BookBuilder(tmp_path / "regulars.quintile")
    for number in range(24):
        customer = books.customer(f"Customer {number:02d}")
        for order in range(2 + number % 3):
            day = date(2026, 1, 1 + number) + timedelta(days=(20 + number) * order)
            net = 1000 + 100 * number
            books.document(day.isoformat(), customer, (net, net // 2))
    books.book.close()
    return str(tmp_path / "regulars")


def lifetime(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(["patterns", *arguments, "--as-of", "2026-06-30", "--part", "lifetime", "--json"]) == 0
    return json.loads(capsys.readouterr().out)["lifetime_value"]


def test_a_book_looks_a_year_ahead_and_takes_a_tenth_off(
    regulars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = lifetime(capsys, regulars)
    assert {key: found[key] for key in ("model", "basis", "horizon_months", "yearly_rate")} == {
        "model": "bg_nbd",
        "basis": "revenue",
        "horizon_months": 12,
        "yearly_rate": 0.1,
    }
    assert [row["repeat_orders"] for row in found["by_frequency"]] == [*"0123456", "7+"]
    assert [row["actual"] for row in found["by_frequency"]] == [0, 8, 8, 8, 0, 0, 0, 0]


def test_horizon_and_rate_are_those_asked_for(regulars: str, capsys: pytest.CaptureFixture[str]) -> None:
    found = lifetime(capsys, regulars, "--horizon", "6", "--rate", "0")
    assert (found["horizon_months"], found["yearly_rate"]) == (6, 0.0)
    for row in found["customers"]:  # without a rate, orders by what each is worth
        value = row["expected_orders"] * float(row["order_value"])
        assert float(row["value"]) == pytest.approx(value, abs=0.01 * (1 + row["expected_orders"]))
    dear = lifetime(capsys, regulars, "--horizon", "6", "--rate", "50%")
    assert dear["yearly_rate"] == 0.5
    for cheap, less in zip(found["customers"], dear["customers"], strict=True):
        # Six months at half a year's growth of 1.5: between 1.5 ** -0.5 = 0.816 and 1.
        assert 0.816 * float(cheap["value"]) - 0.01 <= float(less["value"]) < float(cheap["value"])


def test_what_the_book_keeps_holds_unless_other_terms_are_asked_for(
    regulars: str, capsys: pytest.CaptureFixture[str]
) -> None:
    kept = ("lifetime_basis=gross_profit", "lifetime_months=24", "lifetime_rate=5%")
    assert run(["settings", regulars, *kept]) == 0
    found = lifetime(capsys, regulars)
    assert (found["basis"], found["horizon_months"], found["yearly_rate"]) == ("gross_profit", 24, 0.05)
    other = lifetime(capsys, regulars, "--basis", "revenue", "--horizon", "12")
    assert (other["basis"], other["horizon_months"], other["yearly_rate"]) == ("revenue", 12, 0.05)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--rate", "10"], "'10' is not a yearly rate; write it as 0.1 or 10%, from 0 to 50%."),
        (["--rate", ""], "'' is not a yearly rate"),
        (["--horizon", "0"], "0 is not in the range 1<=x<=120"),
        (["--horizon", "soon"], "'soon' is not a valid integer"),
        (["--basis", "dice"], "'dice' is not one of"),
    ],
)
def test_terms_that_cannot_be(
    regulars: str, capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    assert run(["patterns", regulars, "--part", "lifetime", *arguments]) == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("lifetime_months=200", "'200' is not a horizon; write whole months from 1 to 120."),
        ("lifetime_rate=0.9", "'0.9' is not a yearly rate"),
        ("lifetime_basis=net", "There is no value in 'net'; there are revenue, gross_profit, contribution."),
    ],
)
def test_a_setting_that_cannot_be_is_not_kept(
    regulars: str, capsys: pytest.CaptureFixture[str], setting: str, words: str
) -> None:
    assert run(["settings", regulars, setting]) == 2
    assert words in capsys.readouterr().err
    assert lifetime(capsys, regulars)["horizon_months"] == 12
