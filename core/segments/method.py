"""The contract of a segmentation method: it puts each customer into exactly one segment."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from core.analysis.patterns.abc_choice import AbcChoice
from core.errors import UserError
from core.segments.field import ATTRIBUTE, CUSTOMER, Field, Fields, field_named
from core.segments.rule import Rule

PROSPECTS = "No orders yet"  # everybody whom no method can judge, see membership.py
PALETTE_SIZE = 8  # colours and symbols of design tokens, in order; the next segments take them hollow

Positions = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


class SchemeMistake(UserError):
    """The scheme cannot be used as it is written."""


@dataclass(frozen=True)
class SegmentSpec:
    """A segment as the scheme describes it. `rank` 0 is the best: to move to a smaller rank is to move up."""

    name: str
    palette: int
    description: str = ""
    rule: Rule | None = None  # only the method 'rules' reads it; None is everything else
    rank: int = 0


@dataclass(frozen=True)
class Definition:
    """What a method needs: the segments in the order they are asked, and the method's own options."""

    segments: tuple[SegmentSpec, ...] = ()
    options: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Reason:
    """One sentence with the customer's own values, and whether it holds: None where a value is unknown."""

    sentence: str
    holds: bool | None
    depth: int = 0  # conditions of a group stand one deeper than the group


@dataclass(frozen=True)
class MethodInput:
    """The customers to divide. All frames have one row a customer, in the same order, with a range index."""

    metrics: pd.DataFrame  # one column a metric, nullable types
    attributes: pd.DataFrame  # one column an attribute, None where not known
    customers: pd.DataFrame  # at least customer_id and name
    fields: Fields
    exponent: int
    currency: str
    as_of: date
    abc_choice: AbcChoice = field(default_factory=AbcChoice)  # where the classes A, B and C end

    def __len__(self) -> int:
        """How many customers there are."""
        return len(self.customers)

    def field(self, key: str) -> Field:
        """Return a field by key. Raises SchemeMistake."""
        found = field_named(key, self.fields)
        if found is None:
            raise SchemeMistake(f"There is no figure or attribute called '{key}' in this book.")
        return found

    def column(self, key: str) -> "pd.Series[Any]":
        """Return the values of a field, NA where unknown. Raises SchemeMistake."""
        self.field(key)
        if key.startswith(ATTRIBUTE):
            return self._text(self.attributes, key.removeprefix(ATTRIBUTE))
        if key.startswith(CUSTOMER):
            return self._text(self.customers, key.removeprefix(CUSTOMER))
        if key not in self.metrics:
            raise SchemeMistake(f"The figure '{key}' was not worked out for this book.")
        return self.metrics[key]

    def _text(self, frame: pd.DataFrame, name: str) -> "pd.Series[Any]":
        if name not in frame:
            return pd.Series([None] * len(self), dtype=object)
        return frame[name]

    def take(self, positions: Positions) -> "MethodInput":
        """Return only these customers, in this order."""
        frames = (frame.iloc[positions].reset_index(drop=True) for frame in self._frames())
        metrics, attributes, customers = frames
        return replace(self, metrics=metrics, attributes=attributes, customers=customers)

    def _frames(self) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
        return self.metrics, self.attributes, self.customers


@dataclass(frozen=True)
class Assignment:
    """Where each customer belongs: `codes` are positions in `segments`, one a customer.

    `why` gives the reasons for one row, worked out when asked; `note` says what the method decided by itself.
    """

    segments: tuple[SegmentSpec, ...]
    codes: Positions
    why: Callable[[int], list[Reason]]
    note: str = ""


@dataclass(frozen=True)
class Method:
    """One way to divide customers. `check` raises a UserError for a definition that cannot be used."""

    key: str
    label: str
    description: str
    assign: Callable[[MethodInput, Definition], Assignment]
    check: Callable[[Definition, Fields, int], None]  # the int is the exponent of the currency


def accept(definition: Definition, fields: Fields, exponent: int) -> None:
    """Find nothing wrong: for methods that need no definition."""
    del definition, fields, exponent


def as_text(value: Any) -> str:
    """Return a cell as text without outer blanks, '' where it is not known."""
    if isinstance(value, str):
        return value.strip()
    return "" if pd.isna(value) else str(value)
