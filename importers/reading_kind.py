"""What a file is, told from its first bytes, never from its name; what cannot be read says why."""

import zipfile
from pathlib import Path

from core.errors import UnreadableFile

ZIP = b"PK\x03\x04"
GZIP = b"\x1f\x8b"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_AS_CSV = "export it as CSV or as an Excel workbook (.xlsx)"


def refuse(path: Path, expected: str, found: str, remedy: str) -> UnreadableFile:
    """Return the error that says place, expectation, finding and remedy."""
    return UnreadableFile(f"{path.name}: expected {expected}, found {found}. To mend it: {remedy}.")


def refuse_first_bytes(path: Path, start: bytes) -> None:
    """Raise UnreadableFile where the first bytes belong to something that is no table."""
    expected = "a table (CSV or Excel workbook)"
    bare = start.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    found = remedy = ""
    if not start:
        found, remedy = "an empty file", "export it again, and check that the export was finished"
    elif start.startswith(_OLE):
        found, remedy = _old_office_file(path)
    elif start.startswith(b"%PDF"):
        found, remedy = "a PDF document", _AS_CSV
    elif start.startswith(b"SQLite format 3\0"):
        found, remedy = "a database (SQLite)", _AS_CSV
    elif bare.startswith((b"<!doctype html", b"<html", b"<table", b"<head", b"<body")):
        found, remedy = "a web page, whatever the name says", "open it in Excel and save it as .xlsx or CSV"
    elif bare.startswith(b"<"):
        found, remedy = "an XML document", _AS_CSV
    elif not start.startswith(_UTF16) and _is_binary(start):
        found, remedy = "bytes that are no text", f"{_AS_CSV}; the file may be damaged or of another program"
    if found:
        raise refuse(path, expected, found, remedy)


def _old_office_file(path: Path) -> tuple[str, str]:
    """Tell an encrypted workbook from a workbook of Excel 97; both begin alike."""
    with path.open("rb") as file:
        data = file.read(4_000_000)
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "a password-protected workbook", "open it with its password and save a copy without one"
    return "a workbook of an old Excel (.xls)", "open it in Excel and save it as .xlsx or CSV"


def _is_binary(start: bytes) -> bool:
    """Tell whether these bytes cannot be text: a NUL, or many control characters."""
    controls = sum(byte < 9 or 13 < byte < 32 for byte in start)
    return b"\0" in start or controls > len(start) // 20 + 2


def check_archive(path: Path, *, unpacked_bytes: int) -> None:
    """Raise UnreadableFile unless this zip is a workbook of bearable size."""
    expected = "an Excel workbook (.xlsx)"
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        remedy = "export or copy it again; the file was cut off or is damaged"
        raise refuse(path, expected, "an incomplete zip file", remedy) from None
    names = {part.filename for part in parts}
    if "xl/workbook.xml" not in names:
        found = "an OpenDocument file" if "mimetype" in names else "a zip file that holds no workbook"
        remedy = "unpack it and import the files one by one; save spreadsheets as .xlsx"
        raise refuse(path, expected, found, remedy)
    size = sum(part.file_size for part in parts)
    if size > unpacked_bytes:
        found = f"one that unpacks to {size / 1e6:,.0f} MB"
        remedy = f"split it into files below {unpacked_bytes / 1e6:,.0f} MB, or export it as CSV"
        raise refuse(path, expected, found, remedy)
    if any(part.flag_bits & 1 for part in parts):
        remedy = "save a copy without a password"
        raise refuse(path, expected, "a password-protected zip file", remedy)
