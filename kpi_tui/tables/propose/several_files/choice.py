"""Of several files for one table: which are parts of one export, which are sources side by side, which give way.

Exports of two platforms are two sources of the table. Of two exports of one platform, of the shop's own list and a
statement of its payments, one is taken: they tell of the same orders, which would count twice. Orders of a file that no
recipe knows are compared with those of the exports first, or of the sheet that is known best.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import (
    BY_FILE,
    BY_SOURCE,
    TableProposal,
    left_out_for,
    months_of_one_shop,
    source_name,
    with_sources,
)
from kpi_tui.definitions.library.recipe import MONEY, OWN_FILE, TOLD_BY
from kpi_tui.definitions.message import Message, say
from kpi_tui.definitions.written.file_names import name_beside
from kpi_tui.tables.propose.by_column_names import ORDERS
from kpi_tui.tables.propose.several_files.same_orders import Compared
from kpi_tui.tables.propose.several_files.shops import Shops

_CENT = 0.005
Compare = Callable[[TableProposal, Sequence[TableProposal]], Compared | None]


def _not_compared(_one: TableProposal, _others: Sequence[TableProposal]) -> None:
    return None


@dataclass(frozen=True, slots=True)
class ChosenTables:
    """The proposals taken, several of a table as its sources; the others, and why files were not used for them."""

    tables: tuple[TableProposal, ...]
    others: tuple[TableProposal, ...]
    skipped: tuple[tuple[Path, str], ...]


def choose(
    found: Sequence[TableProposal], compare: Compare = _not_compared, shops: Shops | None = None
) -> ChosenTables:
    """Parts of one export as one, the best of every source, those of later tellers left out.

    `compare`: orders of an export beside those of the first teller; such as are told apart are a source of their own.
    """
    shops = shops or Shops()
    others: list[TableProposal] = []
    skipped: list[tuple[Path, str]] = []
    own = {one.path for one in found if one.table == "orders" and not one.recipe and not one.by_hand}
    found = [_of_somebody(one) if one.path in own else one for one in found]
    first = _first_teller(found)
    if first is None and (first := _first_of_own(found)):
        alike = {one.path for one in found if _alike(one, first)}
        found = [replace(one, told_by=TOLD_BY[0]) if one.path in alike else one for one in found]
        first = replace(first, told_by=TOLD_BY[0])
    if first:
        found = _told_apart(found, first, compare)
    taken: list[TableProposal] = []
    apart: list[Path] = []  # a file of every shop
    for proposal in sorted(found, key=lambda p: (not p.by_hand, -p.confidence)):
        if first and _is_later(proposal, first):
            skipped.append((proposal.path, _may_be_the_same(proposal, first)))
            others.append(proposal)
        elif part := next((one for one in taken if _alike(one, proposal) and _of_one_shop(one, proposal, shops)), None):
            at = taken.index(part)
            words = part.statuses.with_words_of(proposal.statuses)
            part = _with_months(part, proposal, shops)
            taken[at] = replace(part, more=(*part.more, proposal.path), notes=_joined(part, proposal), statuses=words)
        elif shop := next((one for one in taken if _alike(one, proposal)), None):
            taken.append(proposal if proposal.path in apart else _beside(proposal, shop, shops))  # it is asked once
            apart += [shop.path, proposal.path]
        elif rival := next((one for one in taken if _rivals(one, proposal)), None):
            if not proposal.spare:
                skipped.append((proposal.path, _fits_better(proposal, rival)))
                others.append(proposal)
            elif other := _gives_back_otherwise(rival, proposal):
                taken[taken.index(rival)] = replace(rival, confirm=(*rival.confirm, other))
        else:
            taken.append(proposal)
    if first:
        later = [one for one in others if one.table == first.table and one.told_by != first.told_by]
        used = set() if first.recipe else {one.path for one in taken}  # the goods of the very orders of an own sheet
        later = [one for one in later if one.path not in used]
        asked = tuple(left_out_for(one, first.path) for one in later)
        taken = [
            replace(one, confirm=(*one.confirm, *asked)) if (one.table, one.path) == (first.table, first.path) else one
            for one in taken
        ]
        if not first.recipe:  # for a workspace that is there they are own files all the same
            taken = [replace(one, told_by=OWN_FILE) if one.path in own and not one.recipe else one for one in taken]
    taken = _of_shops(taken, apart, shops)
    return ChosenTables(with_sources(tuple(taken)), tuple(others), tuple(dict.fromkeys(skipped)))


def _is_later(proposal: TableProposal, first: TableProposal) -> bool:
    known = bool(proposal.recipe) or proposal.told_by == OWN_FILE
    return proposal.table in MONEY and known and proposal.told_by != first.told_by


def _of_somebody(one: TableProposal) -> TableProposal:
    """Of a shop's own sheet, which no recipe knows: orders and goods that are others than the export's, or not."""
    return replace(one, told_by=OWN_FILE) if one.table in MONEY else one


def _first_of_own(found: Sequence[TableProposal]) -> TableProposal | None:
    """Of own sheets of different columns the one that is known best; None of one, and of months of one."""
    orders = sorted(
        (one for one in found if one.table == "orders" and one.told_by == OWN_FILE), key=_known, reverse=True
    )
    return orders[0] if any(not _alike(one, orders[0]) for one in orders) else None


def _known(one: TableProposal) -> float:
    return one.confidence


def _told_apart(found: Sequence[TableProposal], first: TableProposal, compare: Compare) -> list[TableProposal]:
    """Those of later tellers with what a comparison found; one of other orders tells of them as the first does."""
    theirs = [one for one in found if one.table == "orders" and not one.by_hand and one.told_by == first.told_by]
    made: dict[tuple[Path, str], Compared | None] = {}
    for one in sorted(
        (one for one in found if one.table == "orders" and _is_later(one, first)), key=_known, reverse=True
    ):
        result = made[one.path, one.recipe] = compare(one, theirs)
        theirs += [one] if result and result.apart else []  # the next one may be a copy of it
    found = [_compared(one, first, made.get((one.path, one.recipe))) if _is_later(one, first) else one for one in found]
    same = {path for (path, _recipe), one in made.items() if one and one.met}
    return [replace(one, told_by=first.told_by) if _is_goods(one) and one.path in same else one for one in found]


def _is_goods(one: TableProposal) -> bool:
    """Lines of an own sheet: where its orders are the very ones of an export, they are the goods of those."""
    return one.table == "order_items" and one.told_by == OWN_FILE


def _compared(one: TableProposal, first: TableProposal, found: Compared | None) -> TableProposal:
    if found is None:
        return one
    if not found.apart:
        return replace(one, compared=found.said)
    said = say(
        "{table} of {file} are other orders ({why}): they count too",
        table=one.table,
        file=one.path.name,
        why=found.said,
    )
    source = one.source or source_name(one.path)
    asked = () if one.told_by == OWN_FILE and one.table != "orders" else (said,)  # its orders ask for its goods too
    return replace(one, source=source, told_by=first.told_by, confirm=(*one.confirm, *asked))


def _first_teller(found: Iterable[TableProposal]) -> TableProposal | None:
    """The export whose word counts for orders: that of a shop before a statement of payments before a tracker."""
    orders = [one for one in found if one.table == "orders" and one.recipe]
    return min(orders, key=lambda one: TOLD_BY.index(one.told_by), default=None)


def _rivals(one: TableProposal, other: TableProposal) -> bool:
    """Whether two proposals tell of the same rows: two exports of a platform, or a file no recipe knows.

    Such a file has a source once its orders were told apart from those of the first, an export or the best known sheet.
    """
    if one.table != other.table or one.by_hand or other.by_hand:
        return False
    if not (one.recipe or other.recipe):
        return bool(one.source) is bool(other.source)
    return not (one.source and other.source) or (one.source == other.source and one.recipe != other.recipe)


def _gives_back_otherwise(taken: TableProposal, spare: TableProposal) -> Message | None:
    """What to ask where two exports of a shop say different sums of what was given back: one has postage, say."""
    mine, theirs = taken.given_back, spare.given_back
    if mine is None or theirs is None or abs(mine - theirs) < _CENT:
        return None
    own_sum, their_sum = f"{mine:,.2f}", f"{theirs:,.2f}"
    return say(
        "{file} gives back {sum} and {other} {theirs}: the refunds of {file} count; where those of {other} are right "
        "(with postage): `init … --as {file}=order_items`",
        file=taken.path.name,
        sum=own_sum,
        other=spare.path.name,
        theirs=their_sum,
    )


def _fits_better(proposal: TableProposal, other: TableProposal) -> str:
    return say(
        "looks like {table!r} too, which {path} fits better",
        table=proposal.table,
        path=name_beside(other.path, proposal.path),
    )


def _may_be_the_same(proposal: TableProposal, first: TableProposal) -> str:
    said = say(
        "its {table} may be those of {path}: not added to them, so that nothing counts twice",
        table=proposal.table,
        path=name_beside(first.path, proposal.path),
    )
    return say("{said} ({why})", said=said, why=proposal.compared) if proposal.compared else said


def _of_one_shop(one: TableProposal, other: TableProposal, shops: Shops) -> bool:
    return shops.are_one(one.table, (one.path, *one.more), (other.path, *other.more))


def _beside(one: TableProposal, other: TableProposal, shops: Shops) -> TableProposal:
    """A part of another shop, which asks whether it is of one."""
    if shops.numbers_meet((one.path, *one.more), (other.path, *other.more)):
        said = say(
            "{file} gives numbers of orders of {other} to others: each is a source of its own (column source), and the "
            "numbers of {file} get the name of theirs",
            file=name_beside(one.path, other.path),
            other=name_beside(other.path, one.path),
        )
    else:
        said = say(
            "{file} has the same columns as {other}: by their names they are of two shops, so each is a source of its "
            "own (column source); if they are parts of one export, write both into one path",
            file=name_beside(one.path, other.path),
            other=name_beside(other.path, one.path),
        )
    return replace(one, confirm=(*one.confirm, said))


def _with_months(part: TableProposal, more: TableProposal, shops: Shops) -> TableProposal:
    """A part that is joined by a file whose numbers begin at one again."""
    if part.renumbered or not shops.numbers_meet((part.path, *part.more), (more.path, *more.more)):
        return part
    said = months_of_one_shop(name_beside(more.path, part.path), name_beside(part.path, more.path))
    asked = (said,) if part.table == ORDERS else ()
    return replace(part, renumbered=BY_FILE, confirm=(*part.confirm, *asked))


def _of_shops(taken: Sequence[TableProposal], apart: Iterable[Path], shops: Shops) -> list[TableProposal]:
    """The parts of shops told apart, each called by what its file is called by, in every table that the file fills."""
    files = list(dict.fromkeys(apart))
    short = Counter(map(shops.name, files))
    names = {path: shops.name(path) if short[shops.name(path)] == 1 else source_name(path) for path in files}
    times = Counter(names.values())
    names |= {path: f"{source_name(path.parent)}_{name}" for path, name in names.items() if times[name] > 1}
    of = {one.path: (one.path, *one.more) for one in taken if one.path in names}
    again = {
        path for nth, path in enumerate(files) if any(shops.numbers_meet(of[path], of[other]) for other in files[:nth])
    }
    return [
        replace(one, source=names[one.path], renumbered=BY_SOURCE if one.path in again else one.renumbered)
        if one.path in names and one.table in MONEY
        else one
        for one in taken
    ]


def _alike(one: TableProposal, other: TableProposal) -> bool:
    """The same table of the same columns, read the same way."""
    same = (one.table, one.by_hand, one.recipe, one.columns, set(one.unmapped), one.missing, one.group_by) == (
        other.table,
        other.by_hand,
        other.recipe,
        other.columns,
        set(other.unmapped),
        other.missing,
        other.group_by,
    )
    years = [part.reading.year_of for part in (one, other)]
    told = all(years[1].get(name, year) == year for name, year in years[0].items())
    return same and told and one.reading.sheet == other.reading.sheet and one.path.suffix == other.path.suffix


def _joined(one: TableProposal, other: TableProposal) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*one.notes, *other.notes)))
