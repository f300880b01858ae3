"""A scheme that is being edited: what was saved, what it would be, and the steps between. No Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from core.segments.method import PALETTE_SIZE, PROSPECTS, SegmentSpec
from core.segments.rule import Condition, Group, Rule
from core.segments.scheme import Scheme


@dataclass(frozen=True)
class Draft:
    """The saved scheme and the edited one."""

    saved: Scheme
    now: Scheme

    @staticmethod
    def of(scheme: Scheme) -> "Draft":
        """Begin with nothing changed."""
        return Draft(scheme, scheme)

    @property
    def has_rules(self) -> bool:
        """Whether the scheme's segments have rules that can be edited."""
        return self.now.method == "rules"

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save; 0.2 and 0.20 are the same."""
        return _comparable(self.now) != _comparable(self.saved)

    def segment(self, name: str) -> SegmentSpec | None:
        """A segment by name; the prospects belong to no scheme."""
        return next((one for one in self.now.segments if one.name == name), None)

    def is_last(self, name: str) -> bool:
        """Whether this segment takes everyone else."""
        return bool(self.now.segments) and self.now.segments[-1].name == name

    def with_rule(self, name: str, rule: Rule | None) -> "Draft":
        """Give a segment another rule."""
        return self._with(
            tuple(replace(one, rule=rule) if one.name == name else one for one in self.now.segments)
        )

    def with_order(self, names: Sequence[str]) -> "Draft":
        """Ask the segments in another order; who takes everyone else stays last."""
        last = self.now.segments[-1]
        by_name = {one.name: one for one in self.now.segments[:-1]}
        return self._with((*(by_name[name] for name in names if name in by_name), last))

    def moved(self, name: str, step: int) -> "Draft":
        """Ask a segment earlier (-1) or later (+1)."""
        names = [one.name for one in self.now.segments[:-1]]
        if name not in names:
            return self
        place = names.index(name)
        target = place + step
        if not 0 <= target < len(names):
            return self
        names[place], names[target] = names[target], names[place]
        return self.with_order(names)

    def with_segment(self, name: str, rule: Rule) -> "Draft":
        """Add a segment before the one that takes everyone else, with the next free colour."""
        used = {one.palette for one in self.now.segments}
        palette = next(number for number in range(len(used) + 1) if number not in used)
        rank = max((one.rank for one in self.now.segments), default=-1) + 1
        added = SegmentSpec(name, palette, rule=rule, rank=rank)
        return self._with((*self.now.segments[:-1], added, self.now.segments[-1]))

    def without(self, name: str) -> "Draft":
        """Take a segment away; its customers go to the next rule that matches."""
        return self._with(tuple(one for one in self.now.segments if one.name != name))

    def with_option(self, key: str, value: object) -> "Draft":
        """Set an option of the method; None takes it away."""
        options = {name: one for name, one in self.now.definition.options.items() if name != key}
        if value is not None:
            options[key] = value
        definition = replace(self.now.definition, options=options)
        return Draft(self.saved, replace(self.now, definition=definition))

    def reverted(self) -> "Draft":
        """Go back to what was saved."""
        return Draft.of(self.saved)

    def name_problem(self, name: str) -> str:
        """What is wrong with the name of a new segment; empty where nothing is."""
        if not name.strip():
            return "Enter a name."
        taken = {one.name.casefold() for one in self.now.segments} | {PROSPECTS.casefold()}
        return (
            f"There is a segment called {name.strip()} already." if name.strip().casefold() in taken else ""
        )

    def _with(self, segments: tuple[SegmentSpec, ...]) -> "Draft":
        return Draft(self.saved, self.now.with_segments(segments))


def symbol_of(segment: SegmentSpec) -> int:
    """The place of a segment's colour and shape; past the eighth they are hollow."""
    return segment.palette % (2 * PALETTE_SIZE)


def _comparable(scheme: Scheme) -> object:
    segments = tuple(
        (one.name, one.palette, one.rank, one.description, normal(one.rule)) for one in scheme.segments
    )
    return (scheme.name, scheme.method, segments, tuple(sorted(scheme.definition.options.items(), key=str)))


def normal(rule: Rule | None) -> object:
    """A rule with its numbers written one way, for comparing."""
    if rule is None:
        return None
    if isinstance(rule, Group):
        return (rule.quantifier, *(normal(member) for member in rule.members))
    return Condition(rule.field, rule.comparison, tuple(_number(text) for text in rule.wanted), rule.times)


def _number(text: str) -> str:
    try:
        return f"{Decimal(text).normalize():f}"
    except InvalidOperation:
        return text.strip()
