"""What the profiles of the tables say is wrong with the data, as issues."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from kpi_tui.definitions.answers.conditions import table_keeps_nothing
from kpi_tui.definitions.answers.value import NO_COLUMN, Profile, Rejected, missing_in_words
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.table import TableSchema, TableSource, words_known_beside
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.workspace import Workspace

_CODE = re.compile("[A-Z]{3}")
_COMPLETE = say("if nothing is missing write complete_until in tables.toml; else add the file of those days")


def data_issues(profiles: Mapping[str, Profile], sources: Mapping[str, TableSource], currency: str = "") -> list[Issue]:
    """Rejected rows, keys without a value, keys that come twice, and what else was noticed per table.

    `currency`: the code the workspace counts in; amounts that name another one are told.
    """
    found = [issue for name, profile in profiles.items() for issue in _table(profile, sources[name], sources)]
    return [*found, *(issue for profile in profiles.values() for issue in _foreign(profile, currency))]


def _table(profile: Profile, source: TableSource, tables: Mapping[str, TableSource]) -> Iterable[Issue]:
    """What is wrong with each source of a table, then with the whole of them."""
    for part, said in zip(profile.parts(), source.parts(), strict=True):
        known = words_known_beside(said, tables.values())
        yield from _rows(part, said, ("unheard-word",) if known else ())
        if part.keeps_nothing and not known:
            message = table_keeps_nothing(part.table, part.rows_read, part.unheard)
            place = said.places.get("where", said.place)
            yield Issue(Severity.WARNING, message, said.where, place.file, place.line, place.key, "keeps-nothing")
    if profile.sources:
        yield from _told(profile)
    for column, words in profile.currencies.items():
        if len(words) > 1:
            yield _currencies(profile, column, words)


def _rows(profile: Profile, source: TableSource, settled: Collection[str]) -> Iterable[Issue]:
    """Its rows; `settled`: codes of what another table of the same files answers."""
    file = _files(profile)
    for rejected in profile.rejected:
        yield _rejected(profile.table, file, rejected)
    for column, count in profile.null_keys.items():
        message = says(
            "{table}: {count:,} row has no {column}",
            "{table}: {count:,} rows have no {column}",
            count,
            table=profile.table,
            column=column,
        )
        yield Issue(
            Severity.WARNING,
            message,
            say("they cannot be told apart or joined"),
            file=file,
            key=column,
            code="null-key",
        )
    if profile.duplicate_keys:
        message = says(
            "{table}: {count:,} row repeats a key",
            "{table}: {count:,} rows repeat a key",
            profile.duplicate_keys,
            table=profile.table,
        )
        hint = say(
            "e.g. {example}; they all count; add a filter to tables.toml [tables.{source}] if they should not",
            example=profile.doubled_key,
            source=source.id,
        )
        yield Issue(Severity.WARNING, message, hint, file=file, code="duplicate-key")
    yield from _told(profile, settled)


def _told(profile: Profile, settled: Collection[str] = ()) -> Iterable[Issue]:
    """What was noticed about the files."""
    file = _files(profile)
    for doubt in (doubt for doubt in profile.doubts if doubt.code not in settled):
        message = say("{table}: {note}", table=profile.table, note=doubt.said)
        severity = Severity.HINT if doubt.code == NO_COLUMN else Severity.WARNING  # many a source has no coupons
        yield Issue(severity, message, doubt.write, file=file, code=doubt.code)
    warned = {words for doubt in profile.doubts for words in (doubt.said, doubt.in_words())}
    for note in (note for note in profile.notes if note not in warned):
        yield Issue(Severity.HINT, say("{table}: {note}", table=profile.table, note=note), file=file, code="note")


def _files(profile: Profile) -> str:
    return listed(Path(name).name for name in profile.files)


RATES = '[rates] path = "rates.csv" (currency, day, rate) in workspace.toml'
"""The line that turns amounts of other currencies into that of the workspace."""


def _foreign(profile: Profile, currency: str) -> Iterable[Issue]:
    """Amounts all in one currency, which is not that of the workspace."""
    for column, words in profile.currencies.items():
        word = next(iter(words), "")
        if len(words) == 1 and _CODE.fullmatch(word) and word != currency.upper():
            message = say(
                "{table}: amounts are in {word} ({column}), the workspace counts in {currency}",
                table=profile.table,
                word=word,
                column=column,
                currency=currency,
            )
            hint = say(
                'write currency = "{word}" in workspace.toml, multiply the amounts by a rate, or give rates of days: '
                "{rates}",
                word=word,
                rates=RATES,
            )
            yield Issue(Severity.WARNING, message, hint, file="workspace.toml", key="currency", code="currency")


def _currencies(profile: Profile, column: str, words: Mapping[str, int]) -> Issue:
    """Amounts of several currencies, which have no sum."""
    most, other = list(words)[:2]
    message = say(
        "{table}: amounts in {count} currencies are never added up, so that they have no number: {column} = {rows}",
        table=profile.table,
        count=len(words),
        column=column,
        rows=listed(f"{word} ({rows:,})" for word, rows in words.items()),
    )
    hint = say(
        "keep one: where = \"{column} = '{most}'\", or turn each amount into one currency: "
        "\"AMOUNT * case when {column} = '{other}' then RATE else 1 end\", RATE from a table of rates in "
        "[tables.{table}.join.rates]",
        table=profile.table,
        column=column,
        most=most,
        other=other,
    )
    if profile.sources:
        hint = say(
            "ask for one: --where \"source = '{source}'\" or --by source, or turn the amounts of each source into one "
            'currency: "AMOUNT * RATE" in [tables.{table}.sources.{source}.columns], and name it there: '
            'currency = "{most}"',
            table=profile.table,
            source=list(profile.sources)[-1],
            most=most,
        )
    hint = say("{hint}; or give rates of days: {rates}", hint=hint, rates=RATES)
    return Issue(Severity.WARNING, message, hint, file=_files(profile), key=column, code="currencies")


def _rejected(table: str, file: str, rejected: Rejected) -> Issue:
    line, text = rejected.examples[0] if rejected.examples else (0, "")
    rows = listed(str(number) for number, _ in rejected.examples)
    message = says(
        "{table}: {count:,} row left out: {reason}",
        "{table}: {count:,} rows left out: {reason}",
        rejected.count,
        table=table,
        reason=rejected.reason,
    )
    hint = say("row {rows}", rows=rows) + (say(", e.g. {text}", text=text) if text else "")
    return Issue(Severity.WARNING, message, hint, file=file, line=line, code="rejected")


def tables_missing(workspace: Workspace) -> list[Issue]:
    """A workspace without any table has no number at all."""
    if workspace.tables:
        return []
    hint = say("add [tables.orders] to tables.toml, or let `kpi-tui init DIR FILE…` propose it from your files")
    return [
        Issue(
            Severity.WARNING, say("no table is mapped: no metric has a number"), hint, "tables.toml", code="no-tables"
        )
    ]


def stale_issues(silent_days: Mapping[str, tuple[int, int]], tables: Mapping[str, TableSource]) -> list[Issue]:
    """Tables that stopped: (days silent before the as-of day, the longest silence before that), of each source."""
    places = _places(tables)
    hint = say("periods after the last row have no number; say complete_until in tables.toml if nothing is missing")
    return [
        Issue(
            Severity.HINT,
            says(
                "{table}: no row for the last day",
                "{table}: no row for the last {silent} days",
                silent,
                table=table,
                silent=silent,
            ),
            hint,
            *places.get(table, ("", 0)),
            key=table,
            code="stale",
        )
        for table, (silent, longest) in silent_days.items()
        if silent > longest + 1
    ]


def _places(tables: Mapping[str, TableSource]) -> dict[str, tuple[str, int]]:
    """File and line of every table and source, where what is missing is said to be complete."""
    return {part.id: (part.place.file, part.place.line) for table in tables.values() for part in table.parts()}


def hole_issues(holes: Mapping[str, Sequence[tuple[date, date]]], tables: Mapping[str, TableSource]) -> list[Issue]:
    """Days that are missing inside a table which is never so long silent: nobody traded, or an export is missing."""
    places = _places(tables)
    found = []
    for table, ones in holes.items():
        for first, last in ones:
            message = say(
                "{table}: no rows from {first} to {last}, more than four times as long as it is usually silent",
                table=table,
                first=first,
                last=last,
            )
            place = places.get(table, ("", 0))
            found.append(Issue(Severity.WARNING, message, _COMPLETE, *place, key=table, code="hole"))
    return found


def missing_issues(
    missing: Mapping[str, tuple[Sequence[date], int]], tables: Mapping[str, TableSource], *, by_hand: bool = False
) -> list[Issue]:
    """Single days without rows, by table or source, and of how many days, where a day without any is no chance.

    `by_hand`: those that a person said to be whole, which is repeated, not doubted.
    """
    places = _places(tables)
    rests = say("{hint}; days on which you rest: rest_days of [settings] in workspace.toml", hint=_COMPLETE)
    return [
        Issue(
            Severity.HINT if by_hand else Severity.WARNING,
            missing_in_words(table, days, count, by_hand=by_hand),
            say("if rows are missing after all, set complete_until to the day before them") if by_hand else rests,
            *places.get(table, ("", 0)),
            key=table,
            code="declared-days" if by_hand else "missing-days",
        )
        for table, (days, count) in missing.items()
        if days
    ]


def timeless_issues(profiles: Mapping[str, Profile], schemas: Mapping[str, TableSchema]) -> list[Issue]:
    """Tables whose rows belong to no period, because nothing is mapped to their time column (R002)."""
    return [
        Issue(
            Severity.WARNING,
            say("{name}: nothing says when a row happened; no period has a number from it", name=name),
            say("add {time} to [tables.{name}.columns] in tables.toml", time=time, name=name),
            key=f"tables.{name}.columns.{time}",
            code="no-time",
        )
        for name, profile in profiles.items()
        if (time := schemas[name].time) and time in profile.missing_columns
    ]
