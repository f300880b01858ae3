"""Who the customers of a segment are, how and what they buy, and where."""

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from core.segments.profile import Portion, Profile
from core.unit import Unit
from reports.numbers import Numbers
from ui.widgets.labels import ElidedLabel, Rule, TextLabel, clear_layout, hbox, vbox
from ui.widgets.page import scrolling

MOST_VALUES = 3
MOST_FIELDS = 6
MOST_ITEMS = 5
_WHERE = {"region": "Area", "city": "City", "country": "Country"}


class ProfileView(QWidget):
    """Facts in words, as many as there are."""

    def __init__(self) -> None:
        super().__init__()
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 8, 0)
        self._column.setSpacing(6)
        self.setLayout(vbox(scrolling(self._column)))
        self.lines: list[tuple[str, str]] = []

    def show_profile(self, profile: Profile, numbers: Numbers) -> None:
        """Show another segment."""
        clear_layout(self._column)
        self.lines = []
        for title, lines in (
            (
                "Who they are",
                _portions(profile.who) + _portions({_WHERE.get(k, k): v for k, v in profile.where.items()}),
            ),
            ("How they buy", _buying(profile, numbers)),
            ("What they buy", _items(profile, numbers)),
        ):
            self._add(title, lines)
        self._column.addStretch(1)

    def _add(self, title: str, lines: Sequence[tuple[str, str]]) -> None:
        self._column.addWidget(TextLabel(title, "body-bold"))
        self._column.addWidget(Rule())
        for name, text in lines or [("", "Nothing is recorded about this.")]:
            self.lines.append((name, text))
            label = TextLabel(name, "body", tone="muted")
            label.setFixedWidth(170)
            row = (
                hbox(label, ElidedLabel(text, "body"), gap=10)
                if name
                else hbox(TextLabel(text, tone="muted"), None)
            )
            row.setStretch(1, 1)
            self._column.addLayout(row)
        self._column.addSpacing(6)


def _portions(found: dict[str, tuple[Portion, ...]]) -> list[tuple[str, str]]:
    lines = []
    for name, portions in found.items():
        if (portions and len(portions) < portions[0].of) or len(portions) == 1:
            words = [f"{one.value} {one.count} of {one.of}" for one in portions[:MOST_VALUES]]
            lines.append((name, ", ".join(words)))
    return lines[:MOST_FIELDS]


def _buying(profile: Profile, numbers: Numbers) -> list[tuple[str, str]]:
    own = profile.total
    lines = [("Orders in the period", "–" if own.orders is None else f"{own.orders:,}")]
    if own.orders and own.net_revenue is not None:
        lines.append(("Average order", numbers.write(round(own.net_revenue / own.orders), Unit.MONEY)))
    gap, recency = profile.median_days_between_orders, profile.median_recency_days
    lines.append(("Usual gap between orders", "not enough orders" if gap is None else f"{gap:,.0f} days"))
    lines.append(("Last order", "–" if recency is None else f"{recency:,.0f} days ago, in the middle"))
    busiest = max(profile.weekdays, key=lambda one: one.count, default=None)
    if busiest is not None and busiest.of:
        lines.append(("Busiest day", f"{busiest.value}, {busiest.count:,} of {busiest.of:,} sales"))
    best = max(profile.months, key=lambda one: one.net, default=None)
    if best is not None:
        lines.append(("Best month", f"{best.month:%B %Y}, {numbers.write(best.net, Unit.MONEY)}"))
    return lines


def _items(profile: Profile, numbers: Numbers) -> list[tuple[str, str]]:
    return [
        (
            item.name,
            f"{numbers.write(item.net, Unit.MONEY)} by {item.customers:,} customer{'s' if item.customers != 1 else ''}",
        )
        for item in profile.what[:MOST_ITEMS]
    ]
