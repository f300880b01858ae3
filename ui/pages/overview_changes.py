"""What changed since the last close: who moved where, and what it is worth."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ui.figure_texts import numbers_of
from ui.loading import Loaded

MOST = 5


@dataclass(frozen=True)
class ChangeLine:
    """One line of the list; `customers` are the ids that it is about."""

    segment: int | None  # place of the colour and shape
    title: str
    note: str
    customers: tuple[int, ...]

    @property
    def context(self) -> Mapping[str, Any]:
        """What the page Customers is asked to show."""
        return {"customer_ids": self.customers, "title": self.title}


def changes(loaded: Loaded) -> list[ChangeLine]:
    """The changes with the most money in them, those for the worse first; at most five."""
    lines = [*_moves(loaded), *_first_orders(loaded)][: MOST - 1]
    return [*lines, *_largest_loss(loaded)]


def changed_words(loaded: Loaded) -> str:
    """How many customers are in another segment than before, as the client's report counts them."""
    movement = loaded.movement
    return f"{movement.moved_up + movement.moved_down:,} changed segment" if movement is not None else ""


def changed_explained(loaded: Loaded) -> str:
    """Who is counted as changed, and who is not."""
    movement = loaded.movement
    if movement is None:
        return ""
    since = f"Since {loaded.moved_since.label} was closed: " if loaded.moved_since is not None else ""
    return (
        f"{since}{movement.moved_up:,} moved up and {movement.moved_down:,} moved down to another segment.\n"
        f"Not counted: {movement.joined:,} with a first order, {movement.left:,} who left, "
        f"{movement.stayed:,} who stayed."
    )


def _moves(loaded: Loaded) -> list[ChangeLine]:
    movement = loaded.movement
    if movement is None:
        return []
    numbers, found = numbers_of(loaded.figures), []
    worst_first = sorted(movement.segments, key=lambda segment: -segment.rank)
    for segment in worst_first:
        cells = [cell for cell in movement.cells if cell[1] == segment.name and cell[0] not in {"", cell[1]}]
        ids = tuple(sorted(number for cell in cells for number in movement.cells[cell]))
        if not ids:
            continue
        money = sum(movement.money_after[cell] for cell in cells)
        down = sum(len(movement.cells[cell]) for cell in cells if movement.direction(*cell) < 0)
        is_worse = down * 2 > len(ids)
        note = f"{'Down' if is_worse else 'Up'} with {numbers.money(money)} of revenue"
        title = f"{_customers(len(ids))} moved to {segment.name}"
        weight = abs(money) * (2 if is_worse else 1)
        found.append((weight, ChangeLine(segment.palette, title, note, ids)))
    return [line for _, line in sorted(found, key=lambda pair: -pair[0])][:3]


def _first_orders(loaded: Loaded) -> list[ChangeLine]:
    movement = loaded.movement
    if movement is None or not movement.joined:
        return []
    cells = [cell for cell in movement.cells if cell[0] == ""]
    ids = tuple(sorted(number for cell in cells for number in movement.cells[cell]))
    money = sum(movement.money_after[cell] for cell in cells)
    palette = next((one.palette for one in movement.segments if one.name == cells[0][1]), None)
    note = f"{numbers_of(loaded.figures).money(money)} so far"
    return [ChangeLine(palette, f"{_customers(len(ids))} placed a first order", note, ids)]


def _largest_loss(loaded: Loaded) -> list[ChangeLine]:
    from core.analysis.loss_reasons import loss_reasons

    contribution = loaded.figures.ladder.by_customer["contribution"].dropna()
    if not len(contribution) or int(contribution.min()) >= 0:
        return []
    row = int(contribution.index[int(contribution.to_numpy().argmin())])
    facts = loaded.figures.facts
    lost = numbers_of(loaded.figures).money(-int(contribution.min()))
    name = str(facts.customers["name"].iloc[row])
    segment = loaded.membership.segment_of(row).palette if loaded.membership is not None else None
    note = loss_reasons(loaded.figures.ladder, loaded.figures.allocation).text([row])
    return [
        ChangeLine(segment, f"{name} lost {lost}", note, (int(facts.customers["customer_id"].iloc[row]),))
    ]


def _customers(count: int) -> str:
    return "1 customer" if count == 1 else f"{count:,} customers"
