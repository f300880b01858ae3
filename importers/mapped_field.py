"""A field of a mapped table, and the labels that columns holding it are known to bear."""

from dataclasses import dataclass
from typing import Literal

FieldKind = Literal["text", "id", "date", "number", "money", "currency"]


@dataclass(frozen=True)
class MappedField:
    """One thing a row can say; labels are compact (see table.compact), best first."""

    name: str
    kind: FieldKind
    title: str  # as the user reads it
    labels: tuple[str, ...]

    @property
    def is_number(self) -> bool:
        """Whether its cells are numbers."""
        return self.kind in {"number", "money"}


def mapped(name: str, kind: FieldKind, title: str, labels: str) -> MappedField:
    """Make a field; labels parted by blanks."""
    return MappedField(name, kind, title, tuple(labels.split()))
