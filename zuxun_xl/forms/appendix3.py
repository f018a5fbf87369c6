"""附表三 个人年、季、月度目标计划表 (domain.md §2.3): one row an agent, one column a month."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.forms.records import CODE, GROUP, NAME, REMARK, SERIAL
from zuxun_xl.units import CASES, TIMES, YUAN

RULES = (
    Rule("V301", Level.ERROR, "月合计=季=年", "{name}{quarter}写{shown}，各月合计是{sum}，差{gap}。", "核对公式或月目标。"),
    Rule("V302", Level.WARNING, "个人合计不少于组计划", "{group}{month}个人FYP目标合计{sum}，低于附表一的组计划{plan}{factor}。", "补足个人目标或调整组计划。"),
    Rule("V303", Level.WARNING, "每人一张", "{problem}", "核对附表三与花名册。"),
    Rule("V304", Level.WARNING, "FYC与FYP相称", "{name}FYC目标{fyc}是FYP目标{fyp}的{rate}，不在5%—60%之间。", "核对这两个目标。"),
    Rule("V305", Level.WARNING, "活动目标逐级递减", "{name}{later}{least}多于{key}{value}。", "约访不少于面谈，面谈不少于件数。"),
    Rule("V306", Level.WARNING, "目标够得着", "{name}{month}目标{value}，超过本人最好一个月（{best}）的3倍。", "与本人商量，或说明依据。"),
    Rule("V307", Level.WARNING, "离司后不再下达目标", "{name}{left}离司，{month}还有目标{value}。", "清空离司次月起的目标。"),
    Rule("V312", Level.ERROR, "目标不为负", "{name}{month}目标写{value}，目标不能是负数。", "核对这一格。"),
    Rule("V311", Level.ERROR, "目标可读", "{name}{month}“{raw}”{reason}。", "改成数字。"),
)

FORM = Form(
    "附表三", "个人年、季、月度目标计划表", Layout.PEOPLE,
    (
        SERIAL, GROUP, CODE, NAME, Column("职级", "职级", aliases=("级别", "职务")),
        Column("全年目标", "全年FYP目标", YUAN, ("全年目标", "全年FYP", "年度目标", "年目标", "全年合计", "全年", "FYP年目标", "全年保费目标", "年度FYP目标")),
        Column("全年FYC目标", "全年FYC目标", YUAN, ("FYC目标", "全年FYC", "年度FYC目标", "佣金目标")),
        Column("约访目标", "全年约访目标", TIMES, ("约访目标", "电话约访目标", "全年电话约访目标", "年度约访目标")), Column("面谈目标", "全年面谈目标", TIMES, ("面谈目标", "年度面谈目标", "全年接洽目标")),
        Column("全年件数目标", "全年件数目标", CASES, ("件数目标", "全年件数", "年度件数目标")), Column("签字", "个人签字", aliases=("签字", "本人签字", "签名")), REMARK,
    ),
    words=("附表三", "附表3", "个人年", "个人目标", "目标计划表"), any_of=(("工号", "姓名"),), identity=("工号", "姓名"), rules=RULES,
)
