"""Which metrics the data allow, which roles can be made of them, and what will be written."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from pathlib import Path

from kpi_tui.definitions.answers.coverage import Unlock
from kpi_tui.definitions.answers.proposal import TableProposal
from kpi_tui.definitions.answers.setup import PlannedRole, SetupTrial
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import decimals
from kpi_tui.text.paths import shown_path
from kpi_tui.text.phrase import Word, joined, phrase, phrases
from kpi_tui.views.cells import NumberCell, TextCell, text
from kpi_tui.views.named_ids import NAMED, part_name, with_names
from kpi_tui.views.names import preset_name, table_name
from kpi_tui.views.start.file_questions import LEFT, TAKEN
from kpi_tui.views.start.files import LIST
from kpi_tui.views.view import Column, Row, Sentence, View, pairs, sheet


def metrics(trial: SetupTrial, space: Workspace) -> View:
    """Live metrics by category, and what one more table or column would bring."""
    columns = [
        Column("category", phrase("Category"), flex=1),
        Column("live", phrase("With data"), right=True),
        Column("all", phrase("In the library"), right=True),
    ]
    rows = [
        Row(one.category, (text(space.categories[one.category].name), NumberCell(one.live), NumberCell(one.metrics)))
        for one in trial.coverage.categories
    ]
    said = phrase("{live} of {all} metrics have their data.", live=trial.coverage.live, all=trial.coverage.metrics)
    more = [Sentence(_brings(one, space), "muted", "more") for one in trial.coverage.unlocks[:3]]
    return View(phrase("Metrics"), (Sentence(said, key="advice"), *more), (sheet(columns, rows, key=LIST),))


def _brings(more: Unlock, space: Workspace) -> Word:
    name, count = more.missing.name, len(more.metrics)
    if not (table := table_name(space, more.missing.table)).both().strip():
        return phrase("{name} would bring {count} more.", name=name, count=count)
    return phrase("{table} ({name}) would bring {count} more.", table=table, name=name, count=count)


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
    called = preset_said(preset, planned)
    said = phrases(
        "{count} role of {preset} is taken.", "{count} roles of {preset} are taken.", len(wanted), preset=called
    )
    if not planned:
        said = phrase("The data allow no role of {preset}: roles can be made later on screen 7.", preset=called)
    return View(phrase("Roles"), (Sentence(said, key="advice"),), (sheet(columns, rows, key=LIST),))


def preset_said(preset: str, planned: Sequence[PlannedRole]) -> Word:
    """What a preset is called: a table of posts, else as its only role."""
    return preset_name(preset, [role.name for role in planned])


def _changed(role: PlannedRole) -> Word:
    if not role.said:
        return ""
    return phrases("{count} line changed or left out", "{count} lines changed or left out", len(role.said))


def lines_of(role: PlannedRole, known: Mapping[str, Metric]) -> View:
    """The lines of a role with their weights, and what was exchanged or left out for want of data."""
    lines: list[tuple[Word, Word]] = [
        (decimals(weight, 0), known[metric].name if metric in known else metric) for metric, weight in role.lines
    ]
    names = {id_: metric.name for id_, metric in known.items()} | {role.id: role.name}
    said = tuple(Sentence(with_names(one, names), "muted") for one in role.said)
    return View(role.name, said, (pairs("", lines),))


def summary(
    files: Iterable[str],
    folder: Path,
    trial: SetupTrial,
    parts: Iterable[TableProposal],
    taken: Sequence[PlannedRole],
    space: Workspace,
    *,
    adds: bool,
    guess: str = "",
) -> View:
    """What Enter writes, what is agreed with it, and what `check` will go on asking.

    `space`: the workspace as it will be, without the roles `taken`. `guess`: the currency, where nobody said it.
    """
    columns = [Column("what", most=24), Column("said", flex=1)]
    agreed = [(part_name(part.table, space.schemas, part.source), one) for part in parts for one in part.confirm]
    called = {role.id: role.name for role in space.roles.values()} | {role.id: role.name for role in taken}
    called |= {id_: schema.name for id_, schema in space.schemas.items()}
    bad = (one.message for one in trial.issues if one.severity in (Severity.ERROR, Severity.WARNING))
    asked = [with_names(said, called, NAMED | {"role"}) for said in bad]
    rows = [Row(f"file {name}", (text(phrase("written"), "muted"), text(name))) for name in files]
    rows += [Row(f"agreed {n}", (text(where, "muted"), text(said))) for n, (where, said) in enumerate(agreed)]
    rows += [Row(f"asked {n}", (text(phrase("asked on"), "near"), text(said))) for n, said in enumerate(asked)]
    said = phrase("Enter writes the workspace to {folder}.", folder=shown_path(folder))
    if adds:
        said = phrase("Enter adds this to {folder}.", folder=shown_path(folder))
    names = joined(*(role.name for role in taken), between=", ")
    sentences = [Sentence(said, key="advice")]
    if taken or not adds:
        sentences.append(Sentence(phrases("{count} role: {names}", "{count} roles: {names}", len(taken), names=names)))
    if guess:
        word = phrase("Amounts are in {code}: a guess, for the files do not say it; 4 and e change it.", code=guess)
        sentences.append(Sentence(word, "near"))
    if agreed:
        sentences.append(
            Sentence(
                phrases(
                    "Enter agrees with {count} sentence about the mapping, below.",
                    "Enter agrees with {count} sentences about the mapping, below.",
                    len(agreed),
                )
            )
        )
    if asked:
        asks = phrases(
            "`kpi-tui check` will ask on about {count} thing.",
            "`kpi-tui check` will ask on about {count} things.",
            len(asked),
        )
        sentences.append(Sentence(asks, "near"))
    return View(phrase("Write"), tuple(sentences), (sheet(columns, rows, key=LIST),))


def said_at(shown: View, key: str) -> View:
    """The whole of a line of the summary."""
    row = next((row for sheet in shown.sheets for row in sheet.rows if row.key == key), None)
    words = [cell.word for cell in (row.cells if row else ()) if isinstance(cell, TextCell)]
    return View("", (Sentence(phrase("{name}: {why}", name=words[0], why=words[1])),) if len(words) > 1 else ())
