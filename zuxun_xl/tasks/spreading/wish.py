"""What the user wants to have spread, and how."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from zuxun_xl.errors import CallError
from zuxun_xl.forms.labels import slot
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import YUAN, parse_number, squeeze

EQUAL, HISTORY, WORKDAYS, HEADCOUNT = "均分", "上年", "工作日", "人力"
MONTHS, GROUPS, PEOPLE, WEEKS = "月", "组", "人", "周"
COLUMNS = {
    **dict.fromkeys(("FYP", "件数", "首年期交", "FYC", "举绩人数"), "附表一"),
    **dict.fromkeys(("增员人数", "脱落人数"), "附表二"),
}
"""Measure that can be spread → the form that plans it."""

_MONEY_STEP, _STEP = Decimal(100), Decimal(1)


@dataclass(frozen=True)
class Wish:
    """What to spread.

    Attributes:
        column: the measure.
        total: the year's total of 全部, if it does not stand in the form.
        by: how months share: 均分, 上年 or 工作日; by default last year's profile where there is one, else workdays.
        groups_by: how groups share: 均分, 上年 or 人力.
        people_by: how persons share: 均分 or 上年.
        weights: month, group, name or code → weight; those that are not named get nothing.
        level: down to where: 月 组 人 周.
        step: figures are multiples of it; by default 100元, 1件, 1人.
        last_year: the workbook of the year before.

    Raises:
        CallError: on construction, for a step that is not positive.
    """

    column: str = "FYP"
    total: Decimal | None = None
    by: str | None = None
    groups_by: str = HEADCOUNT
    people_by: str = EQUAL
    weights: Mapping[str, float] = field(default_factory=dict)
    level: str = GROUPS
    step: Decimal | None = None
    last_year: Ledger | None = None

    def __post_init__(self) -> None:
        if self.step is not None and self.step <= 0:
            raise CallError(f"最小单位{self.step}不是正数。", "请改成正数，例如1或100。")

    @property
    def form(self) -> str:
        """The form that plans the measure."""
        return COLUMNS[self.column]

    @property
    def smallest(self) -> Decimal:
        """The step in base units."""
        usual = _MONEY_STEP if MEASURES[self.column].unit is YUAN else _STEP
        return usual if self.step is None else self.step

    def month_weights(self, year: int) -> dict[int, float]:
        """Month's number → weight given for it."""
        numbers = {name: self.month_of(name, year) for name in self.weights}
        return {number: self.weights[name] for name, number in numbers.items() if number is not None}

    @staticmethod
    def month_of(name: str, year: int) -> int | None:
        """The number of the month that a name means."""
        period = slot(name, year) if name.rstrip("份").endswith("月") else None
        return None if period is None else period.end.month

    def named(self, names: Mapping[str, str]) -> dict[str, float]:
        """Weights given under some names; names → what they mean, e.g. a code."""
        return {names[name]: weight for name, weight in self.weights.items() if name in names}


def parse_weights(text: str) -> dict[str, float]:
    """``1月=12,2月=8`` or ``一组=3,二组=2`` → name → weight.

    Raises:
        CallError: a part is no ``name=number``.
    """
    weights: dict[str, float] = {}
    for part in squeeze(text).replace("、", ",").replace("，", ",").replace(";", ",").split(","):
        name, equals, number = part.replace(":", "=").partition("=")
        try:
            weight = parse_number(number)
        except ValueError:
            weight = None
        if not name or not equals or weight is None or weight < 0:
            raise CallError(f"看不懂权重“{part}”。", "请写成 1月=12,2月=8 或 一组=3,二组=2，权重是0或正数。")
        weights[name] = weight
    return weights
