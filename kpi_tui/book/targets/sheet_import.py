"""Targets and typed numbers from a workbook or a csv: first what would change, then, accepted, one step of edits."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book.chain.cells import COUNTS
from kpi_tui.book.targets.cell_names import CHAIN, NameIndex, counts, links, metrics, owners, owners_named
from kpi_tui.book.targets.sheet_cells import Keys, SheetCells, Wish
from kpi_tui.book.targets.sheet_layout import layout_of
from kpi_tui.definitions.answers.targets.imported_cells import (
    FileCell,
    FileDifference,
    FileTrouble,
    ImportedCells,
    same,
)
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.library.chain import GROWTH
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.role import role_and_value
from kpi_tui.definitions.target import TargetKey

if TYPE_CHECKING:
    from kpi_tui.book.scores import Scores
    from kpi_tui.definitions.calendar import Calendar
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.tables.source.cell_grid import Grid
    from kpi_tui.workspace.edits.period_edits import PeriodEdits

TARGETS, ACTUALS = "targets", "actuals"


class SheetImport:
    """Reads a file against what is saved; nothing is written before it is accepted, and then it is pending."""

    def __init__(
        self,
        workspace: Workspace,
        targets: PeriodEdits,
        actuals: PeriodEdits,
        scores: Scores,
        as_of: Callable[[], date],
        expect_rows: Callable[[], None],
    ) -> None:
        """`expect_rows` raises RowsNeeded where this process opens no workbook."""
        self._workspace, self._scores, self._as_of, self._expect_rows = workspace, scores, as_of, expect_rows
        self._edits = {TARGETS: targets, ACTUALS: actuals}
        self._owners, self._metrics = owners(workspace), metrics(workspace)

    def read(self, file: Path, folder: str, period: Period | None = None, *, said: bool = True) -> ImportedCells:
        """What the file would change in a folder (targets or actuals).

        `period` is meant by the numbers of a sheet that names none, and its year by headings such as `10月`; else the
        year of the as-of day, which is told. `said`: a person named it, so its year wins over one in a title.
        TableError for a file that cannot be read or holds no such sheet.
        """
        self._expect_rows()
        from kpi_tui.tables.source.cell_grid import read_grids

        keys, calendar = self._keys(folder), self._workspace.calendar
        wishes: list[Wish] = []
        troubles: list[FileTrouble] = []
        notes: list[str] = []
        grids, used = read_grids(file), 0
        for grid in grids:
            meant = calendar.year_number(calendar.year_around(period.start if period else self._day()))
            layout = layout_of(grid, keys.names, meant, calendar, is_year_said=said and period is not None)
            if layout is None:
                continue
            used += 1
            notes += layout.notes
            when = period or _said_by(grid, calendar)
            for found in SheetCells(grid, layout, self._keys(folder, grid.sheet), when).read():
                (wishes if isinstance(found, Wish) else troubles).append(found)  # type: ignore[arg-type]
        if not used:
            raise TableError(_no_sheet(file))
        return self._answer(file, folder, wishes, troubles, [*notes, *_unread(len(grids) - used)])

    def accept(self, found: ImportedCells, differences: Iterable[FileDifference] | None = None, why: str = "") -> int:
        """Pending edits of all differences, or of these; how many cells changed."""
        cells: dict[str, dict[TargetKey, float | None]] = {}
        for one in found.differences if differences is None else differences:
            cells.setdefault(one.period, {})[one.key] = one.to
        said = say("from {file}", file=found.file)
        return self._edits[found.folder].set_all(cells, f"{why} ({said})" if why else said)

    def compared(self, file: str, folder: str, cells: Mapping[str, Mapping[TargetKey, float | None]]) -> ImportedCells:
        """The same for cells that were read otherwise: period id -> cells."""
        wishes = [
            Wish(FileCell("", "", ""), Period.parse(period, self._workspace.calendar), key, to, False, None, False)
            for period, some in cells.items()
            for key, to in some.items()
            if to is not None
        ]
        return self._answer(Path(file), folder, wishes, [], [])

    def _day(self) -> date:
        try:
            return self._as_of()
        except TableError:  # nothing says a day before there are data
            return date.today()

    # --- the answer ----------------------------------------------------------------------------
    def _answer(
        self, file: Path, folder: str, wishes: Sequence[Wish], troubles: list[FileTrouble], notes: Sequence[str]
    ) -> ImportedCells:
        edits = self._edits[folder]
        wishes = self._of_known_values(wishes, troubles)
        first: dict[tuple[Period, TargetKey], Wish] = {}
        for wish in wishes:
            one = first.setdefault((wish.period, wish.key), wish)
            if not same(one.to, wish.to):
                why = say("said twice: {other} says {text}", other=one.cell.place, text=one.cell.text)
                troubles.append(FileTrouble(wish.cell, why))
        differences = [found for wish in first.values() if (found := self._difference(edits, wish)) is not None]
        over = tuple(dict.fromkeys(one.period for one in differences if edits.is_locked(one.period)))
        alike, said = len(first) - len(differences), tuple(dict.fromkeys(notes))
        taken = tuple(differences), tuple(troubles)
        return ImportedCells(file.name, folder, len(wishes), alike, *taken, said, over)

    def _of_known_values(self, wishes: Sequence[Wish], troubles: list[FileTrouble]) -> list[Wish]:
        """Without those of a role's value that neither their period knows nor the one that is running."""
        owners = dict.fromkeys((wish.key.role, wish.period) for wish in wishes if role_and_value(wish.key.role)[1])
        unknown: dict[tuple[str, Period], str] = {}
        for owner, period in owners:
            running = Period.containing(self._day(), period.grain, self._workspace.calendar)
            try:
                self._scores.refuse_value(owner, [period, running])
            except UsageError as error:
                unknown[owner, period] = str(error)
            except TableError:  # no data yet: nothing is known of any value
                continue
        troubles += [
            FileTrouble(wish.cell, unknown[at]) for wish in wishes if (at := (wish.key.role, wish.period)) in unknown
        ]
        return [wish for wish in wishes if (wish.key.role, wish.period) not in unknown]

    def _difference(self, edits: PeriodEdits, wish: Wish) -> FileDifference | None:
        """None where the file says what is saved, or what it was written with: that is no wish."""
        theirs = edits.saved(wish.period).get(wish.key)
        now = theirs.value if theirs else None
        if same(wish.to, now) or (wish.is_exported and same(wish.to, wish.exported)):
            return None
        return FileDifference(
            wish.cell, wish.period.id, wish.key, now, wish.to, wish.is_exported, wish.exported, theirs, wish.doubtful
        )

    # --- names -----------------------------------------------------------------------------------
    def _keys(self, folder: str, sheet: str = "") -> Keys:
        """How cells are named there; a sheet that is called like a role is the role's."""
        if folder == ACTUALS:
            known = counts(self._workspace)
            return Keys(lambda _owner, named: self._count(named, known), lambda _key: "count", known)
        called = sheet if owners_named(sheet, self._owners, self._workspace) else ""
        return Keys(lambda owner, named: self._target(owner or called, named), self._unit, self._metrics)

    def _count(self, named: str, known: NameIndex) -> TargetKey | str:
        if self._metrics.find(named) and not known.find(named):
            return say("{name} is computed from tables; kept by hand are the counts of a chain's links", name=named)
        return _one(named, known, COUNTS)

    def _target(self, owner: str, named: str) -> TargetKey | str:
        if not owner:
            return self._held_by_one(named)
        found = owners_named(owner, self._owners, self._workspace)
        if len(found) != 1:
            return _which(owner, found) if found else _unknown(owner, self._owners.nearest(owner), say("role"))
        if found[0].startswith(CHAIN):
            return _one(named, links(self._workspace, found[0]), found[0])
        key = _one(named, self._metrics, found[0])
        mine = [id_ for id_ in self._metrics.find(named) if id_ in self._lines(found[0])]
        return TargetKey(found[0], mine[0]) if len(mine) == 1 else key

    def _held_by_one(self, named: str) -> TargetKey | str:
        """Without a role: whose line it is, where one role has it."""
        found = self._metrics.find(named)
        if not found:
            return _unknown(named, self._metrics.nearest(named), say("metric"))
        holders = [(role, id_) for role in self._workspace.roles for id_ in found if id_ in self._lines(role)]
        if len(holders) == 1:
            return TargetKey(*holders[0])
        if not holders:
            return say("no role has {name}: add a column with the role", name=named)
        names = listed(dict.fromkeys(role for role, _id in holders))
        return say("{name} is a line of {roles}: add a column with the role", name=named, roles=names)

    def _lines(self, owner: str) -> set[str]:
        people, roles = self._workspace.people, self._workspace.roles
        held = people[owner].roles if owner in people else (role_and_value(owner)[0],)
        return {line.metric for role in held if role in roles for line in roles[role].lines}

    def _unit(self, key: TargetKey) -> str:
        if not key.role.startswith(CHAIN):
            return self._workspace.metrics[key.metric].unit
        if key.metric == GROWTH:
            return "percent"
        link = self._workspace.chains[key.role.removeprefix(CHAIN)].link(key.metric)
        return link.unit if link else "score"  # without a link: its points


def _one(named: str, names: NameIndex, owner: str) -> TargetKey | str:
    found = names.find(named)
    if len(found) == 1:
        return TargetKey(owner, found[0])
    return _which(named, found) if found else _unknown(named, names.nearest(named), say("metric"))


def _which(named: str, found: Sequence[str]) -> str:
    return say("{name} could be {names}: write the id", name=named, names=listed(found))


def _unknown(named: str, near: str, what: str) -> str:
    if near:
        return say("there is no {what} {name}; did you mean {near}?", what=what, name=repr(named), near=near)
    return say("there is no {what} {name}", what=what, name=repr(named))


def _said_by(grid: Grid, calendar: Calendar) -> Period | None:
    """A sheet called `2026-10` is of that period."""
    try:
        return Period.parse(grid.sheet, calendar)
    except ValueError:
        return None


def _unread(count: int) -> tuple[str, ...]:
    if not count:
        return ()
    said = says(
        "{count} other sheet holds no such numbers and was not read",
        "{count} other sheets hold no such numbers and were not read",
        count,
    )
    return (said,)


def _no_sheet(file: Path) -> str:
    return say(
        "{file}: no header with a metric and a period or a value was found; write a row such as "
        "role, metric, 2026-10, 2026-11, or export one to begin with (`kpi-tui target list -o FILE.xlsx`)",
        file=file.name,
    )
