"""附表五 as a sheet: a row an indicator, a column a group; ratios over the figures of the same column, plans from 附表一 and 附表二."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from zuxun_xl.book.changes import Content, Entry, Highlight
from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.canvas import A3, Canvas
from zuxun_xl.build.templates.computed import Computed, Spot, arithmetic, native
from zuxun_xl.build.templates.lists import chosen
from zuxun_xl.build.templates.looks import number_look
from zuxun_xl.build.templates.plans import HEAD_ROW, SLOTS, PlanSheet, heading
from zuxun_xl.cells import address
from zuxun_xl.forms import appendix5
from zuxun_xl.forms.blanks import COMPUTED, Field
from zuxun_xl.forms.choices import CHOICES
from zuxun_xl.forms.staging import BASIC, BEHIND, LABELS, Indicator, indicators
from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import CASES_PER_HEAD

_ROWS = indicators()
_PLAN = "计划"
_GROUP_WIDTH = 10.0
_STAGE = (3, 2)
"""Cell that says which rows of 附表一 and 附表二 hold the plan."""


@dataclass
class StageSheet:
    """附表五 being laid out.

    Attributes:
        results, people: 附表一 and 附表二 of the same workbook.
        stage: the period.
    """

    results: PlanSheet
    people: PlanSheet
    stage: Period
    canvas: Canvas = field(init=False)

    def __post_init__(self) -> None:
        groups = self.results.plan.groups
        self.scopes = groups if len(groups) == 1 else (*groups, WHOLE)
        widths = [each.width for each in LABELS] + [_GROUP_WIDTH] * len(self.scopes) + [each.width for each in BEHIND]
        self.canvas = Canvas(appendix5.FORM.key, widths)
        self.columns = {scope: len(LABELS) + number for number, scope in enumerate(self.scopes, start=1)}
        self.sides = {each.key: len(LABELS) + len(self.scopes) + number for number, each in enumerate(BEHIND, start=1)}
        self.rows = {row.key: HEAD_ROW + number for number, row in enumerate(_ROWS, start=1)}
        self._head()
        for row in _ROWS:
            self._row(row)
        self._guides()

    def _head(self) -> None:
        form = appendix5.FORM
        self.canvas.across(1, f"{form.key}　{form.title}", "title", 30)
        self.canvas.put(2, 1, f"单位：{self.results.plan.department}　阶段：{self.stage.label}", "open-note")
        self.canvas.put(2, len(LABELS) + 1, "金额单位：元。换一个阶段时，改“阶段”和下面的“计划取自”；比率由同一列的基础数据算出，分母为0显示#N/A。", "note")
        self.canvas.put(3, 1, "计划取自", "tag")
        self.canvas.put(*_STAGE, f"{self.stage.end.month}月", "blank")
        self.canvas.put(3, 3, "附表一、附表二的这一行（月、季度或全年）", "note")
        self.canvas.entries.append(Entry(address(*_STAGE), {"validate": "list", "source": [slot.label for slot in SLOTS]}))
        for number, each in enumerate(LABELS, start=1):
            heading(self.canvas, number, each.key, form.by_key[each.key].heading, each)
        for scope, column in self.columns.items():
            self.canvas.put(HEAD_ROW, column, scope, "head-follow")
        for each in BEHIND:
            heading(self.canvas, self.sides[each.key], each.key, form.by_key[each.key].heading, each)
        self.canvas.heights |= {2: 18, 3: 20, HEAD_ROW: 28}
        self.canvas.hidden.append(HEAD_ROW - 1)

    def _row(self, row: Indicator) -> None:
        place = self.rows[row.key]
        for number, text in enumerate((row.kind, row.name, row.unit.name, row.meaning), start=1):
            self.canvas.put(place, number, text, "text" if number in (2, 4) else "label")
        look = "ratio" if row.unit is CASES_PER_HEAD else number_look(row.unit, 1, quiet=False)
        for scope, column in self.columns.items():
            content = self._figure(row, scope)
            self.canvas.put(place, column, content, f"{'later' if content is None else 'computed'}:{look}")
        for each in BEHIND:
            content = self._planned(row) if each.key == appendix5.PLAN else None
            kind = "computed" if content is not None else "input" if each.by == "主" else "later"
            shown = look if each.key in (appendix5.PLAN, appendix5.PRIOR) else {"完成时限": "date", appendix5.STATE: "center"}.get(each.key, "words")
            self.canvas.put(place, self.sides[each.key], content, f"{kind}:{shown}")
        self.canvas.heights[place] = max(20.0, height_of([(row.meaning, LABELS[-1].width)]))

    def _spot(self, key: str, column: int) -> Spot:
        return self.canvas.spot(self.rows[key], column)

    def _figure(self, row: Indicator, scope: str) -> Computed | None:
        """A figure of a scope: ratios are computed, sums of the groups too; base figures of groups are entered."""
        column = self.columns[scope]
        if row.formula is None:
            if row.kind != BASIC or scope != WHOLE or len(self.scopes) == 1:
                return None
            parts = f"{address(self.rows[row.key], column - len(self.scopes) + 1)}:{address(self.rows[row.key], column - 1)}"
            return native(f'IF(COUNT({parts})<{len(self.scopes) - 1},"",SUM({parts}))', self.canvas.name)
        names = row.formula.names
        if any(name.startswith(_PLAN) for name in names):
            return self._attained(row, scope)
        return arithmetic(row.formula, {name: self._spot(name, column) for name in names}, names)

    def _attained(self, row: Indicator, scope: str) -> Computed:
        """A figure over its plan in 附表一 or 附表二."""
        actual = next(name for name in row.formula.names if not name.startswith(_PLAN)) if row.formula else ""
        held, plan = address(*self._spot(actual, self.columns[scope])[1:]), self._plan_of(actual, scope)
        return native(f'IF(COUNT({held})=0,"",IF({plan}=0,NA(),{held}/{plan}))', self.canvas.name)

    def _plan_of(self, measure: str, scope: str) -> str:
        """The planned figure of a scope in the row of the stage, in 元."""
        sheet = self.results if any(each.key == f"{_PLAN}{measure}" for each in self.results.fields) else self.people
        ranges = [
            f"'{sheet.canvas.name}'!{address(sheet.rows[0], number, absolute=True)}:{address(sheet.rows[-1], number, absolute=True)}"
            for number in (sheet.column(f"{_PLAN}{measure}"), sheet.column("组别"), sheet.column("月份"))
        ]
        head = address(HEAD_ROW, self.columns[scope], absolute=True)
        found = f"SUMIFS({ranges[0]},{ranges[1]},{head},{ranges[2]},{address(*_STAGE, absolute=True)})"
        money = sheet.blank.form.by_key[f"{_PLAN}{measure}"].unit.name.startswith("元")
        return f"({found}*{sheet.scale})" if money and sheet.scale > 1 else found

    def _planned(self, row: Indicator) -> Computed | None:
        """The plan of the whole department: of base figures from 附表一 and 附表二, of ratios over these, 100 % of attainments."""
        column, here = self.sides[appendix5.PLAN], self.canvas.name
        if row.key in self._planned_measures:
            plan = self._plan_of(row.key, self.scopes[-1])
            return native(f'IF({plan}=0,"",{plan})', here)
        if row.planned is not None and set(row.planned.names) <= self._planned_measures.keys():
            return arithmetic(row.planned, {name: self._spot(name, column) for name in row.planned.names}, row.planned.names)
        attained = [name.removeprefix(_PLAN) for name in (row.formula.names if row.formula else ()) if name.startswith(_PLAN)]
        if not attained:
            return None
        held = address(*self._spot(attained[0], column)[1:])
        return native(f'IF(COUNT({held})=0,"",1)', here)

    @property
    def _planned_measures(self) -> Mapping[str, None]:
        """Base figures of this form that 附表一 or 附表二 plans."""
        fields = (*self.results.fields, *self.people.fields)
        return {key: None for each in fields if each.key.startswith(_PLAN) and (key := each.key.removeprefix(_PLAN)) in self.rows}

    def _guides(self) -> None:
        first, last = HEAD_ROW + 1, HEAD_ROW + len(_ROWS)
        state = self.sides[appendix5.STATE]
        states = f"{address(first, state)}:{address(last, state)}"
        self.canvas.entries.append(Entry(states, chosen("状态")))
        for shown in CHOICES["状态"]:
            self.canvas.highlights.append(Highlight(states, shown, {"type": "cell", "criteria": "==", "value": f'"{shown}"'}))
        self.canvas.options |= {
            "freeze": (HEAD_ROW, 2), "repeat_rows": (HEAD_ROW, HEAD_ROW), "locked": True, "landscape": True, "paper": A3, "one_page": True,
        }

    @property
    def filled(self) -> dict[tuple[int, int], Content | Computed]:
        """Computed cells, which ``fill`` may write."""
        return self.canvas.computed(range(1, len(self.canvas.widths) + 1))


