"""Figures in sentences."""

from __future__ import annotations

import pytest

from zuxun_xl.diagnosis.figures import STATE_UNIT, count, share, show


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (0.375, "%", "37.5%"),
        (0.0005, "%", "0.1%"),
        (2.196, "%", "219.6%"),
        (5200, "元", "5,200元"),
        (-1234.5, "元", "-1,235元"),
        (1.5, "件", "1.50件"),
        (1.6, "次/人日", "1.6次/人日"),
        (3, "次", "3次"),
        (1.005, "次", "1.01次"),
        (-0.001, "次", "0次"),
        (0, STATE_UNIT, "绿"),
        (2, STATE_UNIT, "红"),
        (-1, STATE_UNIT, "灰"),
        (7, STATE_UNIT, "—"),
        (None, "元", "—"),
        (float("nan"), "%", "—"),
        (float("inf"), "件", "—"),
    ],
)
def it_shows_a_value_with_its_unit(value, unit, words):
    assert show(value, unit) == words


def it_shows_counts_bare_and_ratios_as_percentages():
    assert (count(8.0), count(10.25), count(1200), share(15 / 22)) == ("8", "10.25", "1,200", "68.2%")
