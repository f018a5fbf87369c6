"""Department 夏荷: kept by hand, a sheet a month, texts for numbers and days, people by their names, in the 1904 calendar."""

from __future__ import annotations

from datetime import date

from tests.departments.model import Department, Due, Line, Person, Product, Target, month
from tests.departments.pages import Sheet, Sheets
from tests.departments.setting import Habit, OddSale, Path, Setting
from tests.departments.simulate import simulate

FIRST, MARKED = 1, 8
_NAMESAKE = "夏雨晴"
_WIDE = str.maketrans("0123456789.,", "０１２３４５６７８９．，")
_DAYS = ("{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}", "{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}", "{0.year}年{0.month}月{0.day}日")

SETTING = Setting(
    name="夏荷营业部",
    year=2026,
    first=FIRST,
    as_of=date(2026, 9, 30),
    marked=MARKED,
    weekly=True,
    habits={
        "凌波组": Habit(10), "映日组": Habit(9, (40, 34, 16, 8, 2), present=84, paid=79), "听雨组": Habit(9, size=72),
        "采莲组": Habit(8), "晓风组": Habit(8), "藕花组": Habit(2, (60, 25, 15)), "听雪组": Habit(0),
    },
    paths=(
        Path("凌波组", name=_NAMESAKE), Path("听雨组", name=_NAMESAKE),
        Path("凌波组", moves=((date(2026, 4, 13), "采莲组"), (date(2026, 8, 3), "晓风组")), label="mover"),
        Path("凌波组", joined=date(2026, 3, 2), label="newcomer"), Path("凌波组", left=date(2026, 6, 30), label="leaver"),
        Path("映日组", left=date(2026, 2, 25)), Path("映日组", left=date(2026, 5, 29)), Path("映日组", left=date(2026, 7, 20)),
        Path("映日组", joined=date(2026, 1, 19), left=date(2026, 5, 12)), Path("映日组", joined=date(2026, 7, 6), left=date(2026, 7, 28)),
        Path("映日组", joined=date(2026, 4, 1)), Path("映日组", moves=((date(2026, 6, 15), "藕花组"),)),
        Path("听雨组", joined=date(2026, 5, 6)), Path("听雨组", left=date(2026, 3, 16), again=(date(2026, 8, 10), "采莲组"), label="back"),
        Path("采莲组", joined=date(2026, 6, 8)), Path("采莲组", left=date(2026, 8, 31)), Path("采莲组", name="周可心"),
        Path("晓风组", joined=date(2026, 9, 1)), Path("晓风组", moves=((date(2026, 5, 18), "听雨组"),)),
        Path("藕花组", label="single"),
        # dissolved in May
        Path("听雪组", left=date(2026, 5, 15)), Path("听雪组", moves=((date(2026, 5, 18), "晓风组"),)), Path("听雪组", moves=((date(2026, 5, 18), "凌波组"),)),
    ),
    products=(
        Product("荷塘月色终身寿险", True, {10: 26, 20: 30}, 3000, 9000, 30), Product("清波护航重疾险", True, {20: 32, 30: 34}, 2800, 7600, 34),
        Product("碧叶年金保险", True, {1: 3, 5: 14, 10: 20}, 5000, 15_000, 14), Product("莲子医疗保险", True, {1: 22}, 350, 1200, 16),
        Product("出行保卡单", True, {1: 0}, 100, 300, 6), Product("附加住院津贴保险", False, {1: 20}, 150, 480, 1),
        Product("附加重疾提前给付保险", False, {10: 24, 20: 28}, 500, 1600, 1), Product("附加投保人豁免保险", False, {20: 10, 10: 10}, 0, 0, 1),
    ),
    odd=(
        OddSale("single", date(2026, 6, 22), "碧叶年金保险", 1, 180_000, date(2026, 7, 7)),
        OddSale("leaver", date(2026, 6, 25), "清波护航重疾险", 20, 5600, date(2026, 7, 9)),
        OddSale("mover", date(2026, 7, 24), "荷塘月色终身寿险", 10, 8800, date(2026, 8, 6)),
        OddSale("newcomer", date(2026, 3, 30), "荷塘月色终身寿险", 20, 12_000, shared="mover"),
        OddSale("back", date(2026, 9, 11), "清波护航重疾险", 30, 7100),
        OddSale("leaver", date(2026, 6, 30), "莲子医疗保险", 1, 980),
    ),
    code=lambda number: f"XH{number * 7 + 1006:05d}",
    policy=lambda number: f"P26-{number:06d}",
    on_leave="周可心",
)


def department() -> Department:
    """Return its records."""
    return simulate(SETTING)


def sheets(own: Department) -> Sheets:
    """Return its workbook."""
    pages: Sheets = {"说明": _cover(own), "人员": _roster(own), "离司人员": _leavers(own), "组间异动": _moves(own)}
    pages |= {f"{number}月新单": _policies(own, number) for number in range(FIRST, 10)}
    pages["续期收费"] = _renewals(own)
    pages |= {f"{number}月考勤": _marks(own, number) for number in (8, 9)}
    pages["活动周报"] = _logs(own)
    pages |= {f"{group}业绩计划": _targets(own, group) for group in own.groups}
    pages["人力目标"] = _headcount(own)
    return pages


def _day(day: date | None, number: int) -> str | None:
    """A day as somebody typed it, in another way in every row."""
    return None if day is None else _DAYS[number % len(_DAYS)].format(day)


def _long_ago(day: date, number: int) -> str:
    """A day of any year, which is always stated."""
    return _DAYS[number % 2].format(day)


def _cover(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.name} 经营台账")
    page.add("填写说明：各组内勤每周五前更新；金额单位以各表标题为准。")
    page.add("筛选后隐藏的行照常统计。")
    return page


def _roster(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.name}在职人员名册（截至{own.as_of:%Y年}{own.as_of.month}月{own.as_of.day}日）")
    page.add("填报：内勤", None, None, "离司人员见另表")
    page.headed((("基本情况", 4), ("任职情况", 3), ("", 1)), "业务员代码", "姓名", "性别", "文化程度", "所在小组", "现职级", "签约时间", "备注")
    number = 0
    for group in own.groups:
        members = [person for person in own.people if person.in_force(own.as_of) and person.group == group]
        for person in members:
            number += 1
            page.add(person.code, person.name, person.sex, person.school, group, person.rank, _long_ago(person.contracts[-1].joined, number), None, of=person)
        page.add(f"{group}小计", None, None, None, None, None, f"{len(members)}人")
        page.add()
    return page


def _leavers(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.name}{own.year}年离司人员登记")
    page.headed((("基本情况", 4), ("任职情况", 4), ("", 1)), "业务员代码", "姓名", "性别", "文化程度", "所在小组", "现职级", "签约时间", "离司时间", "备注")
    left = [(contract.left, person, contract) for person in own.people for contract in person.contracts if contract.left]
    for number, (day, person, contract) in enumerate(sorted(left, key=lambda item: (item[0], item[1].code))):
        again = "已重新签约" if person.in_force(own.as_of) else None
        group = contract.stays[-1][1]
        page.add(person.code, person.name, person.sex, person.school, group, person.rank, _long_ago(contract.joined, number), _day(day, number), again, of=contract)
    return page


def _moves(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.year}年组间异动登记")
    page.add("序号", "异动时间", "业务员代码", "姓名", "调出小组", "调入小组", "审批")
    moves = [(new[0], person, old[1], new[1]) for person in own.people for c in person.contracts for old, new in zip(c.stays, c.stays[1:], strict=False)]
    for number, (day, person, old, new) in enumerate(sorted(moves, key=lambda move: move[0]), start=1):
        page.add(number, _day(day, number), person.code, person.name, old, new, "同意")
    return page


def _policies(own: Department, number: int) -> Sheet:
    span = month(own.year, number)
    page = Sheet()
    page.add(f"{own.year}年{number}月新单登记表")
    page.add("制表：内勤", None, None, "金额单位：万元", None, None, "撤单以负数登记")
    top = (("保单", 3), ("险种", 4), ("业绩", 2), ("业务员", 2), ("", 1))
    page.headed(top, "序号", "签单日", "保单号码", "险种", "主险/附险", "交费方式", "交费年期", "规模保费", "佣金比例", "营销员", "小组", "摘要")
    lines = [line for line in own.lines if line.day in span]
    week = lines[0].day.isocalendar().week if lines else 0
    for serial, line in enumerate(lines, start=1):
        if line.day.isocalendar().week != week:
            week = line.day.isocalendar().week
            page.add()
        page.add(serial, *_policy(line, serial), of=line)
        if number == 5 and serial % 4 == 0:
            page.hidden.append(len(page.rows))
    total = sum(line.premium for line in lines) / 10_000
    page.add("合计", None, None, None, None, None, None, f"{total:,.4f}")
    page.filtered = f"A4:L{len(page.rows) - 1}" if number == 5 else ""
    return page


def _policy(line: Line, serial: int) -> tuple[object, ...]:
    mode = "趸交" if line.years == 1 else "年交"
    kind = "主险" if line.product.main else "附险"
    remark = "犹豫期撤单" if line.withdrawal else None
    premium = f"{line.premium / 10_000:,.4f}"
    return (
        _day(line.day, serial), line.policy, line.product.name, kind, mode, f"{line.years}年",
        premium.translate(_WIDE) if serial % 7 == 0 else premium, f"{line.rate}%", line.person.name, line.group, remark,
    )


def _renewals(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.name}续期收费清单")
    page.add("单位：元")
    page.add("服务小组", "服务人员", "保单号码", "应缴日", "应缴保费", "收费状态", "到账日期", "已收保费", "缴次")
    for number, due in enumerate(own.dues):
        paid = f"{due.premium:,.2f}" if due.paid else None
        page.add(due.person.group_on(due.day), due.person.name, due.policy, _day(due.day, number), f"{due.premium:,.2f}", _state(own, due), due.paid, paid, due.year, of=due)
        if number % 60 == 59:
            page.add("本页小计", None, None, None, f"{sum(d.premium for d in own.dues[number - 59 : number + 1]):,.2f}")
    return page


def _state(own: Department, due: Due) -> str:
    if due.paid:
        return "已收"
    return "宽限期" if (own.as_of - due.day).days < 60 else "失效"


def _marks(own: Department, number: int) -> Sheet:
    words = {"到": "已签到", "迟": "迟到", "假": "请假", "旷": "未签到"}
    span = month(own.year, number)
    page = Sheet()
    page.add("早会签到记录")
    page.add("签到日期", "小组", "姓名", "签到情况", "说明")
    for serial, mark in enumerate(mark for mark in own.marks if mark.day in span):
        page.add(_day(mark.day, serial % 2), mark.person.group_on(mark.day), mark.person.name, words[mark.sign], "产假" if mark.person.name == SETTING.on_leave else None, of=mark)
    return page


def _logs(own: Department) -> Sheet:
    page = Sheet()
    page.add("业务员活动量周报（每周五填报）")
    page.add("填报日期", "小组", "业务员", "电话约访量", "接洽面谈", "新增准主顾")
    for number, log in enumerate(own.logs):
        counts = (log.calls, log.meetings, log.prospects)
        page.add(_day(log.day, number), log.person.group_on(log.day), log.person.name, *(f"{n}次" if number % 5 == 0 else n for n in counts[:2]), counts[2], of=log)
    return page


def _targets(own: Department, group: str) -> Sheet:
    page = Sheet()
    page.add(f"{group}{own.year}年业绩经营计划表")
    page.add("金额单位：万元")
    page.add("月份", "举绩人力目标", "件数目标", "FYP目标", "期交目标", "FYC目标", "工作措施")
    for number in range(1, 13):
        target = own.targets[group, number]
        page.add(f"{number}月", target.actives, target.cases, *(f"{m / 10_000:,.2f}" for m in (target.fyp, target.regular, target.fyc)), None)
        if number % 3 == 0:
            quarter = [own.targets[group, n] for n in range(number - 2, number + 1)]
            page.add(f"{'一二三四'[number // 3 - 1]}季度", None, *_sums(quarter), None)
    page.add("全年", None, *_sums([own.targets[group, n] for n in range(1, 13)]), None)
    return page


def _sums(targets: list[Target]) -> tuple[object, ...]:
    money = [sum(part) / 10_000 for part in zip(*((t.fyp, t.regular, t.fyc) for t in targets), strict=True)]
    return (sum(target.cases for target in targets), *(f"{amount:,.2f}" for amount in money))


def _headcount(own: Department) -> Sheet:
    page = Sheet()
    page.add(f"{own.year}年人力目标经营计划")
    page.add("小组", "月份", "月初人数目标", "增员目标", "脱落目标", "月末人数目标")
    for group in own.groups:
        for number in range(1, 13):
            target = own.targets[group, number]
            page.add(group if number == 1 else None, number, target.opening, target.joins, target.losses, target.closing)
    return page


def people_named(own: Department, name: str) -> list[Person]:
    """Return those who bear the name."""
    return [person for person in own.people if person.name == name]
