"""Read delimited text: encoding, delimiter, then chunks of whole rows into the spool."""

import csv
import gzip
import io
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO

from core.errors import UnreadableFile
from core.importing.source import Row
from importers.reading_clean import TextCleaner
from importers.reading_kind import GZIP, refuse, refuse_first_bytes
from importers.reading_limits import Limits
from importers.reading_spool import SpoolWriter

CHUNK = 384 * 1024
DELIMITERS = ("\t", ";", "|", ",")
FALLBACK = "cp1252"
NAMES = {"cp1252": "windows-1252", "utf-8-sig": "utf-8"}


def open_bytes(path: Path) -> BinaryIO:
    """Open a text file, unpacking gzip."""
    with path.open("rb") as file:
        packed = file.read(2) == GZIP
    return gzip.open(path) if packed else path.open("rb")  # type: ignore[return-value]


def chunks(path: Path, limits: Limits) -> Iterator[bytes]:
    """Yield the bytes of a file in pieces that end with a line. Raises UnreadableFile."""
    total = 0
    rest = b""
    try:
        with open_bytes(path) as file:
            while data := file.read(CHUNK):
                total += len(data)
                if total > limits.unpacked_bytes:
                    found = f"more than {limits.unpacked_bytes / 1e6:,.0f} MB"
                    raise refuse(path, "a table of bearable size", found, "split it into several files")
                head, newline, tail = data.rpartition(b"\n")
                if newline:
                    yield rest + head + newline
                    rest = tail
                else:
                    rest += data
    except (EOFError, zlib.error, gzip.BadGzipFile):
        remedy = "download or copy it again; the end of the file is missing"
        raise refuse(path, "a complete gzip file", "one that is cut off or damaged", remedy) from None
    if rest:
        yield rest


class EncodingScan:
    """Finds out how the bytes of a file are to be read: BOM, strict UTF-8, windows-1252."""

    def __init__(self) -> None:
        """Begin at the first line."""
        self.line = 1
        self.start = b""
        self.utf8_line = 0  # the first line with letters that are proper UTF-8
        self.other_line = 0  # the first line that is not

    def add(self, data: bytes) -> None:
        """Look at the next lines."""
        self.start = self.start or data[:4]
        if not data.isascii():
            for number, line in enumerate(data.split(b"\n"), self.line):
                if not line.isascii():
                    self._judge(number, line)
        self.line += data.count(b"\n")

    def _judge(self, number: int, line: bytes) -> None:
        if self.utf8_line and self.other_line:
            return
        try:
            line.decode("utf-8")
        except UnicodeDecodeError:
            self.other_line = self.other_line or number
        else:
            self.utf8_line = self.utf8_line or number

    def encoding(self, path: Path) -> str:
        """Return the codec's name. Raises UnreadableFile where the file mixes encodings."""
        if self.start.startswith((b"\xff\xfe", b"\xfe\xff")):
            return "utf-16"
        bom = self.start.startswith(b"\xef\xbb\xbf")
        if self.other_line and (self.utf8_line or bom):
            found = f"UTF-8 letters in line {self.utf8_line or 1}, but others in line {self.other_line}"
            remedy = "open it in a text editor, correct the broken letters and save it as UTF-8"
            raise refuse(path, "a file in one encoding", found, remedy)
        return FALLBACK if self.other_line else "utf-8-sig" if bom else "utf-8"


def sniff_delimiter(text: str) -> str:
    """Return the delimiter that parts most lines into the same number of fields."""
    first = text.split("\n", 1)[0].strip().lower()
    if first.startswith("sep=") and len(first) == 5:
        return first[4]
    best, best_score = ",", (0, 0)
    for delimiter in DELIMITERS:
        rows = _parsed(text, delimiter)
        widths = Counter(len(row) for row in rows if len(row) > 1)
        if widths:
            width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
            # Half the score is for rows that agree, so that decimal commas lose against semicolons.
            if (count, width) > best_score:
                best, best_score = delimiter, (count, width)
    return best


def _parsed(text: str, delimiter: str) -> list[Row]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        return []


def read_text(
    path: Path,
    spool: SpoolWriter,
    limits: Limits,
    *,
    encoding: str = "",
    report: Callable[[int], None] = lambda _: None,
) -> tuple[str, str, list[str]]:
    """Spool the rows of a text file; return encoding, delimiter and notes. Raises UnreadableFile."""
    scan = EncodingScan()
    sample = b""
    for chunk in chunks(path, limits):
        scan.add(chunk)
        sample = sample or chunk
    refuse_first_bytes(path, sample[:4096])
    codec = encoding or scan.encoding(path)
    cleaner = TextCleaner()
    try:
        delimiter = sniff_delimiter(_utf16(path) if codec == "utf-16" else sample.decode(codec, "replace"))
        parser = RowParser(path, spool, delimiter)
        _feed(path, parser, cleaner, limits, codec=codec, report=report)
    except UnicodeDecodeError as error:
        found = f"bytes that are none (0x{error.object[error.start]:02x})"
        remedy = "save it as UTF-8, or choose another encoding"
        raise refuse(path, f"text in {NAMES.get(codec, codec)}", found, remedy) from None
    if not spool.rows:
        raise refuse(path, "a table", "no rows", "export it again")
    return NAMES.get(codec, codec), delimiter, cleaner.notes()


def _utf16(path: Path) -> str:
    with open_bytes(path) as file:
        return file.read(CHUNK & ~1).decode("utf-16", "replace")


def _feed(
    path: Path,
    parser: "RowParser",
    cleaner: TextCleaner,
    limits: Limits,
    *,
    codec: str,
    report: Callable[[int], None],
) -> None:
    """Decode and clean the file piece by piece and hand it to the parser."""
    done = 0
    if codec == "utf-16":  # its line ends cannot be found in bytes
        with open_bytes(path) as file:
            parser.add(cleaner.clean(file.read(limits.unpacked_bytes).decode(codec)))
    else:
        for chunk in chunks(path, limits):
            if b"\0" in chunk:
                remedy = "export it again; the file is damaged or no text"
                raise refuse(path, "text", f"a NUL byte near row {parser.row}", remedy)
            clean = cleaner.ascii_is_clean(chunk)
            text = chunk.decode("utf-8" if codec == "utf-8-sig" else codec)
            if not done:
                text = text.removeprefix("\ufeff")
            parser.add(text if clean else cleaner.clean(text))
            done += len(chunk)
            report(done)
    parser.end()


class RowParser:
    """Parts text into rows: plain lines are kept as they are, quoted ones go through the csv module."""

    def __init__(self, path: Path, spool: SpoolWriter, delimiter: str) -> None:
        """Take where rows go and what parts their cells."""
        self._path = path
        self._spool = spool
        self._delimiter = delimiter
        self._open = ""  # the beginning of a quoted cell that goes on in the next piece
        self._first = True

    @property
    def row(self) -> int:
        """The row that comes next."""
        return self._spool.rows + 1

    def add(self, text: str) -> None:
        """Take the next whole lines."""
        text = text.replace("\r\n", "\n")
        if "\r" in text:
            text = text.replace("\r", "\n") if "\n" not in text else text.replace("\r", "")
        if self._first:
            self._first = False
            text = self._without_hint(text)
        if self._open or '"' in text:
            self._quoted(self._open + text)
        elif text:
            whole = text.removesuffix("\n")
            self._spool.lines(whole, whole.count("\n") + 1)

    def end(self) -> None:
        """Take what is left at the end of the file."""
        if self._open:
            rest, self._open = self._open, ""
            self._quoted(rest, last=True)

    def _without_hint(self, text: str) -> str:
        """Empty a first line `sep=;`, which is for Excel; the rows keep their numbers."""
        line, newline, rest = text.partition("\n")
        return newline + rest if line.strip().lower() == f"sep={self._delimiter}" else text

    def _quoted(self, text: str, *, last: bool = False) -> None:
        lines = io.StringIO(text, newline="\n").readlines()
        feed = _Lines(lines)
        reader = csv.reader(feed, delimiter=self._delimiter)
        rows: list[Row] = []
        self._open = ""
        begun = 0
        try:
            for row in reader:
                if feed.asked_beyond:
                    self._open = "".join(lines[begun:])
                    break
                begun = reader.line_num
                rows.append(row or [""])
        except csv.Error:
            raise self._never_closed(len(rows)) from None
        if self._open and last:
            raise self._never_closed(len(rows))
        for start in range(0, len(rows), 5_000):
            self._spool.table(rows[start : start + 5_000])

    def _never_closed(self, rows_before: int) -> UnreadableFile:
        expected = f"a closing quotation mark in or after row {self.row + rows_before}"
        remedy = "export it again, or add or remove the quotation mark in a text editor"
        return refuse(self._path, expected, "the end of the file", remedy)


class _Lines:
    """Lines that remember whether more were asked for than there are: then a quoted cell is still open."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = iter(lines)
        self.asked_beyond = False

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        for line in self._lines:
            return line
        self.asked_beyond = True
        raise StopIteration
