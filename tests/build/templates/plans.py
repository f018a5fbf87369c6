"""Made-up year plans for the tests of templates and of returned ones."""

from __future__ import annotations

import random
from datetime import date

from zuxun_xl.forms.planned import TARGET, Entry, EntryKey, Person, YearPlan

GROUPS = ("一组", "二组", "卓越组")
FIGURES = ("计划举绩人数", "计划件数", "计划FYP", "计划首年期交", "计划FYC")
FLOWS = ("计划增员人数", "计划调入", "计划调出", "计划脱落人数")


def made_up(seed: int, groups: tuple[str, ...] = GROUPS, people: int = 4) -> YearPlan:
    """A whole plan of random figures; the same one for the same seed."""
    dice = random.Random(seed)
    staff = tuple(
        Person(f"{number:02d}{place:03d}", f"{group[0]}某{place}", group, "主管" if place == 0 else "业务员")
        for number, group in enumerate(groups) for place in range(people)
    )
    entries: dict[EntryKey, Entry] = {}
    for group in groups:
        entries["附表二", group, 1, "计划期初人力"] = float(dice.randint(60, 90))
        for month in range(1, 13):
            fyp = dice.randint(50, 900) * 100
            actives = dice.randint(1, 20)
            figures = (actives, actives + dice.randint(0, 9), fyp, fyp - dice.randint(0, 40) * 100, fyp // 4)
            entries |= {("附表一", group, month, key): float(value) for key, value in zip(FIGURES, figures, strict=True)}
            entries |= {("附表二", group, month, key): float(dice.randint(0, 3)) for key in FLOWS}
            entries["附表一", group, month, "措施"] = f"{month}月：产说会"
            if dice.random() < 0.5:
                entries |= {("附表二", group, month, "开班日"): date(2027, month, dice.randint(1, 28)), ("附表二", group, month, "活动"): "创说会"}
        entries["附表一", group, 1, "主题"] = "开门红"
    for person in staff:
        entries |= {("附表三", person.code, month, TARGET): dice.randint(10, 90) * 100.0 for month in range(1, 13)}
        entries["附表三", person.code, 0, "全年件数目标"] = float(dice.randint(1, 30))
    return YearPlan("春华营业部", 2027, groups, staff, entries)


def figure(plan: YearPlan, form: str, owner: str, month: int, key: str) -> float:
    """A figure of the plan."""
    entered = plan.entries[form, owner, month, key]
    assert isinstance(entered, float)
    return entered
