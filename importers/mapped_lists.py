"""Lists from mapped columns: items with their costs, customers with their attributes."""

from collections.abc import Sequence
from itertools import repeat

from core.importing.issue import Question
from core.importing.matching import same_name
from core.importing.records import CustomerRecord, ItemCost, Record
from core.money import exponent_of, plain
from importers.cells import CellError
from importers.mapped_columns import Columns, Plan
from importers.mapped_field import MappedField
from importers.mapped_guess import Layout, fits
from importers.mapped_rows import Maker
from importers.mapped_table import MappedTable, Meaning
from importers.table import compact

_CUSTOMER_WORDS = ("customer", "client", "kunde", "klant", "debitor")
# Lists of others whom a business deals with look the same but for their key.
_OTHERS = frozenset(
    [
        "supplierid",
        "supplierno",
        "suppliercode",
        "suppliername",
        "supplier",
        "vendorid",
        "vendorno",
        "vendorcode",
        "vendorname",
        "vendor",
        "shipperid",
        "shippername",
        "employeeid",
        "employeeno",
        "employee",
        "lieferant",
        "lieferantennr",
        "lieferantennummer",
        "fournisseur",
        "proveedor",
        "leverancier",
        "personalnummer",
    ]
)
IS_LIST = "customers"
_CONTACT = frozenset({"email", "phone", "city", "postcode", "country"})
_TRADE = frozenset({"debit", "credit", "invoiceno", "invoiceid", "invoicenumber", "invoicedate", "orderdate"})


class ItemTable(MappedTable):
    """An item list: code or name, and what a unit costs."""

    yields = "items"
    needs = ((frozenset({"code"}), frozenset({"name"})), (frozenset({"unit_cost"}),))
    need_titles = ("the item's code or name", "the cost of one unit")

    def __init__(self, key: str, label: str, fields: tuple[MappedField, ...]) -> None:
        """Take the names and the fields."""
        self.key = key
        self.label = label
        self.fields = fields

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the items."""
        return ItemMaker(plan)

    def refine(self, layout: Layout, columns: dict[str, str]) -> dict[str, str]:
        """Keep sales and ledgers from being taken for a list."""
        return {} if _is_trade(layout) else columns


class CustomerTable(MappedTable):
    """A customer list; columns that are not known become attributes."""

    yields = "customers"
    strangers = _OTHERS
    needs = ((frozenset({"key"}), frozenset({"name"})),)
    need_titles = ("the customer's key or name",)

    def __init__(self, key: str, label: str, fields: tuple[MappedField, ...]) -> None:
        """Take the names and the fields."""
        self.key = key
        self.label = label
        self.fields = fields

    def maker(self, plan: Plan) -> Maker:
        """Return who makes the customers."""
        return CustomerMaker(plan)

    def meaning(self, plan: Plan) -> Meaning:
        """Ask where customers come again with other days: that is what was bought, and no list of who buys."""
        question = _log_question(plan)
        return Meaning({}, (question,) if question and question.field not in plan.options else ())

    def refine(self, layout: Layout, columns: dict[str, str]) -> dict[str, str]:
        """Keep sales, ledgers and lists of other things from being taken for customers."""
        if _is_trade(layout):
            return {}
        named = any(word in compact(label) for label in layout.labels for word in _CUSTOMER_WORDS)
        return columns if named or columns.keys() & _CONTACT else {}


def _log_question(plan: Plan) -> Question | None:
    layout = plan.layout
    label = plan.labels.get("key") or plan.labels["name"]
    day = MappedField("day", "date", "the day", ())
    for other in layout.labels:
        column = layout.column(other)
        if other in plan.labels.values() or not any(map(str.strip, column)) or not fits(day, column):
            continue
        pairs = {pair for pair in zip(layout.column(label), column, strict=True) if all(map(str.strip, pair))}
        customers = {customer for customer, _ in pairs}
        if len(pairs) > len(customers):
            text = (
                f"Is this a list of customers? It would bring in the customers alone; of column '{other}' only the "
                "last day of each is kept, as an attribute. If it is what they bought, it lacks the amounts of sales."
            )
            evidence = (
                f"its first {len(layout.sample)} rows name {len(customers)} customers, some with several days"
            )
            return Question("customer_list", label, text, evidence, (IS_LIST,))
    return None


def _is_trade(layout: Layout) -> bool:
    short = {label.casefold().replace(" ", "").replace("_", "") for label in layout.labels}
    return bool(short & _TRADE)


class _ListMaker:
    """What makers of lists share: every filled row counts."""

    states_totals = False

    def left_out(self, columns: Columns) -> None:
        """Leave nothing out."""
        del columns

    def stated(self, columns: Columns) -> None:
        """Lists have no totals."""
        del columns


class ItemMaker(_ListMaker):
    """Makes items from columns."""

    amounts: tuple[str, ...] = ("code", "name", "unit_cost")

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        self._exponent = exponent_of(plan.options.get("currency") or plan.currency)
        self._said: dict[tuple[str, str], tuple[int, int]] = {}  # item and first day -> row and cost

    def make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        """Return one item a row. Raises CellError."""
        names = columns.text("name")
        codes = [code or name for code, name in zip(columns.text("code"), names, strict=True)]
        if not all(codes):
            raise _without("code" if "code" in columns else "name", "an item's code or name")
        known = columns.text("unit_cost")
        costs = columns.minor("unit_cost", self._exponent, blank=0)[0]
        unit_costs = [cost if text else None for cost, text in zip(costs, known, strict=True)]
        dates = columns.dates("valid_from", required=False)
        categories = columns.text("category")
        items = list(
            map(ItemCost._make, zip(numbers, codes, names, categories, unit_costs, dates, strict=True))
        )
        for place, item in enumerate(items):
            self._check_cost(item, columns.raw("unit_cost")[place])
        return [*items]

    def _check_cost(self, item: ItemCost, written: str) -> None:
        """Raise CellError for a cost below 0, and for a second cost of an item from the same day on."""
        cost = item.unit_cost_minor
        if cost is None:
            return
        if cost < 0:
            raise _about_cost("a cost of 0 or more", written)
        row, earlier = self._said.setdefault((same_name(item.code), item.valid_from), (item.row, cost))
        if row != item.row and earlier != cost:
            day = f"from {item.valid_from} on" if item.valid_from else "without a date"
            shown = plain(earlier, self._exponent)
            raise _about_cost(
                f"one cost {day} for item '{item.code}' (row {row} has {shown}; give each its first day)",
                written,
            )


class CustomerMaker(_ListMaker):
    """Makes customers from columns."""

    amounts: tuple[str, ...] = ("key", "name", "email")

    def __init__(self, plan: Plan) -> None:
        """Take what was decided."""
        mapped = set(plan.labels.values())
        others = [(place, label) for place, label in enumerate(plan.layout.labels) if label not in mapped]
        self._others = [label for _, label in others]
        self._places = [place for place, _ in others]

    def make(self, numbers: Sequence[int], columns: Columns) -> list[Record]:
        """Return one customer a row. Raises CellError."""
        names = self._names(columns)
        keys = [key or name for key, name in zip(columns.text("key"), names, strict=True)]
        if not all(keys):
            raise _without("key" if "key" in columns else "name", "a customer's key or name")
        contact = [columns.text(name) for name in ("email", "phone", "city", "region", "postcode", "country")]
        attributes = self._attributes(columns)
        return list(map(CustomerRecord._make, zip(numbers, keys, names, *contact, attributes, strict=True)))

    def _names(self, columns: Columns) -> list[str]:
        """Return names; a company's comes before its person's, first and last name are joined."""
        names = columns.text("name")
        if "last_name" not in columns and "first_name" not in columns:
            return names
        persons = map(" ".join, zip(columns.text("first_name"), columns.text("last_name"), strict=True))
        return [name or person.strip() for name, person in zip(names, persons, strict=True)]

    def _attributes(self, columns: Columns) -> Sequence[tuple[tuple[str, str], ...]]:
        if not self._others:
            return list(repeat((), columns.count))
        values = [columns.at(place) for place in self._places]
        return [
            tuple((label, value) for label, value in zip(self._others, row, strict=True) if value)
            for row in zip(*values, strict=True)
        ]


def _about_cost(expected: str, found: str) -> CellError:
    error = CellError(expected, found)
    error.field = "unit_cost"
    return error


def _without(field: str, expected: str) -> CellError:
    error = CellError(expected, "")
    error.field = field
    return error
