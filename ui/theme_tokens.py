"""The design tokens: every colour, size and font of the window, read from one file."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, Literal

from resources import resource_path

Mode = Literal["light", "dark"]
SEGMENT_ORDER = ("champions", "loyal", "rising", "new", "occasional", "costly", "at_risk", "dormant")


@cache
def tokens() -> Mapping[str, Any]:
    """All tokens as read from tokens.json."""
    loaded: Mapping[str, Any] = json.loads(resource_path("tokens.json").read_text(encoding="utf-8"))
    return loaded


@cache
def token(path: str) -> Any:
    """One token by its dotted path, such as `light.text.muted`; an unknown name is a KeyError."""
    value: Any = tokens()
    for part in path.split("."):
        value = value[part]
    return value


def colour_text(mode: Mode, name: str) -> str:
    """The colour of a token such as `text.muted`, or `sequential.3` for a step of a scale."""
    head, _, last = name.rpartition(".")
    if last.isdigit():
        return str(token(f"{mode}.{head}")[int(last)])
    return str(token(f"{mode}.{name}"))


def size(name: str) -> int:
    """A size in logical pixels, such as `control` or `topbar`."""
    return int(token(f"size_px.{name}"))


def radius(name: str) -> int:
    """A corner radius in logical pixels, such as `card`."""
    return int(token(f"radius_px.{name}"))
