"""Short texts in two columns of about the same height."""

from collections.abc import Sequence

from reports.content import Columns, Definition, Definitions

_LINE = 52  # letters on a line of half a page


def in_two_columns(entries: Sequence[Definition]) -> Columns:
    """The first half left, the second half right, each text running on after its term."""
    heights = [1.4 + (len(entry.term) + len(entry.text)) // _LINE for entry in entries]
    splits = range(1, len(entries) + 1)
    at = min(splits, key=lambda split: max(sum(heights[:split]), sum(heights[split:])), default=0)
    halves = (tuple(entries[:at]), tuple(entries[at:]))
    return Columns(tuple((Definitions(half, columns=1),) for half in halves), (1.0, 1.0))
