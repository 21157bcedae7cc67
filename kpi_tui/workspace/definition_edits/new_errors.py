"""What an edit of definitions would break that was whole before; what was wrong already stays as it is."""

from __future__ import annotations

from kpi_tui.definitions.issue import Issue, Severity, UsageError
from kpi_tui.definitions.message import say
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.check.head import UNUSABLE
from kpi_tui.workspace.definition_edits.documents import Documents
from kpi_tui.workspace.definition_edits.edited_workspace import edited_workspace


def refuse_new_errors(space: Workspace, before: Documents, after: Documents, *, to_save: bool = False) -> None:
    """UsageError with the first error that `after` has and `before` had not, and how many more there are."""
    known = {(issue.file, issue.message) for issue in _errors(space, before)}
    new = tuple(one for one in _errors(space, after) if (one.file, one.message) not in known)
    if not new:
        return
    first, others = new[0], len(new) - 1
    more = say(" (and {count} more)", count=others) if others else ""
    told = say("{file}: {message}{more}", file=first.file, message=first.message, more=more)
    if to_save:
        told = say("{told}; nothing was saved", told=told)
    raise UsageError(say("{told} ({hint})", told=told, hint=first.hint) if first.hint else told, new)


def _errors(space: Workspace, documents: Documents) -> list[Issue]:
    """Errors, and warnings about what is of no use to anybody."""
    from kpi_tui.workspace.check.lint import lint

    edited, issues = edited_workspace(space, documents)
    return [one for one in (*issues, *lint(edited)) if one.severity is Severity.ERROR or one.code in UNUSABLE]
