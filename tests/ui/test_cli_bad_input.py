"""The command line and what can be wrong with files, names and disks."""

import json
from pathlib import Path

import pytest

from tests.ui.test_cli import INVOICES
from ui.cli import run


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "invoices.csv").write_text(INVOICES, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(folder: Path) -> str:
    assert run(["new", "acme", "--client", "Acme", "--currency", "USD"]) == 0
    assert run(["import", "acme", "invoices.csv"]) == 0
    return "acme"


def test_a_total_in_the_file_that_is_not_its_sum_needs_attention(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "short.csv").write_text(
        "Date,Invoice No,Net\n2026-10-01,1,10.00\nTotal,,12.00\n", encoding="utf-8"
    )
    assert run(["new", "acme", "--client", "Acme"]) == 0
    capsys.readouterr()
    assert run(["import", "acme", "short.csv", "--json"]) == 1
    (outcome,) = json.loads(capsys.readouterr().out)["imports"]
    assert (outcome["stated_total"], outcome["net_total"], outcome["stated_difference"]) == (
        "12.00",
        "10.00",
        "2.00",
    )


def test_a_file_without_one_good_row_is_not_imported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["new", "acme", "--client", "Acme"]) == 0
    capsys.readouterr()
    for text in (
        "Date,Invoice No,Net\n",
        "Date,Invoice No,Net\n2026-02-30,1,10.00\n2026-03-01,2,x\n2026-03-02,3,y\n",
    ):
        (folder / "none.csv").write_text(text, encoding="utf-8")
        assert run(["import", "acme", "none.csv", "--format", "invoice_lines", "--json"]) == 3
        (outcome,) = json.loads(capsys.readouterr().out)["imports"]
        assert outcome["status"] in {"refused", "question"}
        assert outcome["issues"][0]["message"]


def test_several_currencies_are_never_added_up(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = "Date,Invoice No,Currency,Exchange rate,Net\n2026-10-01,1,EUR,1.1,10.00\n2026-10-02,2,JPY,0.007,1000\n"
    (folder / "two.csv").write_text(text, encoding="utf-8")
    assert run(["new", "acme", "--client", "Acme"]) == 0
    capsys.readouterr()
    assert run(["import", "acme", "two.csv", "--json"]) == 0
    (outcome,) = json.loads(capsys.readouterr().out)["imports"]
    assert (outcome["net_total"], outcome["currency"], outcome["documents"]) == (None, "EUR+JPY", 2)
    assert run(["customers", "acme", "--period", "2026-10", "--json"]) == 0


def test_a_csv_that_cannot_be_written_is_told_and_the_old_one_kept(book: str, folder: Path) -> None:
    (folder / "old.csv").mkdir()
    assert run(["customers", book, "--csv", "old.csv"]) == 3
    assert run(["customers", book, "--csv", "nowhere/new.csv"]) == 3
    assert run(["import", book, "invoices.csv", "--rejected", "nowhere/new.csv"]) == 3


def test_a_name_that_is_too_long_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["new", "n" * 300, "--client", "Acme"]) == 3
    assert "Choose another name" in capsys.readouterr().err
    assert list(folder.glob("n*")) == []
