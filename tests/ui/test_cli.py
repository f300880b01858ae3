"""The command line: one JSON object, money as decimal strings, exit codes that scripts can trust."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.store.book import open_book
from core.store.digest import business_digest
from ui.cli import run

INVOICES = """Invoice No,Date,Customer,Item,Quantity,Unit Price,Net,Tax,Cost
1,2026-09-14,Tern Café,House Blend,10,10.00,100.00,8.00,60.00
2,2026-10-05,Tern Café,House Blend,5,10.00,50.00,4.00,30.00
2,2026-10-05,Tern Café,Decaf,1,12.50,12.50,1.00,7.00
3,2026-10-20,Old Mill,Decaf,2,12.50,25.00,2.00,30.00
"""
LEDGER = """Date,Account,Account type,Entry,Customer,Debit,Credit
2026-10-05,4000,Income,2,Tern Café,,62.50
2026-10-05,1100,Asset,2,Tern Café,62.50,
2026-10-20,4000,Income,3,Old Mill,,25.00
2026-10-20,1100,Asset,3,Old Mill,25.00,
2026-10-31,6210,Expense,P1,,9.00,
2026-10-31,1000,Asset,P1,,,9.00
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "invoices.csv").write_text(INVOICES, encoding="utf-8")
    (tmp_path / "ledger.csv").write_text(LEDGER, encoding="utf-8")
    return tmp_path


@pytest.fixture
def book(folder: Path) -> str:
    assert run(["new", "acme", "--client", "Acme", "--currency", "USD"]) == 0
    assert run(["import", "acme", "invoices.csv", "ledger.csv"]) == 0
    return "acme"


def answer(capsys: pytest.CaptureFixture[str], *arguments: str, code: int = 0) -> Any:
    capsys.readouterr()
    assert run([*arguments, "--json"]) == code
    printed = capsys.readouterr().out
    return json.loads(printed)


def test_an_import_says_what_became_sales(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["new", "acme", "--client", "Acme"])
    [imported] = answer(capsys, "import", "acme", "invoices.csv")["imports"]
    assert imported["status"] == "imported"
    assert imported["format"] == "invoice_lines"
    assert (imported["documents"], imported["lines"], imported["customers"]) == (3, 4, 2)
    assert (imported["net_total"], imported["tax_total"], imported["cost_total"]) == (
        "187.50",
        "15.00",
        "127.00",
    )
    assert (imported["first_date"], imported["last_date"]) == ("2026-09-14", "2026-10-20")
    assert (imported["currency"], imported["rounding"], imported["rejected"]) == ("USD", "0.00", 0)
    [again] = answer(capsys, "import", "acme", "invoices.csv")["imports"]
    assert (again["status"], again["import_id"], again["duplicates"]) == ("unchanged", None, 4)


def test_a_dry_run_writes_nothing(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["new", "acme", "--client", "Acme"])
    before = (folder / "acme.quintile").read_bytes()
    [seen] = answer(capsys, "import", "acme", "invoices.csv", "--dry-run")["imports"]
    assert (seen["status"], seen["documents"]) == ("would import", 3)
    assert (folder / "acme.quintile").read_bytes() == before


def test_customers_carry_every_metric_and_unknown_is_null(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = answer(capsys, "customers", book, "--period", "2026-10")
    assert (shown["as_of"], shown["period"]) == ("2026-10-31", "2026-10")
    tern, mill = shown["customers"]
    assert (tern["name"], mill["name"]) == ("Tern Café", "Old Mill")
    assert tern["metrics"]["net_revenue"] == "62.50"
    assert tern["metrics"]["gross_profit"] == "25.50"
    assert tern["metrics"]["gross_margin"] == pytest.approx(25.5 / 62.5)
    assert mill["metrics"]["gross_profit"] == "-5.00"
    assert (tern["metrics"]["orders"], tern["metrics"]["recency_days"]) == (1, 26)
    assert tern["metrics"]["first_purchase"] == "2026-09-14"
    assert tern["metrics"]["cost_to_serve"] is None  # no pool is set up
    assert tern["metrics"]["contribution"] is None
    wanted = {
        "gross_sales", "discounts", "credits", "cost_of_sales", "cost_coverage", "average_order_value", "last_purchase",
        "tenure_days", "median_interpurchase_days", "r", "f", "m", "rfm_segment", "abc_class",
    }  # fmt: skip
    assert wanted <= tern["metrics"].keys()


def test_the_default_period_is_the_last_twelve_months_of_the_book(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert answer(capsys, "customers", book)["period"] == "2025-11..2026-10"
    assert (
        answer(capsys, "customers", book, "--period", "all", "--as-of", "2026-10-06")["as_of"] == "2026-10-06"
    )


def test_pools_give_the_cost_to_serve_to_customers(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    # 9.00 by orders in October: one order each, so 4.50 each.
    pools = answer(capsys, "pools", book, "--pool", "Delivery:orders:6210")
    assert pools == {"pools": [{"name": "Delivery", "driver": "orders", "accounts": ["6210"]}]}
    tern, mill = answer(capsys, "customers", book, "--period", "2026-10")["customers"]
    assert (tern["metrics"]["cost_to_serve"], tern["metrics"]["contribution"]) == ("4.50", "21.00")
    assert (mill["metrics"]["cost_to_serve"], mill["metrics"]["contribution"]) == ("4.50", "-9.50")
    assert run(["pools", book]) == 0
    assert "6210" in capsys.readouterr().out


def test_a_pool_that_is_misspelt_is_wrong_usage(book: str) -> None:
    assert run(["pools", book, "--pool", "Delivery"]) == 2
    assert run(["pools", book, "--pool", "Delivery:weather:6210"]) == 2


def test_the_tie_out_is_exit_0_only_when_it_ties(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    october = answer(capsys, "tie-out", book, "--period", "2026-10")
    assert (october["tied"], october["difference"]) == (True, "0.00")
    assert october["months"][0]["ledger"] == "87.50"
    # September's invoice of 100.00 is not in the ledger.
    both = answer(capsys, "tie-out", book, "--period", "2026-09..2026-10", code=1)
    assert (both["tied"], both["difference"]) == (False, "-100.00")
    items = [item for check in both["checks"] for item in check["items"]]
    assert any(item["amount"] == "-100.00" and item["entry"] == "1" and item["row"] == 2 for item in items)
    assert run(["tie-out", book, "--period", "2026-09"]) == 1
    assert "Not tied" in capsys.readouterr().out


def test_tie_out_writes_the_working_paper(
    folder: Path, book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["tie-out", book, "--period", "2026-10", "--paper", "wp.pdf", "--paper", "wp.xlsx"]) == 0
    assert (folder / "wp.pdf").read_bytes().startswith(b"%PDF")
    assert (folder / "wp.xlsx").read_bytes().startswith(b"PK")
    answer(capsys, "tie-out", book, "--period", "2026-10", "--paper", "again.pdf")
    assert (folder / "again.pdf").read_bytes() == (folder / "wp.pdf").read_bytes()
    assert run(["tie-out", book, "--period", "2026-10", "--paper", "wp.txt"]) == 2
    assert not (folder / "wp.txt").exists()


def test_a_book_without_a_ledger_is_not_tied_and_says_so(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(["new", "acme", "--client", "Acme"])
    run(["import", "acme", "invoices.csv"])
    shown = answer(capsys, "tie-out", "acme", code=1)
    assert (shown["tied"], shown["difference"]) == (None, None)
    assert "no ledger imported" in shown["sentence"]


def test_segments_name_members_with_origin_and_reason(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = answer(capsys, "segments", book, "--scheme", "abc")
    assert shown["scheme"] == "abc"
    assert sum(one["customers"] for one in shown["segments"]) == len(shown["members"]) == 2
    assert {member["origin"] for member in shown["members"]} == {"rule"}
    assert all(member["why"] for member in shown["members"])
    assert run(["segments", book]) == 0
    assert run(["segments", book, "--scheme", "zodiac"]) == 3


def test_a_customer_is_moved_by_hand_with_a_reason_and_back(
    book: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert (
        run(["assign", book, "Tern Café", "Dormant", "--reason", "Closed for good", "--author", "Dana"]) == 0
    )
    members = {one["customer"]: one for one in answer(capsys, "segments", book)["members"]}
    assert (members["Tern Café"]["segment"], members["Tern Café"]["origin"]) == ("Dormant", "manual")
    assert "Closed for good" in members["Tern Café"]["why"]
    assert run(["assign", book, "Tern Café", "--remove"]) == 0
    members = {one["customer"]: one for one in answer(capsys, "segments", book)["members"]}
    assert members["Tern Café"]["origin"] == "rule"
    assert run(["assign", book, "Nobody", "Dormant", "--reason", "x"]) == 3
    assert run(["assign", book, "Tern Café"]) == 2
    assert run(["assign", book, "Tern Café", "Dormant"]) != 0  # a reason is required


def test_months_close_reopen_and_show_movement(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["movement", book]) == 3
    assert run(["close", book, "2026-09", "--author", "Dana"]) == 0
    closed = answer(capsys, "close", book, "2026-10", "--author", "Dana", "--reason", "early")
    assert closed["month"] == "2026-10"
    moved = answer(capsys, "movement", book)
    assert moved["joined"] == 1  # Old Mill's first order is in October
    assert run(["movement", book]) == 0
    assert "movement" not in capsys.readouterr().err
    assert answer(capsys, "movement", book, "--to", "now")["left"] == 0
    assert run(["close", book, "2026-10"]) == 3
    assert run(["close", book, "2026"]) == 2
    assert run(["undo", book, "1"]) == 3  # its months are closed
    assert run(["reopen", book, "2026-10", "--reason", "late invoice", "--author", "Dana"]) == 0


def test_an_import_is_listed_and_taken_back(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    listed = answer(capsys, "imports", book)["imports"]
    assert [(one["import_id"], one["net_total"]) for one in listed] == [(2, "0.00"), (1, "187.50")]
    assert answer(capsys, "undo", book, "2")["status"] == "undone"
    assert answer(capsys, "imports", book)["imports"][0]["undone_at"] is not None
    assert run(["imports", book]) == 0
    assert run(["undo", book, "99"]) == 3


def test_check_finds_a_changed_byte(book: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert answer(capsys, "check", book)["sound"] is True
    with open_book(folder / "acme.quintile") as opened:
        opened.connection.execute("UPDATE document_lines SET net_minor = net_minor + 1 WHERE id = 1")
    found = answer(capsys, "check", book, code=1)
    assert found["sound"] is False
    assert "invoices.csv" in found["findings"][0]
    assert run(["check", book]) == 1


def test_a_backup_is_made_where_asked(book: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = answer(capsys, "backup", book, "--to", "copy.quintile")
    assert Path(made["backup"]).name == "copy.quintile"
    assert run(["check", "copy.quintile"]) == 0
    assert run(["backup", book]) == 0


def test_settings_are_shown_and_changed(book: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["settings", book, "firm_name=Larkspur Bookkeeping"]) == 0
    assert answer(capsys, "settings", book)["firm_name"] == "Larkspur Bookkeeping"
    assert run(["settings", book, "firm_name"]) == 2
    assert run(["settings", book, "colour=red"]) == 2


def test_all_metrics_go_to_a_csv_in_which_no_name_is_a_formula(folder: Path) -> None:
    (folder / "invoices.csv").write_text(INVOICES.replace("Old Mill", "=1+1"), encoding="utf-8")
    run(["new", "acme", "--client", "Acme"])
    run(["import", "acme", "invoices.csv"])
    assert run(["customers", "acme", "--csv", "list.csv"]) == 0
    lines = (folder / "list.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0].startswith("name,keys,")
    assert any(line.startswith("'=1+1") for line in lines)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + b"\x00" * 400, "export"),
        ("broken.xlsx", b"PK\x03\x04 broken", "xport"),
        ("letter.csv", b"Dear Sir,\nplease find enclosed\nnothing at all\n", "columns"),
    ],
)
def test_bad_input_is_exit_3_and_leaves_the_book_as_it_was(
    book: str, folder: Path, name: str, content: bytes, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / name).write_bytes(content)
    with open_book(folder / "acme.quintile", read_only=True) as opened:
        before = business_digest(opened.connection)
    [refused] = answer(capsys, "import", book, name, code=3)["imports"]
    assert refused["status"] in ("refused", "question")
    assert refused["net_total"] is None
    assert said in refused["issues"][0]["message"]
    with open_book(folder / "acme.quintile", read_only=True) as opened:
        assert business_digest(opened.connection) == before


def test_a_date_order_that_is_not_proven_is_asked_and_answered_with_a_mapping(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "invoices.csv").write_text(
        "Invoice No,Date,Customer,Net\n1,03/04/2026,Tern,10.00\n2,05/06/2026,Tern,20.00\n", encoding="utf-8"
    )
    run(["new", "acme", "--client", "Acme"])
    [asked] = answer(capsys, "import", "acme", "invoices.csv", code=3)["imports"]
    assert asked["status"] == "question"
    assert asked["questions"][0]["field"] == "date_order"
    assert {"dmy", "mdy"} <= set(asked["questions"][0]["choices"])
    [identified] = answer(capsys, "identify", "invoices.csv", code=3)["files"]
    mapping = identified["mapping"]
    mapping["options"]["date_order"] = "dmy"
    (folder / "mapping.json").write_text(json.dumps(mapping), encoding="utf-8")
    [imported] = answer(capsys, "import", "acme", "invoices.csv", "--mapping", "mapping.json")["imports"]
    assert (imported["first_date"], imported["last_date"]) == ("2026-04-03", "2026-06-05")
    # The answer is remembered by the header: next month's export is not asked about.
    (folder / "next.csv").write_text(
        "Invoice No,Date,Customer,Net\n3,07/08/2026,Tern,30.00\n", encoding="utf-8"
    )
    [following] = answer(capsys, "import", "acme", "next.csv")["imports"]
    assert following["first_date"] == "2026-08-07"


def test_rows_that_were_not_taken_can_be_saved_mended_and_imported(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "invoices.csv").write_text(INVOICES.replace("2026-10-20", "2026-10-99"), encoding="utf-8")
    run(["new", "acme", "--client", "Acme"])
    [imported] = answer(capsys, "import", "acme", "invoices.csv", "--rejected", "rest.csv", code=1)["imports"]
    assert (imported["rejected"], imported["lines"]) == (1, 3)
    [issue] = [one for one in imported["issues"] if one["severity"] == "error"]
    assert issue["row"] == 5
    assert "2026-10-99" in issue["message"]
    rest = (folder / "rest.csv").read_text(encoding="utf-8")
    (folder / "rest.csv").write_text(rest.replace("2026-10-99", "2026-10-20"), encoding="utf-8")
    [mended] = answer(capsys, "import", "acme", "rest.csv")["imports"]
    assert (mended["documents"], mended["net_total"]) == (1, "25.00")


def test_identify_and_formats_speak_to_people_and_programs(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    [invoices, ledger] = answer(capsys, "identify", "invoices.csv", "ledger.csv")["files"]
    assert (invoices["format"], ledger["format"]) == ("invoice_lines", "general_ledger")
    assert run(["identify", "invoices.csv"]) == 0
    keys = {one["key"] for one in answer(capsys, "formats")["formats"]}
    assert {
        "quickbooks_online_sales",
        "xero_invoices",
        "invoice_lines",
        "general_ledger",
        "items",
        "customers",
    } <= keys
    assert run(["formats"]) == 0
    assert run(["identify", "nothing.csv"]) == 3


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["dance"], 2), (["new", "x"], 2), (["new", "x", "--client", "X", "--currency", "GOLD"], 2), (["--help"], 0),
        (["customers", "missing"], 3), (["customers", "acme", "--period", "soon"], 2),
        (["import", "acme", "invoices.csv", "--format", "runes"], 3),
    ],
)  # fmt: skip
def test_wrong_usage_is_2_and_unusable_input_3(book: str, arguments: list[str], code: int) -> None:
    assert run(arguments) == code


def test_the_pack_is_written_beside_the_book_or_where_asked(
    book: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["report", book, "--period", "2026-10"]) == 0
    assert {path.suffix for path in folder.glob("Acme-2026-10-segments.*")} == {".pdf", ".xlsx"}
    assert run(["report", book, "--period", "2026-10", "--json", "figures.json"]) == 0
    figures = json.loads((folder / "figures.json").read_text(encoding="utf-8"))
    assert figures["key_figures"]["net_revenue"] == "187.50"
    assert run(["report", book, "--period", "2026-10", "--pdf", "nowhere/x.pdf"]) == 3


def test_month_end_writes_every_book_and_lists_what_needs_a_look(
    book: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "broken.quintile").write_text("not a book")
    shown = answer(capsys, "month-end", ".", "--period", "2026-10", "--out", "packs", code=1)
    states = {row["book"]: row for row in shown["books"]}
    assert states["acme.quintile"]["state"] == "written"
    assert states["broken.quintile"]["state"] == "failed"
    assert len(list((folder / "packs").iterdir())) == 2
    assert run(["month-end", ".", "--period", "2026-10", "--out", "packs"]) == 1
    (folder / "none").mkdir()
    assert run(["month-end", "none", "--period", "2026-10", "--out", "packs"]) == 2


def test_months_without_sales_are_not_reported_on(
    book: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shown = answer(capsys, "month-end", ".", "--period", "2031-01", "--out", "packs", code=1)
    assert shown["books"] == [
        {"book": "acme.quintile", "state": "not written", "attention": "no sales in Jan 2031", "files": []}
    ]
    assert list((folder / "packs").iterdir()) == []
    capsys.readouterr()
    assert run(["report", book, "--period", "2031-01"]) == 3
    assert (
        "acme.quintile has no sales from Feb 2030 to Jan 2031. It has sales from" in capsys.readouterr().err
    )


def test_a_book_that_another_window_writes_to_is_read_but_not_changed(book: str, folder: Path) -> None:
    with open_book(folder / "acme.quintile"):
        assert run(["customers", book]) == 0
        assert run(["import", book, "invoices.csv"]) == 0  # nothing new: nothing to write
        assert run(["undo", book, "1"]) == 3
