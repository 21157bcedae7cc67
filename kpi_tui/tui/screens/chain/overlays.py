"""What is laid over a chain: one link in full, the whole diagnosis, and a roll-over as a difference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.visual import VisualType
from textual.widgets import Static

from kpi_tui.definitions.answers.chain_card import ChainCard, LinkCard, Roll
from kpi_tui.definitions.answers.value import Explanation
from kpi_tui.definitions.library.chain import Chain
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import _
from kpi_tui.tui.overlays.explain import explain_parts
from kpi_tui.tui.overlays.overlay import TextOverlay
from kpi_tui.tui.overlays.table import TableOverlay
from kpi_tui.tui.widgets.field_list import Field, FieldList, fields_of
from kpi_tui.tui.widgets.view_content import Part, both
from kpi_tui.views.chain.link import diagnosis_view, link_view
from kpi_tui.views.chain.roll import roll_view
from kpi_tui.views.library.explanation import source_page
from kpi_tui.views.view import View


class _Fields(FieldList):
    """Fields with a text below them, in one piece, so that both scroll and wrap together."""

    def __init__(self, fields: Sequence[Field], below: Sequence[Part]) -> None:
        super().__init__("", fields)
        self._below = below

    def update(self, content: VisualType = "", *, layout: bool = True) -> None:
        """The fields as laid out, then the text."""
        whole = Content.assemble(content, "\n", *self._below) if isinstance(content, Content) else content
        super().update(whole, layout=layout)


class LinkScreen(TextOverlay):
    """One link: what it is made of, its weeks, its target's rule, what was found, where the metric comes from."""

    BINDINGS: ClassVar[list[BindingType]] = [("Q", "queries", "")]

    def __init__(self, card: ChainCard, link: LinkCard, space: Workspace, found: Explanation | None) -> None:
        super().__init__()
        self._queries = False
        self._card, self._link, self._space, self._found = card, link, space, found

    def compose(self) -> ComposeResult:
        """Title, fields, the metric's explanation, keys."""
        view = self._view()
        yield Static(Content(both(view.title)), id="title")
        with VerticalScroll():
            yield _Fields(fields_of(view), self._source())
        yield Static(Content(self.keys_told()), id="foot")

    def _source(self) -> list[Part]:
        return explain_parts(self._found, self._space, queries=self._queries) if self._found is not None else []

    def keys_told(self) -> str:
        """Q too, where a number was read."""
        return _("↑↓ scroll   Q SQL   Esc back") if self._found is not None else super().keys_told()

    async def action_queries(self) -> None:
        """With the SQL that read the numbers, or without."""
        self._queries = not self._queries
        await self.recompose()

    def _view(self) -> View:
        return link_view(self._card, self._link, self._space)

    def view_shown(self) -> View:
        """The link, then where its metric's number comes from."""
        view, below = self._view(), source_page(self._found, self._space).sheets if self._found is not None else ()
        return replace(view, sheets=(*view.sheets, *below))


class DiagnosisScreen(TextOverlay):
    """Every finding, both orders of the links, what comes next month, the platforms."""

    def __init__(self, card: ChainCard, space: Workspace) -> None:
        super().__init__()
        self._card, self._space = card, space

    def compose(self) -> ComposeResult:
        """Title, fields, keys."""
        view = self.view_shown()
        yield Static(Content(f"{both(self._card.chain.name)}  {self._card.period.id}"), id="title")
        with VerticalScroll():
            yield FieldList("", fields_of(view))
        yield Static(Content(_("↑↓ scroll   Esc back")), id="foot")

    def view_shown(self) -> View:
        """The same, for a file."""
        return diagnosis_view(self._card, self._space)


def roll_overlay(chain: Chain, rolls: Sequence[Roll], space: Workspace) -> TableOverlay:
    """Agreed now → proposed; Enter takes all of it over."""
    foot = _("Enter take all over   Esc back   (then w writes, u takes back)")
    return TableOverlay(roll_view(chain, rolls, space).sheets[0], foot)
