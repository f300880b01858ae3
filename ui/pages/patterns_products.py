"""Products: what is bought together, what it adds up to by category, and what to offer next."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from core.analysis.patterns.basket_rules import BasketRule
from core.analysis.patterns.next_offer import Offer, offers_for_segment
from core.analysis.patterns.not_enough import NotEnough
from core.analysis.patterns.product_mix import category_mix, first_products, item_mix
from core.unit import Unit
from core.usecases.patterns_products import BasketPatterns
from reports.numbers import Numbers
from ui.figure_texts import money_style, numbers_of
from ui.loading import Loaded
from ui.models.column import Column, date_text
from ui.pages.customer_products import item_names
from ui.pages.patterns_data import TOGETHER, Part, all_dates
from ui.pages.patterns_parts import PartCard, Parts, PatternTab
from ui.theme import current_theme
from ui.widgets.fields import ChoiceButton
from ui.widgets.labels import TextLabel, hbox, vbox
from ui.widgets.segmented import SegmentedButtons
from ui.widgets.states import EmptyState, StateStack
from ui.widgets.table import simple_table

if TYPE_CHECKING:
    from core.progress import Progress
    from core.segments.membership import Membership

ROW_PX = 26
MOST_RULES = 1000
EVERYBODY = ""


def lift_working(rule: BasketRule, names: Sequence[str], numbers: Numbers) -> str:
    """How the figures of a rule are worked out, in words."""
    first, second = " and ".join(names[item] for item in rule.antecedent), names[rule.consequent]

    def share(value: float) -> str:
        return numbers.write(value, Unit.RATIO)

    return (
        f"{rule.count:,} orders hold {first} and {second}.\n"
        f"Share of first: {rule.count:,} of {rule.antecedent_count:,} orders with {first}, {share(rule.confidence)}.\n"
        f"{second} is in {rule.consequent_count:,} of all {rule.baskets:,} orders, "
        f"{share(rule.consequent_count / rule.baskets)}.\n"
        f"Lift: {share(rule.confidence)} by {share(rule.consequent_count / rule.baskets)} is {rule.lift:.2f}; "
        "1 is chance."
    )


def rule_rows(rules: Sequence[BasketRule], names: Sequence[str]) -> dict[str, list[Any]]:
    """One row a rule."""
    return {
        "first": [" + ".join(names[item] for item in rule.antecedent) for rule in rules],
        "then": [names[rule.consequent] for rule in rules],
        "orders": [rule.count for rule in rules],
        "of_first": [rule.confidence for rule in rules],
        "lift": [rule.lift for rule in rules],
    }


class RulesCard(PartCard):
    """What is bought together: sets of two and three items, in every direction."""

    part, missing_title = TOGETHER, "products bought together"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Bought together", flush=True)
        self.table = simple_table(
            [Column("first", "Who buys")], name="Bought together", stretch="first", multi=True
        )
        self.note = TextLabel("", "small", tone="muted", wrap=True)
        self.note.setContentsMargins(14, 2, 14, 10)
        self.note.setToolTip(ORDERS_COUNTED)
        self.content.addWidget(self.table, 1)
        self.content.addWidget(self.note)
        self.setMinimumHeight(300)

    def fill(self, loaded: Loaded, found: BasketPatterns) -> None:
        """Show the rules with the highest lift first."""
        names, numbers = item_names(loaded), numbers_of(loaded.figures)
        rules = found.rules[:MOST_RULES]
        columns = [
            Column("first", "Who buys", width=150),
            Column("then", "also buys", width=160),
            Column("orders", "Orders", "integer", width=70, header_tooltip="Orders that hold all of them"),
            Column("of_first", "Of first", "percent", width=72, header_tooltip="Share of the orders with the first"),
            Column(
                "lift", "Lift", "times", width=60, strong=True,
                header_tooltip="How many times more often than by chance; 1 is chance",
                tooltip=lambda row: lift_working(rules[row], names, numbers),
            ),
        ]  # fmt: skip
        self.table.table_model.set_columns(columns, rule_rows(rules, names))
        shown = (
            f"{len(rules):,} rules"
            if len(rules) == len(found.rules)
            else f"the best {len(rules):,} of {len(found.rules):,} rules"
        )
        self.set_title("Bought together", f"{shown}, up to three items" if rules else "")
        self.table.setVisible(bool(rules))
        self.note.setText(together_note(found, loaded.figures.facts.as_of))


def together_note(found: BasketPatterns, as_of: date) -> str:
    """Of which orders the rules are, how often one must be seen, and what lift is."""
    orders = f"{found.baskets:,} orders with items, all dates up to {date_text(as_of)}"
    if not found.rules:
        return f"No two items are together in {found.least:,} of {orders}, or more."
    seen = f"All shares are listed that are seen in at least {found.least:,} of them."
    return f"{orders}. {seen} Lift above 1: more often than by chance. {found.note}".rstrip()


def short_together_note(found: BasketPatterns, as_of: date) -> str:
    """The same for the summary."""
    if not found.rules:
        return together_note(found, as_of)
    orders = f"{found.baskets:,} orders, all dates up to {date_text(as_of)}"
    return f"{orders}; pairs in at least {found.least:,}. Lift above 1: more often than by chance."


ORDERS_COUNTED = (
    "Orders with named items, also those without a customer; lines that cost nothing do not count. Documents of a "
    "customer on one day are one order, unless the book's settings say otherwise. The bar at the foot of the window "
    "counts the documents of the period instead."
)


def mix_of(loaded: Loaded, progress: "Progress") -> dict[str, dict[str, list[Any]]] | NotEnough:
    """Net revenue by category and by item, and what customers began with."""
    facts, names = loaded.figures.facts, item_names(loaded)
    if not len(facts.items):
        return NotEnough(0, 1, "named items")
    progress.step("Adding up items and categories")
    by_category = category_mix(facts).sort_values("net_revenue", ascending=False, kind="stable")
    by_item = item_mix(facts).assign(name=names)
    by_item = by_item[by_item["orders"] > 0].sort_values("net_revenue", ascending=False, kind="stable")
    first = first_products(facts).assign(name=names)
    first = first[first["began"] > 0].sort_values("began", ascending=False, kind="stable")
    return {
        "categories": {
            "name": [str(name) or NO_CATEGORY for name in by_category.index],
            "revenue": by_category["net_revenue"].tolist(),
            "share": by_category["share"].tolist(),
        },
        "items": {key: by_item[column].tolist() for key, column in _ITEM_KEYS.items()},
        "first": {key: first[key].tolist() for key in ("name", "began", "came_again", "share")},
    }


_ITEM_KEYS = {
    "name": "name",
    "customers": "customers",
    "orders": "orders",
    "revenue": "net_revenue",
    "share": "share",
}


NO_CATEGORY = "No category"
NO_CATEGORY_MEANS = (
    "Items without a category, such as discounts that are lines of their own. Sales and credits on no item at all are "
    "in none of these rows."
)
NO_CATEGORIES = "No item of the book has a category."
FIRST_ITEM_MEANS = (
    "The item with the highest amount on the day of the customer's first order in the book, of all dates up to {day}; "
    "each customer counts once"
)
MIX = Part("mix", "Adding up items and categories", mix_of)


class MixCard(PartCard):
    """What is sold: by category, by item, and what customers begin with."""

    part, missing_title = MIX, "the mix of products"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "Product mix", flush=True)
        self.views = SegmentedButtons(
            [("categories", "Categories"), ("items", "Items"), ("first", "First purchase")],
            name="Product mix",
        )
        self.views.chosen.connect(lambda _view: self._fill_again())
        self.add_action(self.views)
        self.table = simple_table(
            [Column("name", "Category")], name="Product mix", stretch="name", row_height=ROW_PX
        )
        self.content.addWidget(self.table, 1)
        self.setMinimumHeight(230)

    def has_content(self, *, shown: bool) -> None:
        """The switch belongs to the table."""
        self.views.setVisible(shown)

    def fill(self, loaded: Loaded, found: Any) -> None:
        """Show one of the three."""
        self._offer_categories(found["categories"]["name"])
        names = found[self.views.current]["name"]

        def means(row: int) -> str:
            return NO_CATEGORY_MEANS if names[row] == NO_CATEGORY else ""

        dates = all_dates(loaded) if self.views.current == "first" else loaded.figures.facts.period.label
        self.set_title("Product mix", dates.rstrip("."))
        first = FIRST_ITEM_MEANS.format(day=date_text(loaded.figures.facts.as_of))
        money = money_style(loaded.figures)
        revenue = Column(
            "revenue", "Revenue", "money", money=money, width=96, header_tooltip="Net of credit notes"
        )
        share = Column("share", "Share", "share", width=164)
        customers = Column("customers", "Customers", "integer", width=88)
        columns = {
            "categories": [Column("name", "Category", width=120, tooltip=means), revenue, share],
            "items": [
                Column("name", "Item", width=120), customers, Column("orders", "Orders", "integer", width=62), revenue,
                Column("share", "Share", "percent", width=60),
            ],
            "first": [
                Column("name", "First item bought", width=130, header_tooltip=first),
                Column("began", "Customers", "integer", width=88, header_tooltip=f"Who began with it. {first}"),
                Column("came_again", "Came again", "integer", width=86),
                Column("share", "Of them", "percent", width=66, header_tooltip="Share that ordered on a later day"),
            ],
        }[self.views.current]  # fmt: skip
        self.table.table_model.set_columns(columns, found[self.views.current])

    def _offer_categories(self, names: list[str]) -> None:
        """Items first where there are no categories."""
        button, missing = self.views.button("categories"), set(names) <= {NO_CATEGORY}
        button.setEnabled(not missing)
        button.setToolTip(NO_CATEGORIES if missing else "")
        if missing and self.views.current == "categories":
            self.views.set_current("items")

    def _fill_again(self) -> None:
        found = self.parts.found(self.part.key)
        if self.parts.loaded is not None and isinstance(found, dict):
            self.fill(self.parts.loaded, found)


def offers_of(loaded: Loaded, progress: "Progress") -> dict[str, tuple[Offer, ...] | NotEnough]:
    """What to offer next, for all customers and for each segment."""
    import numpy as np

    facts, membership = loaded.figures.facts, loaded.membership
    every = np.ones(len(facts.customers), dtype=np.bool_)
    progress.step("Finding what to offer next")
    found = {EVERYBODY: offers_for_segment(facts, every, most=8)}
    for name in _segment_names(membership):
        progress.step(f"Finding what to offer to {name}")
        assert membership is not None
        members = np.zeros(len(facts.customers), dtype=np.bool_)
        members[membership.members(name)] = True
        found[name] = offers_for_segment(facts, members, most=8)
    return found


def _segment_names(membership: "Membership | None") -> list[str]:
    if membership is None:
        return []
    inside = [spec for code, spec in enumerate(membership.segments) if (membership.codes == code).any()]
    return [spec.name for spec in sorted(inside, key=lambda spec: spec.rank)]


OFFERS = Part("offers", "Finding what to offer next", offers_of)


class OffersCard(PartCard):
    """What to offer next to a segment, with the reason."""

    part, missing_title = OFFERS, "what to offer next"

    def __init__(self, parts: Parts) -> None:
        super().__init__(parts, "What to offer next", flush=True)
        self.segment = ChoiceButton("Segment")
        self.segment.chosen.connect(lambda _key: self._fill_again())
        self.add_action(self.segment)
        columns = [
            Column("item", "Offer", width=190),
            Column(
                "members",
                "For",
                "integer",
                width=76,
                header_tooltip="Members whom it fits: they do not buy it yet",
            ),
            Column("reason", "Because", "reason", width=200, tooltip=lambda row: self._reasons[row]),
        ]
        self._reasons: list[str] = []
        self.table = simple_table(columns, name="What to offer next", stretch="reason", row_height=ROW_PX)
        self.offers = StateStack(self.table)
        self.content.addWidget(self.offers, 1)
        self.setMinimumHeight(210)

    def has_content(self, *, shown: bool) -> None:
        """The choice belongs to the table."""
        self.segment.setVisible(shown)

    def fill(self, loaded: Loaded, found: Any) -> None:
        """Show the offers for the chosen segment."""
        self.set_title("What to offer next", f"Learned from all customers. {all_dates(loaded).rstrip('.')}")
        choices = [(name, name or "All customers") for name in found]
        self.segment.set_choices(choices, current=self.segment.current)
        offers = found[self.segment.current]
        if isinstance(offers, NotEnough) or not offers:
            text = (
                offers.text
                if isinstance(offers, NotEnough)
                else "Nothing is bought by their like but not by them."
            )
            self.offers.show_state(EmptyState("Nothing to offer yet", text, icon_name="circle-dashed"))
            return
        names = item_names(loaded)
        self._reasons = [offer.reason(names) for offer in offers]
        self.table.table_model.set_rows(
            {
                "item": [names[offer.item] for offer in offers],
                "members": [offer.members for offer in offers],
                "reason": self._reasons,
            }
        )
        self.offers.show_content()

    def _fill_again(self) -> None:
        found = self.parts.found(self.part.key)
        if self.parts.loaded is not None and isinstance(found, dict):
            self.fill(self.parts.loaded, found)


def products_tab(parts: Parts) -> PatternTab:
    """The tab: rules and mix beside each other, offers below."""
    rules, mix, offers = RulesCard(parts), MixCard(parts), OffersCard(parts)
    gutter = current_theme().size("gutter")
    row = hbox(gap=gutter)
    row.addWidget(rules, 54)
    row.addWidget(mix, 46)
    body = vbox(gap=gutter)
    body.addLayout(row, 60)
    body.addWidget(offers, 40)
    return PatternTab([rules, mix, offers], body)
