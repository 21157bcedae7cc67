"""Roles with their weighted lines and who holds them; and metric by role (spec R015, R024)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from kpi_tui.definitions.role import Role
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import Cell, NumberCell, TextCell, text
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.view import Column, View, sheet

OFF_FOCUS = "≠"


def roles(space: Workspace) -> View:
    """A row per weighted line; the role, its name and its holders stand beside the first."""
    columns = [
        Column("role", phrase("Role")),
        Column("name", phrase("Name")),
        Column("metric", phrase("Metric")),
        Column("metric_name"),
        Column("weight", phrase("Weight"), right=True),
        Column("people", phrase("Held by")),
    ]
    rows = [row for role in space.roles.values() for row in _rows(role, space)]
    return View(sheets=(sheet(columns, rows),), data=[_role_data(role, space) for role in space.roles.values()])


def holders(role: str, space: Workspace) -> list[Word]:
    """The people who hold a role."""
    return [owner_name(space, person.id) for person in space.people.values() if role in person.roles]


def _rows(role: Role, space: Workspace) -> Iterator[list[Cell]]:
    id_, name, people = text(role.id), text(role.name), text(joined(*holders(role.id, space), between=", "), "muted")
    for place, line in enumerate(role.lines):
        first = place == 0
        yield [
            id_ if first else text("", "", role.id),
            name if first else _repeated(role.name),
            text(line.metric),
            text(metric_name(space, line.metric), "muted"),
            NumberCell(line.weight, "weight"),
            people if first else _repeated(people.word),
        ]


def _repeated(word: Word) -> TextCell:
    """Nothing where it stands above already; csv says it on every line."""
    return text("", "", word)


def _role_data(role: Role, space: Workspace) -> dict[str, object]:
    return {
        "role": role.id,
        "name": {"en": role.name.en, "zh": role.name.zh},
        "duty": {"en": role.duty.en, "zh": role.duty.zh},
        "type": role.type,
        "aim": role.aim,
        "lines": [{"metric": line.metric, "weight": line.weight} for line in role.lines],
        "people": holders(role.id, space),
    }


# --- allocation --------------------------------------------------------------------------------------
def allocation(space: Workspace, off_focus: Callable[[str, str], bool]) -> View:
    """Metric by role with weights; `≠` marks a metric of another stage than the role aims at (R024)."""
    posts = list(space.roles.values())
    columns = [Column(role.id, owner_name(space, role.id), right=True) for role in posts]
    rows: list[list[Cell]] = []
    data = []
    for metric in dict.fromkeys(line.metric for role in posts for line in role.lines):
        held = {role.id: line.weight for role in posts for line in role.lines if line.metric == metric}
        strange = [role for role in held if off_focus(role, metric)]
        weights = [_weight(held.get(role.id), role.id in strange) for role in posts]
        rows.append([text(metric), text(metric_name(space, metric), "muted"), *weights])
        data.append({"metric": metric, "weights": held, "off_focus": strange})
    found = [Column("metric", phrase("Metric")), Column("name"), *columns]
    return View(sheets=(sheet(found, rows, notes=[_aims(posts, space)]),), data=data)


def _aims(posts: Sequence[Role], space: Workspace) -> Word:
    aims = [joined(owner_name(space, role.id), role.aim, between=": ") for role in posts if role.aim]
    told = joined(*aims, between=", ")
    return phrase("Aims: {aims}. {mark} another stage than the aim.", aims=told, mark=OFF_FOCUS) if aims else ""


def _weight(weight: float | None, strange: bool) -> NumberCell:
    after = f" {OFF_FOCUS}" if strange else ""
    return NumberCell(weight, "weight", "near" if strange else "", blank=True, after=after)
