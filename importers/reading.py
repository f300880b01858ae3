"""Read a file once, in a limited child process; the program survives whatever the file does to it."""

import json
import queue
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from core.errors import UnreadableFile
from core.importing.source import Source
from core.progress import SILENT, Progress
from importers.reading_kind import refuse
from importers.reading_limits import Limits
from importers.reading_spool import Spool, SpooledSheet

__all__ = ["CHILD_ARGUMENT", "ENCODINGS", "Limits", "read_source"]

CHILD_ARGUMENT = "--reading-child"  # a packed program calls itself with this; main.py hands over
ENCODINGS = ("utf-8", "windows-1252", "iso-8859-15", "cp850")
_EXPECTED = "a table (CSV or Excel workbook)"


def read_source(
    path: Path, *, progress: Progress = SILENT, limits: Limits | None = None, encoding: str = ""
) -> Source:
    """Read a CSV, TSV or Excel file to sheets of numbered rows. Raises UnreadableFile, Cancelled."""
    limits = limits or Limits()
    path = Path(path)
    _check_place(path)
    progress.step(f"Reading {path.name}")
    file = tempfile.TemporaryFile(prefix="quintile-")  # noqa: SIM115 - the spool closes it
    spool = Spool(file)
    result = _run_child(path.resolve(), file, limits, progress=progress, encoding=encoding)
    sheets = tuple(
        SpooledSheet(
            sheet["name"], sheet["rows"], spool, sheet["offset"], sheet["blobs"], result["delimiter"]
        )
        for sheet in result["sheets"]
    )
    if not any(sheet.row_count for sheet in sheets):
        raise refuse(path, _EXPECTED, "no rows", "export it again, and check that the export was finished")
    return Source(
        path=path,
        sha256=result["sha256"],
        size=result["size"],
        container=result["container"],
        encoding=result["encoding"],
        delimiter=result["delimiter"],
        sheets=sheets,
        notes=tuple(result["notes"]),
    )


def _check_place(path: Path) -> None:
    """Raise UnreadableFile where there is no file that may be read."""
    try:
        if path.is_dir():
            raise refuse(path, "a file", "a folder", "choose the files in it")
        if path.exists() and not path.is_file():
            raise refuse(path, "a file", "a device", "choose an exported file")
        with path.open("rb") as file:
            empty = not file.read(1)
    except FileNotFoundError:
        raise refuse(path, "a file", "nothing at this place", "check the name and the folder") from None
    except PermissionError:
        remedy = "close it in other programs, and check that you may open it"
        raise refuse(path, "a file that may be read", "that access is denied", remedy) from None
    except OSError as error:
        found = f"an error of the disk ({error.strerror})"
        raise refuse(path, "a file that can be read", found, "copy it to this computer first") from None
    if empty:
        remedy = "export it again, and check that the export was finished"
        raise refuse(path, _EXPECTED, "an empty file", remedy)


def _command() -> list[str]:
    if getattr(sys, "frozen", False):
        return [sys.executable, CHILD_ARGUMENT]
    return [sys.executable, "-m", "importers.reading_child"]


def _run_child(
    path: Path, out: IO[bytes], limits: Limits, *, progress: Progress, encoding: str
) -> dict[str, Any]:
    """Let the child read the file into the spool; return its result. Raises UnreadableFile, Cancelled."""
    request = {"path": str(path), "limits": asdict(limits), "encoding": encoding}
    child = subprocess.Popen(  # noqa: S603 - our own program, no shell
        _command(),
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        cwd=Path(__file__).resolve().parent.parent,
        creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
    )
    assert child.stdin is not None
    assert child.stderr is not None
    lines: queue.Queue[bytes | None] = queue.Queue()
    listener = threading.Thread(target=_listen, args=(child.stderr, lines), daemon=True)
    listener.start()
    try:
        try:
            child.stdin.write(json.dumps(request).encode())
            child.stdin.close()
        except OSError:
            pass  # it ended already; what it said is heard below
        return _follow(lines, path, limits, progress=progress)
    finally:
        child.kill()
        child.wait()
        listener.join()
        child.stderr.close()


def _listen(pipe: IO[bytes], lines: "queue.Queue[bytes | None]") -> None:
    for line in pipe:
        lines.put(line)
    lines.put(None)


def _follow(
    lines: "queue.Queue[bytes | None]", path: Path, limits: Limits, *, progress: Progress
) -> dict[str, Any]:
    """Listen to the child until it has a result. Raises UnreadableFile, Cancelled."""
    deadline = time.monotonic() + limits.seconds
    size = path.stat().st_size
    said = b""
    while (left := deadline - time.monotonic()) > 0:
        try:
            line = lines.get(timeout=min(left, 0.2))
        except queue.Empty:
            progress.advance(0, None)
            continue
        if line is None:
            raise _died(path, said)
        event = _event(line)
        said = said if event else line
        if "result" in event:
            result: dict[str, Any] = event["result"]
            return result
        if "refused" in event:
            raise UnreadableFile(event["refused"])
        if "memory" in event:
            raise _died(path, b"memory")
        if "done" in event:
            progress.advance(min(event["done"], size), size)
    found = f"one that was not read after {limits.seconds:.0f} seconds"
    raise refuse(path, "a file of bearable size", found, "split it into several files, or export it as CSV")


def _event(line: bytes) -> dict[str, Any]:
    """Return what a line of the child says; a library's own complaint says nothing."""
    try:
        event = json.loads(line)
    except ValueError:
        return {}
    return event if isinstance(event, dict) else {}


def _died(path: Path, said: bytes) -> UnreadableFile:
    memory = b"memory" in said.lower()
    found = "one that needs more memory than allowed" if memory else "one that stopped the reader"
    remedy = (
        "delete what stands far outside the table (in Excel, Ctrl+End shows the place), save it anew, "
        "or export it as CSV"
    )
    return refuse(path, "a file that can be read", found, remedy)
