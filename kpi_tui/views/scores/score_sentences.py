"""The sentences of a scorecard: what to do next, the bonus, the balance. Screen, command and report say these."""

from __future__ import annotations

import math
from collections.abc import Sequence

from kpi_tui.definitions.answers.score import Bonus, Scorecard, ScoreLine
from kpi_tui.definitions.answers.value import Reason
from kpi_tui.definitions.library.metric import Better
from kpi_tui.definitions.period import TO_DAY
from kpi_tui.definitions.quantity import Quantity
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.format import DASH, SCORE_DIGITS
from kpi_tui.text.marks_behind_numbers import PARTIAL
from kpi_tui.text.phrase import Aside, Word, joined, phrase, phrases
from kpi_tui.text.terms import BALANCES
from kpi_tui.views.metric_meaning import amount_in
from kpi_tui.views.names import metric_name, owner_name
from kpi_tui.views.reasons import reason, term
from kpi_tui.views.scores.pace_of_line import pace_against, paced_lines
from kpi_tui.views.view import Sentence

MET, NEAR, WEAK, UNKNOWN = "●", "◐", "○", "◌"
_EXACT = 1e-9
CAP = 2.0
"""Where a workspace has no setting `attainment_cap`."""


def advice(card: Scorecard, space: Workspace) -> Sentence:
    """What to do next. That all is well is said only when every weighted line has a target and meets it."""
    own = [line for line in card.lines if not line.for_orientation]
    if not own:
        return _said(phrase("{role} has no lines: write them in roles/*.toml.", role=owner_name(space, card.role)))
    if all(line.actual.value is None for line in own):
        return _no_numbers(card, own)
    if all(line.target is None for line in own):
        if card.period.grain in TO_DAY:
            word = phrase(
                "{period} is looked at, not scored: targets are of days, weeks, months, quarters and years.",
                period=card.period.said,
            )
            return Sentence(word, key="advice")
        hint = phrase("e sets one, 4 Targets copies a period.")
        return Sentence(phrase("No targets for {period}", period=card.period.said), key="advice", hint=hint)
    weighed = [line for line in own if line.weight]
    rest = _lacking(weighed, space)
    ends = {line.metric: pace_against(line, card, space) for line in weighed}
    short = [line for line in weighed if ends[line.metric] in ("ahead", "within") and not _meets(line, space)]
    late = [line for line in weighed if ends[line.metric] == "behind" and _meets(line, space)]
    paces: list[Word] = []
    if short:
        paces.append(phrase("On pace, of the target: {lines}.", lines=paced_lines(short, card, space)))
    if late:
        paces.append(phrase("Met so far, not on pace: {lines}.", lines=paced_lines(late, card, space)))
    weak = next((line for line in weighed if line.metric == card.weakest), None)
    if weak is not None and weak.gain_if_met:
        return _said(joined(_weak(weak, space), *paces, *rest, between=" "), weak=True)
    if not weighed:
        return _said(joined(UNKNOWN, phrase("No line has a weight: nothing is scored."), between=" "))
    if all(_meets(line, space) for line in weighed) and not late:
        return _said(joined(MET, phrase("Every line meets its target."), *_star(card, space), between=" "))
    missed = [line for line in weighed if line.target is not None and line not in short and not _meets(line, space)]
    if short and not missed and not rest and not late:
        sign = NEAR if "within" in ends.values() else MET
        told = phrase("Every line meets its target or is on pace for it.")
        return _said(joined(sign, told, *paces, *_star(card, space), between=" "))
    rest = [*paces, *rest]
    if any(line.points is not None for line in missed):
        rest.insert(0, phrase("No line would add points by meeting its target."))
    return _said(joined(UNKNOWN, *rest, between=" "))


def _said(word: Word, weak: bool = False) -> Sentence:
    return Sentence(word, "weak" if weak else "", "advice")


def _no_numbers(card: Scorecard, own: Sequence[ScoreLine]) -> Sentence:
    if all(line.actual.reason is Reason.NO_DATA for line in own):
        word = phrase("No data for {period}", period=card.period.said)
        return Sentence(joined(UNKNOWN, word, between=" "), key="advice", hint=phrase("[ goes to the period before."))
    if all(line.actual.reason is Reason.NO_TABLE for line in own):
        told = phrase("The tables that these lines need are not mapped, or cannot be read.")
        return _said(joined(UNKNOWN, told, Aside(phrase("`kpi-tui check` says which and why.")), between=" "))
    why = reason(own[0].actual.reason)
    return _said(joined(UNKNOWN, phrase("No line has a number: {why}.", why=why), between=" "))


def _weak(line: ScoreLine, space: Workspace) -> Word:
    gain = points(line.gain_if_met, line.weight)
    name = metric_name(space, line.metric)
    told = phrase("{name} is the weak line by gain: meeting its target adds {points} points.", name=name, points=gain)
    return joined(WEAK, told, between=" ")


def _lacking(weighed: Sequence[ScoreLine], space: Workspace) -> list[Word]:
    """Lines that have a number but no target, by name; how many have no number yet."""
    aims = [line for line in weighed if line.target is None and line.actual.value is not None]
    aimless = [metric_name(space, line.metric) for line in aims]
    unknown = sum(line.points is None for line in weighed) - len(aimless)
    said: list[Word] = []
    if aimless:
        names = joined(*aimless, between=", ")
        said.append(phrases("No target for {names}.", "No targets for {names}.", len(aimless), names=names))
    if unknown:
        said.append(
            phrases(
                "No number yet for the only line.",
                "No number yet for {count} of {all} lines.",
                len(weighed),
                count=unknown,
                all=len(weighed),
            )
        )
    return said


def _star(card: Scorecard, space: Workspace) -> list[Word]:
    """The north star's own miss or lack of a target, where no line of the post holds it."""
    lines = [line for line in card.lines if line.for_orientation]
    missed = [line for line in lines if line.attainment is not None and line.attainment < 1]
    aimless: list[Word] = [
        phrase("The north star, {name}, has no target.", name=metric_name(space, line.metric))
        for line in lines
        if line.target is None
    ]
    return aimless + [
        phrase(
            "The north star, {name}, is at {attained} of its target.",
            name=metric_name(space, line.metric),
            attained=Quantity(line.attainment, "percent"),
        )
        for line in missed
    ]


def _meets(line: ScoreLine, space: Workspace) -> bool:
    """Whether a line has a target and reaches it; steps may give full points for less."""
    if line.target is None or line.actual.value is None or line.attainment is None:
        return False
    if line.method != "steps":
        return line.attainment >= 1 - _EXACT
    metric = space.metrics.get(line.metric)
    lower = metric is not None and metric.better is Better.LOWER
    return line.actual.value <= line.target.value if lower else line.actual.value >= line.target.value


def points(value: float | None, below: float | None) -> Quantity:
    """A score, points or a gain in a sentence: the same digits in the app and in what a command says."""
    return Quantity(value, "score", digits=SCORE_DIGITS, below=below)


def bonus(card: Scorecard, space: Workspace) -> Word:
    """`Bonus −10.0 %  (below 100) · −800.00 of 8,000.00 CNY`; the money only where a bonus base is known."""
    return joined(_effect(card, space), money(card.bonus, space.currency), between=" · ")


def money(found: Bonus, currency: str) -> Word:
    """What the bonus means in money, or why that cannot be known; empty where nobody says the base."""
    if found.base is None:
        return ""
    base = amount_in(found.base, currency)
    if found.money is None:
        return phrase("{none} of {base} ({why})", none=DASH, base=base, why=found.why)
    return phrase("{amount} of {base}", amount=Quantity(found.money, "currency", signed=True, digits=2), base=base)


def _effect(card: Scorecard, space: Workspace) -> Word:
    if card.bonus.review:
        return phrase("Bonus: targets to be reviewed, no money moves")
    if card.bonus.effect is None or card.score is None:
        return phrase("Bonus {effect}  ({why})", effect=DASH, why=_why_no_bonus(card))
    limit = Quantity(card.possible, "weight")
    reached = card.score >= card.possible
    side = phrase("{limit} reached", limit=limit) if reached else phrase("below {limit}", limit=limit)
    if card.score > card.possible + _EXACT:
        cap = max(_cap(line, card, space) for line in card.lines if line.weight)
        side = phrase("{limit} reached; a line counts up to {cap}", limit=limit, cap=Quantity(cap, "percent", digits=0))
    partial = PARTIAL if any(line.weight and line.actual.partial for line in card.lines) else ""
    effect = joined(Quantity(card.bonus.effect, "effect", signed=True), partial, "  (", side, ")", between="")
    return phrase("Bonus {effect}", effect=effect)


def _why_no_bonus(card: Scorecard) -> Word:
    """It is known once every line that bears weight has points (R010)."""
    weighed = [line for line in card.lines if line.weight]
    if not weighed:
        return phrase("no line has a weight")
    return phrases(
        "no points for the only line",
        "no points for {count} of {all} lines, all are needed",
        len(weighed),
        count=sum(line.points is None for line in weighed),
        all=len(weighed),
    )


def _cap(line: ScoreLine, card: Scorecard, space: Workspace) -> float:
    """Up to which attainment a line counts: its own option, else the setting (R037)."""
    role = space.roles.get(line.role or card.role)
    own = next((one for one in role.lines if one.metric == line.metric), None) if role else None
    setting = space.number("attainment_cap", CAP)
    return own.options.get("cap", setting) if own else setting


def balance(card: Scorecard) -> Word:
    """`Balance 60 % absolute · 40 % ratio · balanced`, as shares of the weight (R073–R076)."""
    if card.balance.absolute_share is None:
        return balance_verdict(card)
    absolute = round(card.balance.absolute_share, 3)  # the other is the rest of it: what is shown sums to 100 %
    digits = 0 if math.isclose(absolute, round(absolute, 2)) else 1
    return phrase(
        "Balance {absolute} absolute · {ratio} ratio · {verdict}",
        absolute=Quantity(absolute, "percent", digits=digits),
        ratio=Quantity(1 - absolute, "percent", digits=digits),
        verdict=term(BALANCES, card.balance.verdict),
    )


def lengths(card: Scorecard) -> Word:
    """That a month of weeks is compared with one of more or fewer; "" where both are as long, and for other months."""
    now, before = card.period, card.period.previous()
    if not now.calendar.in_weeks or now.days == before.days:
        return ""
    return phrase(
        "Changes are against {before}, which has {weeks} weeks; {period} has {own}.",
        before=before.id,
        weeks=before.days // 7,
        period=now.id,
        own=now.days // 7,
    )


def balance_verdict(card: Scorecard) -> Word:
    """The same in fewer words."""
    return phrase("Balance: {verdict}", verdict=term(BALANCES, card.balance.verdict))
