"""A department's whole workbook set for a year: the six forms, the raw tables, 设置, 速查表 and a guide."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from zuxun_xl.book.changes import BookSpec, Content, Formula, SheetSpec
from zuxun_xl.build.templates.agenda import AgendaSheet
from zuxun_xl.build.templates.attendance import attendance_sheet
from zuxun_xl.build.templates.canvas import Canvas, finished
from zuxun_xl.build.templates.guide import guide_sheet
from zuxun_xl.build.templates.lookup import lookup_sheet
from zuxun_xl.build.templates.meta import Meta, meta_sheet
from zuxun_xl.build.templates.plans import PlanSheet, plan_forms
from zuxun_xl.build.templates.registers import register_sheet
from zuxun_xl.build.templates.settings import list_names, settings_sheet
from zuxun_xl.build.templates.stage import StageSheet
from zuxun_xl.build.templates.targets import TargetSheet
from zuxun_xl.build.templates.weeks import WeekSheet
from zuxun_xl.forms.planned import YearPlan
from zuxun_xl.forms.registers import REGISTERS, ROSTER
from zuxun_xl.periods import month
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.filling.ours import names_for
from zuxun_xl.workdays import Workdays

KIND = "经营台账"
"""What such a workbook calls itself."""

_TABS = {"附表": "#4472C4", "考勤": "#70AD47", "设置": "#7F7F7F", "速查": "#7F7F7F", "使用": "#C00000"}
_RAW_TAB = "#70AD47"


@dataclass(frozen=True)
class NewBook:
    """What a new workbook is to hold.

    Attributes:
        plan: department, year, groups, people and what is planned already.
        first: number of the month that 附表四, 附表五 and 附表六 show.
        scale: 1 for 元, 10 000 for 万元, in the plan forms.
        workdays: on which days people work.
        roster: the people known, by column key of the roster.
    """

    plan: YearPlan
    first: int = 1
    scale: int = 1
    workdays: Workdays = field(default_factory=Workdays)
    roster: Sequence[Mapping[str, Content]] = ()

    @property
    def title(self) -> str:
        """Its title, and the file's name."""
        return f"{self.plan.year}年{self.plan.department}{KIND}"


def ledger_book(new: NewBook) -> BookSpec:
    """The workbook; equal wishes give equal bytes."""
    plan = new.plan
    shown = month(plan.year, new.first)
    results, people = plan_forms(plan, new.scale)
    agenda = AgendaSheet(plan.department, shown, new.workdays)
    weeks = WeekSheet(results, agenda, new.workdays.weeks(shown))
    stage = StageSheet(results, people, shown)
    forms = [results.canvas, people.canvas, TargetSheet(plan, results).canvas, weeks.canvas, stage.canvas, agenda.canvas]
    canvases = [*forms, *_raw(new), settings_sheet(plan.groups), lookup_sheet()]
    note = f"{len(plan.groups)}个组，附表四、五、六先给出{shown.label}。点表名可以跳过去。"
    sheets = finished([guide_sheet(new.title, note, [canvas.name for canvas in canvases]), *canvases])
    filled = {
        results.canvas.name: _followed(results), people.canvas.name: _followed(people), weeks.canvas.name: weeks.filled,
        stage.canvas.name: stage.filled,
    }
    hidden = [name for sheet, cells in filled.items() for name in names_for(sheet, dict.fromkeys(cells, Formula("", None)))]
    meta = Meta(KIND, f"{plan.year}", plan.department, plan.year, WHOLE, plan.groups, new.scale, plan.people)
    return BookSpec((*map(_tabbed, sheets), meta_sheet(meta)), list_names(plan.groups), tuple(hidden), new.title)


def _raw(new: NewBook) -> list[Canvas]:
    plan = new.plan
    canvases = {
        key: register_sheet(register, plan.department, plan.year, new.roster if register is ROSTER else ()) for key, register in REGISTERS.items()
    }
    attendance = [attendance_sheet(plan.department, month(plan.year, number), new.workdays, plan.people) for number in range(1, 13)]
    before = ("花名册", "组间调动", "保单明细", "续期明细")
    return [*(canvases[key] for key in before), *attendance, *(canvas for key, canvas in canvases.items() if key not in before)]


def _followed(sheet: PlanSheet) -> Mapping[tuple[int, int], object]:
    """Computed cells of actual figures in a plan form."""
    return sheet.canvas.computed({number for number, each in enumerate(sheet.fields, start=1) if each in sheet.blank.follow})


def _tabbed(sheet: SheetSpec) -> SheetSpec:
    return replace(sheet, tab_color=next((colour for front, colour in _TABS.items() if sheet.name.startswith(front)), _RAW_TAB))
