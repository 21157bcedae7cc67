"""What stands below the lines of a scorecard is not said again beside them; an axis and a setting speak in words."""

from __future__ import annotations

from kpi_tui.book import Book
from kpi_tui.definitions.personal_setting import KNOWN, SettingNow
from kpi_tui.text.phrase import translate, without_asides
from kpi_tui.text.wrap import fit_lines
from kpi_tui.tui.screens.scorecard.foot import foot, told_in
from kpi_tui.views.doubts import left_out
from kpi_tui.views.personal_settings import shown
from kpi_tui.views.scores.scorecard import overview_doubts, scorecard, trend
from kpi_tui.views.scores.scorecard_line import line_detail, line_note


def test_a_doubt_below_the_lines_is_not_said_beside_them_too(demo: Book) -> None:
    space, card = demo.workspace, demo.scores.scorecard("operations", demo.period("2026-10"))
    line = next(line for line in card.lines if line.metric == "buyback_rate_day")
    left = "rows left out: Orders 2"
    beside = line_detail(line, card, space)
    assert left in str([translate(cell.word) for sheet in beside.sheets for row in sheet.rows for cell in row.cells])
    below = foot(card, scorecard(card, space), space, 76, low=False)
    told = told_in(below, card, space)
    assert set(told) == set(overview_doubts(card, space)), "wrapped lines are the same words"
    beside = line_detail(line, card, space, below=told)
    assert left not in str(
        [translate(cell.word) for sheet in beside.sheets for row in sheet.rows for cell in row.cells]
    )
    assert left not in str([translate(one.word) for one in line_note(line, card, space, below=told).sentences])
    short = foot(card, scorecard(card, space), space, 30, low=True)
    assert not told_in(short, card, space), "what is cut there goes on being said here"


def test_the_trend_of_a_year_to_date_has_days_on_its_axis(demo: Book) -> None:
    card = demo.scores.scorecard("operations", demo.period("ytd-2026-10-31"))
    assert trend(card.lines[0], card).points[-1].period == "2026-10-31"


def test_what_opens_first_is_said_in_words() -> None:
    setting = KNOWN["open_on"]
    words = [translate(shown(SettingNow(setting, choice, "file"))) for choice in setting.choices]
    assert words == ["the one looked at last", "your own", "the lowest score", "your board"]


def test_a_screen_names_the_key_where_a_command_names_the_command(demo: Book) -> None:
    (said,) = left_out([{"orders": 2}], demo.workspace)
    assert translate(said) == "⚠ 2 rows left out: Orders 2 (`kpi-tui tables TABLE` says why)"
    assert translate(said, brief=True) == "⚠ 2 rows left out: Orders 2 (6 Data says why)"
    assert translate(without_asides(said)) == "⚠ 2 rows left out: Orders 2"


def test_what_has_no_room_in_its_lines_is_cut_with_a_mark() -> None:
    assert fit_lines("one two three four", 9, 3) == "one two\nthree\nfour"
    assert fit_lines("one two three four", 9, 2) == "one two\nthree fo…"
    assert fit_lines("one two three four", 9, 1) == "one two…"
    assert fit_lines("", 9, 2) == ""
