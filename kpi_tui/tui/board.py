"""A scorecard as rows of a sheet: glyph, metric, actual, target, attainment, weight, points, change, trend."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.library.metric import Metric
from kpi_tui.definitions.role import Role
from kpi_tui.definitions.text import Text
from kpi_tui.text.clean import clean
from kpi_tui.text.format import DASH, PARTIAL, change, decimals, number, rule, short_reason, shown, spark
from kpi_tui.text.i18n import _
from kpi_tui.tui.widgets.cells import Cell, Row
from kpi_tui.tui.widgets.columns import Column

MET, NEAR, WEAK, UNKNOWN = "●", "◐", "○", "◌"
STATES = {MET: "good", NEAR: "near", WEAK: "weak", UNKNOWN: "muted"}
"""The style of a line's glyph and bar."""
NEAR_FROM = 0.8  # share of the target from which a line counts as near
BAR = 6
TREND = 6
STAR = "north star"


def columns(room: int) -> list[Column]:
    """The board's columns; the trend leaves first where `room` is short, then bar, change, weight, target."""
    return [
        Column("glyph", width=1),
        Column("metric", _("Metric"), least=18 if room >= 60 else 10, flex=1),
        Column("actual", _("Actual"), most=12, right=True),
        Column("target", _("Target"), most=12, right=True, drop=1),
        Column("bar", "", width=BAR, drop=4),
        Column("attained", _("Att."), least=5, most=8, right=True),
        Column("weight", _("Wt"), most=5, right=True, drop=2),
        Column("points", _("Pts"), most=6, right=True),
        Column("change", _("Chg"), least=6, most=8, right=True, drop=3),
        Column("trend", _("Trend"), width=TREND, drop=5),
    ]


def rows(card: Scorecard, metrics: Mapping[str, Metric], roles: Mapping[str, Role], language: str) -> list[Row]:
    """One row per line; joined roles and the north star under headings of their own."""
    found: list[Row] = []
    several = len({line.role for line in card.lines if not line.north_star}) > 1
    for (star, role), lines in groupby(card.lines, key=lambda line: (line.north_star, line.role)):
        if star or several:
            found.append(Row(f"heading {role} {star}", heading=_heading(star, role, roles, language)))
        found += [line_row(line, metrics, language, line.metric == card.weakest) for line in lines]
    return found


def _heading(star: bool, role: str, roles: Mapping[str, Role], language: str) -> str:
    name = _("north star") if star else roles[role].name.get(language) if role in roles else role
    return f"── {clean(name)} ──"


def line_row(line: ScoreLine, metrics: Mapping[str, Metric], language: str, weakest: bool) -> Row:
    """The cells of one line; glyph and bar are coloured by state, the weakest line as a whole."""
    name = metrics[line.metric].name if line.metric in metrics else Text(line.metric)
    style = "weak" if weakest else ""
    state = style or STATES[glyph(line)]
    unit = line.actual.unit
    return Row(
        row_key(line),
        (
            Cell(glyph(line), state),
            Cell(name.get(language), style),
            Cell(actual(line), style or ("muted" if line.actual.value is None else "")),
            Cell(number(line.target.value, unit) if line.target else DASH, "" if line.target else "muted"),
            Cell("" if line.attainment is None else rule(line.attainment, BAR), state),
            Cell(percent(line.attainment), style),
            Cell(DASH if line.north_star else plain(line.weight), "muted"),
            Cell(DASH if line.points is None or not line.weight else honest(line.points, line.weight), style),
            Cell(change(line.change).replace(" ", ""), "muted"),
            Cell(trend(line), "muted"),
        ),
    )


def row_key(line: ScoreLine) -> str:
    """A key that tells the lines of joined roles and the north star apart."""
    return f"{'*' if line.north_star else line.role}/{line.metric}"


def glyph(line: ScoreLine) -> str:
    """● on target, ◐ near, ○ weak, ◌ unknown."""
    if line.attainment is None:
        return UNKNOWN
    return MET if line.attainment >= 1 else NEAR if line.attainment >= NEAR_FROM else WEAK


def trend(line: ScoreLine) -> str:
    """The last periods as blocks, with a gap to the row above; a present one that is not over is marked."""
    last = line.trend[-TREND:]
    unfinished = (len(last) - 1,) if line.actual.partial else ()
    return spark(last, gap="·", partial=unfinished).replace("█", "▇")


def actual(line: ScoreLine) -> str:
    """The number with its partial mark, or a dash and the reason in a word."""
    if line.actual.value is None:
        return f"{DASH} {short_reason(line.actual.reason)}".rstrip()
    text = shown(line.actual)
    return text.replace(f" {PARTIAL}", PARTIAL)


def percent(share: float | None) -> str:
    """Attainment in whole percent; one decimal where rounding would turn a miss into a hit."""
    if share is None:
        return DASH
    return f"{decimals(share * 100, 1 if 0.995 <= share < 1 else 0)}%"


def honest(value: float, limit: float, digits: int = 1) -> str:
    """A rounded number; more digits where rounding would lift a value below `limit` up to it, or a gain to nothing."""
    for more in range(digits, 4):
        text = decimals(value, more)
        rounded = float(text.replace(",", ""))
        if (value >= limit or rounded < limit) and (rounded or not value):
            return text
    return decimals(value, digits)


def plain(value: float) -> str:
    """A weight or a score limit without needless decimals."""
    return decimals(value, 0 if float(value).is_integer() else 1)


def line_of(card: Scorecard, key: str) -> ScoreLine | None:
    """The line behind a row of the board."""
    return next((line for line in card.lines if row_key(line) == key), None)


def role_rows(choices: Sequence[tuple[str, str]]) -> list[Row]:
    """Rows of the role pane from (id, name) pairs."""
    return [Row(id_, (Cell(name),)) for id_, name in choices]
