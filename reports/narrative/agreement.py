"""Whether the figures agree with the ledger, in words."""

from core.analysis.tie_out_result import Check, Result, TieOut
from reports.narrative.words import capital, count, long_month, span_words, verb
from reports.numbers import Numbers

SECTION_KEY = "tie_out"
NO_LEDGER = "Not tied: no ledger imported"


def line(tie_out: TieOut, numbers: Numbers, *, with_page: bool = True) -> str:
    """The line at the foot of every page; the PDF fills the page number in, where the section is there."""
    see = f", see page {{page:{SECTION_KEY}}}." if with_page else "."
    if tie_out.tied is None:
        return f"{NO_LEDGER}{see}"
    if tie_out.tied:
        return f"Income agrees with the general ledger{see}"
    return f"Not tied: {_open(tie_out, numbers)}{see}"


def _open(tie_out: TieOut, numbers: Numbers) -> str:
    amount = numbers.money(tie_out.difference_minor or 0, cents=True)
    if tie_out.difference_minor:
        return f"{amount} of income is not explained"
    return "differences that cancel each other are not explained"


def headline(tie_out: TieOut, numbers: Numbers) -> str:
    """Whether the months agree."""
    if tie_out.tied is None:
        return NO_LEDGER
    if not tie_out.months:
        return "The ledger has no month to compare with"
    agreed = sum(month.tied for month in tie_out.months)
    if tie_out.tied:
        named = sum(len(check.items) for check in tie_out.checks if check.key == "income")
        by = f"; {count(named, 'difference')} {verb(named, 'is')} named" if named else ""
        first = long_month(tie_out.months[0].month.start)
        many = len(tie_out.months)
        months = f"{first} agrees" if many == 1 else f"All {many} months agree"
        return f"{months} with the general ledger to the last cent{by}"
    return (
        f"{agreed} of {count(len(tie_out.months), 'month')} agree with the ledger: {_open(tie_out, numbers)}"
    )


def lead(tie_out: TieOut) -> str:
    """What is compared, and what was found to look at."""
    if tie_out.tied is None:
        return (
            "These figures come from sales documents alone. Nothing proves that they are complete, because no "
            "general ledger was imported."
        )
    text = (
        f"For {span_words(tie_out.period)}: income in the ledger = sales to customers + sales on no customer + "
        "items that have a name."
    )
    review = [check for check in tie_out.checks if check.result is not Result.AGREES]
    if not review:
        return f"{text} {capital(count(len(tie_out.checks), 'check'))} {verb(len(tie_out.checks), 'agrees')}."
    agree = len(tie_out.checks) - len(review)
    return f"{text} {agree:,} of {count(len(tie_out.checks), 'check')} agree; the others are named below."


def explained(check: Check) -> tuple[int, int] | None:
    """The part of a difference that has a name, and the part that nobody explained; None where one side is missing."""
    if check.difference_minor is None or check.ledger_minor is None or check.quintile_minor is None:
        return None
    if check.result is not Result.NOT_TIED:
        return check.difference_minor, 0
    unexplained = sum(item.amount_minor for item in check.items if item.is_open)
    return check.difference_minor - unexplained, unexplained
