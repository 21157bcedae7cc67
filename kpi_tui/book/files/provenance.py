"""The Book's answer to where the numbers of a page come from."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.provenance import Agreement, Digests, LeftOutRows, Provenance
from kpi_tui.definitions.issue import TableError

if TYPE_CHECKING:
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.numbers import Numbers
    from kpi_tui.workspace.edits.period_edits import PeriodEdits


class PageSources:
    """What a page that leaves the program says of its own origin."""

    def __init__(self, workspace: Workspace, engine: Numbers, targets: PeriodEdits) -> None:
        self._workspace, self._engine, self._targets = workspace, engine, targets

    def of(self, period: Period | None = None) -> Provenance:
        """The origin of numbers of a period; reads every file once for its digest."""
        profiles = self._engine.profiles()
        left_out = tuple(
            LeftOutRows(name, profile.rows_read, sum(lost.count for lost in profile.rejected), profile.filtered)
            for name, profile in profiles.items()
        )
        today = self._today()
        return Provenance(
            workspace=self._workspace.name,
            period=period,
            as_of=today,
            over=None if period is None else today is not None and today >= period.last_day,
            agreed=self._agreed(period) if period else Agreement(),
            left_out=left_out,
            digests=self._digests(period),
            unreadable=tuple(self._engine.errors()),
        )

    def _today(self) -> date | None:
        try:
            return self._engine.as_of()
        except TableError:
            return None

    def _agreed(self, period: Period) -> Agreement:
        cells = [target for target in self._targets.saved(period).values() if target.at or target.by]
        names = sorted({target.by for target in cells if target.by})
        return Agreement(tuple(names), max((target.at for target in cells), default=""))

    def _digests(self, period: Period | None) -> Digests:
        from kpi_tui.workspace.changed_definitions import contents, definition_files
        from kpi_tui.workspace.definition_edits.digest import contents_in

        root = self._workspace.root
        targets = [root / "targets" / f"{period.id}.toml"] if period else sorted((root / "targets").glob("*.toml"))
        return Digests(
            data=contents(self._data_files()),
            definitions=contents_in(root, period) if period else contents(definition_files(root)),
            targets=contents(path for path in targets if path.is_file()),
        )

    def _data_files(self) -> list[Path]:
        from kpi_tui.tables.source.files import resolve

        space = self._workspace
        found: list[Path] = []
        for source in (part for table in space.tables.values() for part in table.parts()):
            for one in (source, *(join.source for join in source.joins.values())):
                try:
                    found += resolve(one, space.data, space.data_roots)
                except TableError:
                    continue  # named in `unreadable`
        return list(dict.fromkeys(found))
