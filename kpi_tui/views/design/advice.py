"""What a principle says, at the line it is about: a mark, the sentence with names for ids, and the way to mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kpi_tui.definitions.answers.design.advice import Advice
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.message import Message
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.i18n import N_
from kpi_tui.text.phrase import Word, joined, phrase
from kpi_tui.text.terms import DIMENSIONS, LIFE_STAGES, STAGES
from kpi_tui.views.cells import TextCell, Tone, text
from kpi_tui.views.names import metric_name
from kpi_tui.views.reasons import known
from kpi_tui.views.record import Record, record
from kpi_tui.views.view import Sentence

WARNED, HINTED = "!", "○"
UNANSWERED = "R014"
_TONES: Mapping[Severity, Tone] = {Severity.ERROR: "weak", Severity.WARNING: "near", Severity.HINT: "muted"}
PRINCIPLES = {
    "life_cycle": N_("Fits the user life cycle?"),
    "post": N_("Fits what it decides?"),
    "read": N_("Can it read the data?"),
    "understood": N_("Understood by others?"),
    "easy": N_("Is the data easy to get?"),
}
"""The five principles as questions (R014, R024–R028)."""


def mark(found: Iterable[Advice]) -> TextCell:
    """`!` where a principle is broken, `○` where there is only advice, else blank."""
    kinds = [one.severity for one in found]
    worst = min(kinds, key=list(Severity).index, default=None)
    return text("" if worst is None else HINTED if worst is Severity.HINT else WARNED, _TONES.get(worst, ""))  # type: ignore[arg-type]


def told(found: Iterable[Advice], space: Workspace) -> tuple[Sentence, ...]:
    """A sentence for each, the heaviest first."""
    heaviest = sorted(found, key=lambda one: list(Severity).index(one.severity))
    writes = phrase("e writes it")
    return tuple(
        Sentence(said(one, space), _TONES[one.severity], one.about, writes if one.code == UNANSWERED else "")
        for one in heaviest
    )


def said(one: Advice, space: Workspace) -> Word:
    """`! Promotion: … → …`; of the plan, and of what is not answered, the sentence alone."""
    sign = HINTED if one.severity is Severity.HINT else WARNED
    whose = space.roles[one.role].name if one.role in space.roles else ""
    sentence = joined(whose, _unanswered(one) or named(one.message, space), between=": ")
    mend = "" if one.code == UNANSWERED or not one.role else named(one.hint, space)
    return joined(joined(sign, sentence, between=" "), mend, between=" → ")


def _unanswered(one: Advice) -> Word:
    """The question that waits for an answer; empty for any other advice."""
    if one.code != UNANSWERED:
        return ""
    asked = one.about.removeprefix("principles.")
    return (
        phrase("not answered yet: {question}", question=known(PRINCIPLES[asked]))
        if asked in PRINCIPLES
        else phrase("nothing says yet what the post is for")
    )


def named(message: str, space: Workspace) -> Word:
    """The sentence with the names of metrics and stages where it holds their ids."""
    if not isinstance(message, Message):
        return message
    return message.with_values({key: _name(value, space) for key, value in message.values.items()})


def _name(value: object, space: Workspace) -> object:
    if isinstance(value, Message):
        return named(value, space)
    if not isinstance(value, str):
        return value
    for terms in (STAGES, DIMENSIONS, LIFE_STAGES):
        if value in terms:
            return Message(terms[value], {})
    ids = value.split(", ")
    if not all(id_ in space.metrics for id_ in ids):
        return value
    first, *others = (metric_name(space, id_) for id_ in ids)
    told_: object = first
    for other in others:
        told_ = Message("{left}, {right}", {"left": told_, "right": other})
    return told_


def advice_data(found: Iterable[Advice]) -> list[Record]:
    """The JSON of what is said."""
    return [record(one, "severity", "code", "role", "about", "message", "hint") for one in found]
