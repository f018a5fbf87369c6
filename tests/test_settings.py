"""Settings: defaults, then zuxun.toml, then the workbook's 设置 sheet; what cannot be read is said."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from zuxun_xl.errors import CallError
from zuxun_xl.settings import FILE_NAME, Settings, known, load, names


@pytest.fixture
def write(tmp_path):
    def write(text: str, encoding: str = "utf-8"):
        (tmp_path / FILE_NAME).write_text(text, encoding=encoding)
        return tmp_path

    return write


def it_starts_with_the_handbooks_defaults(tmp_path):
    for settings in (load(None), load(tmp_path), load(None, {})):
        assert settings == Settings()
    assert (Settings().low, Settings().high, Settings().small_group, Settings().min_fyp) == (0.9, 1.1, 8, 0)
    assert not Settings().variants


def it_reads_numbers_days_tests_and_variants_from_toml(write):
    folder = write(
        '"举绩最低FYP" = 3000\n"偏低界限" = 0.85\n"偏高界限" = "115%"\n"放假日" = [2026-10-08, "2026年10月9日"]\n"上班日" = "2026-10-04"\n'
        '"计入判定的检验" = ["计划", "环比"]\n["口径"]\n"脱落率" = "期初"\n"人均件数" = "期末"\n'
    )
    settings = load(folder)
    assert (settings.min_fyp, settings.low, settings.high) == (3000, 0.85, 1.15)
    assert settings.days == {date(2026, 10, 8): False, date(2026, 10, 9): False, date(2026, 10, 4): True}
    assert settings.counted_tests == ("计划", "环比")
    assert settings.variants == {"脱落率": "期初", "人均件数": "期末"}


def it_takes_chinese_names_in_toml_without_quotes(write):
    settings = load(write('# 门槛 = 1\n偏低界限 = 0.85\n放假日 = [\n  2026-10-08,\n]\n\n[口径]\n脱落率="期初"\n'))
    assert (settings.low, settings.days, settings.variants) == (0.85, {date(2026, 10, 8): False}, {"脱落率": "期初"})
    assert load(write(' 口径.增员率 = "期初" # 比 = 号')).variants == {"增员率": "期初"}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def it_reads_toml_as_editors_save_it(write, encoding):
    assert load(write('"小样本人力" = 5', encoding)).small_group == 5


@pytest.mark.parametrize(
    ("name", "value", "attribute", "wanted"),
    [
        ("举绩最低FYP", 3000.0, "min_fyp", 3000),
        ("举绩最低FYP", "0.3万元", "min_fyp", 3000),
        ("举绩最低 FYP ", "3,000", "min_fyp", 3000),
        ("偏低界限", "90%", "low", 0.9),
        ("偏低界限", "８５％", "low", 0.85),
        ("小样本人力", "5人", "small_group", 5),
        ("偏高界限", None, "high", 1.1),
        ("偏高界限", "  ", "high", 1.1),
        ("放假日", datetime(2026, 10, 8), "days", {date(2026, 10, 8): False}),
        ("放假日", 46_303.0, "days", {date(2026, 10, 8): False}),
        (
            "调休上班日",
            "2026-10-10、2026/9/20；2026.10.4，",
            "days",
            {date(2026, 10, 10): True, date(2026, 9, 20): True, date(2026, 10, 4): True},
        ),
        ("放假日", "", "days", {}),
        ("计入判定的检验", "计划、同业，环比", "counted_tests", ("计划", "同业", "环比")),
        ("口径.脱落率", " LIMRA ", "variants", {"脱落率": "LIMRA"}),
        ("口径.脱落率", "  ", "variants", {}),
        ("口径.脱落率", None, "variants", {}),
        ("部门", "春华营业部", "variants", {}),
        ("月起始日", 26.0, "month_start", 26), ("月起始日", "26日", "month_start", 26), ("月起始日", "２６", "month_start", 26),
        ("月起始日", 1, "month_start", 1), ("月起始日", " ", "month_start", 1), ("月起始日", None, "month_start", 1),
    ],
)
def it_reads_the_settings_sheet_as_people_fill_it(name, value, attribute, wanted):
    assert getattr(load(None, {name: value}), attribute) == wanted


def it_lets_the_workbook_win_over_toml_and_adds_up_the_days(write):
    folder = write(
        '"偏低界限" = 0.8\n"小样本人力" = 5\n"放假日" = [2026-10-08, 2026-10-09]\n["口径"]\n"脱落率" = "期初"\n"增员率" = "期初"\n'
    )
    settings = load(folder, {"偏低界限": 0.95, "上班日": "2026-10-09", "口径.脱落率": "月均"})
    assert (settings.low, settings.small_group) == (0.95, 5)
    assert settings.days == {date(2026, 10, 8): False, date(2026, 10, 9): True}
    assert settings.variants == {"脱落率": "月均", "增员率": "期初"}


def it_corrects_the_calendar_by_its_days():
    workdays = load(None, {"放假日": "2026-10-08", "上班日": "2026-10-04"}).workdays
    assert [workdays.is_workday(date(2026, 10, day)) for day in (4, 8, 9)] == [True, False, True]


def it_lists_the_settings_there_are_when_toml_names_an_unknown_one(write):
    with pytest.raises(CallError, match="没有“偏底界限”") as caught:
        load(write('"偏底界限" = 0.8'))
    assert all(name in str(caught.value) for name in names())


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("偏低界限", "很低"), ("举绩最低FYP", True), ("举绩最低FYP", [3000]), ("放假日", "国庆"), ("放假日", "10月8日"),
        ("放假日", ["2026-02-30"]), ("上班日", True), ("小样本人力", date(2026, 1, 1)),
    ],
)
def it_says_which_value_cannot_be_read(name, value):
    with pytest.raises(CallError, match=f"设置“{name}”"):
        load(None, {name: value})


@pytest.mark.parametrize("value", [0, 29, 31, -1, 26.5, "30日", "每月26日", "工作月", date(2026, 1, 26), True])
def it_lets_a_month_begin_only_on_a_day_that_every_month_has(value):
    with pytest.raises(CallError, match="设置“月起始日”"):
        load(None, {"月起始日": value})


@pytest.mark.parametrize("text", ["= 3", '"偏低界限" = ', '"偏低界限" = 0.8\n"偏低界限" = 0.9', '"口径" = "期初"', '"口径" = ["期初"]'])
def it_refuses_a_broken_toml_with_a_sentence(write, text):
    with pytest.raises(CallError, match=FILE_NAME):
        load(write(text))


def it_refuses_a_toml_saved_in_another_encoding(write):
    with pytest.raises(CallError, match="读不懂"):
        load(write('"偏低界限" = 0.8', "gbk"))


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("偏低界限", True), ("放假日", True), ("计入判定的检验", True), ("口径.脱落率", True), ("口径", False), ("单位", False),
        ("", False),
    ],
)
def it_knows_its_names(name, is_one):
    assert known(name) is is_one
