"""The command `segments --propose`: its words, its JSON, its exit codes, and the scheme that it keeps."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.ui.buying_book import EACH, make_buying_book
from ui.cli import run


@pytest.fixture
def book(tmp_path: Path) -> str:
    return str(make_buying_book(tmp_path / "buying.quintile"))


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = 0) -> Any:
    capsys.readouterr()
    assert run(["segments", *arguments, "--json"]) == status
    return json.loads(capsys.readouterr().out)


def test_groups_are_proposed_with_their_rules_and_nothing_is_kept(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    found = answer(capsys, book, "--propose")
    assert (found["customers"], found["agreeing"], found["scheme"]) == (2 * EACH, 2 * EACH, None)
    assert (found["no_order_in_period"], found["no_order_yet"], found["without_a_rule"]) == (1, 1, [])
    first, last = found["groups"]
    assert first["customers"] == first["found"] == first["agreeing"] == EACH
    # The large single orders are worth more a customer: 8,000.00 to 8,000.09.
    assert first["net_revenue"] == "80000.45"
    assert set(first["rule"]) == {"all"}
    assert (last["rule"], last["sentence"], last["net_revenue"]) == (None, "Everyone else.", "6005.40")
    assert run(["segments", book, "--scheme", "buying"]) == 3


def test_a_proposal_is_printed_in_words(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["segments", book, "--propose"]) == 0
    words = capsys.readouterr().out
    assert "The rules put all 20 customers into the group that was found." in words
    assert "segment 'No orders in the period'" in words
    assert "80000.45" in words


def test_a_proposal_is_kept_under_a_name_and_puts_everybody_somewhere(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["segments", book, "--propose", "--save", "Buying"]) == 0
    assert "show it with --scheme buying" in capsys.readouterr().out
    shown = answer(capsys, book, "--scheme", "buying")
    assert len(shown["members"]) == 2 * EACH + 2
    assert {one["name"]: one["customers"] for one in shown["segments"]}["No orders in the period"] == 1
    proposed = {one["name"]: one["net_revenue"] for one in answer(capsys, book, "--propose")["groups"]}
    kept = {one["name"]: one["net_revenue"] for one in shown["segments"]}
    assert proposed.items() <= kept.items()
    assert run(["segments", book, "--propose", "--save", "Buying"]) == 3
    assert "called Buying already" in capsys.readouterr().err


def test_too_few_customers_need_attention(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    few = str(make_buying_book(tmp_path / "few.quintile", each=9))
    found = answer(capsys, few, "--propose", "--save", "Buying", status=1)
    assert found["not_enough"] == {"have": 18, "need": 20, "what": "customers with an order in the period"}
    assert run(["segments", few, "--propose"]) == 1
    assert "20 customers with an order in the period are needed, there are 18." in capsys.readouterr().out


def test_a_scheme_that_is_there_cannot_be_proposed(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["segments", book, "--propose", "--scheme", "rfm"]) == 2
    assert "give one of them" in capsys.readouterr().err


def test_save_alone_is_wrong_usage(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["segments", book, "--save", "Buying"]) == 2
    assert "--propose" in capsys.readouterr().err
