"""Hand-written TOML keeps its comments, order and form when the program changes a key of it."""

from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kpi_tui.definitions.issue import UsageError
from kpi_tui.workspace.definition_edits.rewritten import rewritten

HAND = """\
# our roles, agreed in the spring meeting
[roles.ops]   # operations
name = { en = "Operations", zh = "运营" }  # both languages
duty = '''
keeps users
active'''
principles.post = "owns the coupons"   # dotted keys
principles."easy" = 'only orders'

[[roles.ops.lines]]
metric = "dau"        # everyday use
weight = 40           # was 30 in 2025

[[roles.ops.lines]]
weight = 60
metric = "aov"

# the inline one
[roles.data]
name = "Data"
lines = [
  { metric = "dau", weight = 50 },   # first
  { metric = "wau", weight = 50 },   # second
]
"""


def said(change) -> dict:
    data = tomllib.loads(HAND)
    change(data["roles"])
    return data


def changed_lines(made: bytes) -> list[tuple[str, str]]:
    """The lines that differ, where none was added or removed."""
    before, after = HAND.splitlines(), made.decode().splitlines()
    assert len(before) == len(after)
    return [pair for pair in zip(before, after, strict=True) if pair[0] != pair[1]]


def test_a_weight_changes_and_nothing_else_does() -> None:
    made = rewritten(HAND.encode(), said(lambda roles: roles["ops"]["lines"][0].update(weight=35)), "x")
    assert changed_lines(made) == [("weight = 40           # was 30 in 2025", "weight = 35           # was 30 in 2025")]


def test_a_weight_in_an_inline_table_changes_and_the_comments_of_the_list_stay() -> None:
    made = rewritten(HAND.encode(), said(lambda roles: roles["data"]["lines"][1].update(weight=50.5)), "x")
    assert changed_lines(made) == [
        ('  { metric = "wau", weight = 50 },   # second', '  { metric = "wau", weight = 50.5 },   # second')
    ]


def test_dotted_keys_texts_and_quotes_keep_their_form() -> None:
    def change(roles) -> None:
        roles["ops"]["principles"]["post"] = "owns messages"
        roles["ops"]["name"] = {"en": "Ops", "zh": "运营"}

    made = rewritten(HAND.encode(), said(change), "x")
    assert changed_lines(made) == [
        (
            'name = { en = "Operations", zh = "运营" }  # both languages',
            'name = { en = "Ops", zh = "运营" }  # both languages',
        ),
        ('principles.post = "owns the coupons"   # dotted keys', 'principles.post = "owns messages"   # dotted keys'),
    ]


def test_a_later_form_is_added_below_its_role_and_read_as_it_is_meant() -> None:
    lines = [{"metric": "dau", "weight": 70}, {"metric": "aov", "weight": 30}]
    wanted = said(lambda roles: roles["ops"].update(versions=[{"from": "2026-11", "lines": lines}]))
    made = rewritten(HAND.encode(), wanted, "x").decode()
    assert tomllib.loads(made) == wanted
    added = """\
[[roles.ops.versions]]
from = "2026-11"
lines = [
  { metric = "dau", weight = 70 },
  { metric = "aov", weight = 30 },
]
"""
    assert made.replace(added, "").replace("\n\n\n", "\n\n") == HAND


def test_a_form_in_the_middle_of_a_file_stands_between_empty_lines() -> None:
    before = '[people.ann]\nname = "Ann"\nroles = ["a"]\n\n[people.bo]   # second\nname = "Bo"\nroles = ["b"]\n'
    wanted = tomllib.loads(before)
    wanted["people"]["ann"]["versions"] = [{"from": "2026-11", "roles": ["b"]}]
    made = rewritten(before.encode(), wanted, "people.toml").decode()
    added = '[[people.ann.versions]]\nfrom = "2026-11"\nroles = ["b"]\n\n'
    assert made == before.replace("[people.bo]", added + "[people.bo]")


def test_a_line_that_goes_takes_its_comment_along_and_leaves_the_others() -> None:
    made = rewritten(HAND.encode(), said(lambda roles: roles["ops"]["lines"].pop(0)), "x").decode()
    assert "everyday use" not in made
    for comment in ("spring meeting", "# operations", "# both languages", "# the inline one", "# first"):
        assert comment in made


def test_line_ends_of_windows_and_a_byte_order_mark_stay() -> None:
    before = b"\xef\xbb\xbf" + HAND.replace("\n", "\r\n").encode()
    wanted = said(lambda roles: roles["data"].update(versions=[{"from": "2026-11", "aim": "revenue"}]))
    made = rewritten(before, wanted, "x")
    assert made.startswith(b"\xef\xbb\xbf# our roles")
    assert b"\n" not in made.replace(b"\r\n", b"")
    assert tomllib.loads(made.decode("utf-8-sig")) == wanted


def test_a_file_that_is_not_there_is_written_so_that_people_can_read_it() -> None:
    wanted = {
        "roles": {
            "new": {
                "name": {"en": "New", "zh": "新"},
                "principles": {"easy": "yes"},
                "lines": [{"metric": "dau", "weight": 100, "options": {"cap": 1.5}}],
            }
        }
    }
    assert rewritten(b"", wanted, "roles/new.toml").decode() == (
        "[roles.new]\n"
        'name = { en = "New", zh = "新" }\n'
        'lines = [{ metric = "dau", weight = 100, options = { cap = 1.5 } }]\n'
        "\n"
        "[roles.new.principles]\n"
        'easy = "yes"\n'
    )


def test_a_file_that_would_grow_too_large_is_refused_by_its_name() -> None:
    wanted = said(lambda roles: roles["ops"].update(duty="x" * 300_000))
    with pytest.raises(UsageError, match=r"roles/ops\.toml would exceed 256 KB"):
        rewritten(HAND.encode(), wanted, "roles/ops.toml")


def test_tables_out_of_order_are_changed_or_refused_never_spoilt() -> None:
    """A table that goes on below another one: whatever comes of it says what is wished, or nothing is written."""
    before = (
        '[roles.a]\nname = "A"\n\n[roles.b]\nname = "B" # b\n\n[[roles.a.lines]]\nmetric = "dau" # d\nweight = 100\n'
    )
    wanted = tomllib.loads(before)
    wanted["roles"]["a"]["lines"][0]["weight"] = 60
    wanted["roles"]["a"]["lines"].append({"metric": "wau", "weight": 40})
    wanted["roles"]["b"]["name"] = "C"
    made = rewritten(before.encode(), wanted, "x").decode()
    assert tomllib.loads(made) == wanted
    assert "# b" in made
    assert "# d" in made


METRICS = st.lists(st.sampled_from(["dau", "aov", "wau", "mau", "gmv"]), unique=True, max_size=5)
LINES = METRICS.flatmap(
    lambda names: st.tuples(
        *(
            st.fixed_dictionaries(
                {"metric": st.just(name), "weight": st.integers(0, 100)},
                optional={"method": st.sampled_from(["ratio", "steps"]), "steps": st.just([[0.8, 0.5], [1.0, 1.0]])},
            )
            for name in names
        )
    ).map(list)
)
ROLE = st.fixed_dictionaries(
    {"name": st.text(max_size=8)},
    optional={
        "lines": LINES,
        "duty": st.fixed_dictionaries({"en": st.text(max_size=8), "zh": st.text(max_size=8)}),
        "versions": st.lists(st.sampled_from(["2026-10", "2026-11", "2027"]), unique=True, max_size=3).flatmap(
            lambda periods: st.tuples(
                *(
                    st.fixed_dictionaries({"from": st.just(one)}, optional={"lines": LINES, "gone": st.booleans()})
                    for one in periods
                )
            ).map(list)
        ),
        "principles": st.dictionaries(st.sampled_from(["post", "easy", "a b"]), st.text(max_size=5), max_size=3),
    },
)


def without_empty(data):
    """Empty tables say nothing, and may go."""
    if isinstance(data, dict):
        return {key: kept for key, value in data.items() if (kept := without_empty(value)) != {}}
    return [without_empty(value) for value in data] if isinstance(data, list) else data


@given(st.lists(st.dictionaries(st.sampled_from(["ops", "data", "新岗"]), ROLE, max_size=3), min_size=1, max_size=4))
def test_a_file_follows_whatever_is_wished_step_by_step(steps) -> None:
    """Starting from a hand-written file: the data are always what was wished, and nothing else (read by tomllib)."""
    made = HAND.encode()
    for roles in steps:
        made = rewritten(made, {"roles": roles}, "x")
        assert without_empty(tomllib.loads(made.decode())) == without_empty({"roles": roles})
    assert made.startswith(b"# our roles, agreed in the spring meeting\n")


NOTED = """\
[roles.ops]
name = "Operations"

# what counts most
[[roles.ops.lines]]   # first
metric = "dau"
weight = 40 # was 30

# agreed with finance
[[roles.ops.lines]]
metric = "aov"
weight = 35
options = { cap = 1.5 }

# new this year
[[roles.ops.lines]]
metric = "wau"
weight = 25

# the other post
[roles.data]
name = "Data"
lines = [
  { metric = "dau", weight = 50 },   # first
  # agreed later
  { metric = "wau", weight = 50 } # second
]
"""


def in_order(role: str, *places: int) -> str:
    """The file with the lines of a role in another order; what is not named goes."""
    data = tomllib.loads(NOTED)
    lines = data["roles"][role]["lines"]
    data["roles"][role]["lines"] = [lines[place] for place in places]
    made = rewritten(NOTED.encode(), data, "roles/own.toml").decode()
    assert tomllib.loads(made) == data
    return made


def test_lines_in_another_order_take_the_comments_above_them_and_on_their_rows_along() -> None:
    made = in_order("ops", 2, 0, 1)
    assert made.partition("# the other post")[0] == (
        '[roles.ops]\nname = "Operations"\n\n# what counts most\n# new this year\n'
        '[[roles.ops.lines]]\nmetric = "wau"\nweight = 25\n\n'
        '[[roles.ops.lines]]   # first\nmetric = "dau"\nweight = 40 # was 30\n\n'
        '# agreed with finance\n[[roles.ops.lines]]\nmetric = "aov"\nweight = 35\noptions = { cap = 1.5 }\n\n'
    )
    assert made.partition("# the other post")[2] == NOTED.partition("# the other post")[2], "not a letter of the rest"


def test_inline_lines_in_another_order_keep_theirs_too() -> None:
    assert in_order("data", 1, 0).partition("lines = [\n")[2].split("lines = [\n")[-1] == (
        '  # agreed later\n  { metric = "wau", weight = 50 }, # second\n'
        '  { metric = "dau", weight = 50 },   # first\n]\n'
    )


def test_a_line_that_goes_takes_its_own_comment_along_and_leaves_that_of_the_next() -> None:
    made = in_order("ops", 0, 2)
    assert "agreed with finance" not in made
    assert '# new this year\n[[roles.ops.lines]]\nmetric = "wau"' in made
