"""A page: its head, a sheet per section, and the JSON of both `page` and `private`."""

from __future__ import annotations

from dataclasses import replace

from kpi_tui.definitions.answers.page import (
    BaselinesFound,
    BreakdownFound,
    CohortsFound,
    DriversFound,
    FindingsFound,
    LayersFound,
    MetricsFound,
    PageAnswer,
    QuadrantsFound,
    SectionAnswer,
    TextFound,
)
from kpi_tui.definitions.library.funnel import FunnelView
from kpi_tui.definitions.library.page import (
    BaselinePart,
    BreakdownPart,
    FindingsPart,
    LayersPart,
    MetricsPart,
    Page,
    QuadrantsPart,
    Section,
    TextPart,
)
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.causes.cohort import cohort_sheet
from kpi_tui.views.cells import text
from kpi_tui.views.funnel import funnel_section
from kpi_tui.views.page import sheets
from kpi_tui.views.page.data import section_data
from kpi_tui.views.page.tables import breakdown, layers, quadrants
from kpi_tui.views.page.texts import body, filled, findings
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import METRIC, Column, Headline, Sentence, Sheet, View, listed, sheet

HEAD, NOTE = "head", "note"


def page(answer: PageAnswer, space: Workspace) -> View:
    """The page in one period; sections without anything to show are left out."""
    return View(
        title=joined(answer.page.name, answer.period.id),
        sentences=tuple(_heads(answer)),
        sheets=tuple(_sheets(answer, space)),
        data=page_data(answer, space),
        headline=Headline(answer.page.name, answer.period),
    )


def page_data(answer: PageAnswer, space: Workspace) -> Record:
    """One object: the page, and its sections in order."""
    sections = [
        {**record(one.section, "id", "kind", "title"), "data": section_data(one, space), "lack": one.lack}
        for one in answer.sections
    ]
    return {**record(answer, "page=page.id", "period", "name=page.name", "missing"), "sections": sections}


def flat_data(answer: PageAnswer, space: Workspace) -> Record:
    """One object with a key per section; what stands in the head of the page stands at the top of it."""
    found = record(answer, "period")
    for one in answer.sections:
        data = section_data(one, space)
        found |= data if isinstance(data, dict) and _text_at(one, HEAD) else {one.section.id: data}
    return {**found, **record(answer, "missing")}


def pages(known: list[Page]) -> View:
    """The pages of a workspace."""
    table = listed(
        known,
        [
            (Column("page", phrase("Page")), lambda one: text(one.id)),
            (Column("name", phrase("Name")), lambda one: text(one.name)),
            (Column("sections", phrase("Sections"), right=True), lambda one: text(str(len(one.sections)))),
            (Column("about", phrase("About"), flex=1), lambda one: text(one.about, "muted")),
        ],
        lambda one: one.id,
        name="pages",
    )
    data = [
        {**record(one, "page=id", "name", "about"), "sections": [record(each, "id", "kind") for each in one.sections]}
        for one in known
    ]
    return View(sheets=(table,), data=data)


def _text_at(one: SectionAnswer, at: str) -> bool:
    return isinstance(one.section.part, TextPart) and one.section.part.at == at


def _said(one: SectionAnswer) -> Word:
    part, found = one.section.part, one.found
    return filled(part, found) if isinstance(part, TextPart) and isinstance(found, TextFound) else ""


def _heads(answer: PageAnswer) -> list[Sentence]:
    """Texts that belong to the head of the page."""
    return [Sentence(said, key=HEAD) for one in answer.sections if _text_at(one, HEAD) and (said := _said(one))]


def _sheets(answer: PageAnswer, space: Workspace) -> list[Sheet]:
    found: list[Sheet] = []
    for one in answer.sections:
        note = _said(one)
        if _text_at(one, NOTE) and one.found:
            if found and note:
                found[-1] = replace(found[-1], notes=(*found[-1].notes, Sentence(note)))
        elif not _text_at(one, HEAD):
            made = _placed(_sheet(one, answer, space), one.section)
            found += [made] if made.rows or made.notes else []
    return found


def _placed(made: Sheet, section: Section) -> Sheet:
    """Under the title of its section; rows that are no metric are told apart by it, too."""
    rows = (row if row.key.startswith(METRIC) else replace(row, key=f"{section.id} {row.key}") for row in made.rows)
    return replace(made, title=section.title, key=section.id, rows=tuple(rows))


def _sheet(one: SectionAnswer, answer: PageAnswer, space: Workspace) -> Sheet:
    """What a section shows by its kind; why, where it could not be answered."""
    match one.section.part, one.found:
        case _, None:
            return sheet([Column("key")], [], notes=[joined("◌", one.lack, between=" ")])
        case MetricsPart() as part, MetricsFound() as found:
            return sheets.metrics(part, found, space, answer.missing)
        case _, DriversFound() as found:
            return sheets.drivers(found, space)
        case BaselinePart() as part, BaselinesFound() as found:
            return sheets.baselines(part, found, space)
        case _, FunnelView() as found:
            return funnel_section(found, space)
        case BreakdownPart() as part, BreakdownFound() as found:
            return breakdown(part, found, space)
        case LayersPart() as part, LayersFound() as found:
            return layers(part, found)
        case _, CohortsFound() as found:
            return cohort_sheet(found.rows)
        case QuadrantsPart() as part, QuadrantsFound() as found:
            return quadrants(part, found, space)
        case FindingsPart() as part, FindingsFound() as found:
            return findings(part, found, space)
        case TextPart() as part, TextFound() as found:
            return body(part, found)
    raise TypeError(f"section {one.section.id}: {type(one.found).__name__} is no answer of {one.section.kind}")
