"""The pack of the sample client against the bare reportlab and XlsxWriter calls that its pages and cells take.

One pack is written while every outermost call to the two libraries is noted; the peer repeats exactly these
calls and nothing else. Prints the ratio (wanted: at most 3).
"""

import argparse
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from inspect import isfunction
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from reportlab.pdfgen.canvas import Canvas
from reportlab.pdfgen.pathobject import PDFPathObject
from reportlab.pdfgen.textobject import PDFTextObject
from xlsxwriter.chart import Chart
from xlsxwriter.format import Format
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

SPIED = (Canvas, PDFPathObject, PDFTextObject, Workbook, Worksheet, Chart, Format)


class Score:
    """The calls in their order. Objects that a call returned are known by their place."""

    def __init__(self) -> None:
        self.calls: list[tuple[Any, str, tuple[Any, ...], dict[str, Any], Any]] = []
        self.depth = 0

    @contextmanager
    def listening(self) -> Iterator[None]:
        """Note the calls of everything that is drawn or written meanwhile."""
        kept = {
            (cls, name): value for cls in SPIED for name, value in vars(cls).items() if _is_spied(name, value)
        }
        for (cls, name), value in kept.items():
            setattr(cls, name, self._spy(name, value))
        try:
            yield
        finally:
            for (cls, name), value in kept.items():
                setattr(cls, name, value)

    def _spy(self, name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(method)
        def spied(one: Any, *args: Any, **options: Any) -> Any:
            self.depth += 1
            try:
                result = method(one, *args, **options)
            finally:
                self.depth -= 1
            if self.depth == 0:
                self.calls.append((one, name, args, options, result))
            return result

        return spied

    def repeat(self) -> tuple[bytes, ...]:
        """Make every call again on objects of its own; return what was written."""
        made: dict[int, Any] = {}
        written: list[BytesIO] = []
        for one, name, args, options, result in self.calls:
            own_args, own_options = _own(args, made, written), _own(options, made, written)
            if name == "__init__":
                made[id(one)] = type(one)(*own_args, **own_options)
                continue
            answer = getattr(made[id(one)], name)(*own_args, **own_options)
            if isinstance(result, SPIED):
                made[id(result)] = answer
        return tuple(stream.getvalue() for stream in written)


def _is_spied(name: str, value: object) -> bool:
    return isfunction(value) and (name == "__init__" or not name.startswith("_"))


def _own(value: Any, made: dict[int, Any], written: list[BytesIO]) -> Any:
    """Put the peer's own objects in the place of those that were noted."""
    if isinstance(value, SPIED):
        return made[id(value)]
    if isinstance(value, BytesIO):
        written.append(BytesIO())
        return written[-1]
    if isinstance(value, dict):
        return {key: _own(one, made, written) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)([_own(one, made, written) for one in value])
    return value


def sample_report(folder: Path) -> Any:
    """The report of the sample client's last month, as a value."""
    from core.store.book import open_book
    from reports.build import build_report
    from ui.demo import LAST_MONTH, make_demo

    book_path = make_demo(folder).book
    with open_book(book_path) as book:
        return build_report(book, LAST_MONTH)


def timed(work: Callable[[], object]) -> float:
    """Return the seconds that it takes."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def main() -> None:
    """Measure both in turn and print medians and ratio."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=5)
    runs = parser.parse_args().runs
    from reports.pdf import render_pdf
    from reports.xlsx import render_xlsx

    with TemporaryDirectory() as name:
        report = sample_report(Path(name))
    pages, cells = Score(), Score()
    with pages.listening():
        drawn = render_pdf(report)
    with cells.listening():
        filled = render_xlsx(report)
    assert len(pages.repeat()[0]) > len(drawn.data) * 0.9, "the peer draws less than the pages"
    assert len(cells.repeat()[0]) > len(filled) * 0.9, "the peer writes less than the cells"
    for title, ours, peer in (
        ("PDF", lambda: render_pdf(report), pages.repeat),
        ("workbook", lambda: render_xlsx(report), cells.repeat),
        ("pack", lambda: (render_pdf(report), render_xlsx(report)), lambda: (pages.repeat(), cells.repeat())),
    ):
        measured = [(timed(peer), timed(ours)) for _ in range(runs)]
        bare, whole = (statistics.median(column) for column in zip(*measured, strict=True))
        wanted = " (wanted at most 3)" if title == "pack" else ""
        times = f"bare calls {bare * 1000:.0f} ms, ours {whole * 1000:.0f} ms"
        print(f"{title}: {times}, ratio {whole / bare:.2f}{wanted}")
    print(f"{len(pages.calls):,} calls to reportlab, {len(cells.calls):,} to XlsxWriter")


if __name__ == "__main__":
    main()
