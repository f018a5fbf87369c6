"""附表一 and 附表二 as sheets: a block of months, quarters and the year for each group, and one for the whole department."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from zuxun_xl.book.changes import Content, Entry, Highlight
from zuxun_xl.book.keys import KEY_MARK
from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.canvas import Canvas
from zuxun_xl.build.templates.computed import Computed, Spot, arithmetic, mean, same, total
from zuxun_xl.build.templates.looks import number_look
from zuxun_xl.cells import address
from zuxun_xl.expr import expression
from zuxun_xl.forms.blanks import COMPUTED, MONTHS, OPENING, PEOPLE, RESULTS, Blank, Field
from zuxun_xl.forms.planned import YearPlan
from zuxun_xl.kpi.measures import Adds
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import DATE, PERCENT, TEXT, Unit

HEAD_ROW = 5
"""Row of the headings; the hidden key row stands above it."""

_WIDTHS = {TEXT: 12.0, DATE: 11.0, PERCENT: 8.5}
_USUAL, _MONEY_WIDTH = 8.5, 11.0
_QUARTER_NAMES = "一二三四"
_YEAR = 12
_ON_A_PAGE = 3
"""Blocks that an A3 page holds."""
_ROW_HEIGHT = 16.5
_FIRST_DAY = date(2000, 1, 1)


@dataclass(frozen=True, slots=True)
class Slot:
    """A row of a block: its label and the months it covers."""

    label: str
    months: tuple[int, ...]


SLOTS = (
    *(
        slot
        for quarter in range(4)
        for slot in (
            *(Slot(f"{month}月", (month,)) for month in range(3 * quarter + 1, 3 * quarter + 4)),
            Slot(f"{_QUARTER_NAMES[quarter]}季度", tuple(range(3 * quarter + 1, 3 * quarter + 4))),
        )
    ),
    Slot("全年", tuple(range(1, 13))),
)
"""The seventeen rows of a block (domain.md §2.1)."""
_OFFSETS = {slot.label: number for number, slot in enumerate(SLOTS)}


@dataclass
class PlanSheet:
    """A plan form being laid out.

    Attributes:
        blank: the form's blank.
        plan: whose plan it is.
        scale: 1 for 元, 10 000 for 万元.
        plan_only: a supervisor's copy, without columns to follow.
        people: the sheet 附表二 that 附表一 takes the average headcount from.
    """

    blank: Blank
    plan: YearPlan
    scale: int = 1
    plan_only: bool = False
    people: PlanSheet | None = None
    canvas: Canvas = field(init=False)
    fields: tuple[Field, ...] = field(init=False)

    def __post_init__(self) -> None:
        self.fields = self.blank.fields(plan_only=self.plan_only)
        self._columns = {each.key: number for number, each in enumerate(self.fields, start=1)}
        self._blocks = {scope: number for number, scope in enumerate(self.scopes)}
        widths = [each.width or width_of(self.blank.column(each).unit) for each in self.fields]
        self.canvas = Canvas(self.blank.form.key, widths)
        head(self.canvas, f"{self.blank.form.key}　{self.blank.form.title}", self.plan, _note(self.scale, self.blank))
        self._headings()
        for block, scope in enumerate(self.scopes):
            for offset, slot in enumerate(SLOTS):
                self._row(scope, slot, HEAD_ROW + 1 + block * len(SLOTS) + offset)
        self._guides()

    @property
    def scopes(self) -> tuple[str, ...]:
        """The groups, and 全部 where there are several."""
        return self.plan.groups if len(self.plan.groups) == 1 else (*self.plan.groups, WHOLE)

    @property
    def rows(self) -> range:
        """Sheet rows of the body."""
        return range(HEAD_ROW + 1, HEAD_ROW + 1 + len(self.scopes) * len(SLOTS))

    def column(self, key: str) -> int:
        """1-based column of a field."""
        return self._columns[key]

    def spot(self, scope: str, label: str, key: str) -> Spot:
        """The cell of a scope, slot and field."""
        return self.canvas.spot(HEAD_ROW + 1 + self._blocks[scope] * len(SLOTS) + _OFFSETS[label], self._columns[key])

    def _headings(self) -> None:
        for number, each in enumerate(self.fields, start=1):
            column = self.blank.column(each)
            heading(self.canvas, number, each.key, titled(column.heading, column.unit, self.scale), each)
        self.canvas.heights[HEAD_ROW] = height_of([(column_title(self.canvas, n), w) for n, w in enumerate(self.canvas.widths, start=1)])

    def _row(self, scope: str, slot: Slot, row: int) -> None:
        self.canvas.heights[row] = _ROW_HEIGHT
        single = len(slot.months) == 1
        kind = "computed" if single and scope != WHOLE else "whole" if scope == WHOLE and len(slot.months) == _YEAR else "sum"
        for number, each in enumerate(self.fields, start=1):
            unit = self.blank.column(each).unit
            if each.key in ("组别", "月份"):
                self.canvas.put(row, number, scope if each.key == "组别" else slot.label, f"{kind if not single else 'label'}:center")
                continue
            content = self._computed(each, scope, slot)
            if content is None and single and scope != WHOLE:
                entered = self.plan.entries.get((self.blank.form.key, scope, slot.months[0], each.key))
                look = "input" if each in self.blank.inputs else "later"
                self.canvas.put(row, number, in_unit(entered, unit, self.scale), f"{look}:{number_look(unit, self.scale, quiet=False)}")
            else:
                self.canvas.put(row, number, content, f"{kind}:{_look(each, unit, self.scale)}")

    def _computed(self, each: Field, scope: str, slot: Slot) -> Computed | None:
        """What a field shows in a row, if it is computed there."""
        single = len(slot.months) == 1
        if each.formula and (single or each.longer or each.adds is None):
            if scope == WHOLE and each.adds is not None:
                return self._whole(each, slot)
            return self._formula(each, scope, slot)
        if each.key == "计划平均人力" and self.people is not None:
            return same(self.people.spot(scope, slot.label, each.key), self.canvas.name)
        if each.adds is None:
            return None
        if scope == WHOLE:
            return self._whole(each, slot)
        if single:
            return self._opening(scope, slot) if each.key == OPENING and slot.months[0] > 1 else None
        return self._longer(each, [self.spot(scope, f"{month}月", each.key) for month in slot.months])

    def _whole(self, each: Field, slot: Slot) -> Computed | None:
        """The sum of the groups; actual figures of longer periods follow from the department's months, in which moves between groups cancel."""
        if each.follows and len(slot.months) > 1:
            return self._longer(each, [self.spot(WHOLE, f"{month}月", each.key) for month in slot.months])
        groups = [self.spot(group, slot.label, each.key) for group in self.plan.groups]
        return total(groups, len(groups) if each.follows else 1)

    def _formula(self, each: Field, scope: str, slot: Slot) -> Computed:
        formula = expression(each.longer if each.longer and len(slot.months) > 1 else each.formula)
        constants = {MONTHS: len(slot.months)} if MONTHS in formula.names else {}
        names = [name for name in formula.names if name not in constants]
        return arithmetic(formula, {name: self.spot(scope, slot.label, name) for name in names}, each.needs or names, constants)

    def _opening(self, scope: str, slot: Slot) -> Computed:
        return same(self.spot(scope, f"{slot.months[0] - 1}月", "计划期末人力"), self.canvas.name)

    def _longer(self, each: Field, months: list[Spot]) -> Computed | None:
        """How a figure of quarters and the year follows from the months (V101, V203); actual ones only from months that are all there."""
        match each.adds:
            case Adds.DISTINCT if each.follows:
                return None
            case Adds.OPENING:
                return same(months[0], self.canvas.name)
            case Adds.CLOSING:
                return same(months[-1], self.canvas.name)
            case Adds.AVERAGE:
                return mean(months)
        return total(months, len(months) if each.follows else 1)

    def _guides(self) -> None:
        first, last = self.rows[0], self.rows[-1]
        for number, each in enumerate(self.fields, start=1):
            unit = self.blank.column(each).unit
            area = f"{address(first, number)}:{address(last, number)}"
            self.canvas.entries += [Entry(area, options) for options in entry_options(each, unit)]
            if unit is PERCENT and each.key.endswith("达成率"):
                self.canvas.highlights += attainment(area)
        self.canvas.options |= {
            "freeze": (HEAD_ROW, 2), "repeat_rows": (HEAD_ROW, HEAD_ROW), "locked": True, "landscape": True,
            "paper": 9 if self.plan_only else 8,
            "breaks": tuple(HEAD_ROW + number * len(SLOTS) for number in range(_ON_A_PAGE, len(self.scopes), _ON_A_PAGE)),
        }


def plan_forms(plan: YearPlan, scale: int = 1, *, plan_only: bool = False) -> tuple[PlanSheet, PlanSheet]:
    """附表一 and 附表二 of a plan."""
    people = PlanSheet(PEOPLE, plan, scale, plan_only)
    return PlanSheet(RESULTS, plan, scale, plan_only, people), people


def head(canvas: Canvas, title: str, plan: YearPlan, note: str) -> None:
    """Title, the line that says whose form it is and who filled it, and the small print."""
    canvas.across(1, title, "title", 30)
    pairs: list[tuple[str, Content]] = [
        ("单位", plan.department or None), ("组别", plan.groups[0] if len(plan.groups) == 1 else WHOLE), ("年度", f"{plan.year}年"),
        ("填表人", None), ("填表日期", None), ("审核人", None),
    ]
    for number, (label, content) in enumerate(pairs):
        if 2 * number + 2 <= len(canvas.widths):
            canvas.put(2, 2 * number + 1, label, "tag")
            canvas.put(2, 2 * number + 2, content, "fixed" if content is not None and label != "单位" else "blank")
    canvas.heights[2] = 20
    canvas.put(3, 1, note, "note")
    canvas.hidden.append(HEAD_ROW - 1)


def heading(canvas: Canvas, column: int, key: str, text: str, each: Field) -> None:
    """A heading with its hidden key above and the note that a person needs."""
    canvas.put(HEAD_ROW - 1, column, f"{KEY_MARK}{key}", "key")
    kind = "head" if each.by == COMPUTED else "head-follow" if key.startswith("实际") else "head-input"
    canvas.put(HEAD_ROW, column, text, kind)
    if each.help:
        canvas.notes[HEAD_ROW, column] = each.help


def column_title(canvas: Canvas, column: int) -> str:
    """The text of a heading."""
    return str(canvas.held(HEAD_ROW, column) or "")


def titled(text: str, unit: Unit, scale: int) -> str:
    """A heading with the unit of its money."""
    if not unit.name.startswith("元"):
        return text
    return f"{text}\n（{unit.name.replace('元', '万元') if scale > 1 else unit.name}）"


def width_of(unit: Unit) -> float:
    """What a column of a unit usually needs, in characters."""
    return _MONEY_WIDTH if unit.name.startswith("元") else _WIDTHS.get(unit, _USUAL)


def in_unit(entered: Content, unit: Unit, scale: int) -> Content:
    """An entered figure as its cell shows it."""
    return entered / scale if scale > 1 and unit.name.startswith("元") and isinstance(entered, int | float) else entered


def entry_options(each: Field, unit: Unit) -> Iterator[Mapping[str, object]]:
    """What may be entered into a field, as a validation with a Chinese sentence."""
    if each.by == COMPUTED or unit is PERCENT:
        return
    told = {"input_title": each.key, "input_message": each.help} if each.help else {}
    if unit is DATE:
        yield {"validate": "date", "criteria": ">", "value": _FIRST_DAY, "error_title": "日期不对", "error_message": "请填日期，例如 2027-3-8。", **told}
    elif unit is not TEXT:
        whole = not unit.name.startswith("元")
        kind, noun = ("integer", "整数") if whole else ("decimal", "数字")
        sentence = f"请填不小于0的{noun}，不带单位和文字。"
        yield {"validate": kind, "criteria": ">=", "value": 0, "error_title": f"{each.key}不对", "error_message": sentence, **told}


def attainment(area: str) -> list[Highlight]:
    """Colours of attainment: red below 90 %, amber below 100 %, green from there on (domain.md §4.1)."""
    numeric = f"ISNUMBER({area.partition(':')[0]})"
    first = area.partition(":")[0]
    tests = (("red", f"AND({numeric},{first}<0.9)"), ("amber", f"AND({numeric},{first}>=0.9,{first}<1)"), ("green", f"AND({numeric},{first}>=1)"))
    return [Highlight(area, look, {"type": "formula", "criteria": f"={test}"}) for look, test in tests]


def _note(scale: int, blank: Blank) -> str:
    unit = "万元" if scale > 1 else "元"
    return f"金额单位：{unit}。{_EXPLAIN[blank.form.key]}黄底的格由人填写，灰底的格自动计算、不能改；数字不带单位和文字。"


_EXPLAIN = {
    "附表一": "季、年合计由各月相加，举绩人数为各月人次；平均人力取自附表二。",
    "附表二": "期末=期初+增员+调入−脱落−调出；季、年的期初取首月、期末取末月，平均人力取各月平均。",
}


def _look(each: Field, unit: Unit, scale: int) -> str:
    return "half" if each.key == "计划平均人力" else number_look(unit, scale, quiet=True)
