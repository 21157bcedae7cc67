"""The four steps in a row, how far each is, and when a post is done (R012–R015)."""

from __future__ import annotations

from dataclasses import dataclass

from kpi_tui.definitions.answers.design.state import DesignState
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.role import LIFE, Role
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import StateCell, text
from kpi_tui.views.reasons import known
from kpi_tui.views.view import Column, Row, Sentence, View, sheet

STEPS = {
    "plan": N_("Plan"),
    "library": N_("Library"),
    "posts": N_("Posts"),
    "allocation": N_("Allocation"),
}
"""The steps of the method, in their order."""
FULL = 100.0


@dataclass(frozen=True, slots=True)
class HowFar:
    """A step: what is done of it in a sentence, and whether nothing is left."""

    step: str
    told: Word
    done: bool


def weight_sum(role: Role) -> float:
    """The weights of a role; 100 when all is given."""
    return sum(line.weight for line in role.lines)


def sums_to_100(role: Role) -> bool:
    """Whether all of the 100 points are given, and no more (R036)."""
    return abs(weight_sum(role) - FULL) < 1e-6


def is_done(role: Role, state: DesignState) -> bool:
    """Duty and principles answered, lines as the principles want them, all weight given: nothing but hints is left."""
    warned = any(one.severity is not Severity.HINT for one in state.of_role(role.id))
    return bool(role.lines) and sums_to_100(role) and not warned


def posts_done(space: Workspace, state: DesignState) -> Word:
    """`3 of 5 posts done`."""
    count = sum(is_done(role, state) for role in space.roles.values())
    return phrases("{done} of {count} post done", "{done} of {count} posts done", len(space.roles), done=count)


def overview(space: Workspace, state: DesignState) -> View:
    """A line per step: how far it is."""
    rows = [
        Row(one.step, (StateCell("on_target" if one.done else "near"), text(known(STEPS[one.step])), text(one.told)))
        for one in how_far(space, state)
    ]
    columns = [Column("state", width=1, csv=False), Column("step", phrase("Step")), Column("told", flex=1)]
    data = {
        "roles": len(space.roles),
        "done": [role.id for role in space.roles.values() if is_done(role, state)],
        "steps": [{"step": one.step, "done": one.done} for one in how_far(space, state)],
    }
    said = (Sentence(posts_done(space, state), key="done"),)
    return View(phrase("Design"), said, (sheet(columns, rows, key="steps"),), data=data, name="design")


def how_far(space: Workspace, state: DesignState) -> tuple[HowFar, ...]:
    """The four steps with what is done of each."""
    roles = list(space.roles.values())
    answered = [role for role in roles if not _unanswered(role, state)]
    full = [role for role in roles if sums_to_100(role)]
    posts = phrases(
        "{done} of {count} post has its duty and all five answers",
        "{done} of {count} posts have their duty and all five answers",
        len(roles),
        done=len(answered),
    )
    weights = phrases(
        "{done} of {count} post gives all 100 points",
        "{done} of {count} posts give all 100 points",
        len(roles),
        done=len(full),
    )
    return (
        _plan(space, state),
        _library(space, state),
        HowFar("posts", posts, bool(roles) and len(answered) == len(roles)),
        HowFar("allocation", weights, bool(roles) and all(is_done(role, state) for role in roles)),
    )


def _plan(space: Workspace, state: DesignState) -> HowFar:
    written = [name for name in LIFE if name in space.stages and not state.at("", f"stages.{name}")]
    stages = phrase("{done} of {count} life-cycle stages written", done=len(written), count=len(LIFE))
    empty = [one for one in state.advice if one.about.startswith("dimensions.")]
    dimensions = phrases("{count} dimension without a metric", "{count} dimensions without a metric", len(empty))
    return HowFar("plan", joined(stages, dimensions if empty else "", between=" · "), len(written) == len(LIFE))


def _library(space: Workspace, state: DesignState) -> HowFar:
    chosen = {line.metric for role in space.roles.values() for line in role.lines}
    live = sum(not lack for lack in state.facts.lacks.values())
    told = phrase("{used} in use, {live} of {all} live", used=len(chosen), live=live, all=len(state.facts.lacks))
    return HowFar("library", told, bool(chosen))


def _unanswered(role: Role, state: DesignState) -> bool:
    """Whether the duty or a principle is not written yet."""
    return any(one.code == "R014" for one in state.of_role(role.id))
