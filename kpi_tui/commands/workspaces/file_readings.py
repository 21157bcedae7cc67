"""What the command line says of how files are read: `--fill-down`, `--year`, `--dates`, `--all-sheets`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from kpi_tui.definitions.answers.proposal import FileLook
from kpi_tui.definitions.answers.setup import SetupAnswers
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.file_reading import ALL_SHEETS, AS_IT_STANDS, ORDERS_OF_DATES, FileReading
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.text.i18n import _


def said_readings(
    folder: Path,
    files: Sequence[Path],
    *,
    down: Sequence[str],
    years: Sequence[str],
    sheets: Sequence[str],
    dates: Sequence[str],
) -> dict[Path, FileReading]:
    """Of each file how its cells are read; none where nothing is said. UsageError."""
    if not (down or years or sheets or dates):
        return {}
    from kpi_tui.book.start.setup import Setup
    from kpi_tui.views.data.proposal import with_questions

    found = {path: replace(AS_IT_STANDS, sheet=ALL_SHEETS) for path in _named(sheets, files)}
    answers = SetupAnswers(folder, tuple(files), readings=found)
    looks = Setup(folder, with_questions).look(answers).files
    for column in down:
        theirs = [look for look in looks if column in look.columns]
        if not theirs:
            known = list(dict.fromkeys(name for look in looks for name in look.columns))
            hint = did_you_mean(column, known, _("they have {names}", names=listed(known)))
            raise UsageError(_("--fill-down {column}: no file has it; {hint}", column=column, hint=hint))
        for look in theirs:
            answers = answers.read_as(look.path, "fill_down", column, column)
    for said in years:
        answers = _with_year(answers, said, looks, files)
    for said in dates:
        answers = _with_dates(answers, said, looks)
    return dict(answers.readings)


def _with_dates(answers: SetupAnswers, said: str, looks: Sequence[FileLook]) -> SetupAnswers:
    column, _sign, first = said.rpartition("=")
    if first not in ORDERS_OF_DATES:
        known = listed(ORDERS_OF_DATES)
        raise UsageError(_("--dates {said}: {first} is none of {known}", said=said, first=repr(first), known=known))
    asked = [(look, one) for look in looks for one in look.questions if one.kind == "dates"]
    meant = [(look, one) for look, one in asked if column in ("", one.column)]
    if not meant:
        names = listed(dict.fromkeys(one.column for _look, one in asked))
        hint = _("those are {names}", names=names) if names else _("no column holds such dates")
        raise UsageError(_("--dates {said}: day and month are sure in it; {hint}", said=said, hint=hint))
    for look, one in meant:
        answers = answers.read_as(look.path, one.kind, one.column, first)
    return answers


def _with_year(answers: SetupAnswers, said: str, looks: Sequence[FileLook], files: Sequence[Path]) -> SetupAnswers:
    name, _sign, year = said.rpartition("=")
    if not (year.isdigit() and len(year) == len("2026")):
        raise UsageError(_("--year {said}: {year} is no year of four digits", said=said, year=repr(year)))
    paths = _named([name], files) if name else list(files)
    asked = [(look, one) for look in looks if look.path in paths for one in look.questions if one.kind == "year_of"]
    if not asked:
        raise UsageError(_("--year {said}: no column has days without a year", said=said))
    for look, one in asked:
        answers = answers.read_as(look.path, one.kind, one.column, year)
    return answers


def _named(names: Sequence[str], files: Sequence[Path]) -> list[Path]:
    """The files of these names. UsageError where there is none."""
    found = []
    for name in names:
        path = next((file for file in files if name in (str(file), file.name)), None)
        if path is None:
            raise UsageError(_("{file} is none of the files", file=repr(name)))
        found.append(path)
    return found
