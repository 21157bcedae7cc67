"""What a role lacks of the preset it was made of: told where it is designed, and as a hint once it is live (R035)."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest

from kpi_tui.definitions.answers.design.preset_gap import PresetGap
from kpi_tui.definitions.issue import Severity
from kpi_tui.definitions.period import Period
from kpi_tui.text.phrase import translate
from kpi_tui.views.design.posts import PostRow, post_advice
from tests.workspaces import Shop, orders

ROLE = """[roles.content]
name = "Content"
preset = "roles_000"
[[roles.content.lines]]
metric = "buyers"
weight = 100
"""
SAID = "has become live: its preset has that line"
OCTOBER = Period.parse("2026-10")


@pytest.fixture
def shop(tmp_path: Path) -> Shop:
    """The content role of 000 has three weighted lines: sales, conversion and readers of content; here it has none."""
    made = Shop(tmp_path / "shop").has("orders", orders(("o1", "u1", "2026-10-03 10:00:00", 100)))
    return made.defines("roles/content.toml", ROLE)


def test_what_the_data_do_not_allow_is_told_in_design_and_no_hint_of_check(shop: Shop) -> None:
    with closing(shop.book(draft=False)) as book:
        assert not [issue for issue in book.data.check() if issue.code == "R035"]
        state = book.design.state(book.workspace, book.design.facts(book.workspace, OCTOBER))
        assert [gap.metric for gap in state.gaps] == ["content_gmv", "content_conversion_rate", "content_readers"]
        assert all(gap.lack for gap in state.gaps)
        said = [translate(one.word) for one in post_advice(PostRow("role", "content", "lines"), book.workspace, state)]
        assert said[-1] == (
            "○ left out of five posts (table 000), for the data lack them: "
            "Content-driven sales, Content conversion rate, Content readers (needs the table events)"
        )


def test_a_line_that_has_become_live_is_a_hint_until_the_role_has_it_or_is_of_no_preset(shop: Shop) -> None:
    events = [
        {
            "event_id": "e1",
            "visitor_id": "v1",
            "user_id": "u1",
            "event": "read",
            "ts": "2026-10-03 09:00:00",
            "content_id": "c1",
        }
    ]
    shop.has("events", events)
    with closing(shop.book(draft=False)) as book:
        (hint,) = [issue for issue in book.data.check() if issue.code == "R035"]
        assert hint.severity is Severity.HINT
        assert str(hint.message) == f"role content: content_readers {SAID}"
        space = book.workspace
        state = book.design.state(space, book.design.facts(space, OCTOBER))
        assert PresetGap("content", "content_readers", "") in state.gaps
        assert any(SAID in str(one.message) for one in state.of_role("content"))
    held = ROLE + '[[roles.content.lines]]\nmetric = "content_readers"\nweight = 0\n'
    for mended in (held, ROLE.replace('preset = "roles_000"\n', "")):
        shop.defines("roles/content.toml", mended)
        with closing(shop.book(draft=False)) as book:
            assert not [issue for issue in book.data.check() if issue.code == "R035"]


@pytest.mark.parametrize(
    ("preset", "said"),
    [("roles_00", "there is no preset 'roles_00'"), ("team_growth", "its preset 'team_growth' has no such role")],
)
def test_a_preset_that_is_none_is_named(shop: Shop, preset: str, said: str) -> None:
    shop.defines("roles/content.toml", ROLE.replace("roles_000", preset))
    with closing(shop.book(draft=False)) as book:
        (found,) = [issue for issue in book.data.check() if issue.code == "R035"]
        assert (found.severity, str(found.message)) == (Severity.WARNING, f"role content: {said}")
