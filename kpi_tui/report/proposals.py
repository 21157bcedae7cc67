"""Answers of `init`: which file fills which canonical table, column by column."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.report.sheet import Column, Report, Sheet, sheet, word
from kpi_tui.text import format as fmt
from kpi_tui.text.i18n import _


def proposal_report(proposal: Proposal, written: Sequence[Path] = ()) -> Report:
    """One sheet per table, then what was left out, then the files written (none: only proposed)."""
    data = {
        "written": [str(path) for path in written],
        "tables": [_table_data(table) for table in proposal.tables],
        "skipped": [{"file": str(path), "why": why} for path, why in proposal.skipped],
        "timezone": proposal.timezone,
        "notes": list(proposal.notes),
    }
    sheets = [_table(table) for table in proposal.tables]
    if proposal.skipped:
        columns = [Column("file", ""), Column("why", "")]
        rows = [[word(path), word(why)] for path, why in proposal.skipped]
        sheets.append(sheet(columns, rows, _("Left out")))
    if proposal.notes:
        sheets.append(sheet([Column("note", "")], [], notes=proposal.notes))
    if written:
        sheets.append(sheet([Column("file", "")], [[word(path)] for path in written], _("Written")))
    return Report(data, tuple(sheets))


def _table_data(table: TableProposal) -> dict[str, object]:
    return {
        "table": table.table,
        "file": str(table.path),
        "more_files": [str(path) for path in table.more],
        "columns": dict(table.columns),
        "same": list(table.same),
        "where": table.where,
        "group_by": list(table.group_by),
        "options": dict(table.options),
        "joins": {
            name: {"file": str(join.path), "on": join.on, "columns": dict(join.columns)}
            for name, join in table.joins.items()
        },
        "unmapped": list(table.unmapped),
        "missing": list(table.missing),
        "confidence": table.confidence,
        "notes": list(table.notes),
    }


def _table(table: TableProposal) -> Sheet:
    """Canonical column and the expression that fills it; columns of the same name are taken as they are."""
    columns = [Column("column", _("Column")), Column("sql", _("Taken from"))]
    rows = [[word(name), word(name)] for name in table.same if name not in table.columns]
    rows += [[word(name), word(sql)] for name, sql in table.columns.items()]
    rows += [[word(name), word(_("not found: please add"), "weak")] for name in table.missing]
    notes = [_("Rows kept: {where}", where=table.where)] if table.where else []
    if table.group_by:
        notes.append(_("One row per {columns}", columns=", ".join(table.group_by)))
    if table.unmapped:
        notes.append(_("Not used: {columns}", columns=", ".join(table.unmapped)))
    sure = fmt.number(table.confidence, "percent")
    file = table.path.name + (f" + {len(table.more)}" if table.more else "")
    title = _("{table} from {file} ({share} recognised)", table=table.table, file=file, share=sure)
    return sheet(columns, rows, title, [*notes, *table.notes])
