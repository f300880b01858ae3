"""What is said about a row that cannot be taken."""


class RowError(Exception):
    """A row holds something that cannot become a record; becomes an Issue and a row to mend."""

    def __init__(self, field: str, message: str) -> None:
        """Take the column's field and the sentence for the user."""
        super().__init__(message)
        self.field = field
