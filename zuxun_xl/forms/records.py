"""The raw tables a department keeps: 花名册 保单明细 续期明细 考勤 活动日志 增员跟踪, as declarations."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.units import DATE, PEOPLE, PERCENT, TIMES, YUAN

_CODES = (
    "业务员工号", "员工号", "代理人代码", "业务员代码", "营销员代码", "人员代码", "营销员工号", "代理人工号", "服务人员工号", "服务工号",
    "员工编号", "业务员编号", "人员编号", "工号代码", "代码", "编码", "业务代码", "服务人员代码", "收费员工号", "业务员号", "营销员编号",
)
_NAMES = ("业务员", "业务员姓名", "代理人", "代理人姓名", "营销员", "营销员姓名", "服务人员", "服务人员姓名", "人员姓名", "员工姓名", "收费员", "伙伴姓名", "伙伴")
_GROUPS = ("组", "小组", "营业组", "团队", "所属组", "所属小组", "营销组", "组名", "组名称", "所在组", "业务组", "营业组别", "团队小组", "所属团队", "小组名称", "处", "营业处")

CODE = Column("工号", "工号", aliases=_CODES)
NAME = Column("姓名", "姓名", aliases=_NAMES)
GROUP = Column("组别", "组别", aliases=_GROUPS)
SERIAL = Column("序号", "序号", aliases=("编号", "NO", "行号", "顺序", "#"))
REMARK = Column("备注", "备注", aliases=("说明", "备注说明", "其他", "摘要"))

UNKNOWN_AGENT = Rule(
    "R101", Level.ERROR, "业务员在花名册里", "工号“{code}”不在花名册里，这一行没有计入。", "核对工号；如是新人，请先补进花名册。"
)
BAD_DATE = Rule("R102", Level.ERROR, "日期可读", "{column}{reason}，这一行没有计入。", "把日期改成 2026-10-08 这样的形式。")
BAD_NUMBER = Rule("R103", Level.ERROR, "数字可读", "{column}{reason}，这一行没有计入。", "把这一格改成数字；金额不带文字。")
AFTER_LEAVING = Rule(
    "R104", Level.ERROR, "离司后没有新单", "{name}（{code}）{left}已离司，{day}还登记了新单，这一行没有计入。", "核对承保日期、工号或离司日期。"
)
TWICE = Rule("R105", Level.ERROR, "保单行不重复", "与第{first}行是同一张保单的同一行，这一行没有计入。", "删去重复的一行。")
CODE_TWICE = Rule(
    "R106", Level.ERROR, "一个工号一行", "工号“{code}”在花名册里出现多次，按{group}计，这一行没有计入。", "保留正确的一行，删去另一行。"
)
GROUP_DIFFERS = Rule(
    "R107", Level.WARNING, "组别与花名册一致", "{name}（{code}）{day}在花名册里属{roster}，这里写的是{written}，按{roster}计。", "核对组别或花名册的调动栏。"
)
NAME_DIFFERS = Rule(
    "R108", Level.WARNING, "姓名与工号一致", "工号“{code}”在花名册里是{roster}，这里写的是{written}，按工号计。", "核对姓名和工号。"
)
LEFT_BEFORE_JOINED = Rule("R109", Level.ERROR, "离司不早于入司", "{name}（{code}）离司日期{left}早于入司日期{joined}，离司日期没有采用。", "核对两个日期。")
ODD_RATE = Rule("R110", Level.WARNING, "佣金率合理", "佣金率{rate:.0%}不在0—100%之间，按原值计。", "核对佣金率。")
ODD_MARK = Rule("R111", Level.WARNING, "考勤符号可辨", "考勤符号“{mark}”不认识，这一格没有计入。", "改用表头说明的符号。")
TRANSFER_UNREAD = Rule(
    "R112", Level.WARNING, "调动可读", "调动“{text}”看不懂，没有采用。", "写成“2026-05-18 一组→三组”这样的形式。"
)
PAID_ODD = Rule("R113", Level.WARNING, "实收不多于应收", "实收保费{paid:,.0f}元多于应收保费{due:,.0f}元，按原值计。", "核对两个金额。")
STATUS_DIFFERS = Rule("R114", Level.WARNING, "状态与离司日期一致", "状态写“{status}”，离司日期却{left}，按日期计。", "核对状态和离司日期。")
NO_JOIN_DATE = Rule("R115", Level.ERROR, "有入司日期", "{name}（{code}）没有入司日期，没有计入人力。", "补上入司日期。")
OUT_OF_YEAR = Rule("R116", Level.WARNING, "日期不超前", "{column}{day}晚于数据截止日{as_of}，仍按所写日期计。", "核对日期。")
MAIN_UNKNOWN = Rule("R117", Level.WARNING, "主附险可辨", "主险/附加险写“{text}”，看不懂，按附加险计。", "写成“主险”或“附加险”。")

UNREADABLE = Rule("R120", Level.WARNING, "格子可读", "{column}{reason}，这一格按空白计。", "改成可读的数字或日期，或清空这一格。")

RECORD_RULES = (
    UNKNOWN_AGENT, BAD_DATE, BAD_NUMBER, AFTER_LEAVING, TWICE, CODE_TWICE, GROUP_DIFFERS, NAME_DIFFERS, LEFT_BEFORE_JOINED,
    ODD_RATE, ODD_MARK, TRANSFER_UNREAD, PAID_ODD, STATUS_DIFFERS, NO_JOIN_DATE, OUT_OF_YEAR, MAIN_UNKNOWN, UNREADABLE,
)

ROSTER = Form(
    "花名册", "业务员花名册", Layout.RECORDS,
    (
        SERIAL, Column("工号", "工号", aliases=_CODES, required=True), NAME, Column("组别", "组别", aliases=_GROUPS, required=True),
        Column("职级", "职级", aliases=("级别", "职务", "现职级", "职级名称")), Column("性别", "性别"),
        Column("学历", "学历", aliases=("文化程度", "最高学历")), Column("出生日期", "出生日期", DATE, ("生日", "出生年月")),
        Column("联系电话", "联系电话", aliases=("电话", "手机", "手机号", "联系方式")),
        Column("入司日期", "入司日期", DATE, ("入司时间", "签约日期", "合同生效日期", "入职日期", "入职时间", "上岗日期", "入司日", "签约日", "加盟日期"), required=True),
        Column("离司日期", "离司日期", DATE, ("离司时间", "离职日期", "离职时间", "解约日期", "脱落日期", "合同终止日期", "离司日", "解约日", "终止日期")),
        Column("状态", "状态", aliases=("在职状态", "人员状态", "目前状态", "在职情况", "是否在职")), Column("推荐人", "推荐人", aliases=("增员人", "育成人", "推荐人姓名", "介绍人")),
        Column("调动", "调动", aliases=("异动", "调动记录", "组间调动", "异动情况", "调组", "调动情况", "异动记录", "调组记录")),
        Column("准客户存量", "准客户存量", PEOPLE, ("准客户数", "准客户", "准客户数量", "准主顾", "准客户存量人", "准客户量", "客户数", "名单数")), REMARK,
    ),
    words=("花名册", "名册", "人员名单", "人力清单", "业务员名单", "在册"), rules=RECORD_RULES,
)

POLICIES = Form(
    "保单明细", "新契约保单明细表", Layout.RECORDS,
    (
        SERIAL,
        Column("承保日期", "承保日期", DATE, ("承保日", "生效日期", "签单日期", "出单日期", "业绩日期", "承保时间", "生效日", "签单日", "日期", "出单日", "入账日期"), required=True),
        Column("保单号", "保单号", aliases=("保单号码", "保单编号", "合同号", "保险合同号", "投保单号", "保单"), required=True),
        Column("主附险", "主险/附加险", aliases=("主附险", "险种性质", "主附", "主附标志", "主附别", "主/附", "主险附加险", "主附加险", "险种属性", "主附类型", "主附标识")),
        Column("险种名称", "险种名称", aliases=("产品名称", "险种", "产品", "商品名称", "险种简称")),
        Column("险种类别", "险种类别", aliases=("险种大类", "产品类别", "类别", "险类", "险种类型", "产品大类")),
        Column("期趸", "期交/趸交", aliases=("期趸", "缴费方式", "交费方式", "期缴/趸缴", "缴别", "交别", "期/趸", "缴费类型", "交费类型", "缴费性质", "期趸别", "期趸交", "期交趸交")),
        Column("缴费年期", "缴费年期", aliases=("年期", "交费期间", "缴费期间", "缴费期", "交费年期", "交费期", "缴费年限")),
        Column("首年保费", "首年保费", YUAN, ("保费", "FYP", "首年度保费", "新单保费", "规模保费", "承保保费", "首期保费", "新契约保费", "保费收入", "保险费"), required=True),
        Column("佣金率", "佣金率", PERCENT, ("首年佣金率", "佣金比例", "佣金系数", "首佣率", "FYC率", "首年度佣金率")),
        Column("佣金", "FYC", YUAN, ("佣金", "首年佣金", "首佣", "首年度佣金", "佣金额", "佣金金额")),
        CODE, NAME, GROUP, REMARK,
    ),
    words=("保单", "新契约", "新单", "承保", "业绩明细", "出单"), any_of=(("工号", "姓名"),), rules=RECORD_RULES,
)

RENEWALS = Form(
    "续期明细", "续期应收实收明细表", Layout.RECORDS,
    (
        SERIAL, Column("应收日期", "应收日期", DATE, ("应缴日期", "应交日期", "应收日", "应缴日", "应交日", "续期应收日", "交费对应日", "缴费对应日", "保单对应日", "应收时间"), required=True),
        Column("保单号", "保单号", aliases=("保单号码", "保单编号", "合同号", "保险合同号", "保单")),
        Column("保单年度", "保单年度", aliases=("年度", "缴费年度", "交费年度", "缴次", "保单年次")),
        Column("应收保费", "应收保费", YUAN, ("应缴保费", "应交保费", "应收金额", "应收续期保费", "应收"), required=True),
        Column("实收保费", "实收保费", YUAN, ("实缴保费", "实交保费", "实收金额", "实收续期保费", "实收", "已收保费", "到账保费"), required=True),
        Column("实收日期", "实收日期", DATE, ("实缴日期", "实交日期", "到账日期", "收费日期", "实收日", "缴费日期", "交费日期", "到账日", "实收时间"), required=True),
        Column("缴费状态", "缴费状态", aliases=("状态", "收费状态", "交费状态", "保单状态", "收费情况")), CODE, NAME, GROUP, REMARK,
    ),
    words=("续期", "续收", "应收", "收费"), any_of=(("工号", "姓名", "组别"),), rules=RECORD_RULES,
)

ATTENDANCE = Form(
    "考勤", "早会考勤表", Layout.DAYS,
    (
        SERIAL, GROUP, CODE, NAME,
        Column("应出勤", "应出勤", TIMES, ("应到", "应出勤天数", "应到天数", "应出勤人次")), Column("实出勤", "实出勤", TIMES, ("实到", "实际出勤", "出勤天数", "实到天数", "出勤")),
        Column("出勤率", "出勤率", PERCENT), Column("迟到", "迟到", TIMES), Column("请假", "请假", TIMES), Column("缺勤", "缺勤", TIMES, ("旷工",)), REMARK,
    ),
    words=("考勤", "出勤", "签到"), any_of=(("工号", "姓名"),), rules=RECORD_RULES,
)

ACTIVITY = Form(
    "活动日志", "业务员每日活动量登记表", Layout.RECORDS,
    (
        SERIAL, Column("日期", "日期", DATE, ("活动日期", "登记日期", "日志日期", "填报日期", "时间"), required=True), GROUP, CODE, NAME,
        Column("约访", "约访", TIMES, ("电话约访", "约访量", "约访数", "约访次数", "电访", "电话", "电话量"), required=True),
        Column("面谈", "面谈", TIMES, ("面谈量", "面谈数", "面谈次数", "接洽", "拜访", "拜访量", "面访", "见面"), required=True),
        Column("新增准客户", "新增准客户", PEOPLE, ("新增准客", "准客户新增", "新增客户", "新客户", "新增准主顾", "新准客户", "新增")),
        Column("批阅", "组训批阅", aliases=("批阅", "点评", "主管批阅", "批注")), REMARK,
    ),
    words=("活动", "日志", "拜访"), any_of=(("工号", "姓名"),), rules=RECORD_RULES,
)

RECRUITS = Form(
    "增员跟踪", "增员对象跟踪表", Layout.RECORDS,
    (
        SERIAL, Column("增员对象", "增员对象", aliases=("准增员", "被增员人", "增员姓名", "对象姓名", "准增员姓名", "增员名单", "姓名"), required=True),
        Column("性别", "性别"), GROUP, Column("推荐人", "推荐人", aliases=("增员人", "介绍人", "推荐人姓名")), Column("来源", "来源", aliases=("增员来源", "渠道")),
        Column("列名单日期", "列名单日期", DATE, ("名单日期", "登记日期", "列名单", "列入名单日期", "接触日期")), Column("面谈日期", "面谈日期", DATE, ("面谈日", "首次面谈", "增员面谈", "面谈"), required=True),
        Column("甄选日期", "甄选日期", DATE, ("甄选日", "甄选", "面试日期")), Column("考试日期", "考试日期", DATE, ("考试日", "考试", "资格考试")),
        Column("入司日期", "入司日期", DATE, ("入司", "签约日期")), CODE,
        Column("目前状态", "目前状态", aliases=("状态", "进展", "当前状态", "结果")), REMARK,
    ),
    words=("增员",), any_of=(("列名单日期", "甄选日期", "考试日期"),),
)

RAW = (ROSTER, POLICIES, RENEWALS, ATTENDANCE, ACTIVITY, RECRUITS)
"""All raw tables. The first two are indispensable."""
