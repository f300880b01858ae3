"""Rows of a file in a temporary file: written once by the reading child, gone through as often as needed."""

import struct
import threading
import weakref
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import repeat
from typing import IO, BinaryIO

from core.importing.source import Batch, Row, TypedText

CELL = "\x1f"
ROW = "\x1e"
TYPED = "\x1d"  # before a cell that was a number or a date in the workbook

_HEAD = struct.Struct("<cII")  # kind, rows, bytes
_SPLIT = b"S"  # rows and cells parted by ROW and CELL
_TYPED = b"T"  # the same, with typed cells
_LINES = b"L"  # the lines of the file as they are: without quotes, they need no parser


class SpoolWriter:
    """Writes the blobs of one file, some thousand rows each."""

    def __init__(self, out: BinaryIO) -> None:
        """Take the file to append to."""
        self._out = out
        self.rows = 0  # of the sheet that is being written
        self.blobs = 0

    def begin_sheet(self) -> None:
        """Count rows from here anew."""
        self.rows = self.blobs = 0

    def lines(self, text: str, count: int) -> None:
        """Write lines without quotes as they are, parted by line feeds."""
        self._write(_LINES, text, count)

    def table(self, rows: list[Row], *, typed: bool = False) -> None:
        """Write rows of cells."""
        if rows:
            self._write(_TYPED if typed else _SPLIT, ROW.join(map(CELL.join, rows)), len(rows))

    def _write(self, kind: bytes, text: str, rows: int) -> None:
        blob = text.encode()
        self._out.write(_HEAD.pack(kind, rows, len(blob)))
        self._out.write(blob)
        self.rows += rows
        self.blobs += 1


class Spool:
    """The temporary file; closed, and thereby deleted, when nobody needs it any more."""

    def __init__(self, file: IO[bytes]) -> None:
        """Take over the file."""
        self._file = file
        self._lock = threading.Lock()
        self._end = weakref.finalize(self, file.close)

    def blob(self, offset: int) -> tuple[bytes, int, str, int]:
        """Return kind, rows and text of the blob at a place, and the place of the next."""
        with self._lock:
            self._file.seek(offset)
            kind, rows, size = _HEAD.unpack(self._file.read(_HEAD.size))
            blob = self._file.read(size)
        return kind, rows, blob.decode(), offset + _HEAD.size + size


@dataclass(eq=False)
class SpooledSheet:
    """One sheet; its rows can be gone through more than once, by several readers at a time."""

    name: str
    row_count: int
    spool: Spool
    offset: int
    blobs: int
    delimiter: str

    def head(self, count: int) -> list[Row]:
        """Return the first rows."""
        rows: list[Row] = []
        for _, batch in self.batches():
            rows += batch[: count - len(rows)]
            if len(rows) >= count:
                break
        return rows

    def batches(self) -> Iterator[Batch]:
        """Go through all rows in order, some thousand at a time."""
        offset, first_row = self.offset, 1
        for _ in range(self.blobs):
            kind, count, text, offset = self.spool.blob(offset)
            yield first_row, self._rows(kind, text)
            first_row += count

    def column_batches(self, width: int) -> Iterator[tuple[int, list[list[str]] | list[Row], bool]]:
        """Go through all rows faster: first row, then columns (True) where every row is so wide, or rows."""
        offset, first_row = self.offset, 1
        for _ in range(self.blobs):
            kind, count, text, offset = self.spool.blob(offset)
            columns = self._columns(text, count, width) if kind == _LINES else None
            yield first_row, columns or self._rows(kind, text), columns is not None
            first_row += count

    def _columns(self, text: str, count: int, width: int) -> list[list[str]] | None:
        """Split lines without making rows of them first; None where some row has another width."""
        delimiter = self.delimiter
        cells = text.replace("\n", delimiter).split(delimiter)
        if len(cells) != width * count:
            return None
        marks = set(map(str.count, text.split("\n"), repeat(delimiter)))
        return [cells[place::width] for place in range(width)] if marks == {width - 1} else None

    def _rows(self, kind: bytes, text: str) -> list[Row]:
        if kind == _LINES:
            return [line.split(self.delimiter) for line in text.split("\n")]
        rows = [row.split(CELL) for row in text.split(ROW)]
        if kind == _TYPED:
            return [[TypedText(cell[1:]) if cell[:1] == TYPED else cell for cell in row] for row in rows]
        return rows
