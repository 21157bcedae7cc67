"""The sentences around the sheet of targets: period and lock, who changed what last, what a save did."""

from __future__ import annotations

from collections.abc import Sequence

from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Change, Target, TargetKey
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.benchmarks import benchmark_text
from kpi_tui.text.format import number
from kpi_tui.text.i18n import _, n_
from kpi_tui.tui.cell_names import target_name, target_unit
from kpi_tui.tui.screens.targets.rows import CHANGED, Pending
from kpi_tui.tui.words import GRAIN_NAMES


def head_words(period: Period, locked: bool | None, pending: Pending) -> str:
    """`‹ 2026-10 ›  month · over: changes need a reason   ✎ 3 unsaved`."""
    state = {None: "", True: _("over: changes need a reason"), False: _("open")}[locked]
    parts = [f"‹ {period.id} ›  {_(GRAIN_NAMES[period.grain])}", *([f" · {state}"] if state else [])]
    if pending:
        elsewhere = sum(when != period.id for when, _key in pending)
        there = " " + _("({count} in other periods)", count=elsewhere) if elsewhere else ""
        parts.append(f"   {CHANGED} " + n_("{count} unsaved", "{count} unsaved", len(pending)) + there)
    return "".join(parts)


def cell_words(target: Target | None, metric: Metric | None, unit: str) -> str:
    """Who set the target when and why; the agreed and the known benchmarks (R009, R016)."""
    said = [_("no target yet: type a number")] if target is None else [set_words(target)]
    if target is not None and target.benchmark is not None:
        source = f" [{target.benchmark_source}]" if target.benchmark_source else ""
        said.append(_("Benchmark") + f" {number(target.benchmark, unit)}{source}")
    if metric is not None:
        said += [_("Benchmark") + f" {benchmark_text(mark, unit)}" for mark in metric.benchmarks[:1]]
    return " · ".join(part for part in said if part)


def set_words(target: Target) -> str:
    """`ann 2026-09-28 09:00 “agreed” (late)`."""
    why = f"“{target.why}”" if target.why else ""
    late = _("(after the period)") if target.late else ""
    return " ".join(part for part in (target.by, moment(target.at), why, late) if part)


def moment(stamp: str) -> str:
    """An ISO time to the minute."""
    return stamp[:16].replace("T", " ")


def change_words(change: Change, workspace: Workspace) -> str:
    """`Buy-back rate 28.0 % → 30.0 %`."""
    key = TargetKey(change.role, change.metric)
    unit = target_unit(workspace, key)
    return f"{target_name(workspace, key)} {number(change.before, unit)} → {number(change.after, unit)}"


def saved_words(changes: Sequence[Change], workspace: Workspace) -> str:
    """Who changed what last: `Saved 3 targets · ann 2026-10-31 09:00: Buy-back rate 28.0 % → 30.0 %`."""
    count = n_("Saved {count} target", "Saved {count} targets", len(changes))
    if not changes:
        return count
    last = changes[-1]
    return f"{count} · {last.who} {last.at:%Y-%m-%d %H:%M}: {change_words(last, workspace)}"
