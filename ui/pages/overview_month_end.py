"""The month-end checklist: how far the month has got."""

from dataclasses import dataclass
from typing import Literal

from ui.loading import Loaded

StepState = Literal["done", "review", "waiting"]


@dataclass(frozen=True)
class Step:
    """One step of the month, where it stands, and the page that it is done on."""

    title: str
    note: str
    state: StepState
    page: str


def month_end_steps(loaded: Loaded) -> list[Step]:
    """The steps of the period's last month in their order."""
    return [_importing(loaded), _tying_out(loaded), _closing(loaded), _reporting(loaded)]


def _importing(loaded: Loaded) -> Step:
    from core.analysis.facts import ORDER_KINDS, is_kind, span

    facts, month = loaded.figures.facts, loaded.month
    part = span(facts, month)
    count = int(is_kind(facts.documents, ORDER_KINDS)[part.documents].sum())
    title = f"Import {_name(loaded)} files"
    if not count:
        return Step(title, f"No invoices in {month.label}", "waiting", "imports")
    words = f"{count:,} {'invoice' if count == 1 else 'invoices'}"
    if part.postings.stop == part.postings.start:
        return Step(title, f"{words}, no ledger", "review", "imports")
    return Step(title, f"{words}, {_day(loaded.imports[0].imported_at)}", "done", "imports")


def _tying_out(loaded: Loaded) -> Step:
    from core.analysis.tie_out_result import Result

    tie_out = loaded.tie_out
    title, page = "Tie out to the ledger", "reconciliation"
    if tie_out.tied is None:
        return Step(title, "No ledger imported", "waiting", page)
    review = sum(check.result is not Result.AGREES for check in tie_out.checks)
    if review:
        return Step(title, f"{review} of {len(tie_out.checks)} checks to review", "review", page)
    signed = ", signed off" if loaded.sign_off is not None else ""
    return Step(title, f"All {len(tie_out.checks)} checks agree{signed}", "done", page)


def _closing(loaded: Loaded) -> Step:
    closed = next((close for close in loaded.closes if close.month == loaded.month), None)
    moved = ""
    if loaded.movement is not None:
        count = loaded.movement.moved_up + loaded.movement.moved_down + loaded.movement.joined
        moved = f"{count:,} moves"
    title = f"Close {_name(loaded)}"
    if closed is None:
        return Step(title, f"{moved}, not closed" if moved else "Not closed yet", "waiting", "segments")
    if import_is_newer(loaded):
        return Step(title, "Import newer than the close", "review", "segments")
    return Step(title, moved or f"Closed {_day(closed.closed_at)}", "done", "segments")


def _reporting(loaded: Loaded) -> Step:
    title = "Export the client report"
    if not loaded.issued:
        return Step(title, "Not exported yet", "waiting", "reports")
    return Step(title, f"Exported {_day(loaded.issued[0].issued_at)}", "done", "reports")


def import_is_newer(loaded: Loaded) -> bool:
    """Whether something was imported after the period's last month was closed."""
    closed = next((close for close in loaded.closes if close.month == loaded.month), None)
    return closed is not None and bool(loaded.imports) and loaded.imports[0].imported_at > closed.closed_at


def _name(loaded: Loaded) -> str:
    return f"{loaded.month.start:%B}"


def _day(moment: str) -> str:
    from datetime import date

    day = date.fromisoformat(moment[:10])
    return f"{day.day} {day:%b}"
