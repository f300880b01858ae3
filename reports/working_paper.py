"""The reconciliation as a working paper: the checks, the way from ledger to analysis, every row, and who signed."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from babel.numbers import get_currency_name

from core.analysis.tie_out_result import Check, Result, TieOut
from core.period import Period, day_label
from core.progress import SILENT, Progress
from core.store.book import Book
from core.unit import Unit
from core.usecases.books import settings_of
from core.usecases.import_files import list_imports
from core.usecases.issue_report import data_digest, fingerprint_of
from core.usecases.sign_off import valid_sign_off
from core.usecases.tie_out import tie_out_book
from reports.content import (
    Block,
    Branding,
    Column,
    Cover,
    Heading,
    Paragraph,
    Report,
    Section,
    Table,
    TableRow,
    Value,
)
from reports.narrative import agreement
from reports.numbers import Numbers
from reports.tie_out_tables import accounts_table, bridge_table, items_table, months_table

TITLE = "Reconciliation working paper"
_WHAT_IT_IS = (
    "What the general ledger says, what the sales documents say, and every row that stands between them."
)
_RESULTS = {Result.AGREES: "Agrees", Result.REVIEW: "To review", Result.NOT_TIED: "Not tied"}


def build_working_paper(book: Book, period: Period | None = None, *, progress: Progress = SILENT) -> Report:
    """Build the paper of a period, by default the last 12 full months; the same book gives the same paper."""
    tie_out, exponent = tie_out_book(book, period, progress=progress)
    settings = settings_of(book)
    numbers = Numbers(settings["currency"], exponent)
    sections = [
        Section(agreement.SECTION_KEY, "Agreement with the ledger", tuple(_agreement(tie_out, numbers))),
        Section(
            "checks",
            "Checks, sign-off and sources",
            (*_checks(tie_out), *_sources(book, tie_out.period)),
        ),
    ]
    rows = items_table(tie_out, most=None)
    return Report(
        cover=_cover(settings, tie_out.period),
        sections=tuple(sections),
        branding=Branding(settings["firm_name"], settings["client_name"], settings["accent"]),
        currency=settings["currency"],
        exponent=exponent,
        currency_name=_named(settings["currency"]),
        tie_out_line=agreement.line(tie_out, numbers),
        period_key=tie_out.period.key,
        created=tie_out.period.end,
        fingerprint=fingerprint_of(data_digest(book)),
        paper=settings["paper"],
        data=() if rows is None else (rows,),  # the paper shows the largest, the workbook all
        checks=tuple(_two_sides(tie_out)),
    )


def _cover(settings: dict[str, str], period: Period) -> Cover:
    return Cover(
        title=TITLE,
        period_label=period.label,
        what_it_is=_WHAT_IT_IS,
        prepared_for=settings["client_name"],
        prepared_by="\n".join(
            text for text in (settings["author"], settings["firm_name"].partition("\n")[0]) if text
        ),
        date_and_basis=day_label(period.end),
    )


def _named(currency: str) -> str:
    name: str = get_currency_name(currency, count=2, locale="en")
    return name[:1].upper() + name[1:]


def _agreement(tie_out: TieOut, numbers: Numbers) -> Iterator[Block]:
    yield Heading(agreement.headline(tie_out, numbers), kicker=TITLE)
    yield Paragraph(agreement.lead(tie_out), lead=True)
    if tie_out.months:
        yield bridge_table(tie_out)
        yield months_table(tie_out)
    accounts = accounts_table(tie_out)
    if accounts.rows:
        yield accounts
    rows = items_table(tie_out)
    if rows is not None:
        yield rows


def _checks(tie_out: TieOut) -> Iterator[Block]:
    review = sum(check.result is not Result.AGREES for check in tie_out.checks)
    words = f"{len(tie_out.checks) - review} of {len(tie_out.checks)} checks agree"
    yield Heading(
        words if tie_out.checks else "There is nothing to check yet", kicker="Checks, sign-off and sources"
    )
    for unit, key, title in (
        (Unit.MONEY, "checks_money", "Amounts"),
        (Unit.COUNT, "checks_counts", "Counts"),
    ):
        found = [check for check in tie_out.checks if check.unit is unit]
        if found:
            yield _check_table(found, unit, key=key, title=title)


def _check_table(checks: list[Check], unit: Unit, *, key: str, title: str) -> Table:
    cents = unit is Unit.MONEY
    rows = tuple(
        TableRow(
            (
                check.label,
                check.ledger_minor,
                check.quintile_minor,
                check.difference_minor,
                _RESULTS[check.result],
                check.note,
            )
        )
        for check in checks
    )
    columns = (
        Column("Check", key="check", width=2.2),
        Column("Ledger" if cents else "Expected", unit, key="ledger", cents=cents),
        Column("Quintile" if cents else "Found", unit, key="quintile", cents=cents),
        Column("Difference", unit, key="difference", cents=cents),
        Column("Result", key="result"),
        Column("Note", key="note", width=2.2),
    )
    return Table(columns, rows, key=key, title=title)


def _sources(book: Book, period: Period) -> Iterator[Block]:
    month = period.last_month()
    signed = valid_sign_off(book, month)
    cells: tuple[Value, ...] = (month.label, "Not signed off, or something was imported since", None, "")
    if signed is not None:
        day = date.fromisoformat(signed.at[:10])
        cells = (month.label, signed.author, day, f"{signed.agreed} of {signed.checks} agreed")
    yield Table(
        columns=(
            Column("Month", key="month"),
            Column("Signed off by", key="by", width=3.0),
            Column("On", Unit.DATE, key="on"),
            Column("Checks", key="checks", width=1.6),
        ),
        rows=(TableRow(cells),),
        key="sign_off",
        title="Sign-off",
    )
    rows = tuple(
        TableRow((one.file_name, one.format, date.fromisoformat(one.imported_at[:10]), one.sha256[:16]))
        for one in list_imports(book)
        if one.undone_at is None
    )
    columns = (
        Column("File", key="file", width=3.0),
        Column("Format", key="format", width=1.4),
        Column("Read on", Unit.DATE, key="read"),
        Column("SHA-256 begins with", key="sha", width=1.6),
    )
    if rows:
        yield Table(columns, rows, key="sources", title="Sources")


def _two_sides(tie_out: TieOut) -> Iterator[Table]:
    """For the workbook's sheet of checks, where each difference is a formula of its sides."""
    if tie_out.months:
        yield replace(months_table(tie_out), key="checks_by_month")
        yield replace(accounts_table(tie_out), key="checks_by_account")
