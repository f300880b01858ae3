from ui.dialogs.command_palette import find_entries
from ui.pages.customers_palette import customer_entries
from ui.session import Session


def test_customers_and_segments_are_found_by_their_words(opened: Session) -> None:
    assert list(customer_entries(opened)) == []  # there is no page to show them on
    opened.actions.add("page.customers", "Customers", menu="View", triggered=lambda: None)
    asked: list[tuple[str, object]] = []
    opened.page_requested.connect(lambda key, context: asked.append((key, context)))
    found = find_entries(customer_entries(opened), "bo")
    assert [entry.text for entry in found if entry.group == "Customers"] == ["Bob"]
    found[0].run()
    assert asked == [("customers", {"customer_ids": (2,), "title": "Bob"})]
    assert [e.text for e in find_entries(customer_entries(opened), "at ri")] == ["At risk"]
