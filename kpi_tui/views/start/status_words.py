"""What the words of an own sheet's status mean, word by word: what was said, what is taken for granted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.written.file_names import names_beside
from kpi_tui.definitions.written.status_words import CLOSED, PAID, PARTLY, REFUNDED, WAITING, StatusColumn
from kpi_tui.text.phrase import Word, phrase, phrases
from kpi_tui.views.cells import Tone, text
from kpi_tui.views.view import Row

_AT = "words\n"
MEANINGS_SAID: Mapping[str, Word] = {
    PAID: phrase("paid, and stays so"),
    CLOSED: phrase("closed unpaid: left out (a paid one: given back)"),
    REFUNDED: phrase("paid, then given back: a refund"),
    PARTLY: phrase("paid, then given back in part: as much as a column says, else unknown"),
    WAITING: phrase("not paid yet"),
}

_UNSAID: Mapping[str, Word] = {
    PAID: phrase("? paid: nobody said (e says it)"),
    "": phrase("? nobody said (e says it)"),
}


def asked_files(found: Proposal, parts: Iterable[TableProposal]) -> list[tuple[Path, StatusColumn]]:
    """The status columns of the files whose orders are taken, of known exports those of any table."""
    taken: dict[Path, str] = {}
    for part in parts:
        if not part.further and (part.table == "orders" or part.strange):
            taken[part.path] = "orders" if part.table == "orders" else taken.get(part.path, part.table)
    every = (one for one in (*found.tables, *found.others) if one.table == taken.get(one.path))
    return [(part.path, column) for part in every for column in part.asked_words]


def word_rows(asked: Iterable[tuple[Path, StatusColumn]], answers: SetupAnswers) -> Iterable[Row]:
    """A line for each word, the most frequent first; one that nobody knows stands out."""
    asked = list(asked)
    names = names_beside(path for path, _column in asked)
    for path, column in asked:
        yield Row(
            "", heading=phrase("What the words of {column} mean, in {file}", column=column.name, file=names[path])
        )
        said = answers.words.get(str(path), {}).get(column.name, {})
        for word, count in column.words.items():
            sure = word in said or word in column.known
            means = MEANINGS_SAID[column.means(word, said)] if sure else _UNSAID[column.unsaid]
            yield Row(
                f"{_AT}{path}\n{column.name}\n{word}",
                (
                    text(word),
                    text(means, _tone(word in said, sure)),
                    text(phrases("{count} row", "{count} rows", count), "muted"),
                    text(""),
                ),
            )


def _tone(said: bool, sure: bool) -> Tone:
    return "changed" if said else "" if sure else "near"


def word_at(asked: Iterable[tuple[Path, StatusColumn]], key: str) -> tuple[Path, StatusColumn, str] | None:
    """The file, column and word of a row; None where another row stands."""
    if not key.startswith(_AT):
        return None
    for path, column in asked:
        start = f"{_AT}{path}\n{column.name}\n"
        if key.startswith(start) and (word := key.removeprefix(start)) in column.words:
            return path, column, word
    return None
