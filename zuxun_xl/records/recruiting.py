"""The recruiting pipeline of groups over a period: how many were listed and met."""

from __future__ import annotations

from collections.abc import Iterable

from zuxun_xl.periods import Period
from zuxun_xl.records.model import WHOLE, Recruit


def recruiting(recruits: Iterable[Recruit], groups: Iterable[str], period: Period) -> dict[str, dict[str, float | None]]:
    """增员名单 and 增员面谈 of each group and 全部, by the days of listing and of the first talk; the group is the recommender's."""
    totals: dict[str, dict[str, float | None]] = {scope: dict.fromkeys(("增员名单", "增员面谈"), 0.0) for scope in (*groups, WHOLE)}
    for recruit in recruits:
        for key, day in (("增员名单", recruit.listed), ("增员面谈", recruit.met)):
            if day is not None and day in period:
                for scope in (recruit.group, WHOLE):
                    if scope in totals:
                        totals[scope][key] = (totals[scope][key] or 0.0) + 1
    return totals
