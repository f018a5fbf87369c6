"""Groups written in another way than in the roster."""

from __future__ import annotations

import pytest

from zuxun_xl.records.groupnames import group_meant

GROUPS = ("一组", "二组", "三组", "十一组", "雄鹰组")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("一组", "一组"), ("第一组", "一组"), ("1组", "一组"), ("第01组", "一组"), ("春华一组", "一组"), ("春华营业部第2组", "二组"),
        ("11组", "十一组"), ("第十一组", "十一组"), ("四组", None), ("21组", None), ("二十一组", None), ("一组、二组", None),
        ("原一组", None), ("非一组", None), ("组", None), ("", None),
        ("春华雄鹰组", None), ("一组合计", None),
    ],
)
def it_knows_a_group_by_its_number(text, wanted):
    assert group_meant(text, GROUPS) == wanted


def it_knows_a_group_without_the_departments_name():
    assert group_meant("一组", ("春华一组", "春华二组")) == "春华一组"
    assert group_meant("一组", ("春华一组", "秋实一组")) is None
