"""Who was moved by hand, why, by whom, and the way back to the rules."""

from collections.abc import Callable
from datetime import date

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.period import day_label
from core.segments.membership import Override
from ui.pages.segments_data import SegmentsData
from ui.widgets.buttons import Button
from ui.widgets.labels import ElidedLabel, IconLabel, Rule, TextLabel, clear_layout, hbox, vbox


class OverrideList(QWidget):
    """One line for each customer who was moved by hand; they win over every rule."""

    def __init__(self, on_remove: Callable[[Override], object]) -> None:
        super().__init__()
        self._on_remove = on_remove
        self._rows = QVBoxLayout()
        self._rows.setSpacing(2)
        head = hbox(
            TextLabel("Manual overrides", "body-bold"),
            None,
            TextLabel("win over every rule", "small", tone="muted"),
        )
        self.setLayout(vbox(head, Rule(), self._rows, gap=4))
        self.shown: list[Override] = []

    def show_overrides(self, data: SegmentsData, segment: str, *, editable: bool) -> None:
        """Show those who were moved into this segment, or would be in it by the rules."""
        clear_layout(self._rows)
        self.shown = [one for one in data.overrides if one.segment == segment or _ruled(data, one) == segment]
        for override in self.shown:
            self._rows.addLayout(self._row(override, data, editable=editable))
        if not self.shown:
            words = "Nobody was moved into or out of this segment by hand."
            self._rows.addWidget(TextLabel(words, "small", tone="muted", wrap=True))

    def _row(self, override: Override, data: SegmentsData, *, editable: bool) -> QVBoxLayout:
        name = data.names.get(override.customer_id, f"customer {override.customer_id}")
        reason = ElidedLabel(f"“{override.reason}”", "body", tone="secondary")
        row = hbox(
            IconLabel("push-pin-fill", size=14),
            TextLabel(name, "body-bold"),
            TextLabel(f"kept in {override.segment}"),
            reason,
            TextLabel(_by(override, data.given.as_of), "small", tone="muted"),
            gap=6,
        )
        row.setStretch(3, 1)
        if editable:
            remove = Button("Remove", "link", clicked=lambda: self._on_remove(override))
            remove.setAccessibleName(f"Let the rules decide again about {name}")
            row.addWidget(remove)
        return vbox(row)


def _ruled(data: SegmentsData, override: Override) -> str:
    row = data.membership.row_of(override.customer_id)
    if row is None:
        return ""
    return data.membership.segments[int(data.membership.by_rule[row])].name


def _by(override: Override, as_of: date) -> str:
    initials = "".join(word[:1] for word in override.author.split()).upper()
    made = date.fromisoformat(override.created[:10])
    until = f", until {day_label(override.expires)}" if override.expires else ""
    over = " (over)" if not override.holds_on(as_of) else ""
    return f"{initials}, {made.day} {made:%b}{until}{over}"
