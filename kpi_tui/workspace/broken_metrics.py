"""Metrics that are defined, but with an error: why they have no number (`kpi-tui check` lists every error)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import say

_KINDS = ("metrics", "measures", "facts", "schema", "tables", "funnels")


def broken_metrics(ids: Iterable[str], issues: Sequence[Issue], kind: str = "metrics") -> dict[str, str]:
    """By id, of another kind too, the sentence of the error behind each: where it stands, what is wrong, what to do."""
    first: dict[str, Issue] = {}
    for issue in issues:
        if issue.severity is Severity.ERROR:
            first.setdefault(".".join(issue.key.split(".")[:2]), issue)
    found = {id_: _cause(f"{kind}.{id_}", first) for id_ in ids}
    return {id_: _sentence(issue) for id_, issue in found.items() if issue is not None}


def _cause(key: str, first: Mapping[str, Issue]) -> Issue | None:
    """The error of a definition; where that only follows from another definition's, the error there."""
    seen: set[str] = set()
    while key in first and first[key].follows and key not in seen:
        seen.add(key)
        named = [f"{kind}.{first[key].follows}" for kind in _KINDS]
        key = next((nearer for nearer in named if nearer in first and nearer != key), key)
    return first.get(key)


def _sentence(issue: Issue) -> str:
    said = say("{file}:{line}: {message}", file=issue.file, line=issue.line, message=issue.message)
    return say("{said}; {hint}", said=said, hint=issue.hint) if issue.hint else said
