"""How much a file may cost to read."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What the reading child may use before it is ended."""

    seconds: float = 300.0
    memory_bytes: int = 2 << 30
    unpacked_bytes: int = 1 << 30
    cells: int = 30_000_000  # of one sheet, empty ones between the filled included
