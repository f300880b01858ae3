"""How long work tells what it is doing, and how it is asked to stop."""

from typing import Protocol


class Cancelled(Exception):
    """The user asked to stop; nothing was changed."""


class Progress(Protocol):
    """Told by long work, implemented by the window and the command line."""

    def step(self, message: str) -> None:
        """Say what is being worked out now. Raises Cancelled when the user asked to stop."""

    def advance(self, done: int, total: int | None = None) -> None:
        """Say how far it got. Raises Cancelled when the user asked to stop."""


class Silent:
    """Progress that nobody watches."""

    def step(self, message: str) -> None:
        """Do nothing."""

    def advance(self, done: int, total: int | None = None) -> None:
        """Do nothing."""


SILENT = Silent()
