"""The groups of a report: which heading opens them, which total row closes them, which holds which."""

import math
from collections import defaultdict
from dataclasses import dataclass
from enum import Enum, auto

from importers.grouped_labels import GroupedLayout, plain

NEVER = math.inf


class RowKind(Enum):
    """What a row that is no detail row is."""

    HEADING = auto()
    TOTAL = auto()
    GRAND_TOTAL = auto()
    FOOTER = auto()
    REPEATED_HEADER = auto()
    STRAY = auto()


@dataclass
class Group:
    """One group of rows; it ends with the row `end`."""

    name: str
    start: int
    end: float = NEVER
    has_rows: bool = False  # details directly under its heading
    closed: bool = False


@dataclass(frozen=True)
class RowEvent:
    """A row that is no detail, with the index of the group that it opens or totals (-1: none)."""

    kind: RowKind
    text: str
    group: int = -1


class GroupTree:
    """Collects headings and totals in the order of the file; `finish` settles where each group ends."""

    def __init__(self, layout: GroupedLayout) -> None:
        self.layout = layout
        self.groups: list[Group] = []
        self.complete = False  # a grand total was seen
        self._open: list[int] = []
        self._open_by_name: dict[str, list[int]] = defaultdict(list)
        self._last_by_name: dict[str, int] = {}

    def read(self, row: int, text: str, *, alone: bool) -> RowEvent:
        """Say what a row without a date is, by the text of its first cell."""
        words = plain(text)
        if words == "total":
            self.complete = True
            return RowEvent(RowKind.GRAND_TOTAL, text)
        group = self._totalled(words)
        if group is not None:
            self._close(group, row)
            return RowEvent(RowKind.TOTAL, text, group)
        if not alone or not words:
            return RowEvent(RowKind.STRAY, text)
        if self.complete:
            return RowEvent(RowKind.FOOTER, text)
        return RowEvent(RowKind.HEADING, text, self._opened(row, text))

    def detail(self) -> None:
        """Note that the group opened last has rows of its own."""
        if self.groups:
            self.groups[-1].has_rows = True

    def finish(self) -> list[Group]:
        """Settle the ends of groups without a total row; return those that a total row should have closed."""
        unclosed = [group for group in self.groups if not group.closed]
        # In a file that was cut off, a heading that only holds other groups is still open at its end.
        still_open = set() if self.complete else {index for index in self._open if not self._has_rows(index)}
        for index, group in enumerate(self.groups):
            if not group.closed and index not in still_open and index + 1 < len(self.groups):
                group.end = self.groups[index + 1].start
        return unclosed

    def _has_rows(self, index: int) -> bool:
        return self.groups[index].has_rows

    def _opened(self, row: int, text: str) -> int:
        index = len(self.groups)
        self.groups.append(Group(" ".join(text.split()), row))
        self._open.append(index)
        name = plain(text)
        self._open_by_name[name].append(index)
        self._last_by_name[name] = index
        return index

    def _totalled(self, words: str) -> int | None:
        """Return the group that a total row names; it must exist: a customer may be called "Total Wine"."""
        for prefix in self.layout.total_words:
            if not words.startswith(prefix):
                continue
            name = words.removeprefix(prefix)
            if self._open_by_name.get(name):
                return self._open_by_name[name][-1]
            for ending in self.layout.nested_total_endings:
                # The parent's own total stood before its children; this one closes them all.
                if name.endswith(ending) and (name := name.removesuffix(ending)) in self._last_by_name:
                    return self._last_by_name[name]
        return None

    def _close(self, index: int, row: int) -> None:
        group = self.groups[index]
        group.end, group.closed = row, True
        while self._open and self._open[-1] >= index:
            inner = self._open.pop()
            self._open_by_name[plain(self.groups[inner].name)].remove(inner)


class GroupPath:
    """Walks down the file and knows the names of the groups that hold the present row."""

    def __init__(self, groups: list[Group]) -> None:
        self.names: tuple[str, ...] = ()
        self._groups = groups
        self._stack: list[Group] = []

    def pass_row(self, row: int, event: RowEvent) -> None:
        """Go past a heading or total row."""
        while self._stack and self._stack[-1].end <= row:
            self._stack.pop()
        if event.kind is RowKind.HEADING:
            self._stack.append(self._groups[event.group])
        self.names = tuple(group.name for group in self._stack)
