"""A month that is not tied, said on standard error beside a command that does its work all the same."""

import click

from core.period import Period
from core.store.book import Book
from core.usecases.tie_out import tie_out_book
from ui.cli_output import PROGRESS


def say_if_not_tied(book: Book, period: Period) -> None:
    """Say that ledger and documents do not agree in the period; silent where they do."""
    result, _ = tie_out_book(book, period, progress=PROGRESS)
    if result.tied is not True:
        message = (
            f"quintile: {period.label}: {result.sentence}. `quintile tie-out --period {period.key}` says why."
        )
        click.echo(message, err=True)
