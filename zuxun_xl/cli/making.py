"""The command ``new``: a department's whole workbook set for a year."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from zuxun_xl.cli.common import open_ledger
from zuxun_xl.cli.root import cli
from zuxun_xl.errors import CallError

if TYPE_CHECKING:
    from zuxun_xl.build.templates.ledger import NewBook

_USUAL = ("一组", "二组", "三组", "四组")
_LONGEST_GROUP = 20


@cli.command(help="新建一年的经营台账：附表一至六、花名册、明细表、考勤、设置、速查表；不装本工具也能填、能算、能打印。")
@click.option("--year", metavar="年", type=click.IntRange(2000, 2100), required=True, help="哪一年的台账")
@click.option("--name", metavar="营业部", help="营业部名称；默认取自旧台账")
@click.option("--groups", metavar="组名,组名", help="各组名称，逗号隔开；默认取自旧台账，没有旧台账就是一组至四组")
@click.option("--from", "old", metavar="旧台账", type=click.Path(path_type=Path), help="从旧台账带来组别、在职人员、期初人力和上年同期FYP")
@click.option("--unit", type=click.Choice(["元", "万元"]), default="元", show_default=True, help="附表一至四的金额单位")
@click.option("--month", metavar="月", type=click.IntRange(1, 12), default=1, show_default=True, help="附表四、五、六先给出哪个月")
@click.option("--replace", is_flag=True, help="已有同名文件时另建新的，旧的留作备份")
@click.option("--json", "as_json", is_flag=True, help="只输出一个JSON对象")
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
def new(
    folder: Path, year: int, name: str | None, groups: str | None, old: Path | None, unit: str, month: int, replace: bool, as_json: bool
) -> None:
    """``zuxun new DIR --year Y``."""
    from zuxun_xl import console
    from zuxun_xl.batch.distribute import stem_for
    from zuxun_xl.book.file import create, make_folder
    from zuxun_xl.build.templates.ledger import ledger_book

    wanted = _wanted(year, name, _named(groups), old, unit, month)
    make_folder(folder)
    target = folder / f"{stem_for(wanted.title, set())}.xlsx"
    if target.exists() and not replace:
        raise CallError(f"“{folder}”里已经有《{target.name}》。", "请换一个目录；确实要另建，请加 --replace，旧的会留作备份。")
    spec = ledger_book(wanted)
    path = create(spec, target)
    if as_json:
        sheets = [sheet.name for sheet in spec.sheets if sheet.visibility == "visible"]
        console.print_json({
            "out": str(path), "year": year, "department": wanted.plan.department, "groups": list(wanted.plan.groups),
            "people": len(wanted.plan.people), "sheets": sheets,
        })
        return
    _tell(wanted, path)


def _named(groups: str | None) -> tuple[str, ...]:
    """The groups of an option, in order."""
    parts = (groups or "").replace("，", ",").replace("、", ",").split(",")
    named = tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))
    if groups is not None and (not named or any(len(group) > _LONGEST_GROUP for group in named)):
        raise CallError("--groups 里没有组名，或组名太长。", f"写成 --groups 一组,二组,三组，每个不超过{_LONGEST_GROUP}个字。")
    return named


def _wanted(year: int, name: str | None, groups: tuple[str, ...], old: Path | None, unit: str, month: int) -> NewBook:
    from zuxun_xl.build.templates.ledger import NewBook
    from zuxun_xl.forms.planned import YearPlan
    from zuxun_xl.units import MONEY_SCALES
    from zuxun_xl.workdays import Workdays

    if old is None:
        return NewBook(YearPlan(name or "", year, groups or _USUAL), month, MONEY_SCALES[unit])
    from zuxun_xl.tasks.opening import opening

    plan, roster = opening(open_ledger(old, None), year)
    plan = YearPlan(plan.department if name is None else name, year, groups or plan.groups, plan.people, plan.entries)
    return NewBook(plan, month, MONEY_SCALES[unit], Workdays(), roster)


def _tell(wanted: NewBook, path: Path) -> None:
    from zuxun_xl import console
    from zuxun_xl.build.templates.guide import DUTIES, FIRST_STEPS

    plan = wanted.plan
    console.say(f"已新建：{path}")
    known: list[Any] = [f"{len(plan.groups)}个组（{'、'.join(plan.groups)}）", f"在职{len(plan.people)}人" if plan.people else "还没有人员"]
    console.say("带入：" + "，".join(known))
    console.say("里面有：" + "、".join("考勤（每月一张）" if duty.sheet.startswith("考勤") else duty.sheet for duty in DUTIES))
    console.say("先做什么：")
    for number, step in enumerate(FIRST_STEPS, start=1):
        console.say(f"  {number}. {step}")
    console.say(f'填好以后：zuxun run "{path.name}" --period {plan.year}-{wanted.first:02} -o 结果.xlsx')
