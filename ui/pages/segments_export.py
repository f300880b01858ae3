"""Every customer with segment and reason as a CSV file. No Qt."""

import csv
from pathlib import Path

from core.errors import CannotWrite
from core.segments.membership import Membership
from ui.pages.segments_data import SegmentsData

HEADER = ("Customer", "Segment", "Origin", "Why", "Net revenue", "Orders")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def export_members(data: SegmentsData, path: Path) -> int:
    """Write the file and return how many customers it holds. Raises CannotWrite."""
    from core.money import plain

    membership: Membership = data.membership
    metrics, exponent = data.figures.metrics, data.figures.exponent
    revenue, orders = metrics["net_revenue"], metrics["orders"]
    try:
        with path.open("w", newline="", encoding="utf-8-sig") as file:
            writer = csv.writer(file)
            writer.writerow(HEADER)
            for row, number in enumerate(membership.customer_ids.tolist()):
                name, segment = data.names[int(number)], membership.segment_of(row).name
                amount = "" if revenue.isna().iloc[row] else plain(int(revenue.iloc[row]), exponent)
                count = "" if orders.isna().iloc[row] else str(int(orders.iloc[row]))
                words = (name, segment, membership.origin(row), membership.why_line(row))
                writer.writerow((*(_text(word) for word in words), amount, count))
    except OSError as error:
        message = f"{path.name} could not be written: {error.strerror}. Choose another folder."
        raise CannotWrite(message) from error
    return len(membership)


def _text(word: str) -> str:
    """Text stays text: a spreadsheet would take these beginnings for a formula."""
    return f"'{word}" if word.startswith(_FORMULA) else word
