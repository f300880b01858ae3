"""Column mappings as files, and the fingerprint by which a book remembers them."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from core.errors import UserError
from core.importing.importer import ColumnMapping
from importers.table import compact


class UnusableMapping(UserError):
    """The mapping file cannot be used."""


class UnansweredQuestion(UserError):
    """The file leaves a question open; answer it in the mapping."""


def header_fingerprint(header: Sequence[str]) -> str:
    """Return what stays the same when only case, blanks or punctuation of the labels change (SHA-256)."""
    return hashlib.sha256("\n".join(compact(label) for label in header).encode()).hexdigest()


def mapping_text(format_key: str, mapping: ColumnMapping) -> str:
    """Return a mapping as JSON, as `--mapping` takes it."""
    content = {"format": format_key, "columns": dict(mapping.columns), "options": dict(mapping.options)}
    return json.dumps(content, ensure_ascii=False, indent=2) + "\n"


def write_mapping(path: Path, format_key: str, mapping: ColumnMapping) -> None:
    """Save a mapping."""
    path.write_text(mapping_text(format_key, mapping), encoding="utf-8")


def read_mapping(path: Path) -> tuple[str, ColumnMapping]:
    """Return a saved mapping and the key of its format. Raises UnusableMapping."""
    try:
        content = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise UnusableMapping(f"The mapping file {path.name} cannot be read: {error.strerror}.") from None
    except ValueError as error:
        raise UnusableMapping(f"The mapping file {path.name} is no JSON: {error}.") from None
    return parse_mapping(content, path.name)


def parse_mapping(content: object, name: str) -> tuple[str, ColumnMapping]:
    """Return what a mapping's JSON says. Raises UnusableMapping."""
    if not isinstance(content, dict) or not isinstance(content.get("format", ""), str):
        raise UnusableMapping(f"{name}: expected an object with format, columns and options.")
    columns, options = content.get("columns", {}), content.get("options", {})
    for part, word in ((columns, "columns"), (options, "options")):
        if not _is_texts(part):
            raise UnusableMapping(f"{name}: expected {word} to be an object of texts.")
    return content.get("format", ""), ColumnMapping(columns, options)


def _is_texts(part: object) -> bool:
    return isinstance(part, Mapping) and all(
        isinstance(key, str) and isinstance(value, str) for key, value in part.items()
    )
