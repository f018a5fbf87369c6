"""What the labels of a plan say about the figures beside or below them: whose, of when, which measure, planned or done, in what unit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cache, cached_property

from zuxun_xl.forms import appendix1, appendix2, appendix4
from zuxun_xl.forms.form import PLAN_WORDS, Column, fold
from zuxun_xl.forms.labels import WHOLE_WORDS, month_in, period_in, slot, week_in
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.periods import Period, find_period, month
from zuxun_xl.records.groupnames import group_meant
from zuxun_xl.records.model import WHOLE
from zuxun_xl.units import MONEY_SCALES, squeeze

AXES = ("scope", "period", "item", "kind")
"""What labels tell apart."""

PLANNED, DONE, RATE, ITSELF = "计划", "实际", "达成率", "="
"""Kinds of figures; an item of the kind ``ITSELF`` is a whole column (主要措施) and no measure."""

TOTALS = frozenset({"合计", "总计", "小计", "累计", "共计", "汇总", "总合计", "计"})
"""Words for a sum over whatever the labels beside it name."""

_KINDS = {
    PLANNED: (
        *PLAN_WORDS, "预算", "计划数", "目标数", "任务数", "计划值", "目标值", "计划目标", "目标任务", "月计划", "周计划", "年计划",
        "本月计划", "本周计划", "经营目标",
    ),
    DONE: (
        "实际", "实绩", "完成", "达成", "实际数", "实际值", "完成数", "达成数", "实绩数", "完成值", "实际完成", "实际达成", "完成实绩",
        "完成情况", "周实绩", "本周实绩", "本周完成",
    ),
    RATE: (
        "达成率", "完成率", "达成%", "完成%", "达成比", "完成比", "达成比例", "完成比例", "计划达成率", "计划完成率", "目标达成率",
        "目标完成率", "周达成率", "周完成率", "本周达成率",
    ),
}
_ROLES = {
    "scope": ("组别", "组", "小组", "营业组", "团队", "组名", "所属组", "团队名称", "小组名称"),
    "period": ("月份", "月度", "期间", "月", "时间", "年月", "月/季/年", "周次", "周别", "周", "所属期", "统计期间"),
    "item": (
        "项目", "指标", "内容", "指标名称", "计划项目", "指标项目", "经营指标", "考核指标", "KPI", "KPI指标", "科目", "名称", "类别",
        "类型", "性质", "计划/实际", "指标类别", "分类", "口径",
    ),
    "unit": ("单位", "计量单位", "金额单位"),
    "": ("序号", "编号", "NO", "行号"),
}
_GROUPING = (
    "人力", "人员", "队伍", "组织", "组织发展", "人力发展", "队伍发展", "业务", "活动", "出勤", "考勤",
    "人力情况", "业绩情况", "业务情况", "人力指标", "业务指标", "业绩指标", "活动指标", "经营指标",
)
"""Words over several measures that say nothing about any of them."""
_SHORT = {"期初": "期初人力", "月初": "期初人力", "期末": "期末人力", "月末": "期末人力", "净增": "净增", "净增人力": "净增"}
_OTHER = ("上年", "去年", "同期", "同比", "环比", "差", "缺口", "累计", "排名", "名次", "占比", "挑战", "标准", "增长", "负责人", "进度")
"""Parts of labels that make a figure something else than the measure named beside them."""
_NUMBER = r"(?:[一二三四五六七八九十]{1,2}|\d{1,2})"
_NUMBERING = re.compile(rf"^\s*(?:{_NUMBER}[、.．]\s*|[（(]{_NUMBER}[）)][、.．]?\s*|[①-⑳]\s*|其中[:：]?\s*)")
_JOINTS = re.compile(r"[()（）\[\]【】\-—–·|/\\ 　:：]+")
_SPAN = re.compile(r"第?[一二三四]季度|[上下]半年|全年")
_LONGEST = 24
_YEAR = 12
_LONGEST_PERIOD = 9
_RANGE = re.compile(r"(?:(20\d\d)年)?(\d{1,2})月?[-—–~至到](\d{1,2})月份?(?:合计|小计|累计|汇总)?")


@dataclass(frozen=True, slots=True)
class Sense:
    """What one label says, or several together; empty where it says nothing.

    Attributes:
        scope: the group, or 全部.
        period: month, quarter, year or week.
        item: a measure, or a whole column where ``kind`` is ``ITSELF``.
        kind: planned, done or attainment.
        unit: 元, 万元 ….
        total: whether it is a sum over what its neighbours name.
        role: whether it only heads a column of labels, and of which: ``scope``, ``period``, ``item``, ``unit``.
        other: whether it makes the figures something that no form knows (差额, 去年同期).
    """

    scope: str = ""
    period: Period | None = None
    item: str = ""
    kind: str = ""
    unit: str = ""
    total: bool = False
    role: str | None = None
    other: bool = False

    @property
    def axes(self) -> frozenset[str]:
        """What it tells apart: scope, period, item, kind."""
        return frozenset(name for name in AXES if getattr(self, name))

    def within(self, outer: Sense) -> Sense:
        """Together with a label above it: of two periods the one within the other counts."""
        together = self.default(outer)
        return together if self.period is None or outer.period is None else replace(together, period=_inner(self.period, outer.period))

    def default(self, other: Sense) -> Sense:
        """Completed by what stands further away."""
        return Sense(
            self.scope or other.scope, self.period or other.period, self.item or other.item, self.kind or other.kind,
            self.unit or other.unit, self.total or other.total, None, self.other or other.other,
        )


OTHER = Sense(other=True)


def _inner(own: Period, outer: Period) -> Period:
    """The shorter of two periods; a month below another year's heading is that year's."""
    if len(own.pieces()) > len(outer.pieces()):
        own, outer = outer, own
    year = outer.end.year
    other_year = len(outer.pieces()) == _YEAR and own.months() is not None and own.end.year != year
    return find_period(own.id.replace(str(own.end.year), str(year)), own.cut) or own if other_year else own


@dataclass
class Lexicon:
    """The words that the labels of one table may use.

    Attributes:
        groups: names of the department's groups.
        year: the year of months without one.
        cut: day on which a month begins.
        words: folded word → what it says.
    """

    groups: Sequence[str]
    year: int
    cut: int
    words: Mapping[str, Sense]
    _known: dict[str, Sense | None] = field(default_factory=dict)

    @cached_property
    def _scopes(self) -> dict[str, str]:
        return {fold(group)[0]: group for group in self.groups}


    def sense(self, value: object) -> Sense | None:
        """What a cell's content says as a label; ``None`` where it is no label that forms know."""
        if isinstance(value, date):
            return Sense(period=self.period(value))
        if not isinstance(value, str) or not value.strip():
            return None
        if value not in self._known:
            self._known[value] = self._label(value)
        return self._known[value]

    def period(self, value: object) -> Period | None:
        """The month, quarter or year that a label names."""
        return slot(value, self.year, self.cut)

    def _label(self, text: str) -> Sense | None:
        week = week_in(text, self.year, self.cut)
        if week is not None:
            rest = self.spoken(text)
            return replace(rest, period=week)
        if len(squeeze(text)) > _LONGEST:
            return None
        found = self._whole(text)
        if found is None and (bare := _NUMBERING.sub("", text)) != text:
            found = self._whole(bare)
        if found is None and any(word in text for word in _OTHER):
            return OTHER
        return found

    def _whole(self, text: str) -> Sense | None:
        name, unit = fold(text)
        found = self._word(name) or self._parts(text) or self._peeled(name)
        return replace(found, unit=unit) if found is not None and unit else found

    def _word(self, name: str) -> Sense | None:
        """A label of one word."""
        if name in self._scopes:
            return Sense(scope=self._scopes[name])
        if name in self.words:
            return self.words[name]
        group = group_meant(name, self._scopes)
        if group is not None:
            return Sense(scope=self._scopes[group])
        period = self.period(name) or _months(name, self.year, self.cut)
        return None if period is None else Sense(period=period)

    def _parts(self, text: str) -> Sense | None:
        """A label of several words with brackets or dashes between: FYP（计划）, 一组-FYP."""
        parts = [part for part in _JOINTS.split(text) if part]
        return self._together(self._word(fold(part)[0]) or self._peeled(fold(part)[0]) for part in parts) if len(parts) > 1 else None

    def _peeled(self, name: str) -> Sense | None:
        """A label of several words without a joint: 一组计划FYP, 1月实际, FYP合计."""
        for start, rest in self._beginnings(name):
            found = self._together((start, self._word(rest) or self._peeled(rest)))
            if found is not None:
                return found
        return None

    def _beginnings(self, name: str) -> Iterator[tuple[Sense, str]]:
        """A first (or last) word that is known, with the rest of the label."""
        for scope, group in self._scopes.items():
            if name.startswith(scope) and name != scope:
                yield Sense(scope=group), name.removeprefix(scope)
        for length in range(min(len(name) - 1, _LONGEST_PERIOD), 1, -1):
            period = self.period(name[:length])
            if period is not None and not name[length].isdigit():
                yield Sense(period=period), name[length:]
        for word in ("合计", "小计", "总计"):
            if name.endswith(word) and name != word:
                yield Sense(total=True), name.removesuffix(word)
        for word, kind in _KIND_OF.items():
            if name != word and name.startswith(word):
                yield Sense(kind=kind), name.removeprefix(word)
            elif name != word and name.endswith(word):
                yield Sense(kind=kind), name.removesuffix(word)

    def _together(self, senses: Iterator[Sense | None] | tuple[Sense | None, ...]) -> Sense | None:
        """Several words as one label; ``None`` where one is unknown or two say different things."""
        whole = Sense()
        for sense in senses:
            if sense is None or sense.role or whole.axes & sense.axes - {"period"}:
                return None
            whole = whole.within(sense)
        return whole

    def spoken(self, text: str) -> Sense:
        """What a title or a sheet's name says in passing: the one group, month, measure and kind that it names."""
        folded = squeeze(text)
        groups = {group for group in self.groups if group in folded}
        groups -= {group for group in groups if any(group != other and group in other for other in groups)}
        number, period = month_in(text), period_in(text, self.cut)
        if number is not None and (period is None or len(period.pieces()) > 1):
            period = month(period.end.year if period else self.year, number, self.cut)
        period = period or self._spoken_span(folded)
        words = [kind for kind in (PLANNED, DONE) if any(word in folded for word in _SPOKEN[kind])]
        items = {key for key, names in _plain_names().items() if any(name in folded.upper() for name in names)}
        return Sense(
            groups.pop() if len(groups) == 1 else "", period, items.pop() if len(items) == 1 else "", words[0] if len(words) == 1 else "",
        )


    def _spoken_span(self, text: str) -> Period | None:
        """The one quarter or half that a text names without a year."""
        named = set(_SPAN.findall(text))
        return self.period(named.pop()) if len(named) == 1 else None


_SPOKEN = {PLANNED: ("计划", "目标", "任务"), DONE: ("实际", "实绩", "完成情况", "达成情况")}
_KIND_OF = {fold(word)[0]: kind for kind, words in _KINDS.items() for word in words}
_ROLE_OF = {fold(word)[0]: role for role, words in _ROLES.items() for word in words}


def _months(name: str, year: int, cut: int) -> Period | None:
    """The months from one to another: 1-10月累计."""
    match = _RANGE.fullmatch(name)
    first, last = (int(match[2]), int(match[3])) if match else (0, 0)
    own = int(match[1] or year) if match else year
    return Period(month(own, first, cut).start, month(own, last, cut).end, cut) if 1 <= first < last <= _YEAR else None


@cache
def _plain_names() -> dict[str, tuple[str, ...]]:
    """Names by which a title may speak of one measure."""
    named = ("FYP", "首年期交", "FYC", "件数", "举绩人数", "增员人数", "脱落人数", "期末人力", "期初人力")
    return {key: (key, *MEASURES[key].aliases) for key in named}


def _plan_names() -> dict[str, tuple[str, str]]:
    """Every name of an item in 附表一, 附表二 and 附表四 → item and kind."""
    names: dict[str, tuple[str, str]] = {}
    for key, measure in MEASURES.items():
        more = (*appendix1.MORE.get(key, ()), *appendix2.MORE.get(key, ()))
        names |= {fold(name)[0]: (key, "") for name in (key, *measure.aliases, *more)}
    for form in (appendix1.FORM, appendix2.FORM, appendix4.FORM):
        for column in form.columns:
            for name in (column.heading, column.key, *column.aliases):
                for front in ("", *form.prefixes):
                    names.setdefault(front + fold(name)[0], item_of(column))
    return {**{name: (item, "") for name, item in _SHORT.items()}, **names}


def item_of(column: Column) -> tuple[str, str]:
    """The item and kind that a form's column stands for: 计划FYP is FYP, planned."""
    for kind in (PLANNED, DONE):
        if column.key.startswith(kind):
            return column.key.removeprefix(kind), kind
    if column.key.endswith(RATE) and column.key.removesuffix(RATE) in MEASURES:
        return column.key.removesuffix(RATE), RATE
    return column.key, ITSELF


def key_of(sense: Sense) -> str:
    """The column key of an item and kind."""
    if sense.kind == ITSELF:
        return sense.item
    return sense.item + RATE if sense.kind == RATE else sense.kind + sense.item


@cache
def plan_words() -> dict[str, Sense]:
    """The words of 附表一, 附表二 and 附表四; of one word's meanings the last counts."""
    return {
        **{word: Sense() for word in _GROUPING},
        **{name: Sense(item=item, kind=kind) for name, (item, kind) in _plan_names().items()},
        **{word: Sense(kind=kind) for word, kind in _KIND_OF.items()},
        **{word: Sense(unit=word) for word in (*MONEY_SCALES, "人", "件", "次", "%", "人次")},
        **{word: Sense(role=role) for word, role in _ROLE_OF.items()},
        **{word: Sense(scope=WHOLE) for word in WHOLE_WORDS},
        **{word: Sense(total=True) for word in TOTALS},
    }
