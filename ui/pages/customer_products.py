"""What one customer buys by category, and what to offer next, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from core.analysis.patterns.next_offer import Offer, offers_for_customer
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.product_mix import category_shares
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column
from ui.pages.customer_facts import CustomerFacts
from ui.pages.patterns_concentration_data import percent
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.table import simple_table

NOTHING = "Nothing stands out that customers with the same purchases buy and this one does not."
NO_CATEGORY, NO_ITEM = "No category", "Without an item"
HEAD_PX, ROW_PX = 32, 38
MOST_ROWS = 5


@dataclass(frozen=True)
class CategoryPart:
    """What a customer spent on a category in the period; shares are of net revenue, None where that is not above 0."""

    name: str
    net_minor: int
    share: float | None
    of_all: float | None  # the same share for all customers together


@dataclass(frozen=True)
class CustomerProducts:
    """What a customer buys, the most first, and what to offer."""

    parts: tuple[CategoryPart, ...]
    offers: tuple[Offer, ...] | NotEnough


def products_of(facts: CustomerFacts) -> CustomerProducts:
    """Work out mix and offers; takes a moment in a book with many items."""
    book = facts.loaded.figures.facts
    return CustomerProducts(_parts(facts), offers_for_customer(book, facts.row))


def _parts(facts: CustomerFacts) -> tuple[CategoryPart, ...]:
    found = category_shares(facts.loaded.figures.facts)
    own, everybody = found.net_revenue[facts.row], found.net_revenue.sum(axis=0)
    total, of_all = int(found.total[facts.row]), int(found.total.sum())
    amounts = [
        (name or NO_CATEGORY, int(mine), int(all_))
        for name, mine, all_ in zip(found.categories, own, everybody, strict=True)
    ]
    amounts.append((NO_ITEM, total - int(own.sum()), of_all - int(everybody.sum())))
    parts = [
        CategoryPart(name, mine, _share(mine, total), _share(all_, of_all))
        for name, mine, all_ in amounts
        if mine
    ]
    return tuple(sorted(parts, key=lambda part: (-part.net_minor, part.name)))


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole > 0 else None


def item_names(loaded: Loaded) -> list[str]:
    """The items as they are called; the code where there is no name."""
    items = loaded.figures.facts.items
    return [str(name or code) for name, code in zip(items["name"], items["code"], strict=True)]


class CategoryMix(QWidget):
    """Net revenue by category, with its share here and of all customers."""

    def __init__(self, facts: CustomerFacts, parts: Sequence[CategoryPart]) -> None:
        super().__init__()
        period = facts.loaded.figures.facts.period.label
        numbers = numbers_of(facts.loaded.figures)

        def shares(part: CategoryPart) -> str:
            return f"{percent(part.share, numbers)}, of all {percent(part.of_all, numbers)}"

        def means(row: int) -> str:
            own, every = percent(parts[row].share, numbers), percent(parts[row].of_all, numbers)
            return (
                f"{parts[row].name}: {own} of this customer's net revenue, {every} of that of all customers."
            )

        columns = [
            Column("name", "Category", "two_lines", width=110, tooltip=means),
            Column("net", "Revenue", "money", money=money_style(facts.loaded.figures), width=96),
        ]
        self.table = simple_table(columns, name="What they buy", stretch="name", row_height=ROW_PX)
        self.table.table_model.set_rows(
            {
                "name": [(part.name, shares(part)) for part in parts],
                "net": [part.net_minor for part in parts],
            }
        )
        self.table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.table.setFixedHeight(HEAD_PX + ROW_PX * min(len(parts), MOST_ROWS) + 4)
        if len(parts) <= MOST_ROWS:
            self.table.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        title = hbox(TextLabel("What they buy", "card-title"), None, TextLabel(period, "small", tone="muted"))
        self.setLayout(vbox(title, self.table, gap=4))


class NextOffers(QWidget):
    """The items, the likeliest first; where there is none, why."""

    def __init__(self, offers: tuple[Offer, ...] | NotEnough, names: Sequence[str]) -> None:
        super().__init__()
        column = vbox(TextLabel("What to offer next", "card-title"), gap=6)
        if isinstance(offers, NotEnough) or not offers:
            words = offers.text if isinstance(offers, NotEnough) else NOTHING
            column.addWidget(TextLabel(words, "small", tone="muted", wrap=True))
        else:
            for offer in offers:
                reason = TextLabel(offer.reason(names), "small", tone="muted", wrap=True)
                column.addLayout(vbox(TextLabel(names[offer.item], "body-strong", wrap=True), reason, gap=1))
        self.setLayout(column)
