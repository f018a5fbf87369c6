"""附表三 as a sheet: one row a person, months and quarters across, each group compared with its plan of 附表一."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from zuxun_xl.book.changes import Content, Entry, Highlight
from zuxun_xl.build.templates.canvas import Canvas
from zuxun_xl.build.templates.computed import Computed, Spot, arithmetic, same, total
from zuxun_xl.build.templates.looks import number_look
from zuxun_xl.build.templates.plans import HEAD_ROW, SLOTS, PlanSheet, Slot, entry_options, head, heading, in_unit, titled, width_of
from zuxun_xl.cells import address
from zuxun_xl.expr import expression
from zuxun_xl.forms.blanks import COMPUTED, TARGETS, Field
from zuxun_xl.forms.planned import TARGET, Person, YearPlan
from zuxun_xl.units import YUAN, Unit

SPARE_ROWS = 3
"""Open rows behind the people of a supervisor's copy, for those who join later."""

_SLOT_OF = {slot.label: slot for slot in SLOTS if len(slot.months) < 12}  # noqa: PLR2004 - the year is the column 全年目标
_FIELDS = (
    *TARGETS.labels, *(Field(label, "业" if len(slot.months) == 1 else COMPUTED, width=9.5) for label, slot in _SLOT_OF.items()),
    *TARGETS.plan, *TARGETS.remarks,
)
_YEAR = "全年目标"
_GAP = expression("个人合计 - 组计划")


@dataclass
class TargetSheet:
    """附表三 being laid out.

    Attributes:
        plan: whose targets they are.
        results: 附表一 of the same workbook, with which the sums are compared.
    """

    plan: YearPlan
    results: PlanSheet
    canvas: Canvas = field(init=False)
    _row: int = HEAD_ROW

    def __post_init__(self) -> None:
        self.scale, self.plan_only = self.results.scale, self.results.plan_only
        self.canvas = Canvas(TARGETS.form.key, [each.width or width_of(_unit(each)) for each in _FIELDS])
        note = f"金额单位：{'万元' if self.scale > 1 else '元'}。各月填个人FYP目标，离司后的月份空着；个人合计不应少于附表一的组计划。黄底的格由人填写。"
        head(self.canvas, f"{TARGETS.form.key}　{TARGETS.form.title}（FYP目标）", self.plan, note)
        for number, each in enumerate(_FIELDS, start=1):
            column = TARGETS.form.by_key.get(each.key)
            heading(self.canvas, number, each.key, titled(column.heading, column.unit, self.scale) if column else each.key, each)
        self.canvas.heights[HEAD_ROW] = 36
        for group in self.plan.groups:
            self._group(group)
        self.canvas.options |= {
            "freeze": (HEAD_ROW, 4), "repeat_rows": (HEAD_ROW, HEAD_ROW), "locked": True, "paper": 9 if self.plan_only else 8,
        }

    def _group(self, group: str) -> None:
        first = self._row + 1
        for person in (person for person in self.plan.people if person.group == group):
            self._person(group, person)
        for _ in range(SPARE_ROWS if self.plan_only else 0):
            self._person(group, None)
        rows = range(first, self._row + 1)
        if not rows:
            return
        self._guide(rows)
        sums, plans = self._row + 1, self._row + 2
        self._line(f"{group}合计", "sum", lambda number, _: total([self.canvas.spot(row, number) for row in rows]))
        self._line("附表一组计划", "computed", lambda _, label: same(self.results.spot(group, label, "计划FYP"), self.canvas.name))
        self._line("差额", "computed", lambda number, _: _difference(self.canvas.spot(sums, number), self.canvas.spot(plans, number)))

    def _person(self, group: str, person: Person | None) -> None:
        """A row to be filled; one of nobody yet has its labels open as well."""
        self._row += 1
        labels: dict[str, Content] = {"组别": group}
        if person is not None:
            labels |= {"工号": person.code, "姓名": person.name, "职级": person.rank or None}
        for number, each in enumerate(_FIELDS, start=1):
            if each in TARGETS.labels:
                kind = "label" if each.key in labels else "input"
                self.canvas.put(self._row, number, labels.get(each.key), f"{kind}:{'code' if each.key == '工号' else 'center'}")
            elif each.by == COMPUTED:
                self.canvas.put(self._row, number, self._sum(each.key), f"computed:{number_look(YUAN, self.scale, quiet=True)}")
            else:
                unit, slot = _unit(each), _SLOT_OF.get(each.key)
                key = (slot.months[0], TARGET) if slot else (0, each.key)
                entered = self.plan.entries.get((TARGETS.form.key, person.code, *key)) if person else None
                self.canvas.put(self._row, number, in_unit(entered, unit, self.scale), f"input:{number_look(unit, self.scale, quiet=False)}")

    def _sum(self, key: str) -> Computed:
        """A quarter is the sum of its months, the year of its quarters."""
        parts = [f"{month}月" for month in _SLOT_OF[key].months] if key in _SLOT_OF else [label for label in _SLOT_OF if "季" in label]
        return total([self.canvas.spot(self._row, _column(part)) for part in parts])

    def _line(self, label: str, kind: str, content: Callable[[int, str], Computed]) -> None:
        """A line below the people of a group: what each month, quarter and the year show."""
        self._row += 1
        for number, each in enumerate(_FIELDS, start=1):
            shown = content(number, "全年" if each.key == _YEAR else each.key) if each.key in _SLOT_OF or each.key == _YEAR else None
            look = "center" if each in TARGETS.labels else number_look(YUAN, self.scale, quiet=True)
            self.canvas.put(self._row, number, label if number == 1 else shown, f"{kind}:{look}")

    def _guide(self, rows: range) -> None:
        for number, each in enumerate(_FIELDS, start=1):
            area = f"{address(rows[0], number)}:{address(rows[-1], number)}"
            self.canvas.entries += [Entry(area, options) for options in entry_options(each, _unit(each))] if each not in TARGETS.labels else []
        gaps = f"{address(rows[-1] + 3, _column('1月'))}:{address(rows[-1] + 3, _column(_YEAR))}"
        self.canvas.highlights.append(Highlight(gaps, "red", {"type": "cell", "criteria": "<", "value": 0}))


def _column(key: str) -> int:
    return next(number for number, each in enumerate(_FIELDS, start=1) if each.key == key)


def _unit(each: Field) -> Unit:
    return TARGETS.form.by_key[each.key].unit if each.key in TARGETS.form.by_key else YUAN


def _difference(sums: Spot, plans: Spot) -> Computed:
    return arithmetic(_GAP, {"个人合计": sums, "组计划": plans}, _GAP.names)
