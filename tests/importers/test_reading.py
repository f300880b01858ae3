import datetime as dt
import gzip
import hashlib
import os
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from core.errors import UnreadableFile
from core.importing.source import Source, TypedText
from core.progress import Cancelled, Silent
from importers import reading
from importers.reading import Limits, read_source
from importers.reading_text import sniff_delimiter

WORKBOOK_XML = (
    '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    "<sheetData>{}</sheetData></worksheet>"
)


def rows_of(source: Source, sheet: int = 0) -> list[list[str]]:
    return [row for _, rows in source.sheets[sheet].batches() for row in rows]


def written(tmp_path: Path, content: bytes, name: str = "file.csv") -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def refusal(path: Path, **options: object) -> str:
    with pytest.raises(UnreadableFile) as caught:
        read_source(path, **options)  # type: ignore[arg-type]
    message = str(caught.value)
    assert path.name in message
    assert "expected" in message
    assert "found" in message
    assert "To mend it:" in message
    return message


def test_a_file_is_read_once_into_numbered_rows_that_can_be_gone_through_again(tmp_path: Path) -> None:
    content = b'a,b\r\n1,"x, ""y""\r\nz"\r\n\r\n3,4'
    source = read_source(written(tmp_path, content))
    assert rows_of(source) == [["a", "b"], ["1", 'x, "y"\nz'], [""], ["3", "4"]]
    assert rows_of(source) == rows_of(source)
    assert source.sheets[0].row_count == 4
    assert source.sheets[0].head(2) == [["a", "b"], ["1", 'x, "y"\nz']]
    assert (source.container, source.encoding, source.delimiter) == ("csv", "utf-8", ",")
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert source.size == len(content)


def test_rows_keep_their_numbers_across_batches_and_quoted_cells_across_pieces(tmp_path: Path) -> None:
    lines = [f'{number},"text {number}\nsecond line",{number}.50' for number in range(40_000)]
    source = read_source(written(tmp_path, "\n".join(lines).encode()))
    numbers = [
        (first + index, row) for first, rows in source.sheets[0].batches() for index, row in enumerate(rows)
    ]
    assert len(numbers) == 40_000
    assert all(
        row == [str(place - 1), f"text {place - 1}\nsecond line", f"{place - 1}.50"] for place, row in numbers
    )


@pytest.mark.parametrize(
    ("content", "encoding", "name"),
    [
        ("né;1,5\n", "utf-8", "utf-8"),
        ("né;1,5\n", "utf-8-sig", "utf-8"),
        ("né;1,5\n", "cp1252", "windows-1252"),
        ("né;1,5\n", "utf-16", "utf-16"),
    ],
)
def test_the_encoding_is_found_from_the_bytes(tmp_path: Path, content: str, encoding: str, name: str) -> None:
    source = read_source(written(tmp_path, content.encode(encoding)))
    assert rows_of(source)[0][0] == "né"
    assert source.encoding == name
    assert source.notes == ()


def test_another_encoding_can_be_chosen(tmp_path: Path) -> None:
    path = written(tmp_path, "André,1\n".encode("cp850"))
    assert rows_of(read_source(path, encoding="cp850"))[0][0] == "André"
    assert "windows-1252" in refusal(written(tmp_path, b"\x81,1\n"))


def test_mixed_encodings_are_refused_with_both_lines(tmp_path: Path) -> None:
    content = "a\né\n".encode() + "b\nü\n".encode("cp1252")
    message = refusal(written(tmp_path, content))
    assert "line 2" in message
    assert "line 4" in message


def test_letters_and_accents_are_joined_and_hidden_characters_removed_with_a_note(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, "e\u0301,a\u202eb\x07\n".encode()))
    assert rows_of(source) == [["é", "ab"]]
    assert source.notes[0].startswith("2 invisible control or direction characters were removed")
    assert "joined" in source.notes[1]
    one = read_source(written(tmp_path, b"a\x07,b\n"))
    assert one.notes == ("1 invisible control or direction character was removed from the text",)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a,b\n1,2\n", ","),
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("a\tb\n1,1\t2\n", "\t"),
        ("a|b|c\n1|2|3\n", "|"),
        ('Title\n\n,Date,Amount\n"Smith; Co",1,2\n', ","),
        ("sep=;\na,b;c\n", ";"),
        ("alone\n", ","),
    ],
)
def test_the_delimiter_is_the_one_that_parts_most_lines_alike(text: str, delimiter: str) -> None:
    assert sniff_delimiter(text) == delimiter


def test_the_hint_for_excel_is_understood_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    assert rows_of(read_source(written(tmp_path, b"sep=;\na;b\n"))) == [[""], ["a", "b"]]


def test_ragged_rows_and_strange_line_ends_are_kept(tmp_path: Path) -> None:
    source = read_source(written(tmp_path, b"a,b\r\r\n1\r\r\n1,2,3\r\r\n"))
    assert rows_of(source) == [["a", "b"], ["1"], ["1", "2", "3"]]
    assert rows_of(read_source(written(tmp_path, b"a,b\r1,2\r"))) == [["a", "b"], ["1", "2"]]


def test_a_packed_file_is_unpacked(tmp_path: Path) -> None:
    assert rows_of(read_source(written(tmp_path, gzip.compress(b"a,b\n1,2\n", mtime=0), "f.csv.gz"))) == [
        ["a", "b"],
        ["1", "2"],
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "an empty file"),
        (b"%PDF-1.7\n", "a PDF document"),
        (b"\n <!DOCTYPE html><html>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML document"),
        (b"SQLite format 3\0rest", "a database"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "an old Excel"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password-protected"),
        (b"a,b\n\0\0\0\n", "bytes that are no text"),
        (b"PK\x03\x04 cut off", "an incomplete zip file"),
        (gzip.compress(b"a,b\n1,2\n" * 5000, mtime=0)[:-30], "cut off or damaged"),
        (b'a,b\n1,"never closed\n2,3\n', "the end of the file"),
        (b"a,b\n" + b"1,2\n" * 2000 + b"\0", "a NUL byte"),
    ],
)
def test_what_is_no_table_is_refused_with_place_expectation_finding_and_remedy(
    tmp_path: Path, content: bytes, words: str
) -> None:
    assert words in refusal(written(tmp_path, content, "export.xls"))


def test_places_without_a_readable_file_are_refused(tmp_path: Path) -> None:
    assert "a folder" in refusal(tmp_path)
    assert "nothing at this place" in refusal(tmp_path / "missing.csv")
    assert "a device" in refusal(Path(os.devnull))


def test_a_file_without_permission_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, b"a,b\n")
    if os.name == "nt" or os.geteuid() == 0:
        pytest.skip("this user may read everything")
    path.chmod(0)
    assert "denied" in refusal(path)


def test_a_workbook_gives_all_sheets_with_typed_cells(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Tips"
    sheet["B2"] = "text"
    hidden = book.create_sheet("Data")
    hidden.sheet_state = "hidden"
    hidden.append(
        ["00123", 0.1 + 0.2, 5, dt.date(2026, 10, 31), True, dt.datetime(2026, 1, 2, 3, 4)]  # noqa: DTZ001 - a cell has no time zone
    )
    path = tmp_path / "book.xlsx"
    book.save(path)
    source = read_source(path)
    assert [sheet.name for sheet in source.sheets] == ["Tips", "Data"]
    assert rows_of(source) == [["", ""], ["", "text"]]
    (row,) = rows_of(source, 1)
    assert row == ["00123", "0.3", "5", "2026-10-31", "TRUE", "2026-01-02 03:04:00"]
    assert [type(cell) is TypedText for cell in row] == [False, True, True, True, False, True]
    assert (source.container, source.encoding) == ("xlsx", "")


def test_formulas_without_stored_values_are_worked_out(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["=15000.00"], ["=-2.5"], ["=A1+A2"], ["=SUM(A1:A3,A1)"], ["=A1*2"], ["=A6"], ["=B1-A2"]):
        sheet.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    source = read_source(path)
    # 15000 - 2.5 = 14997.5; 15000 - 2.5 + 14997.5 + 15000 = 44995
    assert [row[0] for row in rows_of(source)] == ["15000", "-2.5", "14997.5", "44995", "=A1*2", "=A6", "2.5"]
    assert source.notes == ("formulas without stored values were worked out",)


def zipped(path: Path, parts: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def test_archives_that_are_no_workbook_are_refused(tmp_path: Path) -> None:
    assert "no workbook" in refusal(zipped(tmp_path / "a.zip", {"x.csv": "a,b"}))
    assert "OpenDocument" in refusal(zipped(tmp_path / "a.ods", {"mimetype": "x"}))
    damaged = zipped(tmp_path / "b.xlsx", {"xl/workbook.xml": "<broken"})
    assert "damaged" in refusal(damaged)


def test_a_bomb_is_refused_before_it_is_opened(tmp_path: Path) -> None:
    bomb = zipped(
        tmp_path / "bomb.xlsx", {"xl/workbook.xml": "x", "xl/worksheets/sheet1.xml": " " * 3_000_000}
    )
    assert "unpacks to 3 MB" in refusal(bomb, limits=Limits(unpacked_bytes=1_000_000))
    text = written(tmp_path, gzip.compress(b"a,b\n" * 500_000, mtime=0), "bomb.csv.gz")
    assert "more than 1 MB" in refusal(text, limits=Limits(unpacked_bytes=1_000_000))


def test_one_cell_far_outside_the_table_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["XFD1048576"] = "y"
    path = tmp_path / "far.xlsx"
    book.save(path)
    message = refusal(path)
    assert "1,048,576 rows and 16,384 columns" in message
    assert "Ctrl+End" in message


def test_the_program_survives_a_child_that_needs_too_much_memory(tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet["A1"] = "x"
    sheet["XFD1048576"] = "y"
    path = tmp_path / "far.xlsx"
    book.save(path)
    limits = Limits(memory_bytes=400 << 20, cells=10**12)
    message = refusal(path, limits=limits)
    assert "memory" in message or "stopped the reader" in message


def test_a_file_that_takes_too_long_is_given_up(tmp_path: Path) -> None:
    message = refusal(written(tmp_path, b"a,b\n1,2\n"), limits=Limits(seconds=0.001))
    assert "not read after 0 seconds" in message or "stopped the reader" in message


class Impatient(Silent):
    def advance(self, done: int, total: int | None = None) -> None:
        raise Cancelled


def test_reading_can_be_cancelled(tmp_path: Path) -> None:
    path = written(tmp_path, b"a,b\n" * 400_000)
    with pytest.raises(Cancelled):
        read_source(path, progress=Impatient())


def test_what_a_library_says_on_the_way_is_no_event() -> None:
    assert reading._event(b"thread panicked\n") == {}
    assert reading._event(b"[1]\n") == {}
