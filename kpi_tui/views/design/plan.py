"""Step 1: the five dimensions, AARRR, the stages of a user's life, the modules (R012, R017, R021, R024)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from kpi_tui.definitions.answers.design.state import DesignState
from kpi_tui.definitions.library.metric import Category, Metric
from kpi_tui.definitions.role import LIFE, LifeStage
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.text.terms import DIMENSIONS, LIFE_STAGES, STAGES
from kpi_tui.views.cells import Cell, TextCell, text
from kpi_tui.views.design.advice import advice_data, mark, told
from kpi_tui.views.names import owner_name
from kpi_tui.views.reasons import known, term
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Column, Row, View, line, sheet

TEXTS = {"key_point": N_("Key point"), "interaction": N_("Interaction"), "aim": N_("Aim")}
"""What is written of every stage of a user's life (R024)."""
ON, OFF = "✓", "·"


@dataclass(frozen=True, slots=True)
class PlanRow:
    """What a row of the plan is: `kind` dimension, aarrr, life or module, its id, of a stage which text."""

    kind: str
    id: str
    text: str = ""

    @property
    def key(self) -> str:
        """The key of its row."""
        return " ".join(part for part in (self.kind, self.id, self.text) if part)


def plan_row(key: str) -> PlanRow | None:
    """The row of a key; None for another."""
    kind, *ids = key.split(" ")
    return PlanRow(kind, *ids) if kind in ("dimension", "aarrr", "life", "module") and 1 <= len(ids) <= 2 else None


def plan(space: Workspace, state: DesignState) -> View:
    """Four sections: what a plan covers, and how many metrics of each part are live."""
    metrics = [one for one in space.metrics.values() if one.category not in space.modules_off]
    rows = [
        Row("heading dimensions", heading=phrase("The five dimensions")),
        *(_group("dimension", id_, term(DIMENSIONS, id_), metrics, state, space) for id_ in DIMENSIONS),
        Row("heading aarrr", heading=phrase("AARRR stages")),
        *(_group("aarrr", id_, term(STAGES, id_), metrics, state, space) for id_ in STAGES),
        *_life(space, state),
        Row("heading modules", heading=phrase("Modules of the library")),
        *_modules(space, state),
    ]
    said = told((one for one in state.advice if not one.role), space)
    return View(phrase("Plan"), said, (sheet(COLUMNS, rows, key="plan"),), data=_data(space, state), name="design-plan")


COLUMNS = (
    Column("mark", width=1, csv=False),
    Column("what", phrase("Subject"), least=12, most=24),
    Column("text", flex=1, least=16),
    Column("live", phrase("Live"), right=True),
    Column("used", phrase("In use"), right=True, drop=1),
)


def _group(kind: str, id_: str, name: Word, metrics: Sequence[Metric], state: DesignState, space: Workspace) -> Row:
    own = [one for one in metrics if _belongs(kind, one) == id_]
    aims = [role.id for role in space.roles.values() if kind == "aarrr" and role.aim == id_]
    names = joined(*(owner_name(space, role) for role in aims), between=", ")
    cells: dict[str, Cell] = {
        "mark": mark(state.at("", f"dimensions.{id_}")) if kind == "dimension" else TextCell(),
        "what": text(name, exact=id_),
        "text": text(phrase("aim of {roles}", roles=names) if aims else "", "muted"),
        **_counts(own, state, space),
    }
    return line(COLUMNS, PlanRow(kind, id_).key, cells)


def _belongs(kind: str, metric: Metric) -> str:
    return {"dimension": metric.dimension, "aarrr": metric.aarrr, "module": metric.category}[kind]


def _counts(own: Sequence[Metric], state: DesignState, space: Workspace) -> dict[str, Cell]:
    """`12 of 20` live, and how many of them stand on a scorecard."""
    live, used = _live(own, state), _used(own, space)
    count = phrase("{live} of {all}", live=live, all=len(own)) if state.facts.lacks else str(len(own))
    return {
        "live": text(count, "" if live or not state.facts.lacks else "near", live),
        "used": text(str(used) if used else "", "muted", used),
    }


def _live(own: Sequence[Metric], state: DesignState) -> int:
    return sum(state.facts.is_live(one.id) is True for one in own)


def _used(own: Sequence[Metric], space: Workspace) -> int:
    held = {line_.metric for role in space.roles.values() for line_ in role.lines}
    return sum(one.id in held for one in own)


def _life(space: Workspace, state: DesignState) -> Iterator[Row]:
    for id_ in LIFE:
        stage = space.stages.get(id_, LifeStage(id_))
        yield Row(f"heading {id_}", heading=phrase("Life cycle: {stage}", stage=term(LIFE_STAGES, id_)))
        for part, label in TEXTS.items():
            written: Text = getattr(stage, part)
            blank = not written.both().strip()
            cells: dict[str, Cell] = {
                "mark": mark(state.at("", f"stages.{id_}")) if blank else TextCell(),
                "what": text(known(label), "muted", f"{id_}.{part}"),
                "text": text(phrase("not written yet"), "muted", "") if blank else text(written),
            }
            yield line(COLUMNS, PlanRow("life", id_, part).key, cells)


def _modules(space: Workspace, state: DesignState) -> Iterator[Row]:
    for id_, category in _all_modules(space).items():
        own = [one for one in space.metrics.values() if one.category == id_]
        on = id_ not in space.modules_off
        cells: dict[str, Cell] = {
            "mark": text(ON if on else OFF, "good" if on else "muted"),
            "what": text(category.name, "" if on else "muted", id_),
            "text": text("" if on else phrase("switched off: not shown in the library"), "muted"),
            **_counts(own, state, space),
        }
        yield line(COLUMNS, PlanRow("module", id_).key, cells)


def _all_modules(space: Workspace) -> dict[str, Category]:
    """Those that are on, then those switched off."""
    return {**space.categories, **space.switched_off}


def metrics_of(row: PlanRow, space: Workspace) -> list[Metric]:
    """The metrics of a dimension, an AARRR stage or a module; none of another row."""
    if row.kind == "life":
        return []
    shown = (one for one in space.metrics.values() if row.kind == "module" or one.category not in space.modules_off)
    return [one for one in shown if _belongs(row.kind, one) == row.id]


# --- data --------------------------------------------------------------------------------------------
def _data(space: Workspace, state: DesignState) -> Record:
    metrics = [one for one in space.metrics.values() if one.category not in space.modules_off]

    def groups(kind: str, ids: Sequence[str], of: Callable[[Metric], str]) -> list[Record]:
        found = {id_: [one for one in metrics if of(one) == id_] for id_ in ids}
        return [
            {kind: id_, "metrics": len(own), "live": _live(own, state), "used": _used(own, space)}
            for id_, own in found.items()
        ]

    return {
        "dimensions": groups("dimension", list(DIMENSIONS), lambda one: one.dimension),
        "aarrr": groups("stage", list(STAGES), lambda one: one.aarrr),
        "life": [
            record(space.stages.get(id_, LifeStage(id_)), "stage=id", "key_point", "interaction", "aim") for id_ in LIFE
        ],
        "modules": [
            {"category": id_, "on": id_ not in space.modules_off, "metrics": len(own), "live": _live(own, state)}
            for id_ in _all_modules(space)
            for own in [[one for one in space.metrics.values() if one.category == id_]]
        ],
        "advice": advice_data(one for one in state.advice if not one.role),
    }


def module_list(row: PlanRow, space: Workspace, state: DesignState) -> View:
    """The metrics of one part of the plan, with what those that are not live want."""
    own = metrics_of(row, space)
    columns = [
        Column("live", width=1, csv=False),
        Column("name", phrase("Metric"), flex=1, least=18),
        Column("lacks", phrase("Lacks"), most=36),
    ]
    rows = [
        Row(
            one.id,
            (_mark(state.facts.is_live(one.id)), text(one.name), text(state.facts.lacks.get(one.id, ""), "near")),
        )
        for one in own
    ]
    count = phrases("{count} metric", "{count} metrics", len(own))
    names = {"dimension": DIMENSIONS, "aarrr": STAGES}.get(row.kind, {})
    name: Word = _all_modules(space)[row.id].name if row.kind == "module" else term(names, row.id)
    return View(sheets=(sheet(columns, rows, joined(name, count, between=" · "), key="metrics"),))


def _mark(live: bool | None) -> Cell:
    return text("" if live is None else "●" if live else "○", "good" if live else "muted")
