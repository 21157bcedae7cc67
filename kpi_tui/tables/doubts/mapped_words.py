"""Words that a mapping compares a column of the file with, held against the words that stand there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import polars as pl
from sqlglot import exp

from kpi_tui.definitions.answers.value import FileDoubt
from kpi_tui.definitions.library.table import TableSource
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.names import MISTYPED, nearest
from kpi_tui.definitions.written.word_forms import one_form
from kpi_tui.sql import guard
from kpi_tui.sql.compared_words import mentioned
from kpi_tui.sql.quoted_text import quoted_text
from kpi_tui.tables.convert import Converted
from kpi_tui.tables.doubts.doubtful_files import kept_texts
from kpi_tui.tables.source.raw_rows import Raw
from kpi_tui.tables.source.text_cells import tidy

_MOST = 50
"""A column of more distinct words holds no vocabulary."""
_SHOWN = 8


def mapped_words(raw: Raw, made: Converted, source: TableSource) -> list[FileDoubt]:
    """Words no row has although a `where` or `case` asks for them, words that no branch of a `case` mentions, and
    words that are mentioned in another case only.

    Columns whose words tables.toml lists in `words` are looked at by that list.
    """
    trees = dict(_trees(source))
    asked: dict[str, dict[str, str]] = defaultdict(dict)  # column of the file -> word -> key of the mapping
    for key, tree in trees.items():
        for column, word in mentioned(tree):
            asked[column].setdefault(word, key)
    found: list[FileDoubt] = []
    for column, words in asked.items():
        if column in source.words or column not in raw.columns or raw.frame.schema[column] != pl.String:
            continue
        rows = _counted(tidy(raw.frame[column]))
        others = {word: count for word, count in rows.items() if word not in words}
        if others:
            known_elsewhere = "where" if made.frame.is_empty() else ""  # a `where` that keeps nothing is told as such
            asks = {word: key for word, key in words.items() if key != known_elsewhere}
            found += _unheard(column, asks, rows, others)
        kept = _counted(tidy(kept_texts(raw, made, column)))
        left = {word: count for word, count in kept.items() if word not in words}
        open_ = [*_unmentioned(trees, column, left)] if left else []
        found += open_
        # what a `where` leaves out is not kept, so that no branch lacks it
        found += _in_another_case(trees, column, words, others if not open_ else _without(others, left))
    return found


def _trees(source: TableSource) -> Iterator[tuple[str, exp.Expression]]:
    try:
        if source.where:
            yield "where", guard.predicate(source.where).tree
    except guard.FragmentError:
        pass  # told where the mapping is judged
    for key, sql in source.columns.items():
        try:
            yield key, guard.expression(sql).tree
        except guard.FragmentError:
            continue


def _counted(cells: pl.Series) -> dict[str, int]:
    """Words and their rows, the most frequent first; none where there are too many."""
    counts = cells.drop_nulls().value_counts(sort=True)
    return {} if counts.height > _MOST else {str(word): int(count) for word, count in counts.iter_rows() if word}


def _unheard(
    column: str, words: Mapping[str, str], rows: Mapping[str, int], others: Mapping[str, int]
) -> Iterator[FileDoubt]:
    for word, key in words.items():
        if word and word not in rows:
            near = nearest(word, others, cutoff=0.4)
            said = say("{column}: no row has {word!r}, which `{key}` asks for", column=column, word=word, key=key)
            there = listed(repr(other) for other in list(others)[:_SHOWN])
            write = say("nearest: {near!r}", near=near) if near else say("there are {words}", words=there)
            yield FileDoubt(
                "unheard-word",
                said,
                write,
                counts=bool(nearest(word, others, cutoff=MISTYPED)),
                columns=() if key == "where" else (key,),
            )


def _without(words: Mapping[str, int], those: Mapping[str, int]) -> dict[str, int]:
    return {word: count for word, count in words.items() if word not in those}


def _in_another_case(
    trees: Mapping[str, exp.Expression], column: str, words: Mapping[str, str], others: Mapping[str, int]
) -> Iterator[FileDoubt]:
    """`status = 'paid'` in a file that says PAID or `paid.` too: whoever wrote it hardly meant to leave those rows out.

    Not of a `case` that has the column itself in its `else`: what it does not name stays as it is.
    """
    for word, key in words.items():
        alike = [other for other in others if one_form(other) == one_form(word)]
        if not alike or _passes_on(trees[key], column):
            continue
        if any(other.casefold() != word.casefold() for other in alike):
            yield _in_other_signs(column, word, key, {other: others[other] for other in alike})
            continue
        said = says(
            "{column}: {count:,} row has {words}, but `{key}` asks for {word!r}: only the case of letters differs",
            "{column}: {count:,} rows have {words}, but `{key}` asks for {word!r}: only the case of letters differs",
            sum(others[other] for other in alike),
            column=column,
            words=listed(repr(other) for other in alike[:_SHOWN]),
            key=key,
            word=word,
        )
        write = say("write lower({column}) = {word}, or name them too", column=column, word=quoted_text(word.lower()))
        yield FileDoubt("other-case", said, write, columns=() if key == "where" else (key,))


def _in_other_signs(column: str, word: str, key: str, alike: Mapping[str, int]) -> FileDoubt:
    """`已付款。` beside `已付款`, `page view` beside `page_view`: nobody reads them as two words."""
    said = says(
        "{column}: {count:,} row has {words}, but `{key}` asks for {word!r}: only signs, blanks or widths differ",
        "{column}: {count:,} rows have {words}, but `{key}` asks for {word!r}: only signs, blanks or widths differ",
        sum(alike.values()),
        column=column,
        words=listed(repr(other) for other in list(alike)[:_SHOWN]),
        key=key,
        word=word,
    )
    every = ", ".join(quoted_text(one) for one in (word, *list(alike)[:_SHOWN]))
    write = say("name them too: {column} in ({words})", column=column, words=every)
    return FileDoubt("other-case", said, write, columns=() if key == "where" else (key,))


def _passes_on(tree: exp.Expression, column: str) -> bool:
    rests = (case.args.get("default") for case in tree.find_all(exp.Case))
    return any(rest is not None and any(one.name == column for one in rest.find_all(exp.Column)) for rest in rests)


def _unmentioned(trees: Mapping[str, exp.Expression], column: str, others: Mapping[str, int]) -> Iterator[FileDoubt]:
    """A `case` without `else` leaves the words it does not mention empty; `else null` says that this is meant."""
    for key, tree in trees.items():
        cases = (node for node in tree.find_all(exp.Case) if node.args.get("default") is None)
        open_ = [node for node in cases if not node.find(exp.NEQ, exp.Not)]  # all but some words mentions every word
        if not any(column == name for node in open_ for name, _ in mentioned(node)):
            continue
        count = sum(others.values())
        words = listed(repr(word) for word in list(others)[:_SHOWN])
        said = says(
            "{column}: {count:,} row has {words}, which the case of {key} does not mention: its {key} is empty",
            "{column}: {count:,} rows have {words}, which the case of {key} does not mention: their {key} is empty",
            count,
            column=column,
            words=words,
            key=key,
        )
        write = say("give it a branch, or write else null where it is meant")
        yield FileDoubt("unmentioned-word", said, write, columns=() if key == "where" else (key,))
