"""Options of commands that show rows: in which order, which of them, from which one on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from kpi_tui.commands.base.options import Decorator, option
from kpi_tui.text.i18n import N_, _

if TYPE_CHECKING:
    from kpi_tui.definitions.answers.rows.counted_rows import RowsWish

_OPTIONS = ("sort", "descending", "only", "first", "every")


def row_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """--sort, --descending, --filter, --from and --all."""
    added: list[Decorator] = [
        option("--sort", metavar="COLUMN", default="", help=N_("Of rows: sorted by this column.")),
        option("--descending", is_flag=True, help=N_("With --sort: the greatest first.")),
        option(
            "--filter",
            "only",
            metavar="TEXT|SQL",
            default="",
            help=N_("Of rows: only those in which this text stands, or of which this condition is true."),
        ),
        option(
            "--from", "first", type=click.IntRange(1), default=1, metavar="N", help=N_("Of rows: from the Nth row on.")
        ),
        option("--all", "every", is_flag=True, help=N_("Of rows: all of them, not a thousand at a time.")),
    ]
    for one in reversed(added):
        function = one(function)
    return function


def rows_wish(ctx: click.Context, asked: Mapping[str, Any], flag: str, *, on: bool) -> RowsWish:
    """What is wished for of the rows. UsageError where the flag that shows rows is not `on` and one is asked for."""
    from kpi_tui.definitions.answers.rows.counted_rows import PAGE_ROWS, RowsWish

    if not on and any(was_typed(ctx, name) for name in _OPTIONS):
        raise click.UsageError(_("--sort, --descending, --filter, --from and --all go with {flag}", flag=flag))
    first, most = (0, None) if asked["every"] else (asked["first"] - 1, PAGE_ROWS)
    return RowsWish(asked["sort"], asked["descending"], asked["only"], first, most)


def was_typed(ctx: click.Context, name: str) -> bool:
    """Whether an option stands on the command line."""
    return ctx.get_parameter_source(name) is click.core.ParameterSource.COMMANDLINE
