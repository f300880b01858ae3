"""Customers by an attribute that the books or the bookkeeper recorded: customer type, interest, channel."""

from core.segments.by_value import assign_by_value, check_field, chosen_field
from core.segments.field import ATTRIBUTE
from core.segments.method import Assignment, Definition, Method, MethodInput

_TYPES = ("customer type", "type", "customer group", "group", "category", "segment", "industry", "sector")


def _assign(given: MethodInput, definition: Definition) -> Assignment:
    attributes = {key: field for key, field in given.fields.items() if key.startswith(ATTRIBUTE)}
    field = chosen_field(definition, given.fields if definition.options.get("field") else attributes, _TYPES)
    key = field.key if field else ATTRIBUTE + "Customer type"
    label = given.field(key).label
    noun = "customer type" if label.casefold() == "type" else label[:1].lower() + label[1:]
    return assign_by_value(given, key, noun=noun, others="Others", definition=definition)


METHOD: Method = Method(
    key="attribute",
    label="Customer attribute",
    description="One segment for each value of an attribute, the small ones together.",
    assign=_assign,
    check=check_field,
)
