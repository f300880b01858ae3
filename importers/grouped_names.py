"""Names in a grouped report: a customer or an item with those above it, and what is a discount."""

import re
from dataclasses import dataclass

from importers.grouped_labels import GroupedLayout, plain

_OTHER = " - Other"  # QuickBooks Desktop: what was posted to a parent itself
_CODED = re.compile(r"(\S.*?)\s+\((.*)\)", re.DOTALL)
_DISCOUNT = re.compile(r"(?:.*[\s:])?(?:discounts?|descuentos?)(?:\s+(?:item|given|allowed))?", re.DOTALL)


@dataclass(frozen=True)
class Item:
    """What was sold: code (or name), name where a code stands before it, and what it belongs to."""

    code: str
    name: str = ""
    category: str = ""


def item_of(text: str, *, coded: bool) -> Item:
    """Read an item's name; coded ones are written 'CODE (text)', those below others 'Parent:Item'."""
    name = " ".join(text.split())
    code, told = _split_code(name) if coded else (name, "")
    category = code.rpartition(":")[0]
    return Item(code, told, category)


def _split_code(name: str) -> tuple[str, str]:
    match = _CODED.fullmatch(name)
    return (match[1], match[2]) if match else (name, "")


def is_discount(item: Item, account: str) -> bool:
    """Tell whether a row that lowers its document is a discount by its item or account."""
    names = (item.code, item.name, item.category, account)
    return any(_DISCOUNT.fullmatch(plain(name)) for name in names if name)


class GroupNames:
    """Makes one customer or item of the names of a group and the groups around it; remembers them."""

    def __init__(self, layout: GroupedLayout) -> None:
        self._nobody = layout.no_customer
        self._coded = layout.coded_items
        self._types = layout.item_types
        self._customers: dict[tuple[str, ...], str] = {}
        self._items: dict[tuple[str, ...], Item] = {}

    def customer(self, path: tuple[str, ...]) -> str:
        """Return a customer's full name, 'Parent:Job' for one below another, "" for nobody."""
        name = self._customers.get(path)
        if name is None:
            full = full_name(path)
            name = self._customers[path] = "" if plain(full) in self._nobody else full
        return name

    def item(self, path: tuple[str, ...]) -> Item:
        """Return the item of nested groups such as 'Parts', 'Vinegar', 'A00403 (white, 4/1 gal.)'."""
        item = self._items.get(path)
        if item is None:
            item = self._items[path] = self._item(path)
        return item

    def _item(self, path: tuple[str, ...]) -> Item:
        names = without_other(path)
        kind = names[0] if len(names) > 1 and plain(names[0]) in self._types else ""
        parts = [_split_code(name) if self._coded else (name, "") for name in names[1 if kind else 0 :]]
        code = full_name(tuple(part[0] for part in parts))
        category = code.rpartition(":")[0] or kind
        return Item("" if plain(code) in self._nobody else code, parts[-1][1], category)


def without_other(path: tuple[str, ...]) -> tuple[str, ...]:
    """Drop the group 'Name - Other' below 'Name': its rows belong to Name itself."""
    if (
        len(path) > 1
        and path[-1].endswith(_OTHER)
        and plain(_bare(path[-1])).startswith(plain(_bare(path[-2])))
    ):
        return path[:-1]
    return path


def _bare(name: str) -> str:
    return _split_code(name.removesuffix(_OTHER))[0]


def full_name(path: tuple[str, ...]) -> str:
    """Join nested names by colons; a child that already carries its parent's name keeps it once."""
    full = ""
    for part in without_other(path):
        name = " ".join(part.split())
        full = name if not full or name.startswith(full + ":") else f"{full}:{name}"
    return full
