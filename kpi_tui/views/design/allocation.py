"""Step 4: metric by post with weights; what is not given yet, what is shared, what was met (R015, R029–R036)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kpi_tui.definitions.answers.design.state import DesignState, TargetsMet
from kpi_tui.definitions.library.metric import Kind
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.role import Line, Role
from kpi_tui.definitions.target import TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import METHODS
from kpi_tui.views.cells import Cell, NumberCell, Tone, text
from kpi_tui.views.design.advice import HINTED, WARNED, advice_data, mark, told
from kpi_tui.views.design.steps import FULL, is_done, posts_done, sums_to_100, weight_sum
from kpi_tui.views.library.metric_list import live_mark
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import term
from kpi_tui.views.record import Record, plain, record
from kpi_tui.views.view import METRIC, Column, Row, Sentence, View, line, sheet

STAR = "★"
SUM = "sum"
BONUS = "bonus "
"""Before the key of a row of the bonus: its mode, the place of a step, or BASE of the post in hand."""
BASE = "base"
IN_HAND = "▾"
MOST_NAMED = 3
"""Posts that a sentence names."""
OTHERS = 10
"""Roles that are not in view leave a narrow sheet before anything else, the last first."""


def allocation(space: Workspace, state: DesignState, role: str = "") -> View:
    """A row per metric that a post holds, a column per post. `role`: whose column is in hand; empty: nobody's."""
    held = _held(space)
    rows = [_metric(metric, roles, space, state, role) for metric, roles in held.items()]
    rows.append(line(_columns(space, role), SUM, _sums(space), total=True))
    rows += [*_judged(space, state, role), *_bonus(space, role)]
    said = (
        Sentence(posts_done(space, state), key="done"),
        *(
            sentence
            for one in space.roles.values()
            if role in ("", one.id)
            for sentence in role_advice(one, space, state)
        ),
    )
    shown = sheet(_columns(space, role), rows, key="allocation")
    return View(phrase("Allocation"), said, (shown,), data=_data(space, state), name="design-allocation")


def held_metrics(space: Workspace) -> tuple[str, ...]:
    """The metrics of the table, in its order."""
    return tuple(_held(space))


def _held(space: Workspace) -> dict[str, list[str]]:
    """Metric -> the posts that hold it, in the order of posts and lines; the north star last, on every card (R032)."""
    found: dict[str, list[str]] = {}
    for role in space.roles.values():
        for line_ in role.lines:
            found.setdefault(line_.metric, []).append(role.id)
    star = found.pop(space.north_star, [])
    return {**found, space.north_star: star} if space.north_star in space.metrics else found


def _columns(space: Workspace, role: str) -> list[Column]:
    """Metric and the post in hand never leave; on a narrow terminal other posts do, the last first."""
    roles = [
        Column(
            id_,
            joined(IN_HAND, one.name, between=" ") if id_ == role else one.name,
            least=6,
            most=13,
            right=True,
            drop=0 if id_ == role else OTHERS + place,
        )
        for place, (id_, one) in enumerate(space.roles.items())
    ]
    return [
        Column("mark", width=1, csv=False),
        Column("live", width=1, csv=False),
        Column("metric", phrase("Metric"), least=22, flex=1),
        *roles,
        Column("method", phrase("Method"), most=22, drop=90),
        Column("met", phrase("Last 12 met"), short=phrase("Last 12"), least=7, right=True, drop=2),
        Column("shared", phrase("Shared"), most=24, drop=91),
    ]


def _metric(metric: str, roles: Sequence[str], space: Workspace, state: DesignState, role: str) -> Row:
    shown = [role] if role else list(space.roles)
    lines = {id_: _line(space.roles[id_], metric) for id_ in roles}
    star = metric == space.north_star
    cells: dict[str, Cell] = {
        "mark": _mark(metric, roles, shown, star, state),
        "live": live_mark(state.facts.is_live(metric)),
        "metric": text(joined(metric_name(space, metric), STAR if star else "", between=" "), exact=metric),
        "method": text(_joined(_method(found) for id_ in shown if (found := lines.get(id_))), "muted"),
        "met": text(_joined(_met(state.met.get(TargetKey(id_, metric))) for id_ in shown if id_ in lines), ""),
        "shared": text("" if star else _shared(roles, role, space), "near"),
    }
    for id_ in space.roles:
        cells[id_] = _weight(lines.get(id_), star, id_ == role, len(roles) > 1 and not star)
    return line(_columns(space, role), f"{METRIC}{metric}", cells)


def _mark(metric: str, roles: Sequence[str], shown: Sequence[str], star: bool, state: DesignState) -> Cell:
    """What is advised of the line; `○` too where several posts hold the metric (R031)."""
    found = mark(one for id_ in shown for one in state.at(id_, metric))
    shared = len(roles) > 1 and not star and any(id_ in roles for id_ in shown)
    return text(HINTED, "near") if shared and not found.word else found


def _line(role: Role, metric: str) -> Line | None:
    return next((one for one in role.lines if one.metric == metric), None)


def _weight(held: Line | None, star: bool, in_hand: bool, shared: bool) -> Cell:
    if held is None:
        return text(STAR if star else "·" if in_hand else "", "muted", None)
    tone: Tone = "strong" if in_hand else "near" if shared else ""
    return NumberCell(held.weight, "weight", tone, before="‹" if in_hand else "", after="›" if in_hand else "")


def _method(held: Line) -> Word:
    """How the line is scored; empty for the plain way."""
    return term(METHODS, held.method.value) if held.method else ""


def _met(found: TargetsMet | None) -> Word:
    """`9 of 12`; of a line without a target, or one not tried yet, nothing."""
    if found is None:
        return ""
    return phrase("{met} of {known}", met=found.met, known=found.known) if found.known else phrase("no past")


def _shared(roles: Sequence[str], role: str, space: Workspace, most: int = 0) -> Word:
    """The other posts with the same metric (R031); with `most` so many by name, and how many more."""
    others = [one for one in roles if one != role]
    if len(roles) < 2 or (role and role not in roles):
        return ""
    named = others[:most] if most else others
    names = joined(*(space.roles[one].name for one in named), between=", ")
    more = len(others) - len(named)
    return phrase("{names} and {count} more", names=names, count=more) if more else names


def _joined(words: Iterator[Word]) -> Word:
    return joined(*words, between=", ", once=True)


def _sums(space: Workspace) -> Mapping[str, Cell]:
    cells: dict[str, Cell] = {"metric": text(phrase("Sum"), "strong", SUM)}
    for id_, one in space.roles.items():
        whole = sums_to_100(one)
        after = "" if whole else f" {WARNED}"
        cells[id_] = NumberCell(weight_sum(one), "weight", "strong" if whole else "weak", after=after)
    return cells


def _judged(space: Workspace, state: DesignState, role: str) -> Iterator[Row]:
    """Seen at once of every post: whether it has a revenue figure (R032), its amounts and ratios (R073, R074)."""
    columns = _columns(space, role)
    revenue: dict[str, Cell] = {"metric": text(phrase("Revenue figure"), "muted", "revenue")}
    kinds: dict[str, Cell] = {"metric": text(phrase("Amounts · ratios"), "muted", "kinds")}
    for id_, one in space.roles.items():
        codes = {found.code for found in state.of_role(id_)}
        lacks = "R032" in codes
        revenue[id_] = text("○" if lacks else "●", "near" if lacks else "good", not lacks)
        own = [space.metrics[held.metric] for held in one.lines if held.weight and held.metric in space.metrics]
        amounts = sum(metric.kind is Kind.ABSOLUTE for metric in own)
        kinds[id_] = text(f"{amounts} · {len(own) - amounts}", "near" if codes & {"R073", "R074"} else "muted")
    yield line(columns, "revenue", revenue)
    yield line(columns, "kinds", kinds)


def _bonus(space: Workspace, role: str) -> Iterator[Row]:
    columns = _columns(space, role)
    yield Row("heading bonus", heading=phrase("Bonus by the share of points reached"))
    modes = {
        "deduct": phrase("a miss takes money off"),
        "adjust": phrase("a miss is only reviewed"),
    }
    mode = modes.get(space.bonus.mode, space.bonus.mode)
    yield line(columns, f"{BONUS}mode", {"metric": text(mode, "muted", space.bonus.mode)})
    for place, step in enumerate(space.bonus.steps):
        told_ = phrase(
            "from {share} on: {effect}",
            share=Quantity(step.attainment, "percent", digits=0),
            effect=Quantity(step.effect, "effect", signed=True),
        )
        yield line(columns, f"{BONUS}{place}", {"metric": text(told_)})
    if role in space.roles:
        base = {"metric": text(phrase("bonus base of a {grain}", grain=space.bonus.grain.word), "muted", "base")}
        yield line(columns, f"{BONUS}{BASE}", {**base, role: _base(space.roles[role].bonus_base)})


def _base(amount: float | None) -> Cell:
    return text("·", "muted", None) if amount is None else NumberCell(amount, "currency", "strong", digits=2)


def role_advice(role: Role, space: Workspace, state: DesignState) -> tuple[Sentence, ...]:
    """What is said of the post as a whole: points not given or given twice, then the principles and the balance."""
    rest = FULL - weight_sum(role)
    name: Text = role.name
    said: list[Sentence] = []
    if not role.lines:
        said.append(Sentence(phrase("{role} has no line yet: + adds one.", role=name), "near"))
    elif not sums_to_100(role):
        amount = Quantity(abs(rest), "weight")
        word = (
            phrase("! {role}: {points} points are not given yet: → gives more to a line.", role=name, points=amount)
            if rest > 0
            else phrase("! {role}: {points} points too many: ← takes some from a line.", role=name, points=amount)
        )
        said.append(Sentence(word, "weak"))
    return (*said, *told((one for one in state.of_role(role.id) if one.about == "lines"), space))


def line_advice(role: str, metric: str, space: Workspace, state: DesignState) -> tuple[Sentence, ...]:
    """What is said at a line: the principles, how hard its target is, who else holds the metric."""
    found, held = list(told(state.at(role, metric), space)), _held(space).get(metric, [])
    met = state.met.get(TargetKey(role, metric))
    if met and met.known >= 3 and met.met * 2 < met.known:
        word = phrase("○ hard: its target would have been met in {met} of {known}", met=met.met, known=met.known)
        found.append(Sentence(word, "muted"))
    elif met and met.known >= 3 and met.met == met.known:
        word = phrase("○ easy: its target would have been met in all of {known}", known=met.known)
        found.append(Sentence(word, "muted"))
    if metric != space.north_star and (others := _shared(held, role, space, MOST_NAMED)):
        found.append(Sentence(phrase("○ also on the scorecard of {roles}", roles=others), "muted"))
    lack = state.facts.lacks.get(metric, "")
    if lack:
        found.append(Sentence(phrase("○ not live: it wants {lack}", lack=lack), "near"))
    return tuple(found)


# --- data --------------------------------------------------------------------------------------------
def _data(space: Workspace, state: DesignState) -> Record:
    return {
        "roles": [
            {
                "role": role.id,
                "sum": weight_sum(role),
                "done": is_done(role, state),
                "bonus_base": role.bonus_base,
                "lines": [_line_data(role, one, space, state) for one in role.lines],
                "advice": advice_data(state.of_role(role.id)),
            }
            for role in space.roles.values()
        ],
        "bonus": {
            **record(space.bonus, "mode", "grain"),
            "steps": [record(one, "attainment", "effect") for one in space.bonus.steps],
        },
    }


def _line_data(role: Role, one: Line, space: Workspace, state: DesignState) -> Record:
    met = state.met.get(TargetKey(role.id, one.metric))
    return {
        **record(one, "metric", "weight", "method", "options"),
        "steps": plain(one.steps),
        "live": state.facts.is_live(one.metric),
        "met": met.met if met else None,
        "known": met.known if met else None,
        "shared": [id_ for id_ in _held(space).get(one.metric, []) if id_ != role.id],
    }
