"""What a figure says where there is too little to work it out from."""

import pytest

from core.analysis.patterns.not_enough import NotEnough


@pytest.mark.parametrize(
    ("missing", "sentence"),
    [
        (NotEnough(0, 1, "customers with an order"), "there are no customers with an order yet."),
        (NotEnough(0, 24, "full months"), "24 full months are needed, there are none."),
        (NotEnough(1, 24, "full months"), "24 full months are needed, there is 1."),
        (NotEnough(1_023, 2_000, "orders"), "2,000 orders are needed, there are 1,023."),
    ],
)
def test_it_says_how_much_there_is_and_how_much_would_be_enough(missing: NotEnough, sentence: str) -> None:
    assert missing.text == f"Not enough history: {sentence}"
