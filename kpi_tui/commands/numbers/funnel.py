"""`kpi-tui funnel [ID]`: step rates against their own past (R108, R171)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.failing_values import NO_NUMBER
from kpi_tui.commands.base.options import option, period_option, read_period
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.text.i18n import N_

if TYPE_CHECKING:
    from kpi_tui.commands.base.session import Session
    from kpi_tui.definitions.answers.funnel import FunnelView


@click.command(cls=Command, name="funnel", help=N_("A funnel of funnels.toml: step rates and the weakest step."))
@click.argument("funnel", required=False, default="", metavar="[ID]")
@period_option()
@option("--by", metavar="COLUMN", help=N_("A line per value of a column: every step of each against its own past."))
@click.pass_context
def command(ctx: click.Context, funnel: str, period: str, grain: str, by: str | None) -> None:
    """Show a funnel; without an id, the first of the workspace."""
    from kpi_tui.views.funnel import funnel_view
    from kpi_tui.views.funnel_parts import funnel_parts_view

    session: Session = ctx.obj
    with session.book() as book, session.progress() as progress:
        chosen = funnel or next(iter(book.workspace.funnels), "")
        when = read_period(book, period, grain)
        if by:
            parts = book.funnels.by(chosen, when, by, progress=progress)
            progress.clear()
            session.show(funnel_parts_view(parts, book.workspace), when)
            ctx.exit(_code(parts.parts[0][1]))
        found = book.funnels.of(chosen, when)
        progress.clear()
        session.show(funnel_view(found, book.workspace), found.period)
        ctx.exit(_code(found))


def _code(found: FunnelView) -> ExitCode:
    return ExitCode.PROBLEM if any(step.reason in NO_NUMBER for step in found.steps) else ExitCode.OK
