"""Rules such as: who buys popcorn and soda also buys a salty snack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.analysis.patterns.baskets import LARGEST_SET, SUPPORT, Baskets, FrequentSet, frequent_sets

CONFIDENCE = Fraction(1, 2)


@dataclass(frozen=True)
class BasketRule:
    """Baskets with all items of the antecedent that also hold the consequent (one item)."""

    antecedent: tuple[int, ...]
    consequent: int
    count: int  # baskets with both
    antecedent_count: int
    consequent_count: int
    baskets: int

    @property
    def support(self) -> float:
        """Share of all baskets that hold both."""
        return self.count / self.baskets

    @property
    def confidence(self) -> float:
        """Share of the baskets with the antecedent that also hold the consequent."""
        return self.count / self.antecedent_count

    @property
    def lift(self) -> float:
        """Confidence by the consequent's share of all baskets: 1 is chance."""
        return self.count * self.baskets / (self.antecedent_count * self.consequent_count)

    @property
    def exact_lift(self) -> Fraction:
        """The lift without rounding, for ranking."""
        return Fraction(self.count * self.baskets, self.antecedent_count * self.consequent_count)


def basket_rules(
    baskets: Baskets,
    support: Fraction = SUPPORT,
    confidence: Fraction = CONFIDENCE,
    *,
    largest: int = LARGEST_SET,
) -> tuple[BasketRule, ...]:
    """Find the rules with one consequent that reach both shares, the highest lift first. Raises TooManySets.

    Shares are compared as whole numbers: 8 of 10 is 80 %. `largest` is the most items a rule has in all.
    """
    return rules_from(frequent_sets(baskets, support, largest=largest), baskets.count, confidence)


def rules_from(
    sets: Iterable[FrequentSet], baskets: int, confidence: Fraction = CONFIDENCE
) -> tuple[BasketRule, ...]:
    """Make the rules from all frequent sets of so many baskets (every part of a frequent set is among them)."""
    count = {found.items: found.count for found in sets}
    rules = [
        BasketRule(before, items[place], times, count[before], count[(items[place],)], baskets)
        for items, times in count.items()
        if len(items) > 1
        for place in range(len(items))
        for before in [items[:place] + items[place + 1 :]]
        if times * confidence.denominator >= confidence.numerator * count[before]
    ]
    return tuple(sorted(rules, key=_best_first))


def one_each_pair(rules: Sequence[BasketRule]) -> tuple[BasketRule, ...]:
    """The rules of two items, each pair once: told from its rarer item, whose buyers take the other more often."""
    best: dict[tuple[int, ...], BasketRule] = {}
    for rule in rules:
        if len(rule.antecedent) == 1:
            pair = tuple(sorted((*rule.antecedent, rule.consequent)))
            if pair not in best or rule.antecedent_count < best[pair].antecedent_count:
                best[pair] = rule
    return tuple(best.values())


def _best_first(rule: BasketRule) -> tuple[Fraction, int, tuple[int, ...], int]:
    return -rule.exact_lift, -rule.count, rule.antecedent, rule.consequent
