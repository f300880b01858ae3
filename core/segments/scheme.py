"""A scheme: one named way to divide customers, with its method and version."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from core.segments.field import Fields
from core.segments.method import PALETTE_SIZE, PROSPECTS, Definition, SchemeMistake, SegmentSpec
from core.segments.method_shelf import method_named
from core.segments.rule import from_json, to_json


@dataclass(frozen=True)
class Scheme:
    """A partition of all customers. `version` counts what was saved; 0 was never saved."""

    key: str
    name: str
    method: str  # key of a method on the shelf
    definition: Definition = field(default_factory=Definition)
    version: int = 0
    position: int = 0

    @property
    def segments(self) -> tuple[SegmentSpec, ...]:
        """The segments as described; empty where the method finds them in the book."""
        return self.definition.segments

    def with_segments(self, segments: tuple[SegmentSpec, ...]) -> "Scheme":
        """Return the scheme with other segments, in the order in which they are asked."""
        return replace(self, definition=replace(self.definition, segments=segments))


def check_scheme(scheme: Scheme, fields: Fields, *, exponent: int) -> None:
    """Find out whether a scheme can be used in this book. Raises SchemeMistake, RuleMistake."""
    if not scheme.key.strip() or not scheme.name.strip():
        raise SchemeMistake("A scheme needs a key and a name.")
    names = [segment.name.strip() for segment in scheme.segments]
    if "" in names:
        raise SchemeMistake("Every segment needs a name.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise SchemeMistake(f"Two segments are called '{twice}'; rename one.")
    if PROSPECTS in names:
        raise SchemeMistake(f"'{PROSPECTS}' are the customers without a sale; choose another name.")
    method_named(scheme.method).check(scheme.definition, fields, exponent)


def definition_to_json(definition: Definition) -> dict[str, object]:
    """Return a definition as plain values for JSON."""
    return {
        "segments": [_segment_to_json(one) for one in definition.segments],
        "options": dict(definition.options),
    }


def definition_from_json(value: object) -> Definition:
    """Read a definition back. Raises SchemeMistake, RuleMistake with the place."""
    segments = value.get("segments", []) if isinstance(value, Mapping) else None
    options = value.get("options", {}) if isinstance(value, Mapping) else None
    if not isinstance(segments, list) or not isinstance(options, Mapping):
        raise SchemeMistake("The definition of the scheme needs a list of segments and its options.")
    return Definition(tuple(_segment_from_json(one, i) for i, one in enumerate(segments)), dict(options))


def _segment_to_json(segment: SegmentSpec) -> dict[str, object]:
    written: dict[str, object] = {
        "name": segment.name,
        "palette": segment.palette,
        "description": segment.description,
        "rank": segment.rank,
    }
    if segment.rule is not None:
        written["rule"] = to_json(segment.rule)
    return written


def _segment_from_json(value: object, index: int) -> SegmentSpec:
    if not isinstance(value, Mapping) or not isinstance(value.get("name"), str):
        raise SchemeMistake(f"Segment {index + 1} has no name.")
    name, rule = str(value["name"]), value.get("rule")
    palette, rank = value.get("palette", index % PALETTE_SIZE), value.get("rank", index)
    if not isinstance(palette, int) or not isinstance(rank, int):
        raise SchemeMistake(f"Colour and rank of '{name}' are whole numbers.")
    read = from_json(rule, place=f"the rule of '{name}'") if rule is not None else None
    return SegmentSpec(name, palette, str(value.get("description", "")), read, rank)
