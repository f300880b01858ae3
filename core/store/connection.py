"""The connection to an open book, by the one name that the rest of the program may know."""

from sqlite3 import Connection

__all__ = ["Connection"]
