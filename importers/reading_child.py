"""The limited process that opens files of others: request on standard input, rows on standard output.

What happens is told line by line, as JSON, on standard error: progress, then the result or the refusal.
"""

import hashlib
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from core.errors import UnreadableFile
from importers.reading_kind import GZIP, ZIP, refuse_first_bytes
from importers.reading_limits import Limits
from importers.reading_spool import SpoolWriter
from importers.reading_text import read_text
from importers.reading_workbook import read_workbook

Tell = Callable[[dict[str, Any]], None]


def limit_resources(limits: Limits) -> None:
    """Let the system end this process when it takes too much; Windows has no such limits."""
    if sys.platform == "win32":
        return
    import resource

    for kind, most in (
        (resource.RLIMIT_AS, limits.memory_bytes),
        (resource.RLIMIT_CPU, int(limits.seconds) + 1),
    ):
        _, hard = resource.getrlimit(kind)
        resource.setrlimit(kind, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def read(path: Path, out: BinaryIO, limits: Limits, *, encoding: str, tell: Tell) -> dict[str, Any]:
    """Spool all rows of a file; return what the parent must know. Raises UnreadableFile."""
    digest, start = _digest(path)
    if not start.startswith((ZIP, GZIP)):
        refuse_first_bytes(path, start)
    spool = SpoolWriter(out)
    sheets: list[dict[str, Any]] = []

    def begin(_: str) -> None:
        out.flush()
        spool.begin_sheet()
        sheets.append({"offset": out.tell()})

    def done(name: str) -> None:
        sheets[-1] |= {"name": name, "rows": spool.rows, "blobs": spool.blobs}

    result = {"sha256": digest, "size": path.stat().st_size, "sheets": sheets}
    if start.startswith(ZIP):
        notes = read_workbook(path, spool, limits, begin=begin, done=done)
        return result | {"container": "xlsx", "encoding": "", "delimiter": "", "notes": notes}
    begin("")
    used, delimiter, notes = read_text(
        path, spool, limits, encoding=encoding, report=lambda count: tell({"done": count})
    )
    done(path.stem)
    return result | {"container": "csv", "encoding": used, "delimiter": delimiter, "notes": notes}


def _digest(path: Path) -> tuple[str, bytes]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        return digest, file.read(4096)


def _tell(event: dict[str, Any]) -> None:
    sys.stderr.write(json.dumps(event) + "\n")
    sys.stderr.flush()


def main() -> int:
    """Serve one request."""
    request = json.load(sys.stdin)
    limits = Limits(**request["limits"])
    limit_resources(limits)
    try:
        result = read(
            Path(request["path"]), sys.stdout.buffer, limits, encoding=request["encoding"], tell=_tell
        )
    except UnreadableFile as error:
        _tell({"refused": str(error)})
    except MemoryError:
        _tell({"memory": True})
    else:
        sys.stdout.buffer.flush()
        _tell({"result": result})
    return 0


if __name__ == "__main__":
    # Nothing is left to tidy up; a damaged library may hang while it is torn down.
    code = main()
    sys.stdout.flush()
    os._exit(code)
