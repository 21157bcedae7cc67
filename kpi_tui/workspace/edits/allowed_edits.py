"""Which edits may be saved: finite numbers, and a reason for what is changed after its period (R009)."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence

from kpi_tui.definitions.edit import Edit
from kpi_tui.definitions.issue import ReasonNeeded, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.period import TO_DAY
from kpi_tui.workspace.edits.cell_files import owner_and_metric


def check_edits(edits: Mapping[str, Sequence[Edit]], late: Collection[str], why: str) -> None:
    """UsageError unless targets are finite and changes of a finished period give a reason (R009).

    The reason is that of the save: what an edit says of itself may only be how it was made ("proposed: last").
    """
    for period, edit in ((period, edit) for period, some in edits.items() for edit in some):
        if len(edit.key) < 2 or not all(edit.key):
            raise UsageError(say("a target needs a role and a metric"))
        role, metric = owner_and_metric(edit.key)
        if edit.to is not None and not _is_finite(edit.to):
            raise UsageError(
                say(
                    "{role} / {metric}: a target must be a finite number, not {to!r}",
                    role=role,
                    metric=metric,
                    to=edit.to,
                )
            )
        if period in late and not why.strip():
            raise ReasonNeeded(
                say("{period} is over and its targets are locked: a later change needs a reason (why)", period=period)
            )


def _is_finite(value: object) -> bool:
    try:
        return isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    except OverflowError:  # a whole number too large for a float
        return False


def refuse_views(files: Iterable[str]) -> None:
    """UsageError for days up to a day: they are looked at only."""
    for file in files:
        if file.partition("-")[0] in TO_DAY:
            raise UsageError(
                say("{period} is looked at only; agree days, weeks, months, quarters and years", period=file)
            )
