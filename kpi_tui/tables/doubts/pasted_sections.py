"""Runs of rows that stand once more in their file, in the same order (a section pasted twice): they count twice.

Equal rows may be as many things, and where few lines are possible (red packets of 5, 10 and 20 a day, views of three
pages in a minute) some stand in the same order by chance. In a file in order of time no such run goes beyond a moment.
"""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say, says
from kpi_tui.tables.source.raw_rows import FILE, ROW

MOMENT = "kpi:moment"
"""The time of a row; one and the same where it has none."""
_LEAST_KINDS = 3  # different lines
_CHANCE = 0.01  # runs of such lines that are to be expected in a file


def pasted_sections(names: Sequence[str], lines: pl.DataFrame, source: TableSource) -> list[FileDoubt]:
    """A doubt for each file that has such runs; `lines` with their `MOMENT`."""
    texts = lines.drop(FILE, ROW, MOMENT).select(pl.all().cast(pl.String))
    again = _again(lines.select(FILE, ROW, MOMENT, texts.hash_rows().alias("line")))
    pasted = again.join(_runs(again), on=[FILE, "run"], how="semi", maintain_order="left")
    single = again.height - pasted.height
    found = []
    for rows in pasted.partition_by(FILE, maintain_order=True):
        said = says(
            "{file}: {count:,} row stands in it twice, in the same order",
            "{file}: {count:,} rows stand in it twice, in the same order",
            rows.height,
            file=names[rows[FILE][0]],
        )
        write = say("each counts twice; write distinct = true in [tables.{table}]", table=source.id)
        if single:
            write = says(
                "each counts twice; take them out of the file, from row {row} on (distinct = true would leave out "
                "{count:,} other row too)",
                "each counts twice; take them out of the file, from row {row} on (distinct = true would leave out "
                "{count:,} other rows too)",
                single,
                row=rows[ROW][0],
            )
        found.append(FileDoubt("rows-twice", said, write))
    return found


def _again(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows whose line stands above: the `run` they are of, and how likely it is that chance put their line there."""
    rows = rows.with_columns(pl.int_range(pl.len()).over(FILE).alias("at"))
    rows = rows.with_columns((pl.col("at") - pl.col("at").min().over(FILE, "line")).alias("away"))
    run = (pl.col("away") != pl.col("away").shift(1).over(FILE)).fill_null(True).cum_sum().over(FILE)
    same = pl.col(MOMENT).eq_missing(pl.col(MOMENT).shift(1).over(FILE))
    of_moment = pl.len().over(FILE, MOMENT, "line") / pl.len().over(FILE, MOMENT)
    of_file = pl.len().over(FILE, "line") / pl.len().over(FILE)
    chance = pl.when(same).then(of_moment).otherwise(of_file)
    return rows.with_columns(run.alias("run"), chance.log().alias("chance"), pl.len().over(FILE).alias("rows")).filter(
        pl.col("away") > 0
    )


def _runs(again: pl.DataFrame) -> pl.DataFrame:
    """The runs that are sections: chance makes none like them, or it has repeated nothing else in their file."""
    runs = again.group_by(FILE, "run").agg(
        pl.col("line").n_unique().alias("kinds"),
        (pl.col(MOMENT).n_unique() > 1).alias("in time"),
        (pl.col("rows").first() * pl.col("chance").slice(1).sum().exp()).alias("expected"),
        pl.len().alias("many"),
    )
    runs = runs.with_columns((pl.col("in time") & (pl.col("kinds") >= _LEAST_KINDS)).alias("in time"))
    alone = pl.col("many").filter("in time").sum().over(FILE) == pl.col("many").sum().over(FILE)
    return runs.filter((pl.col("kinds") >= _LEAST_KINDS) & (alone | (pl.col("expected") < _CHANCE)))
