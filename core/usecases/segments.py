"""Divide customers: schemes, rules with their preview, customers moved by hand."""

import json
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Protocol

import numpy as np
import pandas as pd

from core.analysis.facts import Facts
from core.analysis.metric_shelf import all_metrics
from core.errors import NotFound, UsageError
from core.money import exponent_of
from core.segments.actionable import Check, checks
from core.segments.field import Fields, fields_of
from core.segments.membership import Membership, Override, apply_scheme, covered, input_of
from core.segments.method import MethodInput
from core.segments.movement import Standing
from core.segments.ready_made import READY_MADE
from core.segments.rule_text import sentence, terms_of
from core.segments.scheme import Scheme, check_scheme, definition_from_json, definition_to_json
from core.segments.totals import SegmentTotal, grand_total, total_of
from core.store import events
from core.store import segments as store
from core.store.book import Book
from core.store.settings import read_settings


class Figures(Protocol):
    """The figures of a book for one period and day, as the use cases hand them around."""

    @property
    def facts(self) -> Facts:
        """What they were worked out from."""

    @property
    def metrics(self) -> pd.DataFrame:
        """One row a customer as in the facts, one column a metric."""


# ----------------------------------------------------------------------------------------------- schemes


def book_fields(attribute_names: Iterable[str] = ()) -> Fields:
    """Return what rules of a book can ask about."""
    return fields_of(all_metrics(), attribute_names)


def list_schemes(book: Book) -> list[Scheme]:
    """Return every scheme of a book in its order."""
    return [_scheme_of(row) for row in store.read_schemes(book.connection)]


def find_scheme(book: Book, key: str) -> Scheme:
    """Return a scheme by its key or name. Raises NotFound."""
    found = list_schemes(book)
    wanted = next((scheme for scheme in found if key in {scheme.key, scheme.name}), None)
    if wanted is None:
        there = ", ".join(scheme.key for scheme in found) or "none yet"
        raise NotFound(f"There is no scheme '{key}' in this book; there are: {there}.")
    return wanted


def ensure_ready_made(book: Book) -> list[Scheme]:
    """Add the ready-made schemes to a book that has none; return what was added."""
    if store.read_schemes(book.connection):
        return []
    added = [replace(scheme, version=1) for scheme in READY_MADE]
    with book.transaction() as connection:
        for scheme in added:
            store.write_scheme(connection, _row_of(scheme))
        events.append(connection, "schemes made", {"schemes": [scheme.key for scheme in added]})
    return added


def save_scheme(book: Book, scheme: Scheme, *, author: str = "") -> Scheme:
    """Keep a scheme as its next version; one without a change keeps its version.

    Raises SchemeMistake or RuleMistake for a scheme that cannot be used.
    """
    exponent = _exponent(book)
    check_scheme(scheme, book_fields(), exponent=exponent)
    before = {one.key: one for one in list_schemes(book)}
    earlier = before.get(scheme.key)
    if earlier and replace(scheme, version=earlier.version) == earlier:
        return earlier
    position = scheme.position if earlier else len(before)
    saved = replace(scheme, version=(earlier.version if earlier else 0) + 1, position=position)
    with book.transaction() as connection:
        store.write_scheme(connection, _row_of(saved))
        detail = {
            "scheme": saved.key,
            "version": saved.version,
            "definition": definition_to_json(saved.definition),
        }
        events.append(connection, "scheme saved", detail, actor=author)
    return saved


def remove_scheme(book: Book, key: str, *, author: str = "") -> None:
    """Forget a scheme; what closed months froze of it stays. Raises NotFound."""
    scheme = find_scheme(book, key)
    with book.transaction() as connection:
        store.delete_scheme(connection, scheme.key)
        events.append(connection, "scheme removed", {"scheme": scheme.key}, actor=author)


def _scheme_of(row: store.SchemeRow) -> Scheme:
    definition = definition_from_json(json.loads(row.definition))
    return Scheme(row.key, row.name, row.method, definition, row.version, row.position)


def _row_of(scheme: Scheme) -> store.SchemeRow:
    definition = json.dumps(definition_to_json(scheme.definition), ensure_ascii=False, sort_keys=True)
    return store.SchemeRow(
        scheme.key, scheme.name, scheme.method, definition, scheme.version, scheme.position
    )


def _exponent(book: Book) -> int:
    return exponent_of(read_settings(book.connection)["currency"])


# -------------------------------------------------------------------------------------------- membership


def input_for(figures: Figures) -> MethodInput:
    """Return the customers of a book with all that rules can ask about them."""
    names = [str(name) for name in figures.facts.attributes]
    return input_of(figures.facts, figures.metrics, book_fields(names))


def membership_of(book: Book, scheme: Scheme, figures: Figures) -> Membership:
    """Put every customer into one segment of a scheme, with those moved by hand."""
    overrides = list_overrides(book, scheme.key)
    return apply_scheme(scheme, input_for(figures), judged=covered(figures.facts), overrides=overrides)


def memberships_of(book: Book, figures: Figures) -> list[Membership]:
    """Put every customer into one segment of every scheme of the book."""
    given, judged, overrides = input_for(figures), covered(figures.facts), list_overrides(book)
    return [apply_scheme(one, given, judged=judged, overrides=overrides) for one in list_schemes(book)]


@dataclass(frozen=True)
class RulePreview:
    """What a rule that is being edited would do."""

    membership: Membership
    total: SegmentTotal  # of the members
    book: SegmentTotal  # of all customers
    matched: int  # by the rules, where the first match wins
    moved_in: int  # by hand
    moved_out: int
    checks: tuple[Check, ...]
    sentence: str
    seconds: float

    @property
    def line(self) -> str:
        """How the number of members comes about: '20 match the rule, 1 overridden, 19 in segment'."""
        moved = self.moved_in + self.moved_out
        overridden = f"{moved} overridden, " if moved else ""
        return f"{self.matched} match the rule, {overridden}{self.total.customers} in segment"


def preview_rule(
    book: Book, scheme: Scheme, segment: str, figures: Figures, *, last_close: Standing | None = None
) -> RulePreview:
    """Return what a scheme as edited does to one of its segments; nothing is saved.

    Raises SchemeMistake, RuleMistake, and NotFound for a segment that the scheme does not have.
    """
    started = time.perf_counter()
    given, judged = input_for(figures), covered(figures.facts)
    check_scheme(scheme, given.fields, exponent=given.exponent)
    membership = apply_scheme(scheme, given, judged=judged, overrides=list_overrides(book, scheme.key))
    code = next((i for i, spec in enumerate(membership.segments) if spec.name == segment), None)
    if code is None:
        raise NotFound(f"There is no segment '{segment}' in {scheme.name}.")
    members, ruled = membership.codes == code, membership.by_rule == code
    rule = membership.segments[code].rule
    found = checks(members, given, judged=judged, rule=rule, name=segment, last_close=last_close)
    return RulePreview(
        membership=membership,
        total=total_of(members, figures.metrics, name=segment),
        book=grand_total(membership, figures.metrics),
        matched=int(ruled.sum()),
        moved_in=int((members & ~ruled).sum()),
        moved_out=int((ruled & ~members).sum()),
        checks=tuple(found),
        sentence=sentence(rule, terms_of(given)) if scheme.method == "rules" else membership.note,
        seconds=time.perf_counter() - started,
    )


def field_range(given: MethodInput, key: str) -> str:
    """Return the span of a figure in this book: '0 to 722, median 12, known for 204 of 204'."""
    column = given.column(key)
    known = column.dropna()
    share = f"known for {len(known)} of {len(column)}"
    if given.field(key).is_number and len(known):
        low, middle, high = (float(np.quantile(known.to_numpy(np.float64), part)) for part in (0, 0.5, 1))
        return f"{low:g} to {high:g}, median {middle:g}, {share}"
    return share


# ----------------------------------------------------------------------------------------------- by hand


def list_overrides(book: Book, scheme_key: str | None = None) -> list[Override]:
    """Return who was moved by hand, the oldest first; expired ones too."""
    return [_override_of(row) for row in store.read_overrides(book.connection, scheme_key)]


def override_customer(
    book: Book,
    scheme_key: str,
    customer_id: int,
    segment: str,
    *,
    reason: str,
    author: str,
    expires: date | None = None,
    at: str | None = None,
) -> Override:
    """Move a customer by hand until a day, or until it is taken back. Raises NotFound, UsageError."""
    scheme = find_scheme(book, scheme_key)
    if not reason.strip() or not author.strip():
        raise UsageError("A customer is moved by hand with a reason and the name of who moves.")
    if not segment.strip() or (scheme.segments and segment not in {one.name for one in scheme.segments}):
        raise NotFound(f"There is no segment '{segment}' in {scheme.name}.")
    moment = at or events.now()
    if expires and expires.isoformat() <= moment[:10]:
        raise UsageError("The day from which the rules decide again lies in the past.")
    if not store.has_customer(book.connection, customer_id):
        raise NotFound(f"There is no customer {customer_id} in this book.")
    until = expires.isoformat() if expires else None
    row = store.OverrideRow(scheme.key, customer_id, segment, reason.strip(), author.strip(), moment, until)
    with book.transaction() as connection:
        store.write_override(connection, row)
        events.append(connection, "customer moved", row._asdict(), actor=author.strip(), at=moment)
    return _override_of(row)


def remove_override(book: Book, scheme_key: str, customer_id: int, *, author: str = "") -> None:
    """Let the rules decide again about a customer. Raises NotFound."""
    with book.transaction() as connection:
        if not store.delete_override(connection, scheme_key, customer_id):
            raise NotFound("This customer was not moved by hand in this scheme.")
        detail = {"scheme_key": scheme_key, "customer_id": customer_id}
        events.append(connection, "customer moved back", detail, actor=author)


def _override_of(row: store.OverrideRow) -> Override:
    expires = date.fromisoformat(row.expires) if row.expires else None
    return Override(
        row.scheme_key, row.customer_id, row.segment, row.reason, row.author, row.created, expires
    )
