"""What conditions find in the rows of all days: nothing at all, or a word that no row has."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kpi_tui.definitions.issue import Place
from kpi_tui.definitions.message import Message, listed, say, says, several
from kpi_tui.definitions.names import MISTYPED, nearest


@dataclass(frozen=True, slots=True)
class UnheardWord:
    """A word that conditions of measures ask a column for, and no row has; `heard`: the words there are."""

    table: str
    column: str
    word: str
    heard: tuple[str, ...]
    measures: tuple[str, ...]

    @property
    def near(self) -> str:
        """The word there is that was probably meant, "" for none."""
        plain = {heard.casefold(): heard for heard in self.heard}
        return plain.get(self.word.casefold()) or nearest(self.word, self.heard)

    @property
    def is_mistyped(self) -> bool:
        """Whether it is nearly a word that rows have."""
        return bool(nearest(self.word, self.heard, cutoff=MISTYPED))

    def in_words(self) -> Message:
        """The column, and the word that no row has."""
        return say("{table}.{column}: no row has {word!r}", table=self.table, column=self.column, word=self.word)

    def with_nearest(self) -> Message:
        """The same, with the word there is that was probably meant."""
        said = self.in_words()
        return say("{said}; nearest: {near!r}", said=said, near=self.near) if self.near else said


@dataclass(frozen=True, slots=True)
class WordInAnotherCase:
    """A word that conditions of measures ask a column for, and how `rows` rows write it: in another case or signs."""

    table: str
    column: str
    word: str
    others: tuple[str, ...]
    rows: int

    def in_words(self) -> Message:
        """The column, the words and rows that the condition does not mean, and the word that it says."""
        if any(other.casefold() != self.word.casefold() for other in self.others):
            return says(
                "{table}.{column}: {rows:,} row has {words}, and the condition says {word!r}: signs or blanks differ",
                "{table}.{column}: {rows:,} rows have {words}, and the condition says {word!r}: signs or blanks differ",
                self.rows,
                table=self.table,
                column=self.column,
                rows=self.rows,
                words=listed(repr(other) for other in self.others),
                word=self.word,
            )
        return says(
            "{table}.{column}: {rows:,} row has {words}, and the condition says {word!r}: the case of letters differs",
            "{table}.{column}: {rows:,} rows have {words}, and the condition says {word!r}: "
            "the case of letters differs",
            self.rows,
            table=self.table,
            column=self.column,
            rows=self.rows,
            words=listed(repr(other) for other in self.others),
            word=self.word,
        )


@dataclass(frozen=True, slots=True)
class SharedRows:
    """Two steps of a funnel that `rows` of a table satisfy at once: one act takes somebody two steps on."""

    funnel: str
    first: str
    second: str
    table: str
    rows: int
    place: Place = Place()

    def in_words(self) -> Message:
        """The funnel, its two steps, and how many rows are both."""
        return says(
            "funnel {funnel}: {rows:,} row of {table} is both {first!r} and {second!r}: one row takes two steps",
            "funnel {funnel}: {rows:,} rows of {table} are both {first!r} and {second!r}: one row takes two steps",
            self.rows,
            funnel=self.funnel,
            rows=self.rows,
            table=self.table,
            first=self.first,
            second=self.second,
        )


@dataclass(frozen=True, slots=True)
class StepWithoutData:
    """A step of a funnel that asks for tables or columns (`lacks`, by name) that no file supplies."""

    funnel: str
    step: str
    lacks: tuple[str, ...]
    place: Place = Place()
    only_worth: bool = False  # its people are counted, what they are worth is not


@dataclass(frozen=True, slots=True)
class KeepsNothing:
    """A measure, or a report over one, whose condition keeps none of the `rows` of its table."""

    name: str
    table: str
    where: str
    rows: int
    place: Place = Place()
    of_report: bool = False

    def in_words(self) -> Message:
        """What has the condition, and how many rows it was asked of."""
        kind = say("report") if self.of_report else say("measure")
        return says(
            "{kind} {name}: its `where` does not keep the only row of {table}",
            "{kind} {name}: its `where` keeps none of {rows:,} rows of {table}",
            self.rows,
            kind=kind,
            name=self.name,
            rows=self.rows,
            table=self.table,
        )


@dataclass(frozen=True, slots=True)
class LackingInside:
    """Rows of a table that lack an amount which a measure's condition asks for, in a sub-query or `beside` one."""

    measure: str
    table: str
    columns: tuple[str, ...]
    count: int
    rows: int
    place: Place = Place()
    beside: bool = False

    def in_words(self) -> Message:
        """Whose condition, and how many rows lack what it asks for."""
        if self.beside:
            return says(
                "{measure}: {count:,} of {rows:,} rows of {table} lacks the amount that its condition asks for "
                "({columns}), on whatever day, and does not count",
                "{measure}: {count:,} of {rows:,} rows of {table} lack the amount that its condition asks for "
                "({columns}), on whatever day, and do not count",
                self.count,
                measure=self.measure,
                rows=self.rows,
                table=self.table,
                columns=listed(self.columns),
            )
        return says(
            "{measure}: {count:,} of {rows:,} rows of {table} lacks the amount that a sub-query of its condition asks "
            "for ({columns}): what it keeps is not known",
            "{measure}: {count:,} of {rows:,} rows of {table} lack the amount that a sub-query of its condition asks "
            "for ({columns}): what it keeps is not known",
            self.count,
            measure=self.measure,
            rows=self.rows,
            table=self.table,
            columns=listed(self.columns),
        )


def table_keeps_nothing(table: str, rows: int, unheard: Iterable[str] = ()) -> Message:
    """That the filter of a table leaves none of its rows, with the words it asks for and no row has."""
    said = says(
        "{table}: the `where` does not keep the only row",
        "{table}: the `where` keeps none of {rows:,} rows",
        rows,
        table=table,
        rows=rows,
    )
    return say("{said}; {why}", said=said, why=several(unheard)) if any(unheard) else said
