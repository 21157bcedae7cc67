"""Every file looked at by itself: a known export, a sheet of somebody's own, or the reason why it is neither."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.issue import TableError
from kpi_tui.definitions.library.recipe import Recipe
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say, several
from kpi_tui.definitions.written.status_words import Said
from kpi_tui.tables.propose.by_column_names import ORDERS
from kpi_tui.tables.propose.by_recipe import Recognised, recognised
from kpi_tui.tables.propose.own_sheets.changed_orders import with_latest
from kpi_tui.tables.propose.recipe_tables import fills_a_table
from kpi_tui.tables.propose.recipe_words import NOTHING_SAID
from kpi_tui.tables.propose.sampled_file import SampledFile
from kpi_tui.tables.propose.several_files.same_orders import days_of
from kpi_tui.tables.propose.several_files.shops import Shops, unknown_days
from kpi_tui.tables.propose.sheet_totals import without_total_rows
from kpi_tui.tables.propose.status_columns import with_statuses
from kpi_tui.tables.propose.tables_of_file import by_hand, tables_of, why_none

Skipped = tuple[Path, str]
"""A file that fills no table, and why."""


@dataclass
class FilesLookedAt:
    """What files turned out to be: exports by their recipes, tables of other files, and those that are neither.

    `said`: of a file, what words mean that its recipe does not know.
    """

    schemas: Mapping[str, TableSchema]
    recipes: Collection[Recipe]
    said: Mapping[str, Said]
    files: dict[Path, SampledFile] = field(default_factory=dict)
    exports: list[Recognised] = field(default_factory=list)
    tables: list[TableProposal] = field(default_factory=list)
    skipped: list[Skipped] = field(default_factory=list)
    shops: Shops = field(default_factory=Shops)

    def take(self, path: Path, look: Callable[[Path], SampledFile], assigned: str | None) -> None:
        """One more file. `assigned`: the table that it fills, because a person says so; "" is none."""
        try:
            seen = self.files[path] = look(path)
        except TableError as error:
            self.skipped.append((path, str(error)))
        except OSError as error:
            self.skipped.append((path, unreadable(path, error)))
        else:
            if assigned is None:
                self._recognise(path, seen)
            elif assigned:
                self._add(by_hand(seen, self.schemas[assigned], self.schemas), seen)
            else:
                self.skipped.append((path, say("left out by hand")))

    def _recognise(self, path: Path, seen: SampledFile) -> None:
        one = recognised(path, seen.frame, seen.shapes, self.recipes, self.said.get(str(path), NOTHING_SAID))
        if one and one.recipe.no_table:
            self.skipped.append((path, say("{name}: {why}", name=one.recipe.name, why=one.recipe.no_table)))
        elif one and fills_a_table(one, self.schemas):
            self.exports.append(one)
            self.shops.know(path, seen.frame, one.columns_of(ORDERS), unknown_days)
        elif found := tables_of(seen, self.schemas):
            self._add(found, seen)
        else:
            self.skipped.append((path, several((why_none(seen, self.schemas), *seen.notes))))

    def _add(self, found: list[TableProposal], seen: SampledFile) -> None:
        latest = with_statuses(with_latest(found, seen, self.schemas), seen, self.schemas, self.recipes)
        whole = without_total_rows(latest, seen, self.schemas)
        self.tables += [replace(one, reading=seen.reading) for one in whole]

    def learn_shops(self, timezone: str) -> None:
        """Whose the orders of tables that no recipe knows are: by their numbers and days."""
        for part in (one for one in self.tables if one.table == ORDERS):
            days = partial(days_of, part, self.schemas[ORDERS], timezone)
            columns = {**part.columns, **{name: name for name in part.same}}
            self.shops.know(part.path, self.files[part.path].frame, columns, days)


def unreadable(path: Path, error: OSError) -> str:
    """Why the system does not give a file."""
    return say("{path}: cannot be read: {why}", path=path, why=error.strerror)
