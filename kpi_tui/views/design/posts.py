"""Step 3: posts with duty, type, aim and the five answers, people, north star (R014, R025, R032, R033)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kpi_tui.definitions.answers.design.state import DesignState
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.role import Role
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import BothNames, Word, joined, phrase, phrases
from kpi_tui.text.terms import STAGES
from kpi_tui.views.cells import Cell, TextCell, text
from kpi_tui.views.design.advice import PRINCIPLES, advice_data, mark, told
from kpi_tui.views.design.steps import is_done, posts_done, weight_sum
from kpi_tui.views.metric_meaning import amount_in
from kpi_tui.views.names import holders, metric_name, owner_name, preset_name
from kpi_tui.views.reasons import known, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, Sentence, View, line, sheet

TYPES = {"execution": N_("execution"), "strategy": N_("strategy")}
NO_AIM = N_("no stage in particular")
FIELDS = {"name": N_("Name"), "duty": N_("Duty"), "type": N_("Type"), "aim": N_("Present aim")}
DONE, OPEN = "●", "○"


@dataclass(frozen=True, slots=True)
class PostRow:
    """What a row of the posts is: `kind` star, role, person or a way on, whose id, and of a role which field."""

    kind: str
    id: str = ""
    field: str = ""

    @property
    def key(self) -> str:
        """The key of its row."""
        return " ".join(part for part in (self.kind, self.id, self.field) if part)


def post_row(key: str) -> PostRow | None:
    """The row of a key; None for another."""
    kind, *parts = key.split(" ")
    return PostRow(kind, *parts) if kind in ("star", "role", "person", WAY) and len(parts) <= 2 else None


COLUMNS = (
    Column("mark", width=1, csv=False),
    Column("what", phrase("Subject"), least=12, most=26),
    Column("text", flex=1, least=20),
)


def posts(space: Workspace, state: DesignState) -> View:
    """The north star, a section per post, the people."""
    star = metric_name(space, space.north_star)
    cells: dict[str, Cell] = {
        "mark": mark(state.at("", "north_star")) if space.metrics else TextCell(),
        "what": text(phrase("North star")),
        "text": text(joined("★", star, between=" ") if space.north_star else "", "strong", space.north_star),
    }
    rows = [line(COLUMNS, PostRow("star").key, cells)]
    for role in space.roles.values():
        rows += _role(role, space, state)
    rows += _people(space) if space.roles else _ways_on()
    said = (Sentence(posts_done(space, state), key="done"),)
    return View(
        phrase("Posts"), said, (sheet(COLUMNS, rows, key="posts"),), data=_data(space, state), name="design-posts"
    )


WAY = "way"
"""Kind of the rows that stand where there is no post yet."""
WAYS = {
    "preset": (N_("A preset"), N_("Posts of the documents, adapted to what your data allow: Enter chooses")),
    "own": (N_("A post of your own"), N_("Its name, then its duty, its answers and its lines: Enter begins")),
    "files": (N_("Your files"), N_("Exports of your shop, read in the wizard (O); what they allow can be chosen then")),
    "demo": (N_("The demo"), N_("A shop in which everything is filled in: Enter opens it")),
}


def _ways_on() -> Iterator[Row]:
    """Where there is no post yet: what can be done about it."""
    yield Row("heading ways", heading=phrase("No post yet: ways on"))
    for id_, (name, told_) in WAYS.items():
        cells: dict[str, Cell] = {"what": text(known(name), "strong", id_), "text": text(known(told_))}
        yield line(COLUMNS, PostRow(WAY, id_).key, cells)


def _role(role: Role, space: Workspace, state: DesignState) -> Iterator[Row]:
    done = DONE if is_done(role, state) else OPEN
    yield Row(f"heading {role.id}", heading=joined(done, BothNames(role.name), between=" "))
    yield _field(role, "name", BothNames(role.name), state)
    yield _field(role, "duty", role.duty, state)
    yield _field(role, "type", term(TYPES, role.type), state)
    yield _field(role, "aim", term(STAGES, role.aim) if role.aim not in ("", "none") else known(NO_AIM), state)
    for name in PRINCIPLES:
        yield _field(role, f"principles.{name}", role.principles.get(name, Text()), state)
    yield _field(role, "lines", _lines_and_holders(role, space), state, "muted")


def _lines_and_holders(role: Role, space: Workspace) -> Word:
    """`2 lines · 100 of 100 points given · held by Ann`."""
    people = joined(*holders(role.id, space), between=", ")
    held = phrase("held by {people}", people=people) if holders(role.id, space) else phrase("held by nobody yet")
    lines = phrases("{count} line", "{count} lines", len(role.lines))
    given = phrase("{given} of 100 points given", given=Quantity(weight_sum(role), "weight"))
    return joined(lines, given, held, between=" · ")


def _field(role: Role, name: str, said: Word, state: DesignState, tone: str = "") -> Row:
    """A field of a role; one that is asked for and blank says so."""
    advice = state.at(role.id, name)
    blank = isinstance(said, Text) and not said.both().strip()
    answer = text(phrase("not written yet"), "muted", "") if blank else text(said, tone)  # type: ignore[arg-type]
    label = known(PRINCIPLES[part]) if (part := name.removeprefix("principles.")) in PRINCIPLES else _label(name)
    cells: dict[str, Cell] = {"mark": mark(advice), "what": text(label, "muted", f"{role.id}.{name}"), "text": answer}
    return line(COLUMNS, PostRow("role", role.id, name).key, cells)


def _label(name: str) -> Word:
    return known(FIELDS[name]) if name in FIELDS else phrase("Lines")


def _people(space: Workspace) -> Iterator[Row]:
    yield Row("heading people", heading=phrase("People"))
    for person in space.people.values():
        roles = joined(*(owner_name(space, role) for role in person.roles), between=", ")
        if person.bonus_base is not None:
            base = amount_in(person.bonus_base, space.currency)
            roles = joined(roles, phrase("bonus base {base}", base=base), between=" · ")
        cells: dict[str, Cell] = {
            "what": text(person.name, exact=person.id),
            "text": text(roles, "", ", ".join(person.roles)),
        }
        yield line(COLUMNS, PostRow("person", person.id).key, cells)
    if not space.people:
        cells = {"text": text(phrase("nobody yet"), "muted", "")}
        yield line(COLUMNS, PostRow("person").key, cells)


def post_text(row: PostRow | None, space: Workspace) -> Word:
    """What is written at a row, in full; empty where nothing is."""
    if row is not None and row.kind == WAY:
        return known(WAYS[row.id][1])
    role = space.roles.get(row.id) if row is not None and row.kind == "role" else None
    if role is None or row is None:
        return ""
    if row.field == "lines":
        return _lines_and_holders(role, space)
    part = row.field.removeprefix("principles.")
    written = role.principles.get(part, Text()) if part in PRINCIPLES else role.duty if row.field == "duty" else Text()
    return written if written.both().strip() else ""


def post_advice(row: PostRow | None, space: Workspace, state: DesignState) -> tuple[Sentence, ...]:
    """What is said at a row: of the field, at the lines of what is said of all of them."""
    if row is None or row.kind in ("person", WAY):
        return ()
    if row.kind == "star":
        return told(state.at("", "north_star"), space)
    if row.field != "lines":
        return told(state.at(row.id, row.field), space)
    own = (one for one in state.of_role(row.id) if one.code != "R014")
    return (*told(own, space), *_left_out(row.id, space, state))


def _left_out(role: str, space: Workspace, state: DesignState) -> Iterator[Sentence]:
    """The lines of its preset that the data do not allow (R035)."""
    lacking: dict[str, list[Word]] = {}
    for gap in state.gaps:
        if gap.role == role and gap.lack:
            lacking.setdefault(gap.lack, []).append(metric_name(space, gap.metric))
    if lacking:
        preset = space.roles[role].preset
        which = joined(
            *(
                phrase("{metrics} ({lack})", metrics=joined(*names, between=", "), lack=lack)
                for lack, names in lacking.items()
            ),
            between=", ",
        )
        yield Sentence(
            phrase(
                "○ left out of {preset}, for the data lack them: {which}",
                preset=preset_name(preset, [space.roles[role].name]),
                which=which,
            )
        )


def _data(space: Workspace, state: DesignState) -> Record:
    return {
        "north_star": space.north_star,
        "roles": [
            {
                **record(role, "role=id", "name", "duty", "type", "aim", "principles", "bonus_base"),
                "weight": weight_sum(role),
                "lines": len(role.lines),
                "people": [person.id for person in space.people.values() if role.id in person.roles],
                "done": is_done(role, state),
                "preset": role.preset,
                "left_out": [record(gap, "metric", "lack") for gap in state.gaps if gap.role == role.id],
                "advice": advice_data(state.of_role(role.id)),
            }
            for role in space.roles.values()
        ],
        "people": [record(person, "person=id", "name", "roles", "bonus_base") for person in space.people.values()],
    }
