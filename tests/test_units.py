"""Numbers and dates as people type them, rounding as the spreadsheet rounds, figures as reports show them."""

from __future__ import annotations

import math
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from zuxun_xl.units import (
    CASES,
    CASES_PER_HEAD,
    DAYS,
    PEOPLE,
    PERCENT,
    TIMES,
    WAN_YUAN,
    YUAN,
    YUAN_PER_CASE,
    YUAN_PER_HEAD,
    Unit,
    parse_date,
    parse_number,
    round_half_up,
    scaled,
    show,
    squeeze,
)

FULL_WIDTH = str.maketrans("0123456789.,-+()%", "０１２３４５６７８９．，－＋（）％")
cents = st.decimals(min_value=Decimal("-1e9"), max_value=Decimal("1e9"), places=2)
days = st.dates(date(1990, 1, 1), date(2079, 12, 31))

# ------------------------------------------------------------------------------------------------------------- numbers


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (12, 12.0), (0.125, 0.125), ("12", 12.0), (" 12 ", 12.0), ("1 200", 1200.0), ("　1200　", 1200.0), ("12\n", 12.0),
        ("'00123", 123.0), ("’1200", 1200.0), ("１２３", 123.0), ("１，２３４．５", 1234.5), ("12.", 12.0), (".5", 0.5), ("+3", 3.0),
        ("-3", -3.0), ("－3", -3.0), ("\N{MINUS SIGN}3", -3.0), ("1e3", 1000.0), ("1,234", 1234.0), ("1,234,567.89", 1_234_567.89),
        ("-1,234", -1234.0), ("¥1,234.50", 1234.5), ("￥1234", 1234.0), ("$12", 12.0), ("-¥1,234.50", -1234.5), ("¥-1,234.50", -1234.5),
        ("(¥1,234.50)", -1234.5), ("¥(1,234.50)", -1234.5), ("12%", 0.12), ("１２．５％", 0.125), ("-3%", -0.03), ("120%", 1.2),
        ("0.1%", 0.001), ("2000万", 20_000_000.0), ("2000万元", 20_000_000.0), ("13.37万元", 133_700.0), ("1.2亿", 120_000_000.0),
        ("1.2亿元", 120_000_000.0), ("3 万 元", 30_000.0), ("￥3万", 30_000.0), ("(500)", -500.0), ("（500）", -500.0),
        ("（1,500元）", -1500.0), ("(1,500)元", -1500.0), ("(3万)", -30_000.0), ("12人", 12.0), ("12件", 12.0), ("12 次", 12.0),
        ("12人次", 12.0), ("12天", 12.0), ("12元", 12.0), ("5,145元/件", 5145.0), ("1,426.83元/人", 1426.83), ("0.95件/人", 0.95),
        ("3个", 3.0), ("3名", 3.0),
    ],
)
def it_reads_the_number_a_person_meant(typed, meant):
    assert parse_number(typed) == pytest.approx(meant, rel=1e-15)


@pytest.mark.parametrize("typed", [None, "", " ", "　", "-", "--", "—", "——", "/", "无", "空", "N/A", "'"])
def it_reads_a_blank_as_nothing_and_never_as_zero(typed):
    assert parse_number(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "十二", "12左右", "约12", "3-5", "12/3", "1,23", "12,34,567", "1.2.3", "1_000", "0x10", "nan", "inf", "#N/A", "12万3千", "¥", "%",
        "万", "人", "()", "(-5)", "--5", "-¥-5", "5-", "2026-10-08", "１２三", True, False, date(2026, 1, 1), math.nan, math.inf, "1e999",
        "-1e999", "1e999999万", b"12", [12],
    ],
)
def it_refuses_what_is_no_number_in_chinese(typed):
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        parse_number(typed)


@given(cents)
def it_reads_every_spelling_of_a_number_alike(number):
    wanted = float(number)
    plain, grouped = str(number), f"{number:,}"
    spellings = [
        plain,
        grouped,
        plain.translate(FULL_WIDTH),
        grouped.translate(FULL_WIDTH),
        f" {grouped}　",
        f"'{plain}",
        f"{plain}元",
        f"{grouped} 件",
    ]
    spellings += [f"¥{grouped}", f"￥{plain}", f"{float(number)!r}"]
    if number < 0:
        amount = f"{-number:,}"
        spellings += [f"({amount})", f"（{amount}）", f"-¥{amount}", f"¥({amount})", f"(¥{amount}元)"]
    assert [parse_number(text) for text in spellings] == [wanted] * len(spellings)


@given(cents)
def it_reads_percents_and_wan_without_binary_dust(number):
    assert parse_number(f"{number}%") == float(number / 100)
    assert parse_number(f"{number}万") == float(number * 10_000)
    assert parse_number(f"{number:,}亿元") == float(number * 100_000_000)


@given(st.text(max_size=12) | st.floats() | st.integers() | st.none() | st.booleans() | st.dates())
def it_ends_in_a_finite_number_a_blank_or_a_value_error(typed):
    try:
        number = parse_number(typed)
    except ValueError:
        return
    except OverflowError:
        assert isinstance(typed, int)
        return
    assert number is None or math.isfinite(number)


@pytest.mark.parametrize(
    ("value", "scale", "base"),
    [
        (13.37, 10_000, 133_700.0), (0.07, 10_000, 700.0), (5.1, 1000, 5100.0), (2.5, 1, 2.5), (-1.1, 10_000, -11_000.0),
    ],
)
def it_scales_to_base_units_without_binary_dust(value, scale, base):
    assert scaled(value, scale) == base


# --------------------------------------------------------------------------------------------------------------- dates


@pytest.mark.parametrize(
    "typed",
    [
        date(2026, 3, 5), datetime(2026, 3, 5), datetime(2026, 3, 5, 18, 30), 46_086, 46_086.0, 46_086.75, 20_260_305, 20_260_305.0,
        "46086", "20260305", "2026-3-5", "2026-03-05", "2026/3/5", "2026/03/05", "2026.3.5", "2026.03.05", "2026年3月5日", "2026年03月05日",
        "2026年3月5", "2026年3月5号", "２０２６－３－５", "２０２６年３月５日", "2026．3．5", "26-3-5", "26/03/05", "26年3月5日",
        " 2026-3-5 ", "'2026-3-5", "’2026-3-5", "2026 年 3 月 5 日", "2026-3-5 8:00", "2026-03-05 00:00:00", "2026-03-05T08:30:00",
        "2026-03-05 08:30:00.000", "2026年3月5日 星期四", "2026-3-5（周四）", "2026-3-5 (星期四)",
    ],
)
def it_reads_a_day_however_it_is_typed(typed):
    assert parse_date(typed) == date(2026, 3, 5)


@pytest.mark.parametrize("typed", ["3月5日", "3月5号", "3-5", "3/5", "3.5", "03-05", "３月５日", "3 月 5 日", "3月5日（周四）"])
def it_reads_a_day_without_its_year_only_when_told_the_year(typed):
    assert parse_date(typed, 2026) == date(2026, 3, 5)
    with pytest.raises(ValueError, match="不是日期"):
        parse_date(typed)


@pytest.mark.parametrize("typed", [None, "", " ", "-", "—", "/", "无", "至今", "在职", "未离司", "暂无", "未缴", "未收", "未定", "待定"])
def it_reads_a_day_not_yet_known_as_nothing(typed):
    assert parse_date(typed) is None


@pytest.mark.parametrize(
    "typed",
    [
        "2026-2-30", "2026-13-1", "2026年2月29日", "20260230", 20_260_230, "2026-10", "2026年10月", "10月", "2026", "明天", "已离",
        "46086.5", 12, 0, -1, 1.5, 1e300, math.nan, math.inf, True, b"x", "2026-3-5至2026-3-9",
    ],
)
def it_refuses_what_is_no_day_in_chinese(typed):
    with pytest.raises(ValueError, match=r"[一-鿿]"):
        parse_date(typed)


@pytest.mark.parametrize(
    ("typed", "year"),
    [
        ("98-3-5", 1998), ("30-3-5", 1930), ("29-3-5", 2029), ("00-3-5", 2000), ("76年3月5日", 1976), ("05.3.5", 2005),
    ],
)
def it_takes_two_digit_years_as_the_spreadsheet_does(typed, year):
    assert parse_date(typed) == date(year, 3, 5)


@given(days)
def it_reads_a_day_back_from_each_of_its_texts(day):
    texts: list[object] = [
        day.isoformat(), f"{day:%Y/%m/%d}", f"{day.year}.{day.month}.{day.day}", f"{day.year}年{day.month}月{day.day}日", f"{day:%Y%m%d}",
        f"{day.year}年{day.month}月{day.day}日".translate(FULL_WIDTH), f"{day} 08:00:00", datetime(day.year, day.month, day.day, 8),
        int(f"{day:%Y%m%d}"),
    ]
    assert [parse_date(text) for text in texts] == [day] * len(texts)
    assert parse_date(f"{day.month}月{day.day}日", day.year) == day


@given(days)
def it_reads_the_serial_number_of_the_1900_calendar(day):
    serial = (day - date(1899, 12, 30)) / timedelta(days=1)
    assert [parse_date(serial), parse_date(serial + 0.5), parse_date(f"{serial:.0f}")] == [day] * 3


# ------------------------------------------------------------------------------------------------------------ rounding


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        (1.005, 2, 1.01), (2.675, 2, 2.68), (-1.005, 2, -1.01), (0.285, 2, 0.29), (1.115, 2, 1.12), (0.5, 0, 1.0), (1.5, 0, 2.0),
        (2.5, 0, 3.0), (-2.5, 0, -3.0), (0.004, 2, 0.0), (-0.004, 2, 0.0), (1234.5678, 1, 1234.6), (0.09756, 4, 0.0976),
        (1e9 + 0.005, 2, 1e9 + 0.01),
    ],
)
def it_rounds_half_away_from_zero(value, decimals, rounded):
    assert round_half_up(value, decimals) == rounded


@given(st.integers(-10**11, 10**11), st.integers(0, 4))
def it_rounds_every_decimal_text_as_decimal_does(mills, decimals):
    exact = Decimal(mills).scaleb(-decimals - 1)
    assert round_half_up(float(exact), decimals) == float(exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP))


@given(st.integers(1, 10**7), st.integers(1, 6000))
def it_rounds_commissions_to_the_cent_as_the_spreadsheet_does(premium_cents, rate_in_ten_thousandths):
    exact = Decimal(premium_cents) / 100 * Decimal(rate_in_ten_thousandths) / 10_000
    assert round_half_up(premium_cents / 100 * (rate_in_ten_thousandths / 10_000)) == float(exact.quantize(Decimal("0.01"), ROUND_HALF_UP))


@given(st.floats(-1e9, 1e9))
def it_never_returns_a_negative_zero_and_rounds_once(value):
    rounded = round_half_up(value)
    assert math.copysign(1, rounded) == 1 or rounded < 0
    assert round_half_up(rounded) == rounded
    assert abs(rounded - value) <= 0.005 + 1e-6


# ------------------------------------------------------------------------------------------------------------- showing


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (0.0976, PERCENT, "9.8%"), (0.0975, PERCENT, "9.8%"), (0.63414, PERCENT, "63.4%"), (1.2, PERCENT, "120.0%"),
        (142_000, YUAN, "142,000元"), (1234.5, YUAN, "1,234.50元"), (-500.0, YUAN, "-500元"), (40, PEOPLE, "40人"),
        (41.5, PEOPLE, "41.50人"), (39, CASES, "39件"), (13.37, WAN_YUAN, "13.37万元"), (14.0, WAN_YUAN, "14.00万元"),
        (1426.829268, YUAN_PER_HEAD, "1,426.83元/人"), (0.95122, CASES_PER_HEAD, "0.95件/人"), (None, PERCENT, "—"), (None, YUAN, "—"),
        (-0.001, PEOPLE, "0人"),
    ],
)
def it_shows_a_figure_with_its_unit(value, unit, text):
    assert show(value, unit) == text


@pytest.mark.parametrize(
    "unit",
    [
        PEOPLE, CASES, YUAN, TIMES, DAYS, YUAN_PER_HEAD, YUAN_PER_CASE, CASES_PER_HEAD,
    ],
    ids=lambda unit: unit.name,
)
@given(value=st.none() | st.floats(-1e9, 1e9))
@settings(max_examples=30)
def it_reads_back_the_figure_it_showed(unit: Unit, value):
    assert parse_number(show(value, unit)) == (None if value is None else round_half_up(value, 2))


@given(st.floats(-1e6, 1e6))
def it_reads_back_percents_and_wan_yuan_in_base_units(value):
    assert parse_number(show(value, PERCENT)) == pytest.approx(round_half_up(value * 100, 1) / 100, rel=1e-12)
    assert parse_number(show(value, WAN_YUAN)) == scaled(round_half_up(value, 2), 10_000)


@pytest.mark.parametrize(
    ("text", "squeezed"),
    [
        ("计划 FYP\n（万元）", "计划FYP(万元)"), ("ＦＹＰ", "FYP"), ("　一 组　", "一组"), ("2026\u00a0年", "2026年"),
    ],
)
def it_squeezes_text_for_comparison(text, squeezed):
    assert squeeze(text) == squeezed
