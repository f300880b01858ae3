"""Which months are closed."""

import sqlite3


def closed_months(connection: sqlite3.Connection) -> set[str]:
    """Return the closed months as 2026-10."""
    return {month for (month,) in connection.execute("SELECT month FROM closes")}
