"""What a figure says instead of a number when there is too little to work it out from."""

from dataclasses import dataclass


@dataclass(frozen=True)
class NotEnough:
    """Too little history: how much there is, how much would be enough, and of what."""

    have: int
    need: int
    what: str  # in the plural: "full months"

    @property
    def text(self) -> str:
        """The sentence that stands where the figure would."""
        return f"Not enough history: {self.need:,} {self.what} are needed, there are {self.have:,}."
