"""The command that shows how customers buy and what comes next: patterns."""

from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Any, get_args

import click

from core.analysis.patterns.basket_rules import CONFIDENCE
from core.analysis.patterns.baskets import LARGEST_SET
from core.analysis.patterns.lifetime_terms import (
    MOST_MONTHS,
    LifetimeChoice,
    ModelName,
    require_rate,
)
from core.analysis.patterns.repeat_purchases import Basis, TimeUnit
from core.analysis.patterns.rfm_choice import RULES
from core.analysis.patterns.rfm_rules import FEWEST_BINS, MOST_BINS
from core.analysis.patterns.share import written_share
from core.errors import UsageError
from core.period import parse_day
from core.usecases.patterns import Part, PatternChoice, load_patterns
from core.usecases.patterns_products import BasketChoice
from ui.cli_books import BOOK, JSON, opened
from ui.cli_figures import AS_OF, asked
from ui.cli_output import PROGRESS, print_json
from ui.cli_patterns_json import patterns_json
from ui.cli_patterns_text import print_patterns

_EVERY_PART = "all"
_PERIOD = click.option(
    "--period", "period_text", help="2026-10, 2026-Q3, 2026, 2025-11..2026-10 or, by default, all."
)


@click.command()
@BOOK
@_PERIOD
@AS_OF
@click.option(
    "--part",
    "parts",
    multiple=True,
    type=click.Choice([*(part.value for part in Part), _EVERY_PART]),
    help="Only this part; may be given more than once.",
)
@click.option("--rfm-rule", type=click.Choice(list(RULES)), help="How scores are cut; by default as kept.")
@click.option("--rfm-bins", type=click.IntRange(FEWEST_BINS, MOST_BINS), help="By default as kept.")
@click.option("--support", help="Least share of orders behind a rule, such as 0.01; else found by itself.")
@click.option("--confidence", help="Least confidence of a rule, such as 0.5.")
@click.option(
    "--rule-items", type=click.IntRange(2, LARGEST_SET), default=LARGEST_SET, help="Most items in a rule."
)
@click.option("--model", type=click.Choice(get_args(ModelName)), help="By default as kept.")
@click.option("--unit", type=click.Choice(get_args(TimeUnit)), default="weeks", help="Time of the model.")
@click.option("--basis", type=click.Choice(get_args(Basis)), help="Money of the value; by default as kept.")
@click.option(
    "--horizon",
    "months",
    type=click.IntRange(1, MOST_MONTHS),
    metavar="MONTHS",
    help="How far the value looks ahead; by default as kept.",
)
@click.option("--rate", help="What money a year later is worth less, such as 0.10; by default as kept.")
@click.option("--until", "until_text", help="Last day of the fit that the time after it tests.")
@JSON
def patterns(
    book: Path, period_text: str | None, as_of_text: str | None, *, as_json: bool, **options: Any
) -> None:
    """Show how the customers of BOOK buy, whether they come back, and what they will be worth."""
    period, as_of = asked(period_text, as_of_text)
    choice = _choice(options)
    with opened(book, read_only=True) as found:
        result = load_patterns(
            found, period, as_of, choice=choice, parts=_parts(options["parts"]), progress=PROGRESS
        )
    if as_json:
        print_json(patterns_json(result))
    else:
        print_patterns(result)


def _parts(names: tuple[str, ...]) -> list[Part]:
    return list(Part) if not names or _EVERY_PART in names else [Part(name) for name in names]


def _choice(options: dict[str, Any]) -> PatternChoice:
    until: date | None = parse_day(options["until_text"]) if options["until_text"] else None
    support, confidence = options["support"], options["confidence"]
    return PatternChoice(
        options["rfm_bins"],
        options["rfm_rule"],
        BasketChoice(
            share(support) if support else None,
            share(confidence) if confidence else CONFIDENCE,
            options["rule_items"],
        ),
        LifetimeChoice(
            options["model"],
            options["unit"],
            options["basis"],
            until,
            months=options["months"],
            yearly_rate=None if options["rate"] is None else require_rate(options["rate"]),
        ),
    )


def share(text: str) -> Fraction:
    """Read 0.01, 1% or 1/100 exactly. Raises UsageError for what is no share above 0 and up to 1."""
    found = written_share(text)
    if found is None or not 0 < found <= 1:
        message = f"'{text}' is not a share; write it as 0.01 or 1%."
        raise UsageError(message)
    return found
