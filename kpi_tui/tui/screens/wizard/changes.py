"""Answers that are picked from a list or typed: another column, a setting, a preset, one more file."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import available_timezones

from kpi_tui.book.start.planned_roles import chosen
from kpi_tui.definitions.answers.proposal import FileLook, Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers, further_parts, part_id
from kpi_tui.definitions.calendar import KINDS, MONTHS, WEEKDAYS, YEAR_ENDS, YEAR_NAMES, Calendar
from kpi_tui.definitions.library.recipe import MONEY
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.written.currencies import OFFERED
from kpi_tui.text.i18n import N_, _, language
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import Word, translate
from kpi_tui.tui.overlays.choice import Choice
from kpi_tui.tui.overlays.choice_list import ChoiceScreen
from kpi_tui.tui.screens.wizard.asked_files import placed
from kpi_tui.tui.screens.wizard.file_reading import answered_otherwise, asked_year
from kpi_tui.tui.screens.wizard.state import WizardState
from kpi_tui.tui.screens.wizard.word_meaning import next_meaning, pick_meaning
from kpi_tui.tui.widgets.prompt import Prompt, Question
from kpi_tui.views.named_ids import part_name
from kpi_tui.views.start.columns import TYPES_SAID, column_at, fitting, look_of, offered, taken_from
from kpi_tui.views.start.files import part_of
from kpi_tui.views.start.money import last_day
from kpi_tui.views.start.plans import preset_said
from kpi_tui.views.start.settings import months_said, name_said, weeks_said, year_end_said, years_said

if TYPE_CHECKING:
    from textual.screen import Screen

    from kpi_tui.book.start.setup import Setup

Answered = Callable[[SetupAnswers], None]
_CALENDAR: Mapping[str, tuple[str, tuple[str, ...], Callable[[Calendar], Word]]] = {
    "week_start": (N_("On which day does a week begin?"), WEEKDAYS, weeks_said),
    "fiscal_year": (N_("In which month does a year begin?"), MONTHS, years_said),
    "fiscal_year_name": (N_("What is a year called by?"), YEAR_NAMES, name_said),
    "kind": (N_("What are months made of?"), KINDS, months_said),
    "year_end": (N_("Where does a year of weeks end?"), YEAR_ENDS, year_end_said),
}
_AS_PROPOSED, _EMPTY, _TURN = "=", "-", "+"
ZONES = ("Asia/Shanghai", "Asia/Hong_Kong", "Asia/Tokyo", "Europe/London", "Europe/Berlin", "America/New_York", "UTC")
USUAL = (*MONEY, "users", "events", "products")
"""Tables that people bring files for, offered first."""


def turned(state: WizardState, key: str) -> SetupAnswers | None:
    """The row under the cursor taken or left, the other way round; None where nothing is to be taken."""
    answers = state.answers
    if state.found is None:
        path = Path(key)
        files = tuple(one for one in answers.files if one != path) if path in answers.files else (*answers.files, path)
        return replace(answers, files=files) if key else None
    if answers.step == "files":
        if otherwise := answered_otherwise(state, key):
            return otherwise
        proposed = {part_id(one) for one in state.found.tables}
        others = {part_id(one) for one in state.found.others}
        if key not in proposed | others:
            return None
        return _with_its_money(state.found, answers.turned(key, proposed=key in proposed), key)
    if answers.step == "columns":
        return next_meaning(state, key) or _insisting(state, key)
    if answers.step == "roles" and any(role.id == key and not role.there for role in state.planned):
        wanted = [role.id for role in chosen(state.planned, answers.roles)]
        return replace(answers, roles=tuple(sorted(set(wanted) ^ {key})))
    return None


def _insisting(state: WizardState, key: str) -> SetupAnswers | None:
    """What the workspace would not take is added all the same."""
    part_key, column = column_at(key)
    refused = {part_id(one) for one in state.tried.plan.refused} if state.tried else set()
    if column or part_key not in refused:
        return None
    return replace(state.answers, taken=state.answers.taken | {part_key})


def _with_its_money(found: Proposal, answers: SetupAnswers, key: str) -> SetupAnswers:
    """A statement's orders and refunds go together: refunds of orders that count nowhere would lower the earnings."""
    part = next((one for one in found.others if part_id(one) == key and one.table in MONEY), None)
    if part is None:
        return answers
    same = {
        part_id(one)
        for one in found.others
        if one.table in MONEY and (one.path, one.recipe) == (part.path, part.recipe)
    }
    return replace(answers, taken=answers.taken | same if key in answers.taken else answers.taken - same)


def change(screen: Screen[Path], state: WizardState, setup: Setup, key: str, answered: Answered) -> None:
    """Ask for another value of what is under the cursor."""
    step = state.answers.step
    if step == "files" and (year := asked_year(state, key, answered)):
        screen.query_one(Prompt).ask(year)
    elif step == "files" and (otherwise := answered_otherwise(state, key)):
        answered(otherwise)
    elif step == "files" and (asking := pick_table(state, setup.schemas, key)):
        tables, said = asking
        screen.app.push_screen(tables, lambda found: answered(said(found)) if found else None)
    elif step == "columns" and (picking := pick_meaning(state, key) or pick_column(state, setup.schemas, key)):
        asked, taken = picking
        screen.app.push_screen(asked, lambda found: answered(taken(found)) if found else None)
    elif step == "money" and state.tried:
        until = "" if state.answers.complete else last_day(state.tried.trial)
        answered(replace(state.answers, complete=until))
    elif step == "settings" and not state.adds:
        if question := typed_setting(state, key, answered):
            screen.query_one(Prompt).ask(question)
        elif choices := pick_setting(key, state.answers.calendar):
            screen.app.push_screen(choices, lambda found: answered(_with(state.answers, key, found)) if found else None)


def _offered_first(schema: TableSchema) -> tuple[int, bool]:
    return USUAL.index(schema.id) if schema.id in USUAL else len(USUAL), not schema.core


def pick_table(
    state: WizardState, schemas: Mapping[str, TableSchema], key: str
) -> tuple[ChoiceScreen, Callable[[str], SetupAnswers]] | None:
    """The tables that the file under the cursor can be said to fill, and what choosing one answers."""
    if state.found is None or not key:
        return None
    part = part_of(state.found, key)
    files = (part.path, *part.more) if part else (Path(key),)
    rows = [Choice(_AS_PROPOSED, _("as it is recognised")), Choice(_EMPTY, _("fills no table"))]
    if further := further_parts(state.found, part) if part else frozenset():
        each = _("each file a source of its own: they are of several shops")
        apart = bool(further & state.answers.taken)
        rows.insert(0, Choice(_TURN, _("the files as one table again") if apart else each))
    for schema in sorted(schemas.values(), key=_offered_first):
        asked = dict.fromkeys((*schema.key, *([schema.time] if schema.time else ())))
        needed = listed(schema.columns[one].said.get(language()) for one in asked)
        name = f"{schema.name.get(language())}  {schema.id}"
        rows.append(Choice(schema.id, name, _("needs {columns}", columns=needed) if needed else "", str(schema.about)))

    def said(choice: str) -> SetupAnswers:
        if choice == _TURN:
            taken = state.answers.taken
            return replace(state.answers, taken=taken - further if taken & further else taken | further)
        table = None if choice == _AS_PROPOSED else "" if choice == _EMPTY else choice
        return state.answers.assigned_to(files, table)

    title = _("Which table does {file} fill? Its columns are picked in step 2.", file=files[0].name)
    return ChoiceScreen(title, rows), said


def _with(answers: SetupAnswers, key: str, value: str) -> SetupAnswers:
    if key in _CALENDAR:
        return replace(answers, calendar=_calendar_with(answers.calendar, key, value))
    return replace(answers, timezone=value) if key == "timezone" else replace(answers, currency=value)


def pick_column(
    state: WizardState, schemas: Mapping[str, TableSchema], key: str
) -> tuple[ChoiceScreen, Callable[[str], SetupAnswers]] | None:
    """The columns of the file that can fill the one under the cursor, and what taking one answers."""
    part_key, name = column_at(key)
    part = state.part(part_key)
    look = look_of(state.found, part) if part and state.found else None
    if part is None or look is None:
        return None
    column = schemas[part.table].columns[name]
    ways = fitting(look, column, grouped=bool(part.group_by))
    before = offered(state.found, part)  # type: ignore[arg-type]
    proposed = before.columns.get(name, name if name in before.same else "")
    rows = [Choice(_EMPTY, _("leave it empty"))]
    if proposed:
        rows.insert(0, Choice(_AS_PROPOSED, _("as proposed: {column}", column=translate(taken_from(proposed, part)))))
    for sql, said, why in ways:
        off = _("its cells are not of the type {type}", type=translate(TYPES_SAID[why])) if why else ""
        label = translate(said)
        rows.append(Choice(sql or label, label, _first_cells(look, label), off=off))
    table = translate(part_name(part.table, schemas))
    title = _(
        "{column} of {table}: which column of {file}?",
        table=table,
        column=column.said.both(language()),
        file=part.path.name,
    )

    def taken(choice: str) -> SetupAnswers:
        answers = state.answers
        if choice == _AS_PROPOSED:
            return answers.as_proposed(part_key, name)
        return answers.filled(part_key, name, "" if choice == _EMPTY else choice)

    return ChoiceScreen(title, rows, ask=translate(column.about)), taken


def _first_cells(look: FileLook, name: str) -> str:
    if name not in look.columns:
        return ""
    at = look.columns.index(name)
    return ", ".join(row[at] for row in look.head)


def emptied(state: WizardState, key: str) -> SetupAnswers:
    """The column under the cursor left empty."""
    part, name = column_at(key)
    return state.answers.filled(part, name, "") if state.part(part) else state.answers


def pick_setting(key: str, calendar: Calendar) -> ChoiceScreen | None:
    """The list to choose a zone, a currency, or a day or month of the calendar from."""
    if key == "timezone":
        others = sorted(available_timezones() - set(ZONES))
        return ChoiceScreen(_("Time zone whose days count"), [Choice(zone, zone) for zone in (*ZONES, *others)])
    if key == "currency":
        return ChoiceScreen(_("Currency of all amounts"), [Choice(code, code) for code in OFFERED])
    return _pick_of_calendar(key, calendar) if key in _CALENDAR else None


def _calendar_with(calendar: Calendar, key: str, word: str) -> Calendar:
    said: dict[str, Any] = {key: word}
    return replace(calendar, **said)


def _pick_of_calendar(key: str, calendar: Calendar) -> ChoiceScreen:
    title, words, said = _CALENDAR[key]
    made = {word: _calendar_with(calendar, key, word) for word in words}
    rows = [Choice(word, translate(said(one))) for word, one in made.items()]
    return ChoiceScreen(_(title), rows, getattr(calendar, key))


def typed_setting(state: WizardState, key: str, answered: Answered) -> Question | None:
    """A name or folder asked for in a line."""
    answers = state.answers
    if key == "name" and state.tried:

        def name(text: str) -> str:
            if not text.strip():
                return _("A workspace has a name.")
            answered(replace(answers, name=text.strip()))
            return ""

        return Question(_("Name:"), name, state.tried.plan.space.name.get(""))
    if key == "folder":

        def folder(text: str) -> str:
            if isinstance(place := placed(text), str):
                return place
            if not text.strip() or place.is_file():
                return _("{path} is no folder.", path=text)
            if (place / "workspace.toml").exists():
                return _("{path} is a workspace already: `kpi-tui init {path} FILE` adds to it.", path=text)
            answered(replace(answers, folder=place.resolve()))
            return ""

        return Question(_("Folder:"), folder, shown_path(answers.folder))
    return None


def pick_preset(state: WizardState) -> ChoiceScreen:
    """Which preset the roles come from."""
    presets = state.tried.trial.roles if state.tried else {}
    rows = [
        Choice(name, translate(preset_said(name, roles)), _("{count} possible", count=len(roles)), name)
        for name, roles in presets.items()
    ]
    return ChoiceScreen(_("Roles of which preset?"), rows, state.answers.preset)
