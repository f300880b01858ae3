"""The inside of the window while a book is open: top bar, rail, pages, drawer."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QMenu, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from ui.page_spec import HasHelp, OpensWith, PageSpec
from ui.preferences import remember, remembered
from ui.session import Session, ShellStatus
from ui.theme import current_theme
from ui.widgets.drawer import Drawer
from ui.widgets.labels import IconLabel, TextLabel, hbox, vbox
from ui.widgets.messages import MessageArea
from ui.widgets.rail import Rail
from ui.widgets.status_bar import StatusBar
from ui.widgets.top_bar import TopBar

NARROW_PX = 1280
NARROW_DRAWER_PX = 330
RECONCILIATION, HELP = "reconciliation", "help"


class Workspace(QWidget):
    """Makes each page at its first visit."""

    def __init__(
        self, session: Session, pages: Sequence[PageSpec], *, fill_book_menu: Callable[[QMenu], None]
    ) -> None:
        super().__init__()
        self.session = session
        self._specs = {page.key: page for page in pages}
        self._made: dict[str, QWidget] = {}
        self._current = ""
        self._narrow = False
        self._rail_wish = {"yes": True, "no": False}.get(remembered("rail_collapsed"))
        self.top_bar = TopBar(session, fill_book_menu=fill_book_menu)
        self.rail = Rail(pages)
        self.rail.chosen.connect(self.open_page)
        self.stack = QStackedWidget()
        self.stack.setObjectName("Pages")
        self.messages = MessageArea()
        self.drawer = Drawer()
        self.drawer.closed.connect(lambda: self.show_drawer(None))
        self.drawer.stepped.connect(session.drawer_stepped)
        self.status = StatusBar(session.jobs)
        self.status.tie_out_asked.connect(lambda: session.open_page(RECONCILIATION))
        self._read_only = _read_only_bar()
        self._lay_out()

    def _lay_out(self) -> None:
        middle = QWidget()
        middle.setLayout(vbox(self.messages, self.stack, gap=0))
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setHandleWidth(1)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.addWidget(middle)
        self._splitter.addWidget(self.drawer)
        self._splitter.setStretchFactor(0, 1)
        self._splitter.splitterMoved.connect(lambda *_: remember("drawer_width", str(self.drawer.width())))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self._read_only)
        row = hbox(self.rail, self._splitter, gap=0)
        row.setStretch(1, 1)
        column.addLayout(row, 1)

    # Pages -----------------------------------------------------------------------------------------

    @property
    def current_page(self) -> QWidget | None:
        """The page that shows."""
        return self._made.get(self._current)

    @property
    def help_topic(self) -> str:
        """What the help says of the page that shows; '' on the help itself."""
        page: object = self.current_page
        if isinstance(page, HasHelp):
            return page.help_topic
        return "" if self._current == HELP else self._specs[self._current].help_topic

    def book_changed(self) -> None:
        """Show the first page of the book that was opened."""
        reason = self.session.read_only_reason
        self._read_only.setVisible(bool(reason))
        self._read_only.findChildren(TextLabel)[0].setText(reason)
        if self._specs and not self._current:
            self.open_page(next(iter(self._specs)))
        page = self.current_page
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else the book button would show a focus ring

    def open_page(self, key: str, context: Mapping[str, Any] | None = None) -> None:
        """Show a page, made at its first visit; an unknown key is a KeyError."""
        page = self._made.get(key)
        if page is None:
            page = self._specs[key].factory(self.session)
            self._made[key] = page
            self.stack.addWidget(page)
        if key != self._current:
            self.show_drawer(None)
        self._current = key
        self.stack.setCurrentWidget(page)
        self.rail.set_current(key)
        focused = self.focusWidget()
        if focused is None or not self.rail.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)  # else the page's first button would show a ring
        if context is not None and isinstance(page, OpensWith):
            page.open_with(context)

    # Drawer, rail, status --------------------------------------------------------------------------

    def show_drawer(self, content: QWidget | None) -> None:
        """Show a content beside the page; None closes the drawer."""
        had_focus = self.drawer.isAncestorOf(self.focusWidget()) if self.focusWidget() is not None else False
        opening = content is not None and not self.drawer.isVisible()
        self.drawer.set_content(content)
        if opening:
            wanted = int(remembered("drawer_width") or current_theme().size("drawer"))
            width = min(wanted, NARROW_DRAWER_PX) if self._narrow else wanted
            self._splitter.setSizes([max(1, self._splitter.width() - width), width])
        if content is None and had_focus and self.current_page is not None:
            focus_first(self.current_page)

    def toggle_rail(self) -> None:
        """Collapse the rail to icons, or open it, and remember that."""
        self._rail_wish = not self.rail.collapsed
        remember("rail_collapsed", "yes" if self._rail_wish else "no")
        self.rail.set_collapsed(collapsed=self._rail_wish)

    def fit(self, width: int) -> None:
        """Make room in narrow windows."""
        narrow = width < NARROW_PX
        if narrow != self._narrow:
            self._narrow = narrow
            self._rail_wish = None if narrow else self._rail_wish
        self.rail.set_collapsed(collapsed=narrow if self._rail_wish is None else self._rail_wish)

    def show_status(self, status: ShellStatus) -> None:
        """Show what the book says of itself."""
        self.status.set_file(status.file)
        self.status.set_tie_out(status.tie_out, status.tie_out_state)
        self.status.set_counts(status.counts)
        for key in self._specs:
            self.rail.set_count(key, status.waiting.get(key, 0))

    def focus_next_part(self, focused: QWidget | None) -> None:
        """From the rail to the page to the drawer and back to the rail."""
        in_rail = focused is not None and self.rail.isAncestorOf(focused)
        in_page = focused is not None and self.stack.isAncestorOf(focused)
        if in_rail:
            focus_first(self.stack.currentWidget())
        elif in_page and self.drawer.isVisible():
            focus_first(self.drawer)
        else:
            self.rail.focus_current()


def focus_first(part: QWidget | None) -> None:
    """Put the focus on the first control of a part."""
    if part is None:
        return
    for child in part.findChildren(QWidget):
        if child.focusPolicy() & Qt.FocusPolicy.TabFocus and child.isVisibleTo(part) and child.isEnabled():
            child.setFocus(Qt.FocusReason.ShortcutFocusReason)
            return


def _read_only_bar() -> QFrame:
    bar = QFrame()
    bar.setObjectName("ReadOnlyBar")
    words = TextLabel("", "small", tone="warning")
    bar.setLayout(
        hbox(IconLabel("lock-simple", color_token="warning.text"), words, None, margins=(16, 6, 16, 6))
    )
    bar.hide()
    return bar
