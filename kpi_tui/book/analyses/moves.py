"""Who went from where to where: a count by a dimension, and by the one that holds it a period before (R018)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.analyses.moves import MoveRow, Moves

if TYPE_CHECKING:
    from kpi_tui.book.numbers import MetricNumbers
    from kpi_tui.definitions.answers.value import Value
    from kpi_tui.definitions.library.analysis_parts import MovesPart
    from kpi_tui.definitions.period import Period
    from kpi_tui.definitions.progress import Progress


class MoveTables:
    """Reads the moves of pages."""

    def __init__(self, numbers: MetricNumbers) -> None:
        self._numbers = numbers

    def of(self, part: MovesPart, period: Period, *, progress: Progress | None = None) -> Moves:
        """People by where they were and where they are. UsageError on an unknown metric or dimension.

        Only everybody, with the reason, where there is no number or no file tells where they were.
        """
        from kpi_tui.engine.query.segments import NULL_SEGMENT
        from kpi_tui.sql.quoted_text import quoted_text

        def ask(by: str, where: str | None = None) -> dict[str | None, Value]:
            found = self._numbers.values([part.metric], period, by=by, where=where, progress=progress)
            return {value.segment: value for value in found}

        now, before = ask(part.by), ask(part.before)
        unknown = before.get(NULL_SEGMENT, before[None])
        if before[None].value is None or unknown.value is None:
            return Moves(period, (MoveRow(None, unknown, {}),), ())
        origins = [name for name in _ordered(before, part.names) if name != NULL_SEGMENT]
        rows = [
            MoveRow(name, before[name], _parts(ask(part.by, f"{part.before} = {quoted_text(name)}")))
            for name in origins
        ]
        rows.append(MoveRow(None, now[None], _parts(now)))
        return Moves(period, tuple(rows), tuple(_ordered(now, part.names)))


def _parts(found: Mapping[str | None, Value]) -> dict[str, Value]:
    return {name: value for name, value in found.items() if name is not None}


def _ordered(segments: Iterable[str | None], names: Iterable[str]) -> list[str]:
    """In the order of the names, others after them as they come."""
    known = [name for name in segments if name is not None]
    first = [name for name in names if name in known]
    return [*first, *(name for name in known if name not in first)]
