"""Cost pools: which expense accounts are shared out to customers, and by what."""

import sqlite3
from dataclasses import dataclass

DRIVERS = ("revenue", "orders", "lines", "equal")


@dataclass(frozen=True)
class CostPool:
    """A pool with the codes of its accounts."""

    name: str
    driver: str
    accounts: tuple[str, ...]


def read_pools(connection: sqlite3.Connection) -> list[CostPool]:
    """Return the pools in their order."""
    pools = connection.execute("SELECT id, name, driver FROM cost_pools ORDER BY position, id").fetchall()
    query = """SELECT accounts.code FROM cost_pool_accounts JOIN accounts ON accounts.id = account_id
        WHERE pool_id = ? ORDER BY accounts.code"""
    return [
        CostPool(name, driver, tuple(code for (code,) in connection.execute(query, (number,))))
        for number, name, driver in pools
    ]


def write_pools(connection: sqlite3.Connection, pools: list[CostPool]) -> None:
    """Replace all pools by these."""
    connection.execute("DELETE FROM cost_pool_accounts")
    connection.execute("DELETE FROM cost_pools")
    for position, pool in enumerate(pools):
        connection.execute(
            "INSERT INTO cost_pools (id, name, driver, position) VALUES (?, ?, ?, ?)",
            (position + 1, pool.name, pool.driver, position),
        )
        connection.executemany(
            "INSERT INTO cost_pool_accounts (account_id, pool_id) SELECT id, ? FROM accounts WHERE code = ?",
            [(position + 1, code) for code in pool.accounts],
        )
