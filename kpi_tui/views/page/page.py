"""A page: its head, a sheet per section, and the JSON of both `page` and `private`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from kpi_tui.definitions.answers.page import BreakdownFound, PageAnswer, ScoresFound, SectionAnswer, TextFound
from kpi_tui.definitions.library.analysis_parts import ScoresPart
from kpi_tui.definitions.library.page import BreakdownPart, Page, Section, TextPart
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.views.cells import text
from kpi_tui.views.named_ids import in_names
from kpi_tui.views.page.charts import section_charts
from kpi_tui.views.page.section import section
from kpi_tui.views.page.texts import filled
from kpi_tui.views.reasons import reason
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import ADVICE, METRIC, Column, Headline, Sentence, Sheet, View, listed

HEAD, NOTE = "head", "note"


def page(answer: PageAnswer, space: Workspace) -> View:
    """The page in one period; sections without anything to show are left out."""
    return View(
        title=joined(answer.page.name, answer.period.said),
        sentences=tuple(_heads(answer)),
        sheets=tuple(_sheets(answer, space)),
        charts=tuple(chart for one in answer.sections for chart in section_charts(one, space)),
        data=page_data(answer, space),
        headline=Headline(answer.page.name, answer.period),
    )


def page_data(answer: PageAnswer, space: Workspace) -> Record:
    """One object: the page, and its sections in order."""
    sections = [
        {
            **record(one.section, "id", "kind", "title"),
            "data": section(one, answer, space)[1],
            "lack": one.lack or _why(one),
        }
        for one in answer.sections
    ]
    return {**record(answer, "page=page.id", "period", "name=page.name", "missing"), "sections": sections}


def flat_data(answer: PageAnswer, space: Workspace) -> Record:
    """One object with a key per section; what stands in the head of the page stands at the top of it."""
    found = record(answer, "period")
    for one in answer.sections:
        data = section(one, answer, space)[1]
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
                found[-1] = replace(found[-1], notes=(*found[-1].notes, Sentence(note, key=ADVICE)))
        elif not _text_at(one, HEAD):
            made = _placed(section(one, answer, space)[0], one.section)
            found += [made] if made.rows or made.notes else _left_out(one, answer, space)
    return list(_said_once(found))


def _said_once(sheets: Iterable[Sheet]) -> Iterator[Sheet]:
    """The sheets of a page, what is doubtful about the rows of several said below the first of them."""
    said: set[Sentence] = set()
    for sheet in sheets:
        notes = tuple(note for note in sheet.notes if note.key != ADVICE or note not in said)
        said |= {*sheet.notes}
        yield replace(sheet, notes=notes) if notes or sheet.rows else sheet


def _why(one: SectionAnswer) -> str:
    """Why a table has no number, for JSON."""
    without = one.found.without if isinstance(one.found, BreakdownFound) else None
    return "" if without is None else without.detail or str(without.reason)


def _left_out(one: SectionAnswer, answer: PageAnswer, space: Workspace) -> list[Sheet]:
    """Why a table has no line: a metric of it wants a table, the data do not reach the period, nobody is scored."""
    part, found = one.section.part, one.found
    lacks: list[Word] = [answer.missing[name] for name in one.section.metrics() if name in answer.missing]
    if not lacks and isinstance(found, BreakdownFound) and found.without is not None:
        lacks = [reason(found.without.reason, in_names(found.without.detail, space))]
    if isinstance(found, ScoresFound):
        lacks = [phrase("nobody is scored yet: roles and who holds them are made on screen 7 Design")]
    if not isinstance(part, BreakdownPart | ScoresPart) or not lacks:
        return []
    said = Sentence(joined("◌", *dict.fromkeys(lacks), between=" "), "muted", ADVICE)
    return [Sheet((Column("key"),), (), one.section.title, (said,), one.section.id)]


def _placed(made: Sheet, where: Section) -> Sheet:
    """Under the title of its section; rows that are no metric are told apart by it, too."""
    rows = (row if row.key.startswith(METRIC) else replace(row, key=f"{where.id} {row.key}") for row in made.rows)
    return replace(made, title=where.title, key=where.id, rows=tuple(rows))
