"""What each step shows: its View, what stands below for the row under the cursor, and its keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.book.start.planned_roles import chosen
from kpi_tui.definitions.answers.setup import STEPS
from kpi_tui.text.fit import width
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.screens.wizard.state import WizardState
from kpi_tui.tui.screens.wizard.word_meaning import has_words
from kpi_tui.views.start import columns as mapping
from kpi_tui.views.start import files, money, plans
from kpi_tui.views.start.settings import guesses, settings
from kpi_tui.views.view import View

if TYPE_CHECKING:
    from kpi_tui.book.start.setup import Setup

TITLES = {
    "files": N_("Files"),
    "columns": N_("Columns"),
    "money": N_("Money"),
    "settings": N_("Settings"),
    "metrics": N_("Metrics"),
    "roles": N_("Roles"),
    "write": N_("Write"),
}
KEYS = {
    "files": N_("Space take/leave   e table   O file"),
    "columns": N_("e another column   Del leave empty"),
    "money": N_("e exports are complete   $ rates"),
    "settings": N_("e change"),
    "metrics": "",
    "roles": N_("Space take or leave   c another preset"),
    "write": "",
}


LONG = ("columns", "metrics", "write")
"""Steps whose list is longer than what belongs to a row of it."""


def title(state: WizardState, room: int) -> str:
    """The steps, the present one marked; what it is for where there is room."""
    names = [f"{n} {_(TITLES[step])}" for n, step in enumerate(STEPS, start=1)]
    at = STEPS.index(state.answers.step)
    head = _("More for the workspace") if state.adds else _("New workspace")
    shown = "  ".join(f"▸{name}" if n == at else name for n, name in enumerate(names))
    return f"{shown}   {head}" if width(f"{shown}   {head}") <= room else shown


def foot(state: WizardState, *, busy: bool) -> str:
    """The keys of the step."""
    if busy:
        return _("Esc stop")
    step = state.answers.step
    on = _("Enter write") if step == STEPS[-1] else _("Enter on")
    keys = _(KEYS[step]) if KEYS[step] else ""
    if step == "money" and state.answers.complete:
        keys = _("e exports are not complete   $ rates")
    if step == "columns" and has_words(state):
        keys = _("e change   Space next meaning   Del leave empty")
    back = _("Esc leave, answers are kept") if step == STEPS[0] else _("Esc back")
    return "   ".join(filter(None, (keys, on, back)))


def view(state: WizardState, setup: Setup) -> View:
    """What the step shows."""
    answers, step = state.answers, state.answers.step
    if step == "files" or state.found is None:
        return _files(state, setup)
    tried = state.tried
    if tried is None:
        return View()
    if step == "columns":
        shown = mapping.columns(
            state.parts, tried.trial, setup.schemas, answers, state.found, refused=tried.plan.refused
        )
        return replace(shown, sentences=(*mapping.told(state.parts, tried.plan.said, setup.schemas), *shown.sentences))
    if step == "money":
        return money.money(tried.trial, answers, setup.schemas)
    if step == "settings":
        known = {} if state.adds else guesses(state.found, answers)
        return settings(tried.plan.space, answers.folder, adds=state.adds, guesses=known)
    if step == "metrics":
        return plans.metrics(tried.trial, tried.plan.space)
    taken = chosen(state.planned, answers.roles)
    if step == "roles":
        return plans.roles(state.planned, [role.id for role in taken], answers.preset)
    names = [*tried.plan.files, *dict.fromkeys(role.file for role in taken)]
    guess = tried.plan.space.currency if _is_guess(state) and not state.adds else ""
    return plans.summary(
        names, answers.folder, tried.trial, state.parts, taken, tried.plan.space, adds=state.adds, guess=guess
    )


def _is_guess(state: WizardState) -> bool:
    """Whether nobody says the currency, neither a file nor a person."""
    return not (state.answers.currency or (state.found and state.found.currency))


def _files(state: WizardState, setup: Setup) -> View:
    if state.found is None:
        return files.candidates(state.candidates, state.answers.files)
    return files.files(state.found, state.answers, setup.schemas)


def detail(state: WizardState, setup: Setup, key: str) -> View | None:
    """What belongs to the row under the cursor."""
    step = state.answers.step
    if state.found is None or not key:
        return None
    if step == "files":
        return files.first_rows(state.found, state.answers, key, setup.schemas)
    if step == "columns":
        part_key, name = mapping.column_at(key)
        part = state.part(part_key)
        if part is None:
            return None
        schema = setup.schemas[part.table]
        return mapping.column_detail(part, schema, schema.columns[name], mapping.look_of(state.found, part))
    if step == "money" and state.tried:
        return money.month_detail(state.tried.trial, key, setup.schemas)
    if step == "write":
        return plans.said_at(view(state, setup), key)
    if step == "metrics" and state.tried:
        return plans.metrics_of(state.tried.trial, key)
    role = next((one for one in state.planned if one.id == key), None)
    return plans.lines_of(role, state.tried.plan.space.metrics) if step == "roles" and role and state.tried else None
