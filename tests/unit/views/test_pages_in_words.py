"""What a page leaves out is counted, and what has a name is called by it."""

from __future__ import annotations

from types import SimpleNamespace

from kpi_tui.book.breakdowns import Breakdowns
from kpi_tui.definitions.answers.basket import Rule, TopList
from kpi_tui.definitions.answers.cohort import Cohort, CohortTable
from kpi_tui.definitions.answers.page import PageAnswer, ScoresFound, SectionAnswer
from kpi_tui.definitions.answers.value import Value
from kpi_tui.definitions.library.analysis_parts import ScoresPart, TopPart
from kpi_tui.definitions.library.page import BreakdownPart, Page, PartColumn, Section
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.text import Text
from kpi_tui.text.phrase import translate
from kpi_tui.views.causes.cohort import cohort_curve
from kpi_tui.views.goods.top import top_section
from kpi_tui.views.names import column_name, segment_word, step_title
from kpi_tui.views.page.page import page

MONTH = Period.parse("2026-10")
SPACE = SimpleNamespace(
    facts={},
    measures={},
    metrics={},
    schemas={
        "users": SimpleNamespace(name=Text(), columns={"channel_id": SimpleNamespace(called=Text("Channel", "渠道"))})
    },
    funnels={"buy": SimpleNamespace(steps=(SimpleNamespace(name="pay", title=Text("Payment", "支付")),))},
)


def test_columns_steps_and_rows_without_a_value_have_names() -> None:
    assert column_name(SPACE, "channel_id").zh == column_name(SPACE, "users.channel_id").zh == "渠道"
    assert column_name(SPACE, "colour") == Text("colour")
    assert step_title(SPACE, "buy", "pay").zh == "支付" and step_title(SPACE, "buy", "look") == Text("look")
    assert translate(segment_word("(none)")) == "(none)" and segment_word("web") == "web"


def test_a_pair_of_one_basket_is_chance_and_not_listed() -> None:
    pulls = (Rule(("a",), "b", 1, 1, 1, 9), Rule(("c",), "d", 2, 3, 2, 9))
    shown = top_section(TopPart(form="pulls"), TopList("units", MONTH, (), pulls), SPACE)
    assert [row.key for row in shown.rows] == ["c d"]
    assert "1 pair of one basket alone left out" in " ".join(translate(note.word) for note in shown.notes)


def test_a_page_of_scores_without_roles_says_so() -> None:
    """`page people` of a shop without posts was a heading above nothing."""
    roles = Section("roles", "scores", Text("Roles", "岗位"), ScoresPart())
    answer = PageAnswer(
        Page("people", Text("People", "团队"), (roles,)), MONTH, (SectionAnswer(roles, ScoresFound(())),)
    )
    space = SimpleNamespace(metrics={}, measures={}, schemas={}, facts={}, tables={})
    (sheet,) = page(answer, space).sheets
    assert "nobody is scored yet" in translate(sheet.notes[0].word)


def test_a_curve_without_any_cohort_says_why() -> None:
    (note,) = cohort_curve(
        CohortTable((Cohort(MONTH, None, (None,), "no rows"),), together=(None,), counted=(0.0,))
    ).notes
    assert translate(note.word) == "◌ no rows"


def test_a_long_list_leaves_out_what_is_0_and_signals_nothing_about_the_total() -> None:
    """The whole is 5, all of it of one segment; two others have nothing."""
    found = [
        Value("sold", MONTH, number, segment=name) for name, number in ((None, 5.0), ("a", 5.0), ("b", 0.0), ("c", 0.0))
    ]
    said = SimpleNamespace(says=Text("restock", "补货"), op="<", periods=1)
    numbers = SimpleNamespace(
        values=lambda *_a, **_k: found,
        signals=lambda values, **_k: [(said,) for _one in values],
        called=lambda _by, ids: [*ids],
    )
    part = BreakdownPart("sku_id", (PartColumn("sold", metric="sold", signals=True),), sort="sold", most=10)
    answer = Breakdowns(SimpleNamespace(), numbers, SimpleNamespace()).of(part, MONTH)
    assert [(row.segment, len(row.signals)) for row in answer.rows] == [(None, 0), ("a", 1)]
    assert (answer.more, answer.nothing) == (0, 2)
