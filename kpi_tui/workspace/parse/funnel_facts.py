"""The facts of funnels, written from their definitions: one SQL path for every number (R107, R171).

Per funnel: `d_reached_ID`, the rows with which somebody reached a step; `d_funnel_ID`, people in and out of
each step. `d_funnel` and `d_funnel_money` put the funnels together (their `parts`, each read by itself).
People are counted in a period when the whole chain of steps up to theirs lies in it, in order, within `window_days`
of its first step. For each row the latest possible start of a chain is carried along, so that a second try counts as
well as the first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from kpi_tui.definitions.library.aggregation import Aggregation
from kpi_tui.definitions.library.funnel import Funnel, Step, reached
from kpi_tui.definitions.library.metric import Fact, FactPart, Measure
from kpi_tui.definitions.text import Text
from kpi_tui.sql.quoted_text import quoted_text

NEVER = "-1000000000000000.0"
DAY = 86400.0
REACHED = "d_reached_"
KEY = ("period", "funnel", "step")
_COLUMNS = ("period", "moment", "day", "value", "step_no", "latest")


def funnel_facts(funnels: Sequence[Funnel], times: dict[str, str]) -> list[Fact]:
    """Every fact of the funnels with steps. `times`: default time column per table."""
    stepped = [funnel for funnel in funnels if funnel.steps]
    if not stepped:
        return []
    facts = []
    for funnel in stepped:
        about = (funnel.name, funnel.about)
        facts.append(_fact(f"d_reached_{funnel.id}", _reached(funnel, times), about, funnel, key=()))
        facts.append(_fact(f"d_funnel_{funnel.id}", _counts(funnel), about, funnel))
        facts.append(_fact(f"d_funnel_money_{funnel.id}", _money(funnel), about, funnel))
    people = Text("people into and out of each step of every funnel", "各漏斗每一步的进入与完成人数")
    money = Text("value credited to and cost spent on each step", "各步骤分得的金额与花费")
    facts.append(_union("d_funnel", stepped, (Text("Funnels", "漏斗"), people)))
    return [*facts, _union("d_funnel_money", stepped, (Text("Money of funnels", "漏斗金额"), money))]


def reached_measures(funnels: Iterable[Funnel]) -> dict[str, Measure]:
    """People of every step, a measure each, so that a funnel can be cut by a dimension of its people."""
    made = [
        Measure(
            reached(funnel.id, n),
            REACHED + funnel.id,
            Aggregation.COUNT_DISTINCT,
            _person(funnel),
            f"step_no = {n}",
            "period",
            about=Text(f"people who reached {step.name}", f"到达 {step.name} 的人数"),
            place=funnel.place,
        )
        for funnel in funnels
        for n, step in enumerate(funnel.steps, 1)
    ]
    return {measure.id: measure for measure in made}


def of_funnels_left(measures: Mapping[str, Measure], facts: Collection[str]) -> dict[str, Measure]:
    """The measures but those of funnels that proved broken: the funnel itself is told."""
    return {
        name: measure
        for name, measure in measures.items()
        if not measure.table.startswith(REACHED) or measure.table in facts
    }


def _fact(name: str, sql: str, about: tuple[Text, Text], funnel: Funnel, key: tuple[str, ...] = KEY) -> Fact:
    return Fact(name, sql, about[0], about[1], "period", key, funnel=funnel.id, place=funnel.place)


def _union(name: str, funnels: Sequence[Funnel], about: tuple[Text, Text]) -> Fact:
    """All funnels under each other; the rows of each have its id and the names of its steps."""
    parts = tuple(FactPart(f"{name}_{funnel.id}", tuple(_labels(funnel))) for funnel in funnels)
    said = {label(funnel, n): _said(funnel, n) for funnel in funnels for n in range(len(funnel.steps))}
    words = {"step": said, "funnel": {funnel.id: funnel.name for funnel in funnels}}
    called = {"step": Text("Step", "环节"), "funnel": Text("Funnel", "漏斗")}
    return Fact(
        name, _all(parts), *about, "period", KEY, called=called, words=words, parts=parts, place=funnels[0].place
    )


def without_funnels(facts: Mapping[str, Fact], spoilt: Collection[str]) -> dict[str, Fact]:
    """The facts but those made of some funnels, which their unions do without; no union of nothing is left."""
    kept = {name: fact for name, fact in facts.items() if fact.funnel not in spoilt}
    unions = {name: _of_those(fact, kept) for name, fact in kept.items() if fact.parts}
    return {name: unions.get(name, fact) for name, fact in kept.items() if not fact.parts or unions[name].parts}


def _of_those(union: Fact, facts: Collection[str]) -> Fact:
    parts = tuple(part for part in union.parts if part.fact in facts)
    return replace(union, sql=_all(parts), parts=parts)


def _all(parts: Iterable[FactPart]) -> str:
    return "\nunion all\n".join(f"select * from {part.fact}" for part in parts)


def _labels(funnel: Funnel) -> Iterable[dict[str, str | int]]:
    for place, step in enumerate(funnel.steps):
        yield {"funnel": funnel.id, "step": label(funnel, place), "step_name": step.name, "step_no": place + 1}


def label(funnel: Funnel, place: int) -> str:
    """What `--by step` shows: funnel, number and name, so that steps sort in their order."""
    width = len(str(len(funnel.steps)))
    return f"{funnel.id} {place + 1:0{width}d}. {funnel.steps[place].name}"


def _said(funnel: Funnel, place: int) -> Text:
    """What people call it: the names of funnel and step instead of their ids."""
    step = funnel.steps[place]
    names = ((funnel.name.get(one) or funnel.id, step.title.get(one) or step.name) for one in ("en", "zh"))
    return Text(*(f"{whole} · {place + 1}. {title}" for whole, title in names))


def _reached(funnel: Funnel, times: dict[str, str]) -> str:
    count = len(funnel.steps)
    window = funnel.window_days * DAY or 1e14
    person = _person(funnel)
    steps = [_acts(step, n + 1, times.get(step.table, ""), person) for n, step in enumerate(funnel.steps)]
    acts = "\n  union all\n".join(steps)
    ctes = [f"acts as (\n{acts}\n)"]
    carried = f"period, {person}, moment, step_no, value"
    ctes.append(f"s1 as (select {carried}, case when step_no = 1 then moment else {NEVER} end as start_1 from acts)")
    for n in range(2, count + 1):
        kept = ", ".join([carried, *(f"start_{k}" for k in range(1, n))])
        before = f"max(start_{n - 1}) over (partition by period, {person} order by moment, step_no)"
        start = f"case when step_no = {n} and moment - latest <= {window!r} then latest else {NEVER} end as start_{n}"
        ctes.append(f"b{n} as (select {kept}, {before} as latest from s{n - 1})")
        ctes.append(f"s{n} as (select {kept}, {start} from b{n})")
    proof = " or ".join(f"(step_no = {n} and start_{n} > {NEVER})" for n in range(1, count + 1))
    body = ",\n".join(ctes)
    return f"with {body}\nselect period, {person}, step_no, value from s{count} where {proof}"


def _person(funnel: Funnel) -> str:
    """How the people of a funnel are called: as in the tables, when all its steps call them alike.

    Rows of many people can then be computed share by share (`sql/partition_keys.py`).
    """
    names = {step.user for step in funnel.steps}
    name = names.pop()
    return name if not names and name.isidentifier() and name not in _COLUMNS else "person"


def _acts(step: Step, number: int, time: str, person: str) -> str:
    time = step.time or time
    where = f"({step.where}) and " if step.where else ""
    value = step.value or "cast(null as double)"
    rows = (
        f"select {step.user} as {person}, {time} as moment, {time}_day as day, {value} as value "
        f"from {step.table} where {where}{step.user} is not null"
    )
    return (
        f"  select d.period, cast(a.{person} as varchar) as {person}, "
        f"date_part('epoch', cast(a.moment as timestamp)) as moment, {number} as step_no, a.value\n"
        f"  from ({rows}) a\n  join period_days d on a.day = d.day\n  where d.back = 0"
    )


def _counts(funnel: Funnel) -> str:
    counted = ", ".join(
        f"count(distinct case when step_no = {n} then {_person(funnel)} end) as n{n}"
        for n in range(1, len(funnel.steps) + 1)
    )
    rows = [
        f"select p.period, {_named(funnel, n)}, coalesce(n.n{max(n, 1)}, 0) as people_in, "
        f"coalesce(n.n{n + 1}, 0) as people_out from periods p left join n on p.period = n.period"
        for n in range(len(funnel.steps))
    ]
    return f"with n as (select period, {counted} from d_reached_{funnel.id} group by period)\n" + "\nunion all\n".join(
        rows
    )


def _money(funnel: Funnel) -> str:
    total = sum(step.weight for step in funnel.steps) or 1.0
    rows = [
        f"select p.period, {_named(funnel, n)}, coalesce(v.total, 0.0) * {step.weight / total!r} as value_out, "
        f"coalesce(c.cost, 0.0) as cost from periods p left join v on p.period = v.period "
        f"left join (select period, cost from spent where step = {quoted_text(step.name)}) c on p.period = c.period"
        for n, step in enumerate(funnel.steps)
    ]
    return (
        f"with v as (select period, sum(value) as total from d_reached_{funnel.id} group by period),\n"
        "spent as (select d.period, c.step, sum(c.amount) as cost from costs c join period_days d on c.day = d.day "
        "where d.back = 0 group by d.period, c.step)\n" + "\nunion all\n".join(rows)
    )


def _named(funnel: Funnel, place: int) -> str:
    step = funnel.steps[place]
    return (
        f"{quoted_text(funnel.id)} as funnel, {quoted_text(label(funnel, place))} as step, "
        f"{quoted_text(step.name)} as step_name, {place + 1} as step_no"
    )
