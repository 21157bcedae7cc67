"""A page: its head, a sheet per section, and the JSON of both `page` and `private`."""

from __future__ import annotations

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
    TextPart,
)
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import joined, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.page import sheets
from kpi_tui.views.page.data import section_data
from kpi_tui.views.page.tables import breakdown, cohorts, funnel, layers, quadrants
from kpi_tui.views.page.texts import body, filled, findings
from kpi_tui.views.view import Column, Headline, Row, Sentence, Sheet, View, sheet

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


def page_data(answer: PageAnswer, space: Workspace) -> dict[str, object]:
    """One object: the page, and its sections in order."""
    return {
        "page": answer.page.id,
        "period": answer.period.id,
        "name": _both(answer.page.name),
        "missing": dict(answer.missing),
        "sections": [
            {
                "id": one.section.id,
                "kind": one.section.kind,
                "title": _both(one.section.title),
                "data": section_data(one, space),
                "lack": one.lack,
            }
            for one in answer.sections
        ],
    }


def flat_data(answer: PageAnswer, space: Workspace) -> dict[str, object]:
    """One object with a key per section; what stands in the head of the page stands at the top of it."""
    found: dict[str, object] = {"period": answer.period.id}
    for one in answer.sections:
        data = section_data(one, space)
        if isinstance(one.section.part, TextPart) and one.section.part.at == HEAD and isinstance(data, dict):
            found |= data
        else:
            found[one.section.id] = data
    return {**found, "missing": dict(answer.missing)}


def pages(known: list[Page]) -> View:
    """The pages of a workspace."""
    columns = [
        Column("page", phrase("Page")),
        Column("name", phrase("Name")),
        Column("sections", phrase("Sections"), right=True),
        Column("about", phrase("About"), flex=1),
    ]
    rows = [
        Row(one.id, (text(one.id), text(one.name), text(str(len(one.sections))), text(one.about, "muted")))
        for one in known
    ]
    data: list[dict[str, object]] = [
        {
            "page": one.id,
            "name": _both(one.name),
            "about": _both(one.about),
            "sections": [{"id": section.id, "kind": section.kind} for section in one.sections],
        }
        for one in known
    ]
    return View(sheets=(sheet(columns, rows, key="pages"),), data=data)


def _both(name: object) -> dict[str, str]:
    return {"en": getattr(name, "en", ""), "zh": getattr(name, "zh", "")}


def _heads(answer: PageAnswer) -> list[Sentence]:
    """Texts that belong to the head of the page."""
    said = []
    for one in answer.sections:
        part = one.section.part
        if isinstance(part, TextPart) and part.at == HEAD and isinstance(one.found, TextFound):
            said.append(Sentence(filled(part, one.found), key=HEAD))
    return [sentence for sentence in said if sentence.word]


def _sheets(answer: PageAnswer, space: Workspace) -> list[Sheet]:
    found: list[Sheet] = []
    for one in answer.sections:
        part = one.section.part
        if isinstance(part, TextPart) and part.at == NOTE and isinstance(one.found, TextFound):
            note = filled(part, one.found)
            if found and note:
                found[-1] = _with_note(found[-1], Sentence(note))
        elif not (isinstance(part, TextPart) and part.at == HEAD):
            made = _sheet(one, answer, space)
            found += [made] if made.rows or made.notes else []
    return found


def _with_note(one: Sheet, note: Sentence) -> Sheet:
    return Sheet(one.columns, one.rows, one.title, (*one.notes, note), one.key)


def _sheet(one: SectionAnswer, answer: PageAnswer, space: Workspace) -> Sheet:
    """The sheet of a section by its kind; why, where it could not be answered."""
    section = one.section
    match section.part, one.found:
        case _, None:
            return sheet([Column("key")], [], section.title, [Sentence(joined("◌", one.lack, between=" "))], section.id)
        case MetricsPart() as part, MetricsFound() as found:
            return sheets.metrics(section, part, found, space, answer.missing)
        case _, DriversFound() as found:
            return sheets.drivers(section, found, space)
        case BaselinePart() as part, BaselinesFound() as found:
            return sheets.baselines(section, part, found, space)
        case _, FunnelView() as found:
            return funnel(section, found, space)
        case BreakdownPart() as part, BreakdownFound() as found:
            return breakdown(section, part, found, space)
        case LayersPart() as part, LayersFound() as found:
            return layers(section, part, found)
        case _, CohortsFound() as found:
            return cohorts(section, found)
        case QuadrantsPart() as part, QuadrantsFound() as found:
            return quadrants(section, part, found, space)
        case FindingsPart() as part, FindingsFound() as found:
            return findings(section, part, found, space)
        case TextPart() as part, TextFound() as found:
            return body(section, part, found)
    raise TypeError(f"section {section.id}: {type(one.found).__name__} is no answer of {section.kind}")
