"""Welcome: get to the right client's book in one action."""

from importlib.util import find_spec
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from core.progress import Progress
from ui.first_paint import after_first_paint
from ui.page_spec import PageSpec
from ui.pages.customers_palette import customer_entries
from ui.recent_books import read_recent
from ui.session import Session
from ui.theme_icons import app_icon
from ui.widgets.buttons import TileButton
from ui.widgets.cards import Card
from ui.widgets.fields import SearchField
from ui.widgets.flow import FlowRow
from ui.widgets.job_card import JobCard
from ui.widgets.labels import IconLabel, TextLabel, clear_layout, hbox, vbox
from ui.widgets.messages import MessageArea
from ui.widgets.page import scrolling
from ui.widgets.states import EmptyState, StateStack
from ui.widgets.tags import Tag

if TYPE_CHECKING:  # a table takes long to make: only where there are books to show
    from ui.pages.welcome_recent import RecentTable

BOOKS = "Quintile books (*.quintile)"
SUFFIX = ".quintile"
SIDE_PX = 450
NARROW_SIDE_PX = 300
NARROW_PX = 1280
READY = (
    (
        "An invoice or sales export",
        "With customer, date, item and amount, 24 months or more if you can",
    ),
    ("A general ledger", "So every figure can be tied back to the books"),
    ("A customer list, if you have one", "For area, type, email and consent"),
)


class WelcomePage(QFrame):
    """New, open and sample book; recent books; a place to drop files; what to have ready."""

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAccessibleName("Welcome")
        self.setAcceptDrops(True)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.session = session
        self.messages = MessageArea()
        self.job_card = JobCard(session.jobs)
        self._register()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(scrolling(self._main_column()), 1)
        self.side = self._side_panel()
        row.addWidget(self.side)
        session.book_changed.connect(self._book_changed)
        session.open_requested.connect(lambda path: session.open_book(Path(path)))
        self._formats_asked = False
        self.refresh()

    def _register(self) -> None:
        actions = self.session.actions
        actions.add("book.new", "New book…", menu="File", triggered=self.ask_new, shortcut="Ctrl+N")
        actions.add("book.open", "Open book…", menu="File", triggered=self.ask_open, shortcut="Ctrl+O")
        if has_sample():
            actions.add(
                "book.sample", "Explore sample book", menu="File", triggered=self.open_sample,
                shortcut="Ctrl+E",
            )  # fmt: skip
        actions.add("book.close", "Close book", menu="File", triggered=self.session.close_book, group=3)
        actions.action("book.close").setEnabled(False)
        actions.palette_providers.append(lambda: customer_entries(self.session))

    # Parts -----------------------------------------------------------------------------------------

    def _main_column(self) -> QWidget:
        picture = TextLabel()
        picture.setPixmap(app_icon().pixmap(76, 76))
        picture.setAccessibleName("")
        words = vbox(
            None,
            TextLabel("Quintile", "display"),
            TextLabel(
                "See which customers pay their way, and plan what to do about the rest.",
                "lead",
                tone="secondary",
            ),
            None,
            gap=2,
        )
        self.search = SearchField("Filter books", width=190)
        self.search.searched.connect(self._filter)
        self._table: RecentTable | None = None
        self.recent_card = Card(flush=True)
        self.recent = StateStack(self.recent_card)
        safe = hbox(
            IconLabel("lock-simple"),
            TextLabel(
                "Quintile works offline. Each book is one ordinary file on this computer; copy it to back it up.",
                "small",
                tone="secondary",
            ),
            None,
        )
        holder = QWidget()
        holder.setMaximumWidth(960)
        column = vbox(
            hbox(picture, words, None, gap=20),
            12,
            self.messages,
            self.job_card,
            self._tiles(),
            12,
            gap=12,
            margins=(56, 56, 40, 24),
        )
        column.addLayout(hbox(TextLabel("Recent books", "section"), None, self.search))
        column.addWidget(self.recent)
        column.addWidget(self._drop_zone())
        column.addLayout(safe)
        column.addStretch(1)
        self._column = column
        holder.setLayout(column)
        outer = QWidget()
        outer.setLayout(hbox(holder, gap=0))
        return outer

    @property
    def table(self) -> "RecentTable":
        """The recent books, made when there are any."""
        if self._table is None:
            from ui.pages.welcome_recent import RecentTable

            self._table = RecentTable()
            self._table.chosen.connect(lambda path: self.session.open_book(Path(path)))
            self._table.lost.connect(self._ask_where)
            self.recent_card.add(self._table, 1)
        return self._table

    def _filter(self, text: str) -> None:
        self.table.table_model.set_text_filter(text)

    def _tiles(self) -> QHBoxLayout:
        self.tiles = [
            TileButton(
                "New book",
                "Import a client's files",
                icon_name="file-plus",
                shortcut_hint="Ctrl N",
                primary=True,
                clicked=self.ask_new,
            ),
            TileButton(
                "Open book",
                "Choose a .quintile file",
                icon_name="folder-open",
                shortcut_hint="Ctrl O",
                clicked=self.ask_open,
            ),
        ]
        if has_sample():
            self.tiles.append(
                TileButton(
                    "Explore sample book",
                    "A finished month",
                    icon_name="storefront",
                    shortcut_hint="Ctrl E",
                    clicked=self.open_sample,
                )
            )
        return hbox(*self.tiles, gap=12)

    def _drop_zone(self) -> QFrame:
        zone = QFrame()
        zone.setObjectName("DropZone")
        zone.setMinimumHeight(84)
        first = hbox(
            None,
            IconLabel("download-simple"),
            TextLabel("Drop an export, a ledger or a .quintile file here", "body-strong"),
            None,
        )
        second = TextLabel(
            "Quintile recognises the format and shows every row before anything is saved",
            "small",
            tone="muted",
        )
        second.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        zone.setLayout(vbox(None, first, second, None, gap=4))
        self.drop_zone = zone
        return zone

    def _side_panel(self) -> QFrame:
        panel = QFrame()
        panel.setObjectName("SidePanel")
        column = vbox(TextLabel("What to have ready", "section"), gap=12, margins=(40, 72, 32, 24))
        for number, (title, line) in enumerate(READY, 1):
            mark = TextLabel(str(number), "small-bold", tone="accent")
            mark.setFixedWidth(18)
            words = vbox(
                TextLabel(title, "body-strong"), TextLabel(line, "small", tone="muted", wrap=True), gap=1
            )
            row = hbox(mark, words, gap=10)
            row.setAlignment(mark, Qt.AlignmentFlag.AlignTop)
            row.setStretch(1, 1)
            column.addLayout(row)
        column.addSpacing(14)
        column.addWidget(TextLabel("Reads files from", "section"))
        self.formats = FlowRow(gap=6)
        holder = QWidget()
        holder.setLayout(self.formats)
        column.addWidget(holder)
        column.addSpacing(14)
        column.addWidget(TextLabel("A month in Quintile", "section"))
        month = "Import, tie out, refresh segments, export the client report."
        column.addWidget(TextLabel(month, "body", tone="secondary", wrap=True))
        column.addStretch(1)
        self._side_column = column
        panel.setLayout(column)
        panel.setFixedWidth(SIDE_PX)
        return panel

    # Filling ---------------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Show the recent books as they are now."""
        books = read_recent()
        if books:
            self.table.refresh()
            self.recent.setFixedHeight(self.table.wanted_height())
            self.recent.show_content()
        else:
            self.recent.setFixedHeight(190)
            self.recent.show_state(
                EmptyState(
                    "No books yet",
                    "Start with a client's invoice export"
                    + (", or look around the sample book." if has_sample() else "."),
                    icon_name="book-open",
                )
            )
        self.search.setVisible(len(books) > 1)

    def _book_changed(self) -> None:
        actions = self.session.actions
        actions.action("book.close").setEnabled(self.session.book_path is not None)
        self.messages.clear()
        if self.session.book_path is None:
            self.refresh()

    def showEvent(self, event: object) -> None:
        """The formats are named when the window has painted: finding them takes a moment."""
        super().showEvent(event)  # type: ignore[arg-type]
        self.setFocus()  # else the first button would show a focus ring
        if not self._formats_asked:
            self._formats_asked = True
            after_first_paint(self, self._ask_formats)

    def _ask_formats(self) -> None:
        self.session.jobs.run(
            lambda _progress: format_names(),
            on_done=self._show_formats,
            title="Looking for formats",
            cancellable=False,
        )

    def _show_formats(self, names: list[str]) -> None:
        clear_layout(self.formats)
        for name in names:
            self.formats.addWidget(Tag(name))

    def resizeEvent(self, event: object) -> None:
        """The panel at the right is narrow in narrow windows."""
        super().resizeEvent(event)  # type: ignore[arg-type]
        narrow = self.width() < NARROW_PX
        self.side.setFixedWidth(NARROW_SIDE_PX if narrow else SIDE_PX)
        self._side_column.setContentsMargins(24 if narrow else 40, 72, 20, 24)
        self._column.setContentsMargins(24 if narrow else 56, 40 if narrow else 56, 24 if narrow else 40, 24)

    # Doing -----------------------------------------------------------------------------------------

    def ask_new(self, files: tuple[Path, ...] = ()) -> None:
        """Ask for the client and make a book; then import the files that were dropped."""
        from ui.dialogs.new_book import NewBookDialog

        dialog = NewBookDialog(parent=self.window())

        def make() -> None:
            wish = dialog.wish()
            self.session.create_book(
                wish.path,
                client=wish.client,
                currency=wish.currency,
                year_start=wish.year_start,
                on_opened=lambda: self._import(files),
            )

        dialog.accepted.connect(make)
        dialog.open()

    def ask_open(self) -> None:
        """Ask for a book and open it."""
        from PySide6.QtWidgets import QFileDialog

        recent = read_recent()
        folder = str(recent[0].file.parent) if recent else str(Path.home())
        path, _ = QFileDialog.getOpenFileName(self.window(), "Open book", folder, BOOKS)
        if path:
            self.session.open_book(Path(path))

    def open_sample(self) -> None:
        """Make the sample book at the first time, and open it."""
        from platformdirs import user_data_path

        folder = user_data_path("Quintile", appauthor=False) / "sample"
        session = self.session

        def work(progress: Progress) -> Path:
            from ui.demo import make_demo

            existing = sorted(folder.glob(f"*{SUFFIX}"))
            if existing:
                return existing[0]
            partial = folder.with_name("sample being made")  # a stopped attempt is never taken for the book
            rmtree(partial, ignore_errors=True)
            made = make_demo(partial, progress).book
            partial.rename(folder)
            return folder / made.name

        session.jobs.run(
            work, on_done=session.open_book, on_error=session.report, title="Making the sample book"
        )

    def _ask_where(self, lost: str) -> None:
        from PySide6.QtWidgets import QFileDialog

        start = str(Path(lost).parent.parent)
        path, _ = QFileDialog.getOpenFileName(self.window(), f"Where is {Path(lost).name}?", start, BOOKS)
        if path:
            from ui.recent_books import forget

            forget(lost)
            self.session.open_book(Path(path))

    def _import(self, files: tuple[Path, ...]) -> None:
        if self.session.actions.has("page.imports"):
            self.session.open_page("imports", {"files": list(files)} if files else None)

    # Dropping --------------------------------------------------------------------------------------

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """A book is opened; exports go into a new book."""
        self.take_files([Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()])
        event.acceptProposedAction()

    def take_files(self, paths: list[Path]) -> None:
        """Open a book that was dropped, or make one for the exports."""
        books = [path for path in paths if path.suffix == SUFFIX]
        if books:
            self.session.open_book(books[0])
        elif paths:
            self.ask_new(tuple(paths))


def has_sample() -> bool:
    """Whether this program can make the sample book."""
    return find_spec("ui.demo") is not None


def format_names() -> list[str]:
    """The programs and file types that can be read. For the worker thread."""
    from importers.shelf import importers

    named = dict.fromkeys(one.label.split(":")[0] for one in importers() if ":" in one.label)
    return [*named, "CSV", "Excel"]


PAGE = PageSpec("welcome", "Welcome", "book-open", "hidden", "", WelcomePage, needs_book=False)
