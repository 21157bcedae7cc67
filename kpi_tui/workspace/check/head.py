"""workspace.toml against the rest: what can be read and is of no use. `check` tells it, and no edit sets it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from pathlib import Path

from kpi_tui.definitions.issue import Issue, Severity
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.written.currencies import ISO_4217, NAMES, OFFERED
from kpi_tui.definitions.written.written_path import data_folder
from kpi_tui.workspace.parse.workspace import WorkspaceHead
from kpi_tui.workspace.toml.source import TomlFile

UNUSABLE = frozenset({"setting", "currency", "data-folder", "R013"})
"""Codes of warnings that no edit may bring about: a file that has them works all the same."""


def head_issues(head: WorkspaceHead, root: Path, metrics: Collection[str], source: TomlFile) -> Iterator[Issue]:
    """A currency that is none, a data folder that is not there, candidates that the library does not have."""
    yield from _currency(head, source)
    yield from _data(head, root, source)
    yield from _candidates(head, metrics, source)


def _currency(head: WorkspaceHead, source: TomlFile) -> Iterator[Issue]:
    if head.currency in ("", *ISO_4217):
        return
    near = NAMES.get(head.currency.upper(), head.currency.upper())
    otherwise = say("write a code such as {codes}", codes=listed(OFFERED[:4]))
    hint = say("did you mean {near!r}?", near=near) if near in ISO_4217 else otherwise
    yield _warning(source, "currency", say("{name!r} is no currency of ISO 4217", name=head.currency), hint, "currency")


def _data(head: WorkspaceHead, root: Path, source: TomlFile) -> Iterator[Issue]:
    if not data_folder(root, head.data).is_dir():
        message = say("data = {name!r}: there is no such folder", name=head.data)
        yield _warning(source, "data", message, say("it is looked for in {folder}", folder=root), "data-folder")


def _candidates(head: WorkspaceHead, metrics: Collection[str], source: TomlFile) -> Iterator[Issue]:
    """Chosen metrics that the library does not have (R013)."""
    for name in head.candidates:
        if name not in metrics:
            hint = did_you_mean(name, metrics, say("`kpi-tui metrics` lists them"))
            message = say("candidates names {name!r}, which is no metric of the library", name=name)
            yield _warning(source, "candidates", message, hint, "R013")


def _warning(source: TomlFile, key: str, message: str, hint: str, code: str) -> Issue:
    place = source.place(key)
    return Issue(Severity.WARNING, message, hint, place.file, place.line, place.key, code)
