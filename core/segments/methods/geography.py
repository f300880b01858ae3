"""Customers by where they are: area, region, city or country, whichever the book knows."""

from core.segments.by_value import assign_by_value, check_field, chosen_field
from core.segments.field import CUSTOMER
from core.segments.method import Assignment, Definition, Method, MethodInput

_COLUMNS = ("region", "city", "country")
_ATTRIBUTES = ("area", "region", "district", "neighbourhood", "state", "city", "town", "county")


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    return assign_by_value(
        given, _key(given, definition), noun="area", others="Other areas", definition=definition
    )


def _key(given: MethodInput, definition: Definition) -> str:
    """Return the named field, else the first of area, region or city that is known for anybody."""
    if definition.options.get("field"):
        return str(definition.options["field"])
    attributes = {key: field for key, field in given.fields.items() if not key.startswith(CUSTOMER)}
    guessed = chosen_field(definition, attributes, _ATTRIBUTES)
    if guessed and given.column(guessed.key).notna().any():
        return guessed.key
    filled = [name for name in _COLUMNS if _is_filled(given, name)]
    return CUSTOMER + (filled[0] if filled else _COLUMNS[0])


def _is_filled(given: MethodInput, name: str) -> bool:
    return bool(given.column(CUSTOMER + name).fillna("").astype(str).str.strip().ne("").any())


METHOD: Method = Method(
    key="geography",
    label="Area",
    description="One segment for each area, the small ones together.",
    assign=_assign,
    check=check_field,
)
