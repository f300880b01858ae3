"""A file that is not clear is imported by the commands that are printed about it."""

import json
import shlex
from pathlib import Path

import pytest

from ui.cli import run
from ui.cli_import_words import ANSWERS

LOG = "Id,Date,CDs,Price\n4,19970101,2,29.33\n4,19970118,2,29.73\n21,19970101,3,63.34\n"
DOUBT = "Date,Invoice,Item,Amount\n2026-10-01,1,A,30.00\n2026-10-01,1,B,30.00\n2026-10-02,2,A,7.00\n2026-10-02,2,C,7.00\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a log.csv").write_text(LOG, encoding="utf-8")
    (tmp_path / "doubt.csv").write_text(DOUBT, encoding="utf-8")
    assert run(["new", "acme", "--client", "Acme"]) == 0
    return tmp_path


def commands(words: str) -> list[list[str]]:
    """The commands in a sentence, as a person would type them."""
    cleaned = words.replace("mapping.json,", "mapping.json\n").replace("mapping.json.", "mapping.json\n")
    return [
        shlex.split(line[line.index("quintile ") + 9 :])
        for line in cleaned.splitlines()
        if "quintile " in line
    ]


def test_the_commands_that_are_printed_import_a_log_of_transactions(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run(["import", "acme", "a log.csv", "--json"]) == 3
    [asked] = json.loads(capsys.readouterr().out)["imports"]
    assert asked["status"] == "question"
    assert "the customer's key ('Id')" in asked["issues"][0]["message"]
    assert asked["mapping"]["columns"] == {"date": "Date", "net": "Price", "customer": "Id"}
    save, take = commands(asked["issues"][-1]["message"])
    assert run(save) == 3
    capsys.readouterr()
    assert run([*take, "--json"]) == 0
    [taken] = json.loads(capsys.readouterr().out)["imports"]
    assert (taken["documents"], taken["customers"], taken["net_total"]) == (3, 2, "122.40")


def test_a_question_says_where_its_answer_goes(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert run(["identify", "doubt.csv"]) == 3
    printed = capsys.readouterr().out
    assert 'set options.repeated_amount in the mapping file to "each line\'s own amount"' in printed
    assert "quintile import BOOK doubt.csv --mapping mapping.json" in printed
    assert run(["identify", "doubt.csv", "--save-mapping", "m.json"]) == 3
    mapping = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    mapping["options"]["repeated_amount"] = "each line's own amount"
    (folder / "m.json").write_text(json.dumps(mapping), encoding="utf-8")
    assert run(["import", "acme", "doubt.csv", "--mapping", "m.json"]) == 0


def test_a_list_of_others_can_be_confirmed_by_its_format(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "suppliers.csv").write_text("SupplierID,CompanyName,Phone\n1,Ada,5\n2,Bo,6\n", encoding="utf-8")
    assert run(["identify", "suppliers.csv"]) == 3
    assert "quintile import BOOK suppliers.csv --format customers" in capsys.readouterr().out
    assert run(["import", "acme", "suppliers.csv", "--format", "customers"]) == 0


def test_a_mapping_for_another_format_can_be_saved(folder: Path) -> None:
    assert run(["identify", "a log.csv", "--format", "general_ledger", "--save-mapping", "m.json"]) == 3
    mapping = json.loads((folder / "m.json").read_text(encoding="utf-8"))
    assert mapping["format"] == "general_ledger"
    assert mapping["columns"]["date"] == "Date"
    assert mapping["columns"]["account"] == ""


def test_a_file_without_a_table_is_told_what_it_needs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "raw.txt").write_text(" 00004 19970101  29.33\n 00004 19970118  29.73\n", encoding="utf-8")
    assert run(["import", "acme", "raw.txt"]) == 3
    said = capsys.readouterr()
    assert "a row with the names of the columns" in said.err
    assert "mapping.json" not in said.out


def test_one_mapping_is_saved_for_one_file(folder: Path) -> None:
    assert run(["identify", "a log.csv", "doubt.csv", "--save-mapping", "m.json"]) == 2


@pytest.mark.parametrize(
    "key",
    ["date_order", "number_format", "discount_kind", "total_tax", "net_tax", "repeated_amount", "unreadable",
     "labelled_twice", "unknown_types", "customer_list", "amount_sign"],
)  # fmt: skip
def test_every_answer_stands_in_the_help(key: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert f"  {key}" in ANSWERS
    assert run(["identify", "--help"]) == 0
    assert key in capsys.readouterr().out
