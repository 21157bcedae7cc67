"""`events.value` is money where the event says so: seconds have no currency. A dollar is 7 yuan from 1 March on."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kpi_tui.definitions.answers.value import Value
from tests.workspaces import Row, Shop

LAST = "2026-03-31"
OWN = "".join(
    f"""
[measures.m_{word}]
table = "events"
agg = "sum"
column = "value"
where = "event = '{word}'"
time = "ts"
about = "own"
[metrics.{word}]
name = "{word}"
category = "revenue"
kind = "ratio"
formula = "m_{word}"
unit = "ratio"
better = "higher"
grains = ["month"]
"""
    for word in ("tip", "video_play", "deposit")
)


def shop(root: Path, *rows: tuple[str, float, str], rated: bool = True, **source: Any) -> Shop:
    """Events of (word, value, currency) from 1 March on, a day each."""
    cells: list[Row] = [
        {
            "event_id": f"e{n}",
            "ts": f"2026-03-0{n + 1} 10:00",
            "user_id": "u",
            "event": word,
            "value": value,
            "币种": code,
        }
        for n, (word, value, code) in enumerate(rows)
    ]
    made = Shop(root / "ws").has("events", cells, complete_until=LAST, **source).says(as_of=LAST, currency="CNY")
    (root / "ws" / "rates.csv").write_text("currency,day,rate\nUSD,2026-03-01,7\n", encoding="utf-8")
    made.says(rates={"path": "rates.csv"}) if rated else None
    return made.defines("metrics/own.toml", OWN)


def asked(made: Shop, metric: str) -> Value:
    return made.value(metric, "2026-03")


ROWS = (("tip", 10.0, "USD"), ("tip", 1.0, "CNY"), ("video_play", 60.0, "USD"), ("video_play", 30.0, "CNY"))


def test_tips_are_counted_by_the_rate_and_seconds_are_not(tmp_path: Path) -> None:
    """10 × 7 + 1 = 71 yuan; 60 + 30 = 90 seconds, by the shipped metric and an own one."""
    made = shop(tmp_path, *ROWS)
    assert asked(made, "tip").value == 71
    assert asked(made, "video_play").value == 90 and not asked(made, "video_play").notes


def test_without_rates_tips_of_two_currencies_have_no_sum_and_seconds_have(tmp_path: Path) -> None:
    made = shop(tmp_path, *ROWS, rated=False)
    assert asked(made, "tip").value is None
    assert asked(made, "video_play").value == 90


def test_seconds_alone_are_in_no_currency(tmp_path: Path) -> None:
    made = shop(tmp_path, *ROWS[2:], rated=False)
    assert asked(made, "video_play").value == 90
    assert not [one for one in made.book().data.check() if "never added up" in one.message]


def test_a_word_nobody_knows_is_unknown_abroad_and_asked_about(tmp_path: Path) -> None:
    """A deposit of 5 dollars or points, and 2 at home: 2 of them are known until its word is an amount or none."""
    rows = (*ROWS, ("deposit", 5.0, "USD"), ("deposit", 2.0, "CNY"))
    made = shop(tmp_path / "a", *rows)
    value = asked(made, "deposit")
    said = "value of 1 row in another currency is unknown: an amount or not? (deposit (1))"
    assert value.value == 2 and any(said in note for note in value.notes), value.notes
    assert any("1 of 2 rows has no amount" in note for note in value.notes)
    (issue,) = [one for one in made.book().data.check() if one.code == "amounts-or-not"]
    assert said in issue.message and 'money = { value = ["tip", "packet_claim", "packet_use"] }' in issue.hint


@pytest.mark.parametrize(
    ("money", "deposit", "seconds"),
    [(["tip", "deposit"], 37, 90), (["tip"], 7, 90), (False, 7, 90), (True, 37, 450)],
)
def test_a_workspace_says_which_words_are_amounts(
    money: object, deposit: float, seconds: float, tmp_path: Path
) -> None:
    """5 × 7 + 2 = 37 where deposits are money, 5 + 2 = 7 where not; all of them money: 60 × 7 + 30 = 450."""
    rows = (*ROWS, ("deposit", 5.0, "USD"), ("deposit", 2.0, "CNY"))
    made = shop(tmp_path, *rows, money={"value": money})
    assert [asked(made, name).value for name in ("deposit", "video_play")] == [deposit, seconds]
    assert not asked(made, "deposit").notes


def test_words_where_no_word_tells_amounts_apart_are_refused(tmp_path: Path) -> None:
    messages = [one.message for one in shop(tmp_path, *ROWS, money={"fee": ["tip"]}).book().data.check()]
    assert any("no column of words says where fee is an amount" in message for message in messages), messages
