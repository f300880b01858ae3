"""Whose report it is, and what was handed out before."""

from collections.abc import Mapping
from typing import Any

from PySide6.QtWidgets import QWidget

from ui.session import Session


class ReportDialogs:
    """Opens the dialogs of the Reports page over it."""

    def __init__(self, session: Session, parent: QWidget) -> None:
        self._session, self._parent = session, parent

    def edit_branding(self) -> None:
        """Change whose report it is."""
        from ui.dialogs.branding import BrandingDialog

        if self._session.is_read_only or self._session.book is None:
            return
        dialog = BrandingDialog(self._session.settings, self._parent)
        dialog.accepted.connect(lambda: self._keep_branding(dialog.changes()))
        dialog.open()

    def _keep_branding(self, changes: Mapping[str, str]) -> None:
        from core.usecases.books import change_settings

        if changes:
            self._session.run(
                lambda book, _progress: change_settings(book, changes),
                lambda _nothing: None,
                title="Saving the branding",
                changes_book=True,
                cancellable=False,
            )

    def show_past_reports(self) -> None:
        """Look at what was handed out before."""
        from ui.dialogs.past_reports import past_reports

        if self._session.book is not None:
            self._session.run(
                lambda book, _progress: past_reports(book), self._show_past, title="Reading past reports"
            )

    def _show_past(self, past: list[Any]) -> None:
        from ui.dialogs.past_reports import PastReportsDialog
        from ui.widgets.messages import InlineMessage

        if past:
            PastReportsDialog(past, self._parent).open()
        else:
            words = "It will be kept here, as it was, with the first export."
            self._session.post_message(
                InlineMessage("info", "No report was exported yet.", words, closable=True)
            )
