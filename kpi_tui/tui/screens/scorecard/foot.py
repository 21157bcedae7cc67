"""What stands below the lines of a scorecard: of the line under the cursor, what everybody knows, bonus, balance."""

from __future__ import annotations

from itertools import pairwise

from textual.content import Content

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.text.clean import clean
from kpi_tui.text.fit import fit, width
from kpi_tui.text.i18n import _
from kpi_tui.text.packed import packed
from kpi_tui.text.phrase import Word, translate
from kpi_tui.text.wrap import line_ends
from kpi_tui.tui.widgets.view_content import both, spoken
from kpi_tui.views.edits.definitions import late_sentences
from kpi_tui.views.scores.score_sentences import balance, balance_verdict
from kpi_tui.views.scores.scorecard import overview, overview_doubts
from kpi_tui.views.view import View

ROOM_FOR_DOUBTS = 32
"""Rows of a terminal from which on every doubt has its own line; in fewer they would stand where the lines do."""

SHORT_OF_ROOM = 70
"""Cells below which what everybody knows shares a line on a low screen too."""


def foot(card: Scorecard, view: View, space: Workspace, room: int, *, low: bool) -> str:
    """Lines of `room` cells; the balance's counts, then the balance leave a short one, and doubts share one if low."""
    known = [clean(translate(word, brief=True)) for word in overview(card, space)]
    doubtful = [clean(translate(word, brief=True)) for word in overview_doubts(card, space)]
    if low and doubtful:
        doubtful = [fit("   ".join(doubtful), room).rstrip()]
    if low and room < SHORT_OF_ROOM:
        known = [fit("   ".join(known), room).rstrip()] if known else []
    late = [clean(translate(word)) for word in late_sentences(card.late, space)]
    if low and late:
        late = _shortened(late, room)
    said = view.sentence("bonus")
    money = spoken(said) if said else ""
    sides = (clean(translate(word)) for word in (balance(card), balance_verdict(card)))
    last = next((f"{money}   {side}" for side in sides if width(f"{money}   {side}") <= room), money)
    return "\n".join(line for line in (*late, packed(known, room), packed(doubtful, room), last) if line)


def told_in(told: str, card: Scorecard, space: Workspace) -> tuple[Word, ...]:
    """The doubts that stand whole in a foot: nothing else need say them again."""
    there = "".join(told.split())
    found = ((word, clean(translate(word, brief=True))) for word in overview_doubts(card, space))
    return tuple(word for word, text in found if "".join(text.split()) in there)


def _shortened(late: list[str], room: int) -> list[str]:
    """The last late change in two lines at most, and how many more there are: `score` and the history tell them."""
    count = len(late) - 1
    more = " " + _("and {count} more: H in Design", count=count) if count else ""
    text = late[-1] + more
    ends = line_ends(text, room)
    if len(ends) < 2:
        return [text[start:end].strip() for start, end in pairwise((0, *ends, len(text)))]
    first, rest = late[-1][: ends[0]].strip(), late[-1][ends[0] :].strip()
    return [first, fit(rest, room - width(more)).rstrip() + more]


def noted(note: View, room: int) -> Content:
    """Name and what there is to know in a line; below it a line of what its number's marks mean, and the definition."""
    tail, *marks, definition = (spoken(sentence) for sentence in note.sentences)
    below = "".join(
        f"\n{line}" for line in (fit("  ".join(marks), max(room, 10)).rstrip() if marks else "", definition) if line
    )
    return Content.assemble((both(note.title), "bold"), (f"  {tail}", ""), (below, "dim"))
