"""`kpi-tui design [STEP]`: the four steps of the method, as the Design screen shows them (R012–R036)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.options import period_option, read_period
from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.issue import TableError, UsageError
from kpi_tui.definitions.message import listed
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.book import Book
    from kpi_tui.definitions.answers.design.state import DesignFacts, DesignState
    from kpi_tui.definitions.progress import Progress
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.views.view import View


@click.command(
    cls=Command,
    name="design",
    help=N_("From a plan to weights: plan, library, posts or allocation; without a step, how far each is."),
)
@click.argument("step", required=False, default="", metavar="[STEP]")
@period_option()
@click.pass_obj
def command(session: Session, step: str, period: str, grain: str) -> None:
    """Show a step, or how far all of them are."""
    show = _view_of(step)
    with session.book() as book, session.progress() as progress:
        when = _period(book, period, grain)
        space = book.workspace.at(when)
        facts = _facts(book, space, when, step, progress)
        progress.clear()
        session.show(show(space, book.design.state(space, facts)), when)


def _facts(book: Book, space: Workspace, when: Period, step: str, progress: Progress) -> DesignFacts:
    """With the numbers of every live metric where the library is shown."""
    facts = book.design.facts(space, when, progress=progress)
    if step != "library":
        return facts
    live = [metric for metric, lack in facts.lacks.items() if not lack]
    return replace(facts, values=book.design.values(live, when, progress=progress))


def _period(book: Book, period: str, grain: str) -> Period:
    """The period meant; this month where there is no data yet to count from."""
    try:
        return read_period(book, period, grain)
    except TableError:
        return Period.containing(date.today(), Grain(grain), book.workspace.calendar)


def _view_of(step: str) -> Callable[[Workspace, DesignState], View]:
    """The View of a step. UsageError for one there is not."""
    from kpi_tui.views.design.allocation import allocation
    from kpi_tui.views.design.candidates import candidates
    from kpi_tui.views.design.plan import plan
    from kpi_tui.views.design.posts import posts
    from kpi_tui.views.design.steps import overview

    known = {"": overview, "plan": plan, "library": candidates, "posts": posts, "allocation": allocation}
    if step in known:
        return known[step]
    names = [name for name in known if name]
    hint = did_you_mean(step, names, _("steps: {names}", names=listed(names)))
    raise UsageError(_("there is no step {name}; {hint}", name=repr(step), hint=hint))
