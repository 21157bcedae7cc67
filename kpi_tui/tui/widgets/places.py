"""Texts put in their places on a screen: plain text only."""

from __future__ import annotations

from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from kpi_tui.tui.widgets.view_content import STYLES, spoken
from kpi_tui.views.view import View


def put(screen: Screen[None], place: str, text: Content | str, *, layout: bool = True) -> None:
    """A text in the place of that id. Without `layout` the place keeps its height: a new one repaints the screen."""
    content = Content(text) if isinstance(text, str) else text
    screen.query_one(f"#{place}", Static).update(content, layout=layout)


def put_in_pane(widget: Static, text: Content) -> None:
    """A text in a pane that scrolls: a layout anew, which repaints the whole screen, only where it needs more lines.

    A shorter one leaves the lines below it empty.
    """
    width, height = widget.size
    lines = len(text.wrap(width)) if width else height + 1
    widget.update(text, layout=lines > height)


def put_if_any(screen: Screen[None], place: str, text: Content) -> None:
    """A text in the place of that id, which takes no room where there is nothing to say."""
    put(screen, place, text)
    screen.query_one(f"#{place}").display = bool(text.plain)


def put_sentences(screen: Screen[None], view: View, *places: str) -> None:
    """In each place the view's sentence of that key, coloured where it says what is weak; none: an empty place."""
    for place in places:
        said = view.sentence(place)
        put(screen, place, Content.styled(spoken(said), STYLES.get(said.tone, "")) if said else "")
