"""What all pages with figures share: they follow the session and show what there is not yet, or not at all."""

from collections.abc import Sequence

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.errors import UnreadableScores
from ui.loading import Loaded
from ui.session import Session
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.page import Page, scrolling
from ui.widgets.states import EmptyState, ErrorState, Problem, StateStack

TRY_AGAIN = "Check that the book is still in its place, then try again."


class FiguresPage(Page):
    """A page over the loaded figures; it is filled when it shows and the figures are other ones."""

    empty_title = "This book is empty"
    empty_sentence = ""
    empty_icon = "squares-four"

    def __init__(
        self,
        session: Session,
        title: str,
        *,
        actions: Sequence[QWidget] = (),
        scrolls: bool = False,
    ) -> None:
        super().__init__(title, actions=actions)
        self.session = session
        outer = self.body
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(current_theme().size("gutter"))
        content = scrolling(self.body) if scrolls else QWidget()
        if not scrolls:
            content.setLayout(self.body)
        self.states = StateStack(content)
        outer.addWidget(self.states, 1)
        self._shown: Loaded | None = None
        self._stale = True
        session.figures_changed.connect(self._figures_changed)
        session.loading_changed.connect(self._loading_changed)
        session.book_changed.connect(self._book_changed)

    def show_figures(self, loaded: Loaded) -> None:
        """Fill the page. Called with other figures only, while the page shows."""
        raise NotImplementedError

    def empty_reason(self, loaded: Loaded) -> EmptyState | None:
        """What to show instead of the figures, where there are none for this page."""
        if loaded.is_empty:
            self.header.set_sentence("")
            return EmptyState(
                self.empty_title,
                self.empty_sentence,
                icon_name=self.empty_icon,
                buttons=self.import_buttons(),
            )
        return None

    def import_buttons(self) -> list[Button]:
        """The button that leads to importing, where that is there."""
        actions = self.session.actions
        if not actions.has("import"):
            return []
        button = Button("Import…", "primary", clicked=lambda: actions.action("import").trigger())
        button.setDisabled(self.session.is_read_only)
        button.setToolTip(self.session.read_only_reason)
        return [button]

    def showEvent(self, event: QShowEvent) -> None:
        """Fill the page at its first sight and after changes."""
        super().showEvent(event)
        self._refresh()

    def refresh_now(self) -> None:
        """Fill the page with the figures that are loaded, whether it shows or not."""
        self._stale = True
        self._refresh()

    def _refresh(self) -> None:
        loaded = self.session.loaded
        if not self._stale:
            return
        if loaded is None:
            self._loading_changed()
            return
        self._stale = False
        state = self.empty_reason(loaded)
        if state is not None:
            self.states.show_state(state)
            return
        self.show_figures(loaded)
        self.states.show_content()

    def _figures_changed(self) -> None:
        self._stale = True
        if self.isVisible():
            self._refresh()

    def _book_changed(self) -> None:
        self._stale = True
        self.messages.clear()
        if self.session.book is not None:
            self.header.set_sentence("")

    def _loading_changed(self) -> None:
        session = self.session
        if session.load_error is not None:
            self._stale = True
            self.states.show_state(self._load_error(session.load_error))
        elif session.is_loading and self.session.loaded is None:
            self.states.show_loading("Working out the figures", on_cancel=session.jobs.cancel_current)

    def _load_error(self, error: Exception) -> ErrorState:
        """What went wrong, with the likely fix first."""
        retry = Button("Try again", "primary", clicked=self.session.load_again)
        what = "The figures could not be worked out"
        if not isinstance(error, UnreadableScores) or self.session.is_read_only:
            return ErrorState(Problem(what, remedy=f"{error} {TRY_AGAIN}"), fix=retry)
        retry.set_kind("secondary")
        usual = Button("Score as usual again", "primary", clicked=self._score_as_usual)
        return ErrorState(Problem(what, remedy=str(error)), fix=usual, other=retry)

    def _score_as_usual(self) -> None:
        from ui.dialogs.rfm_table_saving import score_as_usual

        score_as_usual(self.session)
