"""Who changed segment, in words."""

from core.segments.movement import Movement
from reports.narrative import findings
from reports.narrative.words import capital, count, listed, long_day

NO_CLOSE = "No earlier close to compare with"


def headline(movement: Movement | None) -> str:
    """How many changed segment, and the moves that matter most."""
    if movement is None:
        return NO_CLOSE
    changed = movement.moved_up + movement.moved_down
    sentence = f"{capital(count(changed, 'customer'))} changed segment since {long_day(movement.before)}"
    parts = []
    slipped = arrivals(movement, findings.AT_RISK)
    if slipped:
        parts.append(f"{slipped:,} slipped to {findings.AT_RISK}")
    best = movement.segments[0].name if movement.segments else ""
    rose = arrivals(movement, best)
    if rose:
        parts.append(f"{rose:,} rose to {best}")
    return f"{sentence}; {listed(parts)}" if parts else sentence


def lead(movement: Movement | None, name: str) -> str:
    """How the table is read."""
    if movement is None:
        return (
            "Closing a month freezes where every customer belongs. From the second month on, this page shows who "
            "moved from where to where."
        )
    joined = (
        f"{count(movement.joined, 'customer')} placed a first order" if movement.joined else "Nobody joined"
    )
    return (
        f"{name}: opening count, plus first orders and arrivals, less departures, equals closing count. "
        f"{capital(joined)}, {movement.moved_up:,} moved up, {movement.moved_down:,} moved down and "
        f"{movement.stayed:,} stayed."
    )


def arrivals(movement: Movement, segment: str) -> int:
    """Customers who came to a segment from another one."""
    return sum(
        len(ids)
        for (start, end), ids in movement.cells.items()
        if end == segment and start not in {"", segment}
    )


def departures(movement: Movement, segment: str) -> int:
    """Customers who left a segment for another one."""
    return sum(
        len(ids)
        for (start, end), ids in movement.cells.items()
        if start == segment and end not in {"", segment}
    )
