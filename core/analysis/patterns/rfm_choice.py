"""How a book scores its customers: bins, rule and the table of names, and how the choice is written down."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from core.analysis.patterns.rfm_names import clean_name, name_problem, own_names, spelled_alike
from core.analysis.patterns.rfm_rules import BINS, FEWEST_BINS, MOST_BINS, Rule
from core.analysis.patterns.rfm_table import TABLE, Cell, checked_table, edited_table
from core.errors import UnreadableScores, UsageError

SETTINGS = ("rfm_bins", "rfm_rule", "rfm_table")
_SHOWN = 80  # characters of what cannot be read
_DIGITS = 3  # of a number of bins that can be meant
RULES = {"ties": Rule.TIES_ALIKE, "quantiles": Rule.QUANTILES_PLUS_ONE}


@dataclass(frozen=True)
class RfmChoice:
    """How customers are scored. Raises UsageError for bins outside 2 to 5 or an incomplete table."""

    bins: int = BINS
    rule: Rule = Rule.TIES_ALIKE
    table: Mapping[Cell, str] = field(default_factory=lambda: TABLE)

    def __post_init__(self) -> None:
        """Refuse what cannot be scored."""
        if not FEWEST_BINS <= self.bins <= MOST_BINS:
            message = f"Scores take {FEWEST_BINS} to {MOST_BINS} bins, not {self.bins}."
            raise UsageError(message)
        checked_table(self.table)


def choice_of(settings: Mapping[str, str]) -> RfmChoice:
    """Read the choice from a book's settings. Raises UsageError for what is no choice."""
    bins, rule = settings["rfm_bins"], settings["rfm_rule"]
    if not (bins.isascii() and bins.isdecimal()) or len(bins) > _DIGITS:
        message = f"Scores take {FEWEST_BINS} to {MOST_BINS} bins, not '{bins[:_SHOWN]}'."
        raise UsageError(message)
    changes = spelled_alike(changes_of(settings["rfm_table"]))
    return RfmChoice(int(bins), rule_of(rule), edited_table(TABLE, changes))


def kept_choice(settings: Mapping[str, str]) -> RfmChoice:
    """Read the choice that a book keeps. Raises UnreadableScores, which says how to put it right."""
    try:
        return choice_of(settings)
    except UsageError as error:
        message = (
            f"How this book scores its customers cannot be read. {error} To score as usual again, type: "
            "quintile settings BOOK rfm_bins=5 rfm_rule=ties rfm_table="
        )
        raise UnreadableScores(message) from None


def require_choice(settings: Mapping[str, str]) -> None:
    """Refuse a choice that cannot be kept: what cannot be read, and names that cannot be used."""
    choice_of(settings)
    for cell, name in changes_of(settings["rfm_table"]).items():
        problem = name_problem(name)
        if problem:
            message = f"Scores {''.join(map(str, cell))}: {problem}"
            raise UsageError(message)


def rule_of(key: str) -> Rule:
    """Return the rule that a setting or an option names. Raises UsageError."""
    if key not in RULES:
        message = f"'{key}' is no rule for scores; write {' or '.join(RULES)}."
        raise UsageError(message)
    return RULES[key]


def rule_key(rule: Rule) -> str:
    """Return the short name of a rule, as settings and options have it."""
    return next(key for key, known in RULES.items() if known is rule)


def changes_as_text(changes: Mapping[Cell, str]) -> str:
    """Write renamed cells down: {"111": "Gone"}; nothing where none was renamed."""
    named = {"".join(map(str, cell)): name for cell, name in own_names(changes).items()}
    return json.dumps(named, ensure_ascii=False) if named else ""


def changes_of(text: str) -> dict[Cell, str]:
    """Read renamed cells. Raises UsageError."""
    try:
        written = json.loads(text) if text else {}
        return {_cell(key): _name(name) for key, name in written.items()}
    except (ValueError, AttributeError, RecursionError):
        shown = text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
        message = (
            f'The names of scores are written as {{"111": "Lost", "555": "Champions"}}, not as {shown!r}.'
        )
        raise UsageError(message) from None


def _cell(key: str) -> Cell:
    recency, frequency, monetary = (int(digit) for digit in key)
    return recency, frequency, monetary


def _name(name: object) -> str:
    if not isinstance(name, str):
        message = f"{name!r} is no name"
        raise ValueError(message)  # noqa: TRY004 - as for any other text that is no table of names
    return clean_name(name)
