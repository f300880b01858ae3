import pytest

from core.analysis.patterns.abc_choice import AbcChoice, kept_abc_choice
from core.errors import UsageError
from core.store.settings import DEFAULTS


@pytest.mark.parametrize(("a", "b"), [("1", "2"), ("80", "95"), ("99", "100")])
def test_the_ends_that_a_book_keeps(a: str, b: str) -> None:
    assert kept_abc_choice(DEFAULTS | {"abc_a_percent": a, "abc_b_percent": b}) == AbcChoice(int(a), int(b))


@pytest.mark.parametrize("end", ["", "many", "-5", "0", "95", "80.5", "\u0663", "1" * 5000])
def test_ends_that_a_book_cannot_have_say_how_to_put_them_right(end: str) -> None:
    with pytest.raises(UsageError) as refusal:
        kept_abc_choice(DEFAULTS | {"abc_a_percent": end})
    assert str(refusal.value).endswith(
        "To divide them as usual again, type: quintile settings BOOK abc_a_percent=80 abc_b_percent=95"
    )
    assert len(str(refusal.value)) < 400
