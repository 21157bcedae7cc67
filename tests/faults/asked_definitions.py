"""Funnels, reports, pages, derived tables, metrics and recipes under attack, asked.

usage: python -m tests.faults.asked_definitions [NUMBER …]   (without numbers: all attacks)

A shop of 20,000 orders and 40,000 events in which every condition, or every text for people, is the attack. A child
asks command after command; each must end within `MOST_SECONDS` and `MOST_MEMORY`, with an exit code of its own, without
traceback, unexpected error or control character.
"""

from __future__ import annotations

import io
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import redirect_stderr, redirect_stdout
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import tomli_w

from kpi_tui.text.clean import is_clean
from tests.workspaces import Shop

ROOT = Path(__file__).parents[2]
MOST_SECONDS, MOST_MEMORY = 10.0, 1 << 30
ROWS, USERS, EVENTS = 20_000, 400, 40_000
MOST_SAID = 60_000
"""Characters of one answer: more is an echo of the attack."""
LONG = "L" * 100_000


def nested(template: str, leaf: str, times: int) -> str:
    """`template` with itself in the place of {x}."""
    for _ in range(times):
        leaf = template.replace("{x}", leaf)
    return leaf


CONDITIONS = {
    "cross join": "user_id in (select a.user_id from orders a cross join orders b)",
    "comma join": "user_id in (select a.user_id from orders a, orders b, orders c)",
    "join without on": "user_id in (select a.user_id from orders a join orders b)",
    "join on true": "exists (select 1 from orders a join orders b on true)",
    "join of groups": "user_id in (select a.user_id from (select user_id, row_number() over (order by user_id) n from"
    " orders) a join (select user_id, row_number() over (order by user_id) n from orders) b on a.user_id = b.user_id)",
    "scalar of a join": "1 < (select count(*) from orders a join orders b on a.channel_id = b.channel_id)",
    "rpad": "rpad(user_id, 2000000000, 'x') <> ''",
    "repeat": "repeat(user_id, 1000000000) <> ''",
    "grown text": nested("replace({x}, 'u', 'uuuuuuuuuu')", "user_id", 12) + " <> ''",
    "between": nested("({x} between 1 and 5)", "user_id", 30),
    "casts": "user_id::" + "decimal(" * 40 + "1" + ")" * 40,
    "brackets": "(" * 500 + "1=1" + ")" * 500,
    "sleep": "pg_sleep(1000) is null and sleep(1000) = 0",
    "range": "user_id in (select range from range(10000000000))",
    "series": "1 in (select unnest(generate_series(1, 10000000000)))",
    "recursive": "user_id in (with recursive r as (select 1 n union all select n + 1 from r) select n from r)",
    "passwd": "user_id in (select * from read_csv('/etc/passwd'))",
    "other file": "user_id in (select * from '/etc/passwd')",
    "second statement": "1 = 1; drop table orders",
    "comment": "1 = 1 -- and user_id = 'u1'",
    "regular expression": "regexp_like(user_id, '" + "(a*)*" * 200 + "$')",
    "counted expression": "regexp_like(user_id, '((((a{1,99}){1,99}){1,99}){1,99}){1,99}')",
    "literal": "user_id = '" + "x" * 7_900 + "'",
    "long literal": f"user_id = '{LONG}'",
    "many in": "user_id in (" + ", ".join(f"'{n}'" for n in range(1_200)) + ")",
    "chain of or": " or ".join(f"user_id = 'u{n}'" for n in range(300)),
    "huge number": "9" * 400 + " > length(user_id) and 1e999 > 0",
    "control": "user_id = '\x1b[2J\x1b]0;t\x07\u202e\x9b31m'",
    "odd words": "user_id = [bold]x[/] @click {x!r} {0} %s",
    "division": "1/0 = user_id and cast('x' as int) > 0",
}
"""What a condition of TOML may be that should not be computed, or cannot."""
TEXTS = [
    "\x1b[2J\x1b]0;title\x07\x1b]52;c;aGk=\x07",
    "\x9b31m\x00\x7f\x08\x08 lone",
    "[bold red]x[/] [@click=app.quit]y[/] x[/]y",
    "\u202egpj.exe\u2066 \u200b\u2028\u2029",
    "{name} {0} {x!r:.60} %s %(a)s {{}}",
    "<script>alert(1)</script>]]>",
    '=HYPERLINK("http://example.invalid")',
    LONG,
    "",
    "\n\n\n\t",
]
COMMANDS: tuple[tuple[str, ...], ...] = (
    ("check",),
    ("funnel", "own", "--period", "2026-10"),
    ("funnel", "own", "--period", "2026-10", "--by", "channel_id"),
    ("report", "own", "--period", "2026-10"),
    ("page", "own", "--period", "2026-10"),
    ("values", "own", "of_fact", "--period", "2026-10"),
    ("drivers", "of_fact", "--period", "2026-10", "--by", "channel_id"),
    ("values", "own", "--period", "2026-W41", "--by", "channel_id", "--format", "table"),
    ("explain", "of_fact", "--period", "2026-10", "--format", "table"),
    ("score", "ops", "--period", "2026-10", "--format", "table"),
    ("metrics", "own", "--format", "table"),
    ("tables",),
    ("pack", "--period", "2026-10", "--format", "html"),
)


def shop_of(folder: Path, condition: str, text: str, told: str) -> Path:
    """`condition` in every place of SQL, `text` in every one for people; `told`: what the attack is written as."""
    days = [date(2026, 9, 1) + timedelta(n % 60) for n in range(ROWS)]
    orders = [
        {"order_id": f"o{n}", "user_id": f"u{n % USERS}", "created_at": f"{day} 09:00:00", "paid_at": f"{day} 09:05:00",
             "paid_amount": f"{n % 90}.5", "channel_id": f"c{n % 3}"}
        for n, day in enumerate(days)
    ]  # fmt: skip
    events = [
        {"event_id": f"e{n}", "user_id": f"u{n % USERS}", "ts": f"{days[n % ROWS]} 08:00:00",
             "event": "page_view" if n % 3 else "add_to_cart", "channel_id": f"c{n % 3}"}
        for n in range(EVENTS)
    ]  # fmt: skip
    shop = Shop(folder / "shop").has("orders", orders).has("events", events).says(currency="CNY")
    shop.says(as_of=date(2026, 10, 30))
    for file, content in definitions(condition, text, told).items():
        shop.defines(file, tomli_w.dumps(content))
    shop.book(draft=False)
    return shop.root


def definitions(condition: str, text: str, told: str) -> dict[str, dict[str, Any]]:
    """File -> what it says; all that one metric, funnel, report, page and recipe called `own` needs."""
    both = {"en": text or "x", "zh": text or "x"}
    sql = f"select order_id, paid_at, paid_amount, channel_id, user_id from orders where {condition}"
    steps = [
        {"name": "see", "title": both, "table": "events", "where": condition, "time": "ts"},
        {"name": told, "title": both, "table": "orders", "where": condition, "time": "paid_at", "value": "paid_amount"},
    ]
    section = {"title": both, "metrics": ["of_fact", "paid_amount"], "where": condition}
    metric = {
        "name": both, "definition": both, "category": "revenue", "kind": "absolute", "formula": "m_own + m_rows",
        "unit": "currency", "better": "higher", "grain": "day", "grains": ["day", "week", "month"],
        "rollup": "recompute",
    }  # fmt: skip
    own = {"about": both, "agg": "sum", "column": "paid_amount", "time": "paid_at", "window": "period"}
    return {
        "funnels.toml": {"funnels": {"own": {"name": both, "about": both, "window_days": 30, "steps": steps}}},
        "reports.toml": {
            "reports": {
                "own": {"name": both, "about": both, "metrics": ["own", "paid_amount"], "by": "channel_id",
                        "where": condition, "grain": "month"}
            }
        },
        "pages/own.toml": {
            "pages": {
                "own": {
                    "name": both, "about": both,
                    "sections": [
                        {"id": "a", "kind": "metrics", **section},
                        {"id": "b", "kind": "metrics", **section},
                        {"id": "c", "kind": "funnel", "title": both, "funnel": "own"},
                    ],
                }
            }
        },
        "facts.toml": {
            "facts": {"d_own": {"name": both, "about": both, "time": "paid_at", "key": ["order_id"], "sql": sql}}
        },
        "metrics/own.toml": {
            "metrics": {"own": metric, "of_fact": {**metric, "formula": "m_own"}},
            "measures": {
                "m_own": {"table": "d_own", **own},
                "m_rows": {"table": "orders", "where": condition, **own},
            },
        },
        "roles/ops.toml": {"roles": {"ops": {"name": both, "duty": text, "aim": "revenue",
                                             "lines": [{"metric": "own", "weight": 100}]}}},
        "recipes/own.toml": {
            "recipes": {
                "own": {
                    "name": both, "source": "own", "needs": ["id", "who"],
                    "names": {"id": ["order_id"], "who": ["user_id"], "at": ["created_at"], "paid": ["paid_amount"]},
                    "tables": {"orders": {"where": condition,
                                          "columns": {"order_id": "{id}", "user_id": condition, "created_at": "{at}",
                                                      "paid_amount": "{paid}"}}},
                }
            }
        },
    }  # fmt: skip


def attacks() -> list[tuple[str, str, str, str]]:
    """(its name, the condition, the text for people, the name of a step)."""
    sql = [(name, condition, "Own", "pay") for name, condition in CONDITIONS.items()]
    texts = [(f"text {n}", "user_id <> 'u1'", text, text[:40] or "x") for n, text in enumerate(TEXTS)]
    return [*sql, *texts]


# --- in the child -------------------------------------------------------------------------------
def ask(root: Path, again: Path) -> None:
    """A line for each command: what was asked, its code, seconds, the memory until now, and what was said."""
    from kpi_tui.cli import main as command_line

    files = [str(root / "orders.csv"), "--yes"]
    for asked in (*COMMANDS, ("init", str(again), *files), ("init", str(root), *files)):
        before = () if asked[0] == "init" else ("-w", str(root))
        said, began = Said(), time.monotonic()
        with redirect_stdout(said.stream), redirect_stderr(said.stream):
            try:
                command_line([*before, *asked])
                code: object = 0
            except SystemExit as ended:
                code = ended.code
        seconds = time.monotonic() - began
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        print(json.dumps([list(asked), code, seconds, peak, said.text()]), flush=True)


class Said:
    """stdout and stderr of a command, together."""

    def __init__(self) -> None:
        self._bytes = io.BytesIO()
        self.stream = io.TextIOWrapper(self._bytes, encoding="utf-8", errors="backslashreplace", write_through=True)

    def text(self) -> str:
        return self._bytes.getvalue().decode("utf-8", "replace")


# --- in the parent ------------------------------------------------------------------------------
def wrong(attack: tuple[str, str, str, str], patience: float = MOST_SECONDS) -> Iterator[str]:
    """What is not as promised, for each command that is asked."""
    name, condition, text, told = attack
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        root = shop_of(folder, condition, text, told)
        environ = {"PATH": "/usr/bin:/bin", "HOME": place, "LANG": "C.UTF-8", "PYTHONPATH": str(ROOT)}
        ran = subprocess.run(
            [sys.executable, "-m", "tests.faults.asked_definitions", "--ask", str(root), str(folder / "new")],
            cwd=ROOT, env=environ, capture_output=True, text=True, timeout=900, check=False,
        )  # fmt: skip
    lines = [line for line in ran.stdout.splitlines() if line.startswith("[")]
    if len(lines) < len(COMMANDS) + 2:
        yield f"{name}: it ended with {ran.returncode} after {len(lines)} commands: {ran.stderr[-300:]}"
    for line in lines:
        asked, code, seconds, peak, said = json.loads(line)
        for why in faults(code, seconds, peak, said, patience):
            yield f"{name}: {' '.join(asked)[:60]}: {why}"


def faults(code: object, seconds: float, peak: int, said: str, patience: float) -> Iterator[str]:
    """What is wrong with one answer."""
    if seconds > patience:
        yield f"took {seconds:.0f} s"
    if peak > MOST_MEMORY:
        yield f"took {peak >> 20} MB"
    if code not in (0, 1, 2, 3, 4, 5) or "Traceback" in said or "unexpected error" in said:
        yield f"code {code}: {said[-300:]}"
    if not is_clean(said):
        found = re.search(r".{0,20}[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069].{0,20}", said)
        yield f"a control character: {found[0] if found else ''!r}"
    if "LLLL" * 500 in said:
        yield f"an echo of a long text, {len(said)} characters"


def main(arguments: Sequence[str]) -> int:
    """The number of faults."""
    if arguments[:1] == ["--ask"]:
        ask(Path(arguments[1]), Path(arguments[2]))
        return 0
    chosen = [one for n, one in enumerate(attacks()) if not arguments or str(n) in arguments]
    bad = 0
    for attack in chosen:
        found = list(wrong(attack))
        bad += len(found)
        print(f"{attack[0]}: {len(COMMANDS) + 2} asked, {len(found)} wrong", *found, sep="\n    ", flush=True)
    print(f"{len(chosen)} attacks, {len(chosen) * (len(COMMANDS) + 2)} questions, {bad} wrong")
    return min(bad, 100)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
