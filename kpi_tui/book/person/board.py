"""A board of one's own: metrics a person pinned in this workspace, without role or weight, as a page (config.toml)."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.book.person.personal_settings import PersonalSettings
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.analysis_parts import ComparePart
from kpi_tui.definitions.library.page import Page, Section, TextPart
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.personal_setting import BOARD, BOARD_WITH
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.written.written_path import written_path

if TYPE_CHECKING:
    from kpi_tui.book.library import Library
    from kpi_tui.definitions.workspace import Workspace


class Board:
    """Reads and writes the setting `board`; other sittings of the same person may do so too."""

    def __init__(self, workspace: Workspace, library: Library, environ: Mapping[str, str]) -> None:
        self._workspace, self._library, self._environ = workspace, library, environ

    @property
    def metrics(self) -> tuple[str, ...]:
        """What is pinned, in the order in which it was."""
        written = str(self._settings.value(BOARD) or "")
        return tuple(dict.fromkeys(_listed(written)))

    @property
    def others(self) -> tuple[Path, ...]:
        """The folders of other workspaces whose boards stand below."""
        return tuple(map(_folder, _listed(str(self._settings.value(BOARD_WITH) or ""))))

    def lay_beside(self, folders: str) -> None:
        """The boards of these folders below: with commas between, empty for none.

        WorkspaceError where one is none, UsageError where it leads nowhere.
        """
        from kpi_tui.workspace.find import expect_workspace

        named = dict.fromkeys(str(written_path(one).resolve()) for one in _listed(folders))
        for folder in named:
            expect_workspace(Path(folder))
            if Path(folder) == self._workspace.root.resolve():
                raise UsageError(say("{folder} is the workspace in view: its board stands above", folder=folder))
        self._settings.set(BOARD_WITH, ",".join(named) or None, here=True)

    def pin(self, metric: str) -> None:
        """One more at the end. UsageError for a metric that there is not."""
        self._library.metric(metric)
        if metric not in self.metrics:
            self._write((*self.metrics, metric))

    def take_off(self, metric: str) -> None:
        """One less. UsageError for one that is not pinned."""
        if metric not in (pinned := self.metrics):
            known = listed(pinned) or say("none")
            raise UsageError(say("{metric!r} is not on the board; known: {known}", metric=metric, known=known))
        self._write(tuple(one for one in pinned if one != metric))

    def page(self) -> Page | None:
        """The page that shows it; None while nothing is pinned."""
        if not (pinned := self.metrics):
            return None
        known = tuple(one for one in pinned if one in self._workspace.metrics)
        sections = [Section("metrics", "compare", Text(), ComparePart(known))] if known else []
        if gone := listed(one for one in pinned if one not in known):
            told = Text(f"No longer in the library: {gone}", f"指标库里已没有：{gone}")
            sections.append(Section("gone", "text", Text(), TextPart(told, at="note" if known else "sheet")))
        about = Text("The metrics you pinned, beside their past", "你钉选的指标，与上期和去年同期对比")
        return Page(BOARD, Text("My board", "我的看板"), tuple(sections), about)

    @property
    def _settings(self) -> PersonalSettings:
        return PersonalSettings(self._environ, self._workspace.root)

    def _write(self, metrics: tuple[str, ...]) -> None:
        self._settings.set(BOARD, ",".join(metrics) or None, here=True)


def _listed(written: str) -> list[str]:
    return [one.strip() for one in written.split(",") if one.strip()]


def _folder(written: str) -> Path:
    """The folder that is meant; as it is written where that leads nowhere: who looks there says so."""
    try:
        return written_path(written)
    except UsageError:
        return Path(written)
