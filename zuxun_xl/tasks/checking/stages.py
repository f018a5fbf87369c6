"""Reading every 附表五 that the workbook keeps: its period, its groups' columns, each figure with the exactness it is kept to."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from zuxun_xl.book.read import Context, read
from zuxun_xl.cells import address
from zuxun_xl.forms import appendix5
from zuxun_xl.forms.labels import period_in
from zuxun_xl.forms.table import Table
from zuxun_xl.kpi.catalogue import KPIS
from zuxun_xl.kpi.measures import MEASURES
from zuxun_xl.periods import Period
from zuxun_xl.records.department import usual_year
from zuxun_xl.records.model import WHOLE
from zuxun_xl.tasks.checking.rounding import Typed, half_digit
from zuxun_xl.tasks.ledger import Ledger
from zuxun_xl.units import MONEY_SCALES, PERCENT, Unit, parse_number, squeeze

_POINTS = 5
"""A rate above 500 % is one kept in per cent."""
_BASIS = re.compile(r"口径[:：](.+?)(?:[\u3000]|\s{2,}|编制|审核|$)")


@dataclass(frozen=True)
class Stage:
    """One 附表五."""

    ledger: Ledger
    table: Table

    @cached_property
    def period(self) -> Period | None:
        """The period its title states."""
        cut = self.ledger.settings.month_start
        return period_in(self.table.title, cut) or period_in(self.table.sheet, cut)

    @property
    def place(self) -> str:
        """Where it stands, as the table in use names similar places."""
        return f"{self.table.sheet}（第{self.table.header}行）"

    @cached_property
    def columns(self) -> dict[str, int]:
        """Group or 全部 → column; a form for one group alone has its figures under 本期值."""
        context = context_of(self.ledger)
        columns = {scope: column for column, text in self.table.extra.items() if (scope := context.scope(text)) is not None}
        own = [column for column, text in self.table.extra.items() if appendix5.OWN_VALUE.fullmatch(squeeze(text))]
        return columns or {self._stated(): column for column in own[:1]}

    def _stated(self) -> str:
        text = squeeze(self.table.sheet + self.table.title)
        named = [group for group in self.ledger.department.groups if group in text]
        return named[0] if len(named) == 1 else WHOLE

    @cached_property
    def rows(self) -> dict[str, int]:
        """Indicator → record index."""
        rows: dict[str, int] = {}
        for index, key in enumerate(self.table.column("指标")):
            if key is not None:
                rows.setdefault(key, index)
        return rows

    def typed(self, key: str, scope: str) -> Typed | None:
        """A figure in base units; ``None`` where the form has none."""
        index, column = self.rows.get(key), self.columns.get(scope)
        if index is None or column is None:
            return None
        row = [_number(self.table.values[f"@{place}"][index]) for place in self.columns.values()]
        value = _number(self.table.values[f"@{column}"][index])
        return None if value is None else self._in_base(key, Typed(value, min(half_digit(row), _coarsest(key))))

    def prior(self, key: str) -> Typed | None:
        """The figure of the period before, in base units."""
        value = self.side(key, appendix5.PRIOR)
        return None if value is None else self._in_base(key, Typed(value))

    def side(self, key: str, column: str) -> float | None:
        """The number in a column beside the groups: 上期值, 分子, 分母."""
        index = self.rows.get(key)
        return None if index is None else _number(self.table.column(column)[index])

    def _in_base(self, key: str, typed: Typed) -> Typed:
        """A figure in 元, or as a fraction where it is kept in per cent."""
        scale: float = MONEY_SCALES.get(squeeze(self.text(self.rows[key], "单位")), 1)
        if _unit(key) is PERCENT and typed.value > _POINTS:
            scale = 0.01
        return Typed(typed.value * scale, typed.half * scale)

    def text(self, index: int, column: str) -> str:
        """What stands in a text column of a row."""
        value = self.table.column(column)[index]
        return "" if value is None else str(value).strip()

    def cell(self, key: str, scope: str) -> str:
        """A1 address of a figure."""
        return address(self.table.rows[self.rows[key]], self.columns[scope])

    @cached_property
    def basis(self) -> str:
        """The 口径 that the form states for all indicators, above the table."""
        stated = _BASIS.search(self.table.title)
        return squeeze(stated[1]) if stated else ""


def stages(ledger: Ledger) -> list[Stage]:
    """Every 附表五 of the workbook, the one in use first."""
    if "附表五" not in ledger.tables:
        return []
    used = ledger.tables["附表五"]
    return [Stage(ledger, used), *(Stage(ledger, table) for table in _others(ledger, used))]


def _others(ledger: Ledger, used: Table) -> Iterator[Table]:
    for place in ledger.candidates[appendix5.FORM.key]:
        if not place.missing and (place.sheet, place.header) != (used.sheet, used.header):
            yield read(ledger.grids[place.sheet], place, context_of(ledger))


def context_of(ledger: Ledger) -> Context:
    """What reading a further table of the workbook needs to know."""
    return Context(usual_year(ledger.tables["保单明细"]), ledger.department.groups, ledger.settings.month_start)


def before(stage: Stage, others: Sequence[Stage]) -> Stage | None:
    """The 附表五 of the period before, if the workbook keeps it."""
    wanted = stage.period.previous() if stage.period else None
    return next((other for other in others if other is not stage and other.period == wanted is not None), None)


def _coarsest(key: str) -> float:
    """Half of the last digit that people keep a kind of figure to at the least: whole per cent, whole 元, tenths of others."""
    unit = _unit(key)
    return 0.005 if unit is PERCENT else 0.5 if unit.name.startswith("元") else 0.05


def _unit(key: str) -> Unit:
    return KPIS[key].unit if key in KPIS else MEASURES[key].unit if key in MEASURES else PERCENT


def _number(value: object) -> float | None:
    try:
        return parse_number(value)
    except ValueError:
        return None
