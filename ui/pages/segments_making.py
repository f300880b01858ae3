"""Making schemes: as a copy of another, or from groups that are proposed."""

from dataclasses import replace
from typing import TYPE_CHECKING

from core.segments.scheme import Scheme
from core.usecases.segment_proposal import own_key
from ui.pages.segments_keeping import Keeping

if TYPE_CHECKING:
    from ui.pages.segments import SegmentsPage


class Making:
    """Asks what a new scheme begins with and makes it; the page shows it from then on."""

    def __init__(self, page: "SegmentsPage", keeping: Keeping) -> None:
        self._page, self._keeping = page, keeping

    def ask(self) -> None:
        """Ask for the name of a new scheme and what it begins with."""
        data = self._page.data
        if data is not None:
            from ui.dialogs.new_segment import NewSchemeDialog

            NewSchemeDialog(
                data.schemes,
                self.copy,
                self._page,
                current=data.scheme.key,
                on_propose=self.ask_proposal,
            ).open()

    def ask_proposal(self, name: str = "") -> None:
        """Look for groups of customers that buy alike, and show them."""
        data = self._page.data
        if data is not None and not self._page.session.is_read_only:
            from ui.dialogs.segment_proposal import ProposalDialog

            page = self._page
            ProposalDialog(page.session, data.figures, data.schemes, self.make, page, name=name).open()

    def copy(self, name: str, start: Scheme) -> None:
        """Make a scheme of the book's own as a copy of another."""
        data = self._page.data
        taken = {one.key for one in data.schemes} if data is not None else set()
        self.make(replace(start, key=own_key(name, taken), name=name, version=0))

    def make(self, scheme: Scheme) -> None:
        """Keep a new scheme; Undo takes it away again and shows the one from before."""
        page = self._page
        before = page.data.scheme if page.data is not None else None
        page.draft = None
        self._keeping.make(scheme, before=before)
