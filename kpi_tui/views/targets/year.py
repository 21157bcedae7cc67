"""Targets of a year in its months (or of any long period in its parts), with what is done and still needed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.targets.year_sheet import Adding, YearCell, YearLine, YearSheet
from kpi_tui.definitions.answers.targets.year_split import SplitLine, YearSplit
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.period import Grain
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.target import Target
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Aside, BothNames, Word, joined, phrase, phrases
from kpi_tui.views.cells import Cell, NumberCell, TextCell, text, without_sign
from kpi_tui.views.doubts import doubts, shared_doubt_data
from kpi_tui.views.edits.edited_cell import cell_key, cell_unit
from kpi_tui.views.edits.history import set_by
from kpi_tui.views.edits.unsaved import CHANGED, unsaved
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import known, own_days
from kpi_tui.views.record import Record, record
from kpi_tui.views.targets.exported import exported, exported_column
from kpi_tui.views.targets.proposals import not_set
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

MOST = 13
"""Cells of a number at most."""
_IN_PARTS = {
    Grain.DAY: N_("in days"),
    Grain.WEEK: N_("in weeks"),
    Grain.MONTH: N_("in months"),
    Grain.QUARTER: N_("in quarters"),
}
DIFFERS = "≠"


def year_sheet(found: YearSheet, space: Workspace) -> View:
    """Every role as a section, its lines below: the whole, what its parts come to, what is done, needed, the parts."""
    rows = list(_rows(found, space))
    title = joined(phrase("Targets"), found.period.id)
    notes: list[Word] = []
    if found.lines and found.is_known:
        notes.append(
            phrase(
                "Needed: what each period that is not over must bring. ø: the mean, of rates and averages. ▲ what was "
                "due by now is done, ▼ it is not, ≠ the parts do not come to the year."
            )
        )
    notes += [
        joined(metric_name(space, line.key.metric), phrase("done is not known: {why}", why=line.why), between=": ")
        for line in found.lines
        if line.whole.target is not None and line.adding is Adding.SUM and line.why
    ]
    if found.parts[0].start != found.period.start or found.parts[-1].end != found.period.end:
        first, last = found.parts[0].start.isoformat(), found.parts[-1].last_day.isoformat()
        notes.append(phrase("They run from {first} to {last}, not from end to end of it.", first=first, last=last))
    said = (word for line in found.lines if line.done is not None for word in doubts_of(line, space))
    notes += list(dict.fromkeys(said))
    lines = sheet(_columns(found), rows, notes=notes, key="year")
    none = [] if found.lines else [Sentence(phrase("No lines of a role."))]
    sentences = (Sentence(_when(found), key="when"), *none)
    return View(title, sentences, (lines,), data=_data(found), name=f"targets-{found.period.id}-{found.grain}")


def split_sheet(found: YearSheet, made: YearSplit, space: Workspace) -> View:
    """The sheet as it would be, and which lines get nothing and why."""
    view = year_sheet(found, space)
    (lines,) = view.sheets
    notes: list[Word] = [Aside(not_set())]
    notes += [joined(split_name(line, space), line.why, between=": ") for line in made.left_out]
    said = (*lines.notes, *(Sentence(note, "muted") for note in notes))
    left_out = [{**record(line, "role=key.role", "metric=key.metric"), "why": str(line.why)} for line in made.left_out]
    data = {**_data(found), "by": str(made.by), "left_out": left_out}
    return replace(view, sheets=(replace(lines, notes=said),), data=data)


def split_name(line: SplitLine, space: Workspace) -> Word:
    """`Paid amount · Operations`."""
    return joined(metric_name(space, line.key.metric), owner_name(space, line.key.role), between=" · ")


def _when(found: YearSheet) -> Word:
    """`‹ 2026 › year in months   ✎ 3 unsaved`."""
    when = joined(f"‹ {found.period.id} ›", known(_IN_PARTS[found.grain]), own_days(found.period), between=" ")
    return joined(when, unsaved(found.unsaved), between="   ")


def _columns(found: YearSheet) -> list[Column]:
    """The whole and what its parts come to never leave, nor do the parts: a screen shows as many as it has room for."""
    parts = [Column(part.id, part.id, least=7, most=MOST, right=True) for part in found.parts]
    return [
        Column("name", phrase("Metric"), least=14, flex=1),
        Column(found.period.id, found.period.id, least=7, most=MOST, right=True),
        Column("total", phrase("Sum · ø"), least=7, most=MOST, right=True),
        Column("done", phrase("Done"), least=6, most=MOST, right=True, drop=2),
        Column("needed", phrase("Needed"), least=6, most=MOST, right=True, drop=1),
        Column("status", phrase("±"), width=2),
        *parts,
        Column("role", hidden=True, back=True),
        Column("metric", hidden=True, back=True),
        exported_column(),
    ]


def _rows(found: YearSheet, space: Workspace) -> Iterator[Row]:
    role = ""
    for line in found.lines:
        if line.key.role != role:
            role = line.key.role
            yield Row(f"role {role}", heading=joined("──", BothNames(owner_name(space, role)), between=" "))
        yield Row(cell_key(line.key), tuple(_cells(found, line, space)))


def _cells(found: YearSheet, line: YearLine, space: Workspace) -> Iterator[Cell]:
    unit, waiting = cell_unit(space, line.key), not found.is_known
    yield text(metric_name(space, line.key.metric))
    yield _target(line.whole, unit)
    yield TextCell("…", "muted") if waiting else _total(line, unit)
    yield TextCell("…", "muted") if waiting else _done(line, unit)
    yield TextCell("…", "muted") if waiting else _needed(line, space)
    yield _status(line, space)
    yield from (without_sign(_target(cell, unit)) for cell in line.parts)
    yield text(line.key.role)
    yield text(line.key.metric)
    yield exported({cell.period.id: cell.saved for cell in (line.whole, *line.parts)})


def _target(cell: YearCell, unit: str) -> NumberCell:
    if cell.is_changed:
        return NumberCell(cell.target, unit, "changed", before=f"{CHANGED} ")
    return NumberCell(cell.target, unit, "muted" if cell.is_over or cell.target is None else "strong")


def _total(line: YearLine, unit: str) -> NumberCell:
    """`≠ 118,000` where the parts do not come to the target of the whole; `ø 28.0 %` for a mean."""
    mean = "ø " if line.adding is Adding.MEAN and line.total is not None else ""
    off = differs(line, unit)
    before = mean or (f"{DIFFERS} " if off else "")
    return without_sign(NumberCell(line.total, unit, "near" if off else "", before=before))


def differs(line: YearLine, unit: str) -> bool:
    """Whether the parts that must come to the whole do not, by more than a rounding of each of them."""
    if line.adding not in (Adding.SUM, Adding.LAST) or line.total is None or line.whole.target is None:
        return False
    least = {"count": 0.5, "currency": 0.005}.get(unit, 5e-5)
    return abs(line.total - line.whole.target) > least * (len(line.parts) if line.adding is Adding.SUM else 1)


def _done(line: YearLine, unit: str) -> Cell:
    return without_sign(NumberCell(line.done, unit, "muted", doubtful=line.is_doubtful and line.done is not None))


def doubts_of(line: YearLine, space: Workspace) -> list[Word]:
    """What is to be said of the rows behind what is done; that the year is not over is said by its parts."""
    return [one.word for one in doubts((replace(value, partial=False) for value in line.rests_on), space)]


def _needed(line: YearLine, space: Workspace) -> Cell:
    metric = space.metrics.get(line.key.metric)
    if line.is_reached and (metric is None or metric.better is not Better.LOWER):
        return text(phrase("reached"), "good", line.needed)
    return without_sign(NumberCell(line.needed, cell_unit(space, line.key)))


def _status(line: YearLine, space: Workspace) -> TextCell:
    """Whether what is done is what was due by now: ▲ or more of it, ▼ less; ✓ the whole is reached; ≠ as in the sum."""
    off = DIFFERS if differs(line, cell_unit(space, line.key)) else ""
    if line.done is None or line.due is None:
        return TextCell(off, "near", None)
    metric = space.metrics.get(line.key.metric)
    lower = metric is not None and metric.better is Better.LOWER
    if line.is_reached and not lower:
        return TextCell(f"✓{off}", "good", "reached")
    good = line.done <= line.due if lower else line.done >= line.due
    return TextCell(f"{'▲' if good else '▼'}{off}", "good" if good else "weak", "on plan" if good else "behind")


# --- the cell under a cursor ---------------------------------------------------------------------------
def year_cell_sentence(line: YearLine, cell: YearCell, target: Target | None, space: Workspace) -> Word:
    """What was in the period of the cell, what the year still needs, who set the target."""
    unit = cell_unit(space, line.key)
    said: list[Word] = [joined(metric_name(space, line.key.metric), cell.period.id, between=" ")]
    if cell.target is not None:
        said.append(phrase("target {target}", target=Quantity(cell.target, unit)))
    if cell.actual is not None:
        said.append(phrase("actual {actual}", actual=Quantity(cell.actual, unit)))
    if line.adding is Adding.SUM and line.why and line.whole.target is not None:
        said.append(phrase("done is not known: {why}", why=line.why))
    if line.needed is not None and line.adding is Adding.SUM and not line.is_reached:
        said.append(
            phrases(
                "{needed} still needed in the {count} period left",
                "{needed} still needed in each of the {count} periods left",
                line.left,
                needed=Quantity(line.needed, unit),
            )
        )
    said.append(phrase("no target yet: Enter sets one") if target is None else set_by(target, space))
    said += doubts_of(line, space)
    return joined(*said, between=" · ")


# --- data --------------------------------------------------------------------------------------------
def _data(found: YearSheet) -> Record:
    return {
        **record(found, "period", "grain"),
        "lines": [_line_data(line) for line in found.lines],
    }


def _line_data(line: YearLine) -> Record:
    named = ("role=key.role", "metric=key.metric", "adding", "target=whole.target", "total", "done", "why", "needed")
    parts = [record(cell, "period", "target", "actual", "over=is_over") for cell in line.parts]
    marks = shared_doubt_data(line.rests_on)
    return {**record(line, *named), **marks, "over": line.over, "left": line.left, "parts": parts}
