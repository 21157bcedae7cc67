"""What was read from each table, and what one more table would unlock (spec chapter 7, R006)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from kpi_tui.definitions.answers.coverage import Coverage, Unlock
from kpi_tui.definitions.answers.value import Profile
from kpi_tui.definitions.library.metric import Category
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.report.sheet import Cell, Column, Report, Sheet, Tone, figure, sheet, word
from kpi_tui.text import tables as say
from kpi_tui.text.i18n import _, language, n_, told

_TONES: dict[str, Tone] = {say.FINE: "good", say.DOUBT: "near", say.LOST: "weak"}


def tables_report(
    profiles: Mapping[str, Profile],
    schemas: Mapping[str, TableSchema],
    lost: Mapping[str, str],
    as_of: date | None,
) -> Report:
    """One line per table; `lost`: tables that cannot be read, and why."""
    columns = [
        Column("state", ""),
        Column("table", _("Table")),
        Column("name", _("Name"), least=90),
        Column("rows_read", _("Read"), right=True),
        Column("rows_kept", _("Kept"), right=True),
        Column("rejected", _("Left out"), right=True),
        Column("filtered", _("Filtered"), right=True),
        Column("first_day", _("First day"), least=70),
        Column("last_day", _("Last day")),
        Column("age_days", _("Age"), right=True),
        Column("null_keys", _("Null keys"), right=True, least=100),
        Column("duplicate_keys", _("Doubled keys"), right=True, least=100),
        Column("missing_columns", _("Missing"), right=True, least=100),
    ]
    rows = [_row(profile, schemas.get(id_), as_of) for id_, profile in profiles.items()]
    blank = [word("")] * (len(columns) - 2)
    rows += [[Cell(say.LOST, say.LOST, "weak"), word(id_), *blank] for id_ in lost]
    data = [profile_data(profile, schemas.get(id_), as_of) for id_, profile in profiles.items()]
    broken = [{"table": id_, "error": why} for id_, why in lost.items()]
    notes = [f"{say.LOST} {told(why)}" for why in lost.values()] + [_summary(profiles, lost)]
    return Report([*data, *broken], (sheet(columns, rows, notes=notes),))


def _summary(profiles: Mapping[str, Profile], lost: Mapping[str, str]) -> str:
    if not profiles and not lost:
        return _("No tables yet: `kpi-tui init DIR FILE…` proposes a mapping, tables.toml holds it.")
    text = n_("{count} table", "{count} tables", len(profiles) + len(lost))
    doubtful = say.doubtful(profiles.values())
    if not doubtful:
        return text
    return f"{text} · " + _("◐ look at {count}: `kpi-tui tables TABLE` says why", count=doubtful)


def _row(profile: Profile, schema: TableSchema | None, as_of: date | None) -> list[Cell]:
    state, rejected, nulls = say.state(profile), say.rejected_rows(profile), sum(profile.null_keys.values())
    age = None if as_of is None else profile.age(as_of)
    return [
        Cell(state, state, _TONES[state]),
        word(profile.table),
        word(schema.name.get(language()) if schema else "", "dim"),
        figure(profile.rows_read, f"{profile.rows_read:,}"),
        figure(profile.rows_kept, f"{profile.rows_kept:,}"),
        figure(rejected, say.count(rejected), "near"),
        figure(profile.filtered, say.count(profile.filtered), "dim"),
        word(profile.first_day, "dim"),
        word(profile.last_day),
        figure(age, say.age(profile, as_of), "dim"),
        figure(nulls, say.count(nulls), "near"),
        figure(profile.duplicate_keys, say.count(profile.duplicate_keys), "near"),
        figure(len(profile.missing_columns), say.count(len(profile.missing_columns)), "dim"),
    ]


def table_report(profile: Profile, schema: TableSchema | None, as_of: date | None) -> Report:
    """Everything about one table."""
    title = f"{profile.table}  {schema.name.both()}" if schema else profile.table
    columns = [Column("what", ""), Column("is", "")]
    rows = [[word(label, "dim"), word(text)] for label, text in say.fields(profile, schema, as_of, language()) if text]
    return Report(profile_data(profile, schema, as_of), (sheet(columns, rows, title=title),))


def profile_data(profile: Profile, schema: TableSchema | None, as_of: date | None) -> dict[str, object]:
    """One table for programs; days are ISO, `age_days` counts from the last row to the as-of day."""
    return {
        "table": profile.table,
        "name": {"en": schema.name.en, "zh": schema.name.zh} if schema else {},
        "files": list(profile.files),
        "rows_read": profile.rows_read,
        "rows_kept": profile.rows_kept,
        "rejected": [
            {
                "reason": rejected.reason,
                "count": rejected.count,
                "examples": [{"row": row, "text": text} for row, text in rejected.examples],
            }
            for rejected in profile.rejected
        ],
        "filtered": profile.filtered,
        "first_day": profile.first_day.isoformat() if profile.first_day else None,
        "last_day": profile.last_day.isoformat() if profile.last_day else None,
        "age_days": None if as_of is None else profile.age(as_of),
        "null_keys": dict(profile.null_keys),
        "duplicate_keys": profile.duplicate_keys,
        "encoding": profile.encoding,
        "missing_columns": list(profile.missing_columns),
        "notes": list(profile.notes),
        "state": {say.FINE: "fine", say.DOUBT: "doubtful"}[say.state(profile)],
    }


def coverage_report(found: Coverage, categories: Mapping[str, Category], declared: Sequence[str]) -> Report:
    """Live metrics per category, then what one more table or column would unlock. `declared`: tables.toml's."""
    data = {
        "live": found.live,
        "metrics": found.metrics,
        "categories": [
            {"category": shelf.category, "live": shelf.live, "metrics": shelf.metrics} for shelf in found.categories
        ],
        "unlocks": [_unlock_data(unlock, declared) for unlock in found.unlocks],
        "missing": {metric: [lack.name for lack in lacks] for metric, lacks in found.missing},
    }
    sheets = [_shelves(found, categories)]
    if found.unlocks:
        sheets.append(_unlocks(found.unlocks, declared))
    return Report(data, tuple(sheets))


def _shelves(found: Coverage, categories: Mapping[str, Category]) -> Sheet:
    columns = [
        Column("category", _("Category")),
        Column("name", ""),
        Column("live", _("Live"), right=True),
        Column("metrics", _("Metrics"), right=True),
    ]
    rows = [
        [
            word(shelf.category),
            word(categories[shelf.category].name.get(language()) if shelf.category in categories else "", "dim"),
            figure(shelf.live, str(shelf.live), "good" if shelf.live == shelf.metrics else "near"),
            figure(shelf.metrics, str(shelf.metrics)),
        ]
        for shelf in found.categories
    ]
    return sheet(columns, rows, notes=[_("{live} of {all} metrics are live.", live=found.live, all=found.metrics)])


def _unlocks(unlocks: Sequence[Unlock], declared: Sequence[str]) -> Sheet:
    columns = [
        Column("wanted", _("One more")),
        Column("kind", ""),
        Column("unlocks", _("Unlocks"), right=True),
        Column("metrics", _("Metrics")),
    ]
    rows = [
        [
            word(unlock.missing.name),
            Cell(_kind_text(unlock, declared), _kind(unlock, declared), "dim"),
            figure(len(unlock.metrics), str(len(unlock.metrics))),
            word(", ".join(unlock.metrics), "dim"),
        ]
        for unlock in unlocks
    ]
    return sheet(columns, rows, title=_("What one more table or column would unlock"))


def _kind(unlock: Unlock, declared: Sequence[str]) -> str:
    if unlock.missing.column:
        return "column"
    return "unreadable" if unlock.missing.table in declared else "table"


def _kind_text(unlock: Unlock, declared: Sequence[str]) -> str:
    texts = {"column": _("column"), "unreadable": _("table that cannot be read"), "table": _("table")}
    return texts[_kind(unlock, declared)]


def _unlock_data(unlock: Unlock, declared: Sequence[str]) -> dict[str, object]:
    return {
        "table": unlock.missing.table,
        "column": unlock.missing.column or None,
        "kind": _kind(unlock, declared),
        "unlocks": len(unlock.metrics),
        "metrics": list(unlock.metrics),
    }
