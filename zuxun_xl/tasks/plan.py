"""The plan of a period from the monthly cells of 附表一 and 附表二, or of a week from 附表四. Typed subtotals are never used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from zuxun_xl.forms import appendix1
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.measures import Values, over_teams, over_time
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE

_HEADCOUNT = ("期初人力", "增员人数", "脱落人数", "调入", "调出", "期末人力")
_WEEKLY = ("FYP", "首年期交", "件数", "举绩人数", "约访", "面谈", "新增准客户")


class Plan:
    """Plan measures by group and period (samples convention: period = Σ of its months, 全部 = Σ of the groups)."""

    def __init__(self, groups: Sequence[str], production: Table | None, people: Table | None, weeks: Table | None) -> None:
        self._groups = groups
        self._forms = ((production, appendix1.FOLLOWS), (people, _HEADCOUNT))
        self._weeks = weeks
        self._known: dict[Period, Mapping[str, Values]] = {}

    def of(self, period: Period) -> Mapping[str, Values]:
        """Plan measures of each group and 全部; empty where nothing is planned for the period."""
        if period not in self._known:
            self._known[period] = self._of(period)
        return self._known[period]

    def _of(self, period: Period) -> Mapping[str, Values]:
        months = period.months()
        if months is None:
            return self._whole({group: values for (group, week), values in self._by_week.items() if week == period})
        own = {group: self._over(group, months) for group in (*self._groups, WHOLE)}
        return self._whole({group: values for group, values in own.items() if values})

    def _whole(self, groups: Mapping[str, Values]) -> dict[str, Values]:
        parts = [groups[group] for group in self._groups if group in groups]
        whole = over_teams(parts) if parts else groups.get(WHOLE, {})
        return {**{scope: groups.get(scope, {}) for scope in self._groups}, WHOLE: whole}

    def _over(self, group: str, months: Iterable[Period]) -> Values:
        monthly = [self._by_month.get((group, month), {}) for month in months]
        return over_time(monthly) if any(monthly) else {}

    @cached_property
    def _by_month(self) -> dict[tuple[str, Period], dict[str, float | None]]:
        cells: dict[tuple[str, Period], dict[str, float | None]] = {}
        for table, keys in self._forms:
            for part in table.whole if table is not None else ():
                for group, month, values in _rows(part, "月份", keys):
                    if len(month.pieces()) == 1:
                        cells.setdefault((group, month), {}).update(values)
        previous: dict[str, float | None] = {}
        for (group, _), values in sorted(cells.items()):
            _complete(values, previous.get(group))
            previous[group] = values.get("期末人力")
        return cells

    @cached_property
    def _by_week(self) -> dict[tuple[str, Period], dict[str, float | None]]:
        if self._weeks is None:
            return {}
        return {(group, week): values for part in self._weeks.whole for group, week, values in _rows(part, "周次", _WEEKLY)}


def _rows(table: Table, slot: str, keys: Iterable[str]) -> Iterable[tuple[str, Period, dict[str, float | None]]]:
    columns = {key: table.column(f"计划{key}") for key in keys if table.has(f"计划{key}")}
    for index, (group, period) in enumerate(zip(table.column("组别"), table.column(slot), strict=True)):
        yield group, period, {key: column[index] for key, column in columns.items()}


def _complete(values: dict[str, float | None], previous_closing: float | None) -> None:
    """Adds what follows from the typed figures: opening from the month before, closing by the bridge, averages, monthly counts."""
    if "举绩人数" in values:
        values["举绩人次"] = values["举绩人数"]
    if "增员人数" not in values:
        return
    if values.get("期初人力") is None:
        values["期初人力"] = previous_closing
    opening = values["期初人力"]
    flows = [values.get(key) or 0 for key in ("增员人数", "调入", "脱落人数", "调出")]
    if values.get("期末人力") is None:
        values["期末人力"] = None if opening is None else opening + flows[0] + flows[1] - flows[2] - flows[3]
    closing = values["期末人力"]
    values["平均人力"] = None if opening is None or closing is None else (opening + closing) / 2
    values["人力月"] = values["平均人力"]
