"""What to offer next to one customer, with the reason."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget

from core.analysis.patterns.next_offer import Offer, offers_for_customer
from core.analysis.patterns.not_enough import NotEnough
from ui.loading import Loaded
from ui.pages.customer_facts import CustomerFacts
from ui.widgets.labels import TextLabel, vbox

NOTHING = "Nothing stands out that customers with the same purchases buy and this one does not."


def offers_of(facts: CustomerFacts) -> tuple[Offer, ...] | NotEnough:
    """Work out what to offer; takes a moment in a book with many items."""
    return offers_for_customer(facts.loaded.figures.facts, facts.row)


def item_names(loaded: Loaded) -> list[str]:
    """The items as they are called; the code where there is no name."""
    items = loaded.figures.facts.items
    return [str(name or code) for name, code in zip(items["name"], items["code"], strict=True)]


class NextOffers(QWidget):
    """The items, the likeliest first; where there is none, why."""

    def __init__(self, offers: tuple[Offer, ...] | NotEnough, names: Sequence[str]) -> None:
        super().__init__()
        column = vbox(TextLabel("What to offer next", "card-title"), gap=6)
        if isinstance(offers, NotEnough):
            column.addWidget(TextLabel(offers.text, "small", tone="muted", wrap=True))
        elif not offers:
            column.addWidget(TextLabel(NOTHING, "small", tone="muted", wrap=True))
        else:
            for offer in offers:
                reason = TextLabel(offer.reason(names), "small", tone="muted", wrap=True)
                column.addLayout(vbox(TextLabel(names[offer.item], "body-strong", wrap=True), reason, gap=1))
        self.setLayout(column)
