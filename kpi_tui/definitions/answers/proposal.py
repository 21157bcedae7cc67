"""A first mapping of somebody's files to canonical tables, for a person to confirm or edit (`kpi-tui init`)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from kpi_tui.definitions.library.file_reading import AS_IT_STANDS, FileReading, ReadingQuestion
from kpi_tui.definitions.library.recipe import TOLD_BY
from kpi_tui.definitions.message import Message, both, listed, say
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.currencies import DEFAULT_CURRENCY
from kpi_tui.definitions.written.file_names import name_beside
from kpi_tui.definitions.written.status_words import NO_STATUSES, StatusColumn, Statuses

BY_SOURCE, BY_FILE = "source", "file"
"""By what orders of the same number are told apart: two shops by their source, months of one by their file."""


@dataclass(frozen=True, slots=True)
class JoinProposal:
    """Columns of another file put beside the rows of a table; `on` is the column both files have."""

    path: Path
    on: str
    columns: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TableProposal:
    """One canonical table from one file. `confidence` 0 … 1: how much of the table was recognised."""

    table: str
    path: Path
    columns: Mapping[str, str]  # canonical -> SQL over file columns; those of the same name are left out
    unmapped: tuple[str, ...] = ()  # file columns that nothing uses
    missing: tuple[str, ...] = ()  # canonical columns, not nullable, that the file does not seem to have
    confidence: float = 0.0
    notes: tuple[str, ...] = ()  # what was taken for granted, and nobody has agreed yet
    where: str = ""
    group_by: tuple[str, ...] = ()
    distinct: bool = False
    latest_by: tuple[str, ...] = ()
    recipe: str = ""  # the known export it was recognised as
    recipe_name: Text = Text()
    source: str = ""  # whose rows these are: taobao, shopify …; its id where a table has several sources
    currency: str = ""  # of its amounts, when the file says it
    spare: bool = False  # only where no other file of its source fills the table
    complete_until: str = ""  # the ISO day up to which the file misses nothing, when a person says so
    told_by: str = TOLD_BY[0]  # who tells of its rows: rows of a later one may be those of an earlier one
    info: tuple[str, ...] = ()  # how the file was read
    options: Mapping[str, str] = field(default_factory=dict)  # format, sheet, … where needed
    reading: FileReading = AS_IT_STANDS  # how the cells of its file are read
    more: tuple[Path, ...] = ()  # further files with the same columns
    joins: Mapping[str, JoinProposal] = field(default_factory=dict)
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # file column -> words the mapping knows
    confirm: tuple[Text | str, ...] = ()  # what a person should confirm, repeated by `check` until then
    about: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # such a sentence -> the columns it is about
    same: tuple[str, ...] = ()  # canonical columns the file has under their own names
    compared: str = ""  # how its orders were compared with those of an earlier teller
    by_hand: bool = False  # a person said which table the file fills
    further: bool = False  # read as the files of its table that are there, whose mapping stands
    insisted: bool = False  # a person adds it to a workspace that would not take it, as a source of its own
    totals: str = ""  # the part of `where` that leaves out rows which sum up others: those are no orders
    renumbered: str = ""  # its order numbers are those of others: they get the name of its source, or of each file
    unanswered: TableProposal | None = None  # the same without what a person said of its words and columns
    given_back: float | None = None  # what its refunds come to, where they were added up
    statuses: Statuses = NO_STATUSES  # words of an own sheet's states, to be asked about; none once they are read
    strange: tuple[StatusColumn, ...] = ()  # words of a known export's states that its recipe does not know

    @property
    def asked_words(self) -> tuple[StatusColumn, ...]:
        """Columns of words of which a person can say what they mean."""
        return (*self.statuses.columns, *self.strange)

    @property
    def how_read(self) -> tuple[str, ...]:
        """How its file was read, and that several are read as one."""
        if not self.more:
            return self.info
        said = say(
            "{count} files have the same columns and are read as one table; one of another shop: "
            "`init … --take FILE` makes it a source of its own",
            count=1 + len(self.more),
        )
        return (*self.info, said)


def left_out_for(part: TableProposal, other: Path) -> Message:
    """What a person should confirm where the rows of a part are not added to those of another file."""
    said = say(
        "{file} is left out: its {table} may be those of {other}",
        file=name_beside(part.path, other),
        table=part.table,
        other=name_beside(other, part.path),
    )
    if part.compared:
        said = say("{said} ({why})", said=said, why=part.compared)
    return say("{said}; if they are others: `init … --take {name}`", said=said, name=part.path.name)


def months_of_one_shop(file: str, part: str) -> Message:
    """What a person should know where numbers begin at one again in a further file."""
    return say(
        "{file} gives numbers of orders of {part} to others of other days: they are read as months of one shop, and "
        "every number gets the name of its file",
        file=file,
        part=part,
    )


CURRENCY_GUESSED = say(
    "no file says the currency of its amounts: they are taken to be {currency}; if they are not: "
    "`kpi-tui define set currency USD`, or what it is (gK in the app; init --currency)",
    currency=DEFAULT_CURRENCY,
)


def currency_of_most(currencies: Mapping[str, int], currency: str) -> Message:
    """What a person should confirm where files hold several currencies; `currencies`: their rows."""
    return say(
        "files are in {currencies}: the workspace has {currency}, that of most rows; amounts of the others have no sum "
        "without a filter or rates (`init --rates FILE`). Where it should have another: "
        "`kpi-tui define set currency {other}` (gK in the app; init --currency)",
        currencies=both(f"{code} ({rows:,})" for code, rows in currencies.items()),
        currency=currency,
        other=next(code for code in currencies if code != currency),
    )


ONE_UNIT = say("no column was found for qty: every row is taken to be one unit")


def taken_to_be(name: str, other: str) -> Message:
    """What a person should confirm where one column stands in for another."""
    return say("no column was found for {name}: it is taken to be {other}", name=name, other=other)


def without_key(table: str, names: Iterable[str]) -> Message:
    """What a person should confirm where nothing tells the rows of a table apart."""
    return say(
        "no column was found for {names}, which tells the rows of {schema} apart", names=listed(names), schema=table
    )


def with_sources(parts: Sequence[TableProposal]) -> tuple[TableProposal, ...]:
    """Each of several parts of a table with a source of its own.

    A file that no recipe knows is called by its name; what has a name already gets a number: `taobao_2`.
    """
    times = Counter(one.table for one in parts)
    seen: Counter[tuple[str, str]] = Counter()
    found = []
    for one in parts:
        name = one.source or source_name(one.path)
        seen[one.table, name] += 1
        name = name if seen[one.table, name] == 1 else f"{name}_{seen[one.table, name]}"
        found.append(replace(one, source=name) if times[one.table] > 1 else one)
    return tuple(found)


def source_name(path: Path) -> str:
    """What the rows of a file are called as a source."""
    return re.sub(r"[^\w-]+", "_", path.stem).strip("_-")[:60] or "file"


@dataclass(frozen=True, slots=True)
class FileLook:
    """A file as it is: its columns and first rows as text, and the SQL that reads a column as a type it can be."""

    path: Path
    rows: int
    columns: tuple[str, ...]
    head: tuple[tuple[str, ...], ...]
    readings: Mapping[str, Mapping[str, str]]
    notes: tuple[str, ...] = ()
    questions: tuple[ReadingQuestion, ...] = ()
    years: Mapping[str, str] = field(default_factory=dict)  # column of days without a year -> what says it


@dataclass(frozen=True, slots=True)
class Proposal:
    """What was recognised; `skipped` says why a file is in no table."""

    tables: tuple[TableProposal, ...] = ()
    skipped: tuple[tuple[Path, str], ...] = ()
    others: tuple[TableProposal, ...] = ()  # what files would fill that were skipped because another fits better
    timezone: str = ""
    zone_asked: Text | str = ""  # what a person should confirm of a zone that nobody gave
    zone_guess: str = ""  # of what such a zone was guessed
    currency: str = ""  # what the files say, when they say it
    currencies: Mapping[str, int] = field(default_factory=dict)  # rows of several, where `currency` is that of most
    notes: tuple[str, ...] = ()
    files: tuple[FileLook, ...] = ()
    rates: TableProposal | None = None  # a file of exchange rates
    confirm: tuple[Text | str, ...] = ()  # what a person should confirm of a new workspace, whichever its tables

    @property
    def asked(self) -> tuple[Text | str, ...]:
        """All that a person should confirm of a new workspace, its zone too."""
        return (*self.confirm, self.zone_asked) if self.zone_asked else self.confirm

    def counted_in(self, currency: str) -> Proposal:
        """The proposal in the currency a person says; "" where nobody does."""
        return replace(self, currency=currency, currencies={}) if currency else self
