"""Which metrics the data allow, which roles can be made of them, and what will be written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from kpi_tui.definitions.answers.setup import PlannedRole, SetupTrial
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.metric import Category, Metric
from kpi_tui.text.format import decimals
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.start.files import LEFT, LIST, TAKEN
from kpi_tui.views.view import Column, Row, Sentence, View, pairs, sheet


def metrics(trial: SetupTrial, categories: Mapping[str, Category]) -> View:
    """Live metrics by category, and what one more table or column would bring."""
    columns = [
        Column("category", phrase("Category"), flex=1),
        Column("live", phrase("With data"), right=True),
        Column("all", phrase("In the library"), right=True),
    ]
    rows = [
        Row(one.category, (text(categories[one.category].name), NumberCell(one.live), NumberCell(one.metrics)))
        for one in trial.coverage.categories
    ]
    said = phrase("{live} of {all} metrics have their data.", live=trial.coverage.live, all=trial.coverage.metrics)
    more = [
        Sentence(
            phrase("{name} would bring {count} more.", name=one.missing.name, count=len(one.metrics)), "muted", "more"
        )
        for one in trial.coverage.unlocks[:3]
    ]
    return View(phrase("Metrics"), (Sentence(said, key="advice"), *more), (sheet(columns, rows, key=LIST),))


def metrics_of(trial: SetupTrial, category: str) -> View:
    """The live metrics of a category by name."""
    names = [metric.name for metric in trial.metrics.values() if metric.category == category]
    return View("", (Sentence(joined(*names, between=" · ")),))


def roles(planned: Sequence[PlannedRole], wanted: Collection[str], preset: str) -> View:
    """The roles of a preset with their lines, wanted or not."""
    columns = [
        Column("taken", width=1),
        Column("role", phrase("Role"), most=24),
        Column("lines", phrase("Lines"), right=True),
        Column("note", "", flex=1),
    ]
    rows = [
        Row(
            role.id,
            (
                text(TAKEN if role.id in wanted else LEFT, "good" if role.id in wanted else "muted"),
                text(role.name),
                NumberCell(role.weighted),
                text(phrase("there already") if role.there else _changed(role), "muted"),
            ),
        )
        for role in planned
    ]
    said = phrases(
        "{count} role of {preset} is taken.", "{count} roles of {preset} are taken.", len(wanted), preset=preset
    )
    if not planned:
        said = phrase("The data allow no role of {preset}: roles can be made later on screen 7.", preset=preset)
    return View(phrase("Roles"), (Sentence(said, key="advice"),), (sheet(columns, rows, key=LIST),))


def _changed(role: PlannedRole) -> Word:
    if not role.said:
        return ""
    return phrases("{count} line changed or left out", "{count} lines changed or left out", len(role.said))


def lines_of(role: PlannedRole, known: Mapping[str, Metric]) -> View:
    """The lines of a role with their weights, and what was exchanged or left out for want of data."""
    lines: list[tuple[Word, Word]] = [
        (decimals(weight, 0), known[metric].name if metric in known else metric) for metric, weight in role.lines
    ]
    return View(role.name, tuple(Sentence(said, "muted") for said in role.said), (pairs("", lines),))


def summary(files: Iterable[str], folder: str, trial: SetupTrial, taken: Sequence[PlannedRole], *, adds: bool) -> View:
    """What Enter writes, and what `check` will go on asking."""
    columns = [Column("file", phrase("File"), flex=1)]
    rows = [Row(name, (text(name),)) for name in files]
    warnings = [issue for issue in trial.issues if issue.severity in (Severity.ERROR, Severity.WARNING)]
    said = (
        phrase("Enter adds this to {folder}.", folder=folder)
        if adds
        else phrase("Enter writes the workspace to {folder}.", folder=folder)
    )
    sentences = [
        Sentence(said, key="advice"),
        Sentence(
            phrases(
                "{count} role: {names}",
                "{count} roles: {names}",
                len(taken),
                names=joined(*(role.name for role in taken), between=", "),
            )
        ),
    ]
    if warnings:
        asks = phrases("`check` will ask about {count} thing:", "`check` will ask about {count} things:", len(warnings))
        sentences.append(Sentence(asks, "near"))
        sentences += [Sentence(issue.message, "muted") for issue in warnings]
    return View(phrase("Write"), tuple(sentences), (sheet(columns, rows, key=LIST),))
