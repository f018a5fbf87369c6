"""Settings of a department: 口径, thresholds, days off and make-up workdays. Defaults ← zuxun.toml ← the workbook's 设置 sheet."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

from zuxun_xl.errors import CallError
from zuxun_xl.periods import NATURAL
from zuxun_xl.units import parse_date, parse_number, squeeze
from zuxun_xl.workdays import Workdays

_T = TypeVar("_T")
FILE_NAME = "zuxun.toml"
_VARIANT = "口径."
_BARE_KEY = re.compile(r"""(?m)^([ \t]*\[?[ \t]*)([^\s\[\]"'#=,]*[^\x00-\x7f][^\s\[\]"'#=,]*)(?=[ \t]*[\]=])""")
"""A Chinese name that TOML wants in quotes and people write without."""


@dataclass(frozen=True)
class Settings:
    """What a department may decide for itself.

    Attributes:
        variants: KPI key → name of the 口径, where it is not the handbook's.
        min_fyp: least net FYP (元) for 举绩; net main policies ≥ 1 and FYP > 0 hold in any case.
        low, high: a value below ``low`` × baseline (above ``high`` × for 脱落率) is adverse.
        small_group: average headcount below which a group is at most 黄.
        counted_tests: names of the tests that decide on 红 and 黄.
        most_turns: share of the turns as host or speaker that one person may take.
        trainers: training that needs authority → names of those who have it.
        target_gap: what the targets of persons (附表三) may differ from their group's plan (元).
        target_factor: how many times their group's plan the persons together shall aim at; 0: just the plan.
        days: corrections of the calendar: day → working or not.
        income_factor, commission_rate, case_premium, meetings_per_case: examples for planning a person's year where there are no records:
            income ÷ FYC, FYC ÷ FYP, FYP ÷ policies, meetings ÷ policies.
        month_start: day on which a month begins: 1 for natural months, 26 for the insurer's 工作月.
    """

    variants: Mapping[str, str] = field(default_factory=dict)
    min_fyp: float = 0.0
    low: float = 0.9
    high: float = 1.1
    small_group: float = 8.0
    counted_tests: tuple[str, ...] = ("计划", "同业")
    most_turns: float = 0.5
    trainers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    target_gap: float = 0.0
    target_factor: float = 0.0
    days: Mapping[date, bool] = field(default_factory=dict)
    month_start: int = NATURAL
    income_factor: float = 1.2
    commission_rate: float = 0.25
    case_premium: float = 5000.0
    meetings_per_case: float = 10.0

    @property
    def workdays(self) -> Workdays:
        """The calendar with the department's corrections."""
        return Workdays(self.days)


_NUMBERS = {
    "举绩最低FYP": "min_fyp", "偏低界限": "low", "偏高界限": "high", "小样本人力": "small_group", "个人组差容限": "target_gap",
    "个人安全系数": "target_factor", "轮值最高占比": "most_turns",
    "收入系数": "income_factor", "平均佣金率": "commission_rate", "目标件均保费": "case_premium", "每件面谈": "meetings_per_case",
}
_DAYS = {"放假日": False, "上班日": True, "调休上班日": True}
_TESTS = "计入判定的检验"
_TRAINERS = {"险种授权讲师": "险种培训", "APS授权讲师": "准客户开拓训练"}
_MONTH_START = "月起始日"
_LAST_START = 28
"""The last day that every month has."""


def load(folder: Path | None, sheet: Mapping[str, object] | None = None) -> Settings:
    """The settings in force.

    Args:
        folder: where ``zuxun.toml`` may lie, usually the workbook's folder.
        sheet: name → value from the workbook's 设置 sheet; unknown names there are left alone.

    Raises:
        CallError: a value cannot be read, or zuxun.toml names an unknown setting.
    """
    settings = Settings()
    path = folder / FILE_NAME if folder else None
    if path is not None and path.is_file():
        for name, value in _toml(path).items():
            if not known(name):
                raise CallError(f"{FILE_NAME} 里没有“{name}”这项设置。", f"可用的设置：{'、'.join(names())}。")
            settings = _with(settings, name, value)
    for name, value in (sheet or {}).items():
        if known(squeeze(name)) and value is not None:
            settings = _with(settings, squeeze(name), value)
    return settings


def names() -> tuple[str, ...]:
    """Names of all settings, for help and messages."""
    return (*_NUMBERS, _MONTH_START, *_DAYS, _TESTS, *_TRAINERS, f"{_VARIANT}指标名")


def default(name: str) -> object:
    """What holds where nothing is set, as people would write it."""
    shipped = Settings()
    if name in _NUMBERS:
        return getattr(shipped, _NUMBERS[name])
    if name == _TESTS:
        return "、".join(shipped.counted_tests)
    return shipped.month_start if name == _MONTH_START else None


def variant_setting(kpi: str) -> str:
    """Name of the setting that chooses the 口径 of an indicator."""
    return f"{_VARIANT}{kpi}"


MEANINGS: Mapping[str, str] = {
    "举绩最低FYP": "净FYP达到多少元才算举绩；净承保主险1件以上、净FYP大于0总是要的。",
    "偏低界限": "低于基准的这个倍数算偏低。", "偏高界限": "脱落率高于基准的这个倍数算较高。",
    "小样本人力": "平均人力不到这个数的组，最多判黄。",
    "个人组差容限": "附表三个人合计与附表一组计划相差多少元以内不提示。", "个人安全系数": "个人合计应是组计划的几倍；0表示与组计划相等。",
    "收入系数": "做个人计划时，收入是FYC的几倍。", "平均佣金率": "做个人计划、没有记录可依时，FYC占FYP几成。",
    "目标件均保费": "做个人计划、没有记录可依时，一件多少元。", "每件面谈": "做个人计划、没有记录可依时，几次面谈成一件。",
    "轮值最高占比": "一个人主持或主讲的次数，最多占几成。", _MONTH_START: "1是自然月；26是工作月：10月指9月26日—10月25日。",
    "放假日": "本单位另外放假的日子，几天用顿号隔开，例如2027-10-22。", "上班日": "本单位另外上班的日子。",
    "调休上班日": "与上班日相同，随便填哪一行。",
    _TESTS: "判红判黄看哪几项：计划、同业，可加自身历史、趋势。", "险种授权讲师": "可以讲险种培训的人，几人用顿号隔开。",
    "APS授权讲师": "可以讲准客户开拓训练的人，几人用顿号隔开。", f"{_VARIANT}指标名": "这个指标按哪个口径算。",
}
"""What each setting means, for the sheet 设置."""


def known(name: str) -> bool:
    """Whether a name is that of a setting."""
    return name in _NUMBERS or name in _DAYS or name in (_TESTS, _MONTH_START, *_TRAINERS) or name.startswith(_VARIANT)


def _toml(path: Path) -> dict[str, Any]:
    try:
        raw = tomllib.loads(_BARE_KEY.sub(r'\1"\2"', path.read_text(encoding="utf-8-sig")))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CallError(f"{path.name} 读不懂：{error}。", "请改正这个文件，或先把它移走。") from error
    variants = raw.pop("口径", {})
    if not isinstance(variants, dict):
        raise CallError(f"{path.name} 里的“口径”不是一节。", '请写成 [口径]，下面一行一个指标，例如 脱落率 = "期初"。')
    return {**raw, **{_VARIANT + key: value for key, value in variants.items()}}


def _with(settings: Settings, name: str, value: object) -> Settings:
    if name in _NUMBERS:
        number = _read(parse_number, name, value)
        changed: dict[str, Any] = {_NUMBERS[name]: number}
        return settings if number is None else replace(settings, **changed)
    if name in _DAYS:
        days = {_read(parse_date, name, item): _DAYS[name] for item in _items(value)}
        return replace(settings, days={**settings.days, **{day: works for day, works in days.items() if day is not None}})
    if name == _MONTH_START:
        return replace(settings, month_start=_month_start(value) or settings.month_start)
    if name == _TESTS:
        return replace(settings, counted_tests=tuple(str(item) for item in _items(value)))
    if name in _TRAINERS:
        return replace(settings, trainers={**settings.trainers, _TRAINERS[name]: tuple(str(item).strip() for item in _items(value))})
    variant = squeeze(str(value))
    return replace(settings, variants={**settings.variants, name.removeprefix(_VARIANT): variant}) if variant else settings


def _month_start(value: object) -> int | None:
    """The day on which months begin: 26, 26日; ``None`` for a blank."""
    day = _read(parse_number, _MONTH_START, value.strip().rstrip("日号") if isinstance(value, str) else value)
    if day is None:
        return None
    if day not in range(NATURAL, _LAST_START + 1):
        raise CallError(f"设置“{_MONTH_START}”的值{day:g}不是1到{_LAST_START}的整数。", "自然月写1；26日到次月25日的工作月写26。")
    return int(day)


def _items(value: object) -> list[Any]:
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, str):
        return [item for item in squeeze(value).replace("、", ",").replace(";", ",").split(",") if item]
    return [value]


def _read(parse: Callable[[object], _T], name: str, value: object) -> _T:
    try:
        return parse(value)
    except ValueError as error:
        raise CallError(f"设置“{name}”的值{error}。", "请改正后再试。") from error
