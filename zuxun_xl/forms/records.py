"""The raw tables a department keeps: 花名册 保单明细 续期明细 考勤 活动日志 增员跟踪, as declarations."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule
from zuxun_xl.forms.form import Column, Form, Layout
from zuxun_xl.units import DATE, PEOPLE, PERCENT, TIMES, YUAN

MAIN = r"主|主险|主约|主合同|主契约|基本险|M|主险保单|主.{0,6}"
RIDER = r"附|附险|附加|附加险|附约|附加约|附加合同|附加契约|R|附.{0,6}"
_TERMS = r".*[期趸].*|[年半季月][度]?[交缴]|一次.*|单交|单缴|.{0,3}[交缴]清"
_PERSONS = ("业务员", "代理人", "营销员", "服务人员", "人员", "员工", "营销人员", "销售人员", "客户经理", "收费员", "服务代理人", "保险代理人", "营销代表", "业务人员", "展业人员", "出单员", "出单人", "出单人员", "伙伴", "服务业务员", "服务营销员", "服务员", "经办人", "销售员", "展业员", "收展员", "外勤", "外勤人员", "经纪人", "代理员", "营销伙伴", "专员")
_CODES = (
    *(person + word for person in _PERSONS for word in ("工号", "代码", "编码", "编号", "号", "号码", "ID")), "员工号", "服务工号", "工号代码", "工号编码", "业务代码",
    "代码", "编码", "展业证号", "执业证号", "资格证号", "执业登记号", "展业证编号",
)
_NAMES = (*(person + word for person in _PERSONS for word in ("姓名", "名称", "名字")), *(p for p in _PERSONS if p not in ("人员", "员工")), "名字", "姓名工号")
_GROUPS = (
    "组", "小组", "营业组", "团队", "所属组", "所属小组", "营销组", "组名", "组名称", "所在组", "业务组", "营业组别", "团队小组", "所属团队", "小组名称", "营业组名称", "团队名称", "所属营业组",
    "所在小组", "现组别", "现所属组", "现小组", "目前组别", "当前组别", "业务小组", "展业小组", "服务组", "服务小组", "服务营业组", "直辖组", "处", "营业处",
    "营业小组", "营销小组", "销售小组", "销售团队", "业务团队", "营业团队", "营销团队", "班组", "战队", "归属组", "归属小组", "归属团队", "归属营业组", "组别名称", "小组名", "团队名", "所在营业组",
    "所属营业小组", "所在营业小组", "营业分部", "服务团队",
)
_FORMER = ("原组", "原小组", "原所属组", "原团队", "原营业组", "调出组", "调出小组", "转出组", "调动前组别", "调动前", "调出组别", "原所在组", "调前组别", "从")
_NEW = ("新组", "新小组", "新团队", "新营业组", "调入组", "调入小组", "转入组", "调动后组别", "调动后", "调入组别", "调后组别", "新所属组", "到")
_NOW = ("现组别", "现组", "现小组", "现所属组", "现团队", "现营业组", "目前组别", "当前组别")
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
TWICE = Rule("R105", Level.ERROR, "保单行不重复", "与{first}是同一张保单的同一行，这一行没有计入。", "删去重复的一行。")
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
NO_JOIN_DATE = Rule("R115", Level.ERROR, "有入司日期", "{name}（{code}）没有可用的入司日期，没有计入人力。", "补上或改正入司日期。")
OUT_OF_YEAR = Rule("R116", Level.WARNING, "日期不超前", "{column}{day}晚于数据截止日{as_of}，仍按所写日期计。", "核对日期。")
MAIN_UNKNOWN = Rule("R117", Level.WARNING, "主附险可辨", "主险/附加险写“{text}”，看不懂，按附加险计。", "写成“主险”或“附加险”。")
WITHDRAWN_WHEN = Rule(
    "R118", Level.WARNING, "撤单有日期", "状态写“{kind}”，保费却是正数，也没有撤单日期，仍按新单计。", "补一行负数的撤单，或填上撤单日期。"
)
NO_RATE = Rule("R119", Level.WARNING, "每行有佣金率", "{column}是空白，这一行的佣金按0计。", "补上佣金率；确实没有佣金的写0。")
NO_NUMBER = Rule("R121", Level.WARNING, "主险有保单号", "保单号是空白，这一行单独按一件计。", "补上保单号。")
PAID_WHEN = Rule(
    "R122", Level.WARNING, "实收有日期", "实收保费{paid:,.0f}元没有实收日期，按未收计。", "补上实收日期；如果还没有收到，请清空实收保费。"
)
MARKED_AFTER_LEAVING = Rule(
    "R123", Level.WARNING, "离司后没有考勤", "{name}（{code}）{left}已离司，{day}起还有考勤记号，仍按所写计。", "核对离司日期；离司后的考勤请清空。"
)
COMMISSION_DIFFERS = Rule(
    "R124", Level.WARNING, "佣金=保费×佣金率", "佣金写{amount:,.2f}元，保费×佣金率是{product:,.2f}元，按佣金率计。", "核对保费、佣金率和佣金。"
)
PREMIUM_ODD = Rule(
    "R125", Level.WARNING, "保费与同类相近", "保费{premium:,.2f}元，同一险种通常是{usual:,.0f}元左右，按原值计。", "核对小数点和单位。"
)
WITHDRAWN_ALONE = Rule(
    "R126", Level.WARNING, "撤单有原单", "保单“{policy}”在台账里没有承保记录，这一行的负数保费按撤单冲减。", "核对正负号和保单号。"
)
DAY_OUT_OF_PLACE = Rule("R127", Level.WARNING, "日期与前后相连", "{column}{day}与上下各行相差半年以上，按所写日期计。", "核对年份和月份。")
REPEATED = Rule("R128", Level.WARNING, "记录不重复", "与{first}完全相同，两行都计入。", "如是重复登记，请删去一行。")
COUNT_ODD = Rule("R129", Level.WARNING, "活动量合理", "{column}写{value:g}，通常是{usual:g}左右，按原值计。", "核对活动量。")
PAID_EARLY = Rule("R130", Level.WARNING, "实收日期合理", "实收日期{paid_on}比应收日期{due}早半年以上，按所写日期计。", "核对两个日期的年份。")
PAID_STATE = Rule("R131", Level.WARNING, "缴费状态与实收一致", "缴费状态写“{status}”，实收保费却{paid}，按金额和日期计。", "核对缴费状态和实收保费。")
GROUP_SLIP = Rule("R132", Level.WARNING, "组名写法一致", "组别“{written}”只有一个人，与“{near}”只差一个字，按单独一组计。", "如是笔误，请改成“{near}”。")
DUE_NEGATIVE = Rule("R133", Level.WARNING, "应收保费不为负", "应收保费写{due:,.0f}元，按原值计。", "核对正负号。")
GROUP_BLANK = Rule("R134", Level.WARNING, "人人有组别", "{name}（{code}）的组别是空白，按{group}计。", "补上组别。")
UNREADABLE = Rule("R120", Level.WARNING, "格子可读", "{column}{reason}，这一格按空白计。", "改成可读的数字或日期，或清空这一格。")

RECORD_RULES = (
    UNKNOWN_AGENT, BAD_DATE, BAD_NUMBER, AFTER_LEAVING, TWICE, CODE_TWICE, GROUP_DIFFERS, NAME_DIFFERS, LEFT_BEFORE_JOINED,
    ODD_RATE, ODD_MARK, TRANSFER_UNREAD, PAID_ODD, STATUS_DIFFERS, NO_JOIN_DATE, OUT_OF_YEAR, MAIN_UNKNOWN, WITHDRAWN_WHEN, NO_RATE,
    UNREADABLE, NO_NUMBER, PAID_WHEN, MARKED_AFTER_LEAVING, COMMISSION_DIFFERS, PREMIUM_ODD, WITHDRAWN_ALONE, DAY_OUT_OF_PLACE,
    REPEATED, COUNT_ODD, PAID_EARLY, PAID_STATE, GROUP_SLIP,
    DUE_NEGATIVE, GROUP_BLANK,
)

ROSTER = Form(
    "花名册", "业务员花名册", Layout.RECORDS,
    (
        SERIAL, Column("工号", "工号", aliases=_CODES, required=True), NAME, Column("组别", "组别", aliases=_GROUPS, required=True),
        Column("职级", "职级", aliases=("级别", "职务", "现职级", "职级名称")), Column("性别", "性别"),
        Column("学历", "学历", aliases=("文化程度", "最高学历")), Column("出生日期", "出生日期", DATE, ("生日", "出生年月")),
        Column("联系电话", "联系电话", aliases=("电话", "手机", "手机号", "联系方式")),
        Column("入司日期", "入司日期", DATE, ("入司时间", "签约日期", "合同生效日期", "入职日期", "入职时间", "上岗日期", "入司日", "签约日", "加盟日期", "加入日期", "签订日期", "合同签订日期", "到岗日期", "报到日期", "合同起始日期", "起聘日期"), required=True),
        Column("离司日期", "离司日期", DATE, ("离司时间", "离职日期", "离职时间", "解约日期", "脱落日期", "合同终止日期", "离司日", "解约日", "终止日期", "解除日期", "合同解除日期", "退出日期", "离岗日期", "退司日期", "注销日期", "流失日期", "减员日期")),
        Column("状态", "状态", aliases=("在职状态", "人员状态", "目前状态", "在职情况", "是否在职")), Column("推荐人", "推荐人", aliases=("增员人", "育成人", "推荐人姓名", "介绍人")),
        Column("调动", "调动", aliases=("异动", "调动记录", "组间调动", "异动情况", "调组", "调动情况", "异动记录", "调组记录")),
        Column("调动日期", "调动日期", DATE, ("调组日期", "异动日期", "转组日期", "组间调动日期", "调入日期", "调整日期", "变动日期")),
        Column("原组别", "原组别", aliases=_FORMER), Column("新组别", "新组别", aliases=_NEW),
        Column("准客户存量", "准客户存量", PEOPLE, ("准客户数", "准客户", "准客户数量", "准主顾", "准客户存量人", "准客户量", "客户数", "名单数")), REMARK,
    ),
    words=("花名册", "名册", "人员名单", "人力清单", "业务员名单", "营销员清单", "在册", "在职人员", "离司", "离职"), identity=("工号",), rules=RECORD_RULES,
)

POLICIES = Form(
    "保单明细", "新契约保单明细表", Layout.RECORDS,
    (
        SERIAL,
        Column("承保日期", "承保日期", DATE, ("承保日", "生效日期", "签单日期", "出单日期", "业绩日期", "承保时间", "生效日", "签单日", "日期", "出单日", "入账日期", "业绩归属日期", "统计日期", "签约日期", "起保日期", "合同生效日期", "核保日期", "核保通过日期", "新单日期"), required=True),
        Column("保单号", "保单号", aliases=("保单号码", "保单编号", "保险单号", "保险单号码", "保单号/合同号", "合同号", "合同号码", "保险合同号", "保险合同号码", "投保单号", "保单", "合同编号", "保险合同编号", "保单合同号", "契约号", "契约编号", "保单流水号"), required=True),
        Column("主附险", "主险/附加险", aliases=("主附险", "险种性质", "主附", "主附标志", "主附别", "主/附", "主险附加险", "主附加险", "险种属性", "主附类型", "主附标识", "主附险标志", "主附险标识", "主附险标记", "主附险别", "主附险类型", "主险/附险", "主险或附加险", "主附约", "主险标志", "主险标识", "是否主险", "主险", "主险否"), values=f"{MAIN}|{RIDER}|是|否|1|0|Y|N|√|×|TRUE|FALSE"),
        Column("附险标志", "附加险标志", aliases=("是否附加险", "附加险标识", "是否附险", "附加险")),
        Column("险种名称", "险种名称", aliases=("产品名称", "险种", "产品", "商品名称", "险种简称", "主险名称", "主险险种", "主险产品", "保险产品", "投保险种")),
        Column("险种类别", "险种类别", aliases=("险种大类", "产品类别", "类别", "险类", "险种类型", "产品大类")),
        Column("期趸", "期交/趸交", aliases=("期趸", "期趸标志", "期趸类型", "期趸性质", "交费频率", "缴费频率", "交费频次", "缴费频次", "缴费模式", "交费模式", "缴费方式", "交费方式", "期缴/趸缴", "缴别", "交别", "期/趸", "缴费类型", "交费类型", "缴费性质", "期趸别", "期趸交", "期交趸交", "缴费间隔", "交费间隔"), values=_TERMS),
        Column("期交标志", "是否期交", aliases=("期交标志", "是否期缴", "期缴标志", "期交标识")),
        Column("缴费年期", "缴费年期", aliases=("年期", "交费期间", "缴费期间", "缴费期", "交费年期", "交费期", "缴费年限", "交费年限", "缴费期限", "交费期限", "缴费年数", "交费年数", "缴费期数", "缴费年期年")),
        Column("首年保费", "首年保费", YUAN, ("保费", "FYP", "首年度保费", "新单保费", "规模保费", "承保保费", "首年度保费(FYP)", "首年保费(FYP)", "首期保费", "首期保险费", "首年保险费", "新契约保费", "新单首年保费", "实收首年保费", "年化首年保费", "期缴/趸缴保费", "承保金额", "保费合计", "FYP合计", "总保费", "合计保费", "保费收入", "保险费", "保费金额", "金额"), kin=("标准保费", "折标保费", "标保", "折算保费", "价值保费", "年化保费")),
        Column("期交保费", "首年期交保费", YUAN, ("期交保费", "期缴保费", "首年期缴保费", "首年期交", "期交", "期缴", "首年度期交保费")),
        Column("趸交保费", "首年趸交保费", YUAN, ("趸交保费", "趸缴保费", "首年趸缴保费", "首年趸交", "趸交", "趸缴")),
        Column("主险保费", "主险保费", YUAN, ("主险首年保费", "主约保费", "主险首期保费", "基本险保费", "主险规模保费")),
        Column("附险保费", "附加险保费", YUAN, ("附险首年保费", "附加险首年保费", "附约保费", "附加险首期保费", "附加险保费合计", "附加险规模保费")),
        Column("佣金率", "佣金率", PERCENT, ("首年佣金率", "佣金比例", "佣金比率", "佣金系数", "首佣率", "首佣比例", "FYC率", "FYC比例", "FYC系数", "FYC比率", "首年度佣金率", "首期佣金率", "首年佣金比例", "提佣比例", "提佣率", "佣金费率", "手续费率", "手续费比例")),
        Column("佣金", "FYC", YUAN, ("佣金", "首年佣金", "首年佣金(FYC)", "首年度佣金(FYC)", "首佣", "首年度佣金", "首期佣金", "佣金额", "佣金金额", "手续费", "佣金收入")),
        Column("业务类型", "业务类型", aliases=("保单状态", "承保状态", "业务状态", "交易类型", "业务类别", "状态", "保全类型", "业绩类型", "承保/撤单")),
        Column("撤单日期", "撤单日期", DATE, ("犹豫期撤单日期", "退保日期", "犹豫期退保日期", "契撤日期", "撤保日期", "撤件日期", "犹退日期")),
        CODE, NAME, GROUP, REMARK,
    ),
    words=("保单", "新契约", "新单", "承保", "业绩明细", "出单", "业绩台账", "撤单", "契撤"), any_of=(("首年保费", "期交保费", "主险保费"), ("工号", "姓名")),
    identity=("保单号", "承保日期", "首年保费", "险种名称"), instead={"承保日期": "撤单日期"}, rules=RECORD_RULES,
)

RENEWALS = Form(
    "续期明细", "续期应收实收明细表", Layout.RECORDS,
    (
        SERIAL, Column("应收日期", "应收日期", DATE, ("应缴日期", "应交日期", "应收日", "应缴日", "应交日", "续期应收日", "交费对应日", "缴费对应日", "交费对应日期", "缴费对应日期", "保单对应日", "保单对应日期", "续期应收日期", "应收时间"), required=True),
        Column("保单号", "保单号", aliases=("保单号码", "保单编号", "合同号", "保险合同号", "保单")),
        Column("保单年度", "保单年度", aliases=("年度", "缴费年度", "交费年度", "缴次", "保单年次")),
        Column("应收保费", "应收保费", YUAN, ("应缴保费", "应交保费", "应收金额", "应缴金额", "应交金额", "应收续期保费", "续期应收保费", "应收续保费", "应收"), required=True),
        Column("实收保费", "实收保费", YUAN, ("实缴保费", "实交保费", "实收金额", "实缴金额", "实交金额", "实收续期保费", "续期实收保费", "实收", "已收保费", "已缴保费", "已交保费", "到账保费", "到账金额"), required=True),
        Column("实收日期", "实收日期", DATE, ("实缴日期", "实交日期", "到账日期", "收费日期", "实收日", "缴费日期", "交费日期", "缴费到账日期", "交费到账日期", "续期实收日期", "核销日期", "到账日", "实收时间"), required=True),
        Column("缴费状态", "缴费状态", aliases=("状态", "收费状态", "交费状态", "保单状态", "收费情况")), CODE, NAME, GROUP, REMARK,
    ),
    words=("续期", "续收", "应收", "收费"), any_of=(("工号", "姓名", "组别"),), identity=("保单号", "应收日期", "应收保费"), rules=RECORD_RULES,
)

ATTENDANCE = Form(
    "考勤", "早会考勤表", Layout.DAYS,
    (
        SERIAL, Column("日期", "日期", DATE, ("考勤日期", "早会日期", "出勤日期", "签到日期", "登记日期")), GROUP, CODE, NAME,
        Column("结果", "考勤结果", aliases=("出勤情况", "考勤情况", "考勤状态", "出勤状态", "出勤结果", "签到情况", "签到状态", "到会情况", "早会考勤", "早会出勤", "考勤", "签到", "结果", "考勤标记", "考勤符号")),
        Column("应出勤", "应出勤", TIMES, ("应到", "应出勤天数", "应到天数", "应出勤人次")), Column("实出勤", "实出勤", TIMES, ("实到", "实际出勤", "出勤天数", "实到天数", "出勤")),
        Column("出勤率", "出勤率", PERCENT), Column("迟到", "迟到", TIMES), Column("请假", "请假", TIMES), Column("缺勤", "缺勤", TIMES, ("旷工",)), REMARK,
    ),
    words=("考勤", "出勤", "签到"), any_of=(("工号", "姓名"),), identity=("日期", "工号", "姓名"), rules=RECORD_RULES,
)

ACTIVITY = Form(
    "活动日志", "业务员每日活动量登记表", Layout.RECORDS,
    (
        SERIAL, Column("日期", "日期", DATE, ("活动日期", "登记日期", "日志日期", "填报日期", "拜访日期", "时间"), required=True), GROUP, CODE, NAME,
        Column("约访", "约访", TIMES, ("电话约访", "约访量", "约访数", "约访次数", "电话约访数", "电话约访量", "电话约访次数", "电访", "电访数", "电访量", "电访次数", "电话", "电话量", "电话数", "电话次数", "约访电话"), required=True),
        Column("面谈", "面谈", TIMES, ("面谈量", "面谈数", "面谈次数", "接洽", "接洽数", "接洽量", "接洽次数", "接洽面谈", "接洽面谈数", "接洽(面谈)", "接洽(面谈)数", "面谈(接洽)", "拜访", "拜访量", "拜访数", "拜访次数", "面访", "面访量", "见面", "见面数"), required=True),
        Column("新增准客户", "新增准客户", PEOPLE, ("新增准客", "新增准客户数", "新增准客户量", "准客户新增", "新增客户", "新增客户数", "新客户", "新增准主顾", "新增准主顾数", "新准客户", "新增名单", "新增")),
        Column("批阅", "组训批阅", aliases=("批阅", "点评", "主管批阅", "批注")), REMARK,
    ),
    words=("活动", "日志", "拜访"), any_of=(("工号", "姓名", "组别"),), identity=("日期", "工号", "姓名", "组别"), rules=RECORD_RULES,
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
    words=("增员",), any_of=(("列名单日期", "甄选日期", "考试日期"),), identity=("增员对象", "面谈日期"),
)

MOVES = Form(
    "组间调动", "组间调动登记表", Layout.RECORDS,
    (
        SERIAL, CODE, NAME, Column("调动日期", "调动日期", DATE, ("异动日期", "调组日期", "转组日期", "生效日期", "变动日期", "调整日期", "日期", "调动时间", "异动时间"), required=True),
        Column("原组别", "原组别", aliases=_FORMER, required=True), Column("新组别", "新组别", aliases=(*_NEW, *_NOW), required=True), REMARK,
    ),
    words=("异动", "调动", "调组", "转组"), any_of=(("工号", "姓名"),), identity=("工号", "姓名", "调动日期"), rules=RECORD_RULES,
)

RAW = (ROSTER, POLICIES, RENEWALS, ATTENDANCE, ACTIVITY, RECRUITS, MOVES)
"""All raw tables. The first two are indispensable."""
