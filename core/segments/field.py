"""What a rule can ask about a customer: a metric, an attribute, or a column of the customer list."""

from collections.abc import Iterable
from dataclasses import dataclass

from core.analysis.metric import Metric
from core.unit import Unit

ATTRIBUTE = "attribute."  # attribute.Customer type
CUSTOMER = "customer."  # customer.city
_COLUMNS = {
    "name": "Name",
    "email": "E-mail",
    "phone": "Phone",
    "city": "City",
    "region": "Area",
    "postcode": "Postcode",
    "country": "Country",
}


@dataclass(frozen=True)
class Field:
    """One thing known about each customer, by the name a bookkeeper reads."""

    key: str
    label: str
    unit: Unit
    definition: str = ""

    @property
    def is_text(self) -> bool:
        """Whether it is compared as words."""
        return self.unit is Unit.TEXT

    @property
    def is_number(self) -> bool:
        """Whether it can be a multiple of another figure."""
        return self.unit not in {Unit.TEXT, Unit.DATE}


Fields = dict[str, Field]


def fields_of(metrics: Iterable[Metric], attribute_names: Iterable[str] = ()) -> Fields:
    """Return every field of a book by key: metrics, then columns of the customer list, then attributes."""
    fields = [Field(metric.key, metric.label, metric.unit, metric.definition) for metric in metrics]
    fields += [Field(CUSTOMER + column, label, Unit.TEXT) for column, label in _COLUMNS.items()]
    fields += [Field(ATTRIBUTE + name, name, Unit.TEXT) for name in attribute_names]
    return {field.key: field for field in fields}


def field_named(key: str, fields: Fields) -> Field | None:
    """Return a field; an attribute that no customer has at present is a field too, unknown for everybody."""
    if key in fields:
        return fields[key]
    if key.startswith(ATTRIBUTE) and key != ATTRIBUTE:
        return Field(key, key.removeprefix(ATTRIBUTE), Unit.TEXT)
    return None
