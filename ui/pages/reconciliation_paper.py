"""Exports the working paper of the period that shows, as PDF and workbook beside each other."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QWidget

from ui.session import Session
from ui.widgets.messages import InlineMessage

FILTERS = {
    "PDF and Excel (*.pdf)": (".pdf", ".xlsx"),
    "PDF (*.pdf)": (".pdf",),
    "Excel workbook (*.xlsx)": (".xlsx",),
}


def ask_for_paper(session: Session, parent: QWidget) -> None:
    """Ask for the place, with the usual name proposed."""
    from pathvalidate import sanitize_filename

    period = session.period.key.replace("..", " to ")
    name = sanitize_filename(f"{session.client_name} working paper {period}.pdf", replacement_text="-")
    folder = session.book_path.parent if session.book_path is not None else Path.home()
    chosen, kind = QFileDialog.getSaveFileName(
        parent, "Export working paper", str(folder / name), ";;".join(FILTERS)
    )
    if chosen:
        write_paper(session, files_of(Path(chosen), FILTERS.get(kind, (".pdf",))))


def files_of(chosen: Path, suffixes: Sequence[str]) -> list[Path]:
    """The files beside each other, whatever suffix was typed."""
    stem = chosen.name.removesuffix(".pdf").removesuffix(".xlsx")
    return [chosen.with_name(stem + suffix) for suffix in suffixes]


def write_paper(session: Session, files: Sequence[Path]) -> None:
    """Write the files in the worker thread and say where they are."""
    from ui.working_paper import write_working_paper

    period, folder = session.period, files[0].parent

    def done(written: Sequence[Path]) -> None:
        session.post_message(
            InlineMessage(
                "success",
                "The working paper is written.",
                f"{' and '.join(path.name for path in written)} in {folder}.",
                action="Show in folder",
                on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )
        )

    session.run(
        lambda book, progress: write_working_paper(book, files, period=period, progress=progress),
        done,
        title="Writing the working paper",
    )
