"""Writes the PDF and the workbook where the bookkeeper wants them, and says what became of it."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from ui.preferences import remember, remembered
from ui.session import Session
from ui.widgets.messages import InlineMessage

if TYPE_CHECKING:
    from core.period import Period
    from core.progress import Progress
    from core.store.book import Book
    from reports.build import ReportOptions
    from ui.pack import Pack

Wish = Literal["pdf", "xlsx", "both"]
FOLDER = "report_folder"
FILTERS = {"pdf": "PDF (*.pdf)", "xlsx": "Excel workbook (*.xlsx)", "both": "PDF and Excel (*.pdf)"}
TITLES = {"pdf": "Export PDF", "xlsx": "Export Excel", "both": "Export PDF and Excel"}


class ReportExport:
    """One way from the wish to the files; nothing is overwritten without a question."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent
        self._options: ReportOptions | None = None
        self._month: Period | None = None
        self.dialog: QFileDialog | None = None
        self.question: QMessageBox | None = None

    def ask(self, wish: Wish, month: "Period", options: "ReportOptions", *, stem: str) -> None:
        """Ask for the place, with the usual name proposed."""
        self._month, self._options = month, options
        suffix = "xlsx" if wish == "xlsx" else "pdf"
        dialog = QFileDialog(self._parent, TITLES[wish], str(self._folder()), FILTERS[wish])
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)  # asked once, for all files together
        dialog.setDefaultSuffix(suffix)
        dialog.selectFile(f"{stem}.{suffix}")
        dialog.fileSelected.connect(lambda chosen: self.export_to(files_of(Path(chosen), wish)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()
        self.dialog = dialog

    def _folder(self) -> Path:
        kept = Path(remembered(FOLDER) or ".")
        path = self._session.book_path
        return kept if remembered(FOLDER) and kept.is_dir() else path.parent if path else Path.home()

    def export_to(self, files: Sequence[Path]) -> None:
        """Write these files; ask once where some are there already."""
        there = [path.name for path in files if path.exists()]
        if not there:
            self._write(files)
            return
        box = QMessageBox(self._parent)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle("Replace the report")
        box.setText(f"{' and '.join(there)} {'is' if len(there) == 1 else 'are'} there already.")
        box.setInformativeText(f"Replace {'it' if len(there) == 1 else 'them'} with the report as it is now?")
        replace = box.addButton("Replace", QMessageBox.ButtonRole.AcceptRole)
        box.setDefaultButton(box.addButton(QMessageBox.StandardButton.Cancel))
        replace.clicked.connect(lambda: self._write(files))
        box.finished.connect(box.deleteLater)
        box.open()
        self.question = box

    def _write(self, files: Sequence[Path]) -> None:
        assert self._month is not None
        month, options, author = self._month, self._options, self._session.author
        wanted = {path.suffix.lower().removeprefix("."): path for path in files}
        remember(FOLDER, str(files[0].parent))

        def write(book: "Book", progress: "Progress") -> "Pack":
            from ui.pack import write_pack

            return write_pack(
                book, month, pdf=wanted.get("pdf"), xlsx=wanted.get("xlsx"),
                options=options, author=author, progress=progress,
            )  # fmt: skip

        self._session.run(
            write,
            self._written,
            title=f"Exporting {' and '.join(path.name for path in files)}",
            on_error=lambda error: self._failed(error, files),
            changes_book=not self._session.is_read_only,
        )

    def _written(self, pack: "Pack") -> None:
        names = " and ".join(path.name for path in pack.files)
        pages = f"{pack.pages} pages, " if pack.pages else ""
        folder = pack.files[0].parent
        self._session.post_message(
            InlineMessage(
                "success",
                "The report is written.",
                f"{pages}{names} in {folder}.",
                action="Show in folder",
                on_action=lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))),
            )
        )
        for warning in pack.warnings:
            self._session.post_message(InlineMessage("warning", warning, closable=True))

    def _failed(self, error: Exception, files: Sequence[Path]) -> None:
        from core.errors import CannotWrite

        if not isinstance(error, CannotWrite):
            self._session.report(error)
            return
        self._session.post_message(
            InlineMessage(
                "error",
                "The report was not saved.",
                str(error),
                action="Try again",
                on_action=lambda: self._write(files),
                closable=True,
            )
        )


def files_of(chosen: Path, wish: Wish) -> tuple[Path, ...]:
    """The files of a wish beside each other: a name without or with another suffix gets its own."""
    stem = chosen.with_suffix("") if chosen.suffix.lower() in {".pdf", ".xlsx"} else chosen
    suffixes = ("pdf", "xlsx") if wish == "both" else (wish,)
    return tuple(stem.with_name(f"{stem.name}.{suffix}") for suffix in suffixes)
