"""The styles of a sheet, told in words of the theme, are what Textual's own style sheets make of them."""

from __future__ import annotations

from typing import ClassVar

from rich.style import Style
from textual.app import App, ComposeResult

from kpi_tui.tui.terminal.config_file import THEMES
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.tui.widgets.target_sheet import TargetSheet
from kpi_tui.views.cells import TextCell
from kpi_tui.views.view import Column, Row

RULES = {
    "header": "text-style: dim",
    "heading": "text-style: bold; color: $primary",
    "muted": "text-style: dim",
    "strong": "text-style: bold",
    "good": "color: $text-success",
    "near": "color: $text-warning",
    "weak": "color: $text-error; text-style: bold",
    "changed": "color: $text-accent; text-style: bold",
    "cursor": "text-style: bold",
    "edit": "text-style: underline bold",
    "caret": "text-style: reverse",
    "shade-1": "background: $primary 10%",
    "shade-3": "background: $primary 32%",
    "shade-5": "background: $primary 62%",
}


class ByRules(SheetTable):
    """A sheet whose styles are component classes."""

    COMPONENT_CLASSES: ClassVar[set[str]] = set(RULES)
    DEFAULT_CSS = "\n".join(f"ByRules > .{name} {{ {rule}; }}" for name, rule in RULES.items())


class ByWords(SheetTable):
    """A sheet with all that one may have."""

    WORDS = TargetSheet.WORDS


class BothSheets(App[None]):
    """One by words beside one by rules."""

    def compose(self) -> ComposeResult:
        yield ByWords([Column("name", "Name")], [Row("1", (TextCell("a", "weak"),))])
        yield ByRules()


def as_ruled(sheet: ByRules, name: str, base: Style) -> Style:
    """What Textual says; its partial styles know no half-transparent ground."""
    if name.startswith("shade"):
        ground = sheet.background_colors[1] + sheet.get_component_styles(name).background
        return base + Style(bgcolor=ground.rich_color)
    return base + sheet.get_component_rich_style(name, partial=True)


async def test_every_style_is_that_of_the_theme_and_follows_it() -> None:
    app = BothSheets()
    async with app.run_test() as pilot:
        words, rules = app.query(SheetTable)
        seen = set()
        for theme in (*THEMES.values(), *THEMES.values()):
            app.theme = theme
            await pilot.pause()
            base = words.rich_style
            found = {name: words._paint(name, base) for name in RULES}
            assert found == {name: as_ruled(rules, name, base) for name in RULES}
            seen.add(found["weak"])
        assert len(seen) == 3  # the two of the terminal's own colours have one red


async def test_a_sheet_is_drawn_anew_when_only_a_colour_of_its_words_changes() -> None:
    app = BothSheets()
    async with app.run_test() as pilot:
        sheet = app.query(SheetTable).first()

        def drawn() -> set[Style | None]:
            lines = app.screen._compositor.render_strips(app.size)
            return {segment.style for segment in lines[sheet.region.y + 1] if "a" in segment.text}

        await pilot.pause()
        before = drawn()
        variables = {**app.get_css_variables(), "text-error": "#123456"}
        app.get_css_variables = lambda: variables  # type: ignore[method-assign]
        app.refresh_css()
        await pilot.pause()
        assert drawn() != before
        assert any(style is not None and str(style.color and style.color.name) == "#123456" for style in drawn())
