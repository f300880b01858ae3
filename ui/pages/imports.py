"""Imports: what was imported, and the way to import more."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget

from ui.page_spec import PageSpec
from ui.session import Session
from ui.widgets.messages import InlineMessage, MessageArea

if TYPE_CHECKING:
    from core.store.imports import StoredImport
    from ui.pages.imports_wizard import ImportWizard


class ImportsPage(QStackedWidget):
    """The list of imports, or the import that is going on."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        from ui.pages.imports_list import ImportsList

        self.session = session
        self.list: ImportsList = ImportsList(session, on_import=self.start, on_undo=self.undo)
        self._wizard: ImportWizard | None = None
        self._stale = True
        self.addWidget(self.list)
        self.setAcceptDrops(True)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)  # else the first button would show a focus ring
        session.data_changed.connect(self._data_changed)
        session.book_changed.connect(self._book_changed)
        undo = QShortcut(QKeySequence.StandardKey.Undo, self, self.undo_last)
        undo.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        for keys, run in (("Ctrl+Return", self.go_on), ("Ctrl+Enter", self.go_on), ("F8", self.next_problem)):
            shortcut = QShortcut(QKeySequence(keys), self, run)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)

    @property
    def wizard(self) -> "ImportWizard":
        """The import itself, made at its first use."""
        if self._wizard is None:
            from ui.pages.imports_wizard import ImportWizard

            self._wizard = ImportWizard(self.session)
            self._wizard.closed.connect(self.show_list)
            self.addWidget(self._wizard)
        return self._wizard

    @property
    def messages(self) -> MessageArea:
        """Where messages show."""
        if self._wizard is not None and self.currentWidget() is self._wizard:
            return self._wizard.messages
        return self.list.messages

    def open_with(self, context: Mapping[str, Any]) -> None:
        """`{"files": [...]}` imports them; `{"start": True}` asks which."""
        if "files" in context:
            self.start(context["files"])
        elif context.get("start"):
            self.start()

    def focus_filter(self) -> None:
        """Put the cursor into the search field of what shows."""
        field = self.list.search
        if self._wizard is not None and self.currentWidget() is self._wizard:
            field = self._wizard.review.search
        field.setFocus()

    def start(self, files: Sequence[Path] = ()) -> None:
        """Begin to import; an import that is going on takes more files at its end."""
        if self.session.is_read_only:
            self.session.post_message(InlineMessage("warning", self.session.read_only_reason, closable=True))
            return
        wizard = self.wizard
        if self.currentWidget() is not wizard:
            wizard.begin()
            self.setCurrentWidget(wizard)
        wizard.setFocus(Qt.FocusReason.OtherFocusReason)
        if files:
            wizard.start(files)

    def show_list(self) -> None:
        """Show the imports of the book."""
        self.setCurrentWidget(self.list)
        self._refresh()

    def undo(self, stored: "StoredImport") -> None:
        """Take an import out of the book."""
        from core.usecases.import_files import undo_import

        self.session.run(
            lambda book, progress: undo_import(book, stored.id, progress=progress),
            lambda done: self.session.post_message(
                InlineMessage(
                    "success",
                    f"{done.file_name} was taken back.",
                    "The book is as it was before; import the file again to have it back.",
                )
            ),
            title=f"Taking {stored.file_name} back",
            changes_book=True,
            cancellable=False,
        )

    def undo_last(self) -> None:
        """Take back the chosen import, or the last one of the import that has just ended."""
        if self._wizard is not None and self.currentWidget() is self._wizard:
            self._wizard.undo_last()
        elif self.list.undo.isEnabled():
            self.list.undo.click()

    def go_on(self) -> None:
        """Do what the primary button of the import does."""
        if self._wizard is not None and self.currentWidget() is self._wizard:
            self._wizard.go_on()

    def next_problem(self) -> None:
        """Go to the next row with a problem."""
        if self._wizard is not None and self.currentWidget() is self._wizard:
            self._wizard.review.next_problem()

    def showEvent(self, event: QShowEvent) -> None:
        """Read the list at first sight and after changes."""
        super().showEvent(event)
        self._refresh()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files can be dropped anywhere on the page."""
        from ui.pages.imports_choose import dropped_files

        if dropped_files(event.mimeData()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import the files."""
        from ui.pages.imports_choose import dropped_files

        event.acceptProposedAction()
        self.start(dropped_files(event.mimeData()))

    def _data_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _book_changed(self) -> None:
        self._stale = True
        if self._wizard is not None:
            self._wizard.cancel()
        self.setCurrentWidget(self.list)
        self.list.messages.clear()
        if self.session.book is not None and self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        if not self._stale or self.session.book is None:
            return
        from core.usecases.import_files import list_imports

        self._stale = False
        if self.session.loaded is not None:
            # Another job may be running: an empty table would read as if nothing had been imported.
            self.list.show_imports(self.session.loaded.imports)
        self.session.run(
            lambda book, _progress: list_imports(book),
            self.list.show_imports,
            title="Reading the imports",
            latest_key="imports",
        )


def register(session: Session) -> None:
    """Make importing possible from every page: the button of the top bar, the menu, the palette."""
    session.actions.add(
        "import",
        "Import…",
        menu="File",
        triggered=lambda: session.open_page("imports", {"start": True}),
        shortcut="Ctrl+I",
        icon_name="download-simple",
        group=2,
    )
    session.actions.action("import").setEnabled(session.book_path is not None)
    session.book_changed.connect(
        lambda: session.actions.action("import").setEnabled(
            session.book_path is not None and not session.is_read_only
        )
    )


PAGE = PageSpec(
    "imports", "Imports", "download-simple", "data", "Ctrl+Shift+1", ImportsPage, order=11, register=register,
    help_topic="importing",
)  # fmt: skip
