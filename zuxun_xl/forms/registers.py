"""The raw tables as our templates show them: which columns a trainer keeps, in the usual order, and where an entry comes from a list."""

from __future__ import annotations

from dataclasses import dataclass

from zuxun_xl.forms import records
from zuxun_xl.forms.blanks import Field
from zuxun_xl.forms.choices import GROUPS
from zuxun_xl.forms.form import Form


@dataclass(frozen=True, slots=True)
class Register:
    """The template of a raw table.

    Attributes:
        form: its declaration.
        fields: its columns from left to right.
        note: what whoever keeps it must know.
        freeze: how many columns stay in view.
    """

    form: Form
    fields: tuple[Field, ...]
    note: str
    freeze: int = 3


_GROUP = Field("组别", "训", width=9, choices=GROUPS)
_CODE = Field("工号", "训", width=12)
_NAME = Field("姓名", "训", width=10)
_REMARK = Field("备注", "训", width=16)

ROSTER = Register(
    records.ROSTER,
    (
        _GROUP, _CODE, _NAME, Field("性别", "训", width=6, choices="性别"), Field("学历", "训", width=8, choices="学历"),
        Field("职级", "训", width=10, choices="职级", help="主管的职级里要有“主任”或“经理”等字样。"), Field("出生日期", "训", width=12),
        Field("入司日期", "训", width=12, help="合同生效的日子；没有入司日期的人不计入人力。"),
        Field("离司日期", "训", width=12, help="不再计入人力的第一天；在职的空着。"), Field("状态", "训", width=8, choices="在职状态"),
        Field("推荐人", "训", width=10), Field("准客户存量", "主", width=10), Field("联系电话", "训", width=14), _REMARK,
    ),
    "一人一行，离司的人不要删，只填离司日期。换组写在“组间调动”表里，这里写现在的组。",
)

MOVES = Register(
    records.MOVES,
    (
        _CODE, _NAME, Field("调动日期", "训", width=12), Field("原组别", "训", width=10, choices=GROUPS), Field("新组别", "训", width=10, choices=GROUPS),
        _REMARK,
    ),
    "换一次组记一行；调动不算增员，也不算脱落，业绩按当天所在的组统计。", 2,
)

POLICIES = Register(
    records.POLICIES,
    (
        Field("承保日期", "公", width=12), Field("保单号", "公", width=18, help="附加险与主险写同一个保单号。"), _GROUP, _CODE, _NAME,
        Field("险种名称", "公", width=24), Field("主附险", "公", width=9, choices="主附险", help="件数只数主险。"), Field("险种类别", "公", width=10, choices="险种类别"),
        Field("期趸", "公", width=9, choices="期趸"), Field("缴费年期", "公", width=8, help="年数，趸交写1。"),
        Field("首年保费", "公", width=12, help="撤单另起一行，写负数。"), Field("佣金率", "公", width=8, help="例如25%；FYC=首年保费×佣金率，由工具逐行计算。"),
        Field("业务类型", "公", width=9, choices="业务类型"), _REMARK,
    ),
    "主险、附加险各一行。金额单位：元。犹豫期撤单按负数记在撤单当天。可从公司系统导出后整块粘贴（选择性粘贴“数值”）。", 2,
)

RENEWALS = Register(
    records.RENEWALS,
    (
        Field("应收日期", "公", width=12), Field("保单号", "公", width=18), Field("保单年度", "公", width=9), _GROUP, _CODE, _NAME,
        Field("应收保费", "公", width=12), Field("实收日期", "公", width=12, help="收到的日子；没有收到的空着。"), Field("实收保费", "公", width=12),
        Field("缴费状态", "公", width=9, choices="缴费状态"), _REMARK,
    ),
    "一笔应收一行，收到后补填实收日期和实收保费。金额单位：元。", 2,
)

ACTIVITY = Register(
    records.ACTIVITY,
    (
        Field("日期", "业", width=12), _GROUP, _CODE, _NAME, Field("约访", "业", width=8), Field("面谈", "业", width=8), Field("新增准客户", "业", width=10),
        Field("批阅", "训", width=22), _REMARK,
    ),
    "一人一天一行，交了日志才登记。日标准5-3-1：约访5、面谈3、新增准客户1。", 4,
)

RECRUITS = Register(
    records.RECRUITS,
    (
        Field("增员对象", "主", width=10), Field("性别", "主", width=6, choices="性别"), _GROUP, Field("推荐人", "主", width=10),
        Field("来源", "主", width=12, choices="增员来源"), Field("列名单日期", "主", width=12), Field("面谈日期", "主", width=12), Field("甄选日期", "训", width=12),
        Field("考试日期", "训", width=12), Field("入司日期", "训", width=12), Field("目前状态", "主", width=10, choices="增员状态"), _REMARK,
    ),
    "一个增员对象一行，走到哪一步就填哪一步的日期；不登记电话和证件号。", 1,
)

REGISTERS: dict[str, Register] = {each.form.key: each for each in (ROSTER, MOVES, POLICIES, RENEWALS, ACTIVITY, RECRUITS)}
"""By form key, in tab order."""
