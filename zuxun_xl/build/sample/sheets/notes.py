"""填报说明: how this department keeps its book."""

from __future__ import annotations

from typing import TYPE_CHECKING

from zuxun_xl.build.sample.profiles import DEPARTMENT

if TYPE_CHECKING:
    from zuxun_xl.build.sample.sheets.page import Page

NAME = "填报说明"
_LINES = (
    "本台账为演示数据：人员、单位、产品均属虚构，与任何真实机构无关。",
    "数据统计到2026年9月16日（星期三）。新契约、考勤、活动量每天登记，续期每周从公司系统导出后粘贴。",
    "业绩以承保日为准；犹豫期撤单以负数记在撤单当天，算撤单当时所在小组。",
    "件数按主险保单计，附险与主险同一保单号码，不另计件。FYP含主险和附险、期缴和趸缴。",
    "期初人力等于上月末人力；当月第一个工作日签约的算当月增员。解约日期是不再计入人力的第一天。",
    "组间异动不算增员、不算脱落，见人员名册“组别异动”栏；业绩按发生当天所在小组统计。",
    "附表一目标按万元填报，保留两位小数；附表三、附表四按元填报。",
    "附表一、附表二年初由各组经理填报目标，实绩由组训逐月补填；附表四每周五填报；附表五每月、每季各填一次。",
    "早会考勤符号：√ 出勤、迟 迟到、假 请假、旷 旷工；空格为当天不在册或尚未开会。",
    "同名人员以员工号区分。",
)


def write(page: Page) -> None:
    """Write the sheet."""
    page.widths(0, [4, 5, 112])
    page.title(1, 1, 2, f"{DEPARTMENT}2026年经营台账填报说明")
    for number, line in enumerate(_LINES, 1):
        row = 2 + number
        page.put(row, 1, f"{number}.", "paragraph")
        page.put(row, 2, line, "paragraph")
        page.sheet.set_row(row, 22)
    page.paper(landscape=False)
