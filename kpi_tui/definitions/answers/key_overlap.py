"""How far the ids of two related tables meet, and rows of one that the other tells nothing of any more."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.message import Message, listed, says


@dataclass(frozen=True, slots=True)
class KeyOverlap:
    """`table.column` names `other.target`: how many of its ids, and of the rows that have one, are found there.

    `examples` are ids that are not found, `beside` ids of the other side that nobody names. `alike`: the SQL function
    that makes enough of them meet, "" for none that is known. `blank`: rows of a table without a time that have no id.
    """

    table: str
    column: str
    other: str
    target: str
    rows: int
    rows_found: int
    ids: int
    ids_found: int
    examples: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()
    alike: str = ""
    blank: int = 0

    @property
    def share(self) -> float:
        """The share of the ids that are found; 1 without any id."""
        return self.ids_found / self.ids if self.ids else 1.0

    def in_words(self) -> Message:
        """Both columns, and the ids found."""
        return says(
            "{table}.{column} → {other}.{target}: {found:,} of {ids:,} id ({percent:.1f} %) is found",
            "{table}.{column} → {other}.{target}: {found:,} of {ids:,} ids ({percent:.1f} %) are found",
            self.ids,
            table=self.table,
            column=self.column,
            other=self.other,
            target=self.target,
            found=self.ids_found,
            ids=self.ids,
            percent=100 * self.share,
        )

    def undated(self) -> Message:
        """How many rows have no day, because the row that says it is not there."""
        return says(
            "{table}: the {column} of {count:,} of {rows:,} rows is not in {other} ({examples}): it is of no day "
            "and in no number",
            "{table}: the {column} of {count:,} of {rows:,} rows is not in {other} ({examples}): they are of no "
            "day and in no number",
            self.rows - self.rows_found,
            table=self.table,
            rows=self.rows + self.blank,
            column=self.column,
            other=self.other,
            examples=listed(self.examples),
        )

    def without_key(self) -> Message:
        """How many rows have no day, because they do not say whose they are."""
        return says(
            "{table}: {count:,} of {rows:,} rows has no {column}: it is of no day and in no number",
            "{table}: {count:,} of {rows:,} rows have no {column}: they are of no day and in no number",
            self.blank,
            table=self.table,
            rows=self.rows + self.blank,
            column=self.column,
        )


@dataclass(frozen=True, slots=True)
class MissingLines:
    """`table` tells nothing of the `count` rows of `other` (a table or one of its sources) after `since` (ISO day).

    `since` is empty where it tells nothing of any of them.
    """

    table: str
    other: str
    count: int
    since: str = ""

    @property
    def of(self) -> str:
        """The table that `other` is, or is a source of."""
        return self.other.partition(".")[0]

    def in_words(self) -> Message:
        """How many, and since when."""
        if not self.since:
            return says(
                "{table}: nothing is told of the {count:,} row of {other}",
                "{table}: nothing is told of any of the {count:,} rows of {other}",
                self.count,
                table=self.table,
                other=self.other,
            )
        return says(
            "{table}: nothing is told of the {count:,} row of {other} after {day}",
            "{table}: nothing is told of any of the {count:,} rows of {other} after {day}",
            self.count,
            table=self.table,
            other=self.other,
            day=self.since,
        )
