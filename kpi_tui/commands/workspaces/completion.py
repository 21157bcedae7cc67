"""`kpi-tui completion SHELL`: the script that teaches a shell our commands, metrics and roles."""

from __future__ import annotations

import click
from click.shell_completion import BashComplete, FishComplete, ShellComplete, ZshComplete

from kpi_tui.commands.base.click_classes import Command
from kpi_tui.commands.base.session import write
from kpi_tui.text.i18n import N_

SHELLS: dict[str, type[ShellComplete]] = {"bash": BashComplete, "zsh": ZshComplete, "fish": FishComplete}


@click.command(
    cls=Command,
    name="completion",
    help=N_('Shell completion, e.g. eval "$(kpi-tui completion bash)" in ~/.bashrc.'),
)
@click.argument("shell", type=click.Choice(list(SHELLS)))
@click.pass_context
def command(ctx: click.Context, shell: str) -> None:
    """Print the completion script of a shell."""
    kind = SHELLS[shell]
    script = kind(ctx.find_root().command, {}, "kpi-tui", "_KPI_TUI_COMPLETE")
    # Not kind.source(): for bash that starts a bash only to look at its version.
    write(kind.source_template % script.source_vars() + "\n")
