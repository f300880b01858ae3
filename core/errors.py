"""Errors that a user can mend, each with its message."""


class UserError(Exception):
    """Something the user asked for cannot be done."""

    exit_code = 3

    def __init__(self, detail: str = "") -> None:
        """Take what happened and what to do; without it the class's own sentence is the message."""
        super().__init__(detail or (type(self).__doc__ or "").strip())


class UsageError(UserError):
    """The command or option was not understood."""

    exit_code = 2


class BookError(UserError):
    """The book cannot be used."""


class NotABook(BookError):
    """This file is not a Quintile book."""


class NewerBook(BookError):
    """This book was written by a newer Quintile; update the program to open it."""


class BookInUse(BookError):
    """Another window is writing to this book; close it there, or open the book read-only."""


class BookDamaged(BookError):
    """The book's contents no longer match what was written; restore a backup."""


class UnreadableScores(BookError):
    """How this book scores its customers cannot be read."""


class UnreadableFile(UserError):
    """The file cannot be read."""


class UnknownFormat(UserError):
    """No importer recognises this file; map its columns instead."""


class ClosedPeriod(UserError):
    """The period is closed; reopen it first."""


class NotFound(UserError):
    """There is no such thing in this book."""


class CannotWrite(UserError):
    """The file could not be written; what stood there before is unchanged."""
