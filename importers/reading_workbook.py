"""Read Excel workbooks: calamine for speed, openpyxl where formulas came without their values."""

import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

from core.errors import UnreadableFile
from core.importing.source import Row
from importers.reading_clean import TextCleaner
from importers.reading_formulas import NotWorkedOut, work_out
from importers.reading_kind import check_archive, refuse
from importers.reading_limits import Limits
from importers.reading_spool import TYPED, SpoolWriter

_SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_CELL = re.compile(rb'<(?:\w+:)?c [^>]*?r="([A-Z]{1,3})(\d{1,7})"')
_NO_VALUE = re.compile(rb"</(?:\w+:)?f>(?:</(?:\w+:)?c>|<(?:\w+:)?v\s*/>|<(?:\w+:)?v></)")
_DIMENSION = re.compile(rb'<(?:\w+:)?dimension [^>]*?ref="(?:[A-Z]+\d+:)?([A-Z]{1,3})(\d{1,7})"')
_PIECE = 4 << 20
_BATCH = 4_000

SheetDone = Callable[[str], None]


def read_workbook(
    path: Path, spool: SpoolWriter, limits: Limits, *, begin: SheetDone, done: SheetDone
) -> list[str]:
    """Spool all sheets, hidden ones too; return notes. Raises UnreadableFile."""
    check_archive(path, unpacked_bytes=limits.unpacked_bytes)
    bare_formulas = _look_into_sheets(path, limits)
    cleaner = TextCleaner()
    notes = []
    if bare_formulas:
        sheets = _with_openpyxl(path)
        notes.append("formulas without stored values were worked out")
    else:
        sheets = _with_calamine(path)
    for name, rows in sheets:
        begin(name)
        _spool_sheet(rows, spool, cleaner)
        done(cleaner.clean(name))
    return notes + cleaner.notes()


def _look_into_sheets(path: Path, limits: Limits) -> bool:
    """Refuse sheets with cells far outside the table; tell whether formulas lack their values."""
    bare_formulas = False
    try:
        with zipfile.ZipFile(path) as archive:
            for part in archive.infolist():
                if _SHEET.fullmatch(part.filename):
                    bare_formulas |= _look_into_sheet(path, archive, part, limits)
    except (zipfile.BadZipFile, EOFError, zipfile.zlib.error) as error:  # type: ignore[attr-defined]
        raise _damaged(path, str(error)) from None
    return bare_formulas


def _look_into_sheet(path: Path, archive: zipfile.ZipFile, part: zipfile.ZipInfo, limits: Limits) -> bool:
    bottom = right = 0
    bare_formulas = False
    overlap = b""
    with archive.open(part) as file:
        while piece := file.read(_PIECE):
            text = overlap + piece
            bare_formulas = bare_formulas or bool(_NO_VALUE.search(text))
            # Every cell of a large sheet would take seconds; there its size stands at the beginning.
            pattern = _CELL if part.file_size < 2 * _PIECE else _DIMENSION
            for letters, digits in pattern.findall(text):
                bottom, right = max(bottom, int(digits)), max(right, _column(letters))
            overlap = text[-200:]
            if bottom * right > limits.cells:
                found = f"one with {bottom:,} rows and {right:,} columns"
                remedy = (
                    "delete what stands far outside the table (Ctrl+End shows the place), then save it anew"
                )
                raise refuse(path, "a sheet of bearable size", found, remedy)
    return bare_formulas


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _damaged(path: Path, detail: str) -> UnreadableFile:
    remedy = "open it in Excel, let Excel repair it, and save it anew"
    return refuse(path, "an Excel workbook", f"a damaged one ({detail[:120]})", remedy)


def _with_calamine(path: Path) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetTypeEnum

    try:
        with CalamineWorkbook.from_path(str(path)) as book:
            for sheet in book.sheets_metadata:
                if sheet.typ == SheetTypeEnum.WorkSheet:
                    yield sheet.name, book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
    except PasswordError:
        remedy = "open it with its password and save a copy without one"
        raise refuse(path, "a workbook that opens", "a password-protected one", remedy) from None
    except CalamineError as error:
        raise _damaged(path, str(error)) from None


def _with_openpyxl(path: Path) -> Iterator[tuple[str, Iterable[list[Any]]]]:
    """Yield the sheets with formulas worked out; stored values are taken where they are."""
    from openpyxl import load_workbook

    try:
        formulas = load_workbook(path, read_only=True)
        values = load_workbook(path, read_only=True, data_only=True)
        for sheet in formulas.worksheets:
            yield sheet.title, _worked_out(list(sheet.values), list(values[sheet.title].values))
    except UnreadableFile:
        raise
    except Exception as error:  # noqa: BLE001
        # openpyxl raises whatever its parsers meet in a broken file; the child has no other work.
        raise _damaged(path, f"{type(error).__name__}: {error}") from None


def _worked_out(formulas: list[Any], values: list[Any]) -> Iterator[list[Any]]:
    def cell(row: int, column: int) -> object:
        if row > len(formulas) or column > len(formulas[row - 1]):
            return None
        stored = values[row - 1][column - 1]
        return stored if stored is not None else formulas[row - 1][column - 1]

    for number, row in enumerate(formulas, 1):
        yield [_value(cell(number, column), cell) for column in range(1, len(row) + 1)]


def _value(value: object, cell: Callable[[int, int], object]) -> object:
    if not (isinstance(value, str) and value.startswith("=")):
        return value
    try:
        return work_out(value, cell)
    except NotWorkedOut:
        return value


def _spool_sheet(rows: Iterable[list[Any]], spool: SpoolWriter, cleaner: TextCleaner) -> None:
    batch: list[Row] = []
    for row in rows:
        batch.append([_text(value, cleaner) for value in row])
        if len(batch) >= _BATCH:
            spool.table(batch, typed=True)
            batch = []
    spool.table(batch, typed=True)


def _text(value: object, cleaner: TextCleaner) -> str:
    """Return a cell as text; numbers and dates with the sign that they are typed."""
    if isinstance(value, str):
        return cleaner.clean(value).replace("\r\n", "\n")
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    return TYPED + typed_text(value)


def typed_text(value: object) -> str:
    """Return numbers as plain decimals (15 digits, as Excel shows them) and dates as ISO text."""
    if isinstance(value, float):
        # A sum of cents may be stored as 0.30000000000000004; Excel itself knows 15 digits only.
        return _plain(Decimal(f"{value:.15g}"))
    if isinstance(value, Decimal):
        return _plain(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
