"""What can be wrong with a returned template: code, level, sentence and remedy of every finding."""

from __future__ import annotations

from zuxun_xl.findings import Level, Rule

_ERROR, _WARNING, _NOTE = Level.ERROR, Level.WARNING, Level.NOTE
_FILL_AGAIN = "请用组训发的模板重填，把整个文件发回。"

UNREADABLE = Rule("C101", _ERROR, "文件能打开", "{reason}", "{remedy}")
NOT_A_TEMPLATE = Rule("C102", _ERROR, "是下发的模板", "这个文件不是下发的模板，里面没有认出附表一、附表二。", _FILL_AGAIN)
NO_ORIGIN = Rule("C103", _WARNING, "保留模板标识", "模板的隐藏标识页没有了，按表头认作{group}{year}年的计划。", "请直接在下发的文件里填写，不要把表复制到别的工作簿。")
UNKNOWN_ORIGIN = Rule("C104", _ERROR, "认得出是哪个组", "模板的隐藏标识页没有了，表头也看不出是哪个组、哪一年。", _FILL_AGAIN)
OTHER_YEAR = Rule("C105", _ERROR, "期间相符", "这是{year}年的模板，这次收的是{wanted}年。", "请改用{wanted}年的模板。")
OLD_ISSUE = Rule("C106", _ERROR, "版本最新", "这是编号{issue}的模板，这次收的是{newest}。", "请把数字填到编号{newest}的模板里再交。")
STRANGER = Rule("C107", _ERROR, "组别在下发范围内", "{group}不在这次下发的组别里（{groups}）。", "核对文件是不是别的部门的。")
SUPERSEDED = Rule("C108", _NOTE, "一组交一份", "{group}交了不止一份，采用的是《{chosen}》。", "如果采用错了，请移走不要的文件后重新汇总。")
EMPTY = Rule("C109", _ERROR, "已填写", "这份模板还没有填。", "请填好黄底的格后再交。")

UNCHANGED = Rule("C110", _WARNING, "看过、改过", "这份与发出时完全一样。", "请确认主管已经看过、同意这些数。")

NO_SHEET = Rule("C111", _ERROR, "三张表齐全", "{form}不见了。", _FILL_AGAIN)
RENAMED_SHEET = Rule("C112", _NOTE, "表名未改", "{form}的表名改成了“{shown}”，仍按{form}读取。", "表名可以不改回。")
NO_COLUMN = Rule("C113", _ERROR, "各列齐全", "{form}缺少“{column}”这一列。", "不要删列；" + _FILL_AGAIN)
RENAMED_COLUMN = Rule("C114", _NOTE, "表头未改", "“{column}”的表头改成了“{shown}”，仍按{column}读取。", "表头可以不改回。")
OTHER_UNIT = Rule("C115", _ERROR, "金额单位未改", "“{column}”的单位从{unit}改成了{shown}，说不准填的是哪个单位。", "请按{unit}填写，并把表头改回。")
MOVED = Rule("C116", _NOTE, "行列未动", "{form}里插入或移动了{what}，仍按表头和月份读取。", "不影响汇总；下次请不要增删行列。")
NO_ROW = Rule("C117", _ERROR, "各月齐全", "{form}缺少{month}这一行。", "不要删行；" + _FILL_AGAIN)
ROW_TWICE = Rule("C118", _ERROR, "一月一行", "{form}的{month}有{count}行，不知以哪一行为准。", "删去多余的一行。")
LABEL_CHANGED = Rule("C119", _WARNING, "组别未改", "{form}的组别写成了“{shown}”，仍按{group}读取。", "组别请不要改；如果拿错了别组的模板，请重填。")
MERGED = Rule("C120", _ERROR, "没有合并单元格", "{form}里合并了{area}，被盖住的格没有数。", "取消合并，把每一格填好。")
OVERWRITTEN = Rule("C121", _WARNING, "公式未被改写", "{form}{row}的“{column}”本是公式，被改成了{shown}；按各格重算是{value}，汇总用重算的数。", "不要在灰底的格里填数。")
CLEARED = Rule("C122", _NOTE, "公式未被改写", "{form}{row}的“{column}”的公式被清掉了，已重算。", "不要清除灰底的格。")
FROM_ELSEWHERE = Rule("C123", _WARNING, "不引用别的文件", "这一格的公式引用了别的文件，按现有的数{shown}读取。", "请改成数字。")
NOT_CALCULATED = Rule("C124", _ERROR, "公式有值", "这一格写了公式，却没有算出的数。", "请改成数字，或在电脑上打开保存一次再交。")

NO_NUMBER = Rule("C131", _ERROR, "数字可读", "{row}的“{column}”{reason}。", "改成数字，不带文字和单位。")
TEXT_NUMBER = Rule("C132", _NOTE, "数字不是文本", "“{column}”有{count}格是文本，已按{kind}读取。", "不影响汇总。")
NO_COUNT = Rule("C133", _ERROR, "人数、件数是非负整数", "{row}的“{column}”是{value}，不是{wanted}。", "核对后改正。")
UNFILLED = Rule("C134", _WARNING, "各月都填了", "{form}的“{column}”有{count}个月没有填（{months}）。", "补上；确实没有计划的请填0并在措施里说明。")
NOBODY = Rule("C135", _WARNING, "人员齐全", "{name}（{code}）的一行不见了，没有个人目标。", "补上这一行；如已离司，请告诉组训。")
NEWCOMER = Rule("C136", _NOTE, "人员相符", "新增了{name}（{code}）。", "请组训核对花名册里有没有这个人。")
NAMELESS = Rule("C137", _WARNING, "人员相符", "这一行有目标，却没有工号和姓名，没有计入。", "补上工号和姓名。")
SHORT = Rule("C138", _WARNING, "个人合计不少于组计划", "{months}个人FYP目标合计低于附表一的组计划，全年相差{gap}元。", "补足个人目标，或调整组计划。")

OTHER_PLAN = Rule("C141", _WARNING, "台账与交回的一致", "{form}{where}的“{column}”写的是{shown}，主管交的是{value}，没有改动。", "核对后改正；要以主管交的为准请加 --overwrite。")
NOT_ENTERED = Rule("C142", _NOTE, "台账里有这一格", "台账的{form}里没有{what}的格子，{count}个数没有填进去。", "需要的话先在台账里加上这一列或这一行。")

BOARD_SHEET, NOTES_SHEET = "提交情况", "退回说明"
"""Sheets of a collection's result, by which it is known as such."""

RULES = (
    UNREADABLE, NOT_A_TEMPLATE, NO_ORIGIN, UNKNOWN_ORIGIN, OTHER_YEAR, OLD_ISSUE, STRANGER, SUPERSEDED, EMPTY, UNCHANGED, NO_SHEET, RENAMED_SHEET,
    NO_COLUMN, RENAMED_COLUMN, OTHER_UNIT, MOVED, NO_ROW, ROW_TWICE, LABEL_CHANGED, MERGED, OVERWRITTEN, CLEARED, FROM_ELSEWHERE,
    NOT_CALCULATED, NO_NUMBER, TEXT_NUMBER, NO_COUNT, UNFILLED, NOBODY, NEWCOMER, NAMELESS, SHORT, OTHER_PLAN, NOT_ENTERED,
)

REPAIRED = frozenset({rule.code for rule in (RENAMED_SHEET, RENAMED_COLUMN, MOVED, LABEL_CHANGED, OVERWRITTEN, CLEARED, TEXT_NUMBER, NO_ORIGIN)})
"""Codes of what a copy laid out anew puts right."""
