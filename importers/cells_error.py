"""What is said about a cell that cannot be read."""


class CellError(ValueError):
    """A cell holds something else than its column promises; becomes an Issue of its row."""

    def __init__(self, expected: str, found: str) -> None:
        """Take what belongs into the cell and what stands there."""
        self.field = ""  # which field of a record, where that is known
        self.expected = expected
        self.found = found
        super().__init__(f"expected {expected}, found {shown(found)}")


def shown(text: str) -> str:
    """Return a cell's text for a message: quoted, and cut where it is long."""
    if not text.strip():
        return "an empty cell"
    return f"'{text}'" if len(text) <= 40 else f"'{text[:37]}...'"
