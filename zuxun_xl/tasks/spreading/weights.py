"""By what groups and months share: equally, by last year's business, by workdays, by headcount, by weights the user gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from zuxun_xl.errors import CallError
from zuxun_xl.findings import Finding
from zuxun_xl.periods import Period
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.tasks.spreading.cells import Cells
from zuxun_xl.tasks.spreading.rules import NO_HEADCOUNT, NO_HISTORY
from zuxun_xl.tasks.spreading.targets import Key
from zuxun_xl.tasks.spreading.wish import EQUAL, HEADCOUNT, HISTORY, WORKDAYS, Wish

_LAST_YEAR = "上年同期FYP"
_BUSINESS = ("FYP", "首年期交", "FYC", "件数")
"""Measures that may take the shape of last year's FYP."""
_MONTHS = 12


@dataclass
class Weights:
    """Weights of every group's months.

    Attributes:
        ledger: the workbook.
        cells: the plan cells.
        wish: what the user wants.
        groups: the groups that share.
        findings: what stood in for what.
    """

    ledger: Ledger
    cells: Cells
    wish: Wish
    groups: Sequence[str]
    findings: list[Finding] = field(default_factory=list)

    def of_cells(self) -> tuple[dict[Key, float], str]:
        """(Group, month) → weight, and by what in a few words."""
        months = self.cells.periods
        history = self._history()
        profiles, by = self._profiles(months, history)
        shares, groups_by = self._shares(months, history)
        weights: dict[Key, float] = {}
        for group in self.groups:
            profile = profiles.get(group, profiles[""])
            whole = sum(profile.values()) or 1.0
            weights |= {(group, month): shares[group] * profile[month] / whole for month in months}
        return weights, f"各月按{by}" + (f"，各组按{groups_by}" if len(self.groups) > 1 else "")

    def _profiles(self, months: Sequence[Period], history: Mapping[Key, float]) -> tuple[dict[str, dict[Period, float]], str]:
        """Group → how its months share; ``""`` speaks for the groups that have nothing of their own."""
        given = self.wish.month_weights(months[0].end.year)
        days = {month: float(len(self.ledger.settings.workdays.within(month))) for month in months}
        if given:
            return {"": {month: given.get(month.end.month, 0.0) for month in months}}, "所给权重"
        if self.wish.by == EQUAL:
            return {"": dict.fromkeys(months, 1.0)}, EQUAL
        known = [month for month in months if any(key[1] == month for key in history)]
        if self.wish.by == WORKDAYS or not known or (self.wish.by is None and len(known) < len(months)):
            self._note_missing(months if self.wish.by == HISTORY else [])
            return {"": days}, WORKDAYS
        self._note_missing([month for month in months if month not in known])
        together = {month: sum(value for key, value in history.items() if key[1] == month) for month in known}
        own = {group: {month: history[group, month] for month in known if (group, month) in history} for group in self.groups}
        return {group: _completed(values, days) for group, values in {**own, "": together}.items() if sum(values.values()) > 0}, HISTORY

    def _note_missing(self, months: Sequence[Period]) -> None:
        if months:
            named = "、".join(f"{month.end.month}月" for month in months) if len(months) < _MONTHS else "各月"
            self.findings.append(NO_HISTORY.at(self.cells.pens[0].table.sheet, months=named, column=self.cells.measure))

    def _shares(self, months: Sequence[Period], history: Mapping[Key, float]) -> tuple[dict[str, float], str]:
        """Group → its share of the whole year."""
        given = self.wish.named({group: group for group in self.groups})
        if given:
            return {group: given.get(group, 0.0) for group in self.groups}, "所给权重"
        by = self.wish.groups_by
        shares = dict.fromkeys(self.groups, 1.0)
        if by == HISTORY:
            shares = {group: sum(history.get((group, month), 0.0) for month in months) for group in self.groups}
        elif by == HEADCOUNT and len(self.groups) > 1:
            shares = self._headcounts(months)
        poor = [group for group, share in shares.items() if share <= 0]
        if poor:
            what = "上年业绩" if by == HISTORY else "计划人力和在册人力"
            self.findings.append(NO_HEADCOUNT.at(self.cells.pens[0].table.sheet, groups="、".join(poor), what=what))
            return dict.fromkeys(self.groups, 1.0), EQUAL
        return shares, by

    def _headcounts(self, months: Sequence[Period]) -> dict[str, float]:
        """Average headcount of the year: as 附表二 plans it for every group and month, else by the roster so far.

        What is spread within 附表二 goes by the roster, or it would change the weights that it goes by.
        """
        planned = {group: [self.ledger.plan.of(month).get(group, {}).get("平均人力") for month in months] for group in self.groups}
        if self.wish.form != "附表二" and all(value is not None for values in planned.values() for value in values):
            return {group: sum(value or 0.0 for value in values) for group, values in planned.items()}
        begun = [month for month in months if month.start <= self.ledger.as_of] or list(months[:1])
        counts = [self.ledger.department.measures(month) for month in begun]
        return {group: sum(count.get(group, {}).get("平均人力") or 0.0 for count in counts) for group in self.groups}

    def _history(self) -> dict[Key, float]:
        """Last year's figures by this year's months: from the form's own column, else from records of the year before."""
        stated = self._stated() if self.cells.measure in _BUSINESS else {}
        source = self.wish.last_year or self.ledger
        return stated or {
            (group, month): max(value, 0.0)
            for month in self.cells.periods for group, value in last_year(source, month, self.cells.measure).items()
            if group in self.groups
        }

    def _stated(self) -> dict[Key, float]:
        found: dict[Key, float] = {}
        for pen in self.cells.pens:
            rows = zip(pen.table.column("组别"), pen.table.column(self.cells.slot), pen.table.column(_LAST_YEAR), strict=True)
            found |= {
                (group, month): value for group, month, value in rows
                if isinstance(value, int | float) and value >= 0 and group in self.groups and month in self.cells.periods
            }
        return found


def last_year(ledger: Ledger, month: Period, measure: str) -> dict[str, float]:
    """Group → a measure of the same month of the year before; empty where the records do not reach."""
    before = month
    for _ in range(_MONTHS):
        before = before.previous()
    if not ledger.reaches(before):
        return {}
    return {scope: value for scope, values in ledger.department.measures(before).items() if (value := values.get(measure)) is not None}


def demand_known(wish: Wish, names: Iterable[str], year: int) -> None:
    """Every weight is given for a month or for one of these names.

    Raises:
        CallError: it is for something else.
    """
    known = list(names)
    unknown = [name for name in wish.weights if name not in known and wish.month_of(name, year) is None]
    if unknown:
        raise CallError(
            f"权重里的“{'、'.join(unknown)}”不是月份，也不在表里（{'、'.join(known[:8])}…）。", "请改成表里的组名、姓名或工号。"
        )


def _completed(values: Mapping[Period, float], days: Mapping[Period, float]) -> dict[Period, float]:
    """A profile with the months that are missing filled in by their workdays."""
    ratio = sum(values.values()) / (sum(days[month] for month in values) or 1.0)
    return {month: values.get(month, days[month] * ratio) for month in days}
