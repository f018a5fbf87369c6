"""Groups named by lines, sheets and titles: what names one, what only looks like it."""

from __future__ import annotations

import pytest

from zuxun_xl.book.sections import group_lines, group_of_sheet, groups_by_row

HEADS = ["工号", "姓名", "入司日期"]


@pytest.mark.parametrize(
    ("line", "group"),
    [
        (["一组"], "一组"), (["▶ 卓越组（12人）"], "卓越组"), (["第三组 组长：张三"], "第三组"), (["小组：飞鹰组"], "飞鹰组"),
        (["二组", 12.0], "二组"), (["二组", None, "共12人"], "二组"), (["组别"], None), (["各组"], None), (["组训：李四"], None),
        (["营业部"], None), (["调二组"], None),
        (["一组", "张三", "2020-1-1", "在职"], None), (["0012", "一组组员"], None), ([12.0], None),
    ],
)
def it_knows_the_lines_that_name_a_group(line, group):
    assert group_lines([HEADS, line], 1) == ({} if group is None else {2: group})


def it_takes_lines_that_repeat_for_records():
    assert group_lines([HEADS, ["一组"], ["一组"]], 1) == {}


@pytest.mark.parametrize(
    ("sheet", "title", "group"),
    [
        ("一组花名册", "", "一组"), ("花名册（飞鹰组）", "", "飞鹰组"), ("花名册", "卓越组业务员名单", "卓越组"),
        ("花名册", "组训编制", None), ("一组二组", "", None), ("小组花名册", "", None),
    ],
)
def it_knows_the_one_group_of_a_sheet(sheet, title, group):
    assert group_of_sheet(sheet, title) == group


def it_gives_each_row_the_group_of_the_line_above_it_else_of_the_sheet():
    rows = [HEADS, ["001", "甲", "2020-1-1"], ["二组"], ["002", "乙", "2020-1-1"]]
    assert groups_by_row(rows, 1, "一组", "") == {2: "一组", 4: "二组"}
    assert groups_by_row(rows, 1, "花名册", "") == {4: "二组"}
