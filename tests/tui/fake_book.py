"""A Book over made-up numbers: five roles, Chinese names, hostile text. For pilot tests of the screens only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import SimpleNamespace

from kpi_tui.book.files.changed_files import ChangedFiles
from kpi_tui.definitions.answers.baseline import Band
from kpi_tui.definitions.answers.definition_key import DefinitionKey, KeyKind
from kpi_tui.definitions.answers.design.state import DesignFacts, DesignState
from kpi_tui.definitions.answers.score import Balance, Bonus, Scorecard, ScoreHistory, ScoreLine
from kpi_tui.definitions.answers.value import Explanation, Number, Reading, Reason, Value
from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.issue import UsageError
from kpi_tui.definitions.library.metric import Benchmark, Better, Category, Kind, Metric
from kpi_tui.definitions.period import Grain, Period
from kpi_tui.definitions.role import Line, Person, Role
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.text import Text
from kpi_tui.definitions.workspace import Workspace
from kpi_tui.workspace.check.lint import advice

HOSTILE = "[bold red]x[/] [@click=app.quit]y[/]\x1b]0;owned\x07\x1b[2J\u202e\u200b\x9b31m"
AS_OF = date(2026, 10, 31)


@dataclass(frozen=True)
class Row:
    """A metric, its number, its target, its trend, and who has it with what weight."""

    id: str
    en: str
    zh: str
    unit: str
    kind: str
    actual: float | None
    target: float
    trend: tuple[float | None, ...]
    role: str
    weight: float
    reason: Reason | None = None


ROWS = (
    Row("buyback_rate_day", "Buy-back rate", "回购率", "percent", "ratio", 0.214, 0.28,
        (0.29, 0.29, 0.27, 0.25, 0.23, 0.214), "operations", 30),
    Row("repeat_amount", "Repeat purchase amount", "复购金额", "currency", "absolute", 412880.0, 430000.0,
        (380000.0, 390000.0, None, 405000.0, 410000.0, 412880.0), "operations", 25),
    Row("second_purchase_rate", "Second purchase rate", "二次购买率", "percent", "ratio", 0.189, 0.18,
        (0.15, 0.155, 0.16, 0.17, 0.18, 0.189), "operations", 25),
    Row("dau", "Daily active users", "日活跃用户数", "count", "absolute", 9214.0, 10000.0,
        (9500.0, 9400.0, 9100.0, 9000.0, 9300.0, 9214.0), "operations", 20),
    Row("read_rate", "Article read-through rate of every published article and video",
        "所有已发布文章与视频的完整阅读率", "percent", "ratio", 0.41, 0.5, (0.4, 0.41, 0.42, 0.4, 0.41, 0.41),
        "content", 60),
    Row("articles", HOSTILE, "文章数 " + HOSTILE, "count", "absolute", 31.0, 30.0, (20.0, 25.0, 31.0, 30.0, 29.0, 31.0),
        "content", 40),
    Row("retention_d30", "Day-30 retention", "30日留存率", "percent", "ratio", None, 0.2, (None,) * 6, "growth", 50,
        Reason.PENDING),
    Row("new_users", "New users", "新增用户数", "count", "absolute", 3321.0, 3000.0,
        (2800.0, 2900.0, 3000.0, 3100.0, 3200.0, 3321.0), "growth", 50),
    Row("refund_rate", "Refund rate", "退款率", "percent", "ratio", 0.04, 0.03, (0.03, 0.03, 0.03, 0.04, 0.04, 0.04),
        "service", 100),
    Row("user_payment_amount", "User payment amount", "用户支付金额", "currency", "absolute", 1204311.0, 1150000.0,
        (1.0e6, 1.02e6, 1.05e6, 1.1e6, 1.15e6, 1204311.0), "", 0),
)  # fmt: skip
ROLES = {
    "operations": Text("Operations", "运营岗"),
    "content": Text("Content", "内容岗"),
    "growth": Text("Growth", "增长岗"),
    "service": Text("Service", "客服岗"),
    "design": Text("Design", "设计岗"),
}
PERIOD = Period.parse("2026-10")


def metrics() -> dict[str, Metric]:
    return {
        row.id: Metric(
            row.id, Text(row.en, row.zh), "retention", Kind(row.kind), f"{row.id}_part / {row.id}_whole", row.unit,
            Better.LOWER if row.id == "refund_rate" else Better.HIGHER, Grain.DAY, (Grain.DAY, Grain.MONTH),
            definition=Text(f"What {row.en} means.", f"{row.zh}的定义。"),
            edge=(Text("Nobody bought: no number", "无人购买：无值"),),
            benchmarks=(Benchmark(">=", 0.25, source="004", about=Text("a good shop", "好店铺")),),
        )
        for row in ROWS
    }  # fmt: skip


def workspace(language: str = "en") -> Workspace:
    roles = {
        id_: Role(id_, name, tuple(Line(row.id, row.weight) for row in ROWS if row.role == id_), Text("Duty", "职责"))
        for id_, name in ROLES.items()
    }
    people = {"ann": Person("ann", Text("Ann 安"), ("operations", "content"))}
    return Workspace(
        Path("/nowhere"), Path("/nowhere"), Text("Demo shop", "示例商店"), language, "Asia/Shanghai", "CNY", AS_OF,
        "user_payment_amount", {"churn_days": 90}, {}, {}, {}, {},
        {"retention": Category("retention", Text("Retention", "留存"), True)}, metrics(), roles, people,
    )  # fmt: skip


class NoActuals:
    """Nothing was typed by hand."""

    def pending(self):
        return {}

    def discard(self) -> None: ...

    def notes(self) -> list[str]:
        return []

    def draft_found(self) -> int:
        return 0

    def draft_lost(self) -> str:
        return ""

    def restore_draft(self) -> int:
        return 0


class NoEdits(NoActuals):
    """Definitions that nobody edits."""

    needs_reason = False

    def __init__(self, book: FakeBook) -> None:
        self._book = book

    def workspace(self, period: Period | None = None) -> Workspace:
        return self._book.workspace

    def clashes(self) -> list[object]:
        return []

    def history(self, path: tuple[str, ...] = ()) -> list[Change]:
        return []


class FakeDesign:
    """Every metric is live, none has a number."""

    def facts(self, space: Workspace, period: Period, *, progress=None) -> DesignFacts:
        return DesignFacts(period, dict.fromkeys(space.metrics, ""))

    def values(self, metrics: Sequence[str], period: Period, *, progress=None) -> dict[str, tuple[Value, ...]]:
        return dict.fromkeys(metrics, ())

    def state(self, space: Workspace, facts: DesignFacts) -> DesignState:
        return DesignState(facts, tuple(advice(space)))


class NoFiles:
    """Files that never change."""

    def changed(self) -> ChangedFiles:
        return ChangedFiles()

    def unwritable(self) -> str:
        return ""


class OneKey:
    """A definition with a name, whatever it is."""

    def of(self, path, _since=None):
        return (DefinitionKey((*path, "name"), KeyKind.TEXT, "Ops"),)


class FakeBook:
    """A Book that answers from ROWS; it plays every part but the actuals itself."""

    def __init__(self, language: str = "en", draft: Path | None = None, drafts: int = 0) -> None:
        self.workspace = workspace(language)
        self.issues = ()
        self.files = NoFiles()
        self.definition_keys = OneKey()
        self.numbers = self.library = self.data = self.scores = self.targets = self.bulk_targets = self
        self.actuals = NoActuals()
        self.definitions = NoEdits(self)
        self.design = FakeDesign()
        self.segments = SimpleNamespace(
            columns=lambda _metric: ("channel_id",), condition=lambda _path, _where="": "channel_id is null"
        )
        self.board = SimpleNamespace(metrics=(), others=(), pin=lambda _metric: None)
        self.pages = SimpleNamespace(all=lambda: self.workspace.pages)
        self.rows = SimpleNamespace(of=self._no_rows)
        self.who = "bob"
        self.read_only = ""
        self.asked: list[tuple[str, str]] = []
        self.closed = 0
        self._draft, self._drafts = draft, drafts
        self._edits: list[tuple[TargetKey, str, float | None, float | None]] = []
        self._undone: list[tuple[TargetKey, str, float | None, float | None]] = []
        self._targets = {TargetKey(row.role, row.id): Target(row.target, "ann") for row in ROWS if row.role}
        self._saved = dict(self._targets)

    def _no_rows(self, metric: str, *_args, **_kwargs):
        raise UsageError(f"{metric} has no rows here")

    def as_of(self) -> date:
        return AS_OF

    def period(self, text: str, grain: Grain = Grain.MONTH) -> Period:
        current = Period.containing(AS_OF, grain)
        known = {"current": current, "previous": current.previous()}
        return known[text] if text in known else Period.parse(text)

    def load(self, progress=None) -> None: ...

    def rows_of(self, _role: str, _period: Period) -> str:
        return ""

    def profiles(self):
        return {}

    def check(self):
        return ()

    def _value(self, row: Row, period: Period, back: int = 0) -> Value:
        if period.start >= PERIOD.end:
            return Value(row.id, period, None, Reason.NO_DATA, unit=row.unit)
        number = row.trend[-1 - back] if back else row.actual
        reason = None if number is not None else row.reason or Reason.NO_DATA
        return Value(row.id, period, number, reason, unit=row.unit, partial=period.grain is Grain.YEAR)

    def last_signals(self, values):
        return ()

    def values(self, metrics: Sequence[str], period: Period, *, by=None, where=None, last=1, progress=None):
        rows = {row.id: row for row in ROWS}
        if missing := [metric for metric in metrics if metric not in rows]:
            raise UsageError(f"no metric {missing[0]}")
        return [
            self._value(rows[metric], period.previous(back), min(back, 5))
            for metric in metrics
            for back in reversed(range(last))
        ]

    def explain(self, metric: str, period: Period, *, where=None) -> Explanation:
        row = next(row for row in ROWS if row.id == metric)
        reading = Reading(
            f"{metric}_part", Text("people who came back", "回来的人"), Number(1234.0), "orders", "count_distinct",
            "user_id", "paid_amount > 0", "paid_at", "period", period.start, period.last_day, 5678,
            f"select count(distinct user_id) from orders -- {HOSTILE}",
        )  # fmt: skip
        unknown = replace(reading, id=f"{metric}_whole", number=Number(None, Reason.NO_ROWS, "no rows"), rows=0)
        formula = f"{metric}_part / {metric}_whole"
        return Explanation(self._value(row, period), formula, (reading, unknown), {"churn_days": 90})

    def is_live(self, metric: str) -> tuple[bool, str]:
        return (True, "") if metric != "retention_d30" else (False, "needs table events")

    def tables_of(self, metric: str) -> tuple[str, ...]:
        return ("orders",)

    def settings_of(self, metric: str) -> dict[str, int]:
        return {} if metric == "refund_rate" else {"churn_days": 90}

    def search(self, query: str = "", category: str = "") -> list[Metric]:
        return [m for m in self.workspace.metrics.values() if query.lower() in (m.id + m.name.both()).lower()]

    def roles_of(self, metric: str) -> tuple[str, ...]:
        return tuple(row.role for row in ROWS if row.id == metric and row.role)

    def everyone(self, of: str, period: Period) -> tuple[Scorecard, ...]:
        """None is known of all: the first role opens, not the worst."""
        return ()

    def scorecard(self, role: str, period: Period, *, progress=None) -> Scorecard:
        self.asked.append((role, period.id))
        if progress:
            progress("orders", 1, 2)
            progress("orders", 2, 2)
        roles = self.workspace.people[role].roles if role in self.workspace.people else (role,)
        lines = tuple(self._line(row, period) for row in ROWS if row.role in roles or not row.role)
        return self._card(role, period, lines)

    def _card(self, role: str, period: Period, lines: tuple[ScoreLine, ...]) -> Scorecard:
        known = [line.points for line in lines if line.points is not None]
        gains = {line.metric: line.gain_if_met for line in lines if line.gain_if_met}
        weighed = [(self.workspace.metrics[line.metric].kind, line.weight) for line in lines if not line.north_star]
        kinds = [kind for kind, _weight in weighed]
        weights = {of: sum(weight for kind, weight in weighed if kind is of) for of in (Kind.ABSOLUTE, Kind.RATIO)}
        score = sum(known) if known else None
        bonus = Bonus("deduct", None if score is None else (0.1 if score >= 100 else -0.1))
        return Scorecard(
            role, period, lines, score, sum(line.weight for line in lines if line.points is not None) if known else 0.0,
            max(gains, key=gains.get) if gains else None, bonus,
            Balance(kinds.count(Kind.ABSOLUTE), kinds.count(Kind.RATIO), weights[Kind.ABSOLUTE], weights[Kind.RATIO]),
            None if score is None else score + 3.1,
        )  # fmt: skip

    def _line(self, row: Row, period: Period) -> ScoreLine:
        target = self._targets.get(TargetKey(row.role, row.id)) or (None if row.role else Target(row.target))
        actual = self._value(row, period)
        attainment = actual.value / target.value if actual.value is not None and target and target.value else None
        points = row.weight * min(attainment, 1) if attainment is not None and row.role else None
        gain = row.weight - points if points is not None and row.role else None
        return ScoreLine(
            row.id, row.role, actual, target, attainment, "ratio", row.weight, points, actual.reason, "", gain,
            row.trend[-2], row.trend, not row.role,
        )  # fmt: skip

    def score_history(self, role: str, period: Period, last: int, *, progress=None) -> ScoreHistory:
        periods = tuple(period.previous(back) for back in range(last - 1, -1, -1))
        cards = tuple(self.scorecard(role, one) for one in periods)
        return ScoreHistory(role, periods, cards, {"repeat_amount": Band(400_000, 380_000, 420_000, 5)})

    def rescore(self, card: Scorecard, *, saved: bool = False) -> Scorecard:
        rows = {row.id: row for row in ROWS}
        return self._card(
            card.role, card.period, tuple(self._line(rows[line.metric], card.period) for line in card.lines)
        )

    def of(self, period: Period) -> Mapping[TargetKey, Target]:
        return dict(self._targets)

    def saved(self, period: Period | str) -> Mapping[TargetKey, Target]:
        return dict(self._saved)

    def is_locked(self, period: Period | str) -> bool:
        return (Period.parse(period) if isinstance(period, str) else period).end <= AS_OF

    def _set(self, key: TargetKey, value: float | None) -> None:
        if value is None:
            self._targets.pop(key, None)
        else:
            self._targets[key] = Target(value, self.who)

    def set(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        before = self._targets.get(key)
        self._edits.append((key, period.id, before.value if before else None, value))
        self._undone.clear()
        self._set(key, value)

    def copy(self, period: Period, source: Period) -> int:
        return 0

    def raise_(self, period: Period, factor: float, role: str | None = None) -> int:
        keys = [key for key in self._targets if role in (None, key.role)]
        for key in keys:
            self.set(key, period, self._targets[key].value * factor)
        return len(keys)

    def pending(self):
        return {(period, key): (before, after) for key, period, before, after in self._edits}

    def discard(self) -> None:
        self._edits.clear()
        self._targets = dict(self._saved)

    def save(self, why: str = "") -> list[Change]:
        now = datetime(2026, 10, 31, tzinfo=UTC)
        changes = [
            Change("1", now, self.who, key.role, key.metric, period, before, after)
            for key, period, before, after in self._edits
        ]
        self._edits.clear()
        self._saved = dict(self._targets)
        return changes

    def notes(self) -> list[str]:
        return []

    def undo(self, why=""):
        if not self._edits:
            return None
        step = self._edits.pop()
        self._undone.append(step)
        self._set(step[0], step[2])
        return f"{step[0].metric} {step[3]} → {step[2]}"

    def redo(self, why=""):
        if not self._undone:
            return None
        step = self._undone.pop()
        self._edits.append(step)
        self._set(step[0], step[3])
        return f"{step[0].metric} {step[2]} → {step[3]}"

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        return []

    def draft_found(self) -> int:
        return self._drafts

    def draft_lost(self) -> str:
        return ""

    def restore_draft(self) -> int:
        found, self._drafts = self._drafts, 0
        return found

    def close(self) -> None:
        self.closed += 1
        if self._draft is not None:
            self._draft.write_text(f"{len(self._edits)} edits")
