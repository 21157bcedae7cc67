"""FakeBook with the whole target life: periods apart, copy, raise, locked periods, history, two people at one cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from kpi_tui.definitions.answers.score import Scorecard
from kpi_tui.definitions.edit import Change
from kpi_tui.definitions.issue import ConflictError, Issue, Severity
from kpi_tui.definitions.library.metric import Category, Metric
from kpi_tui.definitions.period import Period
from kpi_tui.definitions.target import Target, TargetKey
from kpi_tui.definitions.text import Text
from tests.tui.fake_book import HOSTILE, PERIOD, ROWS, FakeBook

MODULES = {
    "acquisition": ("Acquisition", "引流"),
    "retention": ("Activity and retention", "活跃/留存"),
    "revenue": ("Revenue", "收入"),
    "referral": ("Referral", "裂变"),
    "churn": ("Churn", "流失"),
    "feedback": ("Feedback", "反馈"),
    "analysis": ("Data analysis", "数据分析"),
    "progress": ("Project progress", "项目进度"),
}
SHELF = {
    "new_users": ("acquisition", "acquisition"),
    "repeat_amount": ("revenue", "revenue"),
    "user_payment_amount": ("revenue", "revenue"),
    "refund_rate": ("feedback", "revenue"),
    "articles": ("content", "activation"),
    "read_rate": ("content", "activation"),
}
Cells = dict[tuple[str, TargetKey], Target]
Step = list[tuple[str, TargetKey, Target | None, Target | None]]


def shelved(metric: Metric) -> Metric:
    """The metric on a shelf and stage of its own."""
    category, stage = SHELF.get(metric.id, ("retention", "retention"))
    weight = "complex" if metric.id == "buyback_rate_day" else "simple"
    return replace(metric, category=category, aarrr=stage, dims=("city", "channel"), complexity=weight)


class ShopBook(FakeBook):
    """Targets per period; `intrude` plays the other person."""

    def __init__(self, language: str = "en", locked: bool = False, drafts: int = 0) -> None:
        super().__init__(language, drafts=drafts)
        categories = {"content": Category("content", Text(f"Content {HOSTILE}", f"内容 {HOSTILE}"))}
        categories |= {id_: Category(id_, Text(*names), True) for id_, names in MODULES.items()}
        self.workspace = replace(
            self.workspace,
            categories=categories,
            metrics={id_: shelved(metric) for id_, metric in self.workspace.metrics.items()},
        )
        self.locked = locked
        before = PERIOD.previous().id
        self.file: Cells = {}
        for row in ROWS:
            if row.role:
                key = TargetKey(row.role, row.id)
                self.file[PERIOD.id, key] = Target(row.target, "ann", "2026-09-28T09:00:00+08:00", "agreed")
                self.file[before, key] = Target(row.target * 0.95, "bob", "2026-08-30T09:00:00+08:00", HOSTILE)
        self.cells: Cells = dict(self.file)
        self.base: dict[tuple[str, TargetKey], Target | None] = {}
        self.log: list[Change] = []
        self.steps: list[Step] = []
        self.undone: list[Step] = []
        self.reasons: list[str] = []
        self._now = PERIOD.id

    def search(self, query: str = "", category: str = "") -> list[Metric]:
        return [metric for metric in super().search(query) if category in ("", metric.category)]

    def is_locked(self, period: Period) -> bool:
        return self.locked

    def of(self, period: Period) -> Mapping[TargetKey, Target]:
        return {key: target for (of, key), target in self.cells.items() if of == _file(period)}

    def saved(self, period: Period) -> Mapping[TargetKey, Target]:
        return {key: target for (of, key), target in self.file.items() if of == _file(period)}

    def _put(self, at: tuple[str, TargetKey], target: Target | None) -> None:
        if target is None:
            self.cells.pop(at, None)
        else:
            self.cells[at] = target

    def _do(self, step: Step) -> int:
        for period, key, _before, after in step:
            self.base[period, key] = self.file.get((period, key))
            self._put((period, key), after)
        if step:
            self.steps.append(step)
            self.undone.clear()
        return len(step)

    def set(self, key: TargetKey, period: Period, value: float | None, why: str = "") -> None:
        at = (_file(period), key)
        target = None if value is None else Target(value, self.who, "now", why)
        self._do([(_file(period), key, self.cells.get(at), target)])

    def copy(self, period: Period, source: Period) -> int:
        mine = self.of(period)
        return self._do(
            [
                (_file(period), key, None, Target(target.value, self.who))
                for key, target in self.of(source).items()
                if key not in mine
            ]
        )

    def raise_(self, period: Period, factor: float, role: str | None = None) -> int:
        step: Step = [
            (_file(period), key, target, Target(target.value * factor, self.who))
            for key, target in self.of(period).items()
            if role in (None, key.role)
        ]
        return self._do(step)

    def pending(self) -> dict[tuple[str, TargetKey], tuple[float | None, float | None]]:
        found = {}
        for at, base in self.base.items():
            now = self.cells.get(at)
            pair = (base.value if base else None, now.value if now else None)
            if pair[0] != pair[1]:
                found[at] = pair
        return found

    def keep_mine(self, period: Period, key: TargetKey) -> None:
        self.base[_file(period), key] = self.file.get((_file(period), key))

    def take_theirs(self, period: Period, key: TargetKey) -> None:
        del self.base[_file(period), key]
        self._put((_file(period), key), self.file.get((_file(period), key)))

    def notes(self) -> list[str]:
        return []

    def discard(self) -> None:
        self.cells, self.steps, self.undone, self.base = dict(self.file), [], [], {}

    def undo(self, why: str = "") -> str | None:
        if not self.steps:
            return None
        step = self.steps.pop()
        self.undone.append(step)
        for period, key, before, _after in step:
            self._put((period, key), before)
        return step[0][1].metric

    def redo(self, why: str = "") -> str | None:
        if not self.undone:
            return None
        step = self.undone.pop()
        self.steps.append(step)
        for period, key, _before, after in step:
            self._put((period, key), after)
        return step[0][1].metric

    def intrude(self, role: str, metric: str, value: float) -> None:
        """Somebody else saves a value while we edit."""
        self.file[PERIOD.id, TargetKey(role, metric)] = Target(
            value, "bob", "2026-10-30T18:00:00+08:00", "boss said so"
        )

    def save(self, why: str = "") -> list[Change]:
        wanted = self.pending()
        clashes = [at for at in wanted if self.base[at] != self.file.get(at)]
        if clashes:
            issues = (Issue(Severity.ERROR, "changed by bob", key=f"{at[1].role}.{at[1].metric}") for at in clashes)
            raise ConflictError("bob changed the same target", tuple(issues))
        self.reasons.append(why)
        now = datetime(2026, 10, 31, tzinfo=UTC) + timedelta(minutes=len(self.log))
        made = [
            Change(str(now), now, self.who, key.role, key.metric, period, old, new, why)
            for (period, key), (old, new) in wanted.items()
        ]
        for at in wanted:
            if at in self.cells:
                self.file[at] = self.cells[at]
            else:
                self.file.pop(at, None)
        self.cells = dict(self.file)
        self.base.clear()
        self.steps, self.undone = [], []
        self.log += made
        return made

    def history(self, role: str = "", metric: str = "", period: str = "") -> list[Change]:
        return [c for c in self.log if role in ("", c.role) and metric in ("", c.metric) and period in ("", c.period)]

    def rescore(self, card: Scorecard, *, saved: bool = False) -> Scorecard:
        return self._scored(card.role, card.period, self.file if saved else self.cells)

    def scorecard(self, role: str, period: Period, *, progress=None) -> Scorecard:
        super().scorecard(role, period, progress=progress)
        return self._scored(role, period, self.cells)

    def _scored(self, role: str, period: Period, cells: Cells) -> Scorecard:
        self._targets = {key: target for (of, key), target in cells.items() if of == _file(period)}
        return super().scorecard(role, period)


def _file(period: Period | str) -> str:
    """A cell is asked for by its period, or by the id of its file."""
    return period if isinstance(period, str) else period.id
