"""Raw tables: what a canonical table looks like, and where a workspace finds its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.library.file_reading import AS_IT_STANDS, FileReading
from kpi_tui.definitions.text import Text


class ColumnType(StrEnum):
    """Types of canonical columns. Ids are STR from the file on."""

    STR = "str"
    INT = "int"
    FLOAT = "float"
    BOOL = "bool"
    DATE = "date"
    DATETIME = "datetime"


class Repeated(StrEnum):
    """What rows mean that have one key and other values. Copies that are equal in all columns count once."""

    ALL = "all"  # each counts, and `check` warns
    FIRST = "first"  # versions of one thing: the earliest counts
    LAST = "last"  # versions of one thing: the latest counts
    LINES = "lines"  # lines that may be alike: each counts, copies too


@dataclass(frozen=True, slots=True)
class AmountsByWord:
    """That a column is an amount in the rows whose `column` says one of the words `amounts`, and none in `others`.

    Of other words nobody knows, unless `others` is None: then they are none as well.
    """

    column: str
    amounts: tuple[str, ...]
    others: tuple[str, ...] | None = ()


@dataclass(frozen=True, slots=True)
class SchemaColumn:
    """One canonical column."""

    name: str
    type: ColumnType
    nullable: bool = False
    about: Text = Text()
    money: bool = True  # of a float: whether it is an amount, which has a currency; hours and scores have none
    by_word: AmountsByWord | None = None  # where another column says so, row by row
    references: str = ""  # "users.user_id": the column of another table that holds the same ids
    called: Text = Text()  # what people call it, where it has a name
    named_by: str = ""  # the column beside it that says what each id is called, where the workspace maps one
    words: Mapping[str, Text] = field(default_factory=dict)  # word of the data -> what people say
    place: Place = Place()

    @property
    def said(self) -> Text:
        """What people call it; its id where it has no name."""
        return self.called if self.called.en or self.called.zh else Text(self.name, self.name)


@dataclass(frozen=True, slots=True)
class TableSchema:
    """A canonical table of config/schema.toml, or one a workspace adds.

    `time` is the column that says when a row happened (it defines the table's span);
    `key` names the columns that identify a row; `repeated` says what counts where it does not.
    `paid` is the column that says how much was paid: a row of 0 without a time waits for it, and nothing of it is lost.
    `complete_until` is AS_OF where a day without a row means that nothing happened, however long ago the last one was.
    """

    id: str
    name: Text
    columns: Mapping[str, SchemaColumn]
    time: str = ""
    key: tuple[str, ...] = ()
    repeated: Repeated = Repeated.ALL
    complete_until: str = ""
    core: bool = False
    paid: str = ""
    about: Text = Text()
    place: Place = Place()

    @property
    def by_day(self) -> bool:
        """Whether no number tells its rows apart, but their day and what they are of: equal ones may be two."""
        return bool(self.time) and self.time in self.key


CURRENCY_OF_ROW = "kpi_currency"
"""The hidden column of a prepared table that holds the currency of each row, where its file names one."""

SOURCE = "source"
"""The column of a table of several sources that holds the id of the source of each row."""

AS_OF = "as_of"
"""`complete_until` of a table that is complete up to the as-of day, whatever day that is."""


@dataclass(frozen=True, slots=True)
class TableSource:
    """Where the rows of one table come from and how they are read.

    The prepared table is `SELECT columns FROM path [WHERE where] [GROUP BY group_by]`;
    a canonical column without an expression is taken by its own name when the file has it.
    With `sources` it has no path of its own: the rows of all of them are put together, each as its own mapping says.
    """

    id: str
    paths: tuple[str, ...]
    format: str = ""  # csv, parquet, xlsx; "" = by suffix
    encoding: str = ""  # "" = UTF-8 (with or without BOM), UTF-16 by its mark, else GB18030
    delimiter: str = ""  # "" = guessed from the header; " " = any run of blanks
    sheet: str = ""
    header: tuple[str, ...] = ()  # names of the columns of a delimited file that does not begin with them
    reading: FileReading = AS_IT_STANDS  # which cells stand for those below, which days lack their year
    timezone: str = ""  # zone of stamps that carry none; "" = the workspace's
    columns: Mapping[str, str] = field(default_factory=dict)  # canonical or extra name -> SQL expression
    types: Mapping[str, ColumnType] = field(default_factory=dict)  # of extra columns
    money: Mapping[str, bool | tuple[str, ...]] = field(default_factory=dict)
    """Of extra columns with fractions: whether they are amounts; of a column `by_word`: the words that say so."""
    where: str = ""
    group_by: tuple[str, ...] = ()
    latest_by: tuple[str, ...] = ()  # file columns: of rows alike in them those of the last file that has them count
    distinct: bool = False  # rows equal in every column of the file count once
    words: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # file column -> the words the mapping knows
    confirm: Mapping[Text, tuple[str, ...]] = field(default_factory=dict)
    """What a person should confirm, and the columns it is about where it says some; `check` repeats it until then."""
    complete_until: str = ""  # ISO day or AS_OF: the table is known to be complete up to it, rows or not
    joins: Mapping[str, Join] = field(default_factory=dict)  # other files whose columns stand beside its rows
    currency: str = ""  # of its amounts as they are mapped, where no column of the file says it
    currency_column: str = ""  # of the file, where several say a currency, or one that is not called so
    sources: Mapping[str, TableSource] = field(default_factory=dict)  # id -> a part; its id is "orders.sources.taobao"
    place: Place = Place()
    places: Mapping[str, Place] = field(default_factory=dict)  # key inside this table -> where it stands

    def parts(self) -> tuple[TableSource, ...]:
        """Its sources, or the table itself: what has paths and a mapping."""
        return tuple(self.sources.values()) or (self,)

    def part_of(self, column: str) -> TableSource:
        """The first part whose mapping makes a column, else the first of all."""
        return next((part for part in self.parts() if column in part.columns), self.parts()[0])

    @property
    def mapped(self) -> frozenset[str]:
        """Names of the columns that a mapping makes, the source of each row among them where there are several."""
        theirs = {name for part in self.sources.values() for name in part.columns}
        return frozenset({*self.columns, *theirs, *((SOURCE,) if self.sources else ())})


def words_known_beside(source: TableSource, tables: Iterable[TableSource]) -> bool:
    """Whether another table of the same files says all words of their states.

    Then a `where` that keeps no row (refunds of a month without one) is an answer: a word nobody knows is asked about.
    """
    beside = (part for table in tables for part in table.parts() if part is not source)
    return any(part.words and part.paths == source.paths for part in beside)


@dataclass(frozen=True, slots=True)
class Join:
    """Another file, one row per value of `on` (columns both files have), put beside the rows of a table.

    Without `columns` it gives all its columns; aggregates in `columns` make one row of several.
    """

    source: TableSource
    on: tuple[str, ...]
