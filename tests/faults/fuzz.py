"""Damaged files, TOML and SQL into the readers: `python -m tests.faults.fuzz KIND SECONDS [SEED]`.

Every mutant of a sound original must be read, or refused with a sentence: no other exception, no death of the process,
no answer later than a case may take. One child reads case after case, so that a
death is noticed and the next child goes on. What went wrong is printed with its seed; the exit code is the number.
"""

from __future__ import annotations

import io
import os
import random
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
import polars as pl

from kpi_tui.book import Book, KpiError
from kpi_tui.book.last_words import last_words
from kpi_tui.definitions.exit_code import ExitCode
from kpi_tui.definitions.period import Period

ROOT = Path(__file__).parents[2]
PATIENCE = {"sql": 20.0, "toml": 30.0}
"""Seconds a case may take; other kinds 60. A busy machine is three times as slow as a quiet one."""
OCTOBER = Period.parse("2026-10")
HEAD = "order_id,user_id,created_at,paid_at,paid_amount,channel_id"
ROWS = [f"o{n},u{n % 7},2026-10-{n % 28 + 1:02},2026-10-{n % 28 + 1:02},{n}.5,c{n % 3}" for n in range(60)]
TABLES = """[tables.orders]
path = "{path}"
[tables.orders.columns]
order_id = "order_id"
user_id = "user_id"
created_at = "created_at"
paid_at = "paid_at"
paid_amount = "paid_amount"
channel_id = "channel_id"
"""
SPACE = 'name = "Shop"\nextends = "standard"\ntimezone = "Asia/Shanghai"\ncurrency = "CNY"\nas_of = 2026-10-31\n'
ROLES = """[roles.ops]
name = {{ en = "Ops", zh = "运营" }}
[[roles.ops.lines]]
metric = "paid_amount"
weight = 60
method = "linear"
floor = 0.5
[[roles.ops.lines]]
metric = "active_trading_users"
weight = 40
[metrics.own]
name = "Own"
category = "shop"
formula = "paid_amount / active_trading_users * 2"
[measures.big]
table = "orders"
agg = "sum"
expr = "paid_amount"
where = "paid_amount > 10 and channel_id in ('c1', 'c2')"
"""
WHERE = [
    "paid_amount > 10 and channel_id = 'c1'",
    "channel_id in ('c1', 'c2') or user_id like 'u%'",
    "case when paid_amount between 1 and 5 then true else channel_id <> 'c0' end",
    "substr(order_id, 2, 2) = '12' and length(user_id) > 1",
    "coalesce(paid_amount, 0) * 2 >= round(abs(-3.5), 1)",
    "date_trunc('week', paid_at) >= date '2026-10-05' and paid_at is not null",
    "cast(paid_amount as int) % 2 = 0 and not (user_id = 'u1')",
]
TOKENS = ["(", ")", "'", '"', ",", "--", "/*", ";", " and ", " or ", " not ", " between ", " in ", " is null", "null",
          "cast(", "case when ", " end", "||", "::", "[", "]", "{", "}", "0", "-1", "1e999", "9" * 40, "%", "x'", "\\",
          "\x00", "\u202e", "\U0001f600", "select ", " from orders", "over (", "interval '1' day", "@", "$1", "?",
          "read_csv('/etc/passwd')", "lpad(", "array[1]", "=", "\n", "[[", "]]", "'''", '"""', "#", "nan", "inf",
          "true", "1979-05-27T07:32:00Z", "é", "\t"]  # fmt: skip


def sound(kind: str) -> bytes:
    """The original of a kind of file."""
    rows = [row.split(",") for row in ROWS]
    if kind == "xlsx":
        book = openpyxl.Workbook()
        for cells in (HEAD.split(","), *rows):
            book.active.append(cells)
        made = io.BytesIO()
        book.save(made)
        return made.getvalue()
    if kind == "parquet":
        made = io.BytesIO()
        frame = pl.DataFrame(rows, schema=HEAD.split(","), orient="row").with_columns(pl.col("paid_amount").cast(float))
        frame.write_parquet(made)
        return made.getvalue()
    if kind == "toml":
        return ROLES.encode()
    return "\n".join([HEAD, *ROWS, ""]).encode()


def mutant(content: bytes, rng: random.Random) -> bytes:
    """The same with up to five places damaged."""
    made = bytearray(content)
    for _place in range(rng.randint(1, 5)):
        at, much = rng.randrange(len(made) + 1), rng.choice((1, 1, 2, 8, 64))
        way = rng.random()
        if way < 0.35 and at < len(made):
            made[at] ^= 1 << rng.randrange(8)
        elif way < 0.5:
            del made[at : at + much]
        elif way < 0.65:
            made[at:at] = made[at : at + much] * rng.randint(1, 3)
        elif way < 0.8:
            made[at:at] = rng.choice(TOKENS).encode("utf-8", "surrogatepass")
        elif way < 0.9:
            made[at : at + much] = rng.randbytes(much)
        elif way < 0.97:
            other = rng.randrange(len(made) + 1)
            made[at:at] = made[other : other + much]
        else:
            del made[at:]
    return bytes(made)


def mutant_sql(rng: random.Random) -> str:
    """A condition with words of others, and words that belong to none."""
    text = rng.choice(WHERE)
    for _place in range(rng.randint(1, 6)):
        at = rng.randrange(len(text) + 1)
        way = rng.random()
        if way < 0.5:
            text = text[:at] + rng.choice(TOKENS) * rng.choice((1, 1, 1, 3, 40)) + text[at:]
        elif way < 0.7:
            text = text[:at] + text[at + rng.randint(1, 6) :]
        elif way < 0.85:
            text = f"({text}) {rng.choice(('and', 'or', '=', '+'))} ({rng.choice(WHERE)})"
        else:
            text = f"{rng.choice(('not', '-', 'abs', 'coalesce', 'upper'))}({text})"
    return text


# --- in the child -------------------------------------------------------------------------------
class Reader:
    """Reads case after case in a workspace of its own; a line of answer for each."""

    def __init__(self, kind: str, folder: Path) -> None:
        self._kind, self._folder = kind, folder
        self._file = folder / {"toml": "roles/own.toml", "sql": "orders.csv"}.get(kind, f"orders.{kind}")
        self._file.parent.mkdir(parents=True, exist_ok=True)
        table = "orders.csv" if kind in ("toml", "sql") else self._file.name
        (folder / "workspace.toml").write_text(SPACE)
        (folder / "tables.toml").write_text(TABLES.format(path=table))
        if kind in ("toml", "sql"):
            (folder / "orders.csv").write_bytes(sound("csv"))
        self._book = Book.open(folder, draft=False) if kind == "sql" else None

    def outcome(self, seed: int) -> str:
        """`read`, `refused`, or what is wrong."""
        rng = random.Random(seed)
        try:
            said = self._asked(rng)
        except KpiError as error:
            said = [str(error), *(issue.message for issue in error.issues)]
        except BaseException:  # noqa: BLE001  a panic of polars is one
            return "escaped " + traceback.format_exc().replace("\n", " | ")[-600:]
        return "refused" if said else "read"

    def _asked(self, rng: random.Random) -> list[str]:
        """What is said of a case."""
        if self._book is not None:
            return asked(self._book, mutant_sql(rng))
        self._file.write_bytes(mutant(sound(self._kind), rng))
        book = Book.open(self._folder, draft=False)
        said = [issue.message for issue in book.data.check()]
        value = book.numbers.values(["paid_amount"], OCTOBER)[0]
        if self._kind == "toml" and "ops" in book.workspace.roles:
            book.scores.scorecard("ops", OCTOBER)
        return said if value.value is None or self._kind == "toml" else []


def asked(book: Book, where: str) -> list[str]:
    """What is said of a condition; nothing where there is a number."""
    value = book.numbers.values(["paid_amount"], OCTOBER, where=where)[0]
    return [value.reason_text] if value.value is None else []


def serve(kind: str) -> None:
    """Seeds come in, outcomes go out."""
    with tempfile.TemporaryDirectory() as folder:
        reader = Reader(kind, Path(folder))
        with last_words(_refused):
            for line in sys.stdin:
                print(reader.outcome(int(line)), flush=True)


def _refused(_sentence: str) -> None:
    """The end of a child whose native reader aborts; the next case has another."""
    os._exit(ExitCode.DATA)


# --- in the parent ------------------------------------------------------------------------------
@dataclass
class Found:
    """How many cases ended how, and what went wrong, with its seed."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[tuple[int, str]] = field(default_factory=list)


def fuzz(kind: str, goes_on: Callable[[int], bool], seed: int = 0, say: Callable[[str], None] = print) -> Found:
    """Case after case as long as `goes_on` (asked with the number done) says so."""
    found, child, done = Found(), None, 0
    while goes_on(done):
        if child is None or child.poll() is not None:
            child = subprocess.Popen(
                [sys.executable, "-m", "tests.faults.fuzz", "--serve", kind],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
            )
        outcome = _told(child, seed + done, PATIENCE.get(kind, 60.0))
        found.counts[outcome.split(" ", 1)[0]] += 1
        if outcome not in ("read", "refused"):
            found.wrong.append((seed + done, outcome))
            say(f"{kind} seed {seed + done}: {outcome}")
        done += 1
    if child is not None:
        child.kill()
        child.wait()
    return found


def _told(child: subprocess.Popen[str], seed: int, patience: float) -> str:
    """What the child says of a case, or how it died."""
    import selectors

    assert child.stdin is not None and child.stdout is not None
    began = time.monotonic()
    try:
        child.stdin.write(f"{seed}\n")
        child.stdin.flush()
    except OSError:
        return f"died {child.wait()}"
    with selectors.DefaultSelector() as selector:
        selector.register(child.stdout, selectors.EVENT_READ)
        if not selector.select(patience + 30):  # the first case waits for the imports
            child.kill()
            child.wait()
            return f"late {time.monotonic() - began:.0f} s"
    line = child.stdout.readline().strip()
    return line or ("refused" if child.wait() == ExitCode.DATA else f"died {child.returncode}")


def main(arguments: list[str]) -> int:
    """The number of cases that went wrong."""
    if arguments[0] == "--serve":
        serve(arguments[1])
        return 0
    kind, seconds, seed = arguments[0], float(arguments[1]), int(arguments[2]) if len(arguments) > 2 else 0
    until = time.monotonic() + seconds
    found = fuzz(kind, lambda _done: time.monotonic() < until, seed)
    print(f"{kind}: {sum(found.counts.values())} cases, {dict(found.counts)}")
    return len(found.wrong)


if __name__ == "__main__":
    sys.exit(min(main(sys.argv[1:]), 100))
