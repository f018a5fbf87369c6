"""What a form is: title, columns with their headings and aliases, layout, rules. Readers, writers and docs derive from it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from zuxun_xl.findings import Rule
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.units import DATE, MONEY_SCALES, PERCENT, TEXT, Unit, squeeze

_UNIT = re.compile(
    r"[(\[/]?(?:单位)?(" + "|".join(sorted(MONEY_SCALES, key=len, reverse=True)) + r"|人次|人|件|次|%)(?:/(?:人次|人均|人|件|次|月))?[)\]]?$"
)
"""A unit that ends a heading, once the noise is out: (万元) /元 (单位万元) (元/件)."""
_NOISE = str.maketrans("", "", "*:：“”\"'、，,。_　")
_OTHER_THINGS = ("标准", "累计", "上年", "去年", "同期", "计划", "目标", "预计", "退", "推荐人", "投保人", "被保险人", "被保人", "受益人", "客户", "主管", "增员人", "育成人", "原", "折标", "期交", "期缴", "趸交", "趸缴", "续期", "撤单", "是否", "附加险")
_DATED = re.compile(r"(.+?)(?:日期|时间|日)")
_TOO_GENERAL = frozenset({"日期", "日", "时间", "金额", "说明", "其他", "状态", "结果", "编号", "合同号"})
"""Headings that name a column when they stand alone, but say nothing at the end of a longer heading."""
PLAN_WORDS = ("计划", "目标", "责任额", "任务", "预计")
ACTUAL_WORDS = ("实际", "实绩", "完成", "达成", "实动")


class Layout(Enum):
    """How a table's body is laid out."""

    RECORDS = "一行一条记录"
    DAYS = "一人一行，一天一列"
    MONTHS = "一组一月一行，含小计"
    PEOPLE = "一人一行，一月一列"
    WEEKS = "一周一块，一组一行"
    KPIS = "一指标一行，一组一列"
    LOOKUP = "速查表"


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a form.

    Attributes:
        key: name in code, in the words of the measures.
        heading: heading in our own templates.
        unit: unit of the values; ``TEXT`` and ``DATE`` are kinds of their own.
        aliases: other headings for the same thing.
        required: without it the table is not usable.
        formula: how it is computed from other columns of the same row, by their keys; empty if it is an input.
        filled: whether ``fill`` writes it from the records.
        values: pattern of what stands in such a column, where that tells it from others under the same heading; empty if it does not.
        kin: headings that a house may mean by it, but that are never taken for it unasked.
    """

    key: str
    heading: str
    unit: Unit = TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    formula: str = ""
    filled: bool = False
    values: str = ""
    kin: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """A table declaration.

    Attributes:
        key: short name: ``花名册``, ``附表一``.
        title: title in the handbook's words.
        layout: how the body is laid out.
        columns: its columns in template order.
        ranks: names of columns in the order in which they are preferred: a form with both 承保日期 and 生效日期 means the first.
        words: words in the sheet's name or in the title above the table that speak for this form.
        rules: the rules checked on it.
        any_of: groups of column keys of which at least one must be found.
        identity: columns by which a row is recognised in another table of the form: two sheets that share rows are copies, not parts.
        instead: required column → the column that stands for it where it is missing.
        prefixes: words that headings may put before a column's name (周计划FYP).
    """

    key: str
    title: str
    layout: Layout
    columns: tuple[Column, ...]
    words: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    any_of: tuple[tuple[str, ...], ...] = ()
    identity: tuple[str, ...] = ()
    instead: Mapping[str, str] = field(default_factory=dict)
    prefixes: tuple[str, ...] = ()
    headings: Mapping[str, str] = field(init=False, repr=False)
    stems: Mapping[str, str] = field(init=False, repr=False)
    ranks: Mapping[str, int] = field(init=False, repr=False)
    by_key: Mapping[str, Column] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        known: dict[str, str] = {}
        for column in self.columns:
            for name in (column.heading, column.key, *column.aliases):
                for written in _ways_of(column.unit, name):
                    known.setdefault(fold(written)[0], column.key)
        object.__setattr__(self, "headings", known)
        object.__setattr__(self, "ranks", {name: rank for rank, name in enumerate(known)})
        object.__setattr__(self, "by_key", {column.key: column for column in self.columns})
        dates = [(match[1], key) for name, key in known.items() if self.by_key[key].unit is DATE and (match := _DATED.fullmatch(name))]
        object.__setattr__(self, "stems", {stem: key for stem, key in reversed(dates) if len(stem) > 1})

    @property
    def required(self) -> tuple[str, ...]:
        """Keys of the columns that must be there."""
        return tuple(column.key for column in self.columns if column.required)

    def known(self, heading: str) -> str | None:
        """The column name that a folded heading is, with or without one of the form's prefixes."""
        if heading in self.headings:
            return heading
        bare = (heading.removeprefix(prefix) for prefix in self.prefixes if heading.startswith(prefix))
        return next((name for name in bare if name in self.headings), None)

    def is_proper(self, key: str, rank: int) -> bool:
        """Whether the name of a rank is the column's own, written out or not (保单号, 保单号码), no alias that another might bear as well."""
        column = self.by_key[key]
        own = {fold(name)[0] for way in (column.heading, key) for name in _ways_of(column.unit, way)}
        return next(name for name, place in self.ranks.items() if place == rank).startswith(tuple(own))

    def inferred(self, heading: str) -> str | None:
        """The column whose longest name ends a longer heading (服务人员员工号 → 工号), in raw tables only.

        Chinese headings end with what they are; a heading that begins with a word like 累计 or 上年 is something else.
        """
        if self.layout not in (Layout.RECORDS, Layout.DAYS) or heading.startswith(_OTHER_THINGS):
            return None
        if key := self._dated(heading):
            return key
        for start in range(1, len(heading) - 1):
            name = heading[start:]
            if name in self.headings and name not in _TOO_GENERAL:
                return None if any(word in heading[:start] for word in _OTHER_THINGS) else self.headings[name]
        return None

    def _dated(self, heading: str) -> str | None:
        """The date column whose name begins a longer date (承保确认日期 → 承保日期, 应缴费日期 → 应收日期)."""
        match = _DATED.fullmatch(heading)
        begins = [stem for stem in self.stems if match and match[1].startswith(stem)]
        return self.stems[max(begins, key=len)] if begins else None

    def rule(self, code: str) -> Rule:
        """A rule of this form by its code."""
        return next(rule for rule in self.rules if rule.code == code)


@lru_cache(maxsize=4096)
def fold(heading: str) -> tuple[str, str]:
    """A heading for comparison, and the unit it states: ``计划FYP（万元）`` → (``计划FYP``, ``万元``), ``件均保费（元/件）`` → (``件均保费``, ``元``)."""
    text = squeeze(heading).upper().translate(_NOISE)
    match = _UNIT.search(text)
    if match is None or match.start() == 0:
        return text, ""
    bare = match[0] == match[1]
    return (text, "") if bare else (text[: match.start()], match[1])


def _ways_of(unit: Unit, name: str) -> tuple[str, ...]:
    """Ways to write a heading; that of a date: 签约日期, 签约日, 签约时间."""
    stem = name.removesuffix("期").removesuffix("日") if unit is DATE else name
    return (name,) if stem in ("", name) else (f"{stem}日期", f"{stem}日", f"{stem}时间")


def planned(key: str, *more: str, required: bool = False, front: str = "") -> Column:
    """A plan column of a measure, under all the names that forms give it (计划FYP, FYP目标 …); ``more`` are names only this form gives it."""
    return Column(f"计划{key}", f"{front}计划{key}", MEASURES[key].unit, _names(key, PLAN_WORDS, more), required=required)


def actual(key: str, *more: str, front: str = "", bare: bool = False, formula: str = "") -> Column:
    """An actual column of a measure (实际FYP, FYP实绩 …), filled from the records; ``bare`` also takes the plain name."""
    aliases = _names(key, ACTUAL_WORDS, more)
    heading = key if bare else f"{front}实际{key}"
    plain = (key, *MEASURES[key].aliases) if bare else ()
    return Column(f"实际{key}", heading, MEASURES[key].unit, (*aliases, *plain), formula=formula, filled=True)


def _names(key: str, words: tuple[str, ...], more: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(text for name in (key, *MEASURES[key].aliases, *more) for word in words for text in (word + name, name + word))


def ratio(key: str, formula: str, *aliases: str) -> Column:
    """A percentage column computed from columns of the same row."""
    return Column(key, key, PERCENT, aliases, formula=formula, filled=True)
