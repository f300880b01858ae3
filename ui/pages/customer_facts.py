"""What the drawer says about one customer."""

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

from core.unit import Unit
from ui.figure_texts import Change, change_of, numbers_of
from ui.loading import Loaded

if TYPE_CHECKING:
    from core.segments.method import Reason, SegmentSpec
    from core.store.book import Book

LATEST = 5


@dataclass(frozen=True)
class SmallFigure:
    """A small key figure: name, value, how it changed, and what it means."""

    name: str
    value: str
    change: Change
    note: str
    definition: str


@dataclass(frozen=True)
class Order:
    """One of the latest orders."""

    day: Any
    number: str
    what: str
    net_minor: int


class CustomerFacts:
    """One row of the loaded figures."""

    def __init__(self, loaded: Loaded, row: int) -> None:
        self.loaded, self.row = loaded, row
        customers = loaded.figures.facts.customers
        self.name = str(customers["name"].iloc[row])
        self.customer_id = int(customers["customer_id"].iloc[row])

    @property
    def scheme_key(self) -> str:
        """The scheme that the drawer speaks of."""
        membership = self.loaded.membership
        return membership.scheme.key if membership is not None else ""

    @property
    def segment(self) -> "SegmentSpec":
        """The customer's segment."""
        assert self.loaded.membership is not None
        return self.loaded.membership.segment_of(self.row)

    @property
    def is_by_hand(self) -> bool:
        """Whether somebody moved the customer here."""
        membership = self.loaded.membership
        return membership is not None and self.row in membership.overrides

    @cached_property
    def reasons(self) -> "list[Reason]":
        """Why the customer is in this segment."""
        assert self.loaded.membership is not None
        return self.loaded.membership.why(self.row)

    def metric(self, key: str) -> Any:
        """A figure of the period; None where unknown."""
        from core.analysis.metric_shelf import plain_value

        return plain_value(self.loaded.figures.metrics[key].iloc[self.row])

    def metric_before(self, key: str) -> Any:
        """The same figure of what is compared with."""
        from core.analysis.metric_shelf import plain_value

        compare = self.loaded.compare
        return None if compare is None else plain_value(compare.metrics[key].iloc[self.row])

    def key_figures(self) -> list[SmallFigure]:
        """Six figures with their change."""
        found = [
            self._figure(key, name)
            for key, name in (
                ("net_revenue", "Revenue"),
                ("gross_margin", "Gross margin"),
                ("contribution", "Net contribution"),
                ("orders", "Orders"),
                ("average_order_value", "Average order"),
            )
        ]
        return [*found, self._to_date()]

    def _figure(self, key: str, name: str) -> SmallFigure:
        from core.analysis.metric_shelf import metric_named

        metric, now, before = metric_named(key), self.metric(key), self.metric_before(key)
        value = numbers_of(self.loaded.figures).write(now, metric.unit)
        change = change_of(now, before, metric.unit)
        return SmallFigure(name, value, change, "", metric.definition)

    def _to_date(self) -> SmallFigure:
        """Revenue of all history up to the as-of day."""
        from core.analysis.sums import sums

        facts = self.loaded.figures.facts
        customer = facts.documents["customer"].to_numpy()[facts.lines["document"].to_numpy()]
        total = int(sums(facts.lines["net"].to_numpy(), customer, len(facts.customers))[self.row])
        value = numbers_of(self.loaded.figures).write(total, Unit.MONEY)
        definition = "Net revenue of everything in this book up to the last day of the period."
        return SmallFigure("Revenue to date", value, Change(), "all periods", definition)

    @cached_property
    def order_rows(self) -> Any:
        """The places of the customer's invoices and receipts, the newest first."""
        from core.analysis.facts import ORDER_KINDS, is_kind

        documents = self.loaded.figures.facts.documents
        own = (documents["customer"].to_numpy() == self.row) & is_kind(documents, ORDER_KINDS)
        return own.nonzero()[0][::-1]

    def latest_orders(self) -> list[Order]:
        """The latest invoices with what was bought."""
        return [self._order(int(place)) for place in self.order_rows[:LATEST]]

    def _order(self, place: int) -> Order:
        facts = self.loaded.figures.facts
        document = facts.documents.iloc[place]
        lines = facts.lines[facts.lines["document"].to_numpy() == place]
        items = [item for item in dict.fromkeys(lines["item"].tolist()) if item >= 0]
        what = str(facts.items["name"].iloc[items[0]]) if items else ""
        if len(items) > 1:
            what += f" +{len(items) - 1}"
        return Order(document["day"].date(), str(document["number"]), what, int(lines["net"].sum()))


def facts_line(facts: CustomerFacts) -> str:
    """Type, area, since when, and whether an email address is known."""
    from core.period import month_label

    book = facts.loaded.figures.facts
    attributes = {str(name).casefold(): book.attributes[name].iloc[facts.row] for name in book.attributes}
    contact = book.customers.iloc[facts.row]
    first = facts.metric("first_purchase")
    parts = [
        attributes.get("type"),
        contact["region"] or contact["city"],
        f"Since {month_label(first)}" if first is not None else "No order yet",
        "Email on file" if contact["email"] else "No email address",
    ]
    return "   ".join(str(part) for part in parts if part)


def since_of(book: "Book", facts: CustomerFacts) -> str:
    """Since which closed month the customer has been in this segment; '' where that is not known."""
    from core.errors import NotFound
    from core.period import day_label
    from core.usecases.close_month import standing_at

    if facts.loaded.membership is None:
        return ""
    since = ""
    for close in reversed(
        [one for one in facts.loaded.closes if one.month.end <= facts.loaded.figures.facts.as_of]
    ):
        try:
            standing = standing_at(book, facts.scheme_key, close.month)
        except NotFound:
            break
        if standing.members.get(facts.customer_id) != facts.segment.name:
            break
        since = f"since {day_label(close.month.end)} or before"
    return since


def outlook_of(book: "Book", facts: CustomerFacts) -> str:
    """Where the rules put the customer next when nothing is bought; '' where they foresee nothing within a year."""
    from core.segments.outlook import next_change
    from core.usecases.segments import find_scheme, input_for

    if facts.loaded.membership is None or facts.is_by_hand:
        return ""
    change = next_change(find_scheme(book, facts.scheme_key), input_for(facts.loaded.figures), facts.row)
    return "" if change is None else f"{change.sentence}."
