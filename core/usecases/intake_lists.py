"""Item lists and customer lists, compared with the book's and written to it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from operator import attrgetter

from core.importing.importer import Parsing
from core.importing.intake import PreviewRow, RowStatus
from core.importing.issue import Issue, Severity
from core.importing.matching import key_namespace, same_name
from core.importing.records import CustomerRecord, ItemCost
from core.importing.totals import ControlTotals
from core.money import exponent_of, plain
from core.progress import Progress
from core.store.connection import Connection
from core.store.customers import CONTACT, attributes_of, match_customers, write_attributes, write_customers
from core.store.events import now
from core.store.items import stated_items, write_item_list

_DAY = len("2026-10-31")


class ItemIntake:
    """An item list; a row that says nothing new is passed over."""

    def __init__(self, connection: Connection, parsing: Parsing, currency: str, progress: Progress) -> None:
        """Read all items and compare them with the book's."""
        self._items = [one for batch in parsing.batches for one in batch if isinstance(one, ItemCost)]
        progress.advance(len(self._items), len(self._items))
        self._currency = currency
        stated = stated_items(connection)
        dated = {same_name(one.code) for one in self._items if one.valid_from}
        categories = {same_name(one.code): one.category for one in self._items if one.category}
        self._new = [
            one
            for one in self._items
            if not _is_stated(one, stated, has_dates=same_name(one.code) in dated, categories=categories)
        ]
        self.whole = ControlTotals(items=len(self._items), currency=currency)
        duplicates = len(self._items) - len(self._new)
        self.added = ControlTotals(items=len(self._new), duplicates=duplicates, currency=currency)
        self.issues: list[Issue] = []

    def statuses(self) -> Counter[RowStatus]:
        """Count the rows by what happens to them."""
        return Counter({RowStatus.NEW: self.added.items, RowStatus.SAME: self.added.duplicates})

    def rows(self) -> Iterator[PreviewRow]:
        """Yield the items in the order of the file."""
        new = set(map(id, self._new))
        for one in self._items:
            cost = (
                "" if one.unit_cost_minor is None else plain(one.unit_cost_minor, exponent_of(self._currency))
            )
            status = RowStatus.NEW if id(one) in new else RowStatus.SAME
            yield PreviewRow(one.row, one.valid_from, one.code, "", one.name, cost, status)

    def write(self, connection: Connection, import_id: int) -> None:
        """Write what the list says new."""
        # A cost without a date is the one before all dated ones, wherever it stands in the file.
        in_order = sorted(self._new, key=attrgetter("valid_from"))
        write_item_list(connection, in_order, import_id, now()[:_DAY])


def _is_stated(
    item: ItemCost,
    stated: Mapping[str, tuple[str, dict[str, int]]],
    *,
    has_dates: bool,
    categories: Mapping[str, str],
) -> bool:
    """Tell whether the book says all of this already. Without any date in the file the newest cost counts."""
    key = same_name(item.code)
    found = stated.get(key)
    if found is None or (item.category and found[0] != categories[key]):
        return False
    costs = found[1]
    if item.unit_cost_minor is None:
        return True
    if item.valid_from == "" and costs and not has_dates:
        return costs[max(costs)] == item.unit_cost_minor
    return costs.get(item.valid_from) == item.unit_cost_minor


class CustomerIntake:
    """A customer list: who they are, how to reach them, and any further columns as attributes."""

    def __init__(self, connection: Connection, parsing: Parsing, currency: str, progress: Progress) -> None:
        """Read all customers and compare them with the book's."""
        self._records = [one for batch in parsing.batches for one in batch if isinstance(one, CustomerRecord)]
        progress.advance(len(self._records), len(self._records))
        self._system = parsing.source_system
        self._namespace = key_namespace(parsing.source_system)
        matches = match_customers(connection, self._namespace, [(one.key, one.name) for one in self._records])
        stated = attributes_of(connection, self._system)
        known = matches.known
        last = {
            (known[one.key], name): value
            for one in self._records
            if one.key in known
            for name, value in _said(one)
        }
        self._new = [
            one
            for one in self._records
            if one.key not in known
            or any((known[one.key], name, last[known[one.key], name]) not in stated for name, _ in _said(one))
        ]
        self.whole = ControlTotals(customers=len(self._records), currency=currency)
        duplicates = len(self._records) - len(self._new)
        self.added = ControlTotals(customers=len(self._new), duplicates=duplicates, currency=currency)
        self.issues = list(_contradictions(self._records))

    def statuses(self) -> Counter[RowStatus]:
        """Count the rows by what happens to them."""
        return Counter({RowStatus.NEW: self.added.customers, RowStatus.SAME: self.added.duplicates})

    def rows(self) -> Iterator[PreviewRow]:
        """Yield the customers in the order of the file."""
        new = set(map(id, self._new))
        for one in self._records:
            status = RowStatus.NEW if id(one) in new else RowStatus.SAME
            yield PreviewRow(one.row, "", one.key, one.name, one.email, "", status)

    def write(self, connection: Connection, import_id: int) -> None:
        """Write new customers and what the list says of each."""
        matches = match_customers(connection, self._namespace, [(one.key, one.name) for one in self._new])
        ids = write_customers(connection, self._namespace, matches, import_id)
        rows = [(ids[one.key], name, value) for one in self._new for name, value in _said(one)]
        write_attributes(connection, rows, self._system, now()[:_DAY], import_id)


def _contradictions(records: Sequence[CustomerRecord]) -> Iterator[Issue]:
    """Warn where a list says two things of one customer: the last one counts."""
    first: dict[tuple[str, str], tuple[int, str]] = {}
    found = []
    for one in records:
        for name, value in _said(one):
            row, earlier = first.setdefault((one.key, name), (one.row, value))
            if earlier != value:
                found.append(
                    (one.row, f"'{one.key}' has '{earlier}' in row {row} but '{value}' in row {one.row}")
                )
    if found:
        row, example = found[0]
        text = (
            f"{len(found)} cells say something else than an earlier row of the same customer ({example}): the last "
            "one counts. Look whether the right column is the customer's key, and correct the list."
        )
        yield Issue(row, "key", Severity.WARNING, text)


def _said(record: CustomerRecord) -> Iterator[tuple[str, str]]:
    for name in CONTACT:
        if value := getattr(record, name):
            yield name, value
    yield from ((name, value) for name, value in record.attributes if value)
