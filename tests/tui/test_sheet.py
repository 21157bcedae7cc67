"""The sheet widget: columns, widths, cursor, hostile text, cost of an arrow key."""

from __future__ import annotations

import pytest
from rich.cells import cell_len
from textual.app import App, ComposeResult
from textual.geometry import Region

from kpi_tui.render.columns import place
from kpi_tui.tui.widgets.sheet import SheetTable
from kpi_tui.views.cells import NumberCell
from kpi_tui.views.cells import TextCell as Cell
from kpi_tui.views.view import Column, Row

HOSTILE = (
    "[bold red]x",
    "[@click=app.quit]x[/]",
    "\x1b[2J\x1b]52;c;eA==\x07",
    "tab\there",
    "two\nlines",
    "zero\u200bwidth",
    "bidi\u202eevil\u2066",
    "x[/]y",
    "\x9b31m\x7f\x00",
)
COLUMNS = (
    Column("name", "Metric", flex=1, least=12),
    Column("unit", "Unit", width=6, drop=2),
    Column("actual", "Actual", least=9, right=True),
    Column("pts", "Pts", width=5, right=True, drop=1),
)


def some_rows(count: int = 30) -> list[Row]:
    """Rows under headings, four to a section."""
    rows: list[Row] = []
    for index in range(count):
        if index % 4 == 0:
            rows.append(Row(f"h{index}", heading=f"Section {index}"))
        rows.append(Row(str(index), (Cell(f"回购率 {index}"), Cell("count"), Cell(f"{index:,}.5", "weak"), Cell("7"))))
    return rows


class SheetApp(App[None]):
    """One sheet on an empty screen."""

    def __init__(self, sheet: SheetTable) -> None:
        super().__init__()
        self.sheet = sheet
        self.seen: list[str] = []

    def compose(self) -> ComposeResult:
        yield self.sheet

    def on_sheet_table_selected(self, message: SheetTable.Selected) -> None:
        self.seen.append(message.sheet.row_key)


def screen_lines(app: App[None]) -> list[str]:
    """What stands on the screen."""
    width, height = app.size
    return [strip.text for strip in app.screen._compositor.render_strips()[:height]] if width else []


def test_columns_leave_by_rank_when_the_room_is_short() -> None:
    keys = [[COLUMNS[s.index].key for s in place(COLUMNS, [0, 0, 9, 0], room)] for room in (60, 32, 24)]
    assert keys == [["name", "unit", "actual", "pts"], ["name", "actual", "pts"], ["name", "actual"]]


@pytest.mark.parametrize("room", [36, 37, 58, 78, 118])
def test_elastic_columns_fill_the_line_to_the_edge(room: int) -> None:
    slots = place((*COLUMNS, Column("note", flex=2, least=3)), [0, 0, 9, 0, 100], room)
    assert slots[-1].x + slots[-1].width == room


def test_on_a_wide_terminal_numbers_stay_near_their_names_and_a_long_text_takes_what_a_short_name_leaves() -> None:
    """A name of 10 cells gets at most 20 more; a text of 100 has its 100, although both are equally elastic."""
    columns = (Column("name", flex=1), Column("actual", width=8, right=True), Column("text", flex=1))
    assert [slot.width for slot in place(columns, [10, 8, 0], 200)] == [30, 8, 20]
    assert [slot.width for slot in place(columns, [10, 8, 100], 150)] == [30, 8, 110]


async def test_cursor_steps_over_headings_and_stops_at_both_ends() -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows()))
    async with app.run_test(size=(60, 16)) as pilot:
        assert app.sheet.row_key == "0"
        await pilot.press("up")
        assert app.sheet.row_key == "0"
        await pilot.press("down", "j", "down", "down")
        assert app.sheet.row_key == "4"
        await pilot.press("k")
        assert app.sheet.row_key == "3"
        await pilot.press("end")
        assert app.sheet.row_key == "29"
        await pilot.press("down")
        assert app.sheet.row_key == "29"
        await pilot.press("home")
        assert app.sheet.row_key == "0"
        await pilot.press("pagedown", "pagedown")
        assert int(app.sheet.row_key) > 15
        assert any("▸" in line for line in screen_lines(app))


async def test_enter_and_a_second_click_choose_the_row() -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows()))
    async with app.run_test(size=(60, 16)) as pilot:
        await pilot.press("down", "enter")
        await pilot.click(SheetTable, offset=(5, 4))
        await pilot.click(SheetTable, offset=(5, 4))
        assert app.seen == ["1", "2"]


async def test_cell_cursor_walks_visible_columns_only() -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows(), by_cell=True))
    async with app.run_test(size=(32, 16)) as pilot:
        await pilot.press("right")
        assert app.sheet.column_key == "actual"
        await pilot.press("l", "l")
        assert app.sheet.column_key == "actual" if len(app.sheet.slots) == 2 else "pts"
        await pilot.press("h", "left", "left")
        assert app.sheet.column_key == "name"


async def test_new_rows_keep_the_cursor_on_its_row() -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows()))
    async with app.run_test(size=(60, 16)) as pilot:
        app.sheet.go("7")
        app.sheet.show(some_rows()[8:])
        await pilot.pause()
        assert app.sheet.row_key == "7"
        app.sheet.show(some_rows(3))
        await pilot.pause()
        assert app.sheet.row_key in {"0", "1", "2"}
        app.sheet.show([])
        await pilot.press("down", "enter", "pagedown", "right")
        assert app.sheet.row_key == ""


@pytest.mark.parametrize("text", HOSTILE)
async def test_hostile_text_is_shown_as_plain_text(text: str) -> None:
    rows = [Row("h", heading=text), Row("a", (Cell(text), Cell(text), Cell(text), Cell(text)))]
    app = SheetApp(SheetTable([Column(c.key, text, c.width, flex=c.flex, right=c.right) for c in COLUMNS], rows))
    async with app.run_test(size=(80, 8)) as pilot:
        await pilot.pause()
        strips = app.screen._compositor.render_strips()
        drawn = "\n".join(strip.text for strip in strips)
        assert all(character.isprintable() for character in drawn.replace("\n", ""))
        assert all(cell_len(strip.text) == 80 for strip in strips)
        assert not any(segment.style and segment.style.meta.get("@click") for strip in strips for segment in strip)
        if text.startswith("["):
            assert text[:6] in drawn


async def test_wide_characters_never_shift_the_columns() -> None:
    rows = [
        Row(str(n), (Cell("回购率" * n + "a" * m), Cell("个"), Cell("1.0"), Cell("7")))
        for n in range(9)
        for m in (0, 1)
    ]
    app = SheetApp(SheetTable(COLUMNS, rows))
    async with app.run_test(size=(47, 24)):
        lines = [line for line in screen_lines(app) if "个" in line]
        assert {cell_len(line[: line.index("个")]) for line in lines} == {cell_len(lines[0].partition("个")[0])}
        assert any("…" in line for line in lines)


async def test_an_arrow_key_repaints_two_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows()))
    async with app.run_test(size=(80, 24)) as pilot:
        asked: list[Region] = []
        real = SheetTable.refresh

        def spy(self: SheetTable, *regions: Region, **options: bool) -> object:
            asked.extend(regions or [self.size.region])
            return real(self, *regions, **options)

        monkeypatch.setattr(SheetTable, "refresh", spy)
        await pilot.press("down")
        assert sum(region.height for region in asked) == 2
        asked.clear()
        await pilot.hover(SheetTable, offset=(9, 9))
        await pilot.hover(SheetTable, offset=(12, 12))
        assert asked == []


async def test_only_the_lines_in_sight_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[int] = []
    real = SheetTable.render_line
    monkeypatch.setattr(SheetTable, "render_line", lambda self, y: (drawn.append(y), real(self, y))[1])
    app = SheetApp(SheetTable(COLUMNS, some_rows(10_000)))
    async with app.run_test(size=(80, 24)):
        assert drawn
        assert max(drawn) < 24


def marked_rows(*numbers: NumberCell) -> list[Row]:
    return [Row(str(n), (Cell("回购率"), number)) for n, number in enumerate(numbers)]


async def test_digits_stand_below_digits_whatever_marks_stand_behind_them() -> None:
    """By hand: the widest marks are ⇥⚠, two cells; a number without marks ends two cells before the edge, a reason
    stands at the edge itself, since it fits no other way."""
    columns = (Column("name", "Metric", width=8), Column("actual", "", right=True))
    rows = marked_rows(
        NumberCell(7), NumberCell(123, partial=True), NumberCell(45, late=True, doubtful=True), NumberCell(None)
    )
    app = SheetApp(SheetTable(columns, rows))
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        assert [line[len("▸ 回购率   ") :].rstrip() for line in screen_lines(app)[1:5]] == [
            "  7",
            "123◔",
            " 45⇥⚠",
            "  —",
        ]


async def test_a_first_mark_moves_the_digits_of_the_whole_column() -> None:
    columns = (Column("name", "Metric", width=8), Column("actual", "", least=5, right=True))
    app = SheetApp(SheetTable(columns, marked_rows(NumberCell(7), NumberCell(12))))
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.pause()
        before = [line.rstrip() for line in screen_lines(app)[1:3]]
        app.sheet.update_row(marked_rows(NumberCell(7), NumberCell(12, doubtful=True))[1])
        await pilot.pause()
        after = [line.rstrip() for line in screen_lines(app)[1:3]]
    assert [line[-2:] for line in before] == [" 7", "12"]
    assert [line.partition("率")[2] for line in after] == ["      7", "     12⚠"]


async def test_digits_of_a_number_are_never_cut() -> None:
    """200,000,000 has 11 cells, a thousand times as much 15: told shorter, and in full in the status line."""
    columns = (Column("name", "Metric", width=8), Column("actual", "", most=13, right=True))
    rows = marked_rows(NumberCell(2e8, "currency"), NumberCell(2e11, "currency", partial=True))
    app = SheetApp(SheetTable(columns, rows))
    async with app.run_test(size=(30, 8)) as pilot:
        await pilot.press("down")
        assert [line.split()[-1] for line in screen_lines(app)[1:3]] == ["200,000,000", "200b◔"]
        assert app.sheet.unseen() == "200,000,000,000◔"


@pytest.mark.parametrize(("wide", "marked"), [(30, True), (60, False)])
async def test_columns_that_find_no_room_leave_a_mark_in_the_header(wide: int, marked: bool) -> None:
    app = SheetApp(SheetTable(COLUMNS, some_rows(3)))
    async with app.run_test(size=(wide, 8)):
        assert ("…" in screen_lines(app)[0]) is marked


async def test_a_sentence_over_the_whole_line_has_as_many_lines_as_it_needs_at_any_width() -> None:
    said = "National Day day 7: Paid amount at 338.7 % of last year's day 7; so far 472.0 %"
    sheet = SheetTable(COLUMNS)
    app = SheetApp(sheet)
    async with app.run_test(size=(40, 10)) as pilot:
        sheet.show([*some_rows(1), Row("note a 0", heading=said, told=True)])
        await pilot.pause()
        assert " ".join(line.strip() for line in screen_lines(app)[3:]).strip() == said
        await pilot.resize_terminal(100, 10)
        await pilot.pause()
        assert screen_lines(app)[3].strip() == said and sheet.virtual_size.height == 4


async def test_what_is_cut_of_the_words_under_the_cursor_is_known() -> None:
    """A column without room counts; a number has no words, and what is seen is not told twice."""
    long = "Acquisition (promotion) ROI of all channels"
    columns = (*COLUMNS, Column("action", "What to do", least=8, flex=1, drop=3))
    rows = [
        Row("1", (Cell(long), Cell("x"), NumberCell(1.0), Cell("7"), Cell("reward"))),
        Row("2", (Cell("New users"), Cell("x"), NumberCell(1.0), Cell("7"), Cell("reward; ask for reviews"))),
    ]
    sheet = SheetTable(columns, rows)
    app = SheetApp(sheet)
    async with app.run_test(size=(46, 6)) as pilot:
        assert sheet.unseen() == long
        await pilot.press("down")
        assert sheet.unseen() == "reward; ask for reviews"
        await pilot.resize_terminal(30, 6)
        await pilot.pause()
        assert (
            "action" not in {columns[slot.index].key for slot in sheet.slots}
            and "What to do reward; ask for" in sheet.unseen()
        )
        await pilot.resize_terminal(120, 6)
        await pilot.pause()
        assert sheet.unseen() == ""


def of_sections(lengths: tuple[int, ...]) -> list[Row]:
    """Sections that name their own columns, as those of a page; a row is called by its section and place."""
    rows: list[Row] = []
    for section, length in enumerate(lengths):
        rows.append(
            Row(f"h{section}", (Cell(f"Section {section}"), Cell(""), Cell("Actual")), heading=f"Section {section}")
        )
        rows += [Row(f"{section}.{n}", (Cell(f"line {section}.{n}"), Cell("x"), Cell("1"))) for n in range(length)]
    return rows


@pytest.mark.parametrize("height", [4, 5, 10, 24])
async def test_the_heading_of_a_long_section_stays_above_its_lines(height: int) -> None:
    """Every line seen stands below the heading of its own section, and the cursor's is never beneath it."""
    lengths = (30, 2, 40, 1)
    app = SheetApp(SheetTable(COLUMNS, of_sections(lengths), header=False, by_section=True))
    async with app.run_test(size=(60, height)) as pilot:
        for key in ["down"] * sum(lengths) + ["up"] * sum(lengths):
            await pilot.press(key)
            seen, section = screen_lines(app), ""
            assert any(f"line {app.sheet.row_key} " in line for line in seen)
            for line in seen:
                words = line.strip(" ▸").split()
                if words[:1] == ["Section"]:
                    section = words[1]
                elif words:
                    assert words[1].split(".")[0] == (section or words[1].split(".")[0])
            first = seen[0].strip(" ▸").split()
            second = seen[1].strip(" ▸").split()
            assert first[0] == "Section" or second[0] == "Section"  # the last line of a section needs none


async def test_a_click_on_a_heading_that_stayed_goes_nowhere() -> None:
    app = SheetApp(SheetTable(COLUMNS, of_sections((30,)), header=False, by_section=True))
    async with app.run_test(size=(60, 10)) as pilot:
        await pilot.press("end")
        before = app.sheet.row_key
        await pilot.click(SheetTable, offset=(5, 0))
        assert app.sheet.row_key == before
        below = screen_lines(app)[1].split()[1]
        await pilot.click(SheetTable, offset=(5, 1))
        assert app.sheet.row_key == below
