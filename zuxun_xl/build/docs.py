"""The derived pages under docs/: the KPI catalogue, the worksheet functions, the rules, the headings that are recognised. Never edited by hand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from zuxun_xl.forms import appendix5
from zuxun_xl.forms.blanks import BLANKS, COMPUTED, Field
from zuxun_xl.forms.catalogue import FORMS
from zuxun_xl.forms.form import Column, Form
from zuxun_xl.forms.records import RECORD_RULES
from zuxun_xl.forms.registers import REGISTERS
from zuxun_xl.forms.staging import BEHIND, LABELS
from zuxun_xl.forms.tracking import AGENDA, WEEKS
from zuxun_xl.functions.catalogue import FUNCTIONS
from zuxun_xl.functions.function import CATEGORY, Parameter
from zuxun_xl.kpi.catalogue import BASE, HANDBOOK, KPIS, Example, Kpi
from zuxun_xl.kpi.measures import MEASURES, Measure
from zuxun_xl.tasks.rules import rules
from zuxun_xl.units import show

_SHOWN_ALIASES = 12
_MADE = "<!-- 由 make workbooks 生成，请勿手改 -->"


def pages() -> dict[str, str]:
    """File name → text of every derived page."""
    return {"kpi.md": _kpi_page(), "functions.md": _functions_page(), "rules.md": _rules_page(), "forms.md": _forms_page()}


def write(folder: Path) -> None:
    """Writes the pages."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8")


def _page(title: str, note: str, *blocks: str) -> str:
    return "\n\n".join([_MADE, f"# {title}", note, *blocks]) + "\n"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(cells).replace("\n", " ") + " |" for cells in rows]
    return "\n".join(["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads), *lines])


def _kpi_page() -> str:
    return _page(
        "指标库",
        f"公式用《组训日常工作内容》的说法。“{HANDBOOK}”口径是默认；其他口径在设置里选。分母为 0 或缺数时没有值，格子里是 #N/A。",
        "## 指标", _table(["指标", "公式", "单位", "其他口径", "函数", "含义"], map(_kpi_row, KPIS.values())),
        "## 算例", _table(["指标", "数据", "结果", "出处"], [_example_row(k, e) for k in KPIS.values() for e in k.examples]),
        "## 基础数据", _table(["名称", "单位", "手册7项", "更长期间", "含义"], map(_measure_row, MEASURES.values())),
    )


def _measure_row(measure: Measure) -> list[str]:
    return [measure.key, measure.unit.name, "是" if measure.key in BASE else "", measure.adds.value, measure.meaning]


def _kpi_row(kpi: Kpi) -> list[str]:
    variants = "、".join(f"{name}：{text}" for name, text in kpi.variants.items()) or "—"
    meaning = kpi.meaning + (f"（{kpi.unavailable}）" if kpi.unavailable else "")
    return [kpi.key, f"{kpi.key} = {kpi.formula}", kpi.unit.name, variants, f"`{kpi.function}`", meaning]


def _example_row(kpi: Kpi, example: Example) -> list[str]:
    inputs = "，".join(f"{name}空白" if value is None else f"{name}={value:g}" for name, value in example.inputs.items())
    return [kpi.key, inputs, show(example.value, kpi.unit), example.source]


def _functions_page() -> str:
    rows = [[f"`{f.name}`", f.title, f.help, "；".join(map(_parameter, f.parameters)), f"`{f.example[0]}` → {f.example[1]}"] for f in FUNCTIONS.values()]
    return _page(
        "工作表函数",
        f"装好加载项后在单元格里用，函数向导里归在“{CATEGORY}”类。参数可以是一格，也可以是整列：整列只算一次，结果自动向下排开（Excel 2016 按 Ctrl+Shift+Enter）。"
        "空格按 0 算，分母为 0 或空是 #N/A；参数里的错误值照样传出，文字是 #VALUE!。带〔〕的参数可以省略。没装加载项的电脑上要先固化成普通公式（zuxun freeze）。",
        _table(["函数", "算什么", "说明", "参数", "例"], rows),
    )


def _parameter(parameter: Parameter) -> str:
    name = f"〔{parameter.name}〕" if parameter.optional else parameter.name
    return f"{name} {parameter.help}"


def _rules_page() -> str:
    rows = [[rule.code, rule.level.value, rule.title, rule.remedy] for rule in rules().values()]
    return _page(
        "校验规则", "错：肯定不对；警：存疑，照算；示：知道就好。V 是附表的规则，R 是原始台账的规则，C 是交回的模板的规则，S 与分解目标有关，T 与认表、填表有关，B 是按人核对人力，F 与固化、恢复有关。",
        _table(["编号", "级别", "规则", "怎么办"], rows),
    )


_WHO = {"业": "业务员", "主": "主管", "训": "组训", "负": "职场负责人", "公": "系统导入或组训", COMPUTED: "自动算"}


def _forms_page() -> str:
    blocks = []
    for form in FORMS.values():
        fields = {each.key: each for each in _fields(form)}
        rows = [[*_column_row(column, fields.get(column.key)), _aliases(column)] for column in form.columns]
        blocks += [f"## {form.key}　{form.title}", _table(["列", "单位", "必有", "由谁填", "怎么填、怎么算", "也认得"], rows)]
        own = [rule for rule in form.rules if rule not in RECORD_RULES]
        if own or form.rules:
            blocks.append("规则：" + ("；".join(f"{rule.code} {rule.title}" for rule in own) or "R 开头的各条") + "。")
    note = (
        "按表头认表，列序随意；工作表名、标题里写明是哪张表更有把握。带单位的表头（如“FYP（万元）”）按单位换算。"
        "“由谁填”和“怎么填、怎么算”说的是 zuxun new 建的台账；空着的列模板里没有，自己的表里有也认得。"
    )
    return _page("认得的表和列名", note, *blocks)


def _fields(form: Form) -> tuple[Field, ...]:
    """The columns that our own template of a form shows."""
    blank = {**BLANKS, WEEKS.form.key: WEEKS, AGENDA.form.key: AGENDA}.get(form.key)
    if blank is not None:
        return blank.fields()
    if form.key in REGISTERS:
        return REGISTERS[form.key].fields
    return (*LABELS, *BEHIND) if form is appendix5.FORM else ()


def _column_row(column: Column, each: Field | None) -> list[str]:
    told = [] if each is None else [f"={each.formula}" if each.formula else "", each.help, f"选项：{each.choices}" if each.choices else ""]
    return [
        column.heading, column.unit.name, "是" if column.required else "", _WHO[each.by] if each else "", "；".join(text.rstrip("。") for text in told if text),
    ]


def _aliases(column: Column) -> str:
    shown = "、".join(column.aliases[:_SHOWN_ALIASES])
    return shown + ("…" if len(column.aliases) > _SHOWN_ALIASES else "")
