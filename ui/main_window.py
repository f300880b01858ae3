"""The shell: menus, top bar, rail, pages, drawer, status bar."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QStackedWidget, QWidget

from ui.page_spec import HasFilter, OpensWith, PageSpec
from ui.session import Session, ShellStatus
from ui.shell_actions import add_shell_actions, fill_menu_bar
from ui.theme_icons import app_icon
from ui.widgets.messages import InlineMessage, MessageArea

if TYPE_CHECKING:
    from ui.workspace import Workspace

BOOK_SUFFIX = ".quintile"
SMALLEST = (1120, 700)
FIRST_SIZE = (1440, 900)


class MainWindow(QMainWindow):
    """Shows Welcome without a book, and the workspace with one."""

    def __init__(self, session: Session, welcome: PageSpec, pages: Sequence[PageSpec] = ()) -> None:
        """`pages` may come later with `set_pages`, so that Welcome paints first."""
        super().__init__()
        self.session = session
        self.setWindowIcon(app_icon())
        self.setMinimumSize(*SMALLEST)
        self.resize(*FIRST_SIZE)
        self._pages = list(pages)
        self.workspace: Workspace | None = None
        self._without_book: dict[str, QWidget] = {}  # pages such as Help, made for Welcome
        self._root = QStackedWidget()
        self.welcome = welcome.factory(session)
        self._root.addWidget(self.welcome)
        self.setCentralWidget(self._root)
        add_shell_actions(self)
        self._register_pages()
        self._connect()
        self._fill_menus()
        self._book_changed()
        self.setAcceptDrops(True)

    def _connect(self) -> None:
        session = self.session
        session.book_changed.connect(self._book_changed)
        session.page_requested.connect(self._open_page)
        session.drawer_requested.connect(self._show_drawer)
        session.message_posted.connect(self._post_message)
        session.status_posted.connect(self._show_status)
        session.actions.changed.connect(self._fill_menus)
        session.figures_changed.connect(self._show_client)

    # Pages -----------------------------------------------------------------------------------------

    def set_pages(self, pages: Sequence[PageSpec]) -> None:
        """Say which pages there are; before the first book is opened."""
        self._pages = list(pages)
        add_shell_actions(self)
        self._register_pages()

    def _register_pages(self) -> None:
        for page in self._pages:
            if page.register is not None:
                page.register(self.session)

    @property
    def pages(self) -> list[PageSpec]:
        """The pages of the rail."""
        return [page for page in self._pages if page.key != "welcome"]

    @property
    def current_page(self) -> QWidget | None:
        """The page that shows."""
        if self.workspace is None or self._root.currentWidget() is not self.workspace:
            return self._root.currentWidget()
        return self.workspace.current_page

    def _open_page(self, key: str, context: Mapping[str, Any] | None = None) -> None:
        if self.session.book_path is None:
            self._open_without_book(key, context)
        elif self.workspace is not None:
            self.workspace.open_page(key, context)

    def _open_without_book(self, key: str, context: Mapping[str, Any] | None) -> None:
        """Help can be read before there is a book; Esc goes back to Welcome."""
        spec = next((page for page in self.pages if page.key == key and not page.needs_book), None)
        if spec is None:
            return
        if key not in self._without_book:
            self._without_book[key] = self._made_without_book(spec)
        page: object = self._without_book[key]
        self._root.setCurrentWidget(self._without_book[key])
        if context and isinstance(page, OpensWith):
            page.open_with(context)

    def _made_without_book(self, spec: PageSpec) -> QWidget:
        from ui.widgets.buttons import Button
        from ui.widgets.page import Page

        page = spec.factory(self.session)
        if isinstance(page, Page):
            page.header.add_action(
                Button("Back to Welcome", icon_name="arrow-left", clicked=self._back_to_welcome)
            )
        back = QShortcut(QKeySequence(Qt.Key.Key_Escape), page)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self._back_to_welcome)
        self._root.addWidget(page)
        return page

    def _back_to_welcome(self) -> None:
        self._root.setCurrentWidget(self.welcome)

    def _book_changed(self) -> None:
        session = self.session
        if session.book_path is None:
            self._root.setCurrentWidget(self.welcome)
            self.setWindowTitle("Quintile")
        else:
            if self.workspace is None:
                self._make_workspace()
            assert self.workspace is not None
            self._root.setCurrentWidget(self.workspace)
            self.setWindowTitle(f"{session.client_name} — Quintile")
            self.workspace.book_changed()
        self._enable_actions()
        self.statusBar().setVisible(session.book_path is not None)

    def _show_client(self) -> None:
        """The client's name may be another after a change of the settings."""
        self.setWindowTitle(f"{self.session.client_name} — Quintile")
        if self.workspace is not None:
            self.workspace.top_bar.refresh()

    def _make_workspace(self) -> None:
        from ui.workspace import Workspace

        self.workspace = Workspace(self.session, self.pages, fill_book_menu=self._fill_book_menu)
        self.workspace.top_bar.search_asked.connect(self.open_palette)
        self.workspace.top_bar.import_asked.connect(self._import)
        self._root.addWidget(self.workspace)
        self.setStatusBar(self.workspace.status)
        self._show_import_button()
        self.workspace.fit(self.width())

    def _enable_actions(self) -> None:
        actions, has_book = self.session.actions, self.session.book_path is not None
        for page in self.pages:
            if actions.has(f"page.{page.key}"):
                actions.action(f"page.{page.key}").setEnabled(has_book or not page.needs_book)
        for key in ("shell.back", "shell.forward", "shell.rail", "shell.next_part", "shell.filter"):
            actions.action(key).setEnabled(has_book)

    # Parts -----------------------------------------------------------------------------------------

    def open_palette(self) -> Any:
        """Open the command palette over the window."""
        from ui.dialogs.command_palette import CommandPalette
        from ui.shell_actions import action_entries

        providers = [*self.session.actions.palette_providers] if self.session.book_path is not None else []
        palette = CommandPalette([*providers, lambda: action_entries(self.session.actions)], self)
        palette.open_over(self)
        return palette

    def filter_page(self) -> None:
        """Put the cursor into the filter of the page."""
        page: object = self.current_page
        if isinstance(page, HasFilter):
            page.focus_filter()

    def next_part(self) -> None:
        """Move the focus from the rail to the page to the drawer and back."""
        if self.workspace is not None:
            self.workspace.focus_next_part(QApplication.focusWidget())

    def open_help(self) -> None:
        """Open the help at what it says of the page that shows."""
        in_book = self.workspace is not None and self._root.currentWidget() is self.workspace
        topic = self.workspace.help_topic if self.workspace is not None and in_book else ""
        self.session.open_page("help", {"topic": topic} if topic else None)

    def toggle_rail(self) -> None:
        """Collapse the rail to icons, or open it."""
        if self.workspace is not None:
            self.workspace.toggle_rail()

    def _show_drawer(self, content: QWidget | None) -> None:
        if self.workspace is not None:
            self.workspace.show_drawer(content)

    def _post_message(self, message: QWidget) -> None:
        if isinstance(message, InlineMessage):
            message.stay_while(lambda: self.session.is_loading)
        own = getattr(self.current_page, "messages", None)
        if isinstance(own, MessageArea):
            own.post(message)
        elif self.workspace is not None:
            self.workspace.messages.post(message)

    def _show_status(self, status: ShellStatus) -> None:
        if self.workspace is not None:
            self.workspace.show_status(status)

    def _import(self) -> None:
        self.session.actions.action("import").trigger()

    def _fill_menus(self) -> None:
        fill_menu_bar(self.menuBar(), self.session.actions)
        self._show_import_button()

    def _show_import_button(self) -> None:
        if self.workspace is not None:
            self.workspace.top_bar.import_button.setVisible(self.session.actions.has("import"))

    def _fill_book_menu(self, menu: QMenu) -> None:
        for entry in self.session.actions.in_menu("File"):
            menu.addAction(entry.action)

    # Events ----------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Narrow windows have a narrow rail and drawer."""
        super().resizeEvent(event)
        if self.workspace is not None:
            self.workspace.fit(self.width())

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Books and files to import can be dropped anywhere on the window."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Open a book, or import the files into the one that is open."""
        event.acceptProposedAction()
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        books = [file for file in files if file.suffix == BOOK_SUFFIX]
        actions = self.session.actions
        if books:
            self.session.open_book(books[0])
        elif files and actions.has("import") and actions.action("import").isEnabled():
            self.session.open_page("imports", {"files": files})

    def closeEvent(self, event: QCloseEvent) -> None:
        """Stop the work before the window goes."""
        self.session.close()
        super().closeEvent(event)
