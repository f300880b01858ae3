"""The card at the left: the scheme's segments in order, with their customers and revenue."""

from collections.abc import Callable

from core.segments.membership import Membership
from core.usecases.figures import Figures
from ui.pages.segments_draft import Draft
from ui.pages.segments_list import SegmentList
from ui.pages.segments_texts import counts_of
from ui.widgets.buttons import IconButton
from ui.widgets.cards import Card
from ui.widgets.labels import TextLabel, hbox


class SegmentsCard(Card):
    """The list with buttons to add and remove; the total stands below."""

    def __init__(self, *, on_add: Callable[[], object], on_remove: Callable[[], object]) -> None:
        self.add_button = IconButton("plus", "New segment…", clicked=on_add, size=26)
        self.remove_button = IconButton("trash", "Remove this segment", clicked=on_remove, size=26)
        super().__init__("Segments", actions=(self.remove_button, self.add_button), flush=True)
        self.list = SegmentList()
        self.order_words = TextLabel("", "small", tone="muted")
        self.total = TextLabel("", "body-bold")
        self.body.setSpacing(0)
        self.add(self.list, 1)
        self.add(hbox(self.order_words, None, self.total, margins=(12, 8, 12, 8)))

    def show_draft(
        self, draft: Draft, membership: Membership, figures: Figures, *, current: str, read_only: bool
    ) -> None:
        """Show the segments as edited, with the customers that a membership gives them."""
        shown = list(draft.now.segments) if draft.has_rules else list(membership.segments)
        shown += [one for one in membership.segments if one.name not in {segment.name for segment in shown}]
        names = [one.name for one in shown]
        movable = len(draft.now.segments) - 1 if draft.has_rules and not read_only else 0
        counts = counts_of(membership, figures)
        chosen = current if current in names else names[0]
        self.list.show_segments(shown, counts, movable=movable, current=chosen)
        self.order_words.setText("First match wins" if draft.has_rules else "All customers")
        self.total.setText(f"{len(membership):,}")
        self.add_button.setVisible(draft.has_rules)
        self.add_button.setDisabled(read_only)
        self.remove_button.setVisible(draft.has_rules)
