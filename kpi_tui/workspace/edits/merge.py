"""Three-way check of edits against a file that may have changed: cell by cell, never file by file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from kpi_tui.definitions.edit import Edit, KeyPath
from kpi_tui.definitions.issue import ConflictError, Issue, Severity
from kpi_tui.definitions.message import say
from kpi_tui.definitions.target import Target
from kpi_tui.workspace.edits.cell_files import CellFile, owner_and_metric

LOOK_AGAIN = say("look at the newer value, then set yours again")


@dataclass(frozen=True, slots=True)
class EditConflict:
    """A cell two people changed: the wish of one, the value of the other."""

    period: str
    edit: Edit
    now: Target | None

    def say(self) -> str:
        """Both sides in one sentence."""
        role, metric = owner_and_metric(self.edit.key)
        cell = say("{role} / {metric} in {period}", role=role, metric=metric, period=self.period)
        mine = say("you saw {seen} and want {wanted}", seen=_said(self.edit.base), wanted=_said(self.edit.to))
        if self.now is None:
            return say("{cell}: {mine}, but somebody has cleared it", cell=cell, mine=mine)
        why = say(" ({why})", why=self.now.why) if self.now.why else ""
        return say(
            "{cell}: {mine}, but {who} set {value} {at}{why}",
            cell=cell,
            mine=mine,
            who=self.now.by or say("somebody"),
            value=_said(self.now.value),
            at=self.now.at,
            why=why,
        )


def merge(
    file: CellFile, edits: Iterable[Edit], who: str, *, check_base: bool, keep_done: bool = False
) -> tuple[list[Edit], list[EditConflict]]:
    """Edits still to be made, their `base` set to what the file holds now, and the clashes.

    An edit whose wish is already there is done (`keep_done`: listed all the same). With `check_base`, one
    whose `base` somebody has changed is a clash, even when both wish the same number: they did not agree on
    it. Everything else merges with what others changed.
    """
    wanted: list[Edit] = []
    clashes: list[EditConflict] = []
    for edit in _one_per_cell(edits):
        target = file.cells.get(edit.key)
        now = target.value if target else None
        done = edit.to == now and (keep_done or target is None or target.by == who)
        if check_base and edit.base != now and not done:
            clashes.append(EditConflict(file.id, edit, target))
        if keep_done or edit.to != now:
            wanted.append(replace(edit, base=now))
    return wanted, clashes


def conflict(clashes: Sequence[EditConflict]) -> ConflictError:
    """The error that shows both sides of every clash."""
    issues = tuple(Issue(Severity.ERROR, clash.say(), LOOK_AGAIN, code="target.conflict") for clash in clashes)
    return contested(issues)


def contested(issues: tuple[Issue, ...]) -> ConflictError:
    """The error about cells two people changed, an issue each."""
    more = say("; and {count} more", count=len(issues) - 1) if len(issues) > 1 else ""
    return ConflictError(say("{message}{more}; nothing was saved", message=issues[0].message, more=more), issues)


def _one_per_cell(edits: Iterable[Edit]) -> Iterable[Edit]:
    """Several edits of one cell are one: from the first base to the last wish."""
    cells: dict[KeyPath, Edit] = {}
    for edit in edits:
        cells[edit.key] = replace(edit, base=cells[edit.key].base) if edit.key in cells else edit
    return cells.values()


def _said(value: float | None) -> str:
    return say("no target") if value is None else f"{value:.12g}"
