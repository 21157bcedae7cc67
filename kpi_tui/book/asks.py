"""What the parts of the Book ask of the whole: the questions they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Protocol

from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.metric import Metric, Signal
from kpi_tui.definitions.library.saved_report import StandingReport
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.progress import Progress
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.workspace import Workspace

if TYPE_CHECKING:
    from kpi_tui.engine.numbers import Numbers


class Asks(Protocol):
    """The Book as its parts see it."""

    workspace: Workspace
    _numbers: Numbers

    def as_of(self) -> date: ...
    def metric(self, metric: str) -> Metric: ...
    def targets(self, period: Period) -> Mapping[TargetKey, Target]: ...
    def values(
        self,
        metrics: Sequence[str],
        period: Period,
        *,
        by: str | None = None,
        where: str | None = None,
        last: int = 1,
        campaign: str = "",
        progress: Progress | None = None,
    ) -> list[Value]: ...
    def standing_report(self, report: str) -> StandingReport: ...
    def heard(self, values: Sequence[Value]) -> tuple[Signal, ...]: ...


def number_setting(book: Asks, name: str, default: float) -> float:
    """A setting as a number; `default` where a workspace without the shipped library has none."""
    value = book.workspace.settings.get(name, default)
    return default if isinstance(value, bool | str) else float(value)
