"""Commands that do their work for a month that is not tied, and say so."""

from pathlib import Path

import pytest

from tests.ui.test_cli import INVOICES, LEDGER
from ui.cli import run


@pytest.fixture
def book(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("invoices.csv").write_text(INVOICES, encoding="utf-8")
    Path("ledger.csv").write_text(LEDGER, encoding="utf-8")
    assert run(["new", "acme", "--client", "Acme", "--currency", "USD"]) == 0
    assert run(["import", "acme", "invoices.csv"]) == 0
    return "acme"


@pytest.mark.parametrize("command", [["report", "--period"], ["close"]])
def test_a_month_that_is_not_tied_is_said_on_standard_error_and_done_all_the_same(
    book: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    name, *option = command
    capsys.readouterr()
    assert run([name, book, *option, "2026-10", "--help"]) == 0
    assert "not tied to the ledger too; standard error says so" in " ".join(capsys.readouterr().out.split())
    reason = ["--reason", "early"] if name == "close" else []
    assert run([name, book, *option, "2026-10", *reason]) == 0
    assert "Oct 2026: Not tied: no ledger imported." in capsys.readouterr().err


@pytest.mark.parametrize("command", [["report", "--period"], ["close"]])
def test_a_tied_month_says_nothing_on_standard_error(
    book: str, command: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["import", book, "ledger.csv"]) == 0
    assert run(["tie-out", book, "--period", "2026-10"]) == 0
    name, *option = command
    capsys.readouterr()
    assert run([name, book, *option, "2026-10", *(["--reason", "early"] if name == "close" else [])]) == 0
    assert "ied" not in capsys.readouterr().err
    assert run(["tie-out", book, "--period", "2026-09"]) == 1
    capsys.readouterr()
    if name == "report":
        assert run([name, book, *option, "2026-09"]) == 0
        assert "Sep 2026: Not tied to the ledger: " in capsys.readouterr().err
