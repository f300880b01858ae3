"""When two names in different files are the same customer or item beyond doubt."""

from collections.abc import Iterable
from unicodedata import normalize

# Tables that a bookkeeper maps by hand share one set of keys: C1001 in the invoices is C1001 in the customer list.
_MAPPED = {"invoice_lines", "general_ledger", "items", "customers"}


def key_namespace(source_system: str) -> str:
    """Return the name under which a source's customer keys are kept."""
    return "mapped" if source_system in _MAPPED else source_system


def same_name(name: str) -> str:
    """Return a name as it is compared: case, spacing and Unicode form do not matter; nothing else is overlooked."""
    return " ".join(normalize("NFKC", name).casefold().split())


def unique_names(named: Iterable[tuple[int, str]]) -> dict[str, int]:
    """Return compared name -> id, without the names that two share: those need a person."""
    found: dict[str, int] = {}
    shared: set[str] = set()
    for number, name in named:
        text = same_name(name)
        if found.setdefault(text, number) != number:
            shared.add(text)
    return {text: number for text, number in found.items() if text not in shared}
