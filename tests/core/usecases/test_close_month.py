"""Closing a month freezes it; movement between closes ties."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pandas as pd
import pytest

from core.analysis.facts import Facts
from core.analysis.metric_shelf import customer_metrics
from core.errors import ClosedPeriod, NotFound, UsageError
from core.period import parse_period
from core.segments.method import Definition, SegmentSpec
from core.segments.rule import Comparison, Condition
from core.segments.scheme import Scheme
from core.store import closes as store
from core.store import events
from core.usecases import close_month as use
from core.usecases.segments import override_customer, remove_scheme, save_scheme
from tests.core.builders import BookBuilder

SIZE = Scheme(
    "size",
    "Size",
    "rules",
    Definition(
        (
            SegmentSpec("Big", 0, rule=Condition("net_revenue", Comparison.AT_LEAST, ("100.00",)), rank=0),
            SegmentSpec("Small", 4, "All others.", rank=1),
        )
    ),
)
SEPTEMBER, OCTOBER, NOVEMBER = (parse_period(f"2026-{month}") for month in ("09", "10", "11"))


@dataclass(frozen=True)
class Worked:
    facts: Facts
    metrics: pd.DataFrame


@pytest.fixture
def books(tmp_path: Path) -> Iterator[BookBuilder]:
    """In September Anna is big and Bert small; in October Bert becomes big and Cleo joins."""
    builder = BookBuilder(tmp_path / "a.quintile")
    anna, bert, cleo = (builder.customer(name) for name in ("Anna", "Bert", "Cleo"))
    builder.document("2026-09-05", anna, (15000, 6000))
    builder.document("2026-09-06", bert, (2000, 900))
    builder.document("2026-10-07", bert, (9000, None))
    builder.document("2026-10-08", cleo, (300, 100))
    save_scheme(builder.book, SIZE)
    yield builder
    builder.book.close()


def worked(books: BookBuilder, as_of: str, period: str = "2026") -> Worked:
    facts = books.facts(period, as_of)
    return Worked(facts, customer_metrics(facts))


def close(books: BookBuilder, month: str = "2026-09", **more: object) -> use.Close:
    chosen = parse_period(month)
    figures = worked(books, str(chosen.end))
    return use.close_month(books.book, chosen, figures, author="DW", **more)  # type: ignore[arg-type]


def test_a_close_keeps_who_when_and_by_what(books: BookBuilder) -> None:
    account = books.account("6100", "expense")
    books.pool("Delivery", "orders", account)
    made = close(books, at="2026-10-03T08:00:00Z")
    assert use.list_closes(books.book) == [made]
    assert (made.month, made.author, made.closed_at) == (SEPTEMBER, "DW", "2026-10-03T08:00:00Z")
    assert made.period.key == "2026-01..2026-12"
    assert len(made.data_digest) == 64
    assert made.settings["pools"] == [{"name": "Delivery", "driver": "orders", "accounts": ["6100"]}]
    assert made.settings["settings"]["currency"] == "USD"
    assert [scheme["version"] for scheme in made.settings["schemes"]] == [1]
    assert events.events(books.book.connection)[0].action == "month closed"


def test_a_close_freezes_memberships_with_their_reasons(books: BookBuilder) -> None:
    override_customer(
        books.book, "size", 2, "Big", reason="Opens a shop", author="DW", at="2026-10-01T00:00:00Z"
    )
    close(books)
    frozen = store.read_frozen_members(books.book.connection, 1, "size")
    assert [(one.customer_id, one.segment, one.origin, one.why) for one in frozen] == [
        (1, "Big", "rule", "Net revenue is $150, at least $100"),
        (2, "Big", "manual", "Moved here by DW: Opens a shop; The rules say Small"),
    ]


def test_a_close_freezes_figures_and_unknown_stays_unknown(books: BookBuilder) -> None:
    close(books)
    figures = store.read_frozen_figures(books.book.connection, 1)
    # without a cost pool there is no contribution yet
    assert [tuple(one) for one in figures] == [(1, 15000, None), (2, 2000, None)]


def test_movement_between_two_closes(books: BookBuilder) -> None:
    close(books)
    close(books, "2026-10")
    found = use.movement(books.book, "size", SEPTEMBER, OCTOBER)
    assert found.cells == {("Big", "Big"): (1,), ("Small", "Big"): (2,), ("", "Small"): (3,)}
    assert found.sentence == "1 moved up, 0 moved down, 1 joined, 0 left, 1 stayed"
    assert (found.opening_money("Small"), found.closing_money("Big"), found.closing_money("Small")) == (
        2000,
        26000,
        300,
    )
    assert found.segments[1].description == "All others."


def test_movement_since_a_close_up_to_now(books: BookBuilder) -> None:
    close(books)
    found = use.movement_to_now(books.book, "size", SEPTEMBER, worked(books, "2026-10-31"))
    assert found.customers("Small", "Big") == 1
    assert found.joined == 1


def test_a_later_change_does_not_touch_what_was_frozen(books: BookBuilder) -> None:
    close(books)
    save_scheme(books.book, SIZE.with_segments((SegmentSpec("Everyone", 0),)))
    standing = use.standing_at(books.book, "size", SEPTEMBER)
    assert dict(standing.members) == {1: "Big", 2: "Small"}
    assert [segment.name for segment in standing.segments] == ["Big", "Small"]
    remove_scheme(books.book, "size")
    assert use.standing_at(books.book, "size", SEPTEMBER) == standing
    with pytest.raises(NotFound, match="The scheme 'luck' was not there when Sep 2026 was closed"):
        use.standing_at(books.book, "luck", SEPTEMBER)


def test_a_month_is_closed_once_and_in_order(books: BookBuilder) -> None:
    close(books)
    with pytest.raises(ClosedPeriod, match="Sep 2026 is closed already"):
        close(books)
    with pytest.raises(ClosedPeriod, match="Months are closed in order, and Sep 2026 is closed"):
        close(books, "2026-08")
    assert len(use.list_closes(books.book)) == 1


def test_leaving_months_out_needs_a_reason(books: BookBuilder) -> None:
    close(books)
    with pytest.raises(UsageError, match="Sep 2026 was closed last; closing Nov 2026 leaves months out"):
        close(books, "2026-11")
    made = close(books, "2026-11", reason="No sales in October")
    assert made.settings["reason"] == "No sales in October"


def test_a_month_that_is_not_over_needs_a_reason(books: BookBuilder) -> None:
    with pytest.raises(UsageError, match="Sep 2026 is not over yet"):
        close(books, today=date(2026, 9, 30))
    close(books, today=date(2026, 9, 30), reason="Business sold on the 30th")
    close(books, "2026-10", today=date(2026, 11, 1))


def test_a_close_needs_one_month_its_own_figures_and_an_author(books: BookBuilder) -> None:
    figures = worked(books, "2026-09-30")
    with pytest.raises(UsageError, match="is not one calendar month"):
        use.close_month(books.book, parse_period("2026-Q3"), figures, author="DW")
    with pytest.raises(UsageError, match="figures as of 2026-10-31 are needed"):
        use.close_month(books.book, OCTOBER, figures, author="DW")
    with pytest.raises(UsageError, match="the name of who closes it"):
        use.close_month(books.book, SEPTEMBER, figures, author=" ")
    assert use.list_closes(books.book) == []


def test_only_the_latest_close_can_be_reopened(books: BookBuilder) -> None:
    close(books)
    close(books, "2026-10")
    with pytest.raises(ClosedPeriod, match="Only the latest closed month can be reopened, which is Oct 2026"):
        use.reopen_month(books.book, SEPTEMBER, author="DW", reason="late invoice")
    with pytest.raises(UsageError, match="with a reason"):
        use.reopen_month(books.book, OCTOBER, author="DW", reason="")
    use.reopen_month(books.book, OCTOBER, author="DW", reason="late invoice")
    assert [close.month for close in use.list_closes(books.book)] == [SEPTEMBER]
    counted = books.book.connection.execute("SELECT count(*) FROM close_memberships").fetchone()[0]
    assert counted == 2
    with pytest.raises(NotFound, match="Oct 2026 is not closed"):
        use.reopen_month(books.book, OCTOBER, author="DW", reason="again")


def test_the_last_close_before_a_day(books: BookBuilder) -> None:
    assert use.last_close_before(books.book, date(2026, 10, 31)) is None
    made = close(books)
    assert use.last_close_before(books.book, date(2026, 10, 31)) == made
    assert use.last_close_before(books.book, date(2026, 9, 30)) is None


def test_movement_goes_forward_between_closed_months(books: BookBuilder) -> None:
    close(books)
    with pytest.raises(UsageError, match="Movement goes forward"):
        use.movement(books.book, "size", OCTOBER, SEPTEMBER)
    with pytest.raises(NotFound, match="Nov 2026 is not closed"):
        use.movement(books.book, "size", SEPTEMBER, NOVEMBER)


def test_a_late_document_restates_a_closed_month(books: BookBuilder) -> None:
    close(books)
    assert use.restatement(books.book, SEPTEMBER, worked(books, "2026-09-30")) == []
    books.document("2026-09-29", 1, (-5000, -2000), kind="credit note")
    books.document("2026-09-30", 3, (700, 300))
    assert use.restatement(books.book, SEPTEMBER, worked(books, "2026-09-30")) == [
        use.Restated(1, 15000, 10000, None, None),
        use.Restated(3, 0, 700, None, None),
    ]
    with pytest.raises(UsageError, match=r"figures of 2026-01\.\.2026-12 are needed"):
        use.restatement(books.book, SEPTEMBER, worked(books, "2026-09-30", "2026-09"))


def test_a_close_is_written_as_json_that_others_can_read(books: BookBuilder) -> None:
    close(books)
    written = json.loads(store.read_closes(books.book.connection)[0].settings)
    assert written["as_of"] == "2026-09-30"
    assert written["schemes"][0]["segments"][1] == {
        "name": "Small", "palette": 4, "rank": 1, "description": "All others.",
    }  # fmt: skip
