"""Customers and segments of the open book in the command palette."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ui.session import Session

if TYPE_CHECKING:
    from ui.dialogs.command_palette import PaletteEntry


def customer_entries(session: Session) -> Iterator["PaletteEntry"]:
    """One entry for each customer and each segment of the loaded figures."""
    from ui.dialogs.command_palette import PaletteEntry

    loaded = session.loaded
    if loaded is None or not session.actions.has("page.customers"):
        return
    customers, membership = loaded.figures.facts.customers, loaded.membership
    pairs = zip(customers["customer_id"].tolist(), customers["name"].tolist(), strict=True)
    for row, (number, name) in enumerate(pairs):
        context = {"customer_ids": (number,), "title": name}
        note = membership.segment_of(row).name if membership is not None else ""
        yield PaletteEntry(
            "Customers", name, partial(session.open_page, "customers", context), note=note, icon_name="user"
        )
    for segment in membership.segments if membership is not None else ():
        context = {"segment": segment.name}
        open_segment = partial(session.open_page, "customers", context)
        yield PaletteEntry("Segments", segment.name, open_segment, icon_name="circles-three")
