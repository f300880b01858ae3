from datetime import date, timedelta
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.analysis.facts import Facts
from core.analysis.patterns.rfm import RfmChoice, Rule
from core.analysis.patterns.rfm_choice import (
    changes_as_text,
    changes_of,
    choice_of,
    kept_choice,
    require_choice,
)
from core.analysis.patterns.rfm_names import (
    changed_cells,
    clean_name,
    name_problem,
    own_names,
    spelled_alike,
    spelling_of,
)
from core.analysis.patterns.rfm_preview import CELLS, every_scoring, scored_cells
from core.analysis.patterns.rfm_rules import reached_scores
from core.analysis.patterns.rfm_table import SEGMENTS, TABLE, Cell, edited_table
from core.errors import UnreadableScores, UsageError
from tests.core.analysis.patterns.made_facts import Sale, made_facts

AS_OF = date(2026, 10, 31)
ALL_CELLS = sorted(product(range(1, 6), repeat=3))
KEPT = {"rfm_bins": "5", "rfm_rule": "ties", "rfm_table": ""}


def ten_customers() -> Facts:
    """Customer n ordered n times for n dollars, the last time n days ago."""
    sales = [
        Sale(AS_OF - timedelta(days=n + 20 * order), n - 1, n * 100)
        for n in range(1, 11)
        for order in range(n)
    ]
    return made_facts(sales, as_of=AS_OF, customers=10)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("  Big\tspenders \n of  May ", "Big spenders of May"),
        ("e\u0301lite", "élite"),
        ("Sta\u202ers\u200b\x07", "Stars"),
        ("half \ud800 letter", "half letter"),
        (" \t ", ""),
    ],
)
def test_a_name_is_cleaned_of_what_nobody_sees(typed: str, name: str) -> None:
    assert clean_name(typed) == name


def test_a_name_in_other_letters_is_the_segment_that_is_there() -> None:
    changes = {(1, 1, 1): "CHAMPIONS", (1, 1, 2): "gone", (1, 1, 3): "Gone", (1, 1, 4): "New Customers"}
    assert spelled_alike(changes) == {
        (1, 1, 1): "Champions",
        (1, 1, 2): "gone",
        (1, 1, 3): "gone",
        (1, 1, 4): "New customers",
    }
    assert spelling_of("STARS", ["Stars"]) == "Stars"
    assert spelling_of("Starlets", ["Stars"]) == "Starlets"
    found = choice_of(KEPT | {"rfm_table": '{"111": "loyal"}'})
    assert (found.table[1, 1, 1], set(found.table.values())) == ("Loyal", set(SEGMENTS))


def test_the_usual_name_of_a_cell_is_no_change() -> None:
    assert own_names({(1, 1, 1): " lost ", (5, 5, 5): "Stars"}) == {(5, 5, 5): "Stars"}
    assert changes_as_text({(1, 1, 1): "Lost"}) == ""
    assert changed_cells(edited_table(TABLE, {(5, 5, 5): "Stars", (1, 1, 1): "Lost"})) == {(5, 5, 5): "Stars"}


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "Enter a name"),
        (" \u200b ", "Enter a name"),
        ("x" * 200, "at most 60 characters; this one has 200"),
        ("no orders YET", "'No orders yet' are the customers without scores"),
        ("No orders in the period", "choose another name"),
    ],
)
def test_names_that_cannot_be_used_say_why(name: str, words: str) -> None:
    assert words in name_problem(name)


def test_sixty_characters_are_a_name() -> None:
    assert name_problem("x" * 60) == ""


def test_a_name_that_cannot_be_used_is_not_kept_and_says_its_scores() -> None:
    with pytest.raises(UsageError, match="Scores 432: A name has at most 60 characters"):
        require_choice(KEPT | {"rfm_table": changes_as_text({(4, 3, 2): "x" * 61})})
    require_choice(KEPT | {"rfm_table": '{"432": "Fine"}'})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("rfm_bins", "9" * 5000),
        ("rfm_rule", "luck"),
        ("rfm_table", "{"),
        ("rfm_table", "[" * 200_000),
        ("rfm_table", '{"111": ""}'),
    ],
)
def test_a_choice_that_cannot_be_read_says_how_to_put_it_right(name: str, value: str) -> None:
    with pytest.raises(UnreadableScores) as refusal:
        kept_choice(KEPT | {name: value})
    assert "quintile settings BOOK rfm_bins=5 rfm_rule=ties rfm_table=" in str(refusal.value)
    assert len(str(refusal.value)) < 500
    assert kept_choice(KEPT) == RfmChoice()


@given(st.dictionaries(st.sampled_from(ALL_CELLS), st.sampled_from(["Stars", "Gone", "Ünder", "Loyal"])))
def test_own_names_come_back_as_they_were_written(changes: dict[Cell, str]) -> None:
    assert changes_of(changes_as_text(changes)) == {
        cell: name for cell, name in changes.items() if TABLE[cell] != name
    }


@given(st.dictionaries(st.sampled_from(ALL_CELLS), st.text(min_size=1).filter(clean_name)))
def test_renaming_never_changes_the_number_of_customers(changes: dict[Cell, str]) -> None:
    for scored in SCORINGS.values():
        table = edited_table(TABLE, own_names(changes))
        assert sum(scored.by_segment(table).values()) == len(scored.names(table)) == scored.customers == 10


SCORINGS = every_scoring(ten_customers())


def test_every_way_of_scoring_is_there_with_the_cells_of_the_customers() -> None:
    assert sorted(SCORINGS) == sorted(product(range(2, 6), Rule))
    five = SCORINGS[5, Rule.TIES_ALIKE]
    # Two customers in each fifth; who orders more often spends more and came longer ago.
    filled = {cell: count for cell, count in five.counts.items() if count}
    assert filled == {(6 - n, n, n): 2 for n in range(1, 6)}
    assert [CELLS[place] for place in five.places.tolist()][:3] == [(5, 1, 1), (5, 1, 1), (4, 2, 2)]
    assert five.by_segment(TABLE)["New customers"] == 2
    assert five.names(TABLE)[0] == "New customers"


@pytest.mark.parametrize(
    ("bins", "scores"), [(1, (3,)), (2, (1, 5)), (3, (1, 3, 5)), (4, (1, 2, 4, 5)), (5, (1, 2, 3, 4, 5))]
)
def test_fewer_bins_reach_fewer_cells(bins: int, scores: tuple[int, ...]) -> None:
    assert reached_scores(bins) == scores


def test_no_customer_stands_where_nobody_can() -> None:
    for scored in SCORINGS.values():
        assert all(scored.can_reach(cell) for cell, count in scored.counts.items() if count)
    three = SCORINGS[3, Rule.TIES_ALIKE]
    assert (three.can_reach((1, 3, 5)), three.can_reach((1, 3, 4))) == (True, False)
    assert sum(three.can_reach(cell) for cell in CELLS) == 27


def test_few_customers_are_scored_in_fewer_bins_and_it_is_said() -> None:
    facts = made_facts([Sale(AS_OF, who, 100 + who) for who in range(5)], as_of=AS_OF, customers=6)
    found = scored_cells(facts, RfmChoice())
    assert (found.bins, found.customers) == (2, 5)
    assert found.note.startswith("5 customers with an order: scored in 2 of 5 bins")
