"""What is put into the fictitious department on purpose: the groups' habits, the people's paths, the odd policies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

DEPARTMENT = "秋实营业部"


@dataclass(frozen=True)
class Profile:
    """The habits of one group; weights are relative, shares are percents."""

    case_weights: tuple[int, ...]
    product_weights: tuple[int, ...]
    attendance: int
    log_share: int
    activity: tuple[int, int, int]
    paid_share: int
    planned_case_size: int


_USUAL_MIX = (34, 13, 11, 14, 17, 11)
_EASY_MIX = (9, 1, 2, 5, 52, 31)

# 远航组 sells plenty of small policies: 件均保费偏低. 萌芽组 is merely small.
PROFILES: dict[str, Profile] = {
    "旭日组": Profile((30, 33, 22, 11, 4), _USUAL_MIX, 95, 90, (6, 4, 2), 90, 5200),
    "鲲鹏组": Profile((32, 32, 22, 10, 4), _USUAL_MIX, 84, 66, (4, 2, 1), 82, 5200),
    "远航组": Profile((29, 33, 23, 11, 4), _EASY_MIX, 93, 86, (6, 4, 1), 88, 4800),
    "萌芽组": Profile((50, 30, 15, 5, 0), _USUAL_MIX, 92, 84, (5, 3, 1), 86, 5200),
}


@dataclass(frozen=True)
class Path:
    """One person's way through the year; without `joined` the person was there when it began."""

    group: str
    joined: date | None = None
    left: date | None = None
    moved: date | None = None
    moved_to: str = ""
    name: str = ""
    label: str = ""


def _on(month: int, day: int) -> date:
    return date(2026, month, day)


PLAIN_STAFF: dict[str, int] = {"旭日组": 7, "鲲鹏组": 6, "远航组": 7, "萌芽组": 5}

# 鲲鹏组 takes people on and loses them again: 脱落率较高.
PATHS: tuple[Path, ...] = (
    Path("旭日组", name="林晓梅"),
    Path("旭日组", left=_on(6, 30), label="last workday"),
    Path("旭日组", moved=_on(8, 3), moved_to="鲲鹏组"),
    Path("旭日组", joined=_on(3, 16)),
    Path("旭日组", joined=_on(4, 1), label="first workday"),
    Path("鲲鹏组", left=_on(2, 27)),
    Path("鲲鹏组", left=_on(5, 22)),
    Path("鲲鹏组", left=_on(7, 17), label="leaver"),
    Path("鲲鹏组", left=_on(9, 15)),
    Path("鲲鹏组", joined=_on(1, 12), left=_on(4, 27)),
    Path("鲲鹏组", joined=_on(3, 9), left=_on(8, 12)),
    Path("鲲鹏组", joined=_on(4, 20), left=_on(8, 21)),
    Path("鲲鹏组", joined=_on(5, 18)),
    Path("鲲鹏组", joined=_on(7, 6), left=_on(7, 28), label="in and out"),
    Path("鲲鹏组", joined=_on(8, 10)),
    Path("远航组", left=_on(4, 24)),
    Path("远航组", moved=_on(5, 20), moved_to="旭日组", label="mover"),
    Path("远航组", joined=_on(3, 23), name="林晓梅"),
    Path("远航组", joined=_on(6, 15)),
    Path("远航组", joined=_on(9, 14)),
    Path("萌芽组", left=_on(8, 14)),
    Path("萌芽组", joined=_on(5, 11), label="newcomer"),
)


@dataclass(frozen=True)
class OddSale:
    """A policy that stands for a case: sold by the agent with that label, later withdrawn."""

    label: str
    day: date
    product: str
    years: int
    premium: int
    withdrawn: date


ODD_SALES: tuple[OddSale, ...] = (
    OddSale("leaver", _on(7, 13), "康泰守护重大疾病保险", 20, 6480, _on(7, 23)),
    OddSale("mover", _on(5, 14), "金穗传家终身寿险", 10, 9000, _on(5, 25)),
    OddSale("newcomer", _on(6, 24), "岁岁丰年年金保险", 1, 15000, _on(7, 6)),
    OddSale("first workday", _on(4, 28), "学有所成两全保险", 10, 4800, _on(5, 7)),
    OddSale("last workday", _on(6, 25), "出行无忧意外伤害保险", 1, 360, _on(7, 2)),
)

# Planned joins and losses, January to December.
PLANNED_MOVES: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "旭日组": ((0, 0, 1, 1, 0, 0, 0, 0, 1, 1, 0, 0), (0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 1)),
    "鲲鹏组": ((1, 0, 1, 1, 0, 1, 0, 1, 0, 1, 0, 0), (0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0)),
    "远航组": ((0, 0, 1, 0, 0, 1, 0, 0, 1, 1, 0, 0), (0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0)),
    "萌芽组": ((0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1, 0), (0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0, 0)),
}

DESIGNED_PROBLEMS: dict[str, str] = {"鲲鹏组": "脱落率较高", "远航组": "件均保费偏低"}
SEASON = (125, 75, 105, 95, 95, 120, 90, 100, 110, 105, 100, 85)
