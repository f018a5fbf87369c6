"""Labels in forms: months, quarters, years, weeks, stated periods, totals, and the names of indicators."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from zuxun_xl.forms.appendix5 import indicator
from zuxun_xl.forms.labels import WHOLE_WORDS, is_total, period_in, slot, week_in, year_in
from zuxun_xl.kpi.catalogue import ACHIEVED, KPIS
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.periods import Period, month, quarter, year_of
from zuxun_xl.workdays import Workdays

NUMERALS = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")
CHINA = Workdays()


def days(first: str, last: str) -> Period:
    return Period(date.fromisoformat(first), date.fromisoformat(last))


# ---------------------------------------------------------------------------------------------------------------- slot


@pytest.mark.parametrize("number", range(1, 13))
def it_reads_a_month_in_every_spelling(number):
    name = NUMERALS[number - 1]
    spellings = [
        f"{number}月", f"{number:02d}月", f"{number}月份", f"{number} 月", f"{name}月", f"{name}月份", f"2026年{number}月",
        f"2026年{number:02d}月份", f"2026-{number:02d}", f"2026.{number}", f"2026/{number}", f"2026年{name}月",
        f"{number}月".translate(str.maketrans("0123456789", "０１２３４５６７８９")), number, float(number), date(2026, number, 1),
        datetime(2026, number, 15),
    ]
    assert [slot(text, 2026) for text in spellings] == [month(2026, number)] * len(spellings)
    assert slot(f"2025年{number}月", 2026) == month(2025, number)
    assert slot(date(2025, number, 9), 2026) == month(2025, number)


@pytest.mark.parametrize("text", ["元月", "元月份", "2026年元月"])
def it_reads_the_old_name_of_january(text):
    assert slot(text, 2026) == month(2026, 1)


@pytest.mark.parametrize("number", range(1, 5))
def it_reads_a_quarter_in_every_spelling(number):
    name = NUMERALS[number - 1]
    spellings = [
        f"{name}季度", f"第{name}季度", f"{number}季度", f"第{number}季度", f"{name}季", f"Q{number}", f"q{number}", f"{name}季度小计",
        f"第{number}季度合计", f"2026年{name}季度", f"2026年第{name}季度累计", f"2026Q{number}", f"{name} 季 度", f"第{name}季度汇总",
    ]
    assert [slot(text, 2026) for text in spellings] == [quarter(2026, number)] * len(spellings)
    assert slot(f"2025年{name}季度", 2026) == quarter(2025, number)


@pytest.mark.parametrize(
    "text",
    [
        "全年", "年度", "全年合计", "年度合计", "合计", "总计", "全年度", "全年累计", "2026年", "2026年度", "2026年全年", "2026年合计",
        "全 年",
    ],
)
def it_reads_the_year_in_every_spelling(text):
    assert slot(text, 2026) == year_of(2026)


@pytest.mark.parametrize("text", ["2025年", "2025年度", "2025年全年", "2025年合计"])
def it_reads_the_year_that_a_label_states(text):
    assert slot(text, 2026) == year_of(2025)


@pytest.mark.parametrize(
    ("text", "half"),
    [
        ("上半年", (1, 6)), ("下半年", (7, 12)), ("上半年小计", (1, 6)), ("2026年下半年度", (7, 12)), ("下半年合计", (7, 12)),
    ],
)
def it_reads_half_a_year(text, half):
    assert slot(text, 2026) == Period(month(2026, half[0]).start, month(2026, half[1]).end)


@pytest.mark.parametrize(
    ("value", "first", "last"),
    [
        ("10月", "2026-09-26", "2026-10-25"), (1, "2026-01-01", "2026-01-25"), ("十二月", "2026-11-26", "2026-12-31"),
        (202602.0, "2026-01-26", "2026-02-25"), (date(2026, 10, 31), "2026-09-26", "2026-10-25"),
        ("二季度小计", "2026-03-26", "2026-06-25"), ("上半年", "2026-01-01", "2026-06-25"), ("下半年", "2026-06-26", "2026-12-31"),
        ("全年", "2026-01-01", "2026-12-31"),
    ],
)
def it_takes_a_forms_months_for_the_departments_working_months(value, first, last):
    assert slot(value, 2026, 26) == Period(date.fromisoformat(first), date.fromisoformat(last), 26)


def it_takes_the_month_a_title_states_for_a_working_month_but_stated_days_for_themselves():
    assert period_in("附表五 阶段：2026年10月", 26) == month(2026, 10, 26)
    assert period_in("统计期间：2026年10月1日—10月31日", 26) == Period(date(2026, 10, 1), date(2026, 10, 31), 26)
    assert week_in("第一周（9月28日—10月11日）", 2026, 26) == Period(date(2026, 9, 28), date(2026, 10, 11), 26)


@pytest.mark.parametrize(
    "value",
    [
        None, "", "12", "1", "13月", "0月", "五季度", "5季度", "Q5", "备注", "一组", "元", "月", "季度", "十三月", 0, 13, 1.5, 2026, True,
        False, "一月二月", "1月1日", "0000年1月", "0000年合计", [1], "1-3月",
    ],
)
def it_leaves_other_labels_alone(value):
    assert slot(value, 2026) is None


# ------------------------------------------------------------------------------------------------------------- week_in


@pytest.mark.parametrize(
    "text",
    [
        "第二周（10月12日—10月18日）", "第二周(10月12日-10月18日)", "10.12-10.18", "10/12—10/18", "10-12~10-18", "10月12日至18日",
        "10月12-18日", "10月12日到10月18日", "2026年10月12日—10月18日", "2026年10月12日至2026年10月18日", "2026-10-12~2026-10-18",
        "2026.10.12－2026.10.18", "第2周10.12-10.18", "10月12日——10月18日", "第二周\n10月12号至10月18号", "１０月１２日～１８日",
        "第 2 周 （ 10 月 12 日 — 10 月 18 日 ）", "W42：10月12日—10月18日 追踪", "2 10.12-10.18",
    ],
)
def it_reads_the_days_of_a_week_in_every_spelling(text):
    assert week_in(text, 2026) == days("2026-10-12", "2026-10-18")


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("第一周（10月1日—10月11日）", ("2026-10-01", "2026-10-11")), ("第四周（10月26日—31日）", ("2026-10-26", "2026-10-31")),
        ("10月31日—10月31日", ("2026-10-31", "2026-10-31")), ("2025年10月13日—10月19日", ("2025-10-13", "2025-10-19")),
        ("9月28日—10月4日", ("2026-09-28", "2026-10-04")), ("12月28日—1月3日", ("2026-12-28", "2027-01-03")),
        ("2026年12月28日—2027年1月3日", ("2026-12-28", "2027-01-03")),
    ],
)
def it_reads_weeks_of_other_lengths_and_over_the_turn_of_month_and_year(text, week):
    assert week_in(text, 2026) == days(*week)


@pytest.mark.parametrize(
    "text",
    [
        "", "第一周", "10月", "10月12日", "10月12日—10月11日", "1月1日—1月31日", "2月28日—2月30日", "13月1日—13月7日", "2026-10-12",
        "2010-1-5", "填表日期：2010-10-12", "周经营追踪表", "1-5",
    ],
)
def it_reads_no_week_where_none_is_stated(text):
    assert week_in(text, 2026) is None


@pytest.mark.parametrize("number", range(1, 13))
def it_reads_back_the_weeks_that_the_calendar_cuts(number):
    for n, week in enumerate(CHINA.weeks(month(2026, number)), start=1):
        heading = f"第{NUMERALS[n - 1]}周（{week.start.month}月{week.start.day}日—{week.end.month}月{week.end.day}日）"
        assert week_in(heading, 2026) == week


# ----------------------------------------------------------------------------------------------------------- period_in


@pytest.mark.parametrize(
    ("title", "period"),
    [
        ("阶段：2026年10月", month(2026, 10)), ("阶段 KPI 分析表（2026 年 10 月）", month(2026, 10)), ("2026年三季度", quarter(2026, 3)),
        ("2026年第3季度KPI", quarter(2026, 3)), ("2026年度", year_of(2026)), ("春华营业部2026年经营台账", year_of(2026)),
        ("2026年1—9月", days("2026-01-01", "2026-09-30")), ("2026年1月-9月", days("2026-01-01", "2026-09-30")),
        ("2026年经营台账  2026年10月", month(2026, 10)), ("2026年7月至2026年9月", quarter(2026, 3)),
        ("统计期间：2026年10月1日至2026年10月31日", month(2026, 10)), ("阶段：2026年10月12日—10月18日", days("2026-10-12", "2026-10-18")),
        ("阶段：2026年10月12日-18日", days("2026-10-12", "2026-10-18")), ("2026-10-12至2026-10-18", days("2026-10-12", "2026-10-18")),
        ("阶段：2026年三季度  填表日期：2026年10月31日", quarter(2026, 3)), ("2026年9月  制表：2026年10月8日", month(2026, 9)),
        ("2026年10月考勤表  制表日期：2026年11月2日", month(2026, 10)), ("考勤表 制表日期：2026年10月31日", month(2026, 10)),
        ("业绩计划", None), ("", None), ("26年10月", None), ("2026年13月", None),
    ],
)
def it_finds_the_period_that_a_title_states(title, period):
    assert period_in(title) == period


own_labels = st.builds(
    lambda year, first, count: Period(month(year, first).start, month(year + (first + count > 12), (first + count - 1) % 12 + 1).end),
    st.integers(2020, 2035),
    st.integers(1, 12),
    st.integers(0, 11),
)
weeks = st.builds(
    lambda start, length: Period(start, start + timedelta(days=length)), st.dates(date(2020, 1, 1), date(2035, 12, 1)), st.integers(1, 12)
)


@given(own_labels | weeks)
def it_finds_a_periods_own_label_in_a_title(period):
    assert period_in(f"春华营业部 阶段：{period.label} 单位：元") == period


@pytest.mark.parametrize(
    ("title", "year"),
    [
        ("2026年经营计划", 2026), ("（2025 年）", 2025), ("2026-10-08 制", 2026), ("2026.10", 2026), ("工号2026", None), ("", None),
        ("1998年", None),
    ],
)
def it_finds_the_year_that_a_title_states(title, year):
    assert year_in(title) == year


# -------------------------------------------------------------------------------------------------------------- totals


@pytest.mark.parametrize(
    "label",
    [
        "合计", "合 计", "小计", "总计：", "一组小计", "各组合计", "本页小计", "累计", "共计", "平均", "汇总", "全年合计", "本月合计",
        "总合计", "第一季度小计", "合计（元）",
    ],
)
def it_sees_a_total_in_its_label(label):
    assert is_total(label)


@pytest.mark.parametrize("label", [None, "", "一组", "张合", "计划", "总监", 12, "统计员", "设计", "会计"])
def it_takes_no_other_label_for_a_total(label):
    assert not is_total(label)


@pytest.mark.parametrize("word", ["全部", "合计", "总计", "营业部", "全体", "部门合计", "各组合计", "汇总"])
def it_knows_the_words_for_the_whole_department(word):
    assert word in WHOLE_WORDS


# ---------------------------------------------------------------------------------------------------------- indicators


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("脱落率", "脱落率"), ("脱 落 率", "脱落率"), ("脱落率（%）", "脱落率"), ("流失率", "脱落率"), ("活动率", "举绩率"),
        ("人均FYC(元)", "人均FYC"), ("人均fyc（元/人）", "人均FYC"), ("件均保费（元/件）", "件均保费"), ("FYP（万元）", "FYP"),
        ("首年度保费(FYP)", "FYP"), ("首年期交保费计划达成率", "首年期交保费计划达成率"), ("期交达成率", "首年期交保费计划达成率"),
        ("FYP达成率", "FYP计划达成率"), ("月初人力", "期初人力"), ("增员", "增员人数"), ("件数达成率", "达成率:件数"),
        ("达成率（件数）", "达成率:件数"), ("达成率(期末人力)", "达成率:期末人力"), ("达成率", "达成率"),
        ("学历比率（大专及以上）", "学历比率"), ("期缴占比", None), ("期交占比", "期交比率"), ("人均FYP", None), ("随便", None), ("", None),
        ("达成率（约访）", "达成率"),
    ],
)
def it_knows_an_indicator_by_the_names_that_forms_give_it(text, key):
    assert indicator(text) == key


@pytest.mark.parametrize("key", [*MEASURES, *KPIS])
def it_knows_every_measure_and_kpi_by_its_own_name_and_aliases(key):
    item = MEASURES.get(key) or KPIS[key]
    assert [indicator(name) for name in (item.key, *item.aliases)] == [key] * (1 + len(item.aliases))


@pytest.mark.parametrize("measure", ACHIEVED)
def it_knows_the_attainment_of_each_followed_measure(measure):
    assert indicator(f"{measure}达成率") == indicator(f"达成率（{measure}）") == f"达成率:{measure}"
