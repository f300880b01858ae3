"""The parts of the Patterns page: each is worked out when a card first asks for it, and kept for all cards."""

from typing import Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLayout, QSizePolicy, QTableView, QVBoxLayout, QWidget

from core.analysis.patterns.not_enough import NotEnough
from core.errors import UserError
from ui.jobs import Job
from ui.loading import Loaded
from ui.pages.patterns_data import Part
from ui.session import Session
from ui.theme import current_theme
from ui.widgets.buttons import Button
from ui.widgets.cards import Card
from ui.widgets.charts import Chart
from ui.widgets.page import scrolling
from ui.widgets.states import EmptyState, ErrorState, Problem, StateStack


class Parts(QObject):
    """What was worked out for the loaded figures, and what is under way."""

    changed = Signal(str)  # the key of a part that arrived, failed or was stopped

    def __init__(self, session: Session) -> None:
        super().__init__()
        self.session = session
        self.loaded: Loaded | None = None
        self._found: dict[str, Any] = {}
        self._jobs: dict[str, Job] = {}

    def begin(self, loaded: Loaded) -> None:
        """Forget what belongs to other figures."""
        for job in self._jobs.values():
            job.cancel()
        self.loaded, self._found, self._jobs = loaded, {}, {}

    def found(self, key: str) -> Any:
        """A part, a NotEnough, the error that came instead; None while there is none."""
        return self._found.get(key)

    def is_under_way(self, key: str) -> bool:
        """Whether it is being worked out."""
        return key in self._jobs

    def want(self, part: Part) -> None:
        """Have a part worked out, unless it is there or under way."""
        loaded, key = self.loaded, part.key
        if loaded is None or key in self._found or key in self._jobs or self.session.book is None:
            return
        self._jobs[key] = self.session.run(
            lambda _book, progress: part.work(loaded, progress),
            lambda found: self._arrived(loaded, key, found),
            title=part.title,
            on_error=lambda error: self._failed(loaded, key, error),
            on_cancelled=lambda: self._stopped(loaded, key),
        )

    def cancel(self, key: str) -> None:
        """Stop working on a part."""
        if key in self._jobs:
            self._jobs[key].cancel()

    def forget(self, key: str) -> None:
        """Stop working on a part that nobody shows any more; it may be wanted anew at once."""
        job = self._jobs.pop(key, None)
        if job is not None:
            job.cancel()

    def _arrived(self, loaded: Loaded, key: str, found: Any) -> None:
        if loaded is self.loaded:
            self._jobs.pop(key, None)
            self._found[key] = found
            self.changed.emit(key)

    def _failed(self, loaded: Loaded, key: str, error: Exception) -> None:
        if isinstance(error, UserError):
            self._arrived(loaded, key, error)
        else:
            self._ended(loaded, key)
            self.session.jobs.failed.emit(error)

    def _stopped(self, loaded: Loaded, key: str) -> None:
        job = self._jobs.get(key)
        if job is not None and job.is_cancelled:  # else it was forgotten, and perhaps wanted anew
            self._ended(loaded, key)

    def _ended(self, loaded: Loaded, key: str) -> None:
        if loaded is self.loaded:
            self._jobs.pop(key, None)
            self.changed.emit(key)


class PartCard(Card):
    """A card over one part: it asks for it, and says where there is none, not yet, or too little."""

    part: Part
    missing_title = ""  # what needs more history: "Retention"

    def __init__(self, parts: Parts, title: str, subtitle: str = "", *, flush: bool = False) -> None:
        super().__init__(title, subtitle, flush=flush)
        self.parts, self.session = parts, parts.session
        self._filled_for: tuple[Loaded, str] | None = None
        self._stays = False
        self.content = QVBoxLayout()
        self.content.setContentsMargins(0, 0, 0, 0)
        self.content.setSpacing(8)
        holder = QWidget()
        holder.setLayout(self.content)
        self.states = StateStack(holder)
        self.body.addWidget(self.states, 1)
        parts.changed.connect(self._part_changed)
        self._asked = False

    def show_part(self, part: Part, *, stays: bool) -> None:
        """Show another part from now on; what `stays` stands there until that one arrives."""
        self.part, self._stays = part, stays
        if self._asked:
            self.ask()

    def own(self, found: Any) -> Any:
        """What of the part this card shows; a NotEnough where just that is missing."""
        return found

    def fill(self, loaded: Loaded, found: Any) -> None:
        """Show what was worked out."""
        raise NotImplementedError

    def has_content(self, *, shown: bool) -> None:
        """Told before a state takes the content's place, and when it comes back: for controls in the head."""

    def ask(self) -> None:
        """Show the part, and have it worked out where it is not there."""
        self._asked = True
        self.parts.want(self.part)
        self._show()

    def open_customers(self, payload: Any) -> None:
        """Open customers on their page: (ids, title), or what gives both when it is asked."""
        if payload is not None:
            ids, title = payload() if callable(payload) else payload
            self.session.open_page("customers", {"customer_ids": ids, "title": title})

    def _part_changed(self, key: str) -> None:
        if key == self.part.key and self._asked:
            self._show()

    def _show(self) -> None:
        loaded, found = self.parts.loaded, self.parts.found(self.part.key)
        if loaded is None or self._may_stay(loaded):
            return
        found = found if found is None or isinstance(found, NotEnough | UserError) else self.own(found)
        plain = found is not None and not isinstance(found, NotEnough | UserError)
        self.has_content(shown=plain)
        if plain:
            if self._filled_for != (loaded, self.part.key):
                self._filled_for = (loaded, self.part.key)
                self.fill(loaded, found)
                for view in self.findChildren(QTableView) + self.findChildren(Chart):
                    take_what_is_left(view)
            self.states.show_content()
        elif isinstance(found, NotEnough):
            title = f"Too early for {self.missing_title}"
            self.states.show_state(EmptyState(title, found.text, icon_name="circle-dashed"))
        elif isinstance(found, UserError):
            self.states.show_state(ErrorState(Problem(str(found))))
        elif self.parts.is_under_way(self.part.key):
            self.states.show_loading(self.part.title, on_cancel=lambda: self.parts.cancel(self.part.key))
        else:
            button = Button("Work it out", clicked=self.ask)
            self.states.show_state(
                EmptyState("Stopped", "This was not worked out.", icon_name="circle-dashed", buttons=[button])
            )

    def _may_stay(self, loaded: Loaded) -> bool:
        stands = self._filled_for is not None and self._filled_for[0] is loaded and self.states.state is None
        return self._stays and stands and self.parts.is_under_way(self.part.key)


def take_what_is_left(widget: QWidget) -> None:
    """Let a chart or table be as high as there is room, from its least height on."""
    widget.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored)


class PatternTab(QWidget):
    """One tab: cards that are asked when it shows."""

    def __init__(self, cards: list[PartCard], body: QLayout, *, scrolls: bool = True) -> None:
        super().__init__()
        self.cards = cards
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(current_theme().size("gutter"))
        if scrolls:
            outer.addWidget(scrolling(body))
        else:
            outer.addLayout(body)

    def ask(self) -> None:
        """Show all cards, and work out what is missing."""
        for card in self.cards:
            card.ask()
