"""# 组训助手（试验版）

**函数**：在单元格里用 `=ZX_ATTRITION(4,40,42)` 这样的函数，名称和算法与 Windows 加载项、LibreOffice 扩展相同。

**脚本**：在上面选一个，填好各栏，点按钮。结果总是放进一张新工作表，不改动已有的格子。
"""
# What xlwings Lite runs: an entry for each worksheet function, and scripts that need nothing but the functions' own code.
# `zuxun lite` puts this text into a workbook, followed by that code; zuxun_xl is imported only once something is used.

import re
from collections.abc import Callable
from itertools import chain, count
from typing import Any, Literal

import xlwings as xw
from xlwings import arg, func, script

Cells = list[list[Any]]
EMPTY: Any = None
_KNOWN = {"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"}
_LIVE = ("=", "+", "-", "@")


def _value(name: str, *given: Cells | None) -> Any:
    """What a cell shows; Lite turns the texts of errors into error values, and knows an argument left out as an empty one."""
    from zuxun_xl.functions.catalogue import FUNCTIONS
    from zuxun_xl.functions.values import MISSING

    function = FUNCTIONS[name]
    left_out = [cells is None and parameter.optional for cells, parameter in zip(given, function.parameters, strict=True)]
    result = function(*[MISSING if absent else cells for cells, absent in zip(given, left_out, strict=True)])
    return [[_shown(cell) for cell in row] for row in result] if isinstance(result, list) else _shown(result)


def _shown(cell: Any) -> Any:
    """A cell as Lite takes it: plain texts, and only the errors that it can show."""
    if not isinstance(cell, str):
        return cell
    return str(cell) if cell in _KNOWN or not cell.startswith("#") else "#VALUE!"


# ---- functions of the catalogue: written by python -m zuxun_xl.build ----


@func
@arg("active", ndim=2, err_to_str=True, doc="举绩人数")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、期末、月度、曾在职")
@arg("active_sum", ndim=2, err_to_str=True, doc="举绩人次，只有月度口径要")
@arg("recruited", ndim=2, err_to_str=True, doc="增员人数，只有曾在职口径要")
@arg("moved_in", ndim=2, err_to_str=True, doc="调入，只有曾在职口径要")
def ZX_ACTIVE_RATE(active: Cells, opening: Cells, closing: Cells, basis: Cells = EMPTY, active_sum: Cells = EMPTY, recruited: Cells = EMPTY, moved_in: Cells = EMPTY) -> Any:
    """举绩率 = 举绩人数 / ((期初人力 + 期末人力) / 2)。报告期内实际产生业绩的个人代理人人数占在职个人代理人人数的百分比"""
    return _value("ZX_ACTIVE_RATE", active, opening, closing, basis, active_sum, recruited, moved_in)


@func
@arg("actual", ndim=2, err_to_str=True, doc="FYP")
@arg("target", ndim=2, err_to_str=True, doc="计划FYP")
def ZX_FYP_ACHIEVE(actual: Cells, target: Cells) -> Any:
    """FYP计划达成率 = FYP / 计划FYP。报告期内完成FYP占计划的百分比"""
    return _value("ZX_FYP_ACHIEVE", actual, target)


@func
@arg("actual", ndim=2, err_to_str=True, doc="首年期交")
@arg("target", ndim=2, err_to_str=True, doc="计划首年期交")
def ZX_RP_ACHIEVE(actual: Cells, target: Cells) -> Any:
    """首年期交保费计划达成率 = 首年期交 / 计划首年期交。报告期内完成首年期交保费占计划的百分比"""
    return _value("ZX_RP_ACHIEVE", actual, target)


@func
@arg("commission", ndim=2, err_to_str=True, doc="FYC")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、期末")
def ZX_FYC_PER_CAP(commission: Cells, opening: Cells, closing: Cells, basis: Cells = EMPTY) -> Any:
    """人均FYC = FYC / ((期初人力 + 期末人力) / 2)。报告期内平均每人完成的FYC量"""
    return _value("ZX_FYC_PER_CAP", commission, opening, closing, basis)


@func
@arg("premium", ndim=2, err_to_str=True, doc="FYP")
@arg("active", ndim=2, err_to_str=True, doc="举绩人数")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、人均FYP")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力，只有人均FYP口径要")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力，只有人均FYP口径要")
def ZX_PRODUCTIVITY(premium: Cells, active: Cells, basis: Cells = EMPTY, opening: Cells = EMPTY, closing: Cells = EMPTY) -> Any:
    """人均产能 = FYP / 举绩人数。报告期内平均每位举绩人员完成的FYP量"""
    return _value("ZX_PRODUCTIVITY", premium, active, basis, opening, closing)


@func
@arg("premium", ndim=2, err_to_str=True, doc="FYP")
@arg("cases", ndim=2, err_to_str=True, doc="件数")
def ZX_AVG_PREMIUM(premium: Cells, cases: Cells) -> Any:
    """件均保费 = FYP / 件数。报告期内平均每件保单所收入的保费量"""
    return _value("ZX_AVG_PREMIUM", premium, cases)


@func
@arg("cases", ndim=2, err_to_str=True, doc="件数")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、期末")
def ZX_CASES_PER_CAP(cases: Cells, opening: Cells, closing: Cells, basis: Cells = EMPTY) -> Any:
    """人均件数 = 件数 / ((期初人力 + 期末人力) / 2)。报告期内平均每人完成的保单件数"""
    return _value("ZX_CASES_PER_CAP", cases, opening, closing, basis)


@func
@arg("cases", ndim=2, err_to_str=True, doc="件数")
@arg("active", ndim=2, err_to_str=True, doc="举绩人数")
def ZX_CASES_PER_ACTIVE(cases: Cells, active: Cells) -> Any:
    """有效人均件数 = 件数 / 举绩人数。报告期内平均每位举绩人员完成的保单件数"""
    return _value("ZX_CASES_PER_ACTIVE", cases, active)


@func
@arg("actual", ndim=2, err_to_str=True, doc="实际")
@arg("target", ndim=2, err_to_str=True, doc="计划")
def ZX_ACHIEVE(actual: Cells, target: Cells) -> Any:
    """达成率 = 实际 / 计划。报告期内实际完成达到预定目标(如业绩、考核等)的比率"""
    return _value("ZX_ACHIEVE", actual, target)


@func
@arg("received", ndim=2, err_to_str=True, doc="实收保费")
@arg("due", ndim=2, err_to_str=True, doc="应收保费")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、按件")
@arg("received_cases", ndim=2, err_to_str=True, doc="实收件数，只有按件口径要")
@arg("due_cases", ndim=2, err_to_str=True, doc="应收件数，只有按件口径要")
def ZX_PERSIST(received: Cells, due: Cells, basis: Cells = EMPTY, received_cases: Cells = EMPTY, due_cases: Cells = EMPTY) -> Any:
    """保单持续率 = 实收保费 / 应收保费。考核期内到期实收与应收续期的比率"""
    return _value("ZX_PERSIST", received, due, basis, received_cases, due_cases)


@func
@arg("received", ndim=2, err_to_str=True, doc="实收件数")
@arg("due", ndim=2, err_to_str=True, doc="应收件数")
def ZX_RENEW(received: Cells, due: Cells) -> Any:
    """续收达成率 = 实收件数 / 应收件数。报告期内实收续收件数与应收续收件数的比率"""
    return _value("ZX_RENEW", received, due)


@func
@arg("recruited", ndim=2, err_to_str=True, doc="增员人数")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、期初期末、期初")
def ZX_RECRUIT_RATE(recruited: Cells, opening: Cells, closing: Cells, basis: Cells = EMPTY) -> Any:
    """增员率 = 增员人数 / ((期初人力 + 期末人力) / 2)。报告期内增员人数与(期初人力+期末人力)/2的比率"""
    return _value("ZX_RECRUIT_RATE", recruited, opening, closing, basis)


@func
@arg("lost", ndim=2, err_to_str=True, doc="脱落人数")
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、期初期末、期初、LIMRA、月均")
@arg("recruited", ndim=2, err_to_str=True, doc="增员人数，只有LIMRA口径要")
def ZX_ATTRITION(lost: Cells, opening: Cells, closing: Cells, basis: Cells = EMPTY, recruited: Cells = EMPTY) -> Any:
    """脱落率 = 脱落人数 / ((期初人力 + 期末人力) / 2)。报告期内脱落人数与(期初人力+期末人力)/2的比率"""
    return _value("ZX_ATTRITION", lost, opening, closing, basis, recruited)


@func
@arg("present", ndim=2, err_to_str=True, doc="出勤人次")
@arg("due", ndim=2, err_to_str=True, doc="应出勤人次")
@arg("basis", ndim=2, err_to_str=True, doc="口径，可省略：手册、请假不计")
@arg("on_leave", ndim=2, err_to_str=True, doc="请假人次，只有请假不计口径要")
def ZX_ATTENDANCE(present: Cells, due: Cells, basis: Cells = EMPTY, on_leave: Cells = EMPTY) -> Any:
    """出勤率 = 出勤人次 / 应出勤人次。出勤（含迟到）人次占应出勤人次的比率"""
    return _value("ZX_ATTENDANCE", present, due, basis, on_leave)


@func
@arg("college", ndim=2, err_to_str=True, doc="大专及以上人数")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
def ZX_EDUCATION_SHARE(college: Cells, closing: Cells) -> Any:
    """学历比率 = 大专及以上人数 / 期末人力。期末在职人员中大专及以上学历的比率"""
    return _value("ZX_EDUCATION_SHARE", college, closing)


@func
@arg("leaders", ndim=2, err_to_str=True, doc="主管人均收入")
@arg("everyone", ndim=2, err_to_str=True, doc="人均收入")
def ZX_LEADER_INCOME_RATIO(leaders: Cells, everyone: Cells) -> Any:
    """主管与人均收入比率 = 主管人均收入 / 人均收入。主管人均收入与全体人均收入之比"""
    return _value("ZX_LEADER_INCOME_RATIO", leaders, everyone)


@func
@arg("members", ndim=2, err_to_str=True, doc="职级人数")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
def ZX_RANK_SHARE(members: Cells, closing: Cells) -> Any:
    """各职级比率 = 职级人数 / 期末人力。期末在职人员中某一职级所占的比率"""
    return _value("ZX_RANK_SHARE", members, closing)


@func
@arg("men", ndim=2, err_to_str=True, doc="男性人数")
@arg("women", ndim=2, err_to_str=True, doc="女性人数")
def ZX_GENDER_RATIO(men: Cells, women: Cells) -> Any:
    """男女比率 = 男性人数 / 女性人数。期末在职人员中男性与女性人数之比"""
    return _value("ZX_GENDER_RATIO", men, women)


@func
@arg("part", ndim=2, err_to_str=True, doc="险种FYP")
@arg("premium", ndim=2, err_to_str=True, doc="FYP")
def ZX_PRODUCT_SHARE(part: Cells, premium: Cells) -> Any:
    """各险种FYP比率 = 险种FYP / FYP。某一险种的FYP占全部FYP的比率"""
    return _value("ZX_PRODUCT_SHARE", part, premium)


@func
@arg("regular", ndim=2, err_to_str=True, doc="首年期交")
@arg("premium", ndim=2, err_to_str=True, doc="FYP")
def ZX_REGULAR_SHARE(regular: Cells, premium: Cells) -> Any:
    """期交比率 = 首年期交 / FYP。首年期交保费占FYP的比率"""
    return _value("ZX_REGULAR_SHARE", regular, premium)


@func
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("closing", ndim=2, err_to_str=True, doc="期末人力")
def ZX_AVG_HEADCOUNT(opening: Cells, closing: Cells) -> Any:
    """平均人力：一个月的平均人力 = (期初人力 + 期末人力) / 2；更长期间取各月的平均。"""
    return _value("ZX_AVG_HEADCOUNT", opening, closing)


@func
@arg("opening", ndim=2, err_to_str=True, doc="期初人力")
@arg("recruited", ndim=2, err_to_str=True, doc="增员人数")
@arg("lost", ndim=2, err_to_str=True, doc="脱落人数")
@arg("moved_in", ndim=2, err_to_str=True, doc="调入")
@arg("moved_out", ndim=2, err_to_str=True, doc="调出")
def ZX_BRIDGE(opening: Cells, recruited: Cells, lost: Cells, moved_in: Cells = EMPTY, moved_out: Cells = EMPTY) -> Any:
    """期末人力 = 期初人力 + 增员人数 - 脱落人数 + 调入 - 调出，用来核对手填的期末人力。"""
    return _value("ZX_BRIDGE", opening, recruited, lost, moved_in, moved_out)


@func
@arg("actual", ndim=2, err_to_str=True, doc="实际")
@arg("target", ndim=2, err_to_str=True, doc="计划")
@arg("days_gone", ndim=2, err_to_str=True, doc="已过工作日")
@arg("days_total", ndim=2, err_to_str=True, doc="总工作日")
def ZX_PACE(actual: Cells, target: Cells, days_gone: Cells, days_total: Cells) -> Any:
    """时间进度达成率 = 实际 / (计划 × 已过工作日 / 总工作日)，1 就是正好跟上进度。"""
    return _value("ZX_PACE", actual, target, days_gone, days_total)


@func
@arg("total", ndim=2, err_to_str=True, doc="要分解的总额")
@arg("weights", ndim=2, err_to_str=True, doc="权重区域，0 的不分")
@arg("unit_step", ndim=2, err_to_str=True, doc="最小单位，默认 1")
def ZX_SPREAD(total: Cells, weights: Cells, unit_step: Cells = EMPTY) -> Any:
    """分解：把总额按权重分解成整数份，各份之和恰好等于总额（最大余数法）。结果与权重区域同形。"""
    return _value("ZX_SPREAD", total, weights, unit_step)


@func
@arg("actual", ndim=2, err_to_str=True, doc="实际值")
@arg("baseline", ndim=2, err_to_str=True, doc="基准")
@arg("better", ndim=2, err_to_str=True, doc="高=越高越好（默认），低=越低越好，如脱落率")
def ZX_STATE(actual: Cells, baseline: Cells, better: Cells = EMPTY) -> Any:
    """状态：与基准（计划、上期……）相比：达到基准是健康，差一成以内是异常，再差是危险。"""
    return _value("ZX_STATE", actual, baseline, better)


@func
@arg("kpi", ndim=2, err_to_str=True, doc="指标名称，如 举绩率")
@arg("actual", ndim=2, err_to_str=True, doc="实际值")
@arg("target", ndim=2, err_to_str=True, doc="计划值")
@arg("peers", ndim=2, err_to_str=True, doc="其余各组的值")
@arg("hits", ndim=2, err_to_str=True, doc="比率的分子（人数），用来看样本是否太小")
@arg("headcount", ndim=2, err_to_str=True, doc="比率的分母（平均人力）")
def ZX_WHY(kpi: Cells, actual: Cells, target: Cells = EMPTY, peers: Cells = EMPTY, hits: Cells = EMPTY, headcount: Cells = EMPTY) -> Any:
    """判定依据：说明一个指标为什么判成红黄绿：与计划、与其余各组相比，样本太小时降级。"""
    return _value("ZX_WHY", kpi, actual, target, peers, hits, headcount)


@func
@arg("problem", ndim=2, err_to_str=True, doc="问题、编号或指标，如 举绩率偏低、JJ、举绩率")
@arg("place", ndim=2, err_to_str=True, doc="第几条；不写就列出全部")
def ZX_CAUSES(problem: Cells, place: Cells = EMPTY) -> Any:
    """可能原因：《速查表》里一个问题的原因，一行一条，带编号。"""
    return _value("ZX_CAUSES", problem, place)


@func
@arg("problem", ndim=2, err_to_str=True, doc="问题、编号或指标，如 举绩率偏低、JJ、举绩率")
@arg("place", ndim=2, err_to_str=True, doc="第几条；不写就列出全部")
def ZX_MEASURES(problem: Cells, place: Cells = EMPTY) -> Any:
    """改善措施：《速查表》里一个问题的改善措施，一行一条，带编号。"""
    return _value("ZX_MEASURES", problem, place)


@func
@arg("first_day", ndim=2, err_to_str=True, doc="起始日期")
@arg("last_day", ndim=2, err_to_str=True, doc="截止日期")
@arg("days_off", ndim=2, err_to_str=True, doc="本部放假日区域，可省略")
@arg("days_on", ndim=2, err_to_str=True, doc="本部上班日区域，可省略")
def ZX_WORKDAYS(first_day: Cells, last_day: Cells, days_off: Cells = EMPTY, days_on: Cells = EMPTY) -> Any:
    """工作日数：从起到止（含两头）有几个工作日，按国家放假和调休安排；本部自定的放假日、上班日可另给。"""
    return _value("ZX_WORKDAYS", first_day, last_day, days_off, days_on)


@func
@arg("period", ndim=2, err_to_str=True, doc="期间：2026-10、2026Q3、2026、2026-01..2026-10，或某一天（即那一天所在的月）")
@arg("month_start", ndim=2, err_to_str=True, doc="月起始日，默认 1；26 是工作月（上月26日到本月25日）")
def ZX_PERIOD_START(period: Cells, month_start: Cells = EMPTY) -> Any:
    """期间首日：期间的第一天（日期序号，单元格请设成日期格式）。"""
    return _value("ZX_PERIOD_START", period, month_start)


@func
@arg("period", ndim=2, err_to_str=True, doc="期间：2026-10、2026Q3、2026、2026-01..2026-10，或某一天（即那一天所在的月）")
@arg("month_start", ndim=2, err_to_str=True, doc="月起始日，默认 1；26 是工作月（上月26日到本月25日）")
def ZX_PERIOD_END(period: Cells, month_start: Cells = EMPTY) -> Any:
    """期间末日：期间的最后一天（日期序号，单元格请设成日期格式）。"""
    return _value("ZX_PERIOD_END", period, month_start)


# ---- end of the functions ----


@script(name="指标表")
def kpi_table(book: xw.Book, 区域: str, 工作表: str = "") -> None:
    """## 指标表

    一块区域：第一行是项目（期初人力、期末人力、增员人数、脱落人数、举绩人数、件数、FYP……，计划写成“计划FYP”），第一列是组名；金额都用元。
    能算的指标各占一列，放进一张新工作表；分母是 0 或空的显示 #N/A。工作表空着就是当前这张。
    """
    from zuxun_xl.functions.tables import kpi_rows

    _lay_down(book, "指标表", lambda: kpi_rows(_area(book, 工作表, 区域)))


@script(name="速查")
def look_up(book: xw.Book, 问题: Literal["增员率偏低", "脱落率较高", "人均件数偏低", "件均保费偏低", "举绩率偏低"]) -> None:
    """## 速查

    《速查表》里一个问题的全部原因和改善措施，带编号，放进一张新工作表。
    """
    from zuxun_xl.functions.tables import lookup_rows

    _lay_down(book, "速查", lambda: lookup_rows(问题))


@script(name="分解目标")
def spread_target(book: xw.Book, 总额: float, 权重区域: str, 最小单位: float = 1, 工作表: str = "") -> None:
    """## 分解目标

    把总额按权重区域分成整份（最小单位的整数倍），各份之和恰好等于总额；结果与权重区域同形，放进一张新工作表。
    """
    _lay_down(book, "分解目标", lambda: _value("ZX_SPREAD", [[总额]], _area(book, 工作表, 权重区域), [[最小单位]]))


def _area(book: xw.Book, sheet: str, area: str) -> Cells:
    """The values of an area of a sheet, of the active one where none is named; errors as texts."""
    from zuxun_xl.errors import CallError

    names = [each.name for each in book.sheets]
    if sheet and sheet not in names:
        raise CallError(f"没有工作表“{sheet}”。", f"现有：{'、'.join(names)}。")
    if not re.fullmatch(r"\$?[A-Z]{1,3}\$?[0-9]+(:\$?[A-Z]{1,3}\$?[0-9]+)?", area.strip().upper()):
        raise CallError(f"“{area}”不是区域。", "请写成 A3:H9 这样。")
    source = book.sheets[sheet] if sheet else book.sheets.active
    cells: Cells = source[area.strip().upper()].options(ndim=2, err_to_str=True).value
    return cells


def _lay_down(book: xw.Book, title: str, table: Callable[[], Any]) -> None:
    """Put a table on a new sheet and say where, or say what is wrong; Lite shows what is printed."""
    from zuxun_xl.errors import ZuxunError

    try:
        rows = table()
    except ZuxunError as error:
        print(f"{title}：{error}")
        return
    if not isinstance(rows, list):
        print(f"{title}：算不出来（{rows}），请检查填写的各栏和区域里的内容。")
        return
    taken = {sheet.name.lower() for sheet in book.sheets}
    names = chain([title], (f"{title}{number}" for number in count(2)))
    name = next(name for name in names if name.lower() not in taken)
    book.sheets.add(name)["A1"].value = [[_safe(_shown(cell)) for cell in row] for row in rows]
    print(f"{title}：{len(rows)}行，在新工作表“{name}”里。")


def _safe(cell: Any) -> Any:
    """A cell that Excel shall not take for a formula."""
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_LIVE) else cell
