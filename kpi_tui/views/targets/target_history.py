"""Who changed which target or typed number, when, from, to, why; and what is not saved yet (spec R038)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi_tui.definitions.target import Change, KeyPath, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.names import holder_name, target_name, target_unit
from kpi_tui.views.view import Column, Row, Sheet, View, sheet

IN_TABLE = ("at", "who", "kind", "role", "metric", "period", "from", "to", "why")
ON_SCREEN = ("at", "who", "period", "from", "to", "note")


def changes(found: Sequence[Change], space: Workspace, none: Word = "") -> View:
    """Lines of the history, newest last; `none` is said when there are none."""
    lines = _changes(found, space).only(*IN_TABLE)
    notes = [] if found else [none]
    return View(sheets=(sheet(lines.columns, lines.rows, notes=notes),), data=[change_data(one) for one in found])


def history_of(key: TargetKey, found: Sequence[Change], space: Workspace) -> View:
    """Who changed this target, newest first."""
    what = joined(target_name(space, key), holder_name(space, key), between=" · ")
    lines = _changes(list(reversed(found)), space).only(*ON_SCREEN)
    return View(phrase("History of {metric}", metric=what), sheets=(lines,))


def _changes(found: Iterable[Change], space: Workspace) -> Sheet:
    columns = [
        Column("at", phrase("When"), width=16),
        Column("who", phrase("Who"), most=12),
        Column("kind", phrase("What")),
        Column("role", phrase("Role")),
        Column("metric", phrase("Metric")),
        Column("period", phrase("Period"), most=10, drop=1),
        Column("from", phrase("Old"), most=12, right=True),
        Column("to", phrase("New"), most=12, right=True),
        Column("why", phrase("Why")),
        Column("note", phrase("Why"), flex=1, least=8, csv=False),
    ]
    return sheet(columns, [_change(place, change, space) for place, change in enumerate(found)], key="changes")


def _change(place: int, change: Change, space: Workspace) -> Row:
    unit = target_unit(space, TargetKey(change.role, change.metric))
    late = phrase("late") if change.late else ""
    return Row(
        f"{place}",
        (
            text(f"{change.at:%Y-%m-%d %H:%M}", "muted", change.at.isoformat(timespec="seconds")),
            text(change.who),
            text(change.kind, "muted"),
            text(change.role),
            text(change.metric),
            text(change.period),
            NumberCell(change.before, unit),
            NumberCell(change.after, unit, "strong"),
            text(change.why, "muted"),
            text(joined(late, change.why or change.kind, between=" "), "muted"),
        ),
    )


def change_data(change: Change) -> dict[str, object]:
    """The JSON of one line of the history."""
    return {
        "at": change.at.isoformat(timespec="seconds"),
        "who": change.who,
        "account": change.account,
        "role": change.role,
        "metric": change.metric,
        "period": change.period,
        "from": change.before,
        "to": change.after,
        "why": change.why,
        "kind": change.kind,
        "late": change.late,
        "id": change.id,
        "batch": change.batch,
    }


Unsaved = Mapping[tuple[str, TargetKey], tuple[float | None, float | None]]
"""Period and target → saved and new value."""


def differences(pending: Unsaved, space: Workspace) -> View:
    """Every unsaved cell: saved value → new value."""
    columns = [
        Column("role", phrase("Role"), most=16, drop=1),
        Column("metric", phrase("Metric"), flex=1, least=12),
        Column("period", phrase("Period"), most=12),
        Column("old", phrase("Saved"), most=14, right=True),
        Column("arrow", width=1, csv=False),
        Column("new", phrase("New"), most=14, right=True),
    ]
    rows = [_difference(period, key, old, new, space) for (period, key), (old, new) in pending.items()]
    title = phrase("Differences to the saved targets: {count}", count=len(rows))
    return View(title, sheets=(sheet(columns, rows, key="differences"),))


def difference_key(period: str, key: KeyPath) -> str:
    """What the cursor of the differences stands on: the period, then the target's own row key."""
    return f"{period} {'/'.join(key)}"


def _difference(period: str, key: TargetKey, old: float | None, new: float | None, space: Workspace) -> Row:
    unit = target_unit(space, key)
    cells = (
        text(holder_name(space, key), "muted"),
        text(target_name(space, key)),
        text(period, "muted"),
        NumberCell(old, unit),
        text("→"),
        NumberCell(new, unit, "changed"),
    )
    return Row(difference_key(period, key), cells)
