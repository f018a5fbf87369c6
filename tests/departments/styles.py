"""House styles drawn at random: other words, orders, units, kinds of text, layouts and noise for the same records."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tests.departments.model import Department, Line, Person
from tests.tasks.restyle import House

Row = list[Any]
Field = tuple[str, Callable[[Any], Any]]
"""A heading, and what stands under it for a record."""

WORDS = {
    "工号": "工号 代理人编码 业务员代码 营销员代码 员工编号 销售人员代码 业务员编号 人员代码 业务员工号 代理人工号 销售员编码 展业证号",
    "姓名": "姓名 业务员 代理人姓名 营销员姓名 销售人员姓名 业务员姓名 客户经理姓名 销售员 代理人 人员姓名",
    "组别": "组别 小组 营业组 所属小组 团队 所在团队 营业小组 业务组 团队名称 所属营业组 组名",
    "入司": "入司日期 签约日 入职时间 上岗日期 合同签订日期 加入日期 入司时间 签约时间 入职日",
    "离司": "离司日期 离职日期 解约日期 终止日期 脱落时间 离司时间 合同解除日期 离职日",
    "承保": "承保日期 签单日期 出单日 承保生效日 保单生效日期 生效日 业绩日期 承保时间 承保确认日期 新单日期 出单日期 核保通过日期",
    "保单": "保单号 保单号码 保险合同号 合同编号 保单编号 保险单号码 个人保单号",
    "险种": "险种 险种名称 产品名称 投保产品 产品简称 险种简称 保险产品名称 商品名称",
    "主附": "主附险 主附标志 主险/附加险 险种类型 主附约 主附险标识 险种属性 主附险类别",
    "期趸": "缴费方式 交费频率 缴费频率 期趸 缴别 交费类型 缴费频次 期/趸 期趸类型",
    "年期": "缴费年期 交费年限 缴费期间 交费期",
    "保费": "首年保费 保费 首期保费 规模保费 新单保费 首年度保费 承保保费 首年保险费 保费金额 FYP",
    "佣金率": "佣金率 首佣率 佣金比例 FYC比例 首年佣金率 佣金系数 提佣比例",
    "佣金": "首年佣金 佣金 FYC 首佣 佣金额 首年度佣金",
    "应收日": "应收日期 应缴日 应交日期 续期应收日 缴费对应日 应缴费日期 应收日",
    "应收": "应收保费 应缴保费 应交金额 续期应收保费 应收金额",
    "实收": "实收保费 实缴保费 实收金额 到账保费 已收保费",
    "实收日": "实收日期 到账日期 实缴日期 收费日期 核销日期 到账时间",
    "日": "日期 活动日期 填报日期 登记日期 日志日期",
    "约访": "约访 电话约访 约访量 电访 约访次数 电话量",
    "面谈": "面谈 接洽 面谈量 面访 拜访量 面谈次数",
    "准客": "新增准客户 新增准主顾 准客户新增 新增客户 新准客户 新增准客户数",
    "考勤日": "日期 考勤日期 早会日期 签到日期",
    "符号": "出勤情况 考勤结果 签到情况 考勤状态 到会情况",
}
DAYS = (
    "{0:%Y-%m-%d}", "{0:%Y/%m/%d}", "{0.year}.{0.month}.{0.day}", "{0:%Y%m%d}", "{0.year}年{0.month}月{0.day}日", "{0.year}/{0.month}/{0.day}", "{0:%Y-%m-%d} 00:00:00",
)
SIDE = ("主险 附加险", "主 附", "主险 附险", "M R", "主约 附约", "主合同 附加合同")
MODES = ("期交 趸交", "年交 趸交", "期缴 趸缴", "年缴 一次交清", "期交 一次性", "年交 趸缴")
SIGNS = ("√ △ ○ ×", "出勤 迟到 请假 缺勤", "出 迟 假 旷", "正常 迟到 事假 旷工", "1 迟 假 0", "已签到 迟到 请假 未签到")
NOISE: dict[str, Callable[[Any], Any]] = {
    "投保人": lambda _: "客户", "被保险人": lambda _: "客户", "基本保额": lambda line: abs(float(line.premium)) * 20, "投保日期": lambda line: line.day,
    "回执签收": lambda _: "是", "机构": lambda _: "小满支公司", "标准保费": lambda line: float(line.premium) * 0.7, "推荐人": lambda _: "某人", "备注": lambda _: None,
}


@dataclass
class Style:
    """One draw.

    Attributes:
        dice: what it is drawn from.
        said: the choices made, for the name of a failing case.
    """

    dice: random.Random
    said: list[str] = field(default_factory=list)

    def one(self, what: str, *choices: str) -> str:
        """Choose and remember."""
        chosen = self.dice.choice(choices)
        self.said.append(f"{what}={chosen}")
        return chosen

    def word(self, key: str) -> str:
        """Choose a heading."""
        return self.one(key, *WORDS[key].split())


def drawn(own: Department, seed: int) -> tuple[House, list[str]]:
    """Return the records in a style of their own, and the choices made."""
    style = Style(random.Random(f"style{seed}"))  # noqa: S311 - no secret
    house = House({})
    for write in (_roster, _policies, _renewals, _marks, _logs):
        write(style, own, house)
    for sheet in [*house.sheets][:: style.dice.choice((1, 2, 100))] if style.one("备份", "无", "有") == "有" else ():
        house.put(f"{sheet}(备份)", house.sheets[sheet][:-3], house.merges.get(sheet, ()))
    return house, style.said


# ---------------------------------------------------------------------------------------------------------- what cells hold


def _day_pen(style: Style) -> Callable[[date | None], Any]:
    form = style.one("日期", "日期", *DAYS)
    return lambda day: day if day is None or form == "日期" else form.format(day)


def _money_pen(style: Style) -> tuple[str, str, Callable[[float | None], Any]]:
    """Unit in the heading, unit in the note above, and how an amount is written."""
    wan = style.one("单位", "元", "万元", "注万元", "元")
    form = style.one("金额", "数", "文本", "千分位", "元字", "全角") if wan in {"元", "万元"} else "数"
    scale = 1 if wan == "元" else 10_000

    def write(value: float | None) -> Any:
        if value is None or form == "数":
            return None if value is None else round(value / scale, 6)
        text = f"{value / scale:,.6f}".rstrip("0").rstrip(".") if form == "千分位" else f"{value / scale:.6f}".rstrip("0").rstrip(".")
        suffix = wan if form == "元字" else ""
        return text.translate(str.maketrans("0123456789.", "０１２３４５６７８９．")) if form == "全角" else text + suffix

    return ("（万元）" if wan == "万元" else style.dice.choice(("", "", "（元）")) if wan == "元" else ""), ("单位：万元" if wan == "注万元" else ""), write


def _who(style: Style, code_of: Callable[[Any], Person], group_of: Callable[[Any], str]) -> list[Field]:
    """Columns that say whose record it is."""
    way = style.one("人", "工号", "工号姓名", "姓名组别", "全", "数字工号", "合写")
    fields: list[Field] = []
    if way == "合写":
        return [(style.dice.choice(("业务员", "代理人", "姓名")), lambda r: f"{code_of(r).name}({code_of(r).code})"), (style.word("组别"), group_of)]
    if way != "姓名组别":
        fields.append((style.word("工号"), lambda r: float(code_of(r).code) if way == "数字工号" else code_of(r).code))
    if way in {"工号姓名", "姓名组别", "全"}:
        fields.append((style.word("姓名"), lambda r: code_of(r).name))
    if way in {"姓名组别", "全"}:
        fields.append((style.word("组别"), group_of))
    return fields


# ------------------------------------------------------------------------------------------------------------------ pages


def _page(style: Style, title: str, note: str, fields: Sequence[Field], records: Sequence[Any]) -> tuple[list[Row], list[tuple[int, int, int, int]]]:
    """A table with its title and notes, perhaps moved, perhaps numbered, with blanks and sums between."""
    fields = list(fields)
    if style.one("序", "原", "乱") == "乱":
        style.dice.shuffle(fields)
    serial = style.one("序号", "有", "无") == "有"
    pad: Row = [None] * style.dice.choice((0, 0, 0, 1, 2))
    rows: list[Row] = [[] for _ in range(style.dice.choice((0, 0, 1)))]
    rows += [[*pad, text] for text in (title, note, style.dice.choice(("", "制表：内勤"))) if text]
    merges: list[tuple[int, int, int, int]] = []
    headings = [*(["序号"] if serial else []), *(heading for heading, _ in fields)]
    if style.one("表头", "一级", "一级", "两级") == "两级":
        half = len(headings) // 2
        rows.append([*pad, "基本信息", *[None] * (half - 1), "明细", *[None] * (len(headings) - half - 1)])
        left = len(pad) + 1
        merges += [(len(rows), left, len(rows), left + half - 1), (len(rows), left + half, len(rows), left + len(headings) - 1)]
    rows.append([*pad, *headings])
    every, between = style.dice.choice((0, 0, 7, 20)), style.one("间隔", "空行", "小计", "重复表头")
    for number, record in enumerate(records, start=1):
        rows.append([*pad, *([float(number)] if serial else []), *(value(record) for _, value in fields)])
        if every and number % every == 0:
            rows.append({"空行": [], "小计": [*pad, "本页小计", *[None] * (len(headings) - 2), float(every)], "重复表头": [*pad, *headings]}[between])
    if style.one("合计", "有", "无") == "有":
        rows.append([*pad, "合计", *[None] * (len(headings) - 2), float(len(records))])
    if style.one("表尾", "无", "说明") == "说明":
        rows += [[], [*pad, "说明：以上数据以系统为准。"], [*pad, "制表人：内勤", "审核：经理"]]
    return rows, merges


def _put(style: Style, house: House, name: str, title: str, note: str, fields: Sequence[Field], records: Sequence[Any]) -> None:
    house.put(name, *_page(style, title, note, fields, records))


def _roster(style: Style, own: Department, house: House) -> None:
    day = _day_pen(style)
    contracts = [(person, contract) for person in own.people for contract in person.contracts]
    moves = [(person, c, old, new) for person, c in contracts for old, new in zip(c.stays, c.stays[1:], strict=False)]
    fields: list[Field] = [
        (style.word("工号"), lambda r: r[0].code), (style.dice.choice(("姓名", "业务员姓名", "人员姓名")), lambda r: r[0].name), (style.word("组别"), lambda r: r[1].stays[-1][1]),
        (style.word("入司"), lambda r: day(r[1].joined)), ("性别", lambda r: r[0].sex), ("职级", lambda r: r[0].rank),
    ]
    way = style.one("调动", "文字", "列", "表")
    of = {id(c): (old, new) for _, c, old, new in moves}
    if way == "文字":
        fields.append(("调动", lambda r: f"{of[id(r[1])][1][0]:%Y-%m-%d} {of[id(r[1])][0][1]}→{of[id(r[1])][1][1]}" if id(r[1]) in of else None))
    elif way == "列":
        fields.append(("调动日期", lambda r: day(of[id(r[1])][1][0]) if id(r[1]) in of else None))
        fields.append(("原组别", lambda r: of[id(r[1])][0][1] if id(r[1]) in of else None))
    else:
        moved: list[Field] = [("异动日期", lambda r: day(r[3][0])), ("工号", lambda r: r[0].code), ("姓名", lambda r: r[0].name), ("原组", lambda r: r[2][1]), ("新组", lambda r: r[3][1])]
        _put(style, house, "异动", "组间异动登记", "", moved, moves)
    left: Field = (style.word("离司"), lambda r: day(r[1].left))
    register = style.one("离司表", "同", "分", "登记")
    if register == "登记":  # everybody is on the roster, a register tells who has left
        _put(style, house, "花名册", f"{own.name}花名册", "", fields, contracts)
        gone = [r for r in contracts if r[1].left is not None]
        _put(style, house, "离司登记", "离司人员登记表", "", [fields[0], fields[1], fields[2], left, ("离司原因", lambda _: "个人原因")], gone)
    elif register == "同":
        state: list[Field] = [("状态", lambda r: "离司" if r[1].left else "在职")] if style.dice.random() < 0.5 else []
        _put(style, house, "花名册", f"{own.name}花名册", "", [*fields, left, *state], contracts)
    else:
        _put(style, house, "在职人员", "在职人员名单", "", fields, [r for r in contracts if r[1].left is None])
        _put(style, house, "离司人员", "离司人员名单", "", [*fields, left], [r for r in contracts if r[1].left is not None])


def _policies(style: Style, own: Department, house: House) -> None:
    day, (unit, note, money) = _day_pen(style), _money_pen(style)
    withdrawn = style.one("撤单", "负数", "状态", "分表", "日期")
    side, mode = style.one("主附值", *SIDE).split(), style.one("期趸值", *MODES).split()
    signed = withdrawn == "负数"
    taken = {(line.policy, line.product.name): line.day for line in own.lines if line.withdrawal}
    earning = style.one("佣金", "率", "百分数", "文本率", "金额", "都有")
    fields: list[Field] = [
        (style.word("承保"), lambda line: day(line.day)), (style.word("保单"), lambda line: line.policy), (style.word("险种"), lambda line: line.product.name),
        *_premiums(style, mode, unit, lambda line: money(float(line.premium) if signed else abs(float(line.premium)))),
        *_earned(style, earning, unit, money),
        *_who(style, lambda line: line.person, lambda line: line.group),
    ]
    if style.one("主附列", "有", "有", "无") == "有":
        fields.append((style.word("主附"), lambda line: side[not line.product.main]))
    if style.one("年期列", "有", "无") == "有":
        fields.append((style.word("年期"), lambda line: f"{line.years}年" if line.years > 1 else "趸交"))
    if withdrawn == "状态":
        fields.append(("保单状态", lambda line: "犹豫期撤单" if line.withdrawal else "有效"))
    if withdrawn == "日期":
        fields.append(("撤单日期", lambda line: day(taken.get((line.policy, line.product.name)))))
    fields += [(heading, NOISE[heading]) for heading in style.dice.sample(list(NOISE), style.dice.choice((0, 1, 3)))]
    lines = [line for line in own.lines if not (line.withdrawal and withdrawn in {"分表", "日期"})]
    for name, part in _parts(style, lines):
        _put(style, house, f"{name}新单", f"{own.year}年{name}新契约明细", note, fields, part)
    if withdrawn == "分表":
        _put(style, house, "撤单登记", "犹豫期撤单登记", note, fields, [line for line in own.lines if line.withdrawal])


def _premiums(style: Style, mode: Sequence[str], unit: str, amount: Callable[[Line], Any]) -> list[Field]:
    """How much, and whether it is paid regularly: in words, or by the column it stands in."""
    if style.one("保费列", "一列", "一列", "期趸两列") == "一列":
        return [(style.word("期趸"), lambda line: mode[line.years == 1]), (f"{style.word('保费')}{unit}", amount)]
    regular, once = style.one("期趸列", "期交保费 趸交保费", "期缴保费 趸缴保费", "首年期交 首年趸交").split()
    return [(f"{regular}{unit}", lambda line: amount(line) if line.years > 1 else None), (f"{once}{unit}", lambda line: None if line.years > 1 else amount(line))]


def _earned(style: Style, way: str, unit: str, money: Callable[[float | None], Any]) -> Iterator[Field]:
    rates: dict[str, Callable[[Line], Any]] = {
        "率": lambda line: line.rate / 100, "百分数": lambda line: float(line.rate), "文本率": lambda line: f"{line.rate}%", "都有": lambda line: line.rate / 100,
    }
    if way in rates:
        yield style.word("佣金率"), rates[way]
    if way in {"金额", "都有"}:
        yield f"{style.word('佣金')}{unit}", lambda line: money(abs(line.commission_cents) / 100 if "撤单=负数" not in style.said else line.commission_cents / 100)


def _parts(style: Style, lines: Sequence[Line]) -> Iterator[tuple[str, list[Line]]]:
    """All on one sheet, or a sheet a month or a group."""
    way = style.one("分表", "一张", "按月", "按组")
    key: Callable[[Line], str] = {"一张": lambda _: "", "按月": lambda line: f"{line.day.month}月", "按组": lambda line: line.group}[way]
    for name in dict.fromkeys(map(key, lines)):
        yield name, [line for line in lines if key(line) == name]


def _renewals(style: Style, own: Department, house: House) -> None:
    day, (unit, note, money) = _day_pen(style), _money_pen(style)
    blank = style.one("未收", "空", "0", "-")
    fields: list[Field] = [
        (style.word("应收日"), lambda due: day(due.day)), ("保单号", lambda due: due.policy), (f"{style.word('应收')}{unit}", lambda due: money(due.premium)),
        (f"{style.word('实收')}{unit}", lambda due: money(due.premium) if due.paid else {"空": None, "0": 0.0, "-": "-"}[blank]),
        (style.word("实收日"), lambda due: day(due.paid)), *_who(style, lambda due: due.person, lambda due: due.person.group_on(due.day)),
    ]
    if style.one("缴费状态", "有", "无") == "有":
        fields.append(("缴费状态", lambda due: "已缴" if due.paid else "未缴"))
    _put(style, house, "续期", "续期应收实收清单", note, fields, own.dues)


def _marks(style: Style, own: Department, house: House) -> None:
    signs = dict(zip("到迟假旷", style.one("符号", *SIGNS).split(), strict=True))
    if style.one("考勤", "长表", "横表") == "长表":
        day = _day_pen(style)
        who = _who(style, lambda mark: mark.person, lambda mark: mark.person.group_on(mark.day))
        _put(style, house, "考勤", "早会考勤记录", "", [(style.word("考勤日"), lambda mark: day(mark.day)), *who, (style.word("符号"), lambda mark: signs[mark.sign])], own.marks)
        return
    for number in sorted({mark.day.month for mark in own.marks}):
        own_marks = [mark for mark in own.marks if mark.day.month == number]
        days = sorted({mark.day for mark in own_marks})
        form: Callable[[date], Any] = {"日": lambda d: float(d.day), "日字": lambda d: f"{d.day}日", "月日": lambda d: f"{d.month}/{d.day}", "真": lambda d: d}[style.one("列头", "日", "日字", "月日", "真")]
        sign = {(mark.person.code, mark.day): signs[mark.sign] for mark in own_marks}
        people = list({mark.person.code: mark.person for mark in own_marks}.values())
        rows: list[Row] = [[f"{own.year}年{number}月早会考勤表"], ["工号", "姓名", *map(form, days)]]
        rows += [[person.code, person.name, *(sign.get((person.code, d)) for d in days)] for person in people]
        house.put(f"{number}月考勤", rows)


def _logs(style: Style, own: Department, house: House) -> None:
    day = _day_pen(style)
    fields: list[Field] = [
        (style.word("日"), lambda log: day(log.day)), *_who(style, lambda log: log.person, lambda log: log.person.group_on(log.day)),
        (style.word("约访"), lambda log: float(log.calls)), (style.word("面谈"), lambda log: float(log.meetings)), (style.word("准客"), lambda log: float(log.prospects)),
    ]
    _put(style, house, "活动量", "活动量登记", "", fields, own.logs)


