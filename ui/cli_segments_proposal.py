"""What `quintile segments --propose` prints and keeps."""

from datetime import date
from pathlib import Path

import click

from core.analysis.patterns.not_enough import NotEnough
from core.period import Period
from core.segments.proposal import QUIET, Proposal
from core.segments.rule import to_json
from core.segments.scheme import Scheme
from core.usecases.figures import load_figures
from core.usecases.segment_proposal import propose_segments, save_proposal
from ui.cli_books import opened
from ui.cli_output import PROGRESS, Attention, money, print_json, print_table


def propose_in(
    book: Path, period: Period | None, as_of: date | None, *, new_name: str | None, as_json: bool
) -> None:
    """Propose groups, print them, and keep them where a name is given. Raises Attention without groups."""
    with opened(book, read_only=new_name is None) as found:
        figures = load_figures(found, period, as_of, progress=PROGRESS)
        proposal = propose_segments(figures, progress=PROGRESS)
        saved = None
        if new_name is not None and isinstance(proposal, Proposal):
            saved = save_proposal(found, proposal, new_name)
    facts = figures.facts
    if as_json:
        head = {"as_of": facts.as_of.isoformat(), "period": facts.period.key}
        print_json(head | proposal_json(proposal, facts.exponent, saved))
    else:
        print_proposal(proposal, facts.exponent, saved)
    if isinstance(proposal, NotEnough):
        raise Attention


def proposal_json(proposal: Proposal | NotEnough, exponent: int, saved: Scheme | None) -> dict[str, object]:
    """Return a proposal as other tools read it; rules as schemes keep them, null is everyone else."""
    if isinstance(proposal, NotEnough):
        return {"not_enough": {"have": proposal.have, "need": proposal.need, "what": proposal.what}}
    return {
        "customers": proposal.customers,
        "agreeing": proposal.agreeing,
        "agreement": proposal.agreement,
        "quality": proposal.quality,
        "silhouette": round(proposal.silhouette, 6),
        "stability": round(proposal.stability, 6),
        "no_order_in_period": proposal.quiet,
        "no_order_yet": proposal.prospects,
        "without_a_rule": [{"name": one.name, "customers": one.customers} for one in proposal.missed],
        "groups": [
            {
                "name": group.segment.name,
                "customers": group.customers,
                "net_revenue": money(group.net_revenue, exponent),
                "found": group.found,
                "agreeing": group.agreeing,
                "apart": group.apart,
                "sentence": group.sentence,
                "rule": to_json(group.segment.rule) if group.segment.rule is not None else None,
            }
            for group in proposal.groups
        ],
        "scheme": saved.key if saved is not None else None,
    }


def print_proposal(proposal: Proposal | NotEnough, exponent: int, saved: Scheme | None) -> None:
    """Print the groups in the order in which the rules ask."""
    if isinstance(proposal, NotEnough):
        click.echo(proposal.text)
        return
    rows = [
        (
            place,
            group.segment.name,
            group.customers,
            money(group.net_revenue, exponent),
            group.agreeing,
            group.found,
        )
        for place, group in enumerate(proposal.groups, 1)
    ]
    print_table(("", "Group", "Customers", "Net revenue", "As found", "of"), rows, right=(0, 2, 3, 4, 5))
    for place, group in enumerate(proposal.groups, 1):
        click.echo(f"{place}  {group.apart}.\n   {group.sentence}")
    click.echo(f"{proposal.agreement} {proposal.quality}")
    if proposal.quiet:
        click.echo(f"{proposal.quiet:,} of the customers have no order in the period: segment '{QUIET}'.")
    for one in proposal.missed:
        click.echo(f"No short rule finds '{one.name}' ({one.customers:,}).")
    if saved is not None:
        click.echo(f"Kept as '{saved.name}'; show it with --scheme {saved.key}.")
