"""Conditions that find nothing in the data, as issues: words that no row has, filters that keep no row."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping

from kpi_tui.definitions.answers.conditions import (
    KeepsNothing,
    LackingInside,
    SharedRows,
    StepWithoutData,
    UnheardWord,
    WordInAnotherCase,
)
from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.library.metric import Measure
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import listed, say
from kpi_tui.sql.quoted_text import quoted_text

SHOWN = 5
"""Words that a hint lists."""


def unheard_issues(
    found: Iterable[UnheardWord], used: Mapping[str, Measure], sources: Mapping[str, TableSource]
) -> Iterable[Issue]:
    """A warning per word that a measure in use asks for; the other words of a column in one hint."""
    others: dict[tuple[str, str], list[UnheardWord]] = defaultdict(list)
    for word in found:
        if asking := [measure for measure in word.measures if measure in used]:
            yield _warning(word, asking, sources[word.table])
        else:
            others[word.table, word.column].append(word)
    for (table, column), words in others.items():
        yield _hint(table, column, words, sources[table])


def other_case_issues(found: Iterable[WordInAnotherCase], sources: Mapping[str, TableSource]) -> Iterable[Issue]:
    """A warning for each word that rows write in another case, with the line that makes them one."""
    for one in found:
        part = sources[one.table].part_of(one.column)
        column = part.columns.get(one.column, one.column).replace('"', '\\"')
        names = ", ".join(quoted_text(other) for other in one.others)
        line = f'{one.column} = "case when {column} in ({names}) then {quoted_text(one.word)} else {column} end"'
        hint = say("[tables.{table}.columns] {line}", table=part.id, line=line)
        place = part.places.get(f"columns.{one.column}", part.place)
        yield Issue(Severity.WARNING, one.in_words(), hint, place.file, place.line, place.key, "other-case")


def lacking_issues(found: Iterable[LackingInside]) -> Iterable[Issue]:
    """A warning for each sub-query that asks for amounts which rows lack."""
    for one in found:
        hint = say("write in it what a row without one is: coalesce({column}, 0) …", column=one.columns[0])
        place = one.place
        yield Issue(Severity.WARNING, one.in_words(), hint, place.file, place.line, place.key, "lacking-inside")


def _warning(word: UnheardWord, asking: list[str], source: TableSource) -> Issue:
    message = say("{said}, which {measures} counts by", said=word.in_words(), measures=listed(asking[:SHOWN]))
    if near := word.near:
        part = source.part_of(word.column)
        column = part.columns.get(word.column, word.column).replace('"', '\\"')
        line = f"{word.column} = \"case when {column} = '{near}' then '{word.word}' else {column} end\""
        hint: str = say("there is {near!r}: [tables.{table}.columns] {line}", near=near, table=part.id, line=line)
    else:
        hint = _there_are(word)
    place = source.places.get(f"columns.{word.column}", source.place)
    return Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, "no-word")


def _hint(table: str, column: str, words: list[UnheardWord], source: TableSource) -> Issue:
    message = say(
        "{table}.{column}: no row has {words}, which measures of the library count by",
        table=table,
        column=column,
        words=listed([repr(word.word) for word in words]),
    )
    place = source.place
    return Issue(Severity.HINT, message, _there_are(words[0]), place.file, place.line, place.key, "no-word")


def _there_are(word: UnheardWord) -> str:
    shown = [repr(heard) for heard in word.heard[:SHOWN]] + (["…"] if len(word.heard) > SHOWN else [])
    return say("there are {words}; map them to what is asked for, if they mean it", words=listed(shown))


def nothing_kept_issues(found: Iterable[KeepsNothing]) -> Iterable[Issue]:
    """A warning per measure or report whose condition none of the rows fulfils."""
    for kept in found:
        place = kept.place
        yield Issue(Severity.WARNING, kept.in_words(), kept.where, place.file, place.line, place.key, "keeps-nothing")


def shared_row_issues(found: Iterable[SharedRows]) -> Iterable[Issue]:
    """A warning per two steps of a funnel that one row satisfies."""
    for shared in found:
        hint = say(
            'let their `where` exclude each other: where = "(…) and not (that of {first!r})"', first=shared.first
        )
        place = shared.place
        yield Issue(Severity.WARNING, shared.in_words(), hint, place.file, place.line, place.key, "shared-rows")


def step_issues(found: Iterable[StepWithoutData]) -> Iterable[Issue]:
    """A warning per step of a funnel that nobody can be seen to reach."""
    for step in found:
        lacks = say("the funnel has no amounts") if step.only_worth else say("the funnel has no numbers")
        message = say(
            "funnel {funnel}: no file supplies {names}, which the step {step!r} reads: {lacks}",
            funnel=step.funnel,
            names=listed(step.lacks),
            step=step.step,
            lacks=lacks,
        )
        hint = say("map it in tables.toml, or change the step")
        place = step.place
        yield Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, "no-column")
