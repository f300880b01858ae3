"""Colour and shape of the segments by score; those that share a colour are told apart by a hollow shape."""

from collections.abc import Iterable

from core.segments.method import PALETTE_SIZE
from core.segments.methods.rfm import segment_specs


def segment_marks(names: Iterable[str]) -> dict[str, int]:
    """The mark of every name: the eleven as on the Segments page, the second of a colour hollow."""
    marks: dict[str, int] = {}
    for spec in segment_specs(names):
        taken = spec.palette in marks.values()
        marks[spec.name] = spec.palette + PALETTE_SIZE if taken else spec.palette
    return marks
