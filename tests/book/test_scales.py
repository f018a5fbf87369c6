"""Units of money columns: what states them, in which order, and what is no statement."""

from __future__ import annotations

from typing import Any

import pytest

from zuxun_xl.book.scales import Scale, Source, is_unit_row, scale_in, units_below
from zuxun_xl.forms.catalogue import FORMS

POLICIES = FORMS["保单明细"]


@pytest.mark.parametrize(
    ("stated", "title", "scale"),
    [
        ({}, "", Scale("元", Source.DEFAULT)),
        ({"首年保费": ("万元", Source.HEADING)}, "单位：元", Scale("万元", Source.HEADING)),
        ({"首年保费": ("元", Source.ROW)}, "单位：万元", Scale("元", Source.ROW)),
        ({"首年保费": ("件", Source.ROW)}, "单位：万元", Scale("万元", Source.NOTE)),
        ({}, "单位：人民币万元、件", Scale("万元", Source.NOTE)),
        ({}, "金额单位：  千元", Scale("千元", Source.NOTE)),
        ({}, "单位：人民币元", Scale("元", Source.NOTE)),
        ({}, "单位：开元营业部", Scale("元", Source.DEFAULT)),
        ({}, "附表一 业绩计划 2026年 金额：万元", Scale("万元", Source.NOTE)),
        ({}, "附表一 业绩计划（万元）", Scale("万元", Source.NOTE)),
        ({}, "本表保费以万元为单位", Scale("万元", Source.NOTE)),
        ({}, "单位：第一营业部　金额均为千元", Scale("千元", Source.NOTE)),
        ({}, "全年目标1200万元", Scale("元", Source.DEFAULT)),
        ({}, "2026年万元户名单", Scale("元", Source.DEFAULT)),
    ],
)
def it_takes_the_unit_from_what_stands_nearest(stated, title: str, scale: Scale):
    assert scale_in(POLICIES, "首年保费", stated, title) == scale


def it_gives_no_unit_of_money_to_other_columns():
    assert scale_in(POLICIES, "佣金率", {}, "单位：万元") is None


@pytest.mark.parametrize(
    ("row", "is_units"),
    [
        (["-", "单位：万元", "（元）"], True),
        ([None, "元", "%"], True),
        (["元"], False),
        (["-", "-", "-"], False),
        (["一组", "元", "件"], False),
        ([1.0, "元", "件"], False),
    ],
)
def it_knows_a_row_of_units(row, is_units: bool):
    assert is_unit_row(row) is is_units


def it_reads_the_row_of_units_under_the_headings():
    rows: list[list[Any]] = [["组别", "FYP", "件数"], ["-", "（万元）", "件"], ["一组", 1.0, 2.0]]
    assert units_below(rows, 1) == {1: "-", 2: "万元", 3: "件"}
    assert units_below(rows, 2) == {}
    assert units_below(rows, 3) == {}
