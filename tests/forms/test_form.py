"""Declarations of tables: headings, units, aliases, rules."""

from __future__ import annotations

import string
from collections import defaultdict

import pytest

from zuxun_xl.expr import Expression
from zuxun_xl.findings import Finding, Level, Rule
from zuxun_xl.forms import appendix1, appendix2, appendix4
from zuxun_xl.forms.catalogue import APPENDICES, COMPANIONS, FORMS, LOOKUP
from zuxun_xl.forms.form import Form, Layout, actual, fold, planned, ratio
from zuxun_xl.forms.records import RAW, SERIAL
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import DATE, PERCENT, TEXT, YUAN

ALL = [pytest.param(form, id=form.key) for form in FORMS.values()]


@pytest.mark.parametrize("form", ALL)
def it_gives_no_heading_to_two_columns(form: Form):
    claimed: dict[str, set[str]] = defaultdict(set)
    for column in form.columns:
        for name in (column.heading, column.key, *column.aliases):
            claimed[fold(name)[0]].add(column.key)
    assert {name: keys for name, keys in claimed.items() if len(keys) > 1} == {}


def it_knows_which_column_a_number_is():
    assert [
        form.key
        for form in FORMS.values()
        if "编号" in SERIAL.aliases and any(column.key == "工号" and "编号" in column.aliases for column in form.columns)
    ] == []


@pytest.mark.parametrize("form", ALL)
def it_finds_each_column_by_its_heading_its_key_and_every_alias(form: Form):
    for column in form.columns:
        for name in {column.heading, column.key, *column.aliases}:
            assert form.headings[fold(name)[0]] == column.key
        assert form.by_key[column.key] is column


@pytest.mark.parametrize("form", ALL)
def it_names_each_column_once_and_refers_only_to_columns_it_has(form: Form):
    assert len({column.key for column in form.columns}) == len(form.columns)
    assert set(form.required) | {key for keys in form.any_of for key in keys} <= set(form.by_key)
    for column in form.columns:
        if column.formula:
            assert set(Expression(column.formula).names) <= set(form.by_key)


@pytest.mark.parametrize("form", ALL)
def it_states_no_unit_in_a_heading_that_contradicts_the_column(form: Form):
    for column in form.columns:
        unit = fold(column.heading)[1]
        assert unit in ("", column.unit.name), column.heading


def it_knows_the_raw_tables_the_six_appendices_and_the_lookup_table():
    assert [form.key for form in APPENDICES] == ["附表一", "附表二", "附表三", "附表四", "附表五", "附表六"]
    assert {"花名册", "保单明细", "续期明细", "考勤", "活动日志", "增员跟踪"} <= {form.key for form in RAW}
    assert tuple(FORMS.values()) == (*RAW, *APPENDICES, *COMPANIONS, LOOKUP)
    assert all(key == form.key for key, form in FORMS.items())
    assert [form.title for form in APPENDICES] == [
        "团队年、季、月度业绩经营计划表", "团队年、季、月度人力目标经营计划表", "个人年、季、月度目标计划表", "团队周经营追踪表",
        "阶段KPI分析表", "行事历",
    ]
    assert all(form.words for form in FORMS.values())


def it_gives_every_rule_one_code_and_figures_that_its_texts_can_show():
    rules: dict[str, Rule] = {}
    for form in FORMS.values():
        for rule in form.rules:
            assert rules.setdefault(rule.code, rule) is rule
            assert rule.title
            assert rule.remedy
            assert isinstance(rule.level, Level)
            assert form.rule(rule.code) is rule
            fields = [name for text in (rule.message, rule.remedy) for _, name, _, _ in string.Formatter().parse(text) if name is not None]
            assert all(name.isidentifier() for name in fields)
    assert len(rules) > 30


def it_fills_a_rules_template_with_the_figures():
    finding = appendix1.FORM.rule("V101").at("附表一", "F7", group="一组", quarter="一季度", column="计划FYP", shown="5", sum="6", gap="-1")
    assert finding == Finding("V101", Level.ERROR, "附表一", "F7", "一组一季度计划FYP写5，三个月合计是6，差-1。", "核对小计公式或月计划。")
    assert finding.as_dict()["level"] == "错"
    assert appendix1.FORM.rule("V108").graded(Level.NOTE).at("x", group="", month="", column="").level is Level.NOTE


# ---------------------------------------------------------------------------------------------------------------- fold


@pytest.mark.parametrize(
    ("heading", "folded", "unit"),
    [
        ("计划FYP", "计划FYP", ""), ("计划 FYP", "计划FYP", ""), ("计划FYP（万元）", "计划FYP", "万元"), ("计划FYP(元)", "计划FYP", "元"),
        ("计划FYP\n（万元）", "计划FYP", "万元"), ("计划ＦＹＰ", "计划FYP", ""), ("计划fyp", "计划FYP", ""), ("FYP/元", "FYP", "元"),
        ("FYP[百万元]", "FYP", "百万元"), ("FYP【元】", "FYP【元】", ""), ("件数（件）", "件数", "件"), ("约访（人次）", "约访", "人次"),
        ("出勤率（%）", "出勤率", "%"), ("出勤率(％)", "出勤率", "%"), ("*日期", "日期", ""), ("日期：", "日期", ""),
        ("“措施”", "措施", ""), ("月份、季度", "月份季度", ""), ("件数", "件数", ""), ("人数", "人数", ""), ("约访人次", "约访人次", ""),
        ("FYP元", "FYP元", ""), ("元", "元", ""), ("", "", ""),
    ],
)
def it_folds_a_heading_and_keeps_the_unit_it_states(heading, folded, unit):
    assert fold(heading) == (folded, unit)


@pytest.mark.parametrize(
    ("heading", "folded", "unit"),
    [
        ("件均保费（元/件）", "件均保费", "元"), ("人均FYC(元/人)", "人均FYC", "元"), ("人均FYC（万元/人）", "人均FYC", "万元"),
        ("FYP（单位：万元）", "FYP", "万元"), ("人均件数（件/人）", "人均件数", "件"), ("件均保费 元/件", "件均保费", "元"),
    ],
)
def it_folds_a_heading_with_a_unit_of_two_parts(heading, folded, unit):
    assert fold(heading) == (folded, unit)


# ------------------------------------------------------------------------------------------------------- planned, actual


@pytest.mark.parametrize("word", ["计划", "目标", "责任额", "任务", "预计"])
@pytest.mark.parametrize("name", ["首年期交", "期交保费", "首年期缴"])
def it_takes_a_plan_under_every_name_of_the_measure_before_or_after_the_word(name, word):
    for heading in (word + name, name + word, f"{name}{word}（万元）"):
        assert appendix1.FORM.headings[fold(heading)[0]] == "计划首年期交"


@pytest.mark.parametrize("word", ["实际", "实绩", "完成", "达成", "实动"])
@pytest.mark.parametrize("name", ["FYP", "首年度保费", "新单保费"])
def it_takes_an_actual_under_every_name_of_the_measure_before_or_after_the_word(name, word):
    for heading in (word + name, name + word):
        assert appendix1.FORM.headings[fold(heading)[0]] == "实际FYP"


@pytest.mark.parametrize("front", ["", "周", "本周", "当周"])
def it_takes_weekly_plans_and_actuals_with_or_without_the_week(front):
    assert appendix4.FORM.headings[appendix4.FORM.known(f"{front}计划FYP") or ""] == "计划FYP"
    assert appendix4.FORM.headings[appendix4.FORM.known(f"{front}FYP目标") or ""] == "计划FYP"
    assert appendix4.FORM.headings[appendix4.FORM.known(f"{front}实际件数") or ""] == "实际件数"


def it_takes_the_plain_name_only_where_a_measure_stands_once():
    assert appendix4.FORM.headings["增员人数"] == "实际增员人数"
    assert appendix4.FORM.headings["应到"] == "实际应出勤人次"
    assert "FYP" not in appendix4.FORM.headings
    assert "增员人数" not in appendix2.FORM.headings


@pytest.mark.parametrize("key", MEASURES)
def it_declares_plan_and_actual_columns_in_the_measures_unit(key):
    plan, fact = planned(key, required=True), actual(key, bare=True)
    assert (plan.key, plan.unit, plan.required, plan.filled) == (f"计划{key}", MEASURES[key].unit, True, False)
    assert (fact.key, fact.unit, fact.required, fact.filled) == (f"实际{key}", MEASURES[key].unit, False, True)
    assert key in fact.aliases
    assert key not in plan.aliases


def it_declares_ratios_with_their_formula():
    column = ratio("FYP达成率", "实际FYP / 计划FYP", "达成率")
    assert (column.unit, column.formula, column.filled, column.aliases) == (PERCENT, "实际FYP / 计划FYP", True, ("达成率",))


@pytest.mark.parametrize(
    "name",
    [
        "入司日期", "入司日", "入司时间", "签约日期", "签约日", "签约时间", "合同生效日期", "合同生效日", "上岗时间",
    ],
)
def it_takes_a_date_under_each_ending(name):
    assert FORMS["花名册"].headings[name] == "入司日期"


@pytest.mark.parametrize(
    ("form", "heading", "key"),
    [
        ("保单明细", "服务人员员工号", "工号"), ("保单明细", "本单首年保费", "首年保费"), ("花名册", "公司入司日期", "入司日期"),
        ("续期明细", "本期应收保费", "应收保费"), ("保单明细", "累计首年保费", None), ("保单明细", "上年首年保费", None),
        ("保单明细", "客户姓名", None), ("保单明细", "投保人姓名", None), ("保单明细", "退保日期", None), ("保单明细", "电话", None),
        ("附表一", "本月计划FYP", None), ("附表五", "本期指标", None), ("保单明细", "承保确认日期", "承保日期"),
        ("保单明细", "投保日期", None), ("续期明细", "应缴费日期", "应收日期"),
        ("续期明细", "实收入账时间", "实收日期"), ("花名册", "解约生效日", "离司日期"),
    ],
)
def it_infers_a_column_from_how_a_heading_of_a_raw_table_ends(form, heading, key):
    assert FORMS[form].inferred(fold(heading)[0]) == key


def it_types_its_columns():
    roster, policies = FORMS["花名册"], FORMS["保单明细"]
    assert (roster.by_key["入司日期"].unit, roster.by_key["工号"].unit, policies.by_key["首年保费"].unit) == (DATE, TEXT, YUAN)
    assert roster.required == ("工号", "组别", "入司日期")
    assert {form.key: form.layout for form in APPENDICES} == {
        "附表一": Layout.MONTHS, "附表二": Layout.MONTHS, "附表三": Layout.PEOPLE, "附表四": Layout.WEEKS, "附表五": Layout.KPIS,
        "附表六": Layout.RECORDS,
    }
