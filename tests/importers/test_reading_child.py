"""What the child does, seen from inside: the same files, without a process between."""

import gzip
import io
import zipfile
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from core.errors import UnreadableFile
from importers.reading_child import read
from importers.reading_limits import Limits


def told(path: Path, limits: Limits | None = None, encoding: str = "") -> dict[str, Any]:
    return read(path, io.BytesIO(), limits or Limits(), encoding=encoding, tell=lambda _: None)


@pytest.mark.parametrize(
    ("content", "rows", "encoding", "delimiter"),
    [
        (b"a,b\n1,2\n", 2, "utf-8", ","),
        (b'a;b\n"x\ny";2\n3;4', 3, "utf-8", ";"),
        (b"sep=;\na;b\n", 2, "utf-8", ";"),
        ("é\tb\n".encode("cp1252"), 1, "windows-1252", "\t"),
        ("\ufeffé|b\n".encode(), 1, "utf-8", "|"),
        ("a\tb\n".encode("utf-16"), 1, "utf-16", "\t"),
        (gzip.compress(b"a,b\x07\n", mtime=0), 1, "utf-8", ","),
        (b'"' + b"line\n" * 20_000 + b'",b\n"c",d\n', 2, "utf-8", ","),
    ],
)
def test_text_is_counted_in_rows(
    tmp_path: Path, content: bytes, rows: int, encoding: str, delimiter: str
) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    result = told(path)
    assert result["sheets"][0]["rows"] == rows
    assert (result["encoding"], result["delimiter"]) == (encoding, delimiter)


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1", b"<html>", b"<a/>", b"SQLite format 3\0", b"a\0", b"PK\x03\x04", b"",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1x", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        gzip.compress(b"a,b\n" * 9999, mtime=0)[:-9], "é\n".encode() + b"\xe9\n", b"\x81\n", b'a,"b\n', b"a\n" * 9000 + b"\0",
        b'"' + b"x" * 200_000 + b"\n",
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "file.csv"
    path.write_bytes(content)
    with pytest.raises(UnreadableFile, match=r"file\.csv: expected .* found .* To mend it: "):
        told(path)


def test_workbooks_are_read_with_and_without_stored_values(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["a", 1.5, None])
    path = tmp_path / "book.xlsx"
    book.save(path)
    assert told(path)["sheets"][0]["rows"] == 1
    for formula in (
        "=B1+1",
        "=SUM(B1:B1)-2",
        "=A1",
        "=SUM(A1:B1)",
        "=1+",
        "=2 3",
        "=SUM(A1:ZZ99999)",
        "=SUM(X)",
        "=C1",
        "=A2",
    ):
        sheet.append([formula])
    book.save(path)
    assert told(path)["notes"] == ["formulas without stored values were worked out"]


def test_workbooks_that_cost_too_much_or_are_broken_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "file.csv"
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["XFD9"] = "x"
    book.save(path)
    for limits in (Limits(cells=100), Limits(unpacked_bytes=100)):
        with pytest.raises(UnreadableFile):
            told(path, limits)
    for parts in ({"a": "b"}, {"mimetype": "x"}, {"xl/workbook.xml": "<"}):
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in parts.items():
                archive.writestr(name, content)
        with pytest.raises(UnreadableFile):
            told(path)
