"""The rows of a table that did not arrive: found by reading its files once more."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.rows.counted_rows import RowColumn, RowsWish
from kpi_tui.definitions.answers.rows.refused_rows import FILE_NAME, FILE_ROW, REASON, WHOLE_LINE, RefusedRows
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.engine.data import Data
from kpi_tui.engine.row_pages.asked_columns import expect_few, no_column, not_asked
from kpi_tui.engine.row_pages.read_again import read_again
from kpi_tui.sql.guard import FragmentError
from kpi_tui.sql.typed_filter import condition_in

if TYPE_CHECKING:
    import polars as pl

    from kpi_tui.tables.file_rows import FileRows

_WHY = "kpi:why"


class RefusedRowsReader:
    """Reads the files of one workspace; `one_question` holds the lock and reports progress."""

    def __init__(
        self,
        workspace: Workspace,
        data: Data,
        one_question: Callable[[Progress | None], AbstractContextManager[None]],
    ) -> None:
        self._workspace, self._data, self._one_question = workspace, data, one_question

    def of(self, table: str, wish: RowsWish, progress: Progress | None = None) -> RefusedRows:
        """A page of them. TableError when the files cannot be read; UsageError on an unknown column."""
        self._data.expect_rows()
        import polars as pl

        with self._one_question(progress):
            found: list[pl.DataFrame] = []
            whys: list[str] = []
            counts: Counter[str] = Counter()
            unread = 0
            for part in read_again(self._workspace, self._data, table):
                for why, rows in _places(part):
                    counts[why] += rows.height
                    found.append(_as_they_stand(part, rows, len(whys)))
                    whys.append(why)
                for _file, lost in part.unread:
                    counts[lost.reason] += (more := lost.count - len(lost.examples))
                    unread += more
            if not found:
                return RefusedRows(table, reasons=tuple(counts.most_common()), unread=unread, wish=wish)
            every = pl.concat(found, how="diagonal_relaxed")
            return _page(RefusedRows(table, reasons=tuple(counts.most_common()), unread=unread, wish=wish), every, whys)


def _places(part: FileRows) -> Iterator[tuple[str, pl.DataFrame]]:
    """Why rows did not arrive, and where they stand: also the examples of what no reader took for a row."""
    import polars as pl

    from kpi_tui.tables.source.raw_rows import FILE, ROW

    yield from part.refused
    for file, lost in part.unread:
        rows = [row for row, _text in lost.examples]
        texts = [text for _row, text in lost.examples]
        files = pl.repeat(file, len(rows), dtype=pl.Int32, eager=True)
        yield lost.reason, pl.DataFrame({FILE: files, ROW: pl.Series(rows, dtype=pl.Int64), WHOLE_LINE: texts})


def _as_they_stand(part: FileRows, rows: pl.DataFrame, why: int) -> pl.DataFrame:
    """The rows with the cells of their file, as texts."""
    import polars as pl

    from kpi_tui.tables.source.raw_rows import FILE, ROW

    cells = (
        rows.join(part.raw, on=[FILE, ROW], how="left", maintain_order="left")
        if WHOLE_LINE not in rows.columns
        else rows
    )
    whole = WHOLE_LINE in cells.columns  # what no reader took for a row says its sheet itself
    places = [
        (part.files[file], row) if whole else part.place(file, row) for file, row in cells.select(FILE, ROW).iter_rows()
    ]
    return cells.select(
        pl.lit(why).alias(_WHY),
        pl.Series(FILE_NAME, [file for file, _row in places], dtype=pl.String),
        pl.Series(FILE_ROW, [row for _file, row in places], dtype=pl.Int64),
        pl.exclude(FILE, ROW).cast(pl.String),
    )


def _page(found: RefusedRows, every: pl.DataFrame, whys: list[str]) -> RefusedRows:
    import dataclasses

    import polars as pl

    wish, said = found.wish, pl.Series([str(why) for why in whys], dtype=pl.String)
    every = every.with_columns(said.gather(every[_WHY]).alias(REASON))
    names = [REASON, FILE_NAME, FILE_ROW, *(n for n in every.columns if n not in (REASON, FILE_NAME, FILE_ROW, _WHY))]
    if wish.sort and wish.sort not in names:
        raise no_column(wish.sort, names)
    kept = _kept(every, names, wish.only)
    expect_few(kept.height, wish)
    order = [*([wish.sort] if wish.sort else []), FILE_NAME, FILE_ROW]
    down = [wish.descending and place == 0 and bool(wish.sort) for place in range(len(order))]
    shown = kept.sort(order, descending=down, nulls_last=True, maintain_order=True).slice(wish.first, wish.most)
    rows = tuple((whys[row[_WHY]], *(row[name] for name in names[1:])) for row in shown.iter_rows(named=True))
    columns = tuple(RowColumn(name, of_file=name if name not in (*names[:3], WHOLE_LINE) else "") for name in names)
    return dataclasses.replace(found, columns=columns, rows=rows, total=kept.height)


def _kept(every: pl.DataFrame, names: list[str], only: str) -> pl.DataFrame:
    """Rows of which a condition is true, or in which a text stands."""
    import polars as pl

    from kpi_tui.tables.polars_sql import execute, why_failed

    try:
        condition = condition_in(only)
        if not condition:
            texts = (pl.col(name).cast(pl.String).str.to_lowercase() for name in names)
            anywhere = [text.str.contains(only.lower(), literal=True) for text in texts]
            return every.filter(pl.any_horizontal(anywhere)) if only else every
        sql = f"SELECT * FROM refused WHERE {condition}"
        return execute(sql, {"refused": every.lazy()}, cells=True).collect()
    except (FragmentError, pl.exceptions.PolarsError, pl.exceptions.PanicException) as error:
        why: Message | Exception = error if isinstance(error, FragmentError) else why_failed(error)
        raise not_asked(only, why) from None
