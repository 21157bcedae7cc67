"""The conversation by which somebody's files become a workspace: what was answered, and what would come of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.proposal import source_name
from kpi_tui.definitions.calendar import ISO, Calendar
from kpi_tui.definitions.library.file_reading import AS_IT_STANDS, FileReading

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.coverage import Coverage
    from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
    from kpi_tui.definitions.answers.value import Profile
    from kpi_tui.definitions.issue import Issue
    from kpi_tui.definitions.library.metric import Metric
    from kpi_tui.definitions.library.table import TableSchema
    from kpi_tui.definitions.message import Message
    from kpi_tui.definitions.text import Text

STEPS = ("files", "columns", "money", "settings", "metrics", "roles", "write")
"""In the order in which they are asked."""
PRESET = "roles_000"
"""Whose roles are proposed while nobody has chosen a preset."""


def part_id(part: TableProposal) -> str:
    """A table that one file fills: what answers are about."""
    return f"{part.table} {part.path}"


def not_readable(part: TableProposal, schema: TableSchema) -> list[str]:
    """Columns without which a table that a person put together has no rows: its time, else its key."""
    needed = [schema.time] if schema.time else list(schema.key)
    if not part.by_hand:
        return []
    return [name for name in needed if part.columns.get(name, name if name in part.same else "null") == "null"]


@dataclass(frozen=True, slots=True)
class SetupAnswers:
    """What a person has answered so far; everything else is as proposed. Plain, so that it can be kept.

    `columns`: of a part, the SQL that fills a canonical column instead of the proposed one; "" leaves it out.
    `words`: of a file, what a word of a status column means (`definitions/written/status_words.py:MEANINGS`).
    `roles`: ids of the preset's roles that are wanted; None while nobody has chosen: those with two live lines.
    """

    folder: Path
    files: tuple[Path, ...] = ()
    assigned: Mapping[Path, str] = field(default_factory=dict)  # file -> the one table it fills; "": none
    step: str = STEPS[0]
    left_out: frozenset[str] = frozenset()
    taken: frozenset[str] = frozenset()  # parts that were not proposed, and are wanted all the same
    columns: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, Mapping[str, str]]] = field(default_factory=dict)
    readings: Mapping[Path, FileReading] = field(default_factory=dict)  # of a file, how its cells are read
    name: str = ""
    timezone: str = ""
    currency: str = ""
    calendar: Calendar = ISO
    rates: str = ""  # the file of exchange rates into the currency
    complete: str = ""  # the ISO day up to which no export misses anything
    preset: str = PRESET
    roles: tuple[str, ...] | None = None

    def with_files(self, files: Iterable[Path]) -> SetupAnswers:
        """These files too; from the first step on where one is new."""
        together = tuple(dict.fromkeys((*self.files, *(Path(file).absolute() for file in files))))
        return self if together == self.files else replace(self, files=together, step=STEPS[0])

    def at(self, step: str) -> SetupAnswers:
        """The same answers at another step."""
        return replace(self, step=step)

    def moved(self, by: int) -> SetupAnswers:
        """A step on or back, at most to the ends."""
        return self.at(STEPS[min(max(STEPS.index(self.step) + by, 0), len(STEPS) - 1)])

    def turned(self, part: str, *, proposed: bool) -> SetupAnswers:
        """A part left out or taken, the other way round than now."""
        if proposed:
            return replace(self, left_out=self.left_out ^ {part})
        return replace(self, taken=self.taken ^ {part})

    def assigned_to(self, files: Iterable[Path], table: str | None) -> SetupAnswers:
        """Files that fill one table, by their columns; "": none; None: what they are recognised as."""
        others = {path: name for path, name in self.assigned.items() if path not in (files := tuple(files))}
        return replace(self, assigned=others if table is None else {**others, **dict.fromkeys(files, table)})

    def filled(self, part: str, column: str, sql: str) -> SetupAnswers:
        """A canonical column filled by other SQL."""
        return replace(self, columns={**self.columns, part: {**self.columns.get(part, {}), column: sql}})

    def meaning(self, file: Path, column: str, word: str, meaning: str) -> SetupAnswers:
        """A word of a status column of a file means that."""
        of_file = self.words.get(str(file), {})
        return replace(
            self, words={**self.words, str(file): {**of_file, column: {**of_file.get(column, {}), word: meaning}}}
        )

    def read_as(self, file: Path, kind: str, column: str, answer: str) -> SetupAnswers:
        """A question of how a file is read answered; "" takes the answer back."""
        now = self.readings.get(file, AS_IT_STANDS)
        if kind == "sheet":
            said = replace(now, sheet=answer)
        elif kind == "fill_down":
            kept = tuple(name for name in now.fill_down if name != column)
            said = replace(now, fill_down=(*kept, column) if answer else kept)
        elif kind == "dates":
            orders = {name: first for name, first in now.dates.items() if name != column}
            said = replace(now, dates={**orders, column: answer} if answer else orders)
        else:
            years = {name: year for name, year in now.year_of.items() if name != column}
            said = replace(now, year_of={**years, column: answer} if answer else years)
        return replace(self, readings={**self.readings, file: said})

    def as_proposed(self, part: str, column: str) -> SetupAnswers:
        """A canonical column filled as it was proposed."""
        kept = {name: sql for name, sql in self.columns.get(part, {}).items() if name != column}
        return replace(self, columns={**self.columns, part: kept})


def parts_apart(part: TableProposal, answers: SetupAnswers) -> list[TableProposal]:
    """The part, and each of its further files that a person makes a source of its own (another shop)."""
    alone = [replace(part, path=path, more=()) for path in part.more]
    alone = [replace(one, source=source_name(one.path)) for one in alone if part_id(one) in answers.taken]
    gone = {one.path for one in alone}
    source = source_name(part.path) if alone else part.source  # each is called by its file, the first too
    return [replace(part, source=source, more=tuple(path for path in part.more if path not in gone)), *alone]


def further_parts(found: Proposal, part: TableProposal) -> frozenset[str]:
    """The further files of a part in every table that they fill together, each as a part of its own."""
    together = (one for one in found.tables if one.path == part.path)
    return frozenset(part_id(replace(one, path=path)) for one in together for path in one.more)


@dataclass(frozen=True, slots=True)
class MoneyMonth:
    """Orders of a month, a source and a currency, as the mapping makes them; `currency` "" where nobody knows it.

    `paid` orders were paid in the month; `back` of them were later closed or refunded, in whole or part; `waiting` were
    made in it and not paid yet; `left_out` were made in it and are left out by the mapping. `unknown`: paid orders
    whose amount nobody knows; they are not in `amount`. A sum is None where none of its orders has a known amount.
    `month` "": orders without a day, left out for that or by the mapping; `left_out_amount` is what they were ordered
    for.
    """

    month: str
    source: str
    currency: str
    paid: int
    amount: float | None
    back: int = 0
    back_amount: float | None = 0.0
    waiting: int = 0
    left_out: int = 0
    left_out_amount: float | None = 0.0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class PlannedRole:
    """A role of a preset as the data allow it: metrics and weights; `said`: what was exchanged or left out.

    `file` is its place in the workspace, `toml` what is written there. `there`: the workspace has the file or a role of
    that id already. `proposed`: it has enough lines that count, and the workspace has no role yet.
    """

    id: str
    name: Text
    lines: tuple[tuple[str, float], ...]
    file: str
    toml: str
    said: tuple[Message, ...] = ()
    there: bool = False
    proposed: bool = False

    @property
    def weighted(self) -> int:
        """Lines that count."""
        return sum(weight > 0 for _metric, weight in self.lines)


@dataclass(frozen=True, slots=True)
class SetupTrial:
    """What would come of the answers: read, mapped and computed, nothing written.

    `examples`: of a part, cells of its canonical columns after the mapping; `unread`: tables that cannot be read.
    """

    profiles: Mapping[str, Profile]
    unread: Mapping[str, str]
    examples: Mapping[str, Mapping[str, tuple[str, ...]]]
    months: tuple[MoneyMonth, ...]
    coverage: Coverage
    issues: tuple[Issue, ...]
    metrics: Mapping[str, Metric]  # those that the data allow
    roles: Mapping[str, tuple[PlannedRole, ...]]  # of every preset
    timezone: str
    currency: str
    last_days: Mapping[str, str] = field(default_factory=dict)  # of every source, ISO
    stopped: frozenset[str] = frozenset()  # sources that were silent longer than usual when the last day came
