"""Which customers the page shows: saved views, filters by attribute, and what another page asked for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.period import Period
from ui.loading import Loaded
from ui.widgets.segmented import Choice

FILTERED = ("Region", "Type", "Area", "City", "Country")  # attributes with a filter of their own
MOST_VALUES = 40  # an attribute with more values is no filter


@dataclass(frozen=True)
class Wish:
    """What another page asked to see: some customers, a segment, or the buyers of a month."""

    words: str
    rows: frozenset[int]


@dataclass(frozen=True)
class Views:
    """The saved views of a book with the rows in each."""

    rows: Mapping[str, frozenset[int]]
    titles: Mapping[str, str]

    def choices(self) -> list[Choice]:
        """The views with their counts."""
        return [Choice(key, self.titles[key], len(rows)) for key, rows in self.rows.items()]


@dataclass(frozen=True)
class Filters:
    """The attributes that can be filtered by, with their values and the value of each customer."""

    choices: Mapping[str, Sequence[str]] = field(default_factory=dict)
    values: Mapping[str, Sequence[str]] = field(default_factory=dict)


def views_of(loaded: Loaded) -> Views:
    """The views that say something about this book."""
    figures, membership = loaded.figures, loaded.membership
    size = len(figures.facts.customers)
    contribution = figures.ladder.by_customer["contribution"]
    views: dict[str, tuple[str, Sequence[int]]] = {"all": ("All", range(size))}
    if contribution.notna().any():
        losing = (contribution.fillna(0) < 0).to_numpy().nonzero()[0]
        views["unprofitable"] = ("Unprofitable", losing.tolist())
    if membership is not None and any(one.name == "At risk" for one in membership.segments):
        views["at_risk"] = ("At risk", membership.members("At risk").tolist())
    email = figures.facts.customers["email"]
    if len(email) and (email != "").any():
        views["no_email"] = ("No email address", (email == "").to_numpy().nonzero()[0].tolist())
    if membership is not None:
        views["by_hand"] = ("Manual override", sorted(membership.overrides))
    rows = {key: frozenset(rows) for key, (_, rows) in views.items()}
    return Views(rows, {key: title for key, (title, _) in views.items()})


def filters_of(loaded: Loaded) -> Filters:
    """The attributes of the customer list by which this book can be filtered."""
    facts = loaded.figures.facts
    columns = {"Region": facts.customers["region"], "City": facts.customers["city"]}
    columns["Country"] = facts.customers["country"]
    columns |= {str(name): facts.attributes[name] for name in facts.attributes}
    choices, values = {}, {}
    for name in FILTERED:
        column = next((values for key, values in columns.items() if key.casefold() == name.casefold()), None)
        texts = ["" if value is None else str(value) for value in column] if column is not None else []
        found = sorted({text for text in texts if text})
        if 1 < len(found) <= MOST_VALUES:
            choices[name], values[name] = found, texts
    return Filters(choices, values)


def wish_of(loaded: Loaded, context: Mapping[str, Any]) -> Wish | None:
    """What a page asked for with `open_page`: customer_ids, segment, month, or a view."""
    facts = loaded.figures.facts
    if "customer_ids" in context:
        wanted = set(context["customer_ids"])
        rows = [row for row, number in enumerate(facts.customers["customer_id"].tolist()) if number in wanted]
        return Wish(str(context.get("title") or f"{len(rows):,} customers"), frozenset(rows))
    if "segment" in context and loaded.membership is not None:
        name = str(context["segment"])
        return Wish(f"Segment {name}", frozenset(loaded.membership.members(name).tolist()))
    if isinstance(context.get("month"), Period):
        from core.analysis.orders import order_counts

        month = context["month"]
        rows = order_counts(facts, month).nonzero()[0].tolist()
        return Wish(f"Ordered in {month.label}", frozenset(rows))
    return None
