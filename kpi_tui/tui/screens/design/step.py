"""What a step of the method is for its screen: a sheet, what is said at its row, and what keys do there."""

from __future__ import annotations

from typing import Protocol

from kpi_tui.views.view import Sentence, View


class DesignStep(Protocol):
    """One of the four steps; a part of the Design screen, made of what it needs."""

    @property
    def id(self) -> str:
        """As commands call it; also the id of its sheet on the screen."""

    @property
    def keys(self) -> frozenset[str]:
        """The commands that the footer names here, beside those of every step."""

    @property
    def pane(self) -> bool:
        """Whether a wide terminal tells everything about its row in a pane."""

    def view(self) -> View:
        """What stands on its sheet, in full."""

    def said(self, row: str) -> tuple[Sentence, ...]:
        """What the principles say at a row, and how to mend it."""

    def about(self, row: str) -> View | None:
        """Everything about a row, for the pane of a wide terminal."""

    def metric(self, row: str) -> str:
        """The metric of a row; empty where there is none."""

    def shown(self) -> None:
        """It stands on the screen: ask for what it needs."""

    def why_not(self, command: str, row: str) -> str:
        """Why a command cannot run at a row; empty when it can."""
