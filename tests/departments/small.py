"""A small department whose tables are written in styles drawn at random."""

from __future__ import annotations

from datetime import date

from tests.departments.model import Department, Product
from tests.departments.setting import Habit, OddSale, Path, Setting
from tests.departments.simulate import simulate

FIRST, MARKED = 3, 5

SETTING = Setting(
    name="小满营业部",
    year=2026,
    first=FIRST,
    as_of=date(2026, 6, 30),
    marked=MARKED,
    weekly=True,
    habits={"麦青组": Habit(4), "麦香组": Habit(4, size=70), "麦浪组": Habit(3)},
    paths=(
        Path("麦青组", left=date(2026, 4, 17), label="leaver"), Path("麦青组", moves=((date(2026, 5, 11), "麦浪组"),), label="mover"),
        Path("麦香组", joined=date(2026, 4, 1)), Path("麦香组", joined=date(2026, 5, 6), left=date(2026, 5, 28)), Path("麦浪组", left=date(2026, 6, 30)),
    ),
    products=(
        Product("金穗终身寿险", True, {10: 26, 20: 30}, 3000, 9000, 40), Product("附加重疾保险", False, dict.fromkeys((1, 5, 10, 20), 25), 400, 1300, 1), Product("安康重大疾病保险", True, {20: 32}, 2800, 7600, 34),
        Product("丰年年金保险", True, {1: 3, 5: 14}, 5000, 15_000, 14), Product("附加住院医疗保险", False, dict.fromkeys((1, 5, 10, 20), 18), 160, 500, 1),
    ),
    odd=(
        OddSale("mover", date(2026, 5, 7), "金穗终身寿险", 10, 8100, date(2026, 5, 22)),
        OddSale("leaver", date(2026, 4, 15), "安康重大疾病保险", 20, 5300, date(2026, 4, 29)),
        OddSale("mover", date(2026, 3, 10), "丰年年金保险", 1, 90_000, date(2026, 4, 2)),
    ),
    code=lambda number: f"3701{number * 17 + 1003:05d}",
    policy=lambda number: f"8860{number:08d}",
)


def department() -> Department:
    """Return its records."""
    return simulate(SETTING)
