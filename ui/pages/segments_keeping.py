"""Saving schemes and taking overrides back, each with Undo."""

from collections.abc import Callable
from pathlib import Path

from core.errors import UserError
from core.segments.membership import Override
from core.segments.scheme import Scheme
from core.store.book import Book
from core.usecases.segments import (
    list_overrides,
    override_customer,
    remove_override,
    remove_scheme,
    save_scheme,
)
from ui.pages.segments_data import SegmentsData
from ui.pages.segments_export import export_members
from ui.session import Session
from ui.widgets.messages import InlineMessage


class Keeping:
    """Remembers what was changed last, to take it back."""

    def __init__(
        self, session: Session, *, on_saved: Callable[[Scheme], object], on_wrong: Callable[[Exception], None]
    ) -> None:
        self._session, self._on_saved, self._on_wrong = session, on_saved, on_wrong
        self._undo: list[Callable[[], object]] = []
        session.book_changed.connect(self._undo.clear)

    def save(self, scheme: Scheme, *, undo: Scheme | None = None) -> None:
        """Keep a scheme as its next version; `undo` is what it was before."""
        author = self._session.settings.get("author", "")

        def saved(now: Scheme) -> None:
            self._on_saved(now)
            if undo is not None:
                self._undo.append(lambda: self.save(undo))
            words = f"{now.name} is saved as version {now.version}."
            self._say(words, can_undo=undo is not None)

        self._session.run(
            lambda book, _progress: save_scheme(book, scheme, author=author),
            saved,
            title=f"Saving {scheme.name}",
            on_error=self._on_wrong,
            changes_book=True,
            cancellable=False,
        )

    def make(self, scheme: Scheme, *, before: Scheme | None = None) -> None:
        """Keep a new scheme; to undo it takes it away and shows the scheme from before."""
        author = self._session.settings.get("author", "")

        def made(now: Scheme) -> None:
            self._on_saved(now)
            if before is not None:
                self._undo.append(lambda: self._take_away(now, before))
            self._say(f"{now.name} is made, version {now.version}.", can_undo=before is not None)

        self._session.run(
            lambda book, _progress: save_scheme(book, scheme, author=author),
            made,
            title=f"Making {scheme.name}",
            on_error=self._on_wrong,
            changes_book=True,
            cancellable=False,
        )

    def _take_away(self, scheme: Scheme, before: Scheme) -> None:
        author = self._session.settings.get("author", "")

        def work(book: Book) -> None:
            if list_overrides(book, scheme.key):
                raise UserError(f"Customers were moved by hand in {scheme.name}; it stays.")
            remove_scheme(book, scheme.key, author=author)

        def gone(_nothing: None) -> None:
            self._on_saved(before)
            self._say(f"{scheme.name} is taken away again.", can_undo=False)

        self._session.run(
            lambda book, _progress: work(book),
            gone,
            title=f"Taking {scheme.name} away",
            changes_book=True,
            cancellable=False,
        )

    def remove_override(self, override: Override, name: str) -> None:
        """Let the rules decide again about a customer."""
        author = self._session.settings.get("author", "")

        def removed(_nothing: None) -> None:
            self._undo.append(lambda: self._put_back(override, name))
            self._say(f"The rules decide again about {name}.", can_undo=True)

        self._session.run(
            lambda book, _progress: remove_override(
                book, override.scheme_key, override.customer_id, author=author
            ),
            removed,
            title="Removing an override",
            changes_book=True,
            cancellable=False,
        )

    def export(self, data: SegmentsData, path: Path) -> None:
        """Write every customer with segment and reason to a CSV file."""
        self._session.run(
            lambda _book, _progress: export_members(data, path),
            lambda count: self._say(f"{count:,} customers written to {path.name}.", can_undo=False),
            title=f"Writing {path.name}",
        )

    def undo_last(self) -> None:
        """Take back what was changed last."""
        if self._undo:
            self._undo.pop()()

    def _put_back(self, override: Override, name: str) -> None:
        self._session.run(
            lambda book, _progress: override_customer(
                book,
                override.scheme_key,
                override.customer_id,
                override.segment,
                reason=override.reason,
                author=override.author,
                expires=override.expires,
            ),
            lambda _done: self._say(f"{name} is in {override.segment} by hand again.", can_undo=False),
            title="Putting an override back",
            changes_book=True,
            cancellable=False,
        )

    def _say(self, words: str, *, can_undo: bool) -> None:
        action = "Undo" if can_undo else ""
        self._session.post_message(InlineMessage("success", words, action=action, on_action=self.undo_last))
