"""The month's report of a book as a value, ready for paper, workbook and screen."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from babel.numbers import get_currency_name

from core.analysis.allocation import allocate_pools
from core.analysis.facts import Facts, default_period
from core.analysis.orders import order_counts
from core.analysis.patterns.monthly import bought_again
from core.analysis.profit_ladder import ladder_with
from core.analysis.tie_out import accepted_differences, tie_out
from core.analysis.tie_out_result import TieOut
from core.errors import NotFound, UserError
from core.period import Period
from core.progress import SILENT, Progress
from core.segments.movement import Movement
from core.segments.totals import grand_total, segment_totals
from core.store.book import Book
from core.usecases.close_month import last_close_before, list_closes, movement_to_now, restatement
from core.usecases.commentary import commentaries_of
from core.usecases.cost_pools import list_pools
from core.usecases.figures import Figures, load_figures, report_period
from core.usecases.import_files import list_imports
from core.usecases.issue_report import data_digest, fingerprint_of
from core.usecases.segments import find_scheme, membership_of
from core.usecases.tie_out import tie_out_book
from reports.checks import check_tables
from reports.content import Block, Branding, Heading, Paragraph, Report, Section, SegmentStyle
from reports.cover import cover_of
from reports.data_tables import data_tables
from reports.narrative import agreement
from reports.section import Context, YearBefore
from reports.section_shelf import all_sections
from reports.stale import StaleFigure, stale_figures


@dataclass(frozen=True)
class ReportOptions:
    """What the bookkeeper chooses for a report; the rest follows from the figures."""

    scheme: str = "behaviour"
    profile_segment: str = ""  # "" lets the figures choose
    sections: tuple[str, ...] = ()  # keys; none means all that the book does not leave out
    prepared_for: str = ""
    draft: bool = False
    firm_logo: bytes = b""
    client_logo: bytes = b""


@dataclass(frozen=True)
class Pack:
    """A report with what the window needs beside it."""

    report: Report
    stale: tuple[StaleFigure, ...]  # figures in the bookkeeper's words that no longer stand
    generated: dict[str, str]  # the paragraph of each section as the figures say it


def build_report(
    book: Book, month: Period, *, progress: Progress = SILENT, options: ReportOptions | None = None
) -> Report:
    """Build the report of a month: its last 12 months, as of its last day. The same book gives the same report."""
    return build_pack(book, month, progress=progress, options=options).report


def build_pack(
    book: Book, month: Period, *, progress: Progress = SILENT, options: ReportOptions | None = None
) -> Pack:
    """Build the report and say which figures in the bookkeeper's words no longer stand."""
    options = options or ReportOptions()
    context = context_of(book, month, progress=progress, options=options)
    progress.step("Writing the sections")
    return pack_of(context, options)


def pack_of(context: Context, options: ReportOptions) -> Pack:
    """Build the report from what was worked out already."""
    left_out = left_out_of(context.figures.settings)
    wanted = [
        spec
        for spec in all_sections()
        if (spec.key in options.sections if options.sections else spec.key not in left_out)
    ]
    sections, stale, generated = [], [], {}
    for spec in wanted:
        blocks = tuple(spec.build(context))
        generated[spec.key] = _lead_of(blocks)
        comment = context.comments.get(spec.key)
        if comment and comment.text:
            stale += list(stale_figures(spec.key, comment.text, blocks, context.numbers))
            blocks = tuple(_with_comment(blocks, comment.text))
        sections.append(Section(spec.key, spec.title(context), blocks))
    return Pack(_report(context, tuple(sections), options), tuple(stale), generated)


def left_out_of(settings: Mapping[str, str]) -> frozenset[str]:
    """The sections that this client's report does without, by key."""
    return frozenset(key for key in settings["left_out"].split(",") if key)


def _lead_of(blocks: tuple[Block, ...]) -> str:
    return next((block.text for block in blocks if isinstance(block, Paragraph) and block.lead), "")


def _with_comment(blocks: tuple[Block, ...], text: str) -> Iterator[Block]:
    """The bookkeeper's paragraphs in place of the generated one; below the heading where there is none."""
    parts = [Paragraph(part.strip(), lead=True) for part in text.split("\n\n") if part.strip()]
    has_lead = bool(_lead_of(blocks))
    for block in blocks:
        if isinstance(block, Paragraph) and block.lead:
            yield from parts
        elif isinstance(block, Heading) and block.level == 1 and not has_lead:
            yield block
            yield from parts
        else:
            yield block


def _report(context: Context, sections: tuple[Section, ...], options: ReportOptions) -> Report:
    figures = context.figures
    settings = figures.settings
    keys = {section.key for section in sections}
    comments = [comment for key, comment in context.comments.items() if key in keys]
    unreviewed = any(comment.text and not comment.reviewed for comment in comments)
    return Report(
        cover=cover_of(context, prepared_for=options.prepared_for, author=settings["author"]),
        sections=sections,
        branding=context.branding,
        currency=figures.currency,
        exponent=figures.exponent,
        currency_name=_currency_name(figures.currency),
        tie_out_line=agreement.line(
            context.tie_out, context.numbers, with_page=agreement.SECTION_KEY in keys
        ),
        period_key=context.period.key,
        created=context.facts.as_of,
        fingerprint=context.fingerprint,
        segments=tuple(SegmentStyle(one.segment.name, one.segment.palette) for one in context.totals),
        draft=options.draft or unreviewed,
        paper=settings["paper"],
        data=tuple(data_tables(context)),
        checks=tuple(check_tables(context)),
    )


def _currency_name(currency: str) -> str:
    name: str = get_currency_name(currency, count=2, locale="en")
    return name[:1].upper() + name[1:]


# ------------------------------------------------------------------------------------------------ context


def context_of(
    book: Book, month: Period, *, progress: Progress = SILENT, options: ReportOptions | None = None
) -> Context:
    """Work out everything that the sections ask. Raises NotFound for a scheme that does not exist."""
    options = options or ReportOptions()
    figures = load_figures(book, report_period(month), month.end, progress=progress)
    facts = figures.facts
    scheme = find_scheme(book, options.scheme)
    membership = membership_of(book, scheme, figures)
    totals = [total for total in segment_totals(membership, figures.metrics) if total.customers]
    progress.step("Comparing documents and ledger")
    before = _year_before(facts)
    return Context(
        month=month,
        figures=figures,
        before=before,
        again=bought_again(facts),
        tie_out=_tie_out(book, facts),
        membership=membership,
        totals=tuple(sorted(totals, key=lambda total: (total.segment.rank, total.segment.name))),
        grand=grand_total(membership, figures.metrics),
        movement=_movement(book, scheme.key, figures),
        active=order_counts(facts, facts.period) > 0,
        pools=tuple(list_pools(book)),
        imports=tuple(list_imports(book)),
        restated=_restated(book, month, figures),
        branding=_branding(figures.settings, options),
        fingerprint=fingerprint_of(data_digest(book)),
        comments=commentaries_of(book, month),
        chosen_segment=options.profile_segment,
    )


def _tie_out(book: Book, facts: Facts) -> TieOut:
    """The proof for the period; the facts at hand serve, unless later months can explain a difference."""
    _, last_day = default_period(book)
    if last_day <= facts.as_of:
        return tie_out(facts, accepted_differences(book))
    found, _ = tie_out_book(book, facts.period)
    return found


def _year_before(facts: Facts) -> YearBefore | None:
    """The same length before; None unless the book has documents from the first month of it on."""
    if facts.period.is_everything or not len(facts.documents):
        return None
    period = facts.period.before()
    first = facts.documents["day"].iloc[0].date()
    if first > next(period.months()).end:
        return None
    then = replace(facts, period=period)
    allocation = allocate_pools(then)
    return YearBefore(then, allocation, ladder_with(then, allocation), order_counts(facts, period) > 0)


def _movement(book: Book, scheme_key: str, figures: Figures) -> Movement | None:
    """Since the last close before the day of the figures; None without one that knows the scheme."""
    close = last_close_before(book, figures.facts.as_of)
    if close is None:
        return None
    try:
        return movement_to_now(book, scheme_key, close.month, figures)
    except NotFound:  # the scheme is younger than the close
        return None


def _restated(book: Book, month: Period, figures: Figures) -> int:
    """Customers whose figures of this month are no longer what was frozen when it was closed."""
    if month not in [close.month for close in list_closes(book)]:
        return 0
    try:
        return len(restatement(book, month, figures))
    except UserError:  # it was closed over another period: the two cannot be compared
        return 0


def _branding(settings: dict[str, str], options: ReportOptions) -> Branding:
    return Branding(
        settings["firm_name"],
        settings["client_name"],
        settings["accent"],
        options.firm_logo,
        options.client_logo,
    )
