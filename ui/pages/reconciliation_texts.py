"""What the page Reconciliation says: checks, what explains a difference, the way from ledger to analysis."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from core.unit import Unit
from ui.figure_texts import numbers_of
from ui.loading import Loaded

if TYPE_CHECKING:
    from core.analysis.tie_out_result import Check
    from reports.numbers import Numbers

BRACKET_SPACE = "\u2004"  # about the width of a bracket: keeps the digits of positive figures in column
RESULTS = {"agrees": ("good", "Agrees"), "review": ("review", "Review"), "not tied": ("failed", "Not tied")}


@dataclass(frozen=True)
class BridgeLine:
    """One line of the way from the ledger to the figures by customer."""

    name: str
    amount_minor: int
    is_total: bool = False


def banner_words(loaded: Loaded) -> tuple[str, str]:
    """What the checks found, and what they looked at."""
    from core.analysis.tie_out_result import Result
    from core.period import day_label

    checks, numbers = loaded.tie_out.checks, numbers_of(loaded.figures)
    review = [check for check in checks if check.result is not Result.AGREES]
    if loaded.tie_out.tied is None:
        return loaded.tie_out.sentence, _without_ledger(checks)
    first = f"{len(checks) - len(review)} of {len(checks)} checks agree."
    if loaded.tie_out.difference_minor:
        amount = numbers.money(abs(loaded.tie_out.difference_minor), cents=True)
        first += f" A difference of {amount} needs a reason."
    elif review:
        first += " Every difference has a name; " + ("one is" if len(review) == 1 else f"{len(review)} are")
        first += " to review."
    period = loaded.figures.facts.period
    span = "All dates" if period.is_everything else f"{day_label(period.start)} to {day_label(period.end)}"
    read = f"ledger read {_moment(_ledger_read(loaded))}" if _ledger_read(loaded) else ""
    basis = f"{loaded.figures.facts.basis} basis" if loaded.figures.facts.basis else ""
    return first, " · ".join(part for part in (f"Period {span}", read, basis) if part)


def _without_ledger(checks: "Sequence[Check]") -> str:
    """What the checks that need no ledger found."""
    from core.analysis.tie_out_result import Result

    own = [check for check in checks if check.result is not Result.NOT_TIED]
    agree = sum(check.result is Result.AGREES for check in own)
    need = "check that needs none agrees" if len(own) == 1 else "checks that need none agree"
    return f"Income cannot be compared before a general ledger is imported. {agree} of {len(own)} {need}."


def _ledger_read(loaded: Loaded) -> str:
    return next((one.imported_at for one in loaded.imports if one.totals.get("postings")), "")


def _moment(at: str) -> str:
    from datetime import date

    from core.period import day_label

    return f"{day_label(date.fromisoformat(at[:10]))}, {at[11:16]}"


def sentence(loaded: Loaded) -> str:
    """The proof in one sentence."""
    tie_out, numbers = loaded.tie_out, numbers_of(loaded.figures)
    if tie_out.tied is None:
        return ""
    ledger = sum(month.ledger_minor for month in tie_out.months)
    analysed = sum(month.on_customers_minor for month in tie_out.months)
    whole, part = numbers.money(ledger), numbers.money(analysed)
    return f"Of {whole} income in the ledger, {part} is analysed by customer; the rest is named below."


def check_rows(
    loaded: Loaded, checks: "Sequence[Check]"
) -> tuple[dict[str, list[Any]], "list[Check | None]"]:
    """Rows for the table with a heading before each group, and the check of each row (None for headings)."""
    numbers = numbers_of(loaded.figures)
    rows: dict[str, list[Any]] = {
        key: [] for key in ("check", "ledger", "quintile", "difference", "result", "note")
    }
    owners: list[Check | None] = []
    group = ""
    for check in checks:
        if check.group != group:
            group = check.group
            for key, values in rows.items():
                values.append(group if key == "check" else None)
            owners.append(None)
        rows["check"].append(check.label)
        rows["ledger"].append(amount_text(numbers, check, check.ledger_minor))
        rows["quintile"].append(amount_text(numbers, check, check.quintile_minor))
        rows["difference"].append(amount_text(numbers, check, check.difference_minor))
        rows["result"].append(RESULTS[check.result.value])
        rows["note"].append(short_note(check))
        owners.append(check)
    return rows, owners


def short_note(check: "Check") -> str:
    """A note that fits a column; the card beside the table tells it whole."""
    pending = [item for item in check.items if not item.reason]
    if not pending:
        return check.note
    rows = "1 row" if len(pending) == 1 else f"{len(pending):,} rows"
    needy = sum(item.is_open for item in pending)
    if not needy:
        return f"{rows} explain{'s' if len(pending) == 1 else ''} it"
    return f"{needy:,} of {rows} unexplained"


def amount_text(numbers: "Numbers", check: "Check", amount: int | None) -> str:
    """An amount of a check with cents, or a count."""
    if amount is None:
        return ""
    text = numbers.write(amount, check.unit, cents=True)
    return text if text.startswith("(") else text + BRACKET_SPACE


def explanation(loaded: Loaded, check: "Check") -> str:
    """What stands behind the difference of a check, in words."""
    numbers = numbers_of(loaded.figures)
    if check.unit is not Unit.MONEY:
        return check.note or ("Nothing is missing." if not check.difference_minor else "See the note.")
    if not check.difference_minor and not check.items:
        return check.note or "Ledger and documents agree to the cent."
    kinds: dict[str, tuple[int, int]] = {}
    for item in check.items:
        count, amount = kinds.get(item.kind.value, (0, 0))
        kinds[item.kind.value] = (count + 1, amount + item.amount_minor)
    if not kinds:
        return check.note
    parts = [
        f"{count} {kind}: {numbers.money(amount, cents=True)}" for kind, (count, amount) in kinds.items()
    ]
    open_count = sum(item.is_open for item in check.items)
    tail = f" {open_count} of them need a reason." if open_count else " That explains the whole difference."
    return "; ".join(parts) + "." + tail


def bridge(loaded: Loaded) -> list[BridgeLine]:
    """From income in the ledger to revenue by customer; lines of nothing are left out."""
    from reports.tie_out_tables import bridge_lines

    lines = bridge_lines(loaded.tie_out)
    ends = (0, len(lines) - 1)
    return [BridgeLine(name, amount, is_total=at in ends) for at, (name, amount) in enumerate(lines)]
