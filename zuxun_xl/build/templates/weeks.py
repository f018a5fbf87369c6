"""附表四 as a sheet: a block a week of one month, a row a group and their sum; time progress from the calendar of 附表六."""

from __future__ import annotations

from dataclasses import dataclass, field

from zuxun_xl.book.changes import Content, Entry
from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.agenda import AgendaSheet
from zuxun_xl.build.templates.canvas import A3, Canvas
from zuxun_xl.build.templates.computed import Computed, Spot, arithmetic, native, same, total
from zuxun_xl.build.templates.looks import number_look
from zuxun_xl.build.templates.plans import HEAD_ROW, PlanSheet, attainment, column_title, entry_options, heading, titled
from zuxun_xl.cells import address
from zuxun_xl.expr import expression
from zuxun_xl.forms.blanks import COMPUTED, Field
from zuxun_xl.forms.tracking import CUMULATED, MONTH_PLAN, PROGRESS, WEEKS
from zuxun_xl.periods import Period
from zuxun_xl.units import PERCENT, TEXT

_NUMBERS = "一二三四五六"
_FIELDS = WEEKS.fields()
_COLUMNS = {each.key: number for number, each in enumerate(_FIELDS, start=1)}
_SUM = "合计"
_OPENING, _CLOSING = "实际期初人力", "实际期末人力"


@dataclass
class WeekSheet:
    """附表四 being laid out.

    Attributes:
        results: 附表一 of the same workbook, which has the month's plan.
        agenda: 附表六 of the same workbook, which says on which days people work.
        weeks: the weeks of the month.
    """

    results: PlanSheet
    agenda: AgendaSheet
    weeks: list[Period]
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        plan, scale = self.results.plan, self.results.scale
        self.canvas = Canvas(WEEKS.form.key, [each.width for each in _FIELDS])
        title = f"{WEEKS.form.key}　{WEEKS.form.title}（{self.agenda.month.label}）"
        note = (
            f"金额单位：{'万元' if scale > 1 else '元'}。每周五下班前填。黄底的格填周计划，白底的格填实绩（也可由工具从明细填好），灰底的格自动计算。"
            "月累计从本月第一周起加；时间进度=已过工作日÷当月工作日，按附表六的日历。"
        )
        self.canvas.across(1, title, "title", 30)
        who = f"单位：{plan.department}　月份：{self.agenda.month.label}　填表人：　　　　填表日期：　　　　审核人："
        self.canvas.put(2, 1, who, "open-note")
        self.canvas.put(3, 1, note, "note")
        self.canvas.heights[2] = 20
        self.canvas.hidden.append(HEAD_ROW - 1)
        for number, each in enumerate(_FIELDS, start=1):
            column = WEEKS.column(each)
            heading(self.canvas, number, each.key, titled(column.heading, column.unit, scale), each)
        self.canvas.heights[HEAD_ROW] = height_of([(column_title(self.canvas, n), w) for n, w in enumerate(self.canvas.widths, start=1)])
        for index in range(len(self.weeks)):
            self._block(index)
        self._guides()

    @property
    def scopes(self) -> tuple[str, ...]:
        """Rows of a block below its heading line."""
        return (*self.results.plan.groups, _SUM)

    def spot(self, index: int, scope: str, key: str) -> Spot:
        """The cell of a week, scope and field."""
        row = HEAD_ROW + 1 + index * (len(self.scopes) + 1) + 1 + self.scopes.index(scope)
        return self.canvas.spot(row, _COLUMNS[key])

    def _block(self, index: int) -> None:
        week = self.weeks[index]
        line = self.spot(index, self.scopes[0], _FIELDS[0].key)[1] - 1
        days = self.agenda.workdays.within(week)
        text = f"第{_NUMBERS[index]}周（{_spoken(week)}）　工作日{len(days)}天"
        for number in range(1, len(_FIELDS) + 1):
            self.canvas.put(line, number, text if number == 1 else None, "band")
        self.canvas.heights[line] = 20
        for scope in self.scopes:
            for each in _FIELDS:
                self._cell(index, scope, each)

    def _cell(self, index: int, scope: str, each: Field) -> None:
        _, row, column = self.spot(index, scope, each.key)
        self.canvas.heights[row] = 24
        unit, whole = WEEKS.column(each).unit, scope == _SUM
        if each in WEEKS.labels:
            self.canvas.put(row, column, scope, "sum:center" if whole else "label:center")
            return
        content = self._computed(index, scope, each)
        if content is None:
            kind = "sum" if whole and unit is not TEXT else "input" if each.by in ("主", "负") else "later"
            self.canvas.put(row, column, None, f"{kind}:{number_look(unit, self.results.scale, quiet=False)}")
        else:
            self.canvas.put(row, column, content, f"{'sum' if whole else 'computed'}:{number_look(unit, self.results.scale, quiet=True)}")

    def _computed(self, index: int, scope: str, each: Field) -> Content | Computed:
        here, unit = self.canvas.name, WEEKS.column(each).unit
        if each.key == PROGRESS:
            return native(self.agenda.progress(self.weeks[index].end), here)
        if unit is TEXT:
            return None
        if scope == _SUM and unit is not PERCENT:
            parts = [self.spot(index, group, each.key) for group in self.results.plan.groups]
            return total(parts, 1 if each.key.startswith("计划") or each.key == MONTH_PLAN else len(parts))
        if each.key == MONTH_PLAN:
            return same(self.results.spot(scope, f"{self.agenda.number}月", "计划FYP"), here)
        if each.key == CUMULATED:
            return self._cumulated(index, scope)
        if each.key == _OPENING and index:
            return same(self.spot(index - 1, scope, _CLOSING), here)
        return self._formula(index, scope, each) if each.formula else None

    def _formula(self, index: int, scope: str, each: Field) -> Computed:
        formula = expression(each.formula)
        return arithmetic(formula, {name: self.spot(index, scope, name) for name in formula.names}, each.needs or formula.names)

    def _cumulated(self, index: int, scope: str) -> Computed:
        """What the weeks up to this one add up to, once this one is there."""
        cells = [address(*self.spot(number, scope, "实际FYP")[1:]) for number in range(index + 1)]
        return native(f'IF({cells[-1]}="","",SUM({",".join(cells)}))', self.canvas.name)

    def _guides(self) -> None:
        first, last = HEAD_ROW + 1, self.spot(len(self.weeks) - 1, _SUM, "组别")[1]
        for number, each in enumerate(_FIELDS, start=1):
            unit = WEEKS.column(each).unit
            area = f"{address(first, number)}:{address(last, number)}"
            self.canvas.entries += [Entry(area, options) for options in entry_options(each, unit) if each.by != COMPUTED]
            if each.key.endswith("达成率"):
                self.canvas.highlights += attainment(area)
        self.canvas.options |= {
            "freeze": (HEAD_ROW, 1), "repeat_rows": (HEAD_ROW, HEAD_ROW), "locked": True, "landscape": True, "paper": A3,
        }

    @property
    def filled(self) -> dict[tuple[int, int], Content | Computed]:
        """Computed cells of actual figures, which ``fill`` may write."""
        keys = {column.key for column in WEEKS.form.columns if column.filled}
        return self.canvas.computed({_COLUMNS[key] for key in keys & _COLUMNS.keys()})


def _spoken(week: Period) -> str:
    return f"{week.start.month}月{week.start.day}日—{week.end.month}月{week.end.day}日"
