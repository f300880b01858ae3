"""Close a month: freeze who belongs where and what customers brought; reopen it; follow movement."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np

from core.errors import ClosedPeriod, NotFound, UsageError
from core.period import Period, month_of, parse_period
from core.progress import SILENT, Progress
from core.segments.field import Field
from core.segments.membership import Membership
from core.segments.method import PROSPECTS, SegmentSpec
from core.segments.movement import Movement, Standing, movement_between, standing_of
from core.segments.rule_match import figures_of
from core.segments.scheme import definition_to_json
from core.store import closes as store
from core.store import events
from core.store.book import Book
from core.store.digest import DATA_TABLES, business_digest
from core.store.pools import read_pools
from core.store.settings import read_settings
from core.unit import Unit
from core.usecases.segments import Figures, find_scheme, membership_of, memberships_of


@dataclass(frozen=True)
class Close:
    """A closed month. `period` is what the frozen figures add up."""

    month: Period
    closed_at: str
    author: str
    data_digest: str
    period: Period
    settings: Mapping[str, Any]


def list_closes(book: Book) -> list[Close]:
    """Return the closed months, the earliest first."""
    return [_close_of(row) for row in store.read_closes(book.connection)]


def last_close_before(book: Book, day: date) -> Close | None:
    """Return the latest closed month that ends before a day."""
    return next((close for close in reversed(list_closes(book)) if close.month.end < day), None)


def _close_of(row: store.CloseRow) -> Close:
    settings = json.loads(row.settings)
    month, period = parse_period(row.month), parse_period(settings["period"])
    return Close(month, row.closed_at, row.author, row.data_digest, period, settings)


# ------------------------------------------------------------------------------------------------- close


def close_month(
    book: Book,
    month: Period,
    figures: Figures,
    *,
    author: str,
    reason: str = "",
    today: date | None = None,
    at: str | None = None,
    progress: Progress = SILENT,
) -> Close:
    """Freeze memberships of every scheme, figures of every customer, and the settings they came from.

    `figures` must be as of the last day of the month. A reason is needed to leave out months since the last
    close, and to close a month that is not over on `today`. Raises ClosedPeriod, UsageError.
    """
    _require_closable(book, month, figures, today=today, reason=reason.strip())
    if not author.strip():
        raise UsageError("A month is closed with the name of who closes it.")
    moment = at or events.now()
    memberships = memberships_of(book, figures)
    with book.transaction() as connection:
        digest = business_digest(connection, DATA_TABLES)
        settings = _settings(book, figures, memberships, reason.strip())
        close_id = store.write_close(
            connection,
            month.key,
            closed_at=moment,
            author=author.strip(),
            settings=settings,
            data_digest=digest,
        )
        members = _members(memberships, progress)
        store.write_frozen(connection, close_id, members, _figures(figures, memberships))
        detail = {"month": month.key, "data_digest": digest, "reason": reason.strip()}
        events.append(connection, "month closed", detail, actor=author.strip(), at=moment)
    return next(close for close in list_closes(book) if close.month == month)


def _require_closable(
    book: Book, month: Period, figures: Figures, *, today: date | None, reason: str
) -> None:
    if month != month_of(month.start):
        raise UsageError(f"{month.label} is not one calendar month; closing goes month by month.")
    if figures.facts.as_of != month.end:
        raise UsageError(f"To close {month.label}, figures as of {month.end} are needed.")
    closed = [close.month for close in list_closes(book)]
    if month in closed:
        raise ClosedPeriod(f"{month.label} is closed already; reopen it to close it again.")
    if closed and month < closed[-1]:
        raise ClosedPeriod(f"Months are closed in order, and {closed[-1].label} is closed; reopen it first.")
    if reason:
        return
    if closed and closed[-1].shift(1) != month:
        raise UsageError(
            f"{closed[-1].label} was closed last; closing {month.label} leaves months out. Give a reason."
        )
    if today and today <= month.end:
        raise UsageError(f"{month.label} is not over yet. Give a reason to close it now.")


def _settings(book: Book, figures: Figures, memberships: list[Membership], reason: str) -> str:
    pools = [
        {"name": pool.name, "driver": pool.driver, "accounts": list(pool.accounts)}
        for pool in read_pools(book.connection)
    ]
    kept = {
        "period": figures.facts.period.key,
        "as_of": figures.facts.as_of.isoformat(),
        "reason": reason,
        "settings": read_settings(book.connection),
        "pools": pools,
        "schemes": [_scheme(membership) for membership in memberships],
    }
    return json.dumps(kept, ensure_ascii=False, sort_keys=True)


def _scheme(membership: Membership) -> dict[str, object]:
    scheme = membership.scheme
    return {
        "key": scheme.key,
        "name": scheme.name,
        "method": scheme.method,
        "version": scheme.version,
        "definition": definition_to_json(scheme.definition),
        "segments": [
            {"name": one.name, "palette": one.palette, "rank": one.rank, "description": one.description}
            for one in membership.segments
            if one.name != PROSPECTS
        ],
    }


def _members(memberships: list[Membership], progress: Progress) -> Iterator[store.FrozenMember]:
    for done, membership in enumerate(memberships):
        progress.step(f"Freezing {membership.scheme.name}")
        progress.advance(done, len(memberships))
        key = membership.scheme.key
        for row in np.flatnonzero(membership.judged()).tolist():
            yield store.FrozenMember(
                key,
                int(membership.customer_ids[row]),
                membership.segment_of(row).name,
                membership.origin(row),
                membership.why_line(row),
            )


def _figures(figures: Figures, memberships: list[Membership]) -> Iterator[store.FrozenFigure]:
    """Yield what customers brought: those who belong somewhere, and those with any amount."""
    belongs = [one.judged() for one in memberships]
    for row, figure in enumerate(_all_figures(figures)):
        if any(figure[1:]) or any(judged[row] for judged in belongs):
            yield figure


def _all_figures(figures: Figures) -> Iterator[store.FrozenFigure]:
    ids = figures.facts.customers["customer_id"].tolist()
    revenue, contribution = (_minor(figures, key) for key in ("net_revenue", "contribution"))
    for customer, net, left in zip(ids, revenue, contribution, strict=True):
        yield store.FrozenFigure(customer, net or 0, left)


def _minor(figures: Figures, key: str) -> list[int | None]:
    numbers, known = figures_of(figures.metrics[key], Field(key, key, Unit.MONEY))
    return [int(number) if there else None for number, there in zip(numbers.tolist(), known, strict=True)]


# ------------------------------------------------------------------------------------ reopen and look back


def reopen_month(book: Book, month: Period, *, author: str, reason: str) -> None:
    """Take back the latest close. Raises NotFound, ClosedPeriod for an earlier one, UsageError."""
    row = _row_of(book, month)
    latest = store.read_closes(book.connection)[-1]
    if row.id != latest.id:
        label = parse_period(latest.month).label
        raise ClosedPeriod(f"Only the latest closed month can be reopened, which is {label}.")
    if not reason.strip():
        raise UsageError("A month is reopened with a reason.")
    with book.transaction() as connection:
        store.delete_close(connection, row.id)
        detail = {"month": row.month, "reason": reason.strip(), "data_digest": row.data_digest}
        events.append(connection, "month reopened", detail, actor=author.strip())


def memberships_at(book: Book, month: Period) -> dict[str, Standing]:
    """Return where customers belonged when a month was closed, by scheme. Raises NotFound."""
    row = _row_of(book, month)
    money = {
        figure.customer_id: figure.net_revenue_minor
        for figure in store.read_frozen_figures(book.connection, row.id)
    }
    found = {}
    for scheme in json.loads(row.settings)["schemes"]:
        frozen = store.read_frozen_members(book.connection, row.id, scheme["key"])
        members = {member.customer_id: member.segment for member in frozen}
        specs = tuple(_spec(one) for one in scheme["segments"])
        found[scheme["key"]] = Standing(month.end, specs, members, money)
    return found


def _spec(written: Mapping[str, Any]) -> SegmentSpec:
    return SegmentSpec(written["name"], written["palette"], written["description"], rank=written["rank"])


def standing_at(book: Book, scheme_key: str, month: Period) -> Standing:
    """Return where customers belonged in one scheme when a month was closed. Raises NotFound."""
    standings = memberships_at(book, month)
    if scheme_key not in standings:
        raise NotFound(f"The scheme '{scheme_key}' was not there when {month.label} was closed.")
    return standings[scheme_key]


def movement(book: Book, scheme_key: str, from_month: Period, to_month: Period) -> Movement:
    """Return who moved between two closed months. Raises NotFound, UsageError."""
    if to_month <= from_month:
        raise UsageError(f"Movement goes forward in time, not from {from_month.label} to {to_month.label}.")
    before, after = (standing_at(book, scheme_key, month) for month in (from_month, to_month))
    return movement_between(before, after)


def movement_to_now(book: Book, scheme_key: str, from_month: Period, figures: Figures) -> Movement:
    """Return who moved since a closed month, up to the day of the figures. Raises NotFound."""
    before = standing_at(book, scheme_key, from_month)
    now = membership_of(book, find_scheme(book, scheme_key), figures)
    return movement_between(before, standing_of(now, figures.metrics))


@dataclass(frozen=True)
class Restated:
    """A customer whose figures of a closed month are no longer what was frozen; minor units."""

    customer_id: int
    net_revenue_then: int
    net_revenue_now: int
    contribution_then: int | None
    contribution_now: int | None


def restatement(book: Book, month: Period, figures: Figures) -> list[Restated]:
    """Return what changed in a closed month since it was closed; `figures` are of its period and last day.

    Raises NotFound, UsageError.
    """
    row = _row_of(book, month)
    period = json.loads(row.settings)["period"]
    if figures.facts.period.key != period or figures.facts.as_of != month.end:
        raise UsageError(f"To compare with the close of {month.label}, figures of {period} are needed.")
    then = {one.customer_id: one for one in store.read_frozen_figures(book.connection, row.id)}
    now = {one.customer_id: one for one in _all_figures(figures)}
    found = []
    for customer in sorted({*then, *now}):
        old, new = (some.get(customer, store.FrozenFigure(customer, 0, None)) for some in (then, now))
        is_new = customer not in then and not any(new[1:])
        if old != new and not is_new:
            found.append(Restated(customer, old[1], new[1], old[2], new[2]))
    return found


def _row_of(book: Book, month: Period) -> store.CloseRow:
    rows = {row.month: row for row in store.read_closes(book.connection)}
    if month.key not in rows:
        raise NotFound(f"{month.label} is not closed.")
    return rows[month.key]
