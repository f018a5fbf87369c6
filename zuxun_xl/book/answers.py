"""What the user decided about a workbook: which sheet keeps a form, which heading is a column, in which unit its money is kept.

Decisions name headings by their text, not by their place, so they survive moved columns and rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from zuxun_xl.book.scales import is_money
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.form import Form, fold
from zuxun_xl.units import MONEY_SCALES, squeeze

UNUSED = "不用"
"""The heading of a column that the user says the table does not have."""

UNITS = ("元", "千元", "万元", "百万元", "亿元")
"""Units that a column of money may be said to be kept in."""

SEPARATOR = "/"
"""Between several sheets in one cell; no sheet's name may contain it."""
_ALSO = "、"


class Kind(StrEnum):
    """What a decision is about."""

    SHEET = "工作表"
    HEADING = "表头"
    UNIT = "单位"


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer.

    Attributes:
        kind: what it is about.
        form: key of the form.
        key: column key; empty where the sheet of the whole form is decided.
        value: name of a sheet, text of a heading (or 不用), or unit.
        sheet: the one sheet it is about; empty for every sheet that keeps the form.
        source: sheet and cell it was read from, for findings; empty for the command line.
    """

    kind: Kind
    form: str
    key: str
    value: str
    sheet: str = ""
    source: tuple[str, str] = field(default=("", ""), compare=False)

    @property
    def target(self) -> tuple[Kind, str, str, str]:
        """What it decides; two decisions of one target contradict each other or are the same."""
        return self.kind, self.form, self.key, self.sheet

    @property
    def label(self) -> str:
        """Its target as the command line writes it: 保单明细.首年保费.单位."""
        form = f"{self.form}@{self.sheet}" if self.sheet else self.form
        return ".".join([form, *([self.key] if self.key else []), *([Kind.UNIT] if self.kind is Kind.UNIT else [])])


@dataclass(frozen=True)
class Answers:
    """All decisions on a workbook, in order; of each target only one."""

    decisions: tuple[Decision, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.decisions)

    def updated(self, newer: Answers) -> Answers:
        """With the decisions of ``newer`` in place of those of the same target."""
        merged = {decision.target: decision for decision in (*self.decisions, *newer.decisions)}
        return Answers(tuple(merged.values()))

    def sheets(self, form: str) -> tuple[str, ...]:
        """The sheets that keep a form; none where that is not decided."""
        value = next((d.value for d in self.decisions if d.target == (Kind.SHEET, form, "", "")), "")
        return tuple(dict.fromkeys(name.strip() for mark in (SEPARATOR, _ALSO) for name in value.split(mark) if name))

    def headings(self, form: str, sheet: str) -> dict[str, str]:
        """Column key → decided heading, for the form on a sheet."""
        return self._by_key(Kind.HEADING, form, sheet)

    def units(self, form: str, sheet: str) -> dict[str, str]:
        """Column key → decided unit, for the form on a sheet."""
        return self._by_key(Kind.UNIT, form, sheet)

    def _by_key(self, kind: Kind, form: str, sheet: str) -> dict[str, str]:
        own = [d for d in self.decisions if (d.kind, d.form) == (kind, form) and d.sheet in ("", sheet)]
        return {d.key: d.value for d in sorted(own, key=lambda d: bool(d.sheet))}


def labels(headings: Mapping[int, Sequence[object]]) -> dict[int, str]:
    """Column → the text by which its heading is named: its own, with the one above where it recurs, numbered where that recurs too.

    Args:
        headings: column → readings of its heading, the own text last.
    """
    own = {column: squeeze(str(readings[-1])) for column, readings in headings.items()}
    often = Counter(own.values())
    full = {column: squeeze(str(headings[column][0])) if often[text] > 1 else text for column, text in own.items()}
    recurring, seen = Counter(full.values()), Counter[str]()
    names: dict[int, str] = {}
    for column, text in full.items():
        seen[text] += 1
        names[column] = f"{text}（第{seen[text]}处）" if recurring[text] > 1 else text
    return names


def column_of(names: Mapping[int, str], heading: str) -> int | None:
    """The column that a decided heading names; a unit at its end may be left out."""
    wanted = squeeze(heading)
    exact = [column for column, name in names.items() if squeeze(name) == wanted]
    alike = exact or [column for column, name in names.items() if fold(name)[0] == fold(heading)[0]]
    return alike[0] if len(alike) == 1 else None


def settled(columns: Mapping[str, int], decided: Mapping[str, str], names: Mapping[int, str]) -> tuple[dict[str, int], frozenset[str]]:
    """Columns by key once the decided headings are taken, and the keys that were decided; what is not on this sheet stays as it was."""
    places = {key: column_of(names, heading) for key, heading in decided.items() if heading != UNUSED}
    found = {key: column for key, column in places.items() if column is not None}
    unused = {key for key, heading in decided.items() if heading == UNUSED}
    taken = set(found.values())
    kept = {key: column for key, column in columns.items() if column not in taken and key not in unused}
    return kept | found, frozenset(found.keys() | unused)


class UnknownTargetError(ValueError):
    """A target names no form, no column of it or no such aspect; the message says what there is."""


def stated(target: str, value: str) -> Decision:
    """The decision of a command line: ``附表一`` = sheet, ``保单明细.首年保费`` = heading, ``保单明细.首年保费.单位`` = unit.

    ``保单明细@撤单.首年保费`` is about one sheet only.

    Raises:
        UnknownTargetError: the target or the value does not exist.
    """
    bare = target.strip().removesuffix(f".{Kind.UNIT}")
    kind = Kind.UNIT if bare != target.strip() else Kind.HEADING
    form, at, place = bare.partition("@")
    if at:
        sheet, _, key = place.rpartition(".")
        return decided(kind, form, key, value, sheet)
    form, dot, key = bare.partition(".")
    return decided(kind if dot else Kind.SHEET, form, key, value)


def decided(kind: Kind, form: str, key: str, value: str, sheet: str = "", source: tuple[str, str] = ("", "")) -> Decision:
    """A decision in the user's words, checked and with the keys that code uses; raises ``UnknownTargetError``."""
    declared = FORMS.get(squeeze(form))
    if declared is None:
        raise UnknownTargetError(f"没有“{form}”这种表（有：{'、'.join(FORMS)}）")
    if kind is Kind.SHEET:
        return Decision(kind, declared.key, "", value.strip(), source=source)
    known = _key(declared, key)
    return Decision(kind, declared.key, known, _unit(declared, known, value) if kind is Kind.UNIT else value.strip(), sheet, source)


def _key(form: Form, text: str) -> str:
    name = form.known(fold(text)[0])
    if name is None:
        raise UnknownTargetError(f"{form.key}没有“{text}”这一列（有：{'、'.join(form.by_key)}）")
    return form.headings[name]


def _unit(form: Form, key: str, value: str) -> str:
    unit = squeeze(value)
    if not is_money(form, key):
        raise UnknownTargetError(f"{form.key}的{key}不是金额，不能定单位")
    if unit not in MONEY_SCALES:
        raise UnknownTargetError(f"没有“{value}”这种单位（有：{'、'.join(UNITS)}）")
    return unit


def without_contradictions(decisions: Iterable[Decision]) -> tuple[Answers, list[tuple[Decision, Decision]]]:
    """Decisions of one mind, and the pairs that contradict each other, of which neither counts."""
    first: dict[object, Decision] = {}
    pairs: list[tuple[Decision, Decision]] = []
    for each in decisions:
        known = first.setdefault(each.target, each)
        if known.value != each.value:
            pairs.append((known, each))
    against = {known.target for known, _ in pairs}
    return Answers(tuple(each for target, each in first.items() if target not in against)), pairs
