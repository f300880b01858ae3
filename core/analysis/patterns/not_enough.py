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
        if self.need == 1:
            return f"Not enough history: there are no {self.what} yet."
        there = (
            "there is 1" if self.have == 1 else f"there are {self.have:,}" if self.have else "there are none"
        )
        return f"Not enough history: {self.need:,} {self.what} are needed, {there}."
