"""Judged SQL run by polars over the rows of one file; what polars refuses becomes one clear issue a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import polars as pl

from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import say
from kpi_tui.sql.guard import FragmentError
from kpi_tui.tables.polars_panics import stderr_silenced
from kpi_tui.tables.polars_sql import execute, why_failed
from kpi_tui.tables.source.files import fail, issue

_REFUSED = (pl.exceptions.PolarsError, pl.exceptions.PanicException, FragmentError)


def run(
    frame: pl.DataFrame, columns: Mapping[str, str], source: TableSource, groups: Sequence[str] = ()
) -> pl.DataFrame:
    """`SELECT columns FROM frame [GROUP BY groups]`. TableError names every column polars refuses."""
    try:
        return _execute(frame, columns, groups)
    except _REFUSED:
        issues = []
        for name, sql in columns.items():
            try:
                _execute(frame, {name: sql}, groups)
            except _REFUSED as error:
                issues.append(
                    issue(source, name, say("{sql!r} cannot be computed: {why}", sql=sql, why=why_failed(error)))
                )
        if not issues:
            raise
        raise fail(issues) from None


def _execute(frame: pl.DataFrame, columns: Mapping[str, str], groups: Sequence[str]) -> pl.DataFrame:
    wanted = {**columns, **({} if groups else {"kpi:one": '"kpi:row"'})}  # one column of rows: literals stretch
    select = ", ".join(f'{sql} AS "{name}"' for name, sql in wanted.items())
    by = f" GROUP BY {', '.join(groups)}" if groups else ""
    with stderr_silenced():
        made = execute(f"SELECT {select} FROM file{by}", {"file": frame.lazy()}, cells=True).collect()
    return made.drop("kpi:one", strict=False)
