"""Department 冬青: exports of a core system pasted into one workbook with the user's own formulas, re-saved by LibreOffice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from tests.departments.model import Department, Line, Mark, Product, Target, month
from tests.departments.pages import Sheet, Sheets
from tests.departments.setting import Habit, OddSale, Path, Setting
from tests.departments.simulate import simulate

FIRST, MARKED = -2, 10
_NAMESAKE = "文景行"

SETTING = Setting(
    name="冬青营业区",
    year=2026,
    first=FIRST,
    as_of=date(2026, 11, 13),
    marked=MARKED,
    weekly=False,
    habits={"1组": Habit(8), "2组": Habit(8, (46, 32, 14, 6, 2), present=85, paid=78), "3组": Habit(7, size=70), "11组": Habit(6), "12组": Habit(3)},
    paths=(
        Path("1组", name=_NAMESAKE), Path("1组", name=_NAMESAKE), Path("1组", left=date(2026, 3, 31), label="leaver"),
        Path("1组", moves=((date(2026, 2, 9), "11组"),), label="mover"), Path("1组", joined=date(2026, 7, 1)),
        Path("2组", left=date(2025, 12, 12)), Path("2组", left=date(2026, 1, 30)), Path("2组", left=date(2026, 4, 10)), Path("2组", left=date(2026, 8, 14)),
        Path("2组", left=date(2026, 10, 23)), Path("2组", joined=date(2026, 3, 9), left=date(2026, 9, 18)), Path("2组", joined=date(2026, 5, 6), left=date(2026, 5, 27)),
        Path("2组", joined=date(2025, 11, 3)), Path("3组", joined=date(2026, 1, 4)), Path("3组", joined=date(2026, 11, 2)),
        Path("3组", moves=((date(2026, 6, 1), "12组"), (date(2026, 10, 12), "2组")), label="wanderer"), Path("11组", joined=date(2026, 9, 7)),
        Path("11组", left=date(2026, 6, 26)), Path("11组", moves=((date(2025, 12, 1), "1组"),)), Path("12组", label="single"),
        Path("12组", joined=date(2026, 4, 7), label="newcomer"),
    ),
    products=(
        Product("冬青传家终身寿险（分红型）", True, {5: 16, 10: 24, 20: 28}, 3200, 9800, 30), Product("常青藤重大疾病保险", True, {20: 33, 30: 35}, 2600, 7800, 34),
        Product("松柏年金保险", True, {1: 4, 3: 9, 10: 19}, 6000, 16_000, 14), Product("银杏百万医疗保险", True, {1: 21}, 300, 1100, 20),
        Product("附加住院医疗保险", False, dict.fromkeys((1, 3, 5, 10, 20, 30), 18), 160, 500, 1),
        Product("附加轻症保险", False, dict.fromkeys((1, 3, 5, 10, 20, 30), 27), 400, 1500, 1),
    ),
    odd=(
        OddSale("single", date(2026, 4, 22), "松柏年金保险", 1, 150_000, date(2026, 5, 6)),
        OddSale("leaver", date(2026, 3, 27), "常青藤重大疾病保险", 20, 6100, date(2026, 4, 8)),
        OddSale("mover", date(2026, 2, 5), "冬青传家终身寿险（分红型）", 10, 7600, date(2026, 2, 20)),
        OddSale("newcomer", date(2026, 6, 18), "冬青传家终身寿险（分红型）", 10, 9200, date(2026, 7, 3)),
        OddSale("wanderer", date(2026, 9, 29), "常青藤重大疾病保险", 30, 5500, date(2026, 10, 14)),
    ),
    code=lambda number: f"00{number * 13 + 31007}",
    policy=lambda number: f"880{number:07d}",
)


def department() -> Department:
    """Return its records."""
    return simulate(SETTING)


def sheets(own: Department) -> Sheets:
    """Return its workbook."""
    return {
        "首页": _cover(own),
        "月度汇总": _summary(own),
        "承保清单": _policies(own),
        "人员清单": _roster(own),
        "应收清单": _renewals(own),
        "拜访登记": _logs(own),
        "10月出勤": _marks(own, 10),
        "11月出勤": _marks(own, 11),
        "业绩与人力计划": _targets(own),
    }


def _cover(own: Department) -> Sheet:
    page = Sheet()
    page.add(own.name)
    page.add("数据来源：核心系统导出，每周一更新")
    page.add("截止日期", own.as_of)
    return page


def _policies(own: Department) -> Sheet:
    """One row a policy, its riders in columns beside the main one; sums and commission are the user's own formulas."""
    page = Sheet()
    page.add(
        "投保单号", "保单号码", "承保生效日", "出单员工号", "出单员", "主险名称", "缴费频率", "缴费期间", "主险保费", "主险佣金率", "附加险件数", "附加险保费",
        "附加险佣金", "合计保费", "首期佣金", "保单状态", "出单机构", "备注",
    )
    policies: dict[tuple[str, date, str], list[Line]] = defaultdict(list)
    for line in own.lines:
        policies[line.policy, line.day, line.person.code].append(line)
    for row, (main, *riders) in enumerate(policies.values(), start=2):
        page.add(
            f"T{main.policy[3:]}", main.policy, _exported(main.day, row), int(main.person.code), main.person.name, main.product.name,
            "趸缴" if main.years == 1 else "年缴", main.years, abs(main.premium), main.rate / 100, len(riders), abs(sum(line.premium for line in riders)),
            sum(abs(int(line.premium)) * line.rate for line in riders) / 100, f"=I{row}+L{row}", f"=ROUND(I{row}*J{row}+M{row},2)",
            "犹豫期撤单" if main.withdrawal else "有效", own.name, None, of=main,
        )
    return page


def _exported(day: date, row: int) -> object:
    """Most rows hold a day, those pasted from the web page a text."""
    return f"{day:%Y-%m-%d} 00:00:00" if row % 9 == 0 else day


def _roster(own: Department) -> Sheet:
    page = Sheet()
    page.add("营销员代码", "营销员姓名", "所属团队", "职级名称", "性别", "最高学历", "合同生效日", "合同终止日", "人员状态", "异动记录")
    for person in own.people:
        contract = person.contracts[-1]
        moves = "；".join(f"{new[0]:%Y-%m-%d} {old[1]}→{new[1]}" for old, new in zip(contract.stays, contract.stays[1:], strict=False))
        state = "解约" if contract.left else "有效"
        page.add(person.code, person.name, person.group, person.rank, person.sex, person.school, contract.joined, contract.left, state, moves or None, of=person)
    return page


def _renewals(own: Department) -> Sheet:
    page = Sheet()
    page.add("保单号码", "保单年度", "应缴日期", "应缴保费", "实缴日期", "实缴保费", "缴费状态", "服务人员代码", "服务人员姓名", "服务团队")
    for due in own.dues:
        paid = "已缴" if due.paid else "未缴"
        page.add(due.policy, due.year, due.day, due.premium, due.paid, due.premium if due.paid else 0, paid, int(due.person.code), due.person.name, due.person.group_on(due.day), of=due)
    return page


def _logs(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.year}年拜访登记")
    page.add("员工号", "拜访日期", "电访", "面访", "新增名单")
    for log in own.logs:
        page.add(log.person.code, log.day, log.calls, log.meetings, log.prospects, of=log)
    return page


def _marks(own: Department, number: int) -> Sheet:
    signs = {"到": "●", "迟": "◎", "假": "△", "旷": "×"}
    span = month(own.year, number)
    days = [day for day in span.days() if day <= own.as_of]
    page = Sheet()
    page.add(f"{own.year}年{number}月早会出勤表")
    page.add("●出勤 ◎迟到 △请假 ×缺勤")
    page.add("工号", "姓名", "团队", *(day.day for day in days), "出勤天数")
    page.add(None, None, None, *("一二三四五六日"[day.weekday()] for day in days))
    by_person: dict[str, list[Mark]] = defaultdict(list)
    for mark in own.marks:
        if mark.day in span:
            by_person[mark.person.code].append(mark)
    for marks in by_person.values():
        own_signs = {mark.day: signs[mark.sign] for mark in marks}
        person = marks[0].person
        page.add(int(person.code), person.name, person.group, *(own_signs.get(day) for day in days), sum(mark.sign in "到迟" for mark in marks), of=person)
    return page


def _targets(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.name}{own.year}年度业绩、人力经营计划")
    page.add("团队", "月份", "计划举绩人数", "计划件数", "计划FYP", "计划首年期交保费", "计划FYC", "计划期初人力", "计划增员", "预计脱落", "计划期末人力")
    for group in own.groups:
        first = len(page.rows) + 1
        for number in range(1, 13):
            page.add(group, f"{own.year}-{number:02}", *_target(own.targets[group, number]))
        last = len(page.rows)
        page.add(group, "全年", None, *(f"=SUM({c}{first}:{c}{last})" for c in "DEFG"), None, *(f"=SUM({c}{first}:{c}{last})" for c in "IJ"), None)
    return page


def _target(target: Target) -> tuple[int, ...]:
    return (target.actives, target.cases, target.fyp, target.regular, target.fyc, target.opening, target.joins, target.losses, target.closing)


def _summary(own: Department) -> Sheet:
    """What the user adds up for himself, month by month."""
    page = Sheet()
    page.add("月度汇总（有效保单，未扣撤单）")
    page.add("月份", "承保件数", "承保保费", "首期佣金", "件均保费")
    span = range(2, 2 + len({(line.policy, line.day, line.person.code) for line in own.lines}))
    kept, months = (f"承保清单!${c}${span[0]}:${c}${span[-1]}" for c in "PC")
    for number in range(1, own.as_of.month + 1):
        row = number + 2
        chosen = f'({kept}="有效")*(LEFT(TEXT({months},"yyyy-mm-dd"),7)=A{row})'
        sums = (f"=SUMPRODUCT({chosen}*承保清单!${c}${span[0]}:${c}${span[-1]})" for c in "NO")
        page.add(f"{own.year}-{number:02}", f"=SUMPRODUCT({chosen})", *sums, f"=IF(B{row}=0,0,C{row}/B{row})")
    page.add("合计", *(f"=SUM({c}3:{c}{len(page.rows)})" for c in "BCD"), None)
    return page
