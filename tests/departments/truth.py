"""The true figures of a fictitious department, counted straight from its records; nothing here reads a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from tests.departments.model import WHOLE, Contract, Department, Line, Span, month
from zuxun_xl.build.sample.truth.ratios import attendance_ratios, kpis, ratio

Figures = dict[str, Fraction]
_LOW, _HIGH = Fraction(9, 10), Fraction(11, 10)
_FLOWS = {"FYP": "fyp", "首年期交": "regular", "FYC": "fyc", "件数": "cases", "举绩人数_逐月合计": "actives", "增员人数": "joins", "脱落人数": "losses"}


def truth(department: Department, first: int, marked: int) -> dict[str, object]:
    """Return all figures: every month from ``first`` on, quarters, the year so far, weeks; attendance and activity from ``marked`` on."""
    months = [number for number in range(first, 13) if month(department.year, number).first <= department.as_of]
    return plain(
        {
            "department": department.name,
            "as_of": department.as_of.isoformat(),
            "counts": {"保单明细行": len(department.lines), "续期行": len(department.dues), "考勤人日": len(department.marks), "业务员": len(department.people)},
            "periods": {key: _period(department, spans) for key, spans in _periods(department, months).items()},
            "weeks": {f"{week.first}..{week.last}": _period(department, [week]) for week in _weeks(department)},
            "attendance": _monthly(department, marked, months, _attendance),
            "activity": _monthly(department, marked, months, _activity),
            "lookup": {key: _lookup(department, spans) for key, spans in _stages(department).items()},
        }
    )


def _name(span: Span, as_of: date) -> str:
    return f"{span.first:%Y-%m}" if span.last <= as_of else f"{span.first}..{as_of}"


def _periods(department: Department, months: Sequence[int]) -> dict[str, list[Span]]:
    spans = {number: month(department.year, number) for number in months}
    found = {_name(span, department.as_of): [_until(span, department.as_of)] for span in spans.values()}
    whole = [number for number, span in spans.items() if number > 0 and span.last <= department.as_of]
    for quarter in range(1, 5):
        own = range(quarter * 3 - 2, quarter * 3 + 1)
        if set(own) <= set(whole):
            found[f"{department.year}-Q{quarter}"] = [spans[number] for number in own]
    if 1 in whole:
        found[f"{department.year}-YTD{len(whole)}"] = [spans[number] for number in whole]
    return found


def _until(span: Span, as_of: date) -> Span:
    return Span(span.first, min(span.last, as_of))


def _weeks(department: Department) -> list[Span]:
    """Three calendar weeks, the last one across the end of a month."""
    monday = department.as_of - timedelta(days=department.as_of.weekday() + 14)
    fifth = month(department.year, 5).last - timedelta(days=3)
    starts = (monday, monday + timedelta(days=7), fifth - timedelta(days=fifth.weekday()))
    return [Span(start, start + timedelta(days=6)) for start in starts]


def _stages(department: Department) -> dict[str, list[Span]]:
    whole = [span for number in range(1, 13) if (span := month(department.year, number)).last <= department.as_of]
    return {f"{whole[-1].first:%Y-%m}": whole[-1:], f"{department.year}-YTD{len(whole)}": whole}


def units(department: Department) -> tuple[str, ...]:
    """Names of the groups, and the whole."""
    return (*department.groups, WHOLE)


def _period(department: Department, spans: Sequence[Span]) -> dict[str, object]:
    found: dict[str, object] = {}
    for unit in units(department):
        figures, plan = measures(department, unit, spans), _plan(department, unit, spans)
        # a plan that is not there makes every ratio to it undefined
        ratios = kpis(figures, plan or dict.fromkeys((*_FLOWS, "举绩人数", "期末人力")))  # type: ignore[arg-type]
        shown = {key: value for key, value in plan.items() if key != "举绩人数"}
        found[unit] = {**figures, "KPI": ratios, "计划": shown}
    return found


def _belongs(unit: str, group: str) -> bool:
    return unit in {WHOLE, group}


# ------------------------------------------------------------------------------------------------------------ measures


def measures(department: Department, unit: str, spans: Sequence[Span]) -> Figures:
    """Return the base figures of a period that consists of these parts of months."""
    span = Span(spans[0].first, spans[-1].last)
    contracts = [contract for person in department.people for contract in person.contracts]
    parts = _parts(span)
    ends = sum(_heads(contracts, unit, part.first - timedelta(days=1)) + _heads(contracts, unit, part.last) for part in parts)
    return {
        **_movements(contracts, unit, span),
        "平均人力": Fraction(ends, 2 * len(parts)),
        **_production([line for line in department.lines if line.day in span and _belongs(unit, line.group)]),
        **_renewals(department, unit, span),
    }


def _parts(span: Span) -> list[Span]:
    """The span cut where months end."""
    first = (span.first.year, span.first.month)
    cuts = [month(first[0], first[1] + n) for n in range(13)]
    return [Span(max(cut.first, span.first), min(cut.last, span.last)) for cut in cuts if cut.first <= span.last]


def _heads(contracts: Iterable[Contract], unit: str, day: date) -> int:
    return sum(contract.in_force(day) and _belongs(unit, contract.group_on(day)) for contract in contracts)


def _movements(contracts: Sequence[Contract], unit: str, span: Span) -> Figures:
    transfers = [(old[1], new[1]) for c in contracts for old, new in zip(c.stays, c.stays[1:], strict=False) if new[0] in span]
    left = [contract for contract in contracts if contract.left is not None and contract.left in span]
    return {
        "期初人力": Fraction(_heads(contracts, unit, span.first - timedelta(days=1))),
        "期末人力": Fraction(_heads(contracts, unit, span.last)),
        "增员人数": Fraction(sum(c.joined in span and _belongs(unit, c.stays[0][1]) for c in contracts)),
        "脱落人数": Fraction(sum(_belongs(unit, contract.stays[-1][1]) for contract in left)),
        "调入": Fraction(sum(new == unit for _, new in transfers)),
        "调出": Fraction(sum(old == unit for old, _ in transfers)),
    }


def _production(lines: Sequence[Line]) -> Figures:
    sellers = {line.person.code for line in lines}
    own = {code: [line for line in lines if line.person.code == code] for code in sellers}
    active = sum(_cases(part) >= 1 and sum(line.premium for line in part) > 0 for part in own.values())
    return {
        "举绩人数": Fraction(active),
        "件数": Fraction(_cases(lines)),
        "FYP": Fraction(sum(line.premium for line in lines)),
        "首年期交": Fraction(sum(line.premium for line in lines if line.years > 1)),
        "FYC": Fraction(sum(line.commission_cents for line in lines)) / 100,
    }


def _cases(lines: Iterable[Line]) -> int:
    """Main policies issued less those withdrawn; one that two people share is one."""
    mains = [line for line in lines if line.product.main]
    return len({line.policy for line in mains if not line.withdrawal}) - len({line.policy for line in mains if line.withdrawal})


def _renewals(department: Department, unit: str, span: Span) -> Figures:
    due = [item for item in department.dues if item.day in span and _belongs(unit, item.person.group_on(item.day))]
    paid = [item for item in due if item.paid is not None and item.paid <= span.last]
    return {
        "应收件数": Fraction(len(due)), "实收件数": Fraction(len(paid)),
        "应收保费": Fraction(sum(item.premium for item in due)), "实收保费": Fraction(sum(item.received for item in paid)),
    }


def _plan(department: Department, unit: str, spans: Sequence[Span]) -> Figures:
    whole = [month(span.first.year, span.first.month) for span in spans]
    if whole[0].first.year != department.year or any(span.first != own.first for span, own in zip(spans, whole, strict=True)):
        return {}
    groups = department.groups if unit == WHOLE else (unit,)
    series = [[department.targets[group, span.first.month] for span in spans] for group in groups]
    flat = [target for own in series for target in own]
    plan = {key: Fraction(sum(getattr(target, name) for target in flat)) for key, name in _FLOWS.items()}
    plan["期初人力"] = Fraction(sum(own[0].opening for own in series))
    plan["期末人力"] = Fraction(sum(own[-1].closing for own in series))
    plan["平均人力"] = Fraction(sum(target.opening + target.closing for target in flat), 2 * len(spans))
    return {**plan, "举绩人数": plan["举绩人数_逐月合计"]} if len(spans) == 1 else plan


# ----------------------------------------------------------------------------------------------- attendance, activity


def _monthly(department: Department, marked: int, months: Sequence[int], figures: object) -> dict[str, object]:
    spans = [month(department.year, number) for number in months if number >= marked]
    return {
        _name(span, department.as_of): {unit: figures(department, unit, span) for unit in units(department)}  # type: ignore[operator]
        for span in spans
    }


def _attendance(department: Department, unit: str, span: Span) -> dict[str, object]:
    signs = [mark.sign for mark in department.marks if mark.day in span and _belongs(unit, mark.person.group_on(mark.day))]
    counts = {"应出勤人次": len(signs), "出勤人次": signs.count("到") + signs.count("迟"), "请假": signs.count("假")}
    figures = {key: Fraction(value) for key, value in counts.items()}
    return {**figures, **attendance_ratios(figures)}


def _activity(department: Department, unit: str, span: Span) -> dict[str, object]:
    own = [log for log in department.logs if log.day in span and _belongs(unit, log.person.group_on(log.day))]
    names = {"约访": "calls", "面谈": "meetings", "新增准客户": "prospects"}
    return {"日志份数": len(own), **{key: sum(getattr(log, name) for log in own) for key, name in names.items()}}


# -------------------------------------------------------------------------------------------------------------- lookup


_PROBLEMS = {
    "增员率偏低": ("增员人数", "平均人力"), "脱落率较高": ("脱落人数", "平均人力"), "人均件数偏低": ("件数", "平均人力"),
    "件均保费偏低": ("FYP", "件数"), "举绩率偏低": ("举绩人数_逐月合计", "人月"),
}


def _lookup(department: Department, spans: Sequence[Span]) -> dict[str, object]:
    """Return for each group and problem its ratio, that of the plan and that of the other groups merged, and which of them are adverse."""
    actual = {unit: _for_lookup(department, unit, spans) for unit in department.groups}
    found: dict[str, object] = {}
    for group in department.groups:
        plan = _plan(department, group, spans)
        plan["人月"] = plan["平均人力"] * len(spans)
        others = {key: sum((actual[other][key] for other in actual if other != group), Fraction(0)) for key in actual[group]}
        found[group] = {problem: _compared(problem, actual[group], plan, others) for problem in _PROBLEMS}
    return found


def _compared(problem: str, *figures: Figures) -> dict[str, object]:
    own, plan, others = (ratio(each[_PROBLEMS[problem][0]], each[_PROBLEMS[problem][1]]) for each in figures)
    return {
        "实际": own, "计划": plan, "其余各组合并": others,
        "计划法触发": _is_adverse(problem, ratio(own, plan)), "同业法触发": _is_adverse(problem, ratio(own, others)),
    }


def _is_adverse(problem: str, share: Fraction | None) -> bool | None:
    if share is None:
        return None
    return share > _HIGH if problem.endswith("较高") else share < _LOW


def _for_lookup(department: Department, unit: str, spans: Sequence[Span]) -> Figures:
    figures = measures(department, unit, spans)
    figures["举绩人数_逐月合计"] = sum((measures(department, unit, [span])["举绩人数"] for span in spans), Fraction(0))
    return {**figures, "人月": figures["平均人力"] * len(spans)}


def plain(value: object) -> dict[str, object]:
    """Turn fractions into JSON numbers: whole ones exact, the others to six decimals."""
    return _plain(value)  # type: ignore[return-value]


def _plain(value: object) -> object:
    if isinstance(value, Fraction):
        return int(value) if value.denominator == 1 else float(round(value, 6))
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    return value
