"""The command ``spread``: targets over months, groups, persons and weeks, or one person's year from the income wished for."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.cli.common import open_ledger, save
from zuxun_xl.cli.root import cli
from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from zuxun_xl.settings import Settings
    from zuxun_xl.tasks.ledger import Ledger
    from zuxun_xl.tasks.spread import Spreading
    from zuxun_xl.tasks.spreading.person import PersonPlan, Rates
    from zuxun_xl.tasks.spreading.wish import Wish

_HELP = """分解目标：附表一、二的全年→月→组，再到附表三的人或附表四的周；各级合计分毫不差。

全年数用 --total 给出，或填在“全部”或各组的全年、季、月格里。手填的数是锁定的：分的是剩下的部分；与合计矛盾时只提示，不改动。
空格和上次由本命令填的格会重新分；季、年和全部写成求和公式。增员、脱落分完后，期初、期末按人力平衡推算。

加 --person 时不填表，从年收入倒推一个人各月的FYP、件数、面谈、约访和新增准客户。
"""
_COLUMNS = ("FYP", "件数", "首年期交", "FYC", "举绩人数", "增员人数", "脱落人数")
_RATES = {"收入系数": "income", "佣金率": "commission", "件均": "premium", "每件面谈": "meetings"}
"""Name of a ratio on the command line → field of ``Rates``."""
_RATES_HELP = "倒推所用的比率，如 收入系数=1.2,佣金率=25%,件均=5000,每件面谈=10；默认取本人记录，不够时取组、取设置里的示例"


@cli.command(help=_HELP)
@click.argument("book", metavar="[工作簿]", type=click.Path(path_type=Path), required=False)
@click.option("--column", type=click.Choice(_COLUMNS), default="FYP", show_default=True, help="分哪一列；增员、脱落在附表二，其余在附表一")
@click.option("--total", metavar="数", help="全部的全年数，如 1200万、1350；举绩人数是各月人次之和")
@click.option("--level", type=click.Choice(["月", "组", "人", "周"]), default="组", show_default=True, help="分到哪一级")
@click.option("--by", type=click.Choice(["均分", "上年", "工作日"]), help="各月按什么分；默认按上年，没有上年数据按工作日")
@click.option("--groups-by", type=click.Choice(["均分", "上年", "人力"]), default="人力", show_default=True, help="各组按什么分")
@click.option("--people-by", type=click.Choice(["均分", "上年"]), default="均分", show_default=True, help="组内各人按什么分")
@click.option("--weights", metavar="权重", help="自定权重：1月=12,2月=8,… 或 一组=3,二组=2；没有写到的不分")
@click.option("--step", metavar="数", help="最小单位，默认100元、1件、1人")
@click.option("--last-year", metavar="工作簿", type=click.Path(path_type=Path), help="上年的台账，用于“上年”")
@click.option("--person", is_flag=True, help="从年收入倒推一个人的目标和活动量")
@click.option("--income", metavar="数", help="--person 的年收入，如 12万")
@click.option("--agent", metavar="工号", help="--person 的工号或姓名，按工作簿里本人的记录定比率")
@click.option("--rates", metavar="比率", help=_RATES_HELP)
@click.option("--as-of", metavar="日期", help="数据截止日，默认是记录里的最后一天")
@click.option("--dry-run", is_flag=True, help="只列出分解结果，不写文件")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.option("-o", "--out", metavar="文件", type=click.Path(path_type=Path), help="结果文件，默认放在原文件旁边")
def spread(book: Path | None, person: bool, as_of: str | None, dry_run: bool, as_json: bool, out: Path | None, **options: Any) -> None:  # noqa: ANN401
    """``zuxun spread BOOK --total N -o OUT`` and ``zuxun spread [BOOK] --person --income N``."""
    _demand_fitting(options, person=person, out=out)
    ledger = open_ledger(book, as_of) if book else None
    if person:
        _spread_person(ledger, options, as_json=as_json)
        return
    if ledger is None:
        raise CallError("没有指定工作簿。", "写法：zuxun spread 工作簿.xlsx --total 1200万 -o 结果.xlsx。")
    from zuxun_xl import console
    from zuxun_xl.tasks.spread import spread as spread_ledger

    spreading = spread_ledger(ledger, _wish(options))
    path = None if dry_run or not spreading.changes else save(ledger, spreading.changes, out, f"{options['column']}分解")
    if as_json:
        console.print_json(_as_json(spreading, options["column"], path))
        return
    _table(spreading, options["column"])
    console.say("填写：" + ("、".join(f"{form}{count}格" for form, count in spreading.filled.items() if count) or "没有需要改动的格子"))
    for finding in spreading.findings:
        console.say(f"  [{finding.level.value}] {finding.code} {console.place_of(finding)} {finding.message}{finding.remedy}")
    console.say(f"结果：{path}" if path else "没有写入文件。")


def _demand_fitting(options: dict[str, Any], *, person: bool, out: Path | None) -> None:
    """Options of one use of the command are no options of the other."""
    others = ("total", "weights", "step", "last_year", "by") if person else ("income", "agent", "rates")
    given = [name for name in others if options[name] is not None] + (["out"] if person and out else [])
    if given:
        name = "--" + given[0].replace("_", "-")
        raise CallError(f"{name} {'不能' if person else '只能'}与 --person 一起用。", "请改正，或用 zuxun spread --help 查看写法。")


def _wish(options: dict[str, Any]) -> Wish:
    from zuxun_xl.tasks.spreading.wish import Wish, parse_weights

    last = options["last_year"]
    return Wish(
        options["column"], _decimal(options["total"], "--total"), options["by"], options["groups_by"], options["people_by"],
        parse_weights(options["weights"]) if options["weights"] else {}, options["level"], _decimal(options["step"], "--step"),
        open_ledger(last, None) if last else None,
    )


def _number(text: str | None, option: str) -> float | None:
    from zuxun_xl.units import parse_number

    try:
        return parse_number(text)
    except ValueError as error:
        raise CallError(f"{option} 的值{error}。", "请写成 1200万、12,000,000 或 1350 这样的数。") from None


def _decimal(text: str | None, option: str) -> Decimal | None:
    number = _number(text, option)
    return None if number is None else Decimal(repr(number))


def _table(spreading: Spreading, column: str) -> None:
    """Groups down, months across, sums at both ends."""
    from zuxun_xl import console
    from zuxun_xl.records.model import WHOLE

    figures, months = spreading.figures, spreading.months
    if not figures:
        return
    scopes = list(dict.fromkeys(scope for scope, _ in figures if scope != WHOLE))
    rows = [[scope, *(_shown(figures.get((scope, month))) for month in months)] for scope in (*scopes, WHOLE)]
    known = [[figures.get((scope, month)) for month in months] for scope in (*scopes, WHOLE)]
    for row, values in zip(rows, known, strict=True):
        row.append(_shown(sum((value for value in values if value is not None), Decimal(0))) if None not in values else "—")
    console.table(f"{column}计划分解（{spreading.basis}）", ["组别", *(f"{month.end.month}月" for month in months), "合计"], rows)


def _shown(value: Decimal | None) -> str:
    return "—" if value is None else f"{value:,f}".removesuffix(".0")


def _as_json(spreading: Spreading, column: str, path: Path | None) -> dict[str, Any]:
    figures: dict[str, dict[str, float]] = {}
    for (scope, period), value in spreading.figures.items():
        figures.setdefault(scope, {})[period.id] = float(value)
    return {
        "column": column, "basis": spreading.basis, "figures": figures, "filled": spreading.filled,
        "findings": [finding.as_dict() for finding in spreading.findings], "out": str(path) if path else None,
    }


def _spread_person(ledger: Ledger | None, options: dict[str, Any], *, as_json: bool) -> None:
    from zuxun_xl import console
    from zuxun_xl.periods import month
    from zuxun_xl.settings import load
    from zuxun_xl.tasks.spreading.person import plan_person

    income = _number(options["income"], "--income")
    if income is None:
        raise CallError("没有给出年收入。", "写法：zuxun spread --person --income 12万。")
    settings = ledger.settings if ledger else load(Path.cwd())
    year = (ledger.as_of if ledger else date.today()).year
    rates = _rates(ledger, options["agent"], settings, options["rates"])
    plan = plan_person(income, rates, [month(year, number, settings.month_start) for number in range(1, 13)], settings)
    if as_json:
        console.print_json(_person_json(plan, year))
    else:
        _person_tables(plan, year)


def _rates(ledger: Ledger | None, who: str | None, settings: Settings, text: str | None) -> Rates:
    """Ratios by the person's records or the settings, and those given on the command line."""
    from dataclasses import replace

    from zuxun_xl.tasks.spreading.person import GIVEN, Rate, default_rates, rates_of
    from zuxun_xl.tasks.spreading.wish import parse_weights

    rates = default_rates(settings)
    if who:
        if ledger is None:
            raise CallError("按工号定比率要有工作簿。", "写法：zuxun spread 工作簿.xlsx --person --agent 工号 --income 12万。")
        agent = ledger.department.people.find(who, "", "") or ledger.department.people.find("", who, "")
        if agent is None:
            raise CallError(f"花名册里没有“{who}”，或有同名的人。", "请用花名册里的工号。")
        rates = rates_of(ledger.department, agent, settings)
    given = parse_weights(text) if text else {}
    unknown = given.keys() - _RATES.keys()
    if unknown:
        raise CallError(f"没有“{'、'.join(sorted(unknown))}”这个比率。", f"可用的比率：{'、'.join(_RATES)}。")
    return replace(rates, **{_RATES[name]: Rate(value, GIVEN) for name, value in given.items()})


def _person_tables(plan: PersonPlan, year: int) -> None:
    from zuxun_xl import console
    from zuxun_xl.units import show

    steps = [[step.name, show(step.value, step.unit), step.formula] for step in plan.steps]
    console.table(f"{year}年个人目标", ["目标", "全年", "怎么来的"], steps, numbers=9)
    rows = [
        [
            f"{m.month.end.month}月", str(m.workdays), f"{m.fyp:,.0f}", str(m.cases), *(str(n) for n in (m.meetings, m.calls, m.prospects)),
            "、".join(m.floor),
        ]
        for m in plan.months
    ]
    console.table("各月", ["月份", "工作日", "FYP(元)", "件数", "面谈", "约访", "新增准客户", "按5-3-1补足"], rows)


def _person_json(plan: PersonPlan, year: int) -> dict[str, Any]:
    return {
        "year": year,
        "steps": [{"name": s.name, "value": s.value, "unit": s.unit.name, "formula": s.formula} for s in plan.steps],
        "months": [
            {
                "period": m.month.id, "工作日": m.workdays, "FYP": m.fyp, "件数": m.cases, "面谈": m.meetings, "约访": m.calls,
                "新增准客户": m.prospects, "按5-3-1补足": list(m.floor),
            }
            for m in plan.months
        ],
    }
