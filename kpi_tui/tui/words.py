"""The sentences around a scorecard: period, score, what to do next, bonus and balance."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kpi_tui.definitions.answers.score import Scorecard, ScoreLine
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import width
from kpi_tui.text.format import DASH, PARTIAL, decimals, difference, reason, shown
from kpi_tui.text.i18n import N_, _
from kpi_tui.tui.board import MET, UNKNOWN, WEAK, honest, plain
from kpi_tui.tui.shown import days_covered

GRAIN_NAMES = {
    Grain.DAY: N_("day"),
    Grain.WEEK: N_("week"),
    Grain.MONTH: N_("month"),
    Grain.QUARTER: N_("quarter"),
    Grain.YEAR: N_("year"),
    Grain.SPAN: N_("span"),
}
_BALANCE = {
    "balanced": N_("balanced"),
    "absolute_only": N_("absolute numbers only: add a ratio"),
    "ratio_only": N_("ratios only: add an absolute number"),
    "empty": N_("no lines"),
}


def who(space: Workspace, role: str, language: str) -> str:
    """The name of a role or person, in both languages, the one in force first."""
    if role in space.roles:
        return space.roles[role].name.both(language)
    return space.people[role].name.both(language) if role in space.people else role


def everyone(space: Workspace, language: str) -> list[tuple[str, str]]:
    """Ids and names of the roles, then of the people."""
    roles = [(role.id, role.name.get(language)) for role in space.roles.values()]
    return roles + [(person.id, person.name.get(language)) for person in space.people.values()]


def period_words(period: Period, as_of: date) -> str:
    """`‹ 2026-10 ›  month · 31 of 31 days`, a period that is not over marked partial."""
    covered = days_covered(period, as_of)
    days = _("{covered} of {days} days", covered=covered, days=period.days)
    partial = "" if covered == period.days else " ◔ " + _("partial")
    return f"‹ {period.id} ›  {_(GRAIN_NAMES[period.grain])} · {days}{partial}"


def period_brief(period: Period, as_of: date) -> str:
    """`‹ 2026-10 › ◔`, where there is no room for more."""
    return f"‹ {period.id} ›" + ("" if days_covered(period, as_of) == period.days else f" {PARTIAL}")


def score_words(card: Scorecard) -> str:
    """`Score 86.4 / 100  ▼ 3.1`; a partial score is marked and never compared with a full one."""
    score = DASH if card.score is None else honest(card.score, card.possible) + partial_mark(card)
    limit = plain(card.possible) if card.possible else "100"
    comparable = card.score is not None and card.previous_score is not None and not partial_mark(card)
    moved = (card.score or 0.0) - (card.previous_score or 0.0) if comparable else None
    change = f"  {difference(moved)}" if moved is not None else ""
    return _("Score {score} / {limit}", score=score, limit=limit) + change


def partial_mark(card: Scorecard) -> str:
    """◔ when a weighted line's period is not over."""
    return PARTIAL if any(line.weight and line.actual.partial for line in card.lines) else ""


def score_share(card: Scorecard) -> float | None:
    """The score as a share of what was possible, for the bar."""
    return card.score / card.possible if card.score is not None and card.possible else None


def advice(card: Scorecard, space: Workspace, language: str) -> tuple[str, bool]:
    """What to do next in one sentence, and whether it is about a weak line."""
    own = [line for line in card.lines if not line.north_star]
    if not own:
        return _("{role} has no lines: write them in roles/*.toml.", role=who(space, card.role, language)), False
    if all(line.actual.value is None for line in own):
        return _no_numbers(card, own), False
    if all(line.target is None for line in own):
        return _("No targets for {period}: e sets one, 4 Targets copies a period.", period=card.period.id), False
    weak = next((line for line in own if line.metric == card.weakest), None)
    weighed = [line for line in own if line.weight]
    unknown = sum(line.points is None for line in weighed)
    missing = " " + _("No number yet for {count} of {all} lines.", count=unknown, all=len(weighed)) if unknown else ""
    if weak is not None and weak.gain_if_met:
        return _weak(weak, space, language) + missing, True
    if missing:
        return f"{UNKNOWN}{missing}", False
    return f"{MET} " + _("Every line meets its target."), False


def _no_numbers(card: Scorecard, own: list[ScoreLine]) -> str:
    why = own[0].actual.reason
    if all(line.actual.reason is Reason.NO_DATA for line in own):
        return f"{UNKNOWN} " + _("No data for {period}: [ goes to the period before.", period=card.period.id)
    if all(line.actual.reason is Reason.NO_TABLE for line in own):
        return f"{UNKNOWN} " + _("The tables behind these lines are not in tables.toml; `kpi-tui check` names them.")
    return f"{UNKNOWN} " + _("No line has a number: {why}.", why=reason(why))


def _weak(line: ScoreLine, space: Workspace, language: str) -> str:
    name = space.metrics[line.metric].name.get(language) if line.metric in space.metrics else line.metric
    gain = honest(line.gain_if_met or 0.0, line.weight)
    text = _("{metric} is the weak line: meeting its target would add {gain} points.", metric=name, gain=gain)
    return f"{WEAK} {text}"


def bonus_words(card: Scorecard) -> str:
    """`Bonus −10 %  (below 100)`."""
    if card.bonus.review:
        return _("Bonus: targets to be reviewed, no money moves")
    if card.bonus.effect is None or card.score is None:
        return _("Bonus {effect}", effect=DASH)
    effect = decimals(abs(card.bonus.effect) * 100, 0 if (card.bonus.effect * 100).is_integer() else 1)
    sign = "−" if card.bonus.effect < 0 else "+" if card.bonus.effect > 0 else "±"
    limit = plain(card.possible)
    side = _("below {limit}", limit=limit) if card.score < card.possible else _("{limit} reached", limit=limit)
    return _("Bonus {effect}", effect=f"{sign}{effect} %{partial_mark(card)}  ({side})")


def overview_words(card: Scorecard, space: Workspace, language: str, room: int) -> str:
    """What every operator knows, whatever the role (R040): `Payback ROI 1.10   Visitors (UV) 6,387 …`."""
    names = {value.metric: space.metrics[value.metric].name.get(language) for value in card.overview}
    return packed([f"{names[value.metric]} {shown(value)}" for value in card.overview], room)


def packed(parts: Sequence[str], room: int) -> str:
    """As many parts to a line as it has room for: a number stays beside its name and its unit."""
    lines: list[str] = []
    for part in parts:
        joined = f"{lines[-1]}   {part}" if lines else part
        if lines and width(joined) <= room:
            lines[-1] = joined
        else:
            lines.append(part)
    return "\n".join(lines)


def foot_words(card: Scorecard, room: int) -> str:
    """Bonus and balance in one line; the counts, then the balance leave where there is no room."""
    bonus = bonus_words(card)
    for balance in (balance_words(card), _("Balance: {verdict}", verdict=_(_BALANCE[card.balance.verdict]))):
        if width(f"{bonus}   {balance}") <= room:
            return f"{bonus}   {balance}"
    return bonus


def balance_words(card: Scorecard) -> str:
    """`Balance 2 absolute · 2 ratio · balanced` (R073, R074)."""
    verdict = _(_BALANCE[card.balance.verdict])
    return _(
        "Balance {absolute} absolute · {ratio} ratio · {verdict}",
        absolute=card.balance.absolute,
        ratio=card.balance.ratio,
        verdict=verdict,
    )
