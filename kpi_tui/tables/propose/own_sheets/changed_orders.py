"""Orders of an own sheet that a later file of it has again, changed since: those of the last file count."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.tables.propose.by_column_names import ORDERS, match
from kpi_tui.tables.propose.lookups import FileColumns

_SAME = ("order_id", "created_at")  # numbers may begin at one again every month: the time tells such orders apart


def with_latest(
    parts: Sequence[TableProposal], seen: FileColumns, schemas: Mapping[str, TableSchema]
) -> list[TableProposal]:
    """Orders and what belongs to them, told by number and time; as they are where the file has not both.

    A time of payment that stands in for that of the order is none: it comes later.
    """
    if not any(one.table == ORDERS for one in parts):
        return list(parts)
    found = match(schemas[ORDERS], seen.shapes).columns
    named = [found[name][0] for name in _SAME if name in found]
    if len(named) < len(_SAME) or found.get("paid_at", ("", ""))[0] in named:
        return list(parts)
    return [replace(one, latest_by=tuple(named)) if one.table in MONEY else one for one in parts]
