"""Association rules over baskets: support, confidence, lift (R157), rules of any length (Apriori).

Every comparison is one of whole numbers: a confidence of exactly 0.8 is not lost to rounding. A set of baskets is
one big integer with a bit per basket, so that "how many hold all of these" is an AND and a count of bits.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from fractions import Fraction

from kpi_tui.definitions.answers.basket import Rule
from kpi_tui.definitions.message import say

MOST_SETS = 2_000_000
"""More frequent sets than this would fill the memory; the supports wanted are then too low for the data."""


class TooManySets(ValueError):
    """The support asked for is so low that the sets do not fit into memory."""


def rules(
    lines: Iterable[tuple[Hashable, str]], min_support: float | str, min_confidence: float | str, *, longest: int = 0
) -> list[Rule]:
    """Rules with one item behind the arrow, highest lift first. `lines`: (basket, item); `longest` 0 = any length.

    Shares are taken as the decimals they are written as: 0.8 is 4/5, not the float next to it.
    """
    total, holders = _bits(lines)
    sets = dict(_frequent(holders, total, exact(min_support), longest))
    wanted = exact(min_confidence)
    found = [rule for items in sets if len(items) > 1 for rule in _rules_of(items, sets, total, wanted)]
    return sorted(found, key=_strongest)


def pull_pairs(lines: Iterable[tuple[Hashable, str]], first: Iterable[str], second: Iterable[str]) -> list[Rule]:
    """Pairs from `first` into `second` that are in one basket more often than by chance (lift > 1, R156)."""
    total, holders = _bits(lines)
    second = [name for name in second if name in holders]
    pairs = [
        Rule((a,), b, (holders[a] & holders[b]).bit_count(), holders[a].bit_count(), holders[b].bit_count(), total)
        for a in first
        for b in second
        if a != b and a in holders
    ]
    return sorted((pair for pair in pairs if pair.exact_lift > 1), key=_strongest)


def _strongest(rule: Rule) -> tuple[Fraction, tuple[str, ...], str]:
    """Highest lift first, then by name."""
    return -rule.exact_lift, rule.given, rule.then


def exact(share: float | str) -> Fraction:
    """A share as the decimal it is written as."""
    return Fraction(str(share))


def _bits(lines: Iterable[tuple[Hashable, str]]) -> tuple[int, dict[str, int]]:
    """Number of baskets, and per item the baskets that hold it, one bit each."""
    numbers: dict[Hashable, int] = {}
    places: dict[str, list[int]] = defaultdict(list)
    for basket, item in lines:
        places[item].append(numbers.setdefault(basket, len(numbers)))
    size = len(numbers) // 8 + 1
    holders = {}
    for item, held in places.items():
        field = bytearray(size)
        for place in held:
            field[place >> 3] |= 1 << (place & 7)
        holders[item] = int.from_bytes(field, "little")
    return len(numbers), holders


def _frequent(
    holders: Mapping[str, int], total: int, support: Fraction, longest: int
) -> Iterator[tuple[tuple[str, ...], int]]:
    """Every set of items in enough baskets, with their number; items of a set stand in order (depth first, Eclat)."""

    def enough(count: int) -> bool:
        return count > 0 and count * support.denominator >= support.numerator * total

    first: list[tuple[tuple[str, ...], int]]
    first = [((item,), held) for item, held in sorted(holders.items()) if enough(held.bit_count())]
    stack = [first]
    seen = 0
    while stack:
        siblings = stack.pop()
        for place, (items, held) in enumerate(siblings):
            seen += 1
            if seen > MOST_SETS:
                raise TooManySets(
                    say("more than {most} sets are that frequent; ask for a higher support", most=MOST_SETS)
                )
            yield items, held.bit_count()
            if longest and len(items) >= longest:
                continue
            joined = [((*items, other[-1]), held & theirs) for other, theirs in siblings[place + 1 :]]
            if kept := [(names, both) for names, both in joined if enough(both.bit_count())]:
                stack.append(kept)


def _rules_of(
    items: tuple[str, ...], sets: Mapping[tuple[str, ...], int], total: int, confidence: Fraction
) -> Iterator[Rule]:
    together = sets[items]
    for place, then in enumerate(items):
        given = items[:place] + items[place + 1 :]
        if together * confidence.denominator >= confidence.numerator * sets[given]:
            yield Rule(given, then, together, sets[given], sets[(then,)], total)
