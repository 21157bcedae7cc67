"""What a role lacks of the preset that it was made of: lines that the data did not allow, and perhaps do now (R035)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from kpi_tui.definitions.answers.design.advice import Advice
from kpi_tui.definitions.answers.design.preset_gap import PresetGap
from kpi_tui.definitions.issue import Place, Severity
from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean

if TYPE_CHECKING:
    from kpi_tui.definitions.role import Line, Role
    from kpi_tui.definitions.workspace import Workspace

_OF_A_LINE = "R024"
_OF_CHOICES = {_OF_A_LINE, "R030", "R073", "R074"}
"""Advice on which metrics a role has, and how many."""
Lack = Callable[[str], str | None]
"""What a metric wants that no file supplies: "" where it is live, None where that is not known."""


class PresetLines:
    """Reads each preset once."""

    def __init__(self) -> None:
        self._presets: dict[str, Mapping[str, Role]] = {}

    def gaps(self, space: Workspace, lack: Lack) -> tuple[PresetGap, ...]:
        """Every weighted line of a preset that its role lacks, as the metric that could be had for it, else its own."""
        return tuple(gap for role in space.roles.values() for gap in self._of(role, space, lack))

    def _of(self, role: Role, space: Workspace, lack: Lack) -> Iterator[PresetGap]:
        known = self._roles(role.preset, space).get(role.id)
        has = {line.metric for line in role.lines}
        of_preset = {line.metric for line in known.lines} if known else set()
        for line in known.lines if known else ():
            if not line.weight or line.metric in has or any(one in has - of_preset for one in line.instead):
                continue
            lacks = {one: lack(one) for one in _ways(line, has) if one in space.metrics}
            live = next((one for one, what in lacks.items() if what == ""), line.metric)
            if (what := lacks.get(live)) is not None:
                has.add(live)
                yield PresetGap(role.id, live, what)

    def advice(self, space: Workspace, lack: Lack) -> Iterator[Advice]:
        """A hint per line that has become live, a warning about a preset that is none."""
        for role in space.roles.values():
            yield from self._unknown(role, space)
        for gap in self.gaps(space, lack):
            if not gap.lack:
                role = space.roles[gap.role]
                message = say("{metric} has become live: its preset has that line", metric=gap.metric)
                hint = say("add it, or take `preset` out of the role")
                yield _about(role, Severity.HINT, message, hint)

    def without_its_choices(self, found: Iterable[Advice], space: Workspace) -> Iterator[Advice]:
        """Advice about roles, but for that on metrics which the preset of a role chose: nobody of the workspace did.

        A role that was given metrics of its own is judged as a whole.
        """
        for one in found:
            role = space.roles.get(one.role)
            preset = self._roles(role.preset, space).get(role.id) if role else None
            chosen = {name for line in (preset.lines if preset else ()) for name in (line.metric, *line.instead)}
            own = {line.metric for line in (role.lines if role else ()) if line.weight} - chosen
            about = {one.about} if one.code == _OF_A_LINE else own
            if one.code not in _OF_CHOICES or not chosen or about - chosen:
                yield one

    def _unknown(self, role: Role, space: Workspace) -> Iterator[Advice]:
        from kpi_tui.workspace.start.presets import preset_names

        if not role.preset:
            return
        if role.preset not in (names := preset_names()):
            message = say("there is no preset {preset!r}", preset=role.preset)
            known = say("known: {names}", names=listed(names))
            yield _about(role, Severity.WARNING, message, did_you_mean(role.preset, names, known))
        elif role.id not in (roles := self._roles(role.preset, space)):
            message = say("its preset {preset!r} has no such role", preset=role.preset)
            yield _about(role, Severity.WARNING, message, say("known: {names}", names=listed(roles)))

    def _roles(self, preset: str, space: Workspace) -> Mapping[str, Role]:
        from kpi_tui.workspace.start.presets import preset_names, read_preset

        if preset and preset not in self._presets:
            known = preset in preset_names()
            self._presets[preset] = read_preset(preset, space.metrics).roles if known else {}
        return self._presets.get(preset, {})


def _ways(line: Line, has: set[str]) -> list[str]:
    return [one for one in (line.metric, *line.instead) if one not in has]


def _about(role: Role, severity: Severity, message: str, hint: str) -> Advice:
    place = Place(role.place.file, role.place.line, f"{role.place.key}.preset")
    return Advice(severity, "R035", message, hint, role.id, "lines", place)
