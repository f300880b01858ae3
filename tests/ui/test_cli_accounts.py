"""What an account holds can be said on the command line, and then income ties out."""

import json
from pathlib import Path

import pytest

from ui.cli import run

LEDGER = (
    "Date,Account,Entry,Customer,Debit,Credit\n2026-10-05,4000,1,Tern,,62.50\n2026-10-05,1100,1,Tern,62.50,\n"
)
INVOICES = "Invoice No,Date,Customer,Item,Net\n1,2026-10-05,Tern,Beans,62.50\n"


def test_an_account_without_a_type_is_given_one_and_income_ties_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("ledger.csv").write_text(LEDGER, encoding="utf-8")
    Path("invoices.csv").write_text(INVOICES, encoding="utf-8")
    assert run(["new", "acme", "--client", "Acme"]) == 0
    run(["import", "acme", "ledger.csv", "invoices.csv"])
    assert "quintile accounts" in capsys.readouterr().out
    assert run(["tie-out", "acme"]) == 1
    assert run(["accounts", "acme", "4000=income", "1100=asset"]) == 0
    capsys.readouterr()
    assert run(["accounts", "acme", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)["accounts"]
    assert [(one["code"], one["type"]) for one in shown] == [("1100", "asset"), ("4000", "income")]
    assert run(["tie-out", "acme"]) == 0
    assert run(["accounts", "acme", "4000=profit"]) == 2
    assert run(["accounts", "acme", "9999=income"]) == 3
