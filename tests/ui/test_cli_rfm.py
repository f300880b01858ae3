"""How a book scores its customers, on the command line: what is told, refused, and put right."""

import json
from pathlib import Path
from typing import Any

import pytest

from core.store.book import open_book
from core.store.settings import write_setting
from tests.core.builders import BookBuilder
from ui.cli import run


def answer(capsys: pytest.CaptureFixture[str], *arguments: str) -> Any:
    capsys.readouterr()
    assert run(["patterns", *arguments, "--json"]) == 0
    return json.loads(capsys.readouterr().out)


@pytest.fixture
def three(tmp_path: Path) -> str:
    """Three customers, too few for two bins: all of them score 3, 3 and 3."""
    books = BookBuilder(tmp_path / "three.quintile")
    for day, name in (("2026-08-10", "Ann"), ("2026-08-20", "Bob"), ("2026-09-01", "Cy")):
        books.document(day, books.customer(name), (1000, 400), number=day)
    books.book.close()
    return str(tmp_path / "three")


def test_the_table_in_use_and_its_changed_cells_are_told(
    three: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["settings", three, 'rfm_table={"333": "middling", "111": "lost", "555": "loyal"}']) == 0
    rfm = answer(capsys, three, "--part", "rfm", "--as-of", "2026-10-31")["rfm"]
    # 'lost' is the usual name of 111, and 'loyal' is the segment that is there already.
    assert rfm["changed"] == {"333": "middling", "555": "Loyal"}
    assert (len(rfm["table"]), rfm["table"]["111"], rfm["table"]["333"]) == (125, "Lost", "middling")
    assert {one["segment"] for one in rfm["customers"]} == {"middling"}


def test_a_name_that_is_too_long_is_refused_with_its_scores(
    three: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["settings", three, f'rfm_table={{"432": "{"x" * 200}"}}']) == 2
    assert "Scores 432: A name has at most 60 characters; this one has 200." in capsys.readouterr().err
    assert answer(capsys, three, "--part", "rfm")["rfm"]["changed"] == {}


def test_scores_that_cannot_be_read_end_with_a_sentence(
    three: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_book(Path(f"{three}.quintile")) as book, book.transaction() as connection:
        write_setting(connection, "rfm_table", "garbage")
    assert run(["patterns", three]) == 3
    assert "quintile settings BOOK rfm_bins=5 rfm_rule=ties rfm_table=" in capsys.readouterr().err
    assert run(["settings", three, "rfm_bins=5", "rfm_rule=ties", "rfm_table="]) == 0
    assert answer(capsys, three, "--part", "rfm")["rfm"]["changed"] == {}
