"""What has become of targets: the unsaved differences of all of them, the history of one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import TargetKey
from kpi_tui.text.i18n import _
from kpi_tui.tui.editing.edit_lists import differences_overlay, history_overlay
from kpi_tui.tui.host import Host

if TYPE_CHECKING:
    from kpi_tui.book import Book


def show_differences(host: Host, book: Book, go: Callable[[Period, str], None]) -> None:
    """What differs from the file; `go` is told the period and row that was chosen."""
    pending = book.targets.pending()
    if not pending:
        host.say(_("Nothing differs from the saved targets."))
        return

    def chosen(key: str | None) -> None:
        period, _space, row = (key or "").partition(" ")
        if row:
            go(Period.parse(period, book.workspace.calendar), row)

    host.push_screen(differences_overlay(pending, book.workspace), chosen)


def show_history(host: Host, book: Book, key: TargetKey | None) -> None:
    """Who changed a target, when and why."""
    changes = book.targets.history(key.role, key.metric) if key else []
    if key and changes:
        host.push_screen(history_overlay(changes, key, book.workspace))
    else:
        host.say(_("Nobody has changed this target yet."))
