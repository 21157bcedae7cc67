"""What the shell completes: ids of metrics and roles, with their names beside them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click
from click.shell_completion import CompletionItem

from kpi_tui.commands.base.session import Session
from kpi_tui.definitions.issue import KpiError
from kpi_tui.text.i18n import language

if TYPE_CHECKING:
    from kpi_tui.book import Book


def complete_metric(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Metric ids for the shell."""
    book = _definitions(ctx)
    metrics = book.workspace.metrics.values() if book else ()
    return [CompletionItem(m.id, help=m.name.get(language())) for m in metrics if m.id.startswith(incomplete)]


def complete_role(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Role ids for the shell."""
    book = _definitions(ctx)
    roles = book.workspace.roles.values() if book else ()
    return [CompletionItem(r.id, help=r.name.get(language())) for r in roles if r.id.startswith(incomplete)]


def complete_festival(ctx: click.Context, _param: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Festival ids for the shell."""
    book = _definitions(ctx)
    festivals = book.workspace.festivals.values() if book else ()
    return [CompletionItem(f.id, help=f.name.get(language())) for f in festivals if f.id.startswith(incomplete)]


def _definitions(ctx: click.Context) -> Book | None:
    """The book, or nothing: a shell that asks for completions wants no error text."""
    try:
        return (ctx.find_object(Session) or Session()).open()
    except (KpiError, OSError):
        return None
