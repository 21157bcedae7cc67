"""What would hang a parser or an engine is refused with a sentence, at once."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from functools import partial

import pytest

from kpi_tui.sql import guard
from kpi_tui.sql.parse_deadline import ParsedTooLongError, parse_deadline


def nested(template: str, leaf: str, times: int) -> str:
    """`template` with itself in the place of {x}, and `leaf` innermost."""
    for _ in range(times):
        leaf = template.replace("{x}", leaf)
    return leaf


BETWEEN, NULLIF = "{x} between 1 and 5", "nullif({x}, 1)"
MIXED = "nullif(length(split_part(cast({x} between 1 and 5 as varchar), 'a', 1)), 3)"


@pytest.mark.parametrize(
    "sql",
    [
        *(nested(BETWEEN, "x", times) for times in (6, 16, 40)),
        nested("({x} between 1 and 5)", "x", 16),
        nested("{x} not between 1 and 5", "x", 16),
        nested(NULLIF, "x", 18),
        nested("split_part({x}, 'a', 1)", "s", 12),
        nested("datediff('day', t, {x})", "t", 12),
        nested(MIXED, "x", 3),
    ],
)
def test_what_polars_plans_twice_is_not_nested_deep(sql: str) -> None:
    with pytest.raises(guard.FragmentError, match="inside its like more than 5 times"):
        guard.expression(sql)


@pytest.mark.parametrize(
    "sql",
    [nested(BETWEEN, "x", 5), nested(NULLIF, "x", 5), " or ".join(f"x between {n} and {n + 1}" for n in range(40))],
)
def test_a_few_of_them_or_many_beside_each_other_may_be(sql: str) -> None:
    assert guard.expression(sql).sql == sql


@pytest.mark.parametrize(
    "pad", ["rpad(s, 2000000000, 'x')", "lpad(s, 10001, ' ')", "lpad(s, x, '0')", "rpad(s, x * 9, '0')"]
)
def test_a_text_of_any_length_is_not_made(pad: str) -> None:
    with pytest.raises(guard.FragmentError, match="write a number up to 10000"):
        guard.expression(pad)


def grown(last: str) -> str:
    """Subqueries a, b … each of which doubles the text of the one before."""
    names = "abcdefghijkl"[: ord(last) - ord("a") + 1]
    pairs = zip(("orders", *names), names, strict=False)
    ctes = ", ".join(f"{after} as (select concat(s, s) as s from {before})" for before, after in pairs)
    return f"with {ctes} select s from {last}"


@pytest.mark.parametrize(
    "sql",
    [
        nested("replace({x}, 'o', 'oooooooo')", "s", 4),  # 8 ** 4 = 4,096 times as long
        nested("replace({x}, 'o', 'oooooooo')", "s", 31),  # at once
        nested("replace({x}, 'o', '" + "o" * 50 + "')", "s", 2),
        nested("replace({x}, 'o', s)", "s", 2),
        nested("regexp_replace({x}, '.', 'aaaaaaaaa')", "s", 4),
        nested("replace(rpad({x}, 10000, 'o'), 'o', 'oooooooooooo')", "s", 1) + " || s",
    ],
)
def test_a_text_that_grows_with_every_level_is_refused(sql: str) -> None:
    with pytest.raises(guard.FragmentError, match="may grow to more than 100000 characters"):
        guard.expression(sql)


def test_a_text_that_grows_from_one_subquery_to_the_next_is_refused() -> None:
    """Twelve times doubled: 4,096 times as long; six times is 64."""
    with pytest.raises(guard.FragmentError, match="may grow to more than 100000 characters"):
        guard.query(grown("l"))
    assert guard.query(grown("f"))


@pytest.mark.parametrize(
    "sql",
    [
        nested("replace({x}, ' ', '')", "s", 20),
        nested("regexp_replace({x}, '[^0-9]', '')", "s", 8),
        "replace(replace(replace(s, '¥', 'CNY'), '$', 'USD'), '€', 'EUR')",
        "concat(s, '-', t, '-', u, '-', v) || '/' || w",
        "replace(concat(s, '{}'), '{}', t)",
        "lpad(s, 12, '0') || lpad(t, 12, '0')",
    ],
)
def test_texts_as_mappings_make_them_may_be(sql: str) -> None:
    assert guard.expression(sql).sql == sql


@pytest.mark.parametrize("sql", ["substr(s, 2, 'text')", "substr(s, 'text')", "substring(s, 'a', 2)"])
def test_a_text_as_a_place_or_a_length_is_refused(sql: str) -> None:
    """Nested, it kept polars planning for ever; no engine knows what it means."""
    with pytest.raises(guard.FragmentError, match="whole numbers after the text"):
        guard.expression(sql)


@pytest.mark.parametrize("name", ["ceil", "floor"])
def test_whole_numbers_have_no_decimals(name: str) -> None:
    with pytest.raises(guard.FragmentError, match="takes one number"):
        guard.expression(nested(f"{name}(2, {{x}})", "x", 14))


def test_a_text_is_padded_as_far_as_ids_are_long() -> None:
    assert guard.expression("lpad(s, 12, '0')").columns == ("s",)


@pytest.mark.parametrize("joins", [1, 3, 18, 60])
@pytest.mark.parametrize("kind", ["join", "left join", "inner join"])
def test_joins_without_on_never_reach_the_parser(joins: int, kind: str) -> None:
    """sqlglot took 12 s for 16 of them."""
    started = time.thread_time()
    with pytest.raises(guard.FragmentError, match="a JOIN without ON"):
        guard.query(
            f"select a.x from t a {f'{kind} t ' * joins} b on a.x = b.x"
            if joins > 1
            else f"select a.x from t a {kind} t"
        )
    with pytest.raises(guard.FragmentError, match="a JOIN without ON"):
        guard.query(f"select x from (select a.x from t a {f'{kind} t ' * joins}) s join t on s.x = t.x")
    assert time.thread_time() - started < 1


@pytest.mark.parametrize(
    "sql",
    [
        "select a.x from t a join u b on a.x = b.x left join v using (x)",
        "select a.x from t a join (select x from u join v using (x)) b on a.x = b.x",
        "select a.x from t a cross join u",
        "select a.x from t a natural join u",
        "select a.x from t a join (u b join v c on b.x = c.x) on a.x = b.x",
        "select 'a join b' as x from t",
        "select x -- we join u later\nfrom t",
        "select x /* join u\nand join v */ from t",
    ],
)
def test_joins_that_say_where_rows_meet_pass(sql: str) -> None:
    assert guard.query(sql).sql == sql


def test_a_parser_that_does_not_end_is_interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nested struct types: 2 ** n steps of sqlglot; no list of shapes is complete."""
    monkeypatch.setattr(guard, "parse_deadline", partial(parse_deadline, 0.3))  # nobody waits 3 s for it
    started = time.monotonic()
    with pytest.raises(guard.FragmentError, match="takes too long"):
        guard.expression("x::" + "decimal(" * 40 + "1" + ")" * 40)
    assert time.monotonic() - started < 30  # as long as a busy machine makes it


def test_an_interruption_that_got_lost_comes_again() -> None:
    """Raised inside a collection of garbage, Python only reports it, and the parser went on for ever."""
    lost = False
    with pytest.raises(ParsedTooLongError), parse_deadline(0.0):
        while True:
            try:
                time.sleep(0.01)
            except ParsedTooLongError:
                if lost:
                    raise
                lost = True


def test_nothing_is_raised_after_the_deadline_was_left() -> None:
    for _ in range(50):
        with parse_deadline(0.0):
            pass
    time.sleep(0.6)


def test_the_deadline_is_of_its_own_thread() -> None:
    ended: list[str] = []

    def endless() -> None:
        try:
            with parse_deadline(0.1):
                while True:
                    sum(range(100))
        except ParsedTooLongError:
            ended.append("interrupted")

    thread = threading.Thread(target=endless)
    thread.start()
    with parse_deadline(60):
        thread.join(30)
    assert ended == ["interrupted"]


@pytest.mark.parametrize("sign", [" + a", " || a", " or a = 1", " and a = 1", "::varchar", " is null"])
def test_long_chains_are_a_sentence(sign: str) -> None:
    """Each is short and has no bracket: whoever rewrites it ran out of stack."""
    with pytest.raises(guard.FragmentError, match="nested or chained too deeply; make a column of an inner part"):
        guard.expression("a = 1" + sign * 600)


@pytest.mark.parametrize(
    ("sql", "said"),
    [
        ('cast(a as "x y") > 1', "there is no kind 'x y'; write integer, double"),
        ("cast(a as foo) > 1", "there is no kind 'foo'; write integer, double"),
        ("cast(a as decimal(99, 9)) > 1", r"DECIMAL\(99, 9\): a decimal has 1 to 38 digits"),
        ("cast(a as decimal(5, 9)) > 1", r"DECIMAL\(5, 9\): a decimal has 1 to 38 digits"),
    ],
)
def test_kinds_that_no_engine_has_are_a_sentence(sql: str, said: str) -> None:
    """As a `--where` they ended the command: read again it was no SQL, computed it was a panic on the screen."""
    with pytest.raises(guard.FragmentError, match=said):
        guard.row_condition(sql)
    guard.row_condition("cast(a as decimal(38, 2)) > cast(b as decimal) and cast(c as hugeint) > 1")


AFTER = """
import sys
from kpi_tui.sql.parse_deadline import ParsedTooLongError, parse_deadline
try:
    with parse_deadline(0.1):
        while True:
            pass
except ParsedTooLongError:
    pass
sys.settrace(lambda *_: None)
(lambda: None)()
print("went on")
"""


def test_after_an_interruption_nothing_waits_in_the_interpreter() -> None:
    """What is taken back by raising nothing leaves its sign: every step looks for it, and a traced call never returns
    (CPython 3.11). Hypothesis traces, and debuggers do."""
    ran = subprocess.run([sys.executable, "-c", AFTER], capture_output=True, text=True, timeout=60, check=False)
    assert (ran.returncode, ran.stdout) == (0, "went on\n")


def test_time_in_which_a_thread_does_not_work_does_not_count() -> None:
    """On a busy machine a condition that had been read was refused when it was read again, with a traceback (fuzz of
    SQL, seed 330416)."""
    with parse_deadline(0.3):
        time.sleep(1.2)


def test_an_interruption_inside_the_tokenizer_is_told_as_what_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    """sqlglot says of it that a quotation mark is not closed."""
    monkeypatch.setattr("sqlglot.tokenizer_core.TokenizerCore._scan", _interrupted)
    with pytest.raises(guard.FragmentError, match="takes too long"):
        guard.expression("a + 17.25")


def _interrupted(_tokenizer: object, *_arguments: object) -> None:
    raise ParsedTooLongError


def test_a_text_that_was_given_up_is_not_tried_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """It was parsed for three seconds at every place where it stood and at every question: a screen took half a
    minute."""
    monkeypatch.setattr(guard, "parse_deadline", partial(parse_deadline, 0.3))
    bomb = "y::" + "decimal(" * 40 + "1" + ")" * 40
    with pytest.raises(guard.FragmentError, match="takes too long"):
        guard.predicate(bomb)
    began = time.thread_time()
    for _ in range(20):
        with pytest.raises(guard.FragmentError, match="takes too long"):
            guard.predicate(bomb)
    assert time.thread_time() - began < 0.3


def test_many_texts_of_the_kind_have_less_time_each() -> None:
    """Twenty different ones in a workspace took a minute: each time one is given up, the next has half of it."""
    began = time.thread_time()
    for n in range(4):
        with pytest.raises(guard.FragmentError, match="takes too long"):
            guard.expression(f"z{n}::" + "decimal(" * 40 + "1" + ")" * 40)
    assert time.thread_time() - began < 9  # 3 + 1.5 + 0.75 + 0.4, each looked at four times a second; it was 12
