"""What the bookkeeper set for a client's book, and for the firm."""

import sqlite3

DEFAULTS = {
    "client_name": "",
    "currency": "USD",
    "year_start": "1",
    "firm_name": "",
    "accent": "#23395B",
    "paper": "A4",
    "merge_same_day": "yes",
    "rfm_bins": "5",
    "rfm_rule": "ties",  # or quantiles
    "rfm_table": "",  # JSON: the cells of the table of scores that have another name
    "abc_a_percent": "80",  # of revenue: where class A ends
    "abc_b_percent": "95",
    "lifetime_model": "bg_nbd",  # or pareto_nbd
    "lifetime_basis": "revenue",  # or gross_profit, contribution
    "lifetime_months": "12",  # how far lifetime value looks ahead
    "lifetime_rate": "0.1",  # what money a year later is worth less
    "author": "",
    "left_out": "",  # sections that the client's report does without, by key, between commas
}


def read_settings(connection: sqlite3.Connection) -> dict[str, str]:
    """Return every setting, with its default where none was made."""
    return DEFAULTS | dict(connection.execute("SELECT name, value FROM settings").fetchall())


def write_setting(connection: sqlite3.Connection, name: str, value: str) -> None:
    """Keep a setting."""
    connection.execute(
        "INSERT INTO settings (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        (name, value),
    )
