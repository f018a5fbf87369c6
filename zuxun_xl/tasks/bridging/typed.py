"""Headcounts typed in 附表二 and 附表四 against the roster, name by name (V206 of domain.md §2.2)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms.table import Table
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.bridging.names import CLOSING, OPENING, ORDER, SIGNS
from zuxun_xl.tasks.bridging.scenes import Scenes
from zuxun_xl.tasks.bridging.slips import explained
from zuxun_xl.tasks.ledger import Ledger

DIFFERS = Rule(
    "B201", Level.WARNING, "手填人力与名单一致", "{group}{period}{column}填{shown}，按花名册是{value}：{why}。",
    "按人核对后改正表上的数；花名册有错的改花名册。",
)
UNEXPLAINED = Rule(
    "B202", Level.WARNING, "手填人力能按人说明", "{group}{period}{column}填{shown}，按花名册是{value}，差{gap}人，按人对不出原因。",
    "把表上的名单与“人力核对”里的名单逐人核对。",
)

_SLOTS = {"附表二": "月份", "附表四": "周次"}
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Typed:
    """A headcount that a form states.

    Attributes:
        form, sheet, cell, heading: where it stands.
        group, period, part: what it counts.
        shown: the figure.
        value: the same by the roster.
    """

    form: str
    sheet: str
    cell: str
    heading: str
    group: str
    period: Period
    part: str
    shown: float
    value: int

    @property
    def gap(self) -> float:
        """How much too high the figure is."""
        return self.shown - self.value


def typed_in(ledger: Ledger, period: Period, scenes: Scenes) -> list[Typed]:
    """The typed headcounts of months, quarters and weeks that lie in a period and have begun."""
    tables = [(form, table) for form in _SLOTS if form in ledger.tables for table in ledger.tables[form].whole]
    return [
        Typed(
            form, table.sheet, table.cell(index, f"实际{part}"), table.form.by_key[f"实际{part}"].heading, group, own, part, shown,
            scenes.bridge(group, own).count(part),
        )
        for form, table in tables for index, group, own in _rows(ledger, form, table, period) for part in ORDER
        if (shown := _number(table, index, part)) is not None
    ]


def _rows(ledger: Ledger, form: str, table: Table, period: Period) -> Iterator[tuple[int, str, Period]]:
    for index, (group, own) in enumerate(zip(table.column("组别"), table.column(_SLOTS[form]), strict=True)):
        inside = group in ledger.department.scopes and period.start <= own.start and own.end <= period.end
        if inside and ledger.covers(own) and ledger.reaches(own.pieces()[-1]) and (len(own.pieces()) == 1 or ledger.has_passed(own)):
            yield index, group, own


def _number(table: Table, index: int, part: str) -> float | None:
    value = table.column(f"实际{part}")[index]
    return value if isinstance(value, float) else None


def differences(typed: list[Typed], scenes: Scenes) -> Iterator[Finding]:
    """A finding for each typed headcount that is not the roster's, with the people who explain it."""
    gaps = {(each.form, each.group, each.period, each.part): each.gap for each in typed}
    for each in typed:
        if each.gap:
            why = _of_groups(each, gaps, scenes) or _of_row(each, gaps) or _of_people(each, scenes) or _of_before(each, gaps)
            figures = {"group": each.group, "period": each.period.label, "column": each.heading, "value": each.value}
            rule = DIFFERS if why else UNEXPLAINED
            yield rule.at(each.sheet, each.cell, shown=f"{each.shown:g}", gap=f"{each.gap:+g}", why=why, **figures)


_Gaps = dict[tuple[str, str, Period, str], float]


def _of_people(each: Typed, scenes: Scenes) -> str | None:
    return explained(each.part, int(each.gap), scenes.scene(each.group, each.period)) if each.gap.is_integer() else None


def _of_groups(each: Typed, gaps: _Gaps, scenes: Scenes) -> str | None:
    """Whether the groups' own differences add up to that of the whole department."""
    own = {group: gaps.get((each.form, group, each.period, each.part)) for group in scenes.ledger.department.groups}
    return _sum(own, each.gap, "由各组的差数合计而来") if each.group == WHOLE and None not in own.values() else None


def _of_row(each: Typed, gaps: _Gaps) -> str | None:
    """Whether the differences in the other figures of the row lead to that of the close."""
    own = {part: sign * gaps.get((each.form, each.group, each.period, part), 0) for part, sign in SIGNS.items()}
    return _sum(own, each.gap, "由同一行的差数带来") if each.part == CLOSING else None


def _sum(parts: dict[str, float | None] | dict[str, float], gap: float, words: str) -> str | None:
    known = {name: part for name, part in parts.items() if part}
    return f"{words}（{'、'.join(f'{name}{part:+g}' for name, part in known.items())}）" if known and sum(known.values()) == gap else None


def _of_before(each: Typed, gaps: _Gaps) -> str | None:
    """Whether the figure opens with a difference that closed the period before."""
    closed = any(
        gap == each.gap and (form, group, part) == (each.form, each.group, CLOSING) and own.end + _DAY == each.period.start
        for (form, group, own, part), gap in gaps.items()
    )
    return f"上期期末就差{each.gap:+g}人" if each.part == OPENING and closed else None
