"""Keeps what the bookkeeper writes: in the book as soon as the worker is free, and never lost before."""

from typing import TYPE_CHECKING

from ui.session import Session

if TYPE_CHECKING:
    from core.period import Period
    from core.usecases.commentary import Commentary


class UnsavedWords:
    """Texts that were typed and are not in the book yet, by section."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self.waiting: dict[str, Commentary] = {}  # typed, and not in the book yet

    def forget(self) -> None:
        """Begin with nothing, for another book."""
        self.waiting = {}

    def save(self, comment: "Commentary", month: "Period") -> None:
        """Write a text to the book."""
        from core.usecases.commentary import save_commentary

        author = self._session.author
        self.waiting[comment.section] = comment

        def saved(_kept: object) -> None:
            if self.waiting.get(comment.section) == comment:
                del self.waiting[comment.section]

        self._session.run(
            lambda book, _progress: save_commentary(
                book, month, comment.section, comment.text, reviewed=comment.reviewed, author=author
            ),
            saved,
            title="Saving the text",
            cancellable=False,
        )

    def save_at_the_end(self, month: "Period | None") -> None:
        """The program ends and the worker is gone: what is not in the book yet is written here."""
        book = self._session.book
        if book is None or month is None or not self.waiting:
            return
        from core.usecases.commentary import save_commentary

        for comment in self.waiting.values():
            save_commentary(book, month, comment.section, comment.text, reviewed=comment.reviewed)
        self.waiting = {}
