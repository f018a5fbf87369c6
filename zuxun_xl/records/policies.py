"""New business from the policy tables: what is certainly wrong is left out, withdrawals are negative whatever the house style."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from zuxun_xl.findings import Rule
from zuxun_xl.forms import records as rules
from zuxun_xl.forms.table import Table
from zuxun_xl.records.commission import Agreement, agreement, is_product
from zuxun_xl.records.doubts import doubt_days, doubt_premiums
from zuxun_xl.records.model import PolicyLine
from zuxun_xl.records.people import People
from zuxun_xl.records.reading import Reading, is_unreadable, usable
from zuxun_xl.records.texts import text_of

_WITHDRAWN = re.compile(r"撤|退保|契撤|犹退")
_YES = frozenset({"是", "1", "Y", "YES", "√", "TRUE", "对"})
_NO = frozenset({"否", "0", "N", "NO", "×", "X", "FALSE", "非"})
_MAIN, _RIDER = re.compile(rules.MAIN), re.compile(rules.RIDER)
_COOLING_OFF = timedelta(days=60)
_ONCE = re.compile(r"趸|一次|单交|单缴|一时")


@dataclass(slots=True)
class _Row:
    """One row of a policy table on its way to a line."""

    table: Table
    index: int
    day: date
    policy: str
    product: str
    premium: float
    withdrawn: bool
    numbered: bool = True

    @property
    def line(self) -> tuple[str, str]:
        """Policy and product: what is issued once and withdrawn once."""
        return self.policy, self.product

    def cell(self, key: str) -> str:
        """Text of one of the row's other cells."""
        return text_of(self.table.column(key)[self.index])


@dataclass(slots=True)
class _Lines:
    """Lines so far, and what tells doubled ones and main policies apart."""

    reading: Reading
    lines: list[PolicyLine] = field(default_factory=list)
    seen: dict[tuple[object, ...], _Row] = field(default_factory=dict)
    mains: set[tuple[str, bool]] = field(default_factory=set)

    agreements: dict[str, Agreement] = field(default_factory=dict)

    def agreement(self, table: Table) -> Agreement:
        """How far the commissions of a table are premium × rate."""
        if table.sheet not in self.agreements:
            self.agreements[table.sheet] = agreement(table)
        return self.agreements[table.sheet]

    def note(self, rule: Rule, row: _Row, key: str, **figures: object) -> None:
        self.reading.note(rule, row.table, row.index, key, **figures)


def policy_lines(tables: Sequence[Table], reading: Reading) -> list[PolicyLine]:
    """Lines of new business by day. Left out: unknown agent, unreadable day or premium, new business after leaving, a line given twice."""
    rows = [row for table in tables for row in _rows(table, reading)]
    _sign_withdrawals(rows, reading)
    _doubt_lone_withdrawals(rows, reading)
    doubt_premiums(tables, reading)
    lines = _Lines(reading)
    for row in rows:
        _add(lines, row)
    lines.lines += _withdrawn_later(rows, lines.lines, reading.people)
    return sorted(_as_issued(lines.lines), key=lambda line: line.day)


def _as_issued(lines: Sequence[PolicyLine]) -> Iterator[PolicyLine]:
    """A withdrawal from a sheet that tells neither commission nor 期趸 takes them from the line that was issued."""
    issued = {(line.policy, line.product): line for line in lines if line.premium > 0}
    for line in lines:
        first = issued.get((line.policy, line.product)) if line.premium < 0 and None in (line.commission, line.regular) else None
        if first is None:
            yield line
        else:
            rated = None if first.commission is None else first.commission / first.premium * line.premium
            regular = first.regular if line.regular is None else line.regular
            yield replace(line, commission=rated if line.commission is None else line.commission, regular=regular)


def _rows(table: Table, reading: Reading) -> Iterator[_Row]:
    doubt_days(table, "承保日期", reading)
    _sum_premiums(table)
    days, premiums = table.column("承保日期"), table.column("首年保费")
    policies, products, kinds = table.column("保单号"), table.column("险种名称"), table.column("业务类型")
    own = "撤" in table.sheet or table.columns.get("承保日期") == table.columns.get("撤单日期")
    for index in usable(table, reading, ("承保日期",), ("首年保费",)):
        kind = text_of(kinds[index])
        withdrawn = own or (bool(kind) and _WITHDRAWN.search(kind) is not None)
        number, product = text_of(policies[index]), text_of(products[index])
        own_number = number or f"{table.sheet}第{table.rows[index]}行"
        yield _Row(table, index, days[index], own_number, product, premiums[index], withdrawn, numbered=bool(number))


def _sum_premiums(table: Table) -> None:
    """A table without a sum of what it keeps in two columns, 期交 and 趸交 or main policy and riders: the premium is their sum."""
    if not table.has("首年保费"):
        parts = ("主险保费", "附险保费") if table.has("主险保费") else ("期交保费", "趸交保费")
        pairs = zip(*(table.column(key) for key in parts), strict=True)
        table.values["首年保费"] = [None if a is None and b is None else (a or 0.0) + (b or 0.0) for a, b in pairs]


def _sign_withdrawals(rows: Iterable[_Row], reading: Reading) -> None:
    """Withdrawals written with a positive amount become negative where the same line also stands as issued; else they are doubtful."""
    withdrawn = [row for row in rows if row.withdrawn]
    if not withdrawn or any(row.premium < 0 for row in withdrawn):
        return
    issued = {(*row.line, row.premium) for row in rows if not row.withdrawn}
    for row in withdrawn:
        if (*row.line, row.premium) in issued or "撤" in row.table.sheet:
            row.premium = -row.premium
        elif row.table.column("撤单日期")[row.index] is None and row.premium:
            reading.note(rules.WITHDRAWN_WHEN, row.table, row.index, "业务类型", kind=row.cell("业务类型"))


def _doubt_lone_withdrawals(rows: Sequence[_Row], reading: Reading) -> None:
    """Lists withdrawals of policies that were never issued here; in its first weeks a ledger takes back what an earlier one issued."""
    issued = {row.policy for row in rows if row.premium > 0}
    begun = min((row.day for row in rows), default=date.max)
    for row in rows:
        if row.premium < 0 and row.policy not in issued and row.day > begun + _COOLING_OFF:
            reading.note(rules.WITHDRAWN_ALONE, row.table, row.index, "首年保费", policy=row.policy)


def _withdrawn_later(rows: Iterable[_Row], lines: Sequence[PolicyLine], people: People) -> list[PolicyLine]:
    """Withdrawals that stand only as a date beside the issued line; they count in the agent's group of that date."""
    negative = {(line.policy, line.product) for line in lines if line.premium < 0}
    days = {
        row.line: day for row in rows
        if row.premium > 0 and (day := row.table.column("撤单日期")[row.index]) is not None and row.line not in negative
    }
    return [_taken_back(line, day, people) for line in lines if line.premium > 0 and (day := days.get((line.policy, line.product)))]


def _taken_back(line: PolicyLine, day: date, people: People) -> PolicyLine:
    commission = None if line.commission is None else -line.commission
    return replace(line, day=day, group=people.agents[line.agent].group_on(day), premium=-line.premium, commission=commission)


def _add(lines: _Lines, row: _Row) -> None:
    found = lines.reading.known(row.table, row.index, row.day)
    if found is None:
        return
    agent, group = found
    left = agent.contract_on(row.day).left
    if row.premium >= 0 and left is not None and row.day > left:
        lines.note(rules.AFTER_LEAVING, row, "承保日期", name=agent.name, code=agent.code, left=left, day=row.day)
        return
    main = _is_main(lines, row)
    key = (row.policy, row.product, main, agent.code, row.day, row.premium)
    if key in lines.seen and (main or row.product):  # of riders without a name two may well cost the same
        first = lines.seen[key]
        place = "" if first.table is row.table else f"“{first.table.sheet}”"
        lines.note(rules.TWICE, row, "保单号", first=f"{place}第{first.table.rows[first.index]}行")
        return
    lines.seen[key] = row
    if main and not row.numbered:
        lines.note(rules.NO_NUMBER, row, "保单号")
    commission, kind = _commission(lines, row), row.cell("险种类别")
    for amount, regular in _split(row):
        lines.lines.append(PolicyLine(row.day, row.policy, agent.code, group, amount, commission, regular, main, row.product, kind))
        commission, main = None if commission is None else 0.0, False


def _split(row: _Row) -> list[tuple[float, bool | None]]:
    """The premium as one amount that is 期交 or not; as two where the table keeps both in columns."""
    if not row.table.has("期交保费") or row.table.has("期趸"):
        return [(row.premium, _is_regular(row))]
    regular = row.table.column("期交保费")[row.index] or 0.0
    regular = -regular if row.premium < 0 < regular else regular
    parts: list[tuple[float, bool | None]] = [(regular, True), (row.premium - regular, False)]
    return [part for part in parts if part[0]] or [(row.premium, False)]


def _commission(lines: _Lines, row: _Row) -> float | None:
    """The line's commission by its rate, else as written; ``None`` where the table keeps neither, 0 where this row leaves both blank."""
    rate, written = row.table.column("佣金率")[row.index], row.table.column("佣金")[row.index]
    amount = None if written is None else -float(written) if row.premium < 0 < written else float(written)
    if rate is not None and not 0 <= rate <= 1:
        lines.note(rules.ODD_RATE, row, "佣金率", rate=rate)
    if rate is None or (amount is not None and lines.agreement(row.table) is Agreement.PARTLY):
        return _no_commission(lines, row) if amount is None else amount
    if amount is not None and lines.agreement(row.table) is Agreement.USUALLY and not is_product(amount, row.premium, rate):
        lines.note(rules.COMMISSION_DIFFERS, row, "佣金", amount=amount, product=row.premium * rate)
    return float(row.premium * rate)


def _no_commission(lines: _Lines, row: _Row) -> float | None:
    kept = [key for key in ("佣金率", "佣金") if row.table.has(key)]
    if not kept:
        return None
    if row.premium and not is_unreadable(row.table, row.index, kept[0]):
        lines.note(rules.NO_RATE, row, kept[0], column=kept[0])
    return 0.0


def _is_regular(row: _Row) -> bool | None:
    """Whether a premium is paid regularly; ``None`` where the table has no column that tells."""
    if row.table.has("期趸"):
        text = row.cell("期趸")
        return bool(text) and _ONCE.search(text) is None
    if row.table.has("期交标志"):
        return row.cell("期交标志").upper() in _YES
    if not row.table.has("缴费年期"):
        return None
    years = row.cell("缴费年期")
    return bool(years) and _ONCE.search(years) is None and years not in {"1", "0", "1年"}


def _is_main(lines: _Lines, row: _Row) -> bool:
    text = row.cell("主附险").upper()
    if _MAIN.fullmatch(text) or text in _YES:
        return True
    if _RIDER.fullmatch(text) or text in _NO:
        return False
    if text:
        lines.note(rules.MAIN_UNKNOWN, row, "主附险", text=text)
        return False
    flag = row.cell("附险标志").upper()
    if flag in _YES or flag in _NO:
        return flag in _NO
    side = (row.policy, row.premium < 0)
    if row.product.startswith("附加") or (side in lines.mains and not row.table.has("险种名称")):
        return False
    lines.mains.add(side)
    return True
