"""Advice on scorecards: the five principles and the balance of kinds (R012, R014, R022-R032, R073, R074, R109)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from kpi_tui.definitions.answers.design.advice import Advice
from kpi_tui.definitions.issue import Issue, Place, Severity
from kpi_tui.definitions.library.metric import Kind, Metric
from kpi_tui.definitions.message import listed, say, says
from kpi_tui.definitions.names import did_you_mean
from kpi_tui.definitions.role import LIFE, LifeStage, Line, Role
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.check.metrics import formula_names
from kpi_tui.workspace.parse.metrics import DIMENSIONS
from kpi_tui.workspace.parse.roles import PRINCIPLES

FEWEST, MOST = 2, 4  # weighted metrics of a role (R029)
MOST_OVERLAP = 0.5  # R031
MOST_NAMES = 4  # names in a formula (R027)
SHOWN = 3  # alternatives a hint names
VANITY = "channel_reach"  # R109


def lint(workspace: Workspace) -> list[Issue]:
    """Breaches of the principles as warnings, advice as hints; nothing here stops a number."""
    return [found.issue() for found in advice(workspace)]


def advice(workspace: Workspace) -> list[Advice]:
    """The same, each with what it is about: a line, a role, the plan."""
    found = [*_north_star(workspace), *_dimensions(workspace), *_stages(workspace)]
    for role in workspace.roles.values():
        for check in _ROLE_CHECKS:
            found += check(role, workspace)
    for one, other in combinations(workspace.roles.values(), 2):
        found += _overlap(one, other, workspace.north_star)
    return found


def key_lines(role: Role, north_star: str) -> list[Line]:
    """The weighted lines of a role, the north star left out (R029)."""
    return [line for line in role.lines if line.weight > 0 and line.metric != north_star]


def off_focus(role: Role, metric: Metric) -> bool:
    """Whether a metric serves another stage than the one the role aims at now (R024)."""
    return role.aim not in ("", "none") and metric.aarrr not in ("none", role.aim)


def _north_star(workspace: Workspace) -> Iterable[Advice]:
    later = [form.metric for form in workspace.dated.north_star.versions]
    for star in dict.fromkeys([workspace.north_star, *later]):
        if star in workspace.metrics:
            continue
        message = say("the north star {north_star!r} is not in the library", north_star=star)
        otherwise = say("set north_star in workspace.toml to the metric that all roles serve")
        hint = did_you_mean(star, workspace.metrics, otherwise)
        place = Place("workspace.toml", 0, "north_star")
        yield Advice(Severity.ERROR, "R032", message, hint, "", "north_star", place)


def _dimensions(workspace: Workspace) -> Iterable[Advice]:
    if not workspace.metrics:
        return
    used = {metric.dimension for metric in workspace.metrics.values()}
    for dimension in DIMENSIONS:
        if dimension not in used:
            message = say("no metric belongs to the planning dimension {dimension!r}", dimension=dimension)
            hint = say("add one with dimension = {dimension!r}", dimension=dimension)
            about, place = f"dimensions.{dimension}", Place("metrics", 0, "dimension")
            yield Advice(Severity.HINT, "R012", message, hint, "", about, place)


def _stages(workspace: Workspace) -> Iterable[Advice]:
    """Every stage of a user's life has its key point, interaction and aim, where any stage is planned (R024)."""
    for name in LIFE if workspace.stages else ():
        stage = workspace.stages.get(name, LifeStage(name))
        texts = {"key_point": stage.key_point, "interaction": stage.interaction, "aim": stage.aim}
        if blank := [key for key, text in texts.items() if not text.both().strip()]:
            message = say("stage {stage}: nothing is said of {names}", stage=name, names=listed(blank))
            hint = say("write it in stages.toml under [stages.{stage}]", stage=name)
            place = Place("stages.toml", stage.place.line, f"stages.{name}")
            yield Advice(Severity.HINT, "R024", message, hint, "", f"stages.{name}", place)


def _completeness(role: Role, _workspace: Workspace) -> Iterable[Advice]:
    if not role.duty.both().strip():
        yield _about(
            role, Severity.WARNING, "R014", say("incomplete: it has no duty text"), say("add a line `duty = …`"), "duty"
        )
    for name in PRINCIPLES:
        answer = role.principles.get(name)
        if answer is None or not answer.both().strip():
            message = say("incomplete: the principle {name!r} is not answered", name=name)
            yield _about(
                role,
                Severity.WARNING,
                "R014",
                message,
                say("add `principles.{name} = …`", name=name),
                f"principles.{name}",
            )


def _number_of_metrics(role: Role, workspace: Workspace) -> Iterable[Advice]:
    count = len(key_lines(role, workspace.north_star))
    if count > MOST:
        message = say(
            "{count} weighted metrics are more than {most}: many figures suit analysis, not appraisal",
            count=count,
            most=MOST,
        )
        yield _about(role, Severity.WARNING, "R029", message, say("set the weight of the others to 0"), "lines")
    elif count < FEWEST:
        message = (
            say("1 weighted metric beside the north star; {fewest} to {most} are wanted", fewest=FEWEST, most=MOST)
            if count == 1
            else say(
                "{count} weighted metrics beside the north star; {fewest} to {most} are wanted",
                count=count,
                fewest=FEWEST,
                most=MOST,
            )
        )
        yield _about(role, Severity.WARNING, "R029", message, say("give weight to another metric"), "lines")
    elif count == MOST:
        message = says(
            "{count} weighted metric is allowed; two or three are mostly enough",
            "{count} weighted metrics are allowed; two or three are mostly enough",
            count,
        )
        yield _about(role, Severity.HINT, "R030", message, say("leave it, or drop the least telling one"), "lines")


def _chosen(role: Role, workspace: Workspace) -> Iterable[Advice]:
    """Advice on each weighted metric by itself."""
    for line in key_lines(role, workspace.north_star):
        if metric := workspace.metrics.get(line.metric):
            yield from _one_metric(role, line, metric, workspace)


def _one_metric(role: Role, line: Line, metric: Metric, workspace: Workspace) -> Iterable[Advice]:
    if metric.complexity == "complex":
        simple = _others(metric, workspace, lambda other: other.complexity == "simple")
        message = say("{metric} is complex: good for analysis, not for appraisal", metric=metric.id)
        yield _at(role, line, Severity.WARNING, "R022", message, _instead(say("simple ones"), simple))
    if metric.data_ease != "easy":
        easy = _others(metric, workspace, lambda other: other.data_ease == "easy")
        message = say("the data of {metric} is {data_ease} to get", metric=metric.id, data_ease=metric.data_ease)
        yield _at(role, line, Severity.HINT, "R028", message, _instead(say("easy ones"), easy))
    count = len(formula_names(metric.formula)) if metric.formula else 0
    if count > MOST_NAMES:
        message = say(
            "the formula of {metric} has {count} names, more than {most}: others must understand it",
            metric=metric.id,
            count=count,
            most=MOST_NAMES,
        )
        yield _at(role, line, Severity.HINT, "R027", message, say("choose a plainer figure, or explain this one"))
    if off_focus(role, metric):
        message = say(
            "{metric} is off-focus: it serves {aarrr}, the role aims at {aim}",
            metric=metric.id,
            aarrr=metric.aarrr,
            aim=role.aim,
        )
        yield _at(role, line, Severity.HINT, "R024", message, say("choose a metric of that stage, or change `aim`"))
    if metric.better.value == "neutral" and line.method is None:
        message = say("{metric} has no good direction: it is a context figure", metric=metric.id)
        yield _at(
            role, line, Severity.WARNING, "R037", message, say("name a method, such as range, or set its weight to 0")
        )


def _balance(role: Role, workspace: Workspace) -> Iterable[Advice]:
    metrics = [workspace.metrics.get(line.metric) for line in key_lines(role, workspace.north_star)]
    kinds = {metric.kind for metric in metrics if metric}
    if kinds == {Kind.RATIO}:
        message = say("ratio-only: judging by ratios alone neglects the long work of developing the market")
        yield _about(role, Severity.WARNING, "R073", message, say("give weight to an absolute metric"), "lines")
    elif kinds == {Kind.ABSOLUTE}:
        message = say("absolute-only: judging by amounts alone lets figures grow while their quality falls")
        yield _about(role, Severity.WARNING, "R074", message, say("give weight to a ratio"), "lines")


def _without_revenue(role: Role, workspace: Workspace) -> Iterable[Advice]:
    """Revenue figures are usually the main measure of a post's worth (R032); the north star stands on every card."""
    lines = [line.metric for line in role.lines if line.metric != workspace.north_star]
    known = [metric for line in lines if (metric := workspace.metrics.get(line))]
    if known and not any(metric.aarrr == "revenue" or metric.unit == "currency" for metric in known):
        message = say("no revenue figure: it is usually the main measure of a post's worth")
        hint = say("give weight to one, or leave it where the post does not sell")
        yield _about(role, Severity.HINT, "R032", message, hint, "lines")


def _vanity(role: Role, workspace: Workspace) -> Iterable[Advice]:
    if [line.metric for line in key_lines(role, workspace.north_star)] == [VANITY]:
        message = say("{vanity} is the only weighted metric: reach is a vanity figure", vanity=VANITY)
        yield _about(role, Severity.WARNING, "R109", message, say("give weight to what reach leads to"), "lines")


def _overlap(one: Role, other: Role, north_star: str) -> Iterable[Advice]:
    sets = [{line.metric for line in role.lines} - {north_star} for role in (one, other)]
    smaller = min(map(len, sets))
    shared = sets[0] & sets[1]
    if smaller and len(shared) / smaller > MOST_OVERLAP:
        message = says(
            "shares its only metric with {other}: {names}",
            "shares {count} of {smaller} metrics with {other}: {names}",
            smaller,
            count=len(shared),
            smaller=smaller,
            other=other.id,
            names=listed(sorted(shared)),
        )
        yield _about(one, Severity.WARNING, "R031", message, say("give each post figures of its own"), "lines")


def _others(metric: Metric, workspace: Workspace, fits: Callable[[Metric], bool]) -> list[str]:
    """Metrics of the same category that fit, important ones of the same kind first."""
    found = [m for m in workspace.metrics.values() if m.category == metric.category and m.id != metric.id and fits(m)]
    found.sort(key=lambda m: (m.kind != metric.kind, m.subcategory != metric.subcategory, m.priority))
    return [other.id for other in found]


def _instead(what: str, ids: list[str]) -> str:
    if not ids:
        return say("its category has no other")
    return say("{what} of its category: {names}", what=what, names=listed(ids[:SHOWN])) + (
        " …" if len(ids) > SHOWN else ""
    )


def _about(role: Role, severity: Severity, code: str, message: str, hint: str, about: str) -> Advice:
    place = Place(role.place.file, role.place.line, f"{role.place.key}.{about}")
    return Advice(severity, code, message, hint, role.id, about, place)


def _at(role: Role, line: Line, severity: Severity, code: str, message: str, hint: str) -> Advice:
    return Advice(severity, code, message, hint, role.id, line.metric, line.place)


_ROLE_CHECKS: tuple[Callable[[Role, Workspace], Iterable[Advice]], ...] = (
    _completeness,
    _number_of_metrics,
    _chosen,
    _balance,
    _vanity,
    _without_revenue,
)
