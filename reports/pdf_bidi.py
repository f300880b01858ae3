"""Right-to-left text for a canvas that prints letters from left to right."""

import unicodedata
from functools import cache

_RIGHT_TO_LEFT = {"R", "AL"}
_PAIRS = str.maketrans("()[]<>{}«»", ")(][><}{»«")
_FORMS = ("isolated", "final", "initial", "medial")


def in_reading_order(text: str) -> str:
    """Return the letters as they stand from left to right, Arabic letters in their joined forms.

    A short form of the Unicode bidirectional algorithm: one line, two directions, figures stay as they are.
    """
    if not any(unicodedata.bidirectional(letter) in _RIGHT_TO_LEFT for letter in text):
        return text
    parts = _directed(_joined(text))
    if _starts_right_to_left(text):
        parts.reverse()
    return "".join(_mirrored(part) if right else part for part, right in parts)


def _starts_right_to_left(text: str) -> bool:
    kinds = (unicodedata.bidirectional(letter) for letter in text)
    return next((kind in _RIGHT_TO_LEFT for kind in kinds if kind in {"L", *_RIGHT_TO_LEFT}), False)


def _directed(text: str) -> list[tuple[str, bool]]:
    """Cut into parts of one direction; a letter without one goes with its neighbours, else with the line."""
    strong = [_direction(letter) for letter in text]
    line = _starts_right_to_left(text)
    parts: list[tuple[str, bool]] = []
    for at, letter in enumerate(text):
        known = strong[at]
        right = known if known is not None else _neutral(strong, at, line=line)
        if parts and parts[-1][1] == right:
            parts[-1] = (parts[-1][0] + letter, right)
        else:
            parts.append((letter, right))
    return parts


def _direction(letter: str) -> bool | None:
    kind = unicodedata.bidirectional(letter)
    if kind in _RIGHT_TO_LEFT:
        return True
    return False if kind in {"L", "EN", "AN"} else None


def _neutral(strong: list[bool | None], at: int, *, line: bool) -> bool:
    before = next((known for known in reversed(strong[:at]) if known is not None), line)
    after = next((known for known in strong[at + 1 :] if known is not None), line)
    return before if before == after else line


def _mirrored(part: str) -> str:
    clusters: list[str] = []
    for letter in part:
        if unicodedata.combining(letter) and clusters:
            clusters[-1] += letter
        else:
            clusters.append(letter)
    return "".join(reversed(clusters)).translate(_PAIRS)


def _joined(text: str) -> str:
    return "".join(_form(text, at) for at in range(len(text)))


def _form(text: str, at: int) -> str:
    forms = _arabic_forms().get(text[at])
    if forms is None:
        return text[at]
    before = at > 0 and "initial" in _arabic_forms().get(text[at - 1], {})
    after = at + 1 < len(text) and text[at + 1] in _arabic_forms() and "initial" in forms
    wanted = {(True, True): "medial", (True, False): "final", (False, True): "initial"}
    return forms.get(wanted.get((before, after), "isolated"), text[at])


@cache
def _arabic_forms() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for code in range(0xFE80, 0xFEF5):
        form, _, letter = unicodedata.decomposition(chr(code)).partition(" ")
        if form.strip("<>") in _FORMS and " " not in letter:
            found.setdefault(chr(int(letter, 16)), {})[form.strip("<>")] = chr(code)
    return found
