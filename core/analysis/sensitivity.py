"""Who would change between profit and loss if a cost pool were shared out by another driver."""

from dataclasses import replace

from core.analysis.facts import Facts
from core.analysis.profit_ladder import profit_ladder


def with_drivers(facts: Facts, drivers: dict[str, str]) -> Facts:
    """Return the same facts with other drivers for some pools (by name), to see what would change."""
    pools = facts.pools.assign(
        driver=[drivers.get(n, d) for n, d in zip(facts.pools["name"], facts.pools["driver"], strict=True)]
    )
    return replace(facts, pools=pools)


def changes_of_sign(facts: Facts, drivers: dict[str, str]) -> list[int]:
    """Return the positions of customers whose contribution changes its sign under other drivers."""
    now = profit_ladder(facts).by_customer["contribution"]
    other = profit_ladder(with_drivers(facts, drivers)).by_customer["contribution"]
    changed = ((now < 0) != (other < 0)).fillna(value=False)
    return [int(position) for position in changed.to_numpy().nonzero()[0]]
