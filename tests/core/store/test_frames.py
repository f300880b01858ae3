from datetime import date

from core.store import frames
from tests.core.builders import BookBuilder

OCTOBER = date(2026, 10, 31)


def test_documents_are_numbers_and_days_since_1970(builder: BookBuilder) -> None:
    ann = builder.customer("Ann")
    builder.document("1970-01-02", ann, number="1")
    builder.document("1969-12-31", None, kind="refund", number="2")
    builder.document("2026-11-01", ann, number="3")
    numbers = frames.document_numbers(builder.book.connection, OCTOBER).tolist()
    refund = [kind.value for kind in frames.KINDS].index("refund")
    assert numbers == [[1, ann, 1, 0, 1], [2, -1, -1, refund, 1]]
    assert frames.document_texts(builder.book.connection, OCTOBER) == ["1", "2"]


def test_days_agree_with_the_calendar(builder: BookBuilder) -> None:
    days = [date(1900, 3, 1), date(2000, 2, 29), date(2024, 12, 31), date(2026, 10, 31)]
    for day in days:
        builder.document(day.isoformat(), None)
    found = frames.document_numbers(builder.book.connection, OCTOBER)[:, 2].tolist()
    assert found == [(day - date(1970, 1, 1)).days for day in days]


def test_what_is_not_known_is_nothing_and_never_zero(builder: BookBuilder) -> None:
    document = builder.document("2026-10-01", None)
    builder.line(document, net=90, discount=10)
    builder.line(document, net=0, cost=0, item=builder.item("Tea"), quantity=2)
    first, second = frames.line_numbers(builder.book.connection).tolist()
    assert first == [1, -1, frames.NOTHING, 100, 10, 90, frames.NOTHING, 7]
    assert second == [1, 1, 2, 0, 0, 0, 0, 7]


def test_costs_of_an_item_come_in_order_of_their_days(builder: BookBuilder) -> None:
    builder.item("Tea", costs=[("1970-01-03", 9), ("", 8)])
    assert frames.item_costs(builder.book.connection).tolist() == [[1, frames.NOTHING, 8], [1, 2, 9]]


def test_an_item_list_describes_items_better_than_documents_do(builder: BookBuilder) -> None:
    tea = builder.item("Tea", category="")
    builder.insert(
        "item_descriptions", item_id=tea, code="T1", name="Green tea", category="Drinks", import_id=1
    )
    assert frames.items(builder.book.connection) == [(tea, "T1", "Green tea", "Drinks")]


def test_items_stand_in_the_order_of_their_codes_whichever_came_first(builder: BookBuilder) -> None:
    tea, ale = builder.item("Tea"), builder.item("Ale")
    assert [row[0] for row in frames.items(builder.book.connection)] == [ale, tea]


def test_the_basis_is_the_one_that_all_imports_name(builder: BookBuilder) -> None:
    connection = builder.book.connection
    assert frames.basis(connection) == "accrual"
    other = builder.add_import("cash.csv", basis="cash")
    assert not frames.basis(connection)
    connection.execute("UPDATE imports SET undone_at = '2026-11-03' WHERE id = ?", (other,))
    assert frames.basis(connection) == "accrual"


def test_the_last_day_is_that_of_a_document_that_counts_or_of_a_posting(builder: BookBuilder) -> None:
    connection = builder.book.connection
    assert frames.last_day(connection) is None
    builder.document("2027-01-01", None, rate="?")
    builder.document("2026-10-02", None)
    assert frames.last_day(connection) == date(2026, 10, 2)
    builder.posting("2026-10-03", builder.account("1", "asset"), 5)
    assert frames.last_day(connection) == date(2026, 10, 3)
    assert frames.unrated_count(connection, date(2027, 1, 1)) == 1


def test_what_was_accepted_is_read_in_its_order(builder: BookBuilder) -> None:
    for amount in (700, 5):
        builder.insert(
            "accepted_differences",
            check_key="income:4000",
            period="2026-10",
            amount_minor=amount,
            reason="True-up",
            author="Dana",
            at="2026-11-03",
        )
    found = frames.accepted_differences(builder.book.connection)
    assert found == [("income:4000", "2026-10", amount, "True-up", "Dana") for amount in (700, 5)]
