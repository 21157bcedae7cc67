"""Where a chain's targets and typed numbers lie: their cells, by link (R039–R072).

Targets of links lie with the other targets, under `chain:<id>`: in a week's file per link, in a month's file the
growth baseline and changed points. Numbers typed by hand lie in `actuals/`, under `counts`, per measure.
"""

from __future__ import annotations

from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.chain import Chain, Link
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.target import TargetKey

COUNTS = "counts"
"""Whose cells the hand-entered numbers are: they belong to the shop, not to one chain."""


def chain_key(chain: str, key: str) -> TargetKey:
    """The target cell of a link, of `growth`, or of `points.<link>`."""
    return TargetKey(f"chain:{chain}", key)


def link_of(chain: Chain, link: str) -> Link:
    """A link of a chain; UsageError names the known ones."""
    found = chain.link(link)
    if found is None:
        raise UsageError(
            say(
                "the chain {chain} has no link {link!r}; known: {names}",
                chain=chain.id,
                link=link,
                names=listed(k.id for k in chain.links),
            )
        )
    return found


def count_cells(link: Link, value: float | None, base: float | None) -> dict[TargetKey, float | None]:
    """The typed cells of a link: its count, and what it is divided by when that is given."""
    count = link.numerator or link.absolute
    if not count:
        raise UsageError(say("link {link} has no count to type", link=link.id))
    if base is not None and not link.denominator:
        raise UsageError(say("link {link} is a plain count: type one number", link=link.id))
    for number in (value, base):
        if number is not None and number < 0:
            raise UsageError(say("link {link}: a count cannot be {number:g}", link=link.id, number=number))
    below = {TargetKey(COUNTS, link.denominator): base} if base is not None else {}
    return {TargetKey(COUNTS, count): value, **below}
