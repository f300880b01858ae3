"""Commands for segments: segments, assign, close, reopen, movement."""

from datetime import datetime
from pathlib import Path

import click

from core.errors import NotFound
from core.period import Period, parse_day, parse_period
from core.segments.membership import Membership
from core.segments.scheme import Scheme
from core.segments.totals import SegmentTotal, segment_totals
from core.store.book import Book
from core.store.events import user_name
from core.usecases.close_month import close_month, list_closes, movement, movement_to_now, reopen_month
from core.usecases.figures import Figures, load_figures, report_period
from core.usecases.segments import (
    find_scheme,
    list_schemes,
    membership_of,
    override_customer,
    remove_override,
)
from ui.cli_books import BOOK, JSON, opened
from ui.cli_figures import AS_OF, PERIOD, asked
from ui.cli_output import PROGRESS, money, print_json, print_table
from ui.cli_tied import say_if_not_tied

SCHEME = click.option("--scheme", "scheme_key", help="Key of the scheme; by default the first.")
AUTHOR = click.option("--author", default="", help="Who does this; by default who is signed in.")


def _scheme(book: Book, scheme_key: str | None) -> Scheme:
    return find_scheme(book, scheme_key) if scheme_key else list_schemes(book)[0]


@click.command()
@BOOK
@SCHEME
@PERIOD
@AS_OF
@click.option("--propose", is_flag=True, help="Propose segments: groups of customers that buy alike.")
@click.option("--save", "new_name", metavar="NAME", help="Keep what is proposed as a scheme of this name.")
@JSON
def segments(
    book: Path,
    scheme_key: str | None,
    period_text: str | None,
    as_of_text: str | None,
    *,
    propose: bool,
    new_name: str | None,
    as_json: bool,
) -> None:
    """Which segment every customer of BOOK is in, and why; or --propose new ones."""
    period, as_of = asked(period_text, as_of_text)
    if propose and scheme_key:
        message = "--scheme shows one that is there, --propose finds a new one; give one of them."
        raise click.UsageError(message)
    if propose:
        from ui.cli_segments_proposal import propose_in

        propose_in(book, period, as_of, new_name=new_name, as_json=as_json)
        return
    if new_name is not None:
        message = "--save NAME keeps what --propose finds; give both."
        raise click.UsageError(message)
    with opened(book, read_only=True) as found:
        figures = load_figures(found, period, as_of, progress=PROGRESS)
        membership = membership_of(found, _scheme(found, scheme_key), figures)
        totals = segment_totals(membership, figures.metrics)
    if as_json:
        print_json(segments_json(membership, totals, figures))
        return
    exponent = figures.exponent
    rows = [
        (one.segment.name, one.customers, money(one.net_revenue, exponent), money(one.contribution, exponent))
        for one in totals
    ]
    print_table(("Segment", "Customers", "Net revenue", "Contribution"), rows, right=(1, 2, 3))


def segments_json(membership: Membership, totals: list[SegmentTotal], figures: Figures) -> dict[str, object]:
    """Return a scheme's segments and members as other tools read them."""
    exponent = figures.exponent
    names = figures.facts.customers["name"].tolist()
    return {
        "scheme": membership.scheme.key,
        "as_of": membership.as_of.isoformat(),
        "period": figures.facts.period.key,
        "version": membership.scheme.version,
        "segments": [
            {
                "name": one.segment.name,
                "customers": one.customers,
                "net_revenue": money(one.net_revenue, exponent),
                "contribution": money(one.contribution, exponent),
            }
            for one in totals
        ],
        "members": [
            {
                "customer": name,
                "segment": membership.segment_of(row).name,
                "origin": membership.origin(row),
                "why": membership.why_line(row),
            }
            for row, name in enumerate(names)
        ],
    }


@click.command()
@BOOK
@click.argument("customer")
@click.argument("segment", required=False)
@SCHEME
@click.option("--reason", default="", help="Why the rules do not decide here.")
@click.option("--until", "until_text", help="Day from which the rules decide again.")
@click.option("--remove", is_flag=True, help="Let the rules decide again now.")
@AUTHOR
@JSON
def assign(
    book: Path,
    customer: str,
    segment: str | None,
    scheme_key: str | None,
    *,
    reason: str,
    until_text: str | None,
    remove: bool,
    author: str,
    as_json: bool,
) -> None:
    """Put a CUSTOMER of BOOK (name or key) into SEGMENT by hand, with a reason."""
    if bool(segment) == remove:
        message = "name a SEGMENT, or --remove to let the rules decide"
        raise click.UsageError(message)
    with opened(book) as found:
        scheme = _scheme(found, scheme_key)
        number = find_customer(found, customer)
        if segment:
            expires = parse_day(until_text) if until_text else None
            who = author or user_name()
            override_customer(found, scheme.key, number, segment, reason=reason, author=who, expires=expires)
        else:
            remove_override(found, scheme.key, number, author=author)
    if as_json:
        print_json({"customer": customer, "scheme": scheme.key, "segment": segment, "reason": reason or None})
    else:
        click.echo(f"{customer}: {segment or 'the rules decide again'} ({scheme.name}).")


def find_customer(book: Book, wanted: str) -> int:
    """Return a customer's id by name or key. Raises NotFound, also where two share the name."""
    from core.importing.matching import same_name
    from core.store.customers import customer_key_lists, customer_names

    found = {
        number
        for number, name in customer_names(book.connection).items()
        if same_name(name) == same_name(wanted)
    }
    found |= {number for number, keys in customer_key_lists(book.connection).items() if wanted in keys}
    if len(found) == 1:
        return found.pop()
    message = (
        f"Two customers are called '{wanted}'; name one by its key."
        if found
        else f"There is no customer '{wanted}'."
    )
    raise NotFound(message)


def _month(text: str) -> Period:
    month = parse_period(text)
    if month.month_count != 1 or not month.is_whole_months:
        message = f"'{text}' is not a month; write it as 2026-10."
        raise click.UsageError(message)
    return month


@click.command()
@BOOK
@click.argument("month", metavar="MONTH")
@click.option(
    "--reason", default="", help="Needed where months before were not closed, or the month is not over."
)
@AUTHOR
@JSON
def close(book: Path, month: str, *, reason: str, author: str, as_json: bool) -> None:
    """Close MONTH (2026-10) of BOOK: freeze memberships, figures and settings.

    The exit status is 0 for a month that is not tied to the ledger too; standard error says so.
    """
    period = _month(month)
    with opened(book) as found:
        figures = load_figures(found, report_period(period), period.end, progress=PROGRESS)
        done = close_month(
            found,
            period,
            figures,
            author=author or user_name(),
            reason=reason,
            today=datetime.now().astimezone().date(),
            progress=PROGRESS,
        )
        say_if_not_tied(found, period)
    if as_json:
        print_json(
            {
                "month": period.key,
                "closed_at": done.closed_at,
                "author": done.author,
                "digest": done.data_digest,
            }
        )
    else:
        click.echo(f"Closed {period.label}.")


@click.command()
@BOOK
@click.argument("month", metavar="MONTH")
@click.option("--reason", required=True, help="Why it is opened again.")
@AUTHOR
@JSON
def reopen(book: Path, month: str, *, reason: str, author: str, as_json: bool) -> None:
    """Open the latest closed MONTH of BOOK again."""
    period = _month(month)
    with opened(book) as found:
        reopen_month(found, period, author=author or user_name(), reason=reason)
    if as_json:
        print_json({"month": period.key, "status": "open"})
    else:
        click.echo(f"{period.label} is open again.")


@click.command("movement")
@BOOK
@click.option("--from", "from_text", help="A closed month; by default the last but one.")
@click.option("--to", "to_text", help="A later closed month, or 'now'; by default the last.")
@SCHEME
@JSON
def movement_(
    book: Path, from_text: str | None, to_text: str | None, scheme_key: str | None, *, as_json: bool
) -> None:
    """Who moved between two closed months of BOOK."""
    with opened(book, read_only=True) as found:
        closes = [one.month for one in list_closes(found)]
        if len(closes) < 1 or (len(closes) < 2 and to_text != "now"):
            message = "Movement needs two closed months; close them first, or ask for --to now."
            raise NotFound(message)
        key = scheme_key or list_schemes(found)[0].key
        if to_text == "now":
            figures = load_figures(found, progress=PROGRESS)
            moved = movement_to_now(found, key, _month(from_text) if from_text else closes[-1], figures)
        else:
            start = _month(from_text) if from_text else closes[-2]
            moved = movement(found, key, start, _month(to_text) if to_text else closes[-1])
    names = [segment.name for segment in moved.segments]
    if as_json:
        print_json(
            {
                "scheme": key,
                "sentence": moved.sentence,
                "joined": moved.joined,
                "left": moved.left,
                "segments": [
                    {
                        "name": name,
                        "opening": moved.opening(name),
                        "closing": moved.closing(name),
                        "to": {
                            other: moved.customers(name, other)
                            for other in names
                            if moved.customers(name, other)
                        },
                    }
                    for name in names
                ],
            }
        )
        return
    click.echo(moved.sentence)
    rows = [
        (name, *(moved.customers(name, other) or "·" for other in names), moved.opening(name))
        for name in names
    ]
    print_table(("From \\ to", *names, "Opening"), rows, right=range(1, len(names) + 2))
