"""A supervisor's copy: 附表一, 附表二 and 附表三 of one group for a year, locked but for what is to be filled, and how to fill it."""

from __future__ import annotations

from zuxun_xl.book.changes import BookSpec
from zuxun_xl.build.templates.canvas import Canvas, finished
from zuxun_xl.build.templates.meta import SUPERVISOR, Meta, meta_sheet
from zuxun_xl.build.templates.plans import plan_forms
from zuxun_xl.build.templates.targets import TargetSheet
from zuxun_xl.forms.planned import YearPlan

_STEPS = (
    "1. 先填“附表二”：1月期初人力，各月增员、脱落、调入、调出；期末人力自动算出。",
    "2. 再填“附表一”：各月举绩人数、件数、FYP、首年期交、FYC和主要措施；举绩率、件均保费、季度和全年自动算出。",
    "3. 最后填“附表三”：每人各月FYP目标。表下“差额”是个人合计减组计划，不应是负数。新人写在空行里。",
    "4. 只填黄底的格；灰底的格是公式，已经锁定。不要增删行列、合并单元格、改表名。数字不带“元”“万”等文字。",
    "5. 填好后保存，用微信把整个文件发回给组训；文件名可以改，不影响汇总。",
)


def supervisor_book(plan: YearPlan, meta: Meta) -> BookSpec:
    """The workbook handed to the supervisor of a group.

    Args:
        plan: the group's plan, with what is known already.
        meta: what the copy shall know about itself.
    """
    results, people = plan_forms(plan, meta.scale, plan_only=True)
    sheets = finished([_guide(plan, meta), results.canvas, people.canvas, TargetSheet(plan, results).canvas])
    return BookSpec((*sheets, meta_sheet(meta)), title=f"{plan.department}{plan.year}年目标计划（{meta.group}）")


def _guide(plan: YearPlan, meta: Meta) -> Canvas:
    canvas = Canvas("填写说明", (90,), {"locked": True, "landscape": False})
    canvas.across(1, f"{plan.year}年目标计划　{meta.group}", "title", 34)
    canvas.put(2, 1, f"{plan.department}　编号：{meta.issue}", "note")
    for row, step in enumerate(_STEPS, start=4):
        canvas.put(row, 1, step, "paragraph")
        canvas.heights[row] = 40
    return canvas
