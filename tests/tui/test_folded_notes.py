"""What is noted beside figures is read whole: on more lines where it has no room, found and copied as one text."""

from __future__ import annotations

from textual.app import App, ComposeResult

from kpi_tui.text.clean import clean
from kpi_tui.tui.copying import copy_row
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import NumberCell, text
from kpi_tui.views.view import Column, Row

COLUMNS = [Column("name", least=6, flex=1), Column("n", right=True), Column("note", least=13, flex=4, drop=1)]
ACTION = "a personal message, a reason to come back, by hand where the amount is large"
ROWS = [
    Row("heading s", (text("Segment"), text("Users"), text("")), heading="Segment"),
    Row("one", (text("At risk"), NumberCell(237), text(ACTION, "muted"))),
    Row("two", (text("New"), NumberCell(159), text("a good start", "muted"))),
]


class Page(App[None]):
    def compose(self) -> ComposeResult:
        yield SheetTable(header=False, by_section=True, id="page")


def shown(app: App[None]) -> list[str]:
    return [strip.text.rstrip() for strip in app.screen._compositor.render_strips(app.screen.size)]


async def test_a_note_goes_on_below_itself_and_the_cursor_steps_over_it() -> None:
    app = Page()
    async with app.run_test(size=(48, 10)) as pilot:
        sheet = app.query_one(SheetTable)
        sheet.show((), COLUMNS)
        sheet.show(ROWS)
        await pilot.pause()
        lines = shown(app)
        told = " ".join(line[lines[1].index("a personal") :].strip() for line in lines[1:4])
        assert told == ACTION
        assert sheet.row_key == "one"
        sheet.action_move(1)
        assert sheet.row_key == "two"
        assert sheet.find("large", 1)
        assert sheet.row_key == "one"
        assert not sheet.unseen()


async def test_what_is_copied_is_not_folded(monkeypatch) -> None:
    app, copied = Page(), []
    monkeypatch.setattr("kpi_tui.tui.copying.copy", lambda _app, told, _environ: copied.append(told) or True)
    async with app.run_test(size=(48, 10)) as pilot:
        app.say = lambda *_words: None
        sheet = app.query_one(SheetTable)
        sheet.show(ROWS, COLUMNS)
        await pilot.pause()
        copy_row(app, sheet)
    assert ACTION in clean(copied[0])


async def test_a_wider_screen_needs_no_second_line() -> None:
    app = Page()
    async with app.run_test(size=(48, 10)) as pilot:
        app.query_one(SheetTable).show(ROWS, COLUMNS)
        await pilot.pause()
        assert len(app.query_one(SheetTable).rows) > 3
        await pilot.resize_terminal(120, 10)
        await pilot.pause()
        assert len(app.query_one(SheetTable).rows) == 3


async def test_folded_lines_are_never_cut_where_shorter_ones_get_less_room() -> None:
    """Seen on the page of goods: with the note folded its column became narrower than its first line."""
    columns = [Column("name", least=26, flex=1), *(Column(f"n{n}", least=6, right=True) for n in range(3)), COLUMNS[2]]
    figures = tuple(NumberCell(number) for number in (1110, 3084, 265))
    note = text("restock: 74.1 % → 80.6 % → 89.0 %", "muted")
    rows = [
        Row("heading s", (text("SKU"), *(text(word) for word in ("Sold", "Stock", "Days")), text("")), heading="SKU"),
        *(Row(f"sku {n}", (text(f"Hand cream of the house · P1{n}"), *figures, note)) for n in range(3)),
    ]
    app = Page()
    for wide in range(70, 100):
        async with app.run_test(size=(wide, 16)) as pilot:
            app.query_one(SheetTable).show(rows, columns)
            await pilot.pause()
            notes = [row.cells[-1] for row in app.query_one(SheetTable).rows]
            slots = app.query_one(SheetTable).slots_at(1)
            room = next(slot.width for slot in slots if slot.index == 4)
            assert all(len(str(cell.word)) <= room for cell in notes), wide
        app = Page()
