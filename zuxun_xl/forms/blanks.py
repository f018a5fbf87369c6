"""Blanks: which columns of a plan form our templates show, in which order, who fills each, what is computed. A column is one ``Field``.

Who fills (domain.md §2): 业 业务员, 主 主管, 训 组训, 负 职场负责人, 公 公司系统导入, 算 computed.
"""

from __future__ import annotations

from dataclasses import dataclass

from zuxun_xl.forms import appendix1, appendix2, appendix3
from zuxun_xl.forms.form import Column, Form
from zuxun_xl.kpi.measures import MEASURES, Adds

COMPUTED = "算"
OPENING = "计划期初人力"
"""The one column of which only January is entered; later months follow from the month before."""
MONTHS = "月数"
"""Name that formulas of longer periods use for the number of their months."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of a blank.

    Attributes:
        key: its column of the form.
        by: who fills it.
        formula: how it is computed from the columns of its row, by their keys; blank as long as one of ``needs`` is.
        longer: the formula in the rows of quarters and years, where it differs.
        needs: the columns without which nothing is computed; empty for all that the formula names.
        width: characters; 0 for what its unit usually needs.
        help: what a person must know to fill it, shown with the cell.
        choices: name of the list that its entries are chosen from (``choices.py``).
    """

    key: str
    by: str
    formula: str = ""
    longer: str = ""
    needs: tuple[str, ...] = ()
    width: float = 0
    help: str = ""
    choices: str = ""

    @property
    def adds(self) -> Adds | None:
        """How it follows for longer periods; ``None`` for ratios, which are computed anew, and for texts."""
        measure = MEASURES.get(self.key.removeprefix("计划").removeprefix("实际").removeprefix("上年同期"))
        return measure.adds if measure else None

    @property
    def follows(self) -> bool:
        """Whether it is an actual figure, filled as the year goes on."""
        return self.key.startswith("实际")


@dataclass(frozen=True, slots=True)
class Blank:
    """The template of a form.

    Attributes:
        form: its declaration.
        labels: columns that say what a row is.
        plan: columns that are planned.
        follow: columns that are filled as the year goes on.
        remarks: texts behind.
    """

    form: Form
    labels: tuple[Field, ...]
    plan: tuple[Field, ...]
    follow: tuple[Field, ...] = ()
    remarks: tuple[Field, ...] = ()

    def fields(self, *, plan_only: bool = False) -> tuple[Field, ...]:
        """Its fields from left to right; a supervisor's copy has no columns to follow."""
        return (*self.labels, *self.plan, *(() if plan_only else self.follow), *self.remarks)

    @property
    def inputs(self) -> tuple[Field, ...]:
        """What people plan, besides labels."""
        return tuple(field for field in (*self.plan, *self.remarks) if field.by != COMPUTED)

    def column(self, field: Field) -> Column:
        """The column of the form that a field is."""
        return self.form.by_key[field.key]


_BRIDGE = "计划期初人力 + 计划增员人数 + 计划调入 - 计划脱落人数 - 计划调出"
_GROUP, _MONTH = Field("组别", COMPUTED, width=9), Field("月份", COMPUTED, width=9)


def _actual(form: Form, keys: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(Field(f"实际{key}", "公", form.by_key[f"实际{key}"].formula) for key in keys)


RESULTS = Blank(
    appendix1.FORM, (_GROUP, _MONTH),
    (
        Field("主题", "负", width=14, help="开门红、半年冲刺等业务节点，没有就空着。"),
        Field("计划平均人力", COMPUTED, width=9),
        Field("计划举绩人数", "主", help="这个月打算有几个人举绩；季、年是各月人次。"),
        Field("计划举绩率", COMPUTED, "计划举绩人数 / 计划平均人力", f"计划举绩人数 / (计划平均人力 * {MONTHS})"),
        Field("计划件数", "主", help="主险保单件数，整数。"),
        Field("计划件均保费", COMPUTED, "计划FYP / 计划件数"),
        Field("计划FYP", "主", help="首年度保费，期交加趸交。"),
        Field("计划首年期交", "主", help="其中的期交，不能大于FYP（V104）。"),
        Field("计划FYC", "主", help="首年度佣金，不能大于FYP（V104）。"),
        Field("上年同期FYP", "公", help="上年同月的FYP，供比较；没有就空着。"),
        Field("同比", COMPUTED, "计划FYP / 上年同期FYP - 1"),
    ),
    (*_actual(appendix1.FORM, appendix1.FOLLOWS), *(Field(key, COMPUTED, appendix1.FORM.by_key[key].formula) for key in ("FYP达成率", "首年期交达成率"))),
    (Field("措施", "主", width=22, help="主要措施；当月没有计划的，写明原因（V108）。"), Field("责任人", "主", width=9)),
)

PEOPLE = Blank(
    appendix2.FORM, (_GROUP, _MONTH),
    (
        Field(OPENING, "训", help="只填1月：年初在职人数；以后各月等于上月期末（V202）。"),
        Field("计划增员人数", "主", help="整数；有增员计划的月份请填开班日（V208）。"),
        Field("计划调入", "训"), Field("计划调出", "训"), Field("计划脱落人数", "主", help="预计离司人数，整数。"),
        Field("计划期末人力", COMPUTED, _BRIDGE, needs=("计划期初人力",)),
        Field("计划净增", COMPUTED, "计划期末人力 - 计划期初人力"),
        Field("计划平均人力", COMPUTED, "(计划期初人力 + 计划期末人力) / 2"),
        Field("计划增员率", COMPUTED, "计划增员人数 / 计划平均人力"),
        Field("计划脱落率", COMPUTED, "计划脱落人数 / 计划平均人力"),
    ),
    _actual(appendix2.FORM, appendix2.FOLLOWS),
    (
        Field("开班日", "训", width=12, help="新人班开班日期，应在当月（V212）。"), Field("活动", "主", width=20, help="创业说明会等增员活动。"),
        Field("备注", "主", width=14),
    ),
)

TARGETS = Blank(
    appendix3.FORM,
    (_GROUP, Field("工号", COMPUTED, width=11), Field("姓名", COMPUTED, width=9), Field("职级", COMPUTED, width=9)),
    (Field("全年目标", COMPUTED),),
    (),
    (Field("全年件数目标", "业", help="全年打算做几件，整数。"), Field("签字", "业", width=9), Field("备注", "主", width=18, help="主管辅导意见。")),
)
"""Between the labels and 全年目标 stand the months and quarters, which are columns of the layout and not of the declaration."""

BLANKS: dict[str, Blank] = {blank.form.key: blank for blank in (RESULTS, PEOPLE, TARGETS)}
