"""The conversation by which files become a workspace: looks, tries out, writes; answers are kept on the way."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kpi_tui.book.start.plan import SetupPlan, plan_more, plan_new
from kpi_tui.book.start.planned_roles import chosen, files_of
from kpi_tui.book.start.shipped import DEFAULT_ZONE, recipes_of, shipped_library
from kpi_tui.definitions.answers.proposal import Proposal
from kpi_tui.definitions.answers.setup import SetupAnswers, SetupTrial
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.file_reading import AS_IT_STANDS
from kpi_tui.definitions.library.table import TableSchema
from kpi_tui.definitions.message import say, several
from kpi_tui.definitions.progress import Progress, RowsNeeded

if TYPE_CHECKING:
    from kpi_tui.book.files.changed_files import Stamps
    from kpi_tui.definitions.workspace import Workspace
    from kpi_tui.engine.kept.cache import Cache
    from kpi_tui.tables.propose.sampled_file import LookedAt

Asking = Callable[[Proposal, Mapping[str, TableSchema]], Proposal]
"""Turns what nobody has agreed yet into questions in both languages."""


@dataclass(frozen=True, slots=True)
class SetupSitting:
    """What another process must know to look at files in the place of a Setup."""

    root: Path
    asking: Asking

    def open(self) -> Setup:
        """One that reads files."""
        return Setup(self.root, self.asking)


class Setup:
    """For one folder: a workspace that will be there, or more for one that is."""

    def __init__(
        self,
        folder: Path,
        asking: Asking,
        environ: Mapping[str, str] = os.environ,
        *,
        rows: bool = True,
    ) -> None:
        """`rows` False: no file is read here, whoever asks for that gets RowsNeeded."""
        from kpi_tui.workspace.start.setup_draft import setup_draft

        self.folder = folder
        self._asking = asking
        self._rows = rows
        self.draft = setup_draft(folder, environ)

    @property
    def adds(self) -> bool:
        """Whether a workspace is there."""
        return (self.folder / "workspace.toml").exists()

    @cached_property
    def schemas(self) -> Mapping[str, TableSchema]:
        """The canonical tables that files can fill."""
        return shipped_library().schemas

    @cached_property
    def _files(self) -> LookedAt:
        from kpi_tui.tables.propose.sampled_file import LookedAt

        return LookedAt()

    @cached_property
    def _cache(self) -> Cache:
        from kpi_tui.book.start.trial import trial_cache

        return trial_cache()

    def begun(self, files: tuple[Path, ...], **given: Any) -> tuple[SetupAnswers, bool]:
        """What was answered before, with these files too; whether there was something. `given`: answers by command."""
        from kpi_tui.workspace.start.setup_draft import load_setup
        from kpi_tui.workspace.start.write_together import finish

        finish(self.folder)
        kept = load_setup(self.draft)
        answers = kept or SetupAnswers(self.folder)
        return replace(answers.with_files(files), **given), kept is not None

    def keep(self, answers: SetupAnswers) -> None:
        """Keep what is answered, so that a start after a crash goes on here."""
        from kpi_tui.workspace.start.setup_draft import save_setup

        save_setup(self.draft, answers)

    def forget(self) -> None:
        """The conversation has ended, or begins anew."""
        from kpi_tui.workspace.edits.draft import clear_draft

        clear_draft(self.draft)

    def stamps(self, answers: SetupAnswers) -> Stamps:
        """What tells that a file was changed of which the answers, or the workspace that is there, are made."""
        from kpi_tui.book.files.changed_files import definition_stamps, stamps_of

        files = (*answers.files, *([Path(answers.rates)] if answers.rates else ()))
        return {**(definition_stamps(self.folder) if self.adds else {}), **stamps_of(files)}

    def look(self, answers: SetupAnswers, progress: Progress | None = None) -> Proposal:
        """Which tables the files fill."""
        self._expect_rows()
        from kpi_tui.tables.propose.propose import propose

        there = self._there()
        zone = answers.timezone or (there.timezone if there else DEFAULT_ZONE)
        given = bool(answers.timezone) or self.adds
        found = propose(
            answers.files,
            self.schemas,
            zone,
            recipes_of(self.folder),
            progress,
            answers.assigned,
            Path(answers.rates) if answers.rates else None,
            lambda path: self._files.sampled(path, answers.readings.get(path, AS_IT_STANDS)),
            zone_given=given,
            said=answers.words,
        )
        return found.counted_in(there.currency if there else "")

    def decided(self, proposal: Proposal, answers: SetupAnswers) -> Proposal:
        """The proposal as it was answered."""
        from kpi_tui.workspace.start.decided import decided

        return decided(proposal, answers, self.schemas)

    def plan(self, proposal: Proposal, answers: SetupAnswers, *, agreed: bool = False) -> SetupPlan:
        """What would be written of the proposal as it was answered; `agreed`: nothing of it is asked on."""
        wanted = self._asking(self.decided(proposal, answers), self.schemas)
        if agreed:
            wanted = replace(wanted, zone_asked="", tables=tuple(replace(table, confirm=()) for table in wanted.tables))
        if self.adds:
            mapped = answers.columns.keys() | answers.left_out
            return plan_more(self.folder, wanted, recipes_of(self.folder), mapped, self._cache)
        name = answers.name or answers.folder.resolve().name
        zone = answers.timezone or DEFAULT_ZONE
        return plan_new(
            answers.folder, name, wanted, timezone=zone, currency=answers.currency, calendar=answers.calendar
        )

    def try_out(self, plan: SetupPlan, progress: Progress | None = None) -> SetupTrial:
        """What would come of it."""
        self._expect_rows()
        from kpi_tui.book.start.trial import try_out

        return try_out(plan, progress, self._cache)

    def write(self, proposal: Proposal, trial: SetupTrial, answers: SetupAnswers) -> Path:
        """All files and the roles chosen, or none; the conversation has ended then. Where the workspace is."""
        from kpi_tui.workspace.start.scaffold import expect_room
        from kpi_tui.workspace.start.write_together import write_together

        plan = self.plan(proposal, answers, agreed=True)
        if not self.adds:
            expect_room(plan.folder)
        roles = files_of(chosen(trial.roles.get(answers.preset, ()), answers.roles))
        if not plan.files and not roles:
            raise UsageError(several((say("nothing to add to {folder}", folder=plan.folder), *plan.said)))
        write_together(plan.folder, {**plan.files, **roles})
        self.forget()
        return plan.folder

    # --- another process in its place --------------------------------------------------------
    @property
    def sitting(self) -> SetupSitting:
        """As what another process looks at files in its place."""
        return SetupSitting(self.folder, self._asking)

    def take_up(self, sitting: SetupSitting) -> None:
        """What was answered comes with every question: nothing is held here."""

    def news(self) -> Mapping[str, Any]:
        """Nothing that is not in the answers."""
        return {}

    def know(self, news: Mapping[str, Any]) -> None:
        """The answers hold all that was found out."""

    def catch_up(self) -> None:
        """Nothing is kept of a look that was ended."""

    def _expect_rows(self) -> None:
        if not self._rows:
            raise RowsNeeded

    def _there(self) -> Workspace | None:
        """The workspace that more is added to, whose zone and currency nobody is asked again."""
        from kpi_tui.workspace.load import load

        return load(self.folder, validate=False).workspace if self.adds else None
