"""roles/*.toml and people.toml: scorecards and who holds them."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.message import listed, say
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.role import LIFE, LifeStage, Line, Method, Person, Role
from kpi_tui.definitions.text import Text
from kpi_tui.workspace import duplicates
from kpi_tui.workspace.parse.metrics import STAGES
from kpi_tui.workspace.parse.versions import GONE, read_since, read_versions
from kpi_tui.workspace.toml.fields import Fields

PRINCIPLES = ("life_cycle", "post", "read", "understood", "easy")  # R014, R024-R028
TYPES = ("execution", "strategy")
OPTIONS: dict[Method | None, tuple[str, ...]] = {
    None: ("cap",),
    Method.RATIO: ("cap",),
    Method.INVERSE: ("cap",),
    Method.LINEAR: ("floor", "stretch", "top"),
    Method.STEPS: (),
    Method.RANGE: ("low", "high", "tolerance"),
    Method.PASS_FAIL: (),
    Method.DEDUCT: ("unit", "per_unit"),
}


def read_role(key: str, fields: Fields) -> Role:
    """One `[roles.id]` with its `[[roles.id.lines]]` and its later forms."""
    first = Role(
        id=key,
        name=fields.text("name", required=True),
        duty=fields.text("duty"),
        type=fields.choice("type", TYPES, "execution"),
        aim=fields.choice("aim", ("", *STAGES)),
        preset=fields.string("preset"),
        principles=_principles(fields),
        lines=_lines(fields),
        bonus_base=_bonus_base(fields),
        per=fields.string("per"),
        place=fields.place,
        since=read_since(fields),
    )
    return replace(first, versions=read_versions(fields, first, _later_role))


def _later_role(fields: Fields, before: Role) -> Role:
    """A form of a role: every key it has replaces the whole value of the form before."""
    said, gone = fields.data, fields.boolean(GONE)
    return replace(
        before,
        name=fields.text("name", required=True) if "name" in said else before.name,
        duty=fields.text("duty") if "duty" in said else before.duty,
        type=fields.choice("type", TYPES, before.type),
        aim=fields.choice("aim", ("", *STAGES), before.aim) if "aim" in said else before.aim,
        principles=_principles(fields) if "principles" in said else before.principles,
        lines=_lines(fields) if "lines" in said else before.lines,
        bonus_base=_bonus_base(fields, before.bonus_base),
        preset=fields.string("preset") if "preset" in said else before.preset,
        per=fields.string("per") if "per" in said else before.per,
        place=fields.place,
        since=read_since(fields),
        gone=gone,
    )


def read_stage(key: str, fields: Fields) -> LifeStage:
    """One `[stages.id]` of stages.toml (R024)."""
    if key not in LIFE:
        message, known = say("there is no stage {name!r} of a user's life", name=key), listed(LIFE)
        fields.problem("", message, did_you_mean(key, LIFE, say("stages: {names}", names=known)), "R024")
    return LifeStage(key, fields.text("key_point"), fields.text("interaction"), fields.text("aim"), fields.place)


def _bonus_base(fields: Fields, before: float | None = None) -> float | None:
    """`bonus_base = 8000`: the money a bonus is reckoned from, in the currency of the workspace (R010)."""
    base = fields.number("bonus_base", -1.0)
    if "bonus_base" not in fields.data:
        return before
    if base < 0:
        fields.problem("bonus_base", say("a bonus base cannot be negative"), say("write the amount, such as 8000"))
    return base


def _principles(fields: Fields) -> dict[str, Text]:
    inner = fields.table("principles")
    found = {} if inner is None else {name: inner.text(name) for name in PRINCIPLES if name in inner.data}
    if inner is not None:
        inner.seen.update(PRINCIPLES)
    fields.join(inner)
    return found


def _lines(fields: Fields) -> tuple[Line, ...]:
    found: list[Line] = []
    for inner in fields.tables("lines"):
        line = _line(inner)
        if twice := duplicates.role_line(line.metric, (other.metric for other in found)):
            inner.problem(*twice)
        fields.join(inner)
        found.append(line)
    if not found and not fields.broken:
        fields.problem(
            "lines",
            say("the role has no metrics"),
            say("add [[roles.{id}.lines]]", id=fields.path[-1]),
            "missing-key",
        )
    return tuple(found)


def _line(fields: Fields) -> Line:
    name = fields.choice("method", ("", *Method))
    method = Method(name) if name else None
    line = Line(
        metric=fields.string("metric", required=True),
        weight=fields.number("weight", required=True),
        method=method,
        options=fields.number_map("options"),
        steps=fields.pairs("steps"),
        instead=fields.strings("instead"),
        place=fields.place,
    )
    _check_line(line, fields)
    return line


def _check_line(line: Line, fields: Fields) -> None:
    if line.weight < 0:
        fields.problem(
            "weight", say("the weight {weight:g} is negative", weight=line.weight), say("write a weight from 0 to 100")
        )
    known = OPTIONS[line.method]
    for name in line.options:
        if name not in known:
            shown = line.method.value if line.method else "ratio"
            hint = did_you_mean(name, known, say("known: {names}", names=listed(known) or say("none")))
            fields.problem(
                "options", say("method {shown!r} has no option {name!r}", shown=shown, name=name), hint, "unknown-key"
            )
    if line.method is Method.STEPS and not line.steps:
        fields.problem(
            "steps", say("method 'steps' needs steps"), say("add `steps = [[0.8, 0.5], [1.0, 1.0]]`"), "missing-key"
        )
    if [start for start, _ in line.steps] != sorted({start for start, _ in line.steps}):
        fields.problem("steps", say("steps must rise from one to the next"), say("sort them by their first number"))


def read_person(key: str, fields: Fields) -> Person:
    """One `[people.id]` with its later forms."""
    name, roles = fields.text("name", required=True), fields.strings("roles", required="members" not in fields.data)
    members, weights = fields.strings("members"), fields.number_map("weights")
    base = _bonus_base(fields)
    first = Person(
        key, name, roles, fields.place, read_since(fields), bonus_base=base, members=members, weights=weights
    )
    if roles and members:
        hint = say("a team has members, a person has roles: leave one of them out")
        fields.problem("members", say("{name} has roles and members", name=key), hint, "team")
    for name_, weight in weights.items():
        if name_ not in members or weight < 0:
            hint = say("weights are of the members, 0 or more: {names}", names=listed(members) or say("none"))
            fields.problem("weights", say("the weight of {name} counts nobody", name=name_), hint, "team")
    return replace(first, versions=read_versions(fields, first, _later_person))


def _later_person(fields: Fields, before: Person) -> Person:
    return replace(
        before,
        name=fields.text("name", required=True) if "name" in fields.data else before.name,
        roles=fields.strings("roles") if "roles" in fields.data else before.roles,
        place=fields.place,
        since=read_since(fields),
        gone=fields.boolean(GONE),
        bonus_base=_bonus_base(fields, before.bonus_base),
        members=fields.strings("members") if "members" in fields.data else before.members,
        weights=fields.number_map("weights") if "weights" in fields.data else before.weights,
    )
