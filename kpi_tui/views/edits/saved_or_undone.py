"""What a save, an undo or a redo did, in one sentence."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.edit import Change, Edit
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrases
from kpi_tui.views.edits.definitions import saved_definitions, touched
from kpi_tui.views.edits.edited_cell import COUNTS, cell_name, cell_unit


def saved(changes: Sequence[Change], space: Workspace) -> Word:
    """`Saved 3 targets · ann 2026-10-31 09:00: Buy-back rate 28.0 % → 30.0 %`: how many, and who changed what last."""
    definitions = [change for change in changes if is_definition(change)]
    others = [change for change in changes if not is_definition(change)]
    if definitions:
        return joined(saved_definitions(definitions, space), saved(others, space) if others else "", between=" · ")
    if any(change.role == COUNTS for change in changes):
        count = phrases("Saved {count} number", "Saved {count} numbers", len(changes))
    else:
        count = phrases("Saved {count} target", "Saved {count} targets", len(changes))
    if not changes:
        return count
    last = changes[-1]
    key = TargetKey(last.role, last.metric)
    unit = cell_unit(space, key)
    step = joined(cell_name(space, key), Quantity(last.before, unit), "→", Quantity(last.after, unit), between=" ")
    return joined(count, joined(f"{last.who} {last.at:%Y-%m-%d %H:%M}", step, between=": "), between=" · ")


def is_definition(change: Change) -> bool:
    """Whether a key of the TOML changed, and no target or number."""
    return bool(change.keys) or change.period.endswith(".toml")


def step(result: Sequence[Change] | tuple[Edit, ...] | str, space: Workspace) -> Word:
    """What an undo or redo touched: `2026-W44 B Visitors +2`, `Promotion › weight`, or how many saved targets."""
    if not isinstance(result, str):
        if result and (isinstance(result[0], Edit) or is_definition(result[0])):
            return touched([one.key for one in result], space)
        return phrases("{count} saved target", "{count} saved targets", len(result))
    period, role, rest = (*result.split(" ", 2), "", "")[:3]
    metric, _space, more = rest.partition(" ")
    return joined(period, cell_name(space, TargetKey(role, metric)), more, between=" ") if metric else result
