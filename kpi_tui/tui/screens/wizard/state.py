"""Where a person stands in the conversation: the answers, and what was read and tried out for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.proposal import Proposal, TableProposal
from kpi_tui.definitions.answers.setup import PlannedRole, SetupAnswers, SetupTrial, part_id

if TYPE_CHECKING:
    from kpi_tui.book.files.changed_files import Stamps
    from kpi_tui.book.start.plan import SetupPlan


@dataclass(frozen=True, slots=True)
class Tried:
    """A plan and what comes of it, for the answers and the files it was made of."""

    plan: SetupPlan
    trial: SetupTrial
    answers: SetupAnswers
    files: Stamps = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class WizardState:
    """`found` and `tried` are None until they were read; `candidates`: files to choose from where none was named.

    `files`: as they stood when they were looked at.
    """

    answers: SetupAnswers
    adds: bool
    candidates: tuple[Path, ...] = ()
    found: Proposal | None = None
    tried: Tried | None = None
    files: Stamps = field(default_factory=dict)

    @property
    def parts(self) -> Sequence[TableProposal]:
        """The tables and sources that would be written."""
        return self.tried.plan.tables if self.tried else ()

    @property
    def is_tried(self) -> bool:
        """Whether what was tried out still holds for the answers and the files."""
        tried = self.tried
        return tried is not None and tried.files == self.files and _tried(tried.answers) == _tried(self.answers)

    @property
    def planned(self) -> Sequence[PlannedRole]:
        """The roles of the chosen preset."""
        return self.tried.trial.roles.get(self.answers.preset, ()) if self.tried else ()

    def part(self, key: str) -> TableProposal | None:
        """The part with that id, as it would be written."""
        return next((one for one in self.parts if part_id(one) == key), None)

    def answered(self, answers: SetupAnswers) -> WizardState:
        """The same with other answers; other files, tables or times of another zone are looked at anew."""
        kept = self.found if _looked(answers) == _looked(self.answers) and not self._says_more(answers) else None
        return replace(self, answers=answers, found=kept)

    def _says_more(self, answers: SetupAnswers) -> bool:
        """Whether words of a known export mean something else: its recipe reads it otherwise."""
        found = (*self.found.tables, *self.found.others) if self.found else ()
        files = {str(one.path) for one in found if one.strange}
        return any(answers.words.get(file) != self.answers.words.get(file) for file in files)


def _looked(answers: SetupAnswers) -> tuple[object, ...]:
    """What a look at the files rests on."""
    return (answers.files, answers.assigned, answers.timezone, answers.rates, answers.readings)


def _tried(answers: SetupAnswers) -> SetupAnswers:
    """What a trial rests on."""
    return replace(answers, step="", roles=None, preset="")
