"""The first sheet: what lies where, who fills what and when, with links; and what the colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from zuxun_xl.book.layout import height_of
from zuxun_xl.build.templates.canvas import Canvas

NAME = "使用说明"
_WIDTHS = (14.0, 12.0, 16.0, 74.0)
_HEAD = 4


@dataclass(frozen=True, slots=True)
class Duty:
    """A line of the table of contents.

    Attributes:
        sheet: the sheet it leads to.
        who, when: who fills it, and when.
        what: what is to be done.
    """

    sheet: str
    who: str
    when: str
    what: str


FIRST_STEPS = (
    "先核对“设置”：组别、职级等选项和本单位另外的放假、上班日。",
    "登记“花名册”：每人一行，入司日期不能少；新来的人也补进当月考勤表。",
    "填附表二（先填1月期初人力）、附表一、附表三的计划，黄底的格由人填，灰底的格自动算。",
    "平时登记保单、续期、活动日志和考勤；每周五填附表四，月初填附表五、编附表六。",
)
"""What to do first."""

DUTIES = (
    Duty("附表一", "主管、组训", "年初填计划，月初填实绩", "各组各月业绩计划和实绩；季、年、全部自动合计。"),
    Duty("附表二", "主管、组训", "年初填计划，月初填实绩", "各组各月人力计划；期末人力、平均人力、增员率、脱落率自动算。"),
    Duty("附表三", "业务员、主管", "年初", "每人各月FYP目标；每组下面与附表一的组计划比较，差额不应是负数。"),
    Duty("附表四", "主管、组训", "周一填计划，周五填实绩", "当月各周的计划、实绩、问题和措施；月累计、时间进度自动算。"),
    Duty("附表五", "组训", "月初", "上月各项KPI；填基础数据，比率自动算，再写状态、问题、措施、责任人和时限。"),
    Duty("附表六", "组训", "月初", "当月行事历：主持、专题、政令、会议、培训；下面自动核对每周次数，红的是不够。"),
    Duty("花名册", "组训", "有变动当天", "一人一行；离司只填离司日期，不删行。"),
    Duty("组间调动", "组训", "有调动当天", "换组一次记一行。"),
    Duty("保单明细", "组训", "每天，或每周从公司系统粘贴", "主险、附加险各一行；撤单记负数。佣金由工具按佣金率逐行计算。"),
    Duty("续期明细", "组训", "每周从公司系统粘贴", "一笔应收一行；收到后补实收日期和金额。"),
    Duty("考勤1月", "组训", "每天早会后", "每月一张，每个工作日一格，从下拉选项里选符号；人次自动数。"),
    Duty("活动日志", "主管、组训", "每天二早后", "一人一天一行：约访、面谈、新增准客户。"),
    Duty("增员跟踪", "主管、组训", "有进展当天", "一个增员对象一行，走到哪步填哪步的日期。"),
    Duty("设置", "组训", "年初；有变动时", "口径、界限、节假日和下拉选项。"),
    Duty("速查表", "—", "开会时查", "五类问题的原因和改善措施，带编号。"),
)

_COLOURS = (
    ("input", "黄底：由人填写的计划和文字"), ("later", "白底：实绩，手填，或由工具从明细填好"),
    ("computed", "灰底：公式自动算，已锁定（没有密码，可在“审阅”里撤销保护）"),
)


def guide_sheet(title: str, note: str, sheets: Sequence[str]) -> Canvas:
    """The sheet; it leads to those sheets that are there."""
    canvas = Canvas(NAME, _WIDTHS)
    canvas.across(1, title, "title", 34)
    canvas.put(2, 1, note, "note")
    for column, text in enumerate(("工作表", "由谁填", "什么时候", "做什么"), start=1):
        canvas.put(_HEAD, column, text, "head")
    duties = [duty for duty in DUTIES if duty.sheet in sheets]
    links = {}
    for row, duty in enumerate(duties, start=_HEAD + 1):
        links[row, 1] = f"'{duty.sheet}'!A1"
        for column, (text, look) in enumerate(((duty.sheet, "link"), (duty.who, "text"), (duty.when, "text"), (duty.what, "text")), start=1):
            canvas.put(row, column, text, look)
        canvas.heights[row] = max(20.0, height_of([(duty.what, _WIDTHS[3]), (duty.when, _WIDTHS[2]), (duty.who, _WIDTHS[1])]))
    row = _HEAD + len(duties) + 2
    row = _listed(canvas, row, "先做什么", [f"{number}. {step}" for number, step in enumerate(FIRST_STEPS, start=1)])
    row = _listed(canvas, row + 1, "颜色", [])
    for kind, text in _COLOURS:
        canvas.put(row, 1, None, kind)
        canvas.put(row, 2, text, "line")
        canvas.heights[row] = 20
        row += 1
    _listed(canvas, row + 1, "不装任何软件也能用", [
        "所有合计、比率、人次都是普通公式，Excel 2016以后、WPS、手机上都能算；打印已设好A4/A3、标题行和页脚。",
        "装了“组训工具箱”的电脑上，运行 zuxun run 这个文件 --period 月份 -o 结果.xlsx，可以从明细把附表一、二、四、五的实绩一次填好并诊断。",
    ])
    canvas.options |= {"links": links, "landscape": True, "one_page": True}
    return canvas


def _listed(canvas: Canvas, row: int, heading: str, lines: Sequence[str]) -> int:
    """A heading and lines below it; returns the next row."""
    for column in range(1, len(_WIDTHS) + 1):
        canvas.put(row, column, heading if column == 1 else None, "section")
    canvas.heights[row] = 20
    for offset, line in enumerate(lines, start=1):
        canvas.put(row + offset, 1, line, "line")
        canvas.heights[row + offset] = 20
    return row + len(lines) + 1
