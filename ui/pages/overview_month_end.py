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
    tooltip: str = ""


def month_end_steps(loaded: Loaded) -> list[Step]:
    """The steps of the period's last month in their order."""
    return [_importing(loaded), _tying_out(loaded), _closing(loaded), _reporting(loaded)]


def _importing(loaded: Loaded) -> Step:
    from core.analysis.facts import span
    from ui.shell_status import sales_words

    facts, month = loaded.figures.facts, loaded.month
    part, words = span(facts, month), sales_words(loaded, month)
    title = f"Import {_name(loaded)} files"
    if words.startswith("0 "):
        return Step(title, f"No invoices in {month.label}", "waiting", "imports")
    if part.postings.stop == part.postings.start:
        return Step(title, f"{words}, no ledger", "review", "imports")
    day = _day(loaded.imports[0].imported_at)
    short = words.replace("invoices and receipts", "sales")  # the smallest window has room for one word
    note = f"{short}, {day}"
    return Step(title, note, "done", "imports", f"{words} in {month.label}; last import {day}")


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
    from ui.pages.overview_changes import changed_explained, changed_words

    moved, why = changed_words(loaded), changed_explained(loaded)
    title = f"Close {_name(loaded)}"
    if closed is None:
        return Step(title, f"{moved}, not closed" if moved else "Not closed yet", "waiting", "segments", why)
    if import_is_newer(loaded):
        return Step(title, "Import newer than the close", "review", "segments")
    return Step(title, moved or f"Closed {_day(closed.closed_at)}", "done", "segments", why)


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
