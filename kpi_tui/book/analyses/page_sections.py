"""The sections of a page as they are answered: one of funnels that names none stands for each of the workspace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from kpi_tui.definitions.library.page import FunnelPart, Page, Section
from kpi_tui.definitions.text import Text

if TYPE_CHECKING:
    from kpi_tui.definitions.workspace import Workspace


def sections_of(page: Page, workspace: Workspace) -> Iterator[Section]:
    """Its sections in order; those with steps of their own come first."""
    for section in page.sections:
        if not isinstance(section.part, FunnelPart) or section.part.funnel:
            yield section
            continue
        for funnel in sorted(workspace.funnels.values(), key=lambda one: not one.steps):
            name = funnel.name if funnel.name.en or funnel.name.zh else Text(funnel.id, funnel.id)
            by = section.part.by
            en, zh = section.title.get("en"), section.title.get("zh")
            title = Text(f"{name.get('en')} · {en}", f"{name.get('zh')} · {zh}") if by and en else name
            part = FunnelPart(funnel.id, by)
            yield replace(section, id=f"{funnel.id}_by" if by else funnel.id, title=title, part=part)
