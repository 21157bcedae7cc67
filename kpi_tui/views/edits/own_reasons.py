"""Why a number was changed, where the program wrote that itself: told in the language in force.

The files keep what was written (`proposed: last`), so that they read the same for everybody and later.
"""

from __future__ import annotations

import re

from kpi_tui.definitions.answers.targets.target_proposal import Basis
from kpi_tui.definitions.answers.targets.year_split import SplitBy
from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Phrase, Word, joined, phrase
from kpi_tui.text.terms import BASES, CHANGES, SPLITS
from kpi_tui.views.reasons import bracketed, known, term

_BESIDE = re.compile(r"(?P<said>.+) \((?P<own>[^()]+)\)", re.DOTALL)
"""The reason of a save, and in brackets how its numbers were made."""
_PERIOD = r"\d{4}(?:-[\w-]+)?"


def reason_of(change: Change, space: Workspace) -> Word:
    """Why a change was made; what kind of change it is where nobody said."""
    return told_reason(change.why, space) or term(CHANGES, change.kind)


def told_reason(why: str, space: Workspace) -> Word:
    """A reason as a person reads it."""
    if (own := _own(why, space)) is not None:
        return own
    beside = _BESIDE.fullmatch(why)
    own = _own(beside["own"], space) if beside else None
    return why if beside is None or own is None else bracketed(beside["said"], own)


def _own(why: str, space: Workspace) -> Word | None:
    """What the program wrote; None for the words of a person."""
    if found := re.fullmatch(r"proposed: (.+)", why):
        return _bases(found[1].split(", "))
    if found := re.fullmatch(f"copied from ({_PERIOD})", why):
        return phrase("copied from {period}", period=found[1])
    if found := re.fullmatch(f"({_PERIOD}) split by ({'|'.join(SplitBy)})", why):
        return Phrase(SPLITS[SplitBy(found[2])], {"period": found[1]})
    if found := re.fullmatch(r"rolled over: (\S+)", why):
        return phrase("rolled over: {chain}", chain=_chain_name(space, found[1]))
    if found := re.fullmatch(r"from (.+\.(?:xlsx|xlsm|csv|tsv|txt|parquet))", why):
        return phrase("from {file}", file=found[1])
    return None


def _bases(ids: list[str]) -> Word | None:
    if any(id_ not in list(Basis) for id_ in ids):
        return None
    return phrase("proposed from {bases}", bases=joined(*(known(BASES[Basis(id_)]) for id_ in ids), between=", "))


def _chain_name(space: Workspace, id_: str) -> Text:
    return space.chains[id_].name if id_ in space.chains else Text(id_)
