"""Results that several figures need are worked out once for the same facts and forgotten with them."""

from collections.abc import Callable
from functools import wraps
from typing import TypeVar
from weakref import WeakKeyDictionary

from core.analysis.facts import Facts

Result = TypeVar("Result")


def remembered(work: Callable[[Facts], Result]) -> Callable[[Facts], Result]:
    """Keep a function's result for as long as its facts live."""
    results: WeakKeyDictionary[Facts, Result] = WeakKeyDictionary()

    @wraps(work)
    def once(facts: Facts) -> Result:
        if facts not in results:
            results[facts] = work(facts)
        return results[facts]

    return once
