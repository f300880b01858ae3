"""Writes the client's pack: PDF, workbook and JSON of one month, all or nothing. For window and command line."""

import json
from dataclasses import dataclass
from pathlib import Path

from pathvalidate import sanitize_filename

from core.period import Period
from core.progress import SILENT, Progress
from core.store.book import Book
from core.usecases.issue_report import record_issue
from reports.as_json import report_json
from reports.build import ReportOptions, build_report
from reports.content import Report
from reports.export import write_files
from reports.pdf import render_pdf
from reports.text import render_text
from reports.xlsx import render_xlsx


@dataclass(frozen=True)
class Pack:
    """What was written."""

    report: Report
    pages: int
    files: tuple[Path, ...]
    warnings: tuple[str, ...]


def write_pack(
    book: Book,
    month: Period,
    *,
    pdf: Path | None = None,
    xlsx: Path | None = None,
    json_file: Path | None = None,
    options: ReportOptions | None = None,
    author: str = "",
    progress: Progress = SILENT,
) -> Pack:
    """Build the report of a month and write the files that are named. Raises CannotWrite; old files stay then."""
    report = build_report(book, month, progress=progress, options=options)
    contents: dict[Path, bytes] = {}
    pages = 0
    warnings: tuple[str, ...] = ()
    if pdf:
        progress.step("Drawing the pages")
        drawn = render_pdf(report)
        contents[pdf], pages, warnings = drawn.data, drawn.pages, drawn.warnings
    if xlsx:
        progress.step("Filling the workbook")
        contents[xlsx] = render_xlsx(report)
    if json_file:
        contents[json_file] = (json.dumps(report_json(report), ensure_ascii=False, indent=2) + "\n").encode()
    progress.step("Writing the files")
    write_files(contents)
    if not book.read_only and (pdf or xlsx):
        written = [contents[path] if path else b"" for path in (pdf, xlsx)]
        record_issue(book, month, render_text(report), pdf=written[0], xlsx=written[1], author=author)
    return Pack(report, pages, tuple(contents), warnings)


def pack_name(client: str, month: Period) -> str:
    """Return a file name without suffix: 'Alder-Finch-2026-10-segments'."""
    name = sanitize_filename(client, platform="universal", replacement_text="-").strip(". ") or "client"
    return f"{'-'.join(name.split())}-{month.last_month().key}-segments"
