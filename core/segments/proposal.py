"""Groups of customers that were found, as a scheme of plain rules that the bookkeeper may take over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from core.analysis.facts import Facts
from core.analysis.orders import orders_of
from core.analysis.patterns.clusters import FIGURES, Cluster, Clusters
from core.analysis.sums import Flags
from core.segments.membership import apply_scheme, covered
from core.segments.method import PALETTE_SIZE, PROSPECTS, Definition, MethodInput, Positions, SegmentSpec
from core.segments.methods.rfm import NO_ORDERS
from core.segments.proposal_rules import rules_for
from core.segments.proposal_text import agreement_sentence, apart_line, standing_out
from core.segments.rule import Comparison, Condition, Group, all_of
from core.segments.rule_text import sentence, terms_of
from core.segments.scheme import Scheme

QUIET = NO_ORDERS.name
_NO_ORDER = all_of(Condition("orders", Comparison.IS, ("0",)))


@dataclass(frozen=True)
class ProposedGroup:
    """A segment that is proposed: what its rule gives, and how that compares with the group that was found."""

    segment: SegmentSpec  # the one without a rule takes everyone else
    customers: int  # by the rules
    net_revenue: int  # of those, minor units, in the period
    found: int  # customers of the group as it was found
    agreeing: int  # of those, how many the rules put here
    apart: str  # what sets it apart, with its average and that of all: "3.1 orders (41 in the book)"
    sentence: str  # the rule in words


@dataclass(frozen=True)
class Proposal:
    """Rules for the groups, and honest words about how good they are. Nothing is saved."""

    groups: tuple[ProposedGroup, ...]  # in the order in which the rules ask; rank 0 earns most a customer
    missed: tuple[Cluster, ...]  # groups that no plain rule finds; their customers are in the others
    customers: int  # with an order in the period: those that were divided
    agreeing: int  # of those, how many the rules put where the groups had them
    quiet: int  # customers who ordered before, but not in the period
    prospects: int  # customers who never ordered
    silhouette: float
    stability: float
    weaknesses: str  # "" where there are none

    @property
    def is_useful(self) -> bool:
        """Whether the rules tell at least two groups apart."""
        return len(self.groups) > 1

    @property
    def agreement(self) -> str:
        """How many customers the rules put into the group in which they were found."""
        return agreement_sentence(self.agreeing, self.customers)

    @property
    def quality(self) -> str:
        """How well the groups stand apart, and whether they are found again."""
        return apart_line(self.silhouette, self.stability)

    def scheme(self, key: str, name: str, names: Mapping[str, str] | None = None) -> Scheme:
        """Return the proposal as a scheme, never saved; `names` gives groups another name."""
        called = names or {}
        segments = [group.segment for group in self.groups]
        asked = [replace(one, name=called.get(one.name, one.name).strip()) for one in segments]
        return Scheme(key, name.strip(), "rules", Definition((_quiet(len(asked)), *asked)))


def propose(facts: Facts, given: MethodInput, found: Clusters) -> Proposal:
    """Return rules for the groups that were found among these customers."""
    active = orders_of(facts).count_in_period > 0
    labels = found.of_customer[active].to_numpy(dtype=np.int64)
    rules = rules_for(given, labels, active, tuple(FIGURES))
    asked = [label for label, _ in rules]
    specs = {label: _spec(found.clusters[label], label, rule) for label, rule in rules}
    segments = (_quiet(len(rules)), *specs.values())
    draft = Scheme("proposal", "Proposal", "rules", Definition(segments))
    judged = covered(facts)
    codes = apply_scheme(draft, given, judged=judged).codes
    placed = np.array([-1, *asked, -1], np.int64)[codes]  # no group: no order in the period, no order ever
    groups = [_group(label, specs[label], placed, found, given, active) for label in asked]
    return Proposal(
        groups=tuple(groups),
        missed=tuple(one for label, one in enumerate(found.clusters) if label not in specs),
        customers=len(labels),
        agreeing=sum(group.agreeing for group in groups),
        quiet=int((judged & ~active).sum()),
        prospects=int((~judged).sum()),
        silhouette=found.silhouette,
        stability=found.stability,
        weaknesses=found.note,
    )


def _spec(cluster: Cluster, label: int, rule: Group | None) -> SegmentSpec:
    description = f"Found by how customers buy: {cluster.name[:1].lower()}{cluster.name[1:]}."
    return SegmentSpec(cluster.name, label, description, rule, rank=label)


def _quiet(groups: int) -> SegmentSpec:
    """Those who stopped ordering, in a segment of their own: none of their figures tells how they buy."""
    palette = PALETTE_SIZE - 1 if groups < PALETTE_SIZE else groups
    return replace(NO_ORDERS, palette=palette, rule=_NO_ORDER, rank=groups)


def _group(
    label: int, spec: SegmentSpec, placed: Positions, found: Clusters, given: MethodInput, active: Flags
) -> ProposedGroup:
    members = placed == label
    cluster = found.clusters[label]
    here = found.of_customer.fillna(-1).to_numpy(dtype=np.int64) == label
    return ProposedGroup(
        segment=spec,
        customers=int(members.sum()),
        net_revenue=int(given.metrics["net_revenue"].to_numpy(np.int64)[members].sum()),
        found=cluster.customers,
        agreeing=int((members & here).sum()),
        apart=standing_out(cluster, given, members=members, everybody=active),
        sentence=sentence(spec.rule, terms_of(given)),
    )


def name_problem(names: Sequence[str], place: int) -> str:
    """Say what is wrong with one of the names of segments; '' where nothing is."""
    name = names[place].strip().casefold()
    if not name:
        return "Enter a name."
    others = {other.strip().casefold() for at, other in enumerate(names) if at != place}
    if name in others or name in {QUIET.casefold(), PROSPECTS.casefold()}:
        return f"There is a segment called {names[place].strip()} already."
    return ""
