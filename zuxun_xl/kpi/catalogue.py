"""THE table of KPIs: 13 analysis KPIs and 7 auxiliary ratios in the handbook's words. A new KPI is one entry of ``KPIS``.

Names starting with 计划 are the plan's measures; every other name in a formula is a measure of ``measures.py``.
Functions, native formulas, headings, docs and the parity test are derived from this table.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from zuxun_xl.errors import CallError
from zuxun_xl.expr import Expression, expression
from zuxun_xl.units import CASES_PER_HEAD, PERCENT, YUAN_PER_CASE, YUAN_PER_HEAD, Unit

HANDBOOK = "手册"
"""Name of the default 口径."""

MONTHLY_AVERAGE = {"平均人力": "(期初人力 + 期末人力) / 2", "人力月": "(期初人力 + 期末人力) / 2"}
"""What averages are within one month (handbook: 增员率, 脱落率)."""


@dataclass(frozen=True, slots=True)
class Example:
    """A worked example: the inputs by name, the value to six decimals (``None``: undefined) and where it stands."""

    inputs: Mapping[str, float | None]
    value: float | None
    source: str = ""


@dataclass(frozen=True, slots=True)
class Kpi:
    """One KPI.

    Attributes:
        key: name in the handbook's words.
        function: name of its Excel function.
        formula: the handbook's definition over measures.
        unit: its unit; a ratio's value is raw (0.0976).
        better: whether a high or a low value is good; empty for a structure figure.
        purpose: what it shows (handbook: 业绩趋势 核心技能 基础工作质量 改革成效).
        meaning: the handbook's own definition.
        parameters: measure name → ASCII parameter name of the function, in order; 平均人力 is taken as opening and closing.
        variants: further 口径 → formula.
        aliases: other names that forms give it.
        examples: worked examples of the default 口径.
        auxiliary: whether it is one of the handbook's 辅助指标.
        unavailable: why usual records cannot yield it, if so.
    """

    key: str
    function: str
    formula: str
    unit: Unit
    better: Literal["high", "low", ""]
    purpose: str
    meaning: str
    parameters: Mapping[str, str]
    variants: Mapping[str, str] = field(default_factory=dict)
    aliases: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()
    auxiliary: bool = False
    unavailable: str = ""

    def expression(self, variant: str = HANDBOOK) -> Expression:
        """The formula of a 口径; raises ``CallError`` listing those that exist."""
        return expression(f"{self.key} = {self.formula if variant == HANDBOOK else self._variant(variant)}")

    def monthly(self, variant: str = HANDBOOK) -> Expression:
        """The formula within one month, where 平均人力 is (期初+期末)/2: over measures that forms show."""
        return self.expression(variant).replacing(MONTHLY_AVERAGE)

    def _variant(self, name: str) -> str:
        if name not in self.variants:
            known = "、".join((HANDBOOK, *self.variants))
            raise CallError(f"{self.key}没有“{name}”口径。", f"可用的口径：{known}。")
        return self.variants[name]


_QUARTER = "domain.md §3.4 黄金季度"

KPIS: dict[str, Kpi] = {
    k.key: k
    for k in (
        Kpi(
            "举绩率", "ZX_ACTIVE_RATE", "举绩人数 / 平均人力", PERCENT, "high", "核心技能",
            "报告期内实际产生业绩的个人代理人人数占在职个人代理人人数的百分比",
            {"举绩人数": "active", "期初人力": "opening", "期末人力": "closing"},
            {"期末": "举绩人数 / 期末人力", "月度": "举绩人次 / 人力月", "曾在职": "举绩人数 / (期初人力 + 增员人数 + 调入)"},
            ("活动率", "实动率"),
            (
                Example({"举绩人数": 26, "平均人力": 41}, 0.634146, _QUARTER),
                Example({"举绩人数": 24, "平均人力": 41}, 0.585366, _QUARTER),
                Example({"举绩人数": 30, "平均人力": 42.5}, 0.705882, _QUARTER),
                Example({"举绩人数": 3, "平均人力": 0}, None),
            ),
        ),
        Kpi(
            "FYP计划达成率", "ZX_FYP_ACHIEVE", "FYP / 计划FYP", PERCENT, "high", "业绩趋势",
            "报告期内完成FYP占计划的百分比", {"FYP": "actual", "计划FYP": "target"},
            aliases=("FYP达成率", "FYP完成率", "保费达成率"),
            examples=(Example({"FYP": 317_753, "计划FYP": 142_000}, 2.237697), Example({"FYP": 1, "计划FYP": 0}, None)),
        ),
        Kpi(
            "首年期交保费计划达成率", "ZX_RP_ACHIEVE", "首年期交 / 计划首年期交", PERCENT, "high", "业绩趋势",
            "报告期内完成首年期交保费占计划的百分比", {"首年期交": "actual", "计划首年期交": "target"},
            aliases=("首年期交达成率", "期交达成率", "期缴达成率", "首年期交保费达成率", "首年期缴保费计划达成率"),
            examples=(Example({"首年期交": 292_677, "计划首年期交": 119_000}, 2.459471), Example({"首年期交": None, "计划首年期交": 5}, None)),
        ),
        Kpi(
            "人均FYC", "ZX_FYC_PER_CAP", "FYC / 平均人力", YUAN_PER_HEAD, "high", "业绩趋势",
            "报告期内平均每人完成的FYC量", {"FYC": "commission", "期初人力": "opening", "期末人力": "closing"}, {"期末": "FYC / 期末人力"},
            ("人均佣金",),
            (
                Example({"FYC": 58_500, "平均人力": 41}, 1426.829268, _QUARTER),
                Example({"FYC": 47_520, "平均人力": 41}, 1159.02439, _QUARTER),
                Example({"FYC": 79_200, "平均人力": 42.5}, 1863.529412, _QUARTER),
                Example({"FYC": 10, "平均人力": 0}, None),
            ),
        ),
        Kpi(
            "人均产能", "ZX_PRODUCTIVITY", "FYP / 举绩人数", YUAN_PER_HEAD, "high", "核心技能",
            "报告期内平均每位举绩人员完成的FYP量", {"FYP": "premium", "举绩人数": "active"}, {"人均FYP": "FYP / 平均人力"},
            ("举绩人均产能", "有效人均产能"),
            (
                Example({"FYP": 195_000, "举绩人数": 26}, 7500, _QUARTER),
                Example({"FYP": 264_000, "举绩人数": 30}, 8800, _QUARTER),
                Example({"FYP": 0, "举绩人数": 0}, None),
            ),
        ),
        Kpi(
            "件均保费", "ZX_AVG_PREMIUM", "FYP / 件数", YUAN_PER_CASE, "high", "核心技能",
            "报告期内平均每件保单所收入的保费量", {"FYP": "premium", "件数": "cases"}, aliases=("件均", "件均FYP"),
            examples=(
                Example({"FYP": 195_000, "件数": 39}, 5000, _QUARTER),
                Example({"FYP": 617_400, "件数": 120}, 5145, _QUARTER),
                Example({"FYP": 100, "件数": 0}, None),
            ),
        ),
        Kpi(
            "人均件数", "ZX_CASES_PER_CAP", "件数 / 平均人力", CASES_PER_HEAD, "high", "核心技能",
            "报告期内平均每人完成的保单件数", {"件数": "cases", "期初人力": "opening", "期末人力": "closing"}, {"期末": "件数 / 期末人力"},
            examples=(
                Example({"件数": 39, "平均人力": 41}, 0.95122, _QUARTER),
                Example({"件数": 48, "平均人力": 42.5}, 1.129412, _QUARTER),
                Example({"件数": 1, "平均人力": 0}, None),
            ),
        ),
        Kpi(
            "有效人均件数", "ZX_CASES_PER_ACTIVE", "件数 / 举绩人数", CASES_PER_HEAD, "high", "核心技能",
            "报告期内平均每位举绩人员完成的保单件数", {"件数": "cases", "举绩人数": "active"}, aliases=("举绩人均件数",),
            examples=(
                Example({"件数": 33, "举绩人数": 24}, 1.375, _QUARTER),
                Example({"件数": 48, "举绩人数": 30}, 1.6, _QUARTER),
                Example({"件数": 5, "举绩人数": 0}, None),
            ),
        ),
        Kpi(
            "达成率", "ZX_ACHIEVE", "实际 / 计划", PERCENT, "high", "改革成效",
            "报告期内实际完成达到预定目标(如业绩、考核等)的比率", {"实际": "actual", "计划": "target"},
            aliases=("完成率", "目标达成率"),
            examples=(Example({"实际": 60, "计划": 27}, 2.222222), Example({"实际": 60, "计划": 0}, None)),
        ),
        Kpi(
            "保单持续率", "ZX_PERSIST", "实收保费 / 应收保费", PERCENT, "high", "基础工作质量",
            "考核期内到期实收与应收续期的比率", {"实收保费": "received", "应收保费": "due"}, {"按件": "实收件数 / 应收件数"},
            ("持续率", "保费继续率", "继续率"),
            (Example({"实收保费": 101_300, "应收保费": 142_741}, 0.709677), Example({"实收保费": 0, "应收保费": 0}, None)),
        ),
        Kpi(
            "续收达成率", "ZX_RENEW", "实收件数 / 应收件数", PERCENT, "high", "基础工作质量",
            "报告期内实收续收件数与应收续收件数的比率", {"实收件数": "received", "应收件数": "due"}, aliases=("续期达成率", "续收率", "续期收费率"),
            examples=(Example({"实收件数": 17, "应收件数": 26}, 0.653846), Example({"实收件数": 0, "应收件数": 0}, None)),
        ),
        Kpi(
            "增员率", "ZX_RECRUIT_RATE", "增员人数 / 平均人力", PERCENT, "high", "业绩趋势",
            "报告期内增员人数与(期初人力+期末人力)/2的比率", {"增员人数": "recruited", "期初人力": "opening", "期末人力": "closing"},
            {"期初期末": "增员人数 / ((期初人力 + 期末人力) / 2)", "期初": "增员人数 / 期初人力"},
            examples=(
                Example({"增员人数": 6, "平均人力": 41}, 0.146341, _QUARTER),
                Example({"增员人数": 8, "平均人力": 42.5}, 0.188235, _QUARTER),
                Example({"增员人数": 1, "平均人力": 0}, None),
            ),
        ),
        Kpi(
            "脱落率", "ZX_ATTRITION", "脱落人数 / 平均人力", PERCENT, "low", "基础工作质量",
            "报告期内脱落人数与(期初人力+期末人力)/2的比率", {"脱落人数": "lost", "期初人力": "opening", "期末人力": "closing"},
            {
                "期初期末": "脱落人数 / ((期初人力 + 期末人力) / 2)",
                "期初": "脱落人数 / 期初人力",
                "LIMRA": "脱落人数 / (期初人力 + 增员人数)",
                "月均": "脱落人数 / 人力月",
            },
            ("流失率", "离司率"),
            (
                Example({"脱落人数": 4, "平均人力": 41}, 0.097561, _QUARTER),
                Example({"脱落人数": 7, "平均人力": 41}, 0.170732, _QUARTER),
                Example({"脱落人数": 14, "平均人力": 41.5}, 0.337349, _QUARTER),
                Example({"脱落人数": 1, "平均人力": 0}, None),
            ),
        ),
        Kpi(
            "出勤率", "ZX_ATTENDANCE", "出勤人次 / 应出勤人次", PERCENT, "high", "基础工作质量",
            "出勤（含迟到）人次占应出勤人次的比率", {"出勤人次": "present", "应出勤人次": "due"}, {"请假不计": "出勤人次 / (应出勤人次 - 请假人次)"},
            examples=(Example({"出勤人次": 407, "应出勤人次": 420}, 0.969048), Example({"出勤人次": 0, "应出勤人次": 0}, None)),
            auxiliary=True,
        ),
        Kpi(
            "学历比率", "ZX_EDUCATION_SHARE", "大专及以上人数 / 期末人力", PERCENT, "", "基础工作质量",
            "期末在职人员中大专及以上学历的比率", {"大专及以上人数": "college", "期末人力": "closing"}, aliases=("大专及以上比率", "大专以上占比"),
            examples=(Example({"大专及以上人数": 9, "期末人力": 23}, 0.391304), Example({"大专及以上人数": 0, "期末人力": 0}, None)),
            auxiliary=True,
        ),
        Kpi(
            "主管与人均收入比率", "ZX_LEADER_INCOME_RATIO", "主管人均收入 / 人均收入", PERCENT, "", "改革成效",
            "主管人均收入与全体人均收入之比", {"主管人均收入": "leaders", "人均收入": "everyone"}, aliases=("主管收入比率",),
            examples=(Example({"主管人均收入": 9_000, "人均收入": 6_000}, 1.5), Example({"主管人均收入": 1, "人均收入": 0}, None)),
            auxiliary=True, unavailable="台账里没有收入数据",
        ),
        Kpi(
            "各职级比率", "ZX_RANK_SHARE", "职级人数 / 期末人力", PERCENT, "", "改革成效",
            "期末在职人员中某一职级所占的比率", {"职级人数": "members", "期末人力": "closing"}, aliases=("职级比率",),
            examples=(Example({"职级人数": 7, "期末人力": 23}, 0.304348), Example({"职级人数": 0, "期末人力": 0}, None)),
            auxiliary=True,
        ),
        Kpi(
            "男女比率", "ZX_GENDER_RATIO", "男性人数 / 女性人数", PERCENT, "", "基础工作质量",
            "期末在职人员中男性与女性人数之比", {"男性人数": "men", "女性人数": "women"}, aliases=("男女比例", "性别比率"),
            examples=(Example({"男性人数": 11, "女性人数": 12}, 0.916667), Example({"男性人数": 1, "女性人数": 0}, None)),
            auxiliary=True,
        ),
        Kpi(
            "各险种FYP比率", "ZX_PRODUCT_SHARE", "险种FYP / FYP", PERCENT, "", "业绩趋势",
            "某一险种的FYP占全部FYP的比率", {"险种FYP": "part", "FYP": "premium"}, aliases=("险种FYP比率", "险种比率"),
            examples=(Example({"险种FYP": 104_058, "FYP": 317_753}, 0.327481), Example({"险种FYP": 0, "FYP": 0}, None)),
            auxiliary=True,
        ),
        Kpi(
            "期交比率", "ZX_REGULAR_SHARE", "首年期交 / FYP", PERCENT, "", "业绩趋势",
            "首年期交保费占FYP的比率", {"首年期交": "regular", "FYP": "premium"}, aliases=("期缴比率", "期交占比"),
            examples=(Example({"首年期交": 292_677, "FYP": 317_753}, 0.921083), Example({"首年期交": 1, "FYP": 0}, None)),
            auxiliary=True,
        ),
    )
}

def check_variants(variants: Mapping[str, str]) -> None:
    """Raises ``CallError`` for a 口径 of a KPI that does not exist; the message lists those that do."""
    for key, variant in variants.items():
        if key not in KPIS:
            raise CallError(f"设置的口径里没有“{key}”这个指标。", f"可用的指标：{'、'.join(KPIS)}。")
        KPIS[key].expression(variant)


BASE = ("FYP", "首年期交", "FYC", "期初人力", "期末人力", "增员人数", "脱落人数")
"""The handbook's seven base figures: three of production, four of headcount."""

ACHIEVED = ("件数", "FYC", "举绩人数", "增员人数", "期末人力")
"""Measures for which the generic 达成率 is reported."""

GENERIC = "达成率"
